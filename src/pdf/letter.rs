//! A letter on paper: who writes, to whom (where the window of an envelope shows it), the facts to quote, the text.

use std::io::Write;

use super::blocks::Block;
use super::document::{Document, Piece, Written};
use super::error::PdfError;
use super::meta::Front;
use super::style::{BODY, SMALL, Style};

/// Who writes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sender {
    /// The body that answers, as `Lancashire County Council`.
    pub name: String,
    /// Its part that writes; empty where there is none.
    pub service: String,
    /// Postal address, a line each.
    pub address: Vec<String>,
    /// E-mail address; may be empty.
    pub email: String,
}

/// A letter. Its title, language and reference are the document's front.
#[derive(Debug, Clone, Default)]
pub struct Letter {
    /// Who writes.
    pub from: Sender,
    /// To whom: name and postal address, a line each. May be empty.
    pub to: Vec<String>,
    /// What to quote and when it was written, as (`Reference`, `DR-2026-000123`).
    pub facts: Vec<(String, String)>,
    /// The text.
    pub body: Vec<Block>,
}

/// Lines without a space below the last.
const TIGHT: Style = Style { after: 0.0, ..BODY };
/// The top of the window of a DL or C5 envelope: BS 4264 has it about 50 mm below the top of a folded A4 sheet.
const WINDOW_TOP: f32 = 138.0;

/// Writes a letter.
///
/// # Errors
/// [`PdfError`].
pub fn write_letter<W: Write>(out: W, front: Front, letter: &Letter) -> Result<Written, PdfError> {
    let title = front.title.clone();
    let mut document = Document::new(out, front)?;
    document.open_section();
    document.sender(&letter.from)?;
    if !letter.to.is_empty() {
        document.down_to(WINDOW_TOP)?;
        document.styled(&[Piece::text(letter.to.join("\n"))], &TIGHT)?;
        document.down_to(WINDOW_TOP + 82.0)?;
    }
    document.heading(1, &title)?;
    document.facts(&letter.facts)?;
    document.blocks(&letter.body)?;
    document.close_section()?;
    document.finish()
}

impl<W: Write> Document<W> {
    /// Who writes, at the head of a letter.
    ///
    /// # Errors
    /// As [`Document::new`].
    pub fn sender(&mut self, from: &Sender) -> Result<(), PdfError> {
        self.styled(&[Piece::strong(from.name.clone())], &TIGHT)?;
        if !from.service.is_empty() && from.service != from.name {
            self.styled(&[Piece::text(from.service.clone())], &TIGHT)?;
        }
        if !from.address.is_empty() {
            self.styled(&[Piece::text(from.address.join("\n"))], &Style { after: 0.0, ..SMALL })?;
        }
        if from.email.is_empty() { Ok(()) } else { self.styled(&[Piece::email(&from.email)], &SMALL) }
    }

    /// Facts to quote, in a band.
    ///
    /// # Errors
    /// As [`Document::new`].
    pub fn facts(&mut self, facts: &[(String, String)]) -> Result<(), PdfError> {
        if facts.is_empty() {
            return Ok(());
        }
        let mut pieces = Vec::with_capacity(facts.len() * 2);
        for (index, (label, value)) in facts.iter().enumerate() {
            let lead = if index == 0 { "" } else { "\n" };
            pieces.push(Piece::text(format!("{lead}{label}: ")));
            pieces.push(Piece::strong(value.clone()));
        }
        self.notice(&pieces, false)
    }
}

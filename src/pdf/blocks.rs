//! Running text: paragraphs, lists, headings. [`read`] takes them out of a plain text such as an e-mail's.

use std::io::Write;

use super::document::{Document, Piece};
use super::error::PdfError;

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading, level 2 or 3.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(Vec<Piece>),
    /// A list with bullets.
    List(Vec<Vec<Piece>>),
    /// A list with numbers, from 1.
    Steps(Vec<Vec<Piece>>),
    /// A paragraph in a tinted band; `true` if it must alarm.
    Notice(Vec<Piece>, bool),
}

impl Block {
    /// A paragraph of plain words.
    pub fn words(text: impl Into<String>) -> Self {
        Self::Paragraph(vec![Piece::text(text)])
    }
}

impl<W: Write> Document<W> {
    /// Writes running text.
    ///
    /// # Errors
    /// As [`Document::new`].
    pub fn blocks(&mut self, blocks: &[Block]) -> Result<(), PdfError> {
        for block in blocks {
            match block {
                Block::Heading(level, text) => drop(self.heading(*level, text)?),
                Block::Paragraph(pieces) => self.paragraph(pieces)?,
                Block::List(items) => self.list(items)?,
                Block::Steps(items) => self.steps(items)?,
                Block::Notice(pieces, alarm) => self.notice(pieces, *alarm)?,
            }
        }
        Ok(())
    }
}

/// A line of a plain text shorter than this was ended on purpose, not by the width of the text.
const FULL_LINE: usize = 56;

/// Reads a plain text: blank lines part paragraphs, `- ` and `1. ` begin items, indented lines go on with theirs, and
/// addresses become links. A line broken for width alone is joined to the next.
#[must_use]
pub fn read(text: &str) -> Vec<Block> {
    let mut blocks = vec![];
    for group in text.split("\n\n").map(|group| group.trim_matches('\n')).filter(|group| !group.trim().is_empty()) {
        let mut reading = Reading::default();
        for line in group.lines() {
            reading.line(line);
        }
        reading.end(&mut blocks);
    }
    blocks
}

/// What a group of lines has been found to be.
#[derive(Default)]
struct Reading {
    before: String,
    items: Vec<String>,
    numbered: bool,
    last_length: usize,
}

impl Reading {
    fn line(&mut self, line: &str) {
        let text = line.trim();
        let item = text.strip_prefix("- ").map(|rest| (false, rest)).or_else(|| {
            let (number, rest) = text.split_once(". ")?;
            (!number.is_empty() && number.len() < 3 && number.bytes().all(|b| b.is_ascii_digit()))
                .then_some((true, rest))
        });
        match (item, self.items.last_mut()) {
            (Some((numbered, rest)), _) => {
                self.numbered = numbered;
                self.items.push(rest.to_owned());
            }
            (None, Some(last)) => {
                last.push(' ');
                last.push_str(text);
            }
            (None, None) => {
                if !self.before.is_empty() {
                    self.before.push(if self.last_length < FULL_LINE { '\n' } else { ' ' });
                }
                self.before.push_str(text);
                self.last_length = line.chars().count();
            }
        }
    }

    fn end(self, blocks: &mut Vec<Block>) {
        // One short line over a list is its heading.
        if !self.items.is_empty() && !self.before.is_empty() && !self.before.contains('\n') && self.before.len() < 70 {
            blocks.push(Block::Heading(2, self.before));
        } else if !self.before.is_empty() {
            blocks.push(Block::Paragraph(linked(&self.before)));
        }
        if self.items.is_empty() {
            return;
        }
        let items = self.items.iter().map(|item| linked(item)).collect();
        blocks.push(if self.numbered { Block::Steps(items) } else { Block::List(items) });
    }
}

/// Words, with what looks like a web or e-mail address as a link.
fn linked(text: &str) -> Vec<Piece> {
    let mut pieces = vec![];
    let mut words = String::new();
    for part in text.split_inclusive([' ', '\n']) {
        let word = part.trim_end();
        let address = word.trim_end_matches(['.', ',', ';', ':', ')', '!', '?']);
        let after = part.get(address.len()..).unwrap_or_default();
        let link = if address.starts_with("https://") || address.starts_with("http://") {
            Some(Piece::web(address))
        } else {
            let (name, host) = address.split_once('@').unwrap_or_default();
            (!name.is_empty() && host.contains('.') && !host.contains('@')).then(|| Piece::email(address))
        };
        match link {
            Some(link) => {
                if !words.is_empty() {
                    pieces.push(Piece::text(std::mem::take(&mut words)));
                }
                pieces.push(link);
                words.push_str(after);
            }
            None => words.push_str(part),
        }
    }
    if !words.is_empty() {
        pieces.push(Piece::text(words));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_text_becomes_paragraphs_lists_and_links() {
        let text = "Dear Ann\n\nWe have stopped request DR-2026-000001 for now, because we did not hear\nfrom you.\n\n\
                    How to go on\n1. Open this page:\n   https://rights.example/x?a=b.\n2. Or write to dp@example.org.\n\n\
                    Yours\nThe Council\nPreston\n";
        let blocks = read(text);
        assert_eq!(
            blocks,
            [
                Block::words("Dear Ann"),
                Block::words("We have stopped request DR-2026-000001 for now, because we did not hear from you."),
                Block::Heading(2, "How to go on".into()),
                Block::Steps(vec![
                    vec![Piece::text("Open this page: "), Piece::web("https://rights.example/x?a=b"), Piece::text(".")],
                    vec![Piece::text("Or write to "), Piece::email("dp@example.org"), Piece::text(".")],
                ]),
                Block::words("Yours\nThe Council\nPreston"),
            ]
        );
        assert_eq!(read(" \n\n\n"), []);
    }
}

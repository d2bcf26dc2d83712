//! The flow: headings, paragraphs and lists run down the page and on to the next.
//!
//! What only the end knows is dealt with in one pass. "Page 3 of 120": the 120 is a form that every footer refers to
//! and that is written last. The contents: [`Document::contents`] lays out the entries, which are known beforehand,
//! to see how many pages they take, keeps those places in the page tree and in the structure, and
//! [`Document::finish`] draws them with the page numbers that have become known. So nothing is laid out twice, and
//! the bytes leave as they are made.

use std::io::Write;

use super::assembly::{Assembly, Target};
use super::contents::Contents;
use super::error::PdfError;
use super::meta::Front;
use super::outline::Destination;
use super::page::{Area, Artifact, Ink, Mark, Orientation, Size};
use super::pagetree::Place;
use super::press::Press;
use super::shape::{Face, Shaper, has_right_to_left};
use super::style::{BODY, BOTTOM, MARGIN, RUNNING_SIZE, Style, TOP, heading};
use super::tree::Attributes;
use super::wrap::{Line, Stretch, Wrap};
use crate::base::f32_from;

/// Longer texts than this do not get a second copy in logical order in the structure.
const LONGEST_ACTUAL_TEXT: usize = 8 * 1024;

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// Words that matter.
    Strong(String),
    /// A link and where it leads: `https:` or `mailto:`.
    Link {
        /// What is shown.
        text: String,
        /// Where it leads.
        uri: String,
    },
}

impl Piece {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Words that matter.
    pub fn strong(text: impl Into<String>) -> Self {
        Self::Strong(text.into())
    }

    /// An e-mail address that opens a message.
    pub fn email(address: &str) -> Self {
        Self::Link { text: address.to_owned(), uri: format!("mailto:{address}") }
    }

    /// A web address that opens a page.
    pub fn web(address: &str) -> Self {
        Self::Link { text: address.to_owned(), uri: address.to_owned() }
    }

    fn shown(&self) -> &str {
        match self {
            Self::Text(text) | Self::Strong(text) | Self::Link { text, .. } => text,
        }
    }

    fn face(&self, style: &Style) -> Face {
        match self {
            Self::Text(_) | Self::Link { .. } => style.face,
            Self::Strong(_) => Face::Bold,
        }
    }
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Pages.
    pub pages: u32,
    /// Bytes.
    pub bytes: u64,
}

/// A document being written.
pub struct Document<W: Write> {
    pub(super) assembly: Assembly<W>,
    pub(super) press: Press,
    pub(super) front: Front,
    pub(super) size: Size,
    /// How far down the page the text has come.
    pub(super) y: f32,
    pub(super) contents: Option<Contents>,
    /// Nothing but the running lines is on the page.
    pub(super) fresh: bool,
    orientation: Orientation,
    on_page: bool,
}

impl<W: Write> Document<W> {
    /// Starts a document, portrait.
    ///
    /// # Errors
    /// [`PdfError::Io`] when `out` fails, here and in every method that writes.
    pub fn new(out: W, front: Front) -> Result<Self, PdfError> {
        Self::on(Press::new(), out, front)
    }

    /// The same on a press that was used before.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn on(press: Press, out: W, front: Front) -> Result<Self, PdfError> {
        Ok(Self {
            assembly: Assembly::new(out)?,
            press,
            front,
            size: Orientation::Portrait.size(),
            y: TOP,
            contents: None,
            fresh: true,
            orientation: Orientation::Portrait,
            on_page: false,
        })
    }

    /// The width between the margins.
    pub fn width(&self) -> f32 {
        self.size.width - 2.0 * MARGIN
    }

    /// Pages so far.
    pub fn pages(&self) -> u32 {
        self.assembly.page_count()
    }

    /// The height that is left on the page, in points.
    pub fn left(&self) -> f32 {
        self.bottom() - self.y
    }

    /// Shapes text; for measuring what a table's columns need.
    pub fn shaper(&mut self) -> &mut Shaper {
        &mut self.press.shaper
    }

    /// Turns the paper, from the next page on.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn turn(&mut self, orientation: Orientation) -> Result<(), PdfError> {
        if self.orientation != orientation {
            self.end_page()?;
            self.orientation = orientation;
        }
        // Also where nothing has begun yet: widths are asked for before the page is.
        self.size = orientation.size();
        Ok(())
    }

    /// What comes next begins on a page of its own.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn end_page(&mut self) -> Result<(), PdfError> {
        self.on_page = false;
        self.fresh = true;
        self.assembly.end_page(&mut self.press.painters)
    }

    /// Opens a section of the structure.
    pub fn open_section(&mut self) {
        self.assembly.open("Sect");
    }

    /// Closes a section.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn close_section(&mut self) -> Result<(), PdfError> {
        {
            self.assembly.close();
            Ok(())
        }
    }

    /// A heading; `level` 1 to 3. Levels 1 and 2 become bookmarks. Returns where it stands.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn heading(&mut self, level: u8, text: &str) -> Result<Option<Destination>, PdfError> {
        let style = heading(level);
        // A heading at the foot of a page would part from what it heads.
        self.room(style.before + style.leading + style.after + BODY.leading * 2.0)?;
        self.space(style.before);
        let destination = self.assembly.destination(self.y - 4.0);
        if let (1 | 2, Some(destination)) = (level, destination) {
            self.assembly.bookmark(level, text, destination);
        }
        let tag = match level {
            1 => "H1",
            2 => "H2",
            _ => "H3",
        };
        self.text(tag, text, &style)?;
        Ok(destination)
    }

    /// A heading that an entry of the contents leads to.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn entry_heading(&mut self, entry: usize, level: u8, text: &str) -> Result<(), PdfError> {
        let destination = self.heading(level, text)?;
        if let (Some(contents), Some(destination)) = (&mut self.contents, destination) {
            contents.found(entry, destination);
        }
        Ok(())
    }

    /// A paragraph of body text.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn paragraph(&mut self, pieces: &[Piece]) -> Result<(), PdfError> {
        self.pieces("P", pieces, &BODY, MARGIN)
    }

    /// A paragraph of plain words.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn words(&mut self, text: impl Into<String>) -> Result<(), PdfError> {
        self.paragraph(&[Piece::text(text)])
    }

    /// A paragraph in another style.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn styled(&mut self, pieces: &[Piece], style: &Style) -> Result<(), PdfError> {
        self.pieces("P", pieces, style, MARGIN)
    }

    /// A list with bullets.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn list(&mut self, items: &[Vec<Piece>]) -> Result<(), PdfError> {
        self.items("Disc", items, |_| "•".to_owned())
    }

    /// A list with numbers, from 1.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn steps(&mut self, items: &[Vec<Piece>]) -> Result<(), PdfError> {
        self.items("Decimal", items, |index| format!("{}.", index + 1))
    }

    fn items(
        &mut self,
        numbering: &'static str,
        items: &[Vec<Piece>],
        label: impl Fn(usize) -> String,
    ) -> Result<(), PdfError> {
        const INDENT: f32 = 16.0;
        self.assembly.open_with("L", Attributes { list_numbering: Some(numbering), ..Attributes::default() });
        let style = Style { after: 3.0, ..BODY };
        for (index, item) in items.iter().enumerate() {
            // As much as the text asks for, so that no bullet is left behind.
            self.room(style.leading * 2.0)?;
            self.assembly.open("LI");
            self.assembly.open("Lbl");
            let label = self.press.shaper.word(&label(index), Face::Regular);
            let x = MARGIN + INDENT - 5.0 - label.width * style.size;
            let y = self.y + style.leading * 0.75;
            self.assembly.content([Mark::Line { x, y, size: style.size, ink: Ink::Muted, words: vec![label] }]);
            self.assembly.close();
            self.pieces("LBody", item, &style, MARGIN + INDENT)?;
            self.assembly.close();
        }
        self.assembly.close();
        self.space(BODY.after - style.after);
        Ok(())
    }

    /// A paragraph in a tinted band, for what the reader must not miss.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn notice(&mut self, pieces: &[Piece], alarm: bool) -> Result<(), PdfError> {
        const PAD: f32 = 9.0;
        let ink = if alarm { Ink::Alarm } else { Ink::Deep };
        let style = Style { ink, after: 0.0, ..BODY };
        let mut lines = self.wrap(pieces, &style);
        let width = (self.width() - 2.0 * PAD - 4.0) / style.size;
        let mut count = 0u16;
        while lines.next_line(&mut self.press.shaper, width).is_some() {
            count += 1;
        }
        let height = f32::from(count) * style.leading + 2.0 * PAD - 3.0;
        self.room(height.min(self.page_height()))?;
        self.space(2.0);
        // A band longer than a page (a very long controller's name) keeps its words and goes without its tint.
        if self.y + height <= self.bottom() + 1.0 {
            let area = Area { x: MARGIN, y: self.y, width: self.width(), height };
            self.assembly.draw(Mark::Fill(area, if alarm { Ink::AlarmTint } else { Ink::Tint }));
            self.assembly.draw(Mark::Fill(Area { width: 3.0, ..area }, ink));
        }
        self.y += PAD - 2.0;
        self.pieces("P", pieces, &style, MARGIN + PAD + 4.0)?;
        self.y += PAD;
        self.space(BODY.after);
        Ok(())
    }

    /// Goes on at `y` points below the top of the page, unless the text has come further already.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn down_to(&mut self, y: f32) -> Result<(), PdfError> {
        self.room(0.0)?;
        self.y = self.y.max(y);
        Ok(())
    }

    /// Ends the document.
    ///
    /// # Errors
    /// As [`Self::new`]; [`PdfError::Drawing`] if a page could not be drawn.
    pub fn finish(self) -> Result<Written, PdfError> {
        Ok(self.finish_on_press()?.1)
    }

    /// Ends the document; gives the output and the press back.
    ///
    /// # Errors
    /// As [`Self::finish`].
    pub fn finish_on_press(mut self) -> Result<(W, Written, Press), PdfError> {
        self.end_page()?;
        self.draw_contents()?;
        let pages = self.assembly.page_count();
        let total = self.press.shaper.word(&pages.to_string(), Face::Table);
        let (out, bytes) = self.assembly.finish(&self.front, total, RUNNING_SIZE, &mut self.press.painters)?;
        Ok((out, Written { pages, bytes }, self.press))
    }

    /// Lends the press to another document; until it is given back, this one must rest.
    pub fn lend_press(&mut self) -> Press {
        std::mem::take(&mut self.press)
    }

    /// Takes the press back.
    pub fn take_press(&mut self, press: Press) {
        self.press = press;
    }

    // ---- for the blocks ---------------------------------------------------------------------------------------------

    /// The lowest point that text may reach.
    pub(super) fn bottom(&self) -> f32 {
        self.size.height - BOTTOM
    }

    /// What a whole page holds.
    pub(super) fn page_height(&self) -> f32 {
        self.size.height - BOTTOM - TOP
    }

    /// Goes to the next page unless `height` is left on this one.
    pub(super) fn room(&mut self, height: f32) -> Result<bool, PdfError> {
        if self.on_page && self.y + height <= self.bottom() {
            return Ok(false);
        }
        if self.on_page && self.fresh {
            // Nothing higher can be had.
            return Ok(false);
        }
        self.next_page()?;
        Ok(true)
    }

    /// Begins the next page with its running lines.
    pub(super) fn next_page(&mut self) -> Result<(), PdfError> {
        self.end_page()?;
        let place = self.assembly.reserve_page();
        self.begin(place, self.orientation);
        Ok(())
    }

    /// Begins the page whose place was kept.
    pub(super) fn begin(&mut self, place: Place, orientation: Orientation) {
        self.size = orientation.size();
        self.assembly.begin_page(place, self.size);
        self.running_lines(place.number);
        self.on_page = true;
        self.fresh = true;
        self.y = TOP;
    }

    /// Leaves a space, unless at the top of a page.
    pub(super) fn space(&mut self, height: f32) {
        if !self.fresh {
            self.y += height;
        }
    }

    /// A text of one style as one element.
    pub(super) fn text(&mut self, tag: &'static str, text: &str, style: &Style) -> Result<(), PdfError> {
        self.pieces(tag, &[Piece::text(text)], style, MARGIN)
    }

    /// Draws a line's words as content of the innermost element.
    pub(super) fn line_mark(line: Line, x: f32, y: f32, style: &Style) -> Mark {
        Mark::Line { x, y, size: style.size, ink: style.ink, words: line.words() }
    }

    /// The whole text for an element whose glyphs are drawn in another order.
    pub(super) fn logical(text: &str) -> Option<String> {
        (text.len() <= LONGEST_ACTUAL_TEXT && has_right_to_left(text)).then(|| text.to_owned())
    }

    fn wrap<'t>(&self, pieces: &'t [Piece], style: &Style) -> Wrap<'t> {
        Wrap::new(pieces.iter().map(|piece| Stretch { text: piece.shown(), face: piece.face(style) }).collect())
    }

    fn pieces(&mut self, tag: &'static str, pieces: &[Piece], style: &Style, x: f32) -> Result<(), PdfError> {
        let actual_text = match pieces {
            [only] => Self::logical(only.shown()),
            _ => None,
        };
        // A first line alone at the foot of a page is easily lost.
        self.room(style.leading * 2.0)?;
        self.assembly.open_with(tag, Attributes { actual_text, ..Attributes::default() });
        let width = self.size.width - MARGIN - x;
        let mut wrap = self.wrap(pieces, style);
        while let Some(line) = wrap.next_line(&mut self.press.shaper, width / style.size) {
            self.room(style.leading)?;
            self.fresh = false;
            let y = self.y + style.leading * 0.75;
            let from = if line.right_to_left { x + width - line.width * style.size } else { x };
            self.pieces_line(line, pieces, from, y, style)?;
            self.y += style.leading;
        }
        self.assembly.close();
        self.y += style.after;
        Ok(())
    }

    /// Draws a line part by part: a link is an element of its own with an annotation over it.
    fn pieces_line(&mut self, line: Line, pieces: &[Piece], x: f32, y: f32, style: &Style) -> Result<(), PdfError> {
        let mut x = x;
        for part in line.parts {
            let advance = part.advance * style.size;
            let mark = |ink| Mark::Line { x, y, size: style.size, ink, words: part.words };
            match pieces.get(part.stretch) {
                Some(Piece::Link { text, uri }) => {
                    self.assembly.open("Link");
                    self.assembly.content([mark(Ink::Link)]);
                    let area = Area { x, y: y - style.size, width: advance, height: style.size * 1.3 };
                    self.assembly.link(area, &Target::Uri(uri.clone()), text);
                    self.assembly.close();
                }
                Some(Piece::Text(_) | Piece::Strong(_)) | None => self.assembly.content([mark(style.ink)]),
            }
            x += advance;
        }
        Ok(())
    }

    fn running_lines(&mut self, number: u32) {
        let (width, height) = (self.size.width, self.size.height);
        let line = |words, x, y| Mark::Line { x, y, size: RUNNING_SIZE, ink: Ink::Muted, words };
        if number > 1 {
            let title = self.press.shaper.word(&self.front.title, Face::Table);
            let reference = self.press.shaper.word(&self.front.reference, Face::Table);
            let room = width - 2.0 * MARGIN - 20.0;
            let right = width - MARGIN - reference.width * RUNNING_SIZE;
            // A title too long for the line is on the first page anyway.
            if (title.width + reference.width) * RUNNING_SIZE <= room {
                self.assembly
                    .artifact(Artifact::Header, [line(vec![title], MARGIN, 40.0), line(vec![reference], right, 40.0)]);
            }
            self.assembly
                .draw(Mark::Fill(Area { x: MARGIN, y: 47.0, width: width - 2.0 * MARGIN, height: 0.5 }, Ink::Hairline));
        }
        let page = self.press.shaper.word(&format!("Page {number} of "), Face::Table);
        let after = MARGIN + page.advance * RUNNING_SIZE;
        let y = height - 34.0;
        self.assembly.artifact(Artifact::Footer, [line(vec![page], MARGIN, y)]);
        self.assembly.draw(Mark::Total { x: after, y });
    }
}

/// Half of what is left over, for centring.
pub(super) fn lines_in(height: f32, leading: f32) -> usize {
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates at 0, and a page is small"
    )]
    let lines = (height / leading).floor() as usize;
    debug_assert!(f32_from(lines) * leading <= height.max(0.0) + leading);
    lines
}

//! Draws a batch of pages: the words once, by printpdf (`specimen`), then each page's content stream, which says where
//! they go and what they are part of. The tagged file around the pages is `assembly`'s.

use std::sync::Arc;

use lopdf::ObjectId;

use super::faces::FaceId;
use super::objects::{Deflater, hex_text};
use super::page::{Area, Artifact, Ink, Mark, Sheet};
use super::shape::Word;
use super::specimen::{Drawer, Piece, Specimen, Words, font_name};

/// The resource name of the form that shows the number of pages.
pub const TOTAL: &str = "PageTotal";

/// Pages to draw together.
pub struct Batch {
    /// Tells the batch's fonts from those of the others.
    pub number: u32,
    /// The pages.
    pub sheets: Vec<Sheet>,
}

/// Pages drawn.
pub struct Drawn {
    /// The content stream of each page, deflated.
    pub contents: Vec<Vec<u8>>,
    /// The fonts by their resource name, in `objects`.
    pub fonts: Vec<(String, ObjectId)>,
    /// Holds the fonts; their streams are deflated.
    pub objects: lopdf::Document,
}

/// Draws batches; keeps the faces that it has parsed.
pub struct Painter {
    drawer: Drawer,
    deflater: Deflater,
}

impl Painter {
    /// With no face parsed.
    pub fn new() -> Self {
        Self { drawer: Drawer::new(), deflater: Deflater::new() }
    }

    /// Deflates other bytes.
    pub fn deflate(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.deflater.deflate(bytes)
    }

    /// Draws a batch.
    ///
    /// # Errors
    /// A sentence, where printpdf's output is not what this room was written for.
    pub fn draw(&mut self, batch: Batch) -> Result<Drawn, String> {
        let mut words = Words::default();
        let mut places = vec![];
        for mark in batch.sheets.iter().flat_map(|sheet| &sheet.marks) {
            if let Mark::Line { words: line, .. } = mark {
                places.extend(line.iter().map(|word| words.place(word)));
            }
        }
        let Specimen { words: drawn, fonts, objects } = self.drawer.draw(&words, batch.number)?;
        let mut pen = Pen { places: places.into_iter(), drawn: &drawn, batch: batch.number, ..Pen::default() };
        let contents = batch.sheets.iter().map(|sheet| self.deflater.deflate(pen.page(sheet))).collect();
        let name = |face| String::from_utf8_lossy(&font_name(batch.number, face)).into_owned();
        let fonts = fonts.into_iter().map(|(face, object)| (name(face), object)).collect();
        Ok(Drawn { contents, fonts, objects })
    }
}

/// Hundredths of a point: positions are whole numbers of them, so that moving from one to the next adds no error.
fn hundredths(points: f32) -> i32 {
    #[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "saturates, and a page is small")]
    let whole = (points * 100.0).round() as i32;
    whole
}

/// Writes content streams (ISO 32000-1, 7.8.2), leaving out what would change nothing.
#[derive(Default)]
struct Pen<'d> {
    out: Vec<u8>,
    height: f32,
    batch: u32,
    /// The words as drawn, and the place of each word of each line to come.
    drawn: &'d [Vec<Piece>],
    places: std::vec::IntoIter<usize>,
    in_text: bool,
    in_figure: bool,
    /// The start of the last line in this text object.
    at: (i32, i32),
    font: Option<(FaceId, i32)>,
    ink: Option<Ink>,
    rise: i32,
    /// A list of strings and moves has been begun and not shown yet.
    showing: bool,
}

impl<'d> Pen<'d> {
    /// The content of a page.
    fn page(&mut self, sheet: &Sheet) -> &[u8] {
        self.out.clear();
        self.height = sheet.size.height;
        (self.in_text, self.font, self.ink, self.rise) = (false, None, None, 0);
        for mark in &sheet.marks {
            self.mark(mark);
        }
        self.close_text();
        &self.out
    }

    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Content { tag, mcid } => {
                self.open_text();
                self.content(tag, *mcid);
            }
            Mark::Artifact(artifact) => {
                self.open_text();
                self.artifact(*artifact);
            }
            Mark::Figure { mcid } => {
                // Shapes may not stand in a text object, so the marked content holds the text objects.
                self.close_text();
                self.content("Figure", *mcid);
                self.in_figure = true;
            }
            Mark::Shape(area, ink) => {
                self.close_text();
                self.fill(*area, *ink);
            }
            Mark::End => {
                self.show();
                if std::mem::take(&mut self.in_figure) {
                    self.close_text();
                }
                self.put(b"EMC\n");
            }
            Mark::Line { x, y, size, ink, words } => self.line(*x, *y, *size, *ink, words),
            Mark::Fill(area, ink) => {
                self.close_text();
                self.artifact(Artifact::Layout);
                self.fill(*area, *ink);
                self.put(b"EMC\n");
            }
            Mark::Total { x, y } => {
                self.close_text();
                self.artifact(Artifact::Footer);
                self.put(b"q 1 0 0 1 ");
                self.number(hundredths(*x));
                self.number(hundredths(self.height - *y));
                self.put(b"cm/");
                self.put(TOTAL.as_bytes());
                self.put(b" Do Q\nEMC\n");
            }
        }
    }

    fn open_text(&mut self) {
        if !self.in_text {
            self.in_text = true;
            self.at = (0, 0);
            self.put(b"BT\n");
        }
    }

    fn close_text(&mut self) {
        if self.in_text {
            self.in_text = false;
            self.put(b"ET\n");
        }
    }

    fn content(&mut self, tag: &str, mcid: u32) {
        self.put(b"/");
        self.put(tag.as_bytes());
        self.put(b"<</MCID ");
        self.put(mcid.to_string().as_bytes());
        self.put(b">>BDC\n");
    }

    fn artifact(&mut self, artifact: Artifact) {
        self.put(match artifact {
            Artifact::Header => b"/Artifact<</Type/Pagination/Subtype/Header>>BDC\n",
            Artifact::Footer => b"/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n",
            Artifact::RepeatedHeading => b"/Artifact<</Type/Pagination>>BDC\n",
            Artifact::Layout => b"/Artifact<</Type/Layout>>BDC\n",
        });
    }

    fn set_ink(&mut self, ink: Ink) {
        if self.ink != Some(ink) {
            self.ink = Some(ink);
            for part in ink.rgb() {
                self.number(hundredths(part));
            }
            self.put(b"rg\n");
        }
    }

    fn fill(&mut self, area: Area, ink: Ink) {
        self.set_ink(ink);
        for length in [area.x, self.height - area.y - area.height, area.width, area.height] {
            self.number(hundredths(length));
        }
        self.put(b"re f\n");
    }

    fn line(&mut self, x: f32, y: f32, size: f32, ink: Ink, words: &[Arc<Word>]) {
        self.open_text();
        self.set_ink(ink);
        let to = (hundredths(x), hundredths(self.height - y));
        self.number(to.0 - self.at.0);
        self.number(to.1 - self.at.1);
        self.put(b"Td\n");
        self.at = to;
        let mut language = None;
        for word in words {
            if word.actual_text.is_some() || word.language != language {
                self.show();
                if language.take().is_some() {
                    self.put(b"EMC\n");
                }
            }
            let spoken = word.language;
            match &word.actual_text {
                Some(text) => {
                    self.span(Some(text), spoken);
                    self.word(size);
                    self.show();
                    self.put(b"EMC\n");
                }
                None => {
                    if spoken.is_some() && language != spoken {
                        self.span(None, spoken);
                        language = spoken;
                    }
                    self.word(size);
                }
            }
        }
        self.show();
        if language.is_some() {
            self.put(b"EMC\n");
        }
        self.set_rise(0.0, size);
    }

    /// Begins a stretch whose text or language is said.
    fn span(&mut self, text: Option<&str>, language: Option<&str>) {
        self.put(b"/Span<<");
        if let Some(text) = text {
            self.put(b"/ActualText<FEFF");
            hex_text(text, &mut self.out);
            self.put(b">");
        }
        if let Some(language) = language {
            self.put(b"/Lang(");
            self.put(language.as_bytes());
            self.put(b")");
        }
        self.put(b">>BDC\n");
    }

    /// Places the next drawn word.
    fn word(&mut self, size: f32) {
        let drawn: &'d [Vec<Piece>] = self.drawn;
        let Some(pieces) = self.places.next().and_then(|place| drawn.get(place)) else { return };
        for piece in pieces {
            let font = (piece.face, hundredths(size));
            if self.font != Some(font) {
                self.show();
                self.font = Some(font);
                self.put(b"/");
                let name = font_name(self.batch, piece.face);
                self.put(&name);
                self.put(b" ");
                self.number(font.1);
                self.put(b"Tf\n");
            }
            self.set_rise(piece.above, size);
            match piece.shown.strip_prefix(b"(") {
                // Two strings beside each other are one.
                Some(rest) if self.showing && self.out.ends_with(b")") => {
                    self.out.pop();
                    self.put(rest);
                }
                _ => {
                    if !self.showing {
                        self.put(b"[");
                    }
                    self.put(&piece.shown);
                }
            }
            self.showing = true;
        }
    }

    /// Sets how far the next glyphs stand above the base line, in thousandths of an em.
    fn set_rise(&mut self, above: f32, size: f32) {
        let rise = hundredths(above * size / 1000.0);
        if self.rise != rise {
            self.show();
            self.rise = rise;
            self.number(rise);
            self.put(b"Ts\n");
        }
    }

    fn show(&mut self) {
        if self.showing {
            self.showing = false;
            self.put(b"]TJ\n");
        }
    }

    /// A number of hundredths, and a space.
    fn number(&mut self, hundredths: i32) {
        let mut digits = [0u8; 16];
        let mut at = digits.len();
        let mut rest = hundredths.unsigned_abs();
        let mut push = |byte: u8| {
            at -= 1;
            if let Some(slot) = digits.get_mut(at) {
                *slot = byte;
            }
        };
        push(b' ');
        let mut fraction = rest % 100;
        rest /= 100;
        if fraction != 0 {
            if fraction.is_multiple_of(10) {
                fraction /= 10;
                push(digit(fraction));
            } else {
                push(digit(fraction % 10));
                push(digit(fraction / 10));
            }
            push(b'.');
        }
        loop {
            push(digit(rest % 10));
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        if hundredths < 0 {
            push(b'-');
        }
        self.out.extend_from_slice(digits.get(at..).unwrap_or_default());
    }

    fn put(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }
}

fn digit(value: u32) -> u8 {
    b'0' + u8::try_from(value % 10).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hundredths_are_written_as_points() {
        let mut pen = Pen::default();
        for number in [0, 7, -7, 10, 1250, -123_456, 100, i32::MAX] {
            pen.number(number);
        }
        assert_eq!(String::from_utf8(pen.out).unwrap(), "0 0.07 -0.07 0.1 12.5 -1234.56 1 21474836.47 ");
    }
}

//! Lets printpdf draw a batch of pages: fonts subset to what the batch uses, text, fills and marked content. Takes out
//! of what it makes the content streams and the fonts; the tagged file around them is `assembly`'s.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::ObjectId;
use printpdf::{
    Codepoint, Color, DictItem, FontId, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions,
    Point, Pt, Rect, Rgb, TextItem, XObjectId, XObjectTransform,
};
use printpdf::{PaintMode, WindingOrder};

use super::faces::FaceId;
use super::objects::deflate;
use super::page::{Area, Artifact, Ink, Mark, Sheet};
use super::shape::{Glyph, Glyphs, Run, Word};
use crate::base::f32_from_i32;

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
    fonts: Vec<Option<ParsedFont>>,
}

impl Painter {
    /// With no face parsed.
    pub fn new() -> Self {
        Self { fonts: (0..FaceId::count()).map(|_| None).collect() }
    }

    /// Draws a batch.
    ///
    /// # Errors
    /// A sentence, where printpdf's output is not what this room was written for.
    pub fn draw(&mut self, batch: Batch) -> Result<Drawn, String> {
        let mut document = PdfDocument::new("");
        let mut used: Vec<FaceId> = batch.sheets.iter().flat_map(|sheet| faces_of(&sheet.marks)).collect();
        used.sort_unstable();
        used.dedup();
        for face in used {
            let font = PdfFont::new(self.font(face)?);
            document.resources.fonts.map.insert(font_id(batch.number, face), font);
        }
        document.pages = batch.sheets.iter().map(|sheet| page(sheet, batch.number)).collect();
        let mut objects = document.to_lopdf_document(&PdfSaveOptions::default(), &mut vec![]);
        drop(document);
        take_apart(&mut objects).map_err(|e| format!("the drawn pages could not be read back: {e}"))
    }

    fn font(&mut self, face: FaceId) -> Result<ParsedFont, String> {
        let slot = self.fonts.get_mut(face.index()).ok_or("a face is unknown")?;
        if slot.is_none() {
            *slot = ParsedFont::from_bytes(face.bytes(), 0, &mut vec![]);
        }
        slot.clone().ok_or_else(|| "a vendored font could not be read".to_owned())
    }
}

/// Takes the content streams and the fonts out of what printpdf made.
fn take_apart(made: &mut lopdf::Document) -> Result<Drawn, lopdf::Error> {
    let pages = made.get_dictionary(made.catalog()?.get(b"Pages")?.as_reference()?)?.get(b"Kids")?.as_array()?.clone();
    let mut contents = Vec::with_capacity(pages.len());
    let mut fonts = vec![];
    for (index, page) in pages.iter().enumerate() {
        let page = made.get_dictionary(page.as_reference()?)?;
        let content = page.get(b"Contents")?.as_reference()?;
        if index == 0 {
            let resources = made.get_dictionary(page.get(b"Resources")?.as_reference()?)?;
            for (name, font) in made.get_dictionary(resources.get(b"Font")?.as_reference()?)? {
                fonts.push((String::from_utf8_lossy(name).into_owned(), font.as_reference()?));
            }
        }
        let Some(lopdf::Object::Stream(stream)) = made.objects.remove(&content) else {
            return Err(lopdf::Error::ObjectNotFound(content));
        };
        contents.push(deflate(&stream.content));
    }
    let mut objects = std::mem::take(made);
    for object in objects.objects.values_mut() {
        if let Ok(stream) = object.as_stream_mut()
            && !stream.dict.has(b"Filter")
        {
            stream.set_content(deflate(&stream.content));
            stream.dict.set("Filter", lopdf::Object::Name(b"FlateDecode".to_vec()));
        }
    }
    Ok(Drawn { contents, fonts, objects })
}

fn faces_of(marks: &[Mark]) -> Vec<FaceId> {
    let mut faces = vec![];
    for mark in marks {
        if let Mark::Line { words, .. } = mark {
            for run in words.iter().flat_map(|word| &word.runs) {
                if !faces.contains(&run.face) {
                    faces.push(run.face);
                }
            }
        }
    }
    faces
}

/// Six capital letters, so that the name also serves as the tag of the subset, which must differ between the subsets
/// of one face in a file (ISO 32000-1, 9.6.4).
fn font_id(batch: u32, face: FaceId) -> FontId {
    let faces = u64::try_from(FaceId::count()).unwrap_or(1);
    let mut number = u64::from(batch) * faces + u64::try_from(face.index()).unwrap_or(0);
    let mut letters = [b'A'; 6];
    for letter in letters.iter_mut().rev() {
        *letter = b'A' + u8::try_from(number % 26).unwrap_or(0);
        number /= 26;
    }
    FontId(String::from_utf8_lossy(&letters).into_owned())
}

fn page(sheet: &Sheet, batch: u32) -> PdfPage {
    let mut pen = Pen::new(sheet.size.height, batch);
    for mark in &sheet.marks {
        pen.mark(mark);
    }
    pen.close_text();
    let paper = || Rect::from_wh(Pt(sheet.size.width), Pt(sheet.size.height));
    PdfPage { media_box: paper(), trim_box: paper(), crop_box: paper(), ops: pen.ops }
}

/// Hundredths of a point: positions are whole numbers of them, so that moving from one to the next adds no error.
fn hundredths(points: f32) -> i32 {
    #[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "saturates, and a page is small")]
    let whole = (points * 100.0).round() as i32;
    whole
}

fn points(hundredths: i32) -> Pt {
    Pt(f32_from_i32(hundredths) / 100.0)
}

/// Turns marks into printpdf's operations, leaving out what would change nothing.
struct Pen {
    ops: Vec<Op>,
    height: f32,
    batch: u32,
    in_text: bool,
    /// The start of the last line in this text object.
    at: (i32, i32),
    font: Option<(FaceId, i32)>,
    ink: Option<Ink>,
    items: Vec<TextItem>,
    rise: f32,
}

impl Pen {
    fn new(height: f32, batch: u32) -> Self {
        Self { ops: vec![], height, batch, in_text: false, at: (0, 0), font: None, ink: None, items: vec![], rise: 0.0 }
    }

    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Content { tag, mcid } => {
                self.open_text();
                self.begin(tag, vec![("MCID", DictItem::Int(i64::from(*mcid)))]);
            }
            Mark::Artifact(artifact) => {
                self.open_text();
                self.begin("Artifact", artifact_properties(*artifact));
            }
            Mark::End => {
                self.show();
                self.ops.push(Op::EndMarkedContent);
            }
            Mark::Line { x, y, size, ink, words } => self.line(*x, *y, *size, *ink, words),
            Mark::Fill(area, ink) => self.fill(*area, *ink),
            Mark::Total { x, y } => {
                self.close_text();
                self.set_ink(Ink::Muted);
                self.begin("Artifact", artifact_properties(Artifact::Footer));
                let transform = XObjectTransform {
                    translate_x: Some(Pt(*x)),
                    translate_y: Some(points(hundredths(self.height - *y))),
                    ..XObjectTransform::default()
                };
                self.ops.push(Op::UseXobject { id: XObjectId(TOTAL.to_owned()), transform });
                self.ops.push(Op::EndMarkedContent);
            }
        }
    }

    fn open_text(&mut self) {
        if !self.in_text {
            self.in_text = true;
            self.at = (0, 0);
            self.ops.push(Op::StartTextSection);
        }
    }

    fn close_text(&mut self) {
        if self.in_text {
            self.in_text = false;
            self.ops.push(Op::EndTextSection);
        }
    }

    fn begin(&mut self, tag: &str, properties: Vec<(&str, DictItem)>) {
        let map: BTreeMap<String, DictItem> = properties.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties: DictItem::Dict { map } });
    }

    fn set_ink(&mut self, ink: Ink) {
        if self.ink != Some(ink) {
            self.ink = Some(ink);
            let [r, g, b] = ink.rgb();
            self.ops.push(Op::SetFillColor { col: Color::Rgb(Rgb { r, g, b, icc_profile: None }) });
        }
    }

    fn fill(&mut self, area: Area, ink: Ink) {
        self.close_text();
        self.set_ink(ink);
        self.begin("Artifact", artifact_properties(Artifact::Layout));
        self.ops.push(Op::DrawRectangle {
            rectangle: Rect {
                x: points(hundredths(area.x)),
                y: points(hundredths(self.height - area.y - area.height)),
                width: points(hundredths(area.width)),
                height: points(hundredths(area.height)),
                mode: Some(PaintMode::Fill),
                winding_order: Some(WindingOrder::NonZero),
            },
        });
        self.ops.push(Op::EndMarkedContent);
    }

    fn line(&mut self, x: f32, y: f32, size: f32, ink: Ink, words: &[Arc<Word>]) {
        self.open_text();
        self.set_ink(ink);
        let to = (hundredths(x), hundredths(self.height - y));
        let by = Point { x: points(to.0 - self.at.0), y: points(to.1 - self.at.1) };
        self.ops.push(Op::SetTextCursor { pos: by });
        self.at = to;
        let mut language = None;
        for word in words {
            if word.actual_text.is_some() || word.language != language {
                self.show();
                if language.take().is_some() {
                    self.ops.push(Op::EndMarkedContent);
                }
            }
            match (&word.actual_text, word.language) {
                (Some(text), spoken) => {
                    let mut properties = vec![("ActualText", text_item(text))];
                    properties.extend(spoken.map(|spoken| ("Lang", language_item(spoken))));
                    self.begin("Span", properties);
                    self.runs(word, size);
                    self.show();
                    self.ops.push(Op::EndMarkedContent);
                }
                (None, spoken) => {
                    if let Some(spoken) = spoken
                        && language != Some(spoken)
                    {
                        self.begin("Span", vec![("Lang", language_item(spoken))]);
                        language = Some(spoken);
                    }
                    self.runs(word, size);
                }
            }
        }
        self.show();
        if language.is_some() {
            self.ops.push(Op::EndMarkedContent);
        }
        self.set_rise(0.0, size);
    }

    fn runs(&mut self, word: &Word, size: f32) {
        for Run { face, glyphs } in &word.runs {
            let font = (*face, hundredths(size));
            if self.font != Some(font) {
                self.show();
                self.font = Some(font);
                let font = PdfFontHandle::External(font_id(self.batch, *face));
                self.ops.push(Op::SetFont { font, size: points(hundredths(size)) });
            }
            match glyphs {
                Glyphs::Plain(pieces) => {
                    self.set_rise(0.0, size);
                    for (text, kern) in pieces {
                        match self.items.last_mut() {
                            Some(TextItem::Text(last)) => last.push_str(text),
                            _ => self.items.push(TextItem::Text(text.clone())),
                        }
                        if *kern != 0.0 {
                            self.items.push(TextItem::Offset(-kern));
                        }
                    }
                }
                Glyphs::Shaped(glyphs) => {
                    for glyph in glyphs {
                        self.set_rise(glyph.above, size);
                        self.glyph(glyph);
                    }
                }
            }
        }
    }

    fn glyph(&mut self, glyph: &Glyph) {
        if glyph.right != 0.0 {
            self.items.push(TextItem::Offset(-glyph.right));
        }
        let point = Codepoint::with_cid(glyph.id, glyph.right - glyph.extra, glyph.character.to_string());
        match self.items.last_mut() {
            Some(TextItem::GlyphIds(last)) => last.push(point),
            _ => self.items.push(TextItem::GlyphIds(vec![point])),
        }
    }

    /// Sets how far the next glyphs stand above the base line, in thousandths of an em.
    fn set_rise(&mut self, above: f32, size: f32) {
        #[expect(clippy::float_cmp, reason = "the same stored value, compared to leave out what changes nothing")]
        let same = self.rise == above;
        if !same {
            self.show();
            self.rise = above;
            self.ops.push(Op::SetLineOffset { multiplier: points(hundredths(above * size / 1000.0)).0 });
        }
    }

    fn show(&mut self) {
        if !self.items.is_empty() {
            self.ops.push(Op::ShowText { items: std::mem::take(&mut self.items) });
        }
    }
}

fn name(name: &str) -> DictItem {
    DictItem::Name(name.as_bytes().to_vec())
}

fn artifact_properties(artifact: Artifact) -> Vec<(&'static str, DictItem)> {
    match artifact {
        Artifact::Header => vec![("Type", name("Pagination")), ("Subtype", name("Header"))],
        Artifact::Footer => vec![("Type", name("Pagination")), ("Subtype", name("Footer"))],
        Artifact::RepeatedHeading => vec![("Type", name("Pagination"))],
        Artifact::Layout => vec![("Type", name("Layout"))],
    }
}

fn text_item(text: &str) -> DictItem {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    DictItem::String { data: units.flat_map(u16::to_be_bytes).collect(), literal: false }
}

fn language_item(language: &str) -> DictItem {
    DictItem::String { data: language.as_bytes().to_vec(), literal: true }
}

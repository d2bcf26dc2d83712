//! Lets printpdf draw each word of a batch once: it encodes the glyphs, subsets the faces to them, embeds the subsets and
//! says which character each glyph stands for. The words' text operators are then placed on the pages by `draw`, as often
//! as they occur. Drawing every page through printpdf costs twice the time for the same bytes (decision 020).

use std::collections::HashMap;
use std::sync::Arc;

use lopdf::ObjectId;
use printpdf::{
    Codepoint, FontId, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, Rect, TextItem,
};

use super::faces::FaceId;
use super::objects::deflate;
use super::shape::{Glyph, Glyphs, Word};

/// A piece of a word in one face at one height: what stands between the brackets of the operator that shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Its face.
    pub face: FaceId,
    /// Above the base line, in thousandths of an em.
    pub above: f32,
    /// Strings of glyphs in hexadecimal, with the moves between them.
    pub shown: Vec<u8>,
}

/// Faces, and where they lie in printpdf's document.
pub type Fonts = Vec<(FaceId, ObjectId)>;

/// The words of a batch, drawn.
pub struct Specimen {
    /// For each word, in the order given, its pieces from left to right.
    pub words: Vec<Vec<Piece>>,
    /// The subset faces, in `objects`.
    pub fonts: Fonts,
    /// Holds the fonts; their streams are deflated.
    pub objects: lopdf::Document,
}

/// The distinct words of a batch, in the order of first mention.
#[derive(Default)]
pub struct Words {
    list: Vec<Arc<Word>>,
    known: HashMap<*const Word, usize>,
}

impl Words {
    /// Notes a word; returns its place in the list. Words are shared, so the same pointer is the same word; of equal
    /// words with different pointers each is drawn.
    pub fn place(&mut self, word: &Arc<Word>) -> usize {
        let next = self.list.len();
        let place = *self.known.entry(Arc::as_ptr(word)).or_insert(next);
        if place == next {
            self.list.push(Arc::clone(word));
        }
        place
    }
}

/// Draws specimens; keeps the faces that it has parsed.
pub struct Drawer {
    fonts: Vec<Option<ParsedFont>>,
}

impl Drawer {
    /// With no face parsed.
    pub fn new() -> Self {
        Self { fonts: (0..FaceId::count()).map(|_| None).collect() }
    }

    /// Draws the words. `batch` tells their fonts from those of other batches.
    ///
    /// # Errors
    /// A sentence, where printpdf's output is not what this room was written for.
    pub fn draw(&mut self, words: &Words, batch: u32) -> Result<Specimen, String> {
        let mut sheet = Sheet { ops: vec![Op::StartTextSection], batch, face: None, pieces: vec![], items: vec![] };
        let ends: Vec<usize> = words.list.iter().map(|word| sheet.word(word)).collect();
        let Sheet { mut ops, pieces, .. } = sheet;
        ops.push(Op::EndTextSection);
        let mut used: Vec<FaceId> = pieces.iter().map(|(face, _)| *face).collect();
        used.sort_unstable();
        used.dedup();
        let mut document = PdfDocument::new("");
        for face in &used {
            document.resources.fonts.map.insert(font_id(batch, *face), PdfFont::new(self.font(*face)?));
        }
        let paper = || Rect::from_wh(Pt(100.0), Pt(100.0));
        document.pages = vec![PdfPage { media_box: paper(), trim_box: paper(), crop_box: paper(), ops }];
        let mut objects = document.to_lopdf_document(&PdfSaveOptions::default(), &mut vec![]);
        drop(document);
        let (content, fonts) = take_apart(&mut objects, batch, &used)
            .map_err(|e| format!("the drawn words could not be read back: {e}"))?;
        let mut shown = content.split(|byte| *byte == b'\n').filter_map(shown);
        let mut drawn = pieces.into_iter().map(|(face, above)| {
            let shown = shown.next().ok_or("a drawn word is missing")?;
            Ok(Piece { face, above, shown })
        });
        let mut at = 0;
        let mut words = Vec::with_capacity(ends.len());
        for end in ends {
            words.push(drawn.by_ref().take(end - at).collect::<Result<_, &str>>()?);
            at = end;
        }
        Ok(Specimen { words, fonts, objects })
    }

    fn font(&mut self, face: FaceId) -> Result<ParsedFont, String> {
        let slot = self.fonts.get_mut(face.index()).ok_or("a face is unknown")?;
        if slot.is_none() {
            *slot = ParsedFont::from_bytes(face.bytes(), 0, &mut vec![]);
        }
        slot.clone().ok_or_else(|| "a vendored font could not be read".to_owned())
    }
}

/// What an operator line shows: the inside of `[...] TJ`, or the string of `<...> Tj`.
fn shown(line: &[u8]) -> Option<Vec<u8>> {
    if let Some(array) = line.strip_suffix(b" TJ") {
        return Some(array.strip_prefix(b"[")?.strip_suffix(b"]")?.to_vec());
    }
    line.strip_suffix(b" Tj").map(<[u8]>::to_vec)
}

/// Takes the page's content and the fonts out of what printpdf made.
fn take_apart(made: &mut lopdf::Document, batch: u32, used: &[FaceId]) -> Result<(Vec<u8>, Fonts), lopdf::Error> {
    let pages = made.get_dictionary(made.catalog()?.get(b"Pages")?.as_reference()?)?.get(b"Kids")?.as_array()?.clone();
    let first = pages.first().ok_or(lopdf::Error::PageNumberNotFound(1))?.as_reference()?;
    let page = made.get_dictionary(first)?;
    let content = page.get(b"Contents")?.as_reference()?;
    let resources = made.get_dictionary(page.get(b"Resources")?.as_reference()?)?;
    let named = made.get_dictionary(resources.get(b"Font")?.as_reference()?)?;
    let mut fonts = vec![];
    for face in used {
        fonts.push((*face, named.get(font_id(batch, *face).0.as_bytes())?.as_reference()?));
    }
    let Some(lopdf::Object::Stream(stream)) = made.objects.remove(&content) else {
        return Err(lopdf::Error::ObjectNotFound(content));
    };
    for object in made.objects.values_mut() {
        if let Ok(stream) = object.as_stream_mut()
            && !stream.dict.has(b"Filter")
        {
            stream.set_content(deflate(&stream.content));
            stream.dict.set("Filter", lopdf::Object::Name(b"FlateDecode".to_vec()));
        }
    }
    Ok((stream.content, fonts))
}

/// Six capital letters, so that the name also serves as the tag of the subset, which must differ between the subsets
/// of one face in a file (ISO 32000-1, 9.6.4).
pub fn font_name(batch: u32, face: FaceId) -> [u8; 6] {
    let faces = u64::try_from(FaceId::count()).unwrap_or(1);
    let mut number = u64::from(batch) * faces + u64::try_from(face.index()).unwrap_or(0);
    let mut letters = [b'A'; 6];
    for letter in letters.iter_mut().rev() {
        *letter = b'A' + u8::try_from(number % 26).unwrap_or(0);
        number /= 26;
    }
    letters
}

fn font_id(batch: u32, face: FaceId) -> FontId {
    FontId(String::from_utf8_lossy(&font_name(batch, face)).into_owned())
}

/// The operations that show the words one after the other; one operation a piece.
struct Sheet {
    ops: Vec<Op>,
    batch: u32,
    face: Option<FaceId>,
    pieces: Vec<(FaceId, f32)>,
    items: Vec<TextItem>,
}

impl Sheet {
    /// Adds a word; returns how many pieces there are then.
    fn word(&mut self, word: &Word) -> usize {
        for run in &word.runs {
            if self.face != Some(run.face) {
                self.face = Some(run.face);
                let font = PdfFontHandle::External(font_id(self.batch, run.face));
                self.ops.push(Op::SetFont { font, size: Pt(1.0) });
            }
            match &run.glyphs {
                Glyphs::Plain(pieces) => {
                    for (text, kern) in pieces {
                        match self.items.last_mut() {
                            Some(TextItem::Text(last)) => last.push_str(text),
                            _ => self.items.push(TextItem::Text(text.clone())),
                        }
                        if *kern != 0.0 {
                            self.items.push(TextItem::Offset(-kern));
                        }
                    }
                    self.show(run.face, 0.0);
                }
                Glyphs::Shaped(glyphs) => {
                    let mut above = 0.0;
                    for glyph in glyphs {
                        #[expect(clippy::float_cmp, reason = "the same stored value: is it another height?")]
                        let other = glyph.above != above;
                        if other {
                            self.show(run.face, above);
                            above = glyph.above;
                        }
                        self.glyph(glyph);
                    }
                    self.show(run.face, above);
                }
            }
        }
        self.pieces.len()
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

    fn show(&mut self, face: FaceId, above: f32) {
        if !self.items.is_empty() {
            self.pieces.push((face, above));
            self.ops.push(Op::ShowText { items: std::mem::take(&mut self.items) });
        }
    }
}

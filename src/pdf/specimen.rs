//! Lets printpdf draw what a batch shows: each character of plain text once, each shaped word once. It encodes the glyphs,
//! subsets the faces to them, embeds the subsets and says which character each glyph stands for. `draw` then places what
//! was drawn on the pages, as often as it occurs. Drawing every page through printpdf takes twice the time for the same
//! marks (decision 020).

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use lopdf::ObjectId;
use printpdf::{
    Codepoint, FontId, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, Rect, TextItem,
};

use super::faces::FaceId;
use super::objects::deflate;
use super::shape::{Glyph, Glyphs, Run, Word};

/// A piece of a word in one face at one height: what stands between the brackets of the operator that shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Its face.
    pub face: FaceId,
    /// Above the base line, in thousandths of an em.
    pub above: f32,
    /// Strings of glyphs, two bytes each, with the moves between them.
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
        let mut sheet = Sheet::new(batch);
        for run in words.list.iter().flat_map(|word| &word.runs) {
            sheet.run(run);
        }
        let Sheet { mut ops, shaped, characters, .. } = sheet;
        let mut used: Vec<FaceId> = shaped.iter().map(|(face, _)| *face).chain(characters.keys().copied()).collect();
        used.sort_unstable();
        used.dedup();
        for (face, characters) in &characters {
            let items = vec![TextItem::Text(characters.list.clone())];
            ops.extend([set_font(batch, *face), Op::ShowText { items }]);
        }
        ops.push(Op::EndTextSection);
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
        let mut lines = content.split(|byte| *byte == b'\n').filter_map(shown);
        let mut drawn = vec![];
        for (face, above) in shaped {
            let array = lines.next().ok_or("a drawn word is missing")?;
            drawn.push(Piece { face, above, shown: literal(array) });
        }
        let mut alphabets = BTreeMap::new();
        for (face, characters) in characters {
            let codes = lines.next().and_then(codes).ok_or("the drawn characters are missing")?;
            if codes.len() != characters.known.len() {
                return Err("a drawn character is missing".to_owned());
            }
            alphabets.insert(face, Alphabet { known: characters.known, codes });
        }
        let mut drawn = drawn.into_iter();
        let words = words.list.iter().map(|word| pieces(word, &mut drawn, &alphabets)).collect();
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
fn shown(line: &[u8]) -> Option<&[u8]> {
    match line.strip_suffix(b" TJ") {
        Some(array) => array.strip_prefix(b"[")?.strip_suffix(b"]"),
        None => line.strip_suffix(b" Tj"),
    }
}

/// The codes of one string in hexadecimal, four digits each.
fn codes(shown: &[u8]) -> Option<Vec<u16>> {
    let digits = shown.strip_prefix(b"<")?.strip_suffix(b">")?;
    digits.chunks(4).map(|four| u16::from_str_radix(std::str::from_utf8(four).ok()?, 16).ok()).collect()
}

/// Strings in hexadecimal as literal ones (ISO 32000-1, 7.3.4.2), which are half as long; what stands between them stays.
fn literal(shown: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(shown.len() / 2 + 4);
    let mut rest = shown;
    while let Some(byte) = rest.first() {
        let string = rest.iter().position(|byte| *byte == b'>').and_then(|end| rest.get(..=end));
        match string.filter(|_| *byte == b'<').and_then(|string| Some((string.len(), codes(string)?))) {
            Some((length, codes)) => {
                out.push(b'(');
                codes.into_iter().for_each(|code| push_code(&mut out, code));
                out.push(b')');
                rest = rest.get(length..).unwrap_or_default();
            }
            None => {
                out.push(*byte);
                rest = rest.get(1..).unwrap_or_default();
            }
        }
    }
    out
}

fn push_code(out: &mut Vec<u8>, code: u16) {
    for byte in code.to_be_bytes() {
        match byte {
            // An end of line in a string would be read as a line feed, whichever it is.
            b'\r' => out.extend_from_slice(b"\\r"),
            b'(' | b')' | b'\\' => out.extend([b'\\', byte]),
            _ => out.push(byte),
        }
    }
}

/// The drawn characters of a face.
struct Alphabet {
    known: HashMap<char, usize>,
    codes: Vec<u16>,
}

impl Alphabet {
    fn code(&self, c: char) -> u16 {
        self.known.get(&c).and_then(|at| self.codes.get(*at)).copied().unwrap_or(0)
    }
}

/// The pieces of a word: plain text from the drawn characters, shaped text as it was drawn.
fn pieces(word: &Word, shaped: &mut impl Iterator<Item = Piece>, alphabets: &BTreeMap<FaceId, Alphabet>) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(word.runs.len());
    for run in &word.runs {
        match &run.glyphs {
            Glyphs::Plain(texts) => {
                let Some(alphabet) = alphabets.get(&run.face) else { continue };
                let mut shown = vec![];
                for (text, kern) in texts {
                    shown.push(b'(');
                    text.chars().for_each(|c| push_code(&mut shown, alphabet.code(c)));
                    shown.push(b')');
                    if *kern != 0.0 {
                        shown.extend_from_slice((-kern).to_string().as_bytes());
                    }
                }
                pieces.push(Piece { face: run.face, above: 0.0, shown });
            }
            Glyphs::Shaped(glyphs) => pieces.extend(shaped.take(heights(glyphs).count())),
        }
    }
    pieces
}

/// The stretches of glyphs that stand at one height.
fn heights(glyphs: &[Glyph]) -> impl Iterator<Item = &[Glyph]> {
    #[expect(clippy::float_cmp, reason = "the same stored value: is it another height?")]
    glyphs.chunk_by(|a, b| a.above == b.above)
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

fn set_font(batch: u32, face: FaceId) -> Op {
    Op::SetFont { font: PdfFontHandle::External(font_id(batch, face)), size: Pt(1.0) }
}

/// Distinct characters, in the order of first mention.
#[derive(Default)]
struct Characters {
    known: HashMap<char, usize>,
    list: String,
}

/// The operations that show the shaped words one after the other, and the characters of the plain ones.
struct Sheet {
    ops: Vec<Op>,
    batch: u32,
    face: Option<FaceId>,
    /// Face and height of each operation that shows glyphs.
    shaped: Vec<(FaceId, f32)>,
    characters: BTreeMap<FaceId, Characters>,
}

impl Sheet {
    fn new(batch: u32) -> Self {
        let ops = vec![Op::StartTextSection];
        Self { ops, batch, face: None, shaped: vec![], characters: BTreeMap::new() }
    }

    fn run(&mut self, run: &Run) {
        match &run.glyphs {
            Glyphs::Plain(texts) => {
                let Characters { known, list } = self.characters.entry(run.face).or_default();
                for c in texts.iter().flat_map(|(text, _)| text.chars()) {
                    let next = known.len();
                    if *known.entry(c).or_insert(next) == next {
                        list.push(c);
                    }
                }
            }
            Glyphs::Shaped(glyphs) => {
                if self.face != Some(run.face) {
                    self.face = Some(run.face);
                    self.ops.push(set_font(self.batch, run.face));
                }
                for stretch in heights(glyphs) {
                    let items = items(stretch);
                    self.ops.push(Op::ShowText { items });
                    self.shaped.push((run.face, stretch.first().map_or(0.0, |glyph| glyph.above)));
                }
            }
        }
    }
}

fn items(glyphs: &[Glyph]) -> Vec<TextItem> {
    let mut items = vec![];
    for glyph in glyphs {
        if glyph.right != 0.0 {
            items.push(TextItem::Offset(-glyph.right));
        }
        let point = Codepoint::with_cid(glyph.id, glyph.right - glyph.extra, glyph.character.to_string());
        match items.last_mut() {
            Some(TextItem::GlyphIds(last)) => last.push(point),
            _ => items.push(TextItem::GlyphIds(vec![point])),
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_says_the_same_in_half_the_bytes() {
        let twice = |line: &[u8]| shown(line).map(literal);
        assert_eq!(twice(b"[<000D0028> -12.5 <5C29>] TJ").unwrap(), b"(\0\\r\0\\() -12.5 (\\\\\\))");
        assert_eq!(twice(b"<0041> Tj").unwrap(), b"(\0A)");
        assert_eq!(twice(b"BT"), None);
    }
}

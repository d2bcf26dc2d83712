//! Turns words into glyphs: direction (UAX 9), stand-in faces, shaping, and what must be said about the text so that
//! it can be read back. Words are shaped once and shared between the lines that use them.
//!
//! A word is *plain* when each of its glyphs stands for the character it draws; its text is then read back from the
//! font's own map. Any other word carries its text with it (`ActualText`): shaped scripts, ligatures, decomposed
//! letters, control characters, and characters that no face has, which are drawn as a replacement mark.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use rustybuzz::{Direction, Feature, Script, ShapePlan, UnicodeBuffer};
use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

use super::faces::{FaceId, Faces};
use super::language;
use crate::base::{f32_from_i32, usize_from};

/// A weight and fineness of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Face {
    /// Regular, kerned: letters and headings.
    Regular,
    /// Bold, kerned.
    Bold,
    /// Regular without kerning, which small table text does not miss and the file is smaller for.
    Table,
    /// Bold without kerning.
    TableBold,
}

impl Face {
    fn text_face(self) -> FaceId {
        match self {
            Self::Regular | Self::Table => FaceId::REGULAR,
            Self::Bold | Self::TableBold => FaceId::BOLD,
        }
    }

    fn kerned(self) -> bool {
        matches!(self, Self::Regular | Self::Bold)
    }

    fn index(self) -> usize {
        match self {
            Self::Regular => 0,
            Self::Bold => 1,
            Self::Table => 2,
            Self::TableBold => 3,
        }
    }
}

/// A glyph placed after the one before it; lengths in thousandths of an em.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// In the face.
    pub id: u16,
    /// What the pen moves beyond (or short of) the glyph's own advance.
    pub extra: f32,
    /// Drawn to the right of the pen.
    pub right: f32,
    /// Drawn above the base line.
    pub above: f32,
    /// The character that the font's map gives for it.
    pub character: char,
}

/// Glyphs of one face.
#[derive(Debug, Clone, PartialEq)]
pub enum Glyphs {
    /// Each character's own glyph; after each piece, the kern in thousandths of an em.
    Plain(Vec<(String, f32)>),
    /// Shaped.
    Shaped(Vec<Glyph>),
}

/// A piece of a word in one face, in the order it is seen from left to right.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its face.
    pub face: FaceId,
    /// Its glyphs.
    pub glyphs: Glyphs,
}

/// A shaped word with the space after it.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// In ems, without the space after it.
    pub width: f32,
    /// In ems, with the space after it.
    pub advance: f32,
    /// From left to right.
    pub runs: Vec<Run>,
    /// The text, where the glyphs alone do not give it back.
    pub actual_text: Option<Box<str>>,
    /// The language, where the script tells that it is not the document's.
    pub language: Option<&'static str>,
}

/// Words kept for the next line that uses them; more than this and they are forgotten.
const WORDS_KEPT: usize = 20_000;

/// Longer words and lines are not kept.
const LONGEST_KEPT_BYTES: usize = 128;

/// The longest run of characters shaped at once. A longer word is cut before, so that ten megabytes without a space
/// cost no more memory than a page of words.
pub const LONGEST_WORD_BYTES: usize = 1024;

/// Shapes words.
pub struct Shaper {
    faces: Faces,
    words: [HashMap<Box<str>, Arc<Word>>; 8],
    /// How a face shapes a script: the same for every text, and slow to work out.
    plans: HashMap<(FaceId, Face, bool, Script), ShapePlan>,
}

/// What draws a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Drawn {
    By(FaceId),
    /// By one replacement mark for each character.
    Replaced,
}

impl Shaper {
    /// With no face parsed and no word known.
    pub fn new() -> Self {
        Self { faces: Faces::new(), words: Default::default(), plans: HashMap::new() }
    }

    /// The word shaped, from what is known or anew.
    pub fn word(&mut self, text: &str, face: Face) -> Arc<Word> {
        self.line(text, face, false)
    }

    /// A line (or word) of a paragraph that is written from right to left, or not.
    pub fn line(&mut self, text: &str, face: Face, right_to_left: bool) -> Arc<Word> {
        let cache = face.index() + if right_to_left { 4 } else { 0 };
        if let Some(known) = self.words.get(cache).and_then(|words| words.get(text)) {
            return Arc::clone(known);
        }
        let word = Arc::new(self.shape(text, face, right_to_left));
        // What is long is seldom met again.
        if text.len() <= LONGEST_KEPT_BYTES
            && let Some(words) = self.words.get_mut(cache)
        {
            if words.len() >= WORDS_KEPT {
                words.clear();
            }
            words.insert(text.into(), Arc::clone(&word));
        }
        word
    }

    /// The width of `text` on one line, in ems.
    pub fn width(&mut self, text: &str, face: Face) -> f32 {
        self.word(text, face).advance
    }

    fn shape(&mut self, text: &str, face: Face, right_to_left: bool) -> Word {
        if !face.kerned()
            && let Some(word) = self.ascii(text, face)
        {
            return word;
        }
        let mut shaping = Shaping { plain: true, advance: 0.0, runs: vec![] };
        if has_right_to_left(text) {
            shaping.plain = false;
            let base = if right_to_left { Level::rtl() } else { Level::ltr() };
            let bidi = BidiInfo::new(text, Some(base));
            for paragraph in &bidi.paragraphs {
                let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
                for run in runs {
                    let right_to_left = levels.get(run.start).is_some_and(Level::is_rtl);
                    self.shape_run(text.get(run).unwrap_or_default(), face, right_to_left, &mut shaping);
                }
            }
        } else {
            self.shape_run(text, face, false, &mut shaping);
        }
        let spaces = text.bytes().rev().take_while(|byte| *byte == b' ').count();
        let space = if spaces == 0 { 0.0 } else { self.space(face) * f32_from_i32(i32::try_from(spaces).unwrap_or(0)) };
        Word {
            width: (shaping.advance - space).max(0.0),
            advance: shaping.advance,
            runs: shaping.runs,
            actual_text: (!shaping.plain).then(|| readable_back(text).into()),
            language: language::of(text),
        }
    }

    /// ASCII without kerning: each character is its own glyph at its own advance, so there is nothing to shape. A test
    /// holds it against the shaper.
    fn ascii(&mut self, text: &str, face: Face) -> Option<Word> {
        let id = face.text_face();
        let parsed = self.faces.get(id)?;
        let mut units = 0;
        let mut inked = 0;
        for byte in text.bytes() {
            units += parsed.ascii_advance(byte)?;
            if byte != b' ' {
                inked = units;
            }
        }
        let glyphs = Glyphs::Plain(vec![(text.to_owned(), 0.0)]);
        let runs = if text.is_empty() { vec![] } else { vec![Run { face: id, glyphs }] };
        Some(Word { width: parsed.ems(inked), advance: parsed.ems(units), runs, actual_text: None, language: None })
    }

    fn space(&mut self, face: Face) -> f32 {
        let Some(parsed) = self.faces.get(face.text_face()) else { return 0.0 };
        parsed.glyph(' ').map_or(0.0, |glyph| parsed.ems(parsed.advance(glyph)))
    }

    /// Shapes text of one direction, piece by piece as faces cover it.
    fn shape_run(&mut self, text: &str, face: Face, right_to_left: bool, shaping: &mut Shaping) {
        let mut pieces = self.pieces(text, face.text_face());
        if right_to_left {
            pieces.reverse();
        }
        for (drawn, range) in pieces {
            let piece = text.get(range).unwrap_or_default();
            match drawn {
                Drawn::By(id) => self.shape_piece(piece, id, face, right_to_left, shaping),
                Drawn::Replaced => {
                    shaping.plain = false;
                    let marks: String = piece.chars().map(replacement).collect();
                    for mark in marks.chars() {
                        let id = self.faces.covering(mark, face.text_face()).unwrap_or(FaceId::REGULAR);
                        self.shape_piece(mark.encode_utf8(&mut [0; 4]), id, face, false, shaping);
                    }
                }
            }
        }
    }

    fn pieces(&mut self, text: &str, text_face: FaceId) -> Vec<(Drawn, Range<usize>)> {
        let mut pieces: Vec<(Drawn, Range<usize>)> = Vec::with_capacity(1);
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            let before = pieces.last().map(|(drawn, _)| *drawn);
            let drawn = match before {
                // Joiners and selectors belong to what they join, even where the face has no glyph for them.
                Some(Drawn::By(id)) if is_joiner(c) => Drawn::By(id),
                // Marks and punctuation stay in the face of the letters before them, if it has them.
                Some(Drawn::By(id))
                    if id != text_face && !c.is_alphanumeric() && c != ' ' && self.faces.covers(id, c) =>
                {
                    Drawn::By(id)
                }
                _ if is_joiner(c) => Drawn::By(text_face),
                _ => self.faces.covering(c, text_face).map_or(Drawn::Replaced, Drawn::By),
            };
            match pieces.last_mut() {
                Some((last, range)) if *last == drawn => range.end = end,
                _ => pieces.push((drawn, at..end)),
            }
        }
        pieces
    }

    fn shape_piece(&mut self, text: &str, id: FaceId, face: Face, right_to_left: bool, shaping: &mut Shaping) {
        let Some(parsed) = self.faces.get(id) else { return };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(if right_to_left { Direction::RightToLeft } else { Direction::LeftToRight });
        let (direction, script) = (buffer.direction(), buffer.script());
        let plan = self.plans.entry((id, face, right_to_left, script)).or_insert_with(|| {
            ShapePlan::new(&parsed.face, direction, Some(script), buffer.language().as_ref(), &features(id, face))
        });
        let shaped = rustybuzz::shape_with_plan(&parsed.face, plan, buffer);
        let glyphs: Vec<_> = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).collect();
        let advance: i32 = glyphs.iter().map(|(_, position)| position.x_advance).sum();
        let thousandths = |units: i32| (parsed.ems(units) * 1000.0).round();
        shaping.advance += parsed.ems(advance);

        // Plain while each character, in order, gave its own glyph where the pen is.
        let mut characters = text.char_indices();
        let mut plain: Vec<(String, f32)> = vec![(String::new(), 0.0)];
        let mut is_plain = !right_to_left;
        for (info, position) in &glyphs {
            let glyph = u16::try_from(info.glyph_id).unwrap_or(0);
            let own = characters.next().filter(|(at, c)| {
                usize_from(u64::from(info.cluster)) == *at
                    && parsed.nominal(glyph) == Some(*c)
                    && (position.x_offset, position.y_offset) == (0, 0)
            });
            let Some((_, c)) = own else {
                is_plain = false;
                break;
            };
            let extra = thousandths(position.x_advance - parsed.advance(glyph));
            if let Some((piece, kern)) = plain.last_mut() {
                piece.push(c);
                *kern = extra;
            }
            if extra != 0.0 {
                plain.push((String::new(), 0.0));
            }
        }
        if is_plain && characters.next().is_none() {
            plain.retain(|(piece, _)| !piece.is_empty());
            shaping.runs.push(Run { face: id, glyphs: Glyphs::Plain(plain) });
            return;
        }
        shaping.plain = false;
        let glyphs = glyphs
            .iter()
            .map(|(info, position)| {
                // Glyph 0 is "no glyph", which no conforming document shows; a blank stands for what has no shape.
                let glyph = u16::try_from(info.glyph_id).ok().filter(|glyph| *glyph != 0);
                let glyph = glyph.or_else(|| parsed.glyph(' ')).unwrap_or(1);
                Glyph {
                    id: glyph,
                    extra: thousandths(position.x_advance - parsed.advance(glyph)),
                    right: thousandths(position.x_offset),
                    above: thousandths(position.y_offset),
                    character: parsed.nominal(glyph).unwrap_or('\u{fffd}'),
                }
            })
            .collect();
        shaping.runs.push(Run { face: id, glyphs: Glyphs::Shaped(glyphs) });
    }
}

struct Shaping {
    plain: bool,
    advance: f32,
    runs: Vec<Run>,
}

/// Latin, Greek and Cyrillic letters stay one glyph each, so that they are read back without help.
fn features(id: FaceId, face: Face) -> Vec<Feature> {
    if id != FaceId::REGULAR && id != FaceId::BOLD {
        return vec![];
    }
    let off = |tag: &[u8; 4]| Feature::new(rustybuzz::ttf_parser::Tag::from_bytes(tag), 0, ..);
    let mut features = vec![off(b"liga"), off(b"clig")];
    if !face.kerned() {
        features.push(off(b"kern"));
    }
    features
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
        || is_ignorable(c)
}

/// Characters that are nothing to see (Default_Ignorable_Code_Point, the common ones).
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}')
}

/// What is drawn for a character that no face has: a control character's picture, a blank for a tab or a space of
/// another width, the replacement mark for any other.
fn replacement(c: char) -> char {
    match c {
        '\t' => ' ',
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        _ if c.is_whitespace() => ' ',
        _ => '\u{fffd}',
    }
}

/// Whether any character is written from right to left.
pub fn has_right_to_left(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(is_right_to_left)
}

/// Whether the first letter with a direction is written from right to left (UAX 9, P2).
pub fn starts_right_to_left(text: &str) -> bool {
    let direction = |c: &char| is_right_to_left(*c) || bidi_class(*c) == BidiClass::L;
    !text.is_ascii() && text.chars().find(direction).is_some_and(is_right_to_left)
}

fn is_right_to_left(c: char) -> bool {
    u32::from(c) >= 0x590 && matches!(bidi_class(c), BidiClass::R | BidiClass::AL)
}

/// `text` in its logical order, with a left-to-right mark after each right-to-left character.
///
/// Programs that extract text take what is drawn to be in visual order and turn every right-to-left stretch round,
/// guessing at the numbers and punctuation in it; they do so with `ActualText`, which already is in logical order.
/// The marks make each stretch one character long, so that turning it changes nothing. They are invisible, and what
/// reads the structure tree gets the text without them.
fn readable_back(text: &str) -> String {
    let mut marked = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        marked.push(c);
        if is_turned_round(c) {
            marked.push('\u{200e}');
        }
    }
    marked
}

/// What extraction takes to be written from right to left: also what Unicode has since assigned or said otherwise of.
fn is_turned_round(c: char) -> bool {
    let class = bidi_class(c);
    match u32::from(c) {
        0..=0x58f => false,
        0x5c5 | 0x5c7 | 0x616..=0x61a => true,
        0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfefe => class != BidiClass::NSM,
        _ => matches!(class, BidiClass::R | BidiClass::AL | BidiClass::RLE | BidiClass::RLO | BidiClass::RLI),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_need_no_help_to_be_read_back() {
        let mut shaper = Shaper::new();
        for text in ["Llŷr ", "Łukasz", "Ελληνικά", "Українська", "office", "王小明", "😀"] {
            assert_eq!(shaper.word(text, Face::Table).actual_text, None, "{text}");
        }
    }

    #[test]
    fn ascii_is_placed_as_the_shaper_would() {
        let mut shaper = Shaper::new();
        let printable = || (0x20u8..0x7f).map(char::from);
        for face in [Face::Table, Face::TableBold] {
            for pair in printable().flat_map(|a| printable().map(move |b| format!("{a}{b}{a} "))) {
                let fast = shaper.ascii(&pair, face).unwrap();
                let mut shaped = Shaping { plain: true, advance: 0.0, runs: vec![] };
                shaper.shape_run(&pair, face, false, &mut shaped);
                assert!((fast.advance - shaped.advance).abs() < 1e-4, "{pair:?}");
                assert_eq!((fast.runs, shaped.plain), (shaped.runs, true), "{pair:?}");
            }
            assert_eq!(shaper.ascii("a\tb", face), None);
        }
    }

    #[test]
    fn what_the_glyphs_do_not_tell_is_kept_beside_them() {
        let mut shaper = Shaper::new();
        for text in ["e\u{301}", "क्षितिज", "\u{e000}", "a\u{7}b", "👩‍👩‍👧", "\u{200b}"] {
            let word = shaper.word(text, Face::Regular);
            assert_eq!(word.actual_text.as_deref(), Some(text));
            assert!(!word.runs.is_empty(), "{text:?} must leave a glyph to hang the text on");
        }
        assert_eq!(shaper.word("אב1", Face::Regular).actual_text.as_deref(), Some("א\u{200e}ב\u{200e}1"));
    }

    #[test]
    fn nothing_is_drawn_as_the_missing_glyph() {
        let mut shaper = Shaper::new();
        let every_thousandth = (0..0x11_0000).step_by(997).filter_map(char::from_u32);
        for c in every_thousandth {
            for run in &shaper.word(&c.to_string(), Face::Regular).runs {
                if let Glyphs::Shaped(glyphs) = &run.glyphs {
                    assert!(glyphs.iter().all(|glyph| glyph.id != 0), "{c:?}");
                }
            }
        }
    }

    #[test]
    fn the_space_after_a_word_is_not_part_of_its_width() {
        let mut shaper = Shaper::new();
        let (bare, spaced) = (shaper.word("word", Face::Regular), shaper.word("word ", Face::Regular));
        assert!((bare.width - spaced.width).abs() < 0.001 && spaced.advance > bare.advance);
    }
}

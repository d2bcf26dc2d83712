//! The vendored faces: their bytes, the order in which they stand in for each other, and what glyph each draws for a
//! character. A face is parsed when a character first needs it, so that a document in Latin letters never pays for
//! the Chinese ones. `assets/fonts/README.md` says where they come from.

use rustybuzz::Face;
use rustybuzz::ttf_parser::GlyphId;

use crate::base::{f32_from_i32, usize_from};

macro_rules! faces {
    ($($file:literal),* $(,)?) => {
        &[$(include_bytes!(concat!("../../assets/fonts/", $file, ".ttf"))),*]
    };
}

/// The faces in order of preference. The first two are the text faces; the others stand in by coverage.
const FILES: &[&[u8]] = faces![
    "NotoSans-Regular",
    "NotoSans-Bold",
    "NotoSansArabic-Regular",
    "NotoSansHebrew-Regular",
    "NotoSansDevanagari-Regular",
    "NotoSansBengali-Regular",
    "NotoSansGurmukhi-Regular",
    "NotoSansGujarati-Regular",
    "NotoSansTamil-Regular",
    "NotoSansTelugu-Regular",
    "NotoSansMalayalam-Regular",
    "NotoSansSinhala-Regular",
    "NotoSansThai-Regular",
    "NotoSansEthiopic-Regular",
    "NotoSansArmenian-Regular",
    "NotoSansGeorgian-Regular",
    "NotoEmoji-Regular",
    "NotoSansSymbols-Regular",
    "NotoSansSymbols2-Regular",
    "NotoSansMath-Regular",
    "HangulFallback-Regular",
    "DroidSansFallbackFull",
];

/// One of the faces, by its place in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(u8);

impl FaceId {
    /// The regular text face.
    pub const REGULAR: Self = Self(0);
    /// The bold text face.
    pub const BOLD: Self = Self(1);

    /// Every face that may stand in for the text faces, best first.
    fn fallbacks() -> impl Iterator<Item = Self> {
        (2..u8::try_from(FILES.len()).unwrap_or(u8::MAX)).map(Self)
    }

    /// The place in the order, for tables.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// How many faces there are.
    pub fn count() -> usize {
        FILES.len()
    }

    /// The TrueType file.
    pub fn bytes(self) -> &'static [u8] {
        FILES.get(self.index()).copied().unwrap_or_default()
    }
}

/// A parsed face.
pub struct Parsed {
    /// For shaping.
    pub face: Face<'static>,
    em: f32,
    /// The character that each glyph stands for by itself: the first that the face maps to it.
    nominal: Vec<Option<char>>,
    /// The advances of the printable ASCII characters, in the face's units.
    ascii: Vec<Option<i32>>,
}

impl Parsed {
    fn read(id: FaceId) -> Option<Self> {
        let face = Face::from_slice(id.bytes(), 0)?;
        let em = f32_from_i32(face.units_per_em());
        let mut nominal = vec![None; usize::from(face.number_of_glyphs())];
        let maps = face.tables().cmap.iter().flat_map(|cmap| cmap.subtables).filter(|map| map.is_unicode());
        for map in maps {
            map.codepoints(|code| {
                let glyph = map.glyph_index(code).map(|glyph| usize::from(glyph.0));
                let character = char::from_u32(code).filter(|c| is_drawable(*c));
                if let (Some(slot), Some(c)) = (glyph.and_then(|glyph| nominal.get_mut(glyph)), character)
                    && slot.is_none_or(|known| c < known)
                {
                    *slot = Some(c);
                }
            });
        }
        let mut parsed = Self { face, em, nominal, ascii: vec![] };
        let advance =
            |c: char| parsed.glyph(c).filter(|glyph| parsed.nominal(*glyph) == Some(c)).map(|g| parsed.advance(g));
        parsed.ascii =
            (0..0x80u8).map(|byte| advance(char::from(byte)).filter(|_| matches!(byte, 0x20..=0x7e))).collect();
        Some(parsed)
    }

    /// The advance of a printable ASCII character that has a glyph of its own.
    pub fn ascii_advance(&self, byte: u8) -> Option<i32> {
        self.ascii.get(usize::from(byte)).copied().flatten()
    }

    /// A length in the face's units, in ems.
    pub fn ems(&self, units: i32) -> f32 {
        f32_from_i32(units) / self.em
    }

    /// The glyph that the face draws for `c`, if it has one.
    pub fn glyph(&self, c: char) -> Option<u16> {
        self.face.glyph_index(c).map(|glyph| glyph.0).filter(|glyph| *glyph != 0)
    }

    /// The character that `glyph` stands for by itself.
    pub fn nominal(&self, glyph: u16) -> Option<char> {
        self.nominal.get(usize::from(glyph)).copied().flatten()
    }

    /// The glyph's own advance, in the face's units.
    pub fn advance(&self, glyph: u16) -> i32 {
        self.face.glyph_hor_advance(GlyphId(glyph)).map_or(0, i32::from)
    }
}

/// The faces parsed so far, and which covers which character.
pub struct Faces {
    parsed: Vec<Option<Option<Parsed>>>,
    covering: std::collections::HashMap<char, Option<FaceId>>,
}

impl Faces {
    /// No face parsed yet.
    pub fn new() -> Self {
        Self { parsed: (0..FaceId::count()).map(|_| None).collect(), covering: std::collections::HashMap::new() }
    }

    /// A face, parsed on first use. None only if the vendored file were broken, which a test rules out.
    pub fn get(&mut self, id: FaceId) -> Option<&Parsed> {
        self.parsed.get_mut(id.index())?.get_or_insert_with(|| Parsed::read(id)).as_ref()
    }

    /// Whether the face draws `c`.
    pub fn covers(&mut self, id: FaceId, c: char) -> bool {
        self.get(id).is_some_and(|face| face.glyph(c).is_some())
    }

    /// The face to draw `c` with: the text face of this weight, the regular one, then the others. None if no face has it.
    pub fn covering(&mut self, c: char, text_face: FaceId) -> Option<FaceId> {
        if !is_drawable(c) {
            return None;
        }
        if self.covers(text_face, c) {
            return Some(text_face);
        }
        if let Some(known) = self.covering.get(&c) {
            return *known;
        }
        let found = std::iter::once(FaceId::REGULAR).chain(FaceId::fallbacks()).find(|id| self.covers(*id, c));
        // A hostile text could name every character there is: the memory of it is bounded.
        if self.covering.len() < usize_from(20_000) {
            self.covering.insert(c, found);
        }
        found
    }
}

/// Whether a face may draw `c` as itself. A private-use character means nothing to a reader without its own font, and
/// PDF/A forbids to map a glyph to one; a control character has no shape.
fn is_drawable(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'.. | '\u{fdd0}'..='\u{fdef}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vendored_face_parses() {
        let mut faces = Faces::new();
        for id in std::iter::once(FaceId::REGULAR).chain([FaceId::BOLD]).chain(FaceId::fallbacks()) {
            assert!(faces.get(id).is_some(), "face {}", id.index());
        }
    }

    #[test]
    fn each_script_has_a_face() {
        let mut faces = Faces::new();
        for c in "aŷłżЖΩعےאकকਕ王한あ😀✓→ก".chars() {
            assert!(faces.covering(c, FaceId::BOLD).is_some(), "{c}");
        }
        for c in ['\u{e000}', '\u{0}', '\u{10ffff}', '\u{378}'] {
            assert!(faces.covering(c, FaceId::REGULAR).is_none(), "{c:?}");
        }
    }

    #[test]
    fn a_glyph_that_two_characters_share_stands_for_the_plainer_one() {
        let mut faces = Faces::new();
        let face = faces.get(FaceId::REGULAR).unwrap();
        let space = face.glyph(' ').unwrap();
        assert_eq!(face.nominal(space), Some(' '));
    }
}

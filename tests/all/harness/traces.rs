//! Looks for words in every byte of a bundle: in names and comments of the zip, in each entry after inflating, in every
//! stream of a PDF after inflating, as UTF-8, UTF-16, escaped in JSON, HTML, a URL or PDF, in hexadecimal and base64, and as
//! glyph runs read back through the font's ToUnicode map. Each way in which they are found is named; the control tests in
//! `tests/all/review/traces.rs` plant them in each.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use base64::Engine as _;
use lopdf::{Document, Object};

/// Where and how `words` stand in the zip: `ENTRY: WAY`. Empty: no trace.
pub fn traces(zip: &[u8], words: &str) -> BTreeSet<String> {
    let needle = Needle::of(words);
    let mut found = BTreeSet::new();
    // Names, comments, extra fields, and whatever lies between the entries.
    needle.in_bytes(zip, "the zip itself", &mut found);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(zip)).expect("it is a zip");
    needle.in_bytes(archive.comment(), "zip comment", &mut found);
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        let name = entry.name().unwrap().into_owned();
        needle.in_bytes(name.as_bytes(), "an entry's name", &mut found);
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        needle.in_entry(&name, &content, &mut found);
    }
    found
}

/// The words in the form in which they are looked for: letters and digits in lower case, and the same backwards, as a
/// right-to-left run is drawn.
pub struct Needle {
    folded: String,
    backwards: String,
    raw: String,
}

fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Needle {
    pub fn of(words: &str) -> Self {
        let folded = folded(words);
        assert!(folded.chars().count() > 3, "so short a word stands anywhere by chance");
        Self { backwards: folded.chars().rev().collect(), folded, raw: words.to_owned() }
    }

    fn is_in(&self, text: &str) -> bool {
        let text = folded(text);
        text.contains(&self.folded) || text.contains(&self.backwards)
    }

    /// Looks through an entry and whatever is packed in it.
    pub fn in_entry(&self, name: &str, content: &[u8], found: &mut BTreeSet<String>) {
        self.in_bytes(content, name, found);
        if content.starts_with(b"PK") {
            for inner in traces(content, &self.raw) {
                found.insert(format!("{name}: {inner}"));
            }
        }
        if content.starts_with(b"%PDF") {
            self.in_pdf(name, content, found);
        }
    }

    /// Looks at bytes as each encoding would read them.
    pub fn in_bytes(&self, bytes: &[u8], place: &str, found: &mut BTreeSet<String>) {
        let mut see = |way: &str, text: &str| {
            if self.is_in(text) {
                found.insert(format!("{place}: {way}"));
            }
        };
        let utf8 = String::from_utf8_lossy(bytes);
        see("utf-8", &utf8);
        see("latin-1", &bytes.iter().map(|b| char::from(*b)).collect::<String>());
        for (start, big, way) in
            [(0, true, "utf-16be"), (1, true, "utf-16be"), (0, false, "utf-16le"), (1, false, "utf-16le")]
        {
            let units: Vec<u16> =
                bytes[start.min(bytes.len())..]
                    .chunks_exact(2)
                    .map(|pair| {
                        if big {
                            u16::from_be_bytes([pair[0], pair[1]])
                        } else {
                            u16::from_le_bytes([pair[0], pair[1]])
                        }
                    })
                    .collect();
            see(way, &String::from_utf16_lossy(&units));
        }
        see("escaped in JSON", &unescaped(&utf8));
        see("escaped in HTML", &without_tags(&entities(&utf8)));
        see("escaped in a URL", &percent(&utf8));
        for run in runs(&utf8, |c| c.is_ascii_hexdigit()) {
            if run.len() >= 8 {
                for from in 0..2 {
                    let bytes: Vec<u8> = run.as_bytes()[from..]
                        .chunks_exact(2)
                        .filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).ok())
                        .collect();
                    see("in hexadecimal", &String::from_utf8_lossy(&bytes));
                    let units: Vec<u16> = bytes.chunks_exact(2).map(|p| u16::from_be_bytes([p[0], p[1]])).collect();
                    see("in hexadecimal, utf-16", &String::from_utf16_lossy(&units));
                }
            }
        }
        for run in runs(&utf8, |c| c.is_ascii_alphanumeric() || c == '+' || c == '/') {
            if run.len() >= 8 && run.len() < 1 << 20 {
                for from in 0..4 {
                    let part = &run[from.min(run.len())..];
                    let whole = &part[..part.len() - part.len() % 4];
                    if let Ok(bytes) = base64::engine::general_purpose::STANDARD_NO_PAD.decode(whole) {
                        see("in base64", &String::from_utf8_lossy(&bytes));
                    }
                }
            }
        }
    }

    fn in_pdf(&self, name: &str, content: &[u8], found: &mut BTreeSet<String>) {
        // Every stream, whether something points to it or not.
        for (at, inflated) in every_stream(content).into_iter().enumerate() {
            self.in_bytes(&inflated, &format!("{name}, stream {at}"), found);
        }
        let document = Document::load_mem(content).expect("the PDF can be read");
        for (id, object) in &document.objects {
            self.in_object(&format!("{name}, object {}", id.0), object, found);
        }
        for (number, page) in document.get_pages() {
            let fonts = fonts_of(&document, page);
            let data = document.get_page_content(page);
            let glyphs = text_of_glyphs(&data, &fonts);
            if self.is_in(&glyphs) {
                found.insert(format!("{name}, page {number}: as glyphs"));
            }
        }
    }

    /// Strings in whatever dictionary or array: text strings are PDFDocEncoding, UTF-8 or UTF-16BE.
    fn in_object(&self, place: &str, object: &Object, found: &mut BTreeSet<String>) {
        match object {
            Object::String(bytes, _) | Object::Name(bytes) => {
                let text = match bytes.strip_prefix(&[0xFE, 0xFF]) {
                    Some(rest) => {
                        let units: Vec<u16> = rest.chunks_exact(2).map(|p| u16::from_be_bytes([p[0], p[1]])).collect();
                        String::from_utf16_lossy(&units)
                    }
                    None => String::from_utf8_lossy(bytes).into_owned(),
                };
                if self.is_in(&text) {
                    found.insert(format!("{place}: a string of the PDF"));
                }
            }
            Object::Array(items) => items.iter().for_each(|item| self.in_object(place, item, found)),
            Object::Dictionary(entries) => {
                entries.iter().for_each(|(key, value)| {
                    self.in_object(place, &Object::Name(key.clone()), found);
                    self.in_object(place, value, found);
                });
            }
            Object::Stream(stream) => self.in_object(place, &Object::Dictionary(stream.dict.clone()), found),
            Object::Null | Object::Boolean(_) | Object::Integer(_) | Object::Real(_) | Object::Reference(_) => {}
        }
    }
}

fn runs(text: &str, keep: impl Fn(char) -> bool) -> Vec<String> {
    text.split(|c| !keep(c)).filter(|run| !run.is_empty()).map(str::to_owned).collect()
}

/// Backslash escapes of JSON and PDF.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars();
    let mut units: Vec<u16> = Vec::new();
    while let Some(c) = letters.next() {
        let mut flush = |out: &mut String| {
            if !units.is_empty() {
                out.push_str(&String::from_utf16_lossy(&units));
                units.clear();
            }
        };
        if c != '\\' {
            flush(&mut out);
            out.push(c);
            continue;
        }
        let rest = letters.as_str();
        match rest.chars().next() {
            Some('u') if rest.len() >= 5 && rest.is_char_boundary(5) => match u16::from_str_radix(&rest[1..5], 16) {
                Ok(unit) => {
                    units.push(unit);
                    letters = rest[5..].chars();
                }
                Err(_) => flush(&mut out),
            },
            Some(d) if d.is_digit(8) => {
                flush(&mut out);
                let digits: String = rest.chars().take(3).take_while(|c| c.is_digit(8)).collect();
                out.push(char::from(u8::try_from(u32::from_str_radix(&digits, 8).unwrap_or(0) & 255).unwrap()));
                letters = rest[digits.len()..].chars();
            }
            Some(_) | None => flush(&mut out),
        }
    }
    if !units.is_empty() {
        out.push_str(&String::from_utf16_lossy(&units));
    }
    out
}

fn entities(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.find(';').filter(|end| *end <= 10);
        let Some(end) = end else { continue };
        let name = &rest[..end];
        let code = match name.strip_prefix('#') {
            Some(hex) if hex.starts_with(['x', 'X']) => u32::from_str_radix(&hex[1..], 16).ok(),
            Some(decimal) => decimal.parse().ok(),
            None => match name {
                "amp" => Some(u32::from('&')),
                "apos" => Some(u32::from('\'')),
                "shy" | "zwj" | "zwnj" | "nbsp" => Some(u32::from(' ')),
                _ => None,
            },
        };
        out.extend(code.and_then(char::from_u32));
        rest = &rest[end + 1..];
    }
    out + rest
}

fn without_tags(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

fn percent(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%')
            .then(|| bytes.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(code.unwrap_or(bytes[at]));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Whatever stands between `stream` and `endstream`, inflated where it can be.
fn every_stream(pdf: &[u8]) -> Vec<Vec<u8>> {
    let find =
        |needle: &[u8], from: usize| pdf[from..].windows(needle.len()).position(|w| w == needle).map(|at| from + at);
    let mut streams = Vec::new();
    let mut from = 0;
    while let Some(start) = find(b"stream", from) {
        let mut body = start + b"stream".len();
        from = body;
        if start >= 3 && &pdf[start - 3..start] == b"end" {
            continue;
        }
        while matches!(pdf.get(body), Some(b'\r' | b'\n')) {
            body += 1;
        }
        let Some(end) = find(b"endstream", body) else { break };
        let raw = &pdf[body..end];
        let mut inflated = Vec::new();
        if flate2::read::ZlibDecoder::new(raw).read_to_end(&mut inflated).is_ok() || !inflated.is_empty() {
            streams.push(inflated);
        } else {
            streams.push(raw.to_vec());
        }
        from = end;
    }
    streams
}

type Glyphs = BTreeMap<u16, String>;

/// For each font of a page, what its glyph codes mean by its ToUnicode map.
fn fonts_of(document: &Document, page: lopdf::ObjectId) -> BTreeMap<Vec<u8>, Glyphs> {
    document
        .get_page_fonts(page)
        .unwrap_or_default()
        .into_iter()
        .map(|(name, font)| {
            let map = font.get(b"ToUnicode").ok().and_then(|object| document.dereference(object).ok());
            let glyphs = map
                .and_then(|(_, object)| object.as_stream().ok())
                .and_then(|stream| {
                    stream.decompressed_content().or_else(|_| Ok::<_, lopdf::Error>(stream.content.clone())).ok()
                })
                .map(|cmap| to_unicode(&String::from_utf8_lossy(&cmap)))
                .unwrap_or_default();
            (name, glyphs)
        })
        .collect()
}

/// Reads `bfchar` and `bfrange` of a CMap.
fn to_unicode(cmap: &str) -> Glyphs {
    let mut glyphs = Glyphs::new();
    let text = |hex: &str| {
        let bytes: Vec<u8> = hex
            .as_bytes()
            .chunks(2)
            .filter_map(|p| u8::from_str_radix(std::str::from_utf8(p).ok()?, 16).ok())
            .collect();
        let units: Vec<u16> = bytes.chunks_exact(2).map(|p| u16::from_be_bytes([p[0], p[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    for (begin, end) in [("beginbfchar", "endbfchar"), ("beginbfrange", "endbfrange")] {
        let mut rest = cmap;
        while let Some(at) = rest.find(begin) {
            let body = &rest[at + begin.len()..];
            let stop = body.find(end).unwrap_or(body.len());
            let codes: Vec<&str> = body[..stop].split('<').skip(1).filter_map(|part| part.split('>').next()).collect();
            if begin == "beginbfchar" {
                for pair in codes.chunks_exact(2) {
                    if let Ok(code) = u16::from_str_radix(pair[0].trim(), 16) {
                        glyphs.insert(code, text(pair[1].trim()));
                    }
                }
            } else {
                for three in codes.chunks_exact(3) {
                    let (Ok(low), Ok(high)) =
                        (u16::from_str_radix(three[0].trim(), 16), u16::from_str_radix(three[1].trim(), 16))
                    else {
                        continue;
                    };
                    let first = text(three[2].trim()).chars().next().map_or(0, u32::from);
                    for code in low..=high {
                        glyphs.insert(
                            code,
                            char::from_u32(first + u32::from(code - low)).map(String::from).unwrap_or_default(),
                        );
                    }
                }
            }
            rest = &body[stop..];
        }
    }
    glyphs
}

/// Everything that a content stream draws, in its order, each glyph as what its font says it means.
fn text_of_glyphs(data: &[u8], fonts: &BTreeMap<Vec<u8>, Glyphs>) -> String {
    let none = Glyphs::new();
    let mut font = &none;
    let mut out = String::new();
    let Ok(content) = lopdf::content::Content::decode(data) else { return out };
    for operation in content.operations {
        match operation.operator.as_str() {
            "Tf" => {
                if let Some(Object::Name(name)) = operation.operands.first() {
                    font = fonts.get(name).unwrap_or(&none);
                }
            }
            "Tj" | "TJ" | "'" | "\"" => {
                operation.operands.iter().for_each(|operand| glyphs_of(operand, font, &mut out))
            }
            _ => {}
        }
    }
    out
}

fn glyphs_of(object: &Object, font: &Glyphs, out: &mut String) {
    if let Object::String(bytes, _) = object {
        for pair in bytes.chunks_exact(2) {
            let code = u16::from_be_bytes([pair[0], pair[1]]);
            out.push_str(font.get(&code).map_or("", String::as_str));
        }
    } else if let Object::Array(items) = object {
        items.iter().for_each(|item| glyphs_of(item, font, out));
    }
}

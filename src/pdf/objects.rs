//! Writes PDF objects as a stream: the bytes leave at once, only the positions of objects stay in memory
//! (eight bytes each). Must never know what an object means.

use std::fmt::Write as _;
use std::io::{self, Write};

use flate2::{Compress, Compression, FlushCompress, Status};

use crate::base::u64_from;

/// The number of a PDF object; generation is always 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(u32);

impl Id {
    /// Appends a reference and a space: `12 0 R `.
    pub fn refer(self, text: &mut String) {
        digits(text, self.0);
        text.push_str(" 0 R ");
    }
}

impl std::fmt::Display for Id {
    /// As a reference: `12 0 R`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} 0 R", self.0)
    }
}

/// Where an object lies, for the cross-reference stream (ISO 32000-1, 7.5.8).
#[derive(Debug, Clone, Copy)]
enum Place {
    /// Reserved and never written: read as null.
    Nowhere,
    /// At this offset.
    At(u64),
    /// In this object stream, at this index.
    In(u32, u16),
}

/// Objects in one object stream: enough for deflate to find what repeats, few enough to load one struct element fast.
const OBJECTS_A_STREAM: usize = 400;

/// An object stream that is full and waits to be deflated and written.
pub struct Full {
    id: Id,
    entries: String,
    /// What is to be deflated.
    pub bytes: Vec<u8>,
}

/// A PDF 1.7 file being written, with object streams and a cross-reference stream.
pub struct Objects<W: Write> {
    out: W,
    written: u64,
    places: Vec<Packed>,
    pending: Vec<(Id, usize)>,
    pending_bytes: Vec<u8>,
    full: Vec<Full>,
}

/// A [`Place`] in eight bytes: a million objects must not cost more than eight megabytes.
#[derive(Debug, Clone, Copy)]
struct Packed(u64);

const IN_STREAM: u64 = 1 << 63;

impl Packed {
    fn new(place: Place) -> Self {
        match place {
            Place::Nowhere => Self(0),
            Place::At(offset) => Self(offset),
            Place::In(stream, index) => Self(IN_STREAM | u64::from(stream) << 16 | u64::from(index)),
        }
    }

    /// The fields of the cross-reference stream, with widths 1, 5 and 2.
    fn row(self) -> [u8; 8] {
        let (kind, middle, last) = if self.0 == 0 {
            (0, 0, u16::MAX)
        } else if self.0 & IN_STREAM == 0 {
            (1, self.0, 0)
        } else {
            (2, (self.0 & !IN_STREAM) >> 16, u16::try_from(self.0 & 0xffff).unwrap_or(u16::MAX))
        };
        let [_, _, _, a, b, c, d, e] = middle.to_be_bytes();
        let [y, z] = last.to_be_bytes();
        [kind, a, b, c, d, e, y, z]
    }
}

impl<W: Write> Objects<W> {
    /// Starts a file.
    ///
    /// # Errors
    /// When `out` fails, here and in every method that writes.
    pub fn new(out: W) -> io::Result<Self> {
        let places = vec![Packed::new(Place::Nowhere)];
        let mut objects = Self { out, written: 0, places, pending: vec![], pending_bytes: vec![], full: vec![] };
        objects.raw(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")?;
        Ok(objects)
    }

    /// Reserves a number, to be written before or after anything that refers to it.
    pub fn reserve(&mut self) -> Id {
        let id = Id(u32::try_from(self.places.len()).unwrap_or(u32::MAX));
        self.places.push(Packed::new(Place::Nowhere));
        id
    }

    /// Writes an object that is not a stream.
    pub fn object(&mut self, id: Id, body: &str) {
        self.pending.push((id, self.pending_bytes.len()));
        self.pending_bytes.extend_from_slice(body.as_bytes());
        self.pending_bytes.push(b'\n');
        if self.pending.len() == OBJECTS_A_STREAM {
            self.pack();
        }
    }

    /// The object streams that have filled since this was last asked. Each is to be given back to [`Self::write_full`].
    pub fn take_full(&mut self) -> Vec<Full> {
        std::mem::take(&mut self.full)
    }

    /// Writes an object stream.
    pub fn write_full(&mut self, full: &Full, deflated: &[u8]) -> io::Result<()> {
        self.deflated_stream(full.id, &full.entries, deflated)
    }

    /// Writes a stream whose bytes are already deflated; `entries` are its dictionary's other entries.
    pub fn deflated_stream(&mut self, id: Id, entries: &str, deflated: &[u8]) -> io::Result<()> {
        self.stream(id, &format!("{entries}/Filter/FlateDecode"), deflated)
    }

    /// Writes a stream as it is.
    pub fn stream(&mut self, id: Id, entries: &str, bytes: &[u8]) -> io::Result<()> {
        self.place(id, Place::At(self.written));
        self.raw(format!("{} 0 obj\n<<{entries}/Length {}>>stream\n", id.0, bytes.len()).as_bytes())?;
        self.raw(bytes)?;
        self.raw(b"\nendstream\nendobj\n")
    }

    /// Writes the cross-reference stream and the trailer.
    pub fn finish(mut self, root: Id, file_id: &str) -> io::Result<(W, u64)> {
        self.pack();
        let mut deflater = Deflater::new();
        for full in self.take_full() {
            self.write_full(&full, &deflater.deflate(&full.bytes))?;
        }
        let id = self.reserve();
        self.place(id, Place::At(self.written));
        let start = self.written;
        // Each row is predicted from the one above (PNG "up"), as the offsets of neighbours differ little.
        let mut rows = Vec::with_capacity(self.places.len() * 9);
        let mut above = [0u8; 8];
        for place in &self.places {
            let row = place.row();
            rows.push(2);
            rows.extend(row.iter().zip(above).map(|(byte, up)| byte.wrapping_sub(up)));
            above = row;
        }
        let entries = format!(
            "/Type/XRef/Size {}/W[1 5 2]/Root {root}/ID[<{file_id}><{file_id}>]/DecodeParms<</Predictor 12/Columns 8>>",
            self.places.len()
        );
        self.deflated_stream(id, &entries, &deflate(&rows))?;
        self.raw(format!("startxref\n{start}\n%%EOF\n").as_bytes())?;
        self.out.flush()?;
        Ok((self.out, self.written))
    }

    fn pack(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let id = self.reserve();
        let pending = std::mem::take(&mut self.pending);
        let mut head = String::new();
        for (index, (object, offset)) in pending.iter().enumerate() {
            digits(&mut head, object.0);
            head.push(' ');
            digits(&mut head, u32::try_from(*offset).unwrap_or(u32::MAX));
            head.push(' ');
            self.place(*object, Place::In(id.0, u16::try_from(index).unwrap_or(u16::MAX)));
        }
        let (count, first) = (pending.len(), head.len());
        let mut bytes = head.into_bytes();
        bytes.append(&mut self.pending_bytes);
        self.full.push(Full { id, entries: format!("/Type/ObjStm/N {count}/First {first}"), bytes });
    }

    fn place(&mut self, id: Id, place: Place) {
        if let Some(slot) = usize::try_from(id.0).ok().and_then(|at| self.places.get_mut(at)) {
            *slot = Packed::new(place);
        }
    }

    fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written += u64_from(bytes.len());
        self.out.write_all(bytes)
    }
}

/// Appends a number.
pub fn digits(text: &mut String, mut number: u32) {
    let mut all = [0u8; 10];
    let mut at = all.len();
    while at > 0 {
        at -= 1;
        if let Some(slot) = all.get_mut(at) {
            *slot = b'0' + u8::try_from(number % 10).unwrap_or(0);
        }
        number /= 10;
        if number == 0 {
            break;
        }
    }
    text.extend(all.iter().skip(at).map(|digit| char::from(*digit)));
}

/// Appends formatted text; writing to a `String` cannot fail.
pub fn push(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    let written = text.write_fmt(arguments);
    debug_assert!(written.is_ok());
}

/// The level where time and size balance: what stands here is met again and again, so that the least effort finds it.
const LEVEL: u32 = 2;

/// Deflates many streams, one after the other, with the memory of one.
pub struct Deflater(Compress);

impl Deflater {
    /// Ready.
    pub fn new() -> Self {
        Self(Compress::new(Compression::new(LEVEL), true))
    }

    /// `bytes` in the zlib format.
    pub fn deflate(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.0.reset();
        let mut out = Vec::with_capacity(bytes.len() / 3 + 128);
        loop {
            let done = usize::try_from(self.0.total_in()).unwrap_or(usize::MAX);
            let rest = bytes.get(done..).unwrap_or_default();
            match self.0.compress_vec(rest, &mut out, FlushCompress::Finish) {
                // A fresh deflater given all of its input can only ask for room.
                Ok(Status::StreamEnd) | Err(_) => return out,
                Ok(Status::Ok | Status::BufError) => out.reserve(out.capacity().max(1024)),
            }
        }
    }
}

/// `bytes` in the zlib format.
#[must_use]
pub fn deflate(bytes: &[u8]) -> Vec<u8> {
    Deflater::new().deflate(bytes)
}

/// A PDF text string: UTF-16BE with its mark, in hexadecimal (ISO 32000-1, 7.9.2.2).
#[must_use]
pub fn text_string(text: &str) -> String {
    let mut hex = Vec::with_capacity(text.len() * 4 + 6);
    hex.extend_from_slice(b"<FEFF");
    hex_text(text, &mut hex);
    hex.push(b'>');
    String::from_utf8(hex).unwrap_or_default()
}

/// Appends the UTF-16BE units of `text` in hexadecimal.
pub fn hex_text(text: &str, out: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for unit in text.encode_utf16() {
        let digits = [unit >> 12, unit >> 8, unit >> 4, unit]
            .map(|four| DIGITS.get(usize::from(four & 15)).copied().unwrap_or(b'0'));
        out.extend_from_slice(&digits);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_string_keeps_what_lies_beyond_the_basic_plane() {
        assert_eq!(text_string("aŷ😀"), "<FEFF00610177D83DDE00>");
    }

    #[test]
    fn the_cross_reference_points_at_the_objects() {
        let mut objects = Objects::new(Vec::new()).unwrap();
        let (root, other) = (objects.reserve(), objects.reserve());
        objects.stream(other, "", b"bytes").unwrap();
        objects.object(root, "<</Type/Catalog>>");
        let (bytes, length) = objects.finish(root, "00").unwrap();
        assert_eq!(u64_from(bytes.len()), length);
        let text = String::from_utf8_lossy(&bytes);
        let start: usize = text.rsplit("startxref\n").next().unwrap().lines().next().unwrap().parse().unwrap();
        assert!(String::from_utf8_lossy(&bytes[start..]).starts_with("4 0 obj\n<</Type/XRef/Size 5"));
    }

    #[test]
    fn numbers_are_written_whole() {
        let mut text = String::new();
        for number in [0, 7, 10, 4_294_967_295] {
            digits(&mut text, number);
            text.push(' ');
        }
        assert_eq!(text, "0 7 10 4294967295 ");
    }

    #[test]
    fn places_pack_into_rows() {
        assert_eq!(Packed::new(Place::At(0x01_0203_0405)).row(), [1, 1, 2, 3, 4, 5, 0, 0]);
        assert_eq!(Packed::new(Place::In(0x0708, 9)).row(), [2, 0, 0, 0, 7, 8, 0, 9]);
        assert_eq!(Packed::new(Place::Nowhere).row(), [0, 0, 0, 0, 0, 0, 255, 255]);
    }
}

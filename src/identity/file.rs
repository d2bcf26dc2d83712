//! What a file that is sent as proof may be: a PDF, JPEG, PNG or HEIC by its own bytes, whatever its name and the browser
//! say; of bounded size; nothing else at the same time. Nothing is unpacked or drawn to find out.

use imagesize::ImageError;

/// What a file may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileLimits {
    /// Its size.
    pub most_bytes: usize,
    /// Its picture's size.
    pub most_pixels: u64,
}

/// A kind of file that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A document.
    Pdf,
    /// A photograph.
    Jpeg,
    /// A picture of a screen.
    Png,
    /// A photograph by an iPhone.
    Heic,
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// It is empty.
    Empty,
    /// It has too many bytes.
    TooLarge,
    /// It is none of the kinds.
    Kind,
    /// It is broken, or cut off.
    Damaged,
    /// It is two kinds at once, or has something hidden behind its end.
    Mixed,
    /// Its picture has too many pixels.
    TooManyPixels,
    /// It needs a password.
    Locked,
    /// It has a program or other files in it.
    Active,
    /// A scanner found something harmful.
    Harmful,
}

impl Unfit {
    /// Every reason.
    pub const ALL: [Self; 9] = [
        Self::Empty,
        Self::TooLarge,
        Self::Kind,
        Self::Damaged,
        Self::Mixed,
        Self::TooManyPixels,
        Self::Locked,
        Self::Active,
        Self::Harmful,
    ];

    /// Its word in the keys of messages and in the audit trail.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge => "too_large",
            Self::Kind => "kind",
            Self::Damaged => "damaged",
            Self::Mixed => "mixed",
            Self::TooManyPixels => "too_many_pixels",
            Self::Locked => "locked",
            Self::Active => "active",
            Self::Harmful => "harmful",
        }
    }
}

impl FileKind {
    /// As it is served and kept.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Heic => "image/heic",
        }
    }

    /// The ending of a file's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Heic => "heic",
        }
    }

    /// The kind with this media type.
    #[must_use]
    pub fn of_media_type(text: &str) -> Option<Self> {
        [Self::Pdf, Self::Jpeg, Self::Png, Self::Heic].into_iter().find(|kind| kind.media_type() == text)
    }
}

/// What `bytes` are.
///
/// # Errors
/// [`Unfit`].
pub fn look_at_file(bytes: &[u8], limits: FileLimits) -> Result<FileKind, Unfit> {
    if bytes.is_empty() {
        return Err(Unfit::Empty);
    }
    if bytes.len() > limits.most_bytes {
        return Err(Unfit::TooLarge);
    }
    let kind = match bytes {
        [b'%', b'P', b'D', b'F', b'-', b'1' | b'2', b'.', ..] => FileKind::Pdf,
        [0xFF, 0xD8, 0xFF, ..] => FileKind::Jpeg,
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => FileKind::Png,
        [_, _, _, _, b'f', b't', b'y', b'p', rest @ ..] if is_heic(rest) => FileKind::Heic,
        _ => return Err(Unfit::Kind),
    };
    match kind {
        FileKind::Pdf => pdf(bytes)?,
        FileKind::Jpeg => end_of(bytes, jpeg_end(bytes))?,
        FileKind::Png => end_of(bytes, png_end(bytes))?,
        FileKind::Heic => boxes(bytes)?,
    }
    if has_archive(bytes) {
        return Err(Unfit::Mixed);
    }
    if kind != FileKind::Pdf {
        let size = imagesize::blob_size(bytes).map_err(|e| match e {
            ImageError::NotSupported => Unfit::Kind,
            ImageError::CorruptedImage | ImageError::IoError(_) => Unfit::Damaged,
        })?;
        let pixels = crate::base::u64_from(size.width).saturating_mul(crate::base::u64_from(size.height));
        if pixels == 0 {
            return Err(Unfit::Damaged);
        }
        if pixels > limits.most_pixels {
            return Err(Unfit::TooManyPixels);
        }
    }
    Ok(kind)
}

/// The brand of a still picture (ISO/IEC 23008-12).
fn is_heic(after_ftyp: &[u8]) -> bool {
    let brand = after_ftyp.get(..4).unwrap_or_default();
    [b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"].iter().any(|known| known[..] == *brand)
}

/// A document from its first byte to its last, that opens without a password and runs nothing.
fn pdf(bytes: &[u8]) -> Result<(), Unfit> {
    const END: &[u8] = b"%%EOF";
    let tail_from = bytes.len().saturating_sub(1_024);
    let tail = bytes.get(tail_from..).unwrap_or_default();
    let end = tail.windows(END.len()).rposition(|window| window == END).ok_or(Unfit::Damaged)?;
    if tail.get(end + END.len()..).unwrap_or_default().iter().any(|b| !b.is_ascii_whitespace() && *b != 0) {
        return Err(Unfit::Mixed);
    }
    if names(bytes, b"/Encrypt") {
        return Err(Unfit::Locked);
    }
    let active: [&[u8]; 6] = [b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA"];
    if active.iter().any(|name| names(bytes, name)) || web_text(bytes) {
        return Err(Unfit::Active);
    }
    Ok(())
}

/// Whether the PDF name stands in `bytes`, not as the beginning of a longer one.
fn names(bytes: &[u8], name: &[u8]) -> bool {
    bytes
        .windows(name.len() + 1)
        .any(|window| window.starts_with(name) && window.last().is_some_and(|next| !next.is_ascii_alphanumeric()))
}

/// Markup or a script.
fn web_text(bytes: &[u8]) -> bool {
    let signs: [&[u8]; 4] = [b"<script", b"<html", b"<?php", b"<svg"];
    signs.iter().any(|sign| bytes.windows(sign.len()).any(|window| window.eq_ignore_ascii_case(sign)))
}

/// A zip's directory at the end, wherever the zip begins.
fn has_archive(bytes: &[u8]) -> bool {
    const MOST_COMMENT: usize = 65_535 + 22;
    let tail = bytes.get(bytes.len().saturating_sub(MOST_COMMENT)..).unwrap_or_default();
    tail.windows(4).any(|window| window == b"PK\x05\x06")
}

/// A picture that ends where it should. Cameras write notes of their own behind a picture; a program or document there is
/// another thing.
fn end_of(bytes: &[u8], end: Option<usize>) -> Result<(), Unfit> {
    let end = end.ok_or(Unfit::Damaged)?;
    let behind = bytes.get(end..).unwrap_or_default();
    let document = behind.windows(5).any(|window| window == b"%PDF-");
    // A PDF may begin within the first 1,024 bytes, as far as some readers care.
    let early = bytes.get(..bytes.len().min(1_024)).unwrap_or_default().windows(5).any(|window| window == b"%PDF-");
    if document || early || web_text(bytes) { Err(Unfit::Mixed) } else { Ok(()) }
}

fn be16(bytes: &[u8], at: usize) -> Option<usize> {
    let pair = bytes.get(at..)?.first_chunk::<2>()?;
    Some(usize::from(u16::from_be_bytes(*pair)))
}

fn be32(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..)?.first_chunk::<4>()?;
    usize::try_from(u32::from_be_bytes(*four)).ok()
}

/// Where a JPEG ends: its segments are walked, then the compressed data up to the marker of its end (ITU-T T.81, B.1).
fn jpeg_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        match *bytes.get(at + 1)? {
            0xFF => at += 1,
            0xD9 => return Some(at + 2),
            // A scan: its data end at a marker that is no restart and no stuffed byte.
            0xDA => {
                at += 2 + be16(bytes, at + 2)?;
                loop {
                    at += bytes.get(at..)?.iter().position(|b| *b == 0xFF)?;
                    match *bytes.get(at + 1)? {
                        0x00 | 0xD0..=0xD7 => at += 2,
                        0xFF => at += 1,
                        _ => break,
                    }
                }
            }
            0x01 | 0xD0..=0xD8 => at += 2,
            _ => at += 2 + be16(bytes, at + 2)?,
        }
    }
}

/// Where a PNG ends: its chunks are walked (RFC 2083, 3.2).
fn png_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 8;
    loop {
        let length = be32(bytes, at)?;
        let kind = bytes.get(at + 4..at + 8)?;
        let next = at.checked_add(length)?.checked_add(12)?;
        if at == 8 && kind != b"IHDR" {
            return None;
        }
        if next > bytes.len() {
            return None;
        }
        if kind == b"IEND" {
            return Some(next);
        }
        at = next;
    }
}

/// A file of boxes that together are the file, one of them the picture's description (ISO/IEC 14496-12, 4.2).
fn boxes(bytes: &[u8]) -> Result<(), Unfit> {
    let (mut at, mut described) = (0, false);
    while at < bytes.len() {
        let kind = bytes.get(at + 4..at + 8).ok_or(Unfit::Damaged)?;
        described |= kind == b"meta";
        let length = match be32(bytes, at).ok_or(Unfit::Damaged)? {
            0 => bytes.len() - at,
            1 => be32(bytes, at + 12).filter(|_| be32(bytes, at + 8) == Some(0)).ok_or(Unfit::Damaged)?,
            length => length,
        };
        if length < 8 {
            return Err(Unfit::Damaged);
        }
        at = at.checked_add(length).filter(|end| *end <= bytes.len()).ok_or(Unfit::Damaged)?;
    }
    if web_text(bytes) {
        return Err(Unfit::Mixed);
    }
    if described { Ok(()) } else { Err(Unfit::Damaged) }
}

//! Text into HTML.

use super::model::BundleError;
use std::io::Write;

/// Writes `text` so that it can only ever be text, in an element or a quoted attribute. Control characters, which
/// HTML forbids, are shown by their pictures.
pub(super) fn escaped(out: &mut dyn Write, text: &str) -> Result<(), BundleError> {
    let mut plain = 0;
    let bytes = text.as_bytes();
    let mut picture = [0_u8; 4];
    for (at, byte) in text.bytes().enumerate() {
        let shown: &[u8] = match byte {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            b'"' => b"&quot;",
            b'\'' => b"&#39;",
            b'\n' | b'\t' => continue,
            b'\r' => b"",
            0..=0x1f | 0x7f => {
                let offset = if byte == 0x7f { 0x21 } else { u32::from(byte) };
                char::from_u32(0x2400 + offset)
                    .unwrap_or(char::REPLACEMENT_CHARACTER)
                    .encode_utf8(&mut picture)
                    .as_bytes()
            }
            _ => continue,
        };
        out.write_all(bytes.get(plain..at).unwrap_or_default())?;
        out.write_all(shown)?;
        plain = at + 1;
    }
    out.write_all(bytes.get(plain..).unwrap_or_default())?;
    Ok(())
}

/// Base64 (RFC 4648 section 4), for the digest of the style sheet in the content security policy.
pub(super) fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let word = (byte(0) << 16) | (byte(1) << 8) | byte(2);
        for (place, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            let letter = usize::try_from((word >> shift) & 63).ok().and_then(|at| LETTERS.get(at));
            out.push(if place <= chunk.len() { char::from(letter.copied().unwrap_or(b'=')) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_can_only_be_text() {
        let mut out = Vec::new();
        escaped(&mut out, "<script>alert('x')</script> & \"q\"\u{0}\r\nŁ😀").unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;q&quot;␀\nŁ😀"
        );
    }

    #[test]
    fn base64_is_that_of_the_rfc() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}

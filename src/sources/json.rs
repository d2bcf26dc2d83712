//! Writes values as JSON text, byte-true.

/// Appends `text` as a JSON string.
pub(super) fn string(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped: &[u8] = match byte {
            b'"' => b"\\\"",
            b'\\' => b"\\\\",
            b'\n' => b"\\n",
            b'\r' => b"\\r",
            b'\t' => b"\\t",
            0..=0x1f => &[],
            _ => continue,
        };
        out.extend_from_slice(text.as_bytes().get(plain..at).unwrap_or_default());
        plain = at + 1;
        if escaped.is_empty() {
            out.extend_from_slice(b"\\u00");
            hex(out, &[byte]);
        } else {
            out.extend_from_slice(escaped);
        }
    }
    out.extend_from_slice(text.as_bytes().get(plain..).unwrap_or_default());
    out.push(b'"');
}

/// Appends a floating-point number with the fewest digits that give it back; JSON has no infinities, so they are text.
pub(super) fn float(out: &mut Vec<u8>, number: f64) {
    match serde_json::Number::from_f64(number) {
        Some(finite) => out.extend_from_slice(finite.to_string().as_bytes()),
        None => string(out, float_word(number)),
    }
}

/// The word for a number that is not finite, as PostgreSQL writes it.
pub(super) fn float_word(number: f64) -> &'static str {
    if number.is_nan() {
        "NaN"
    } else if number.is_sign_negative() {
        "-Infinity"
    } else {
        "Infinity"
    }
}

/// Bytes as text: `\x` and two lower-case hexadecimal digits each, as PostgreSQL writes them.
pub(super) fn bytes_text(bytes: &[u8]) -> String {
    let mut out = Vec::with_capacity(2 + bytes.len() * 2);
    out.extend_from_slice(b"\\x");
    hex(&mut out, bytes);
    String::from_utf8(out).unwrap_or_default()
}

fn hex(out: &mut Vec<u8>, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            out.push(DIGITS.get(usize::from(digit)).copied().unwrap_or(b'0'));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_control_character_is_escaped_as_json_demands() {
        for code in 0..=0x7f_u8 {
            let text = format!("a{}b", char::from(code));
            let mut out = Vec::new();
            string(&mut out, &text);
            assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), text, "{code}");
            assert!(!out.contains(&b'\n'), "{code}");
        }
    }

    #[test]
    fn bytes_and_infinities_have_a_text() {
        assert_eq!(bytes_text(&[0, 255, 0x1f]), "\\x00ff1f");
        for (number, expected) in [(f64::INFINITY, "\"Infinity\""), (f64::NAN, "\"NaN\""), (0.1, "0.1"), (-0.0, "-0.0")]
        {
            let mut out = Vec::new();
            float(&mut out, number);
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }
}

//! Small questions about text.

/// The number of characters (Unicode scalar values), which is what a limit shown to people counts.
#[must_use]
pub fn char_count(text: &str) -> usize {
    text.chars().count()
}

/// True if nothing but white space stands in `text`.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// `text` with a capital first, as a sentence begins.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `text` on one line: control characters (line breaks among them) become spaces, runs of spaces one space, ends trimmed.
#[must_use]
pub fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first `limit` characters of `text`, with an ellipsis if something was left out.
#[must_use]
pub fn excerpt(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}

/// Bytes as lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|b| [b >> 4, b & 15]).filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}

/// The 32 bytes of a key that is written in base64 or as 64 hexadecimal digits; none if `text` is neither.
#[must_use]
pub fn key_bytes(text: &str) -> Option<[u8; 32]> {
    use base64::Engine;
    let text = text.trim();
    let bytes =
        if text.len() == 64 { unhex(text) } else { base64::engine::general_purpose::STANDARD.decode(text).ok() };
    bytes?.try_into().ok()
}

/// The bytes of hexadecimal, of either case; none if `text` is no whole number of them.
#[must_use]
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect();
    digits?.chunks(2).map(|pair| Some(pair.first()? * 16 + pair.get(1)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_from_hexadecimal_or_not_at_all() {
        assert_eq!(unhex(&hex(&[0, 7, 254, 255])), Some(vec![0, 7, 254, 255]));
        assert_eq!(unhex("FF"), Some(vec![255]));
        for bad in ["f", "fg", "+f", "ff0", "ÿÿ"] {
            assert_eq!(unhex(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_excerpt_never_splits_a_character() {
        assert_eq!(excerpt("Łukasz", 2), "Łu…");
        assert_eq!(excerpt("Łu", 2), "Łu");
    }

    #[test]
    fn a_header_cannot_be_smuggled_in_a_name() {
        assert_eq!(one_line("Ann\r\nBcc: x@example.org"), "Ann Bcc: x@example.org");
    }
}

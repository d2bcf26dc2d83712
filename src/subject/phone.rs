//! Telephone numbers as the digits of ITU-T E.164.

/// A telephone number as digits: a UK number in any writing becomes `44` and its national digits; another
/// international number (`+` or `00` before it) keeps its digits. An extension is left out: it is not the number. Digits of
/// other scripts count as digits.
#[must_use]
pub fn normal_phone(text: &str) -> String {
    let number = without_extension(text);
    let mut digits = String::with_capacity(number.len());
    let mut international = false;
    let mut began = false;
    let mut signs = number.chars().peekable();
    while let Some(c) = signs.next() {
        match digit(c) {
            Some(d) => {
                // `+44 (0)7700` and `+44 [0] 7700`: the trunk digit is not dialled from abroad.
                let trunk = d == '0' && began && matches!(before_closing(&mut signs), Some(')' | ']'));
                if !(trunk && international_so_far(international, &digits)) {
                    digits.push(d);
                }
                began = true;
            }
            None if c == '+' || c == '\u{ff0b}' => international |= !began,
            None => {}
        }
    }
    if !international {
        if let Some(rest) = digits.strip_prefix("00") {
            digits = rest.to_owned();
        } else if let Some(rest) = digits.strip_prefix('0') {
            return format!("44{rest}");
        } else if digits.len() == 10 && digits.starts_with(['1', '2', '3', '7', '8']) {
            // A spreadsheet took it for a number and dropped the leading nought.
            return format!("44{digits}");
        }
    }
    match digits.strip_prefix("440") {
        // `+44 07700 ...`: the trunk nought was kept.
        Some(rest) if rest.len() >= 9 => format!("44{rest}"),
        Some(_) | None => digits,
    }
}

fn international_so_far(plus: bool, digits: &str) -> bool {
    plus || digits.starts_with("00") || digits.starts_with("44")
}

/// The sign that comes next, spaces aside, if it is not a digit.
fn before_closing(signs: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<char> {
    let mut ahead = signs.clone();
    ahead.find(|c| !c.is_whitespace()).filter(|c| digit(*c).is_none())
}

/// The number without what follows `ext`, `extension`, `x` or `#`.
fn without_extension(text: &str) -> &str {
    let end = text.char_indices().find_map(|(at, c)| match c {
        '#' | 'x' | 'X' | 'e' | 'E' => {
            let rest = text.get(at..).unwrap_or_default().to_ascii_lowercase();
            let is_extension =
                rest.starts_with("ext") || rest.starts_with('#') || (rest.starts_with('x') && has_digit(&rest));
            (is_extension && has_digit(text.get(..at).unwrap_or_default())).then_some(at)
        }
        _ => None,
    });
    end.and_then(|at| text.get(..at)).unwrap_or(text)
}

fn has_digit(text: &str) -> bool {
    text.chars().any(|c| digit(c).is_some())
}

/// The ASCII digit that a digit of any common script means.
fn digit(c: char) -> Option<char> {
    const NOUGHTS: [char; 7] = ['\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{ff10}'];
    if c.is_ascii() {
        return c.is_ascii_digit().then_some(c);
    }
    NOUGHTS.iter().find_map(|nought| {
        u32::from(c).checked_sub(u32::from(*nought)).filter(|d| *d < 10).and_then(|d| char::from_digit(d, 10))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_writing_of_a_uk_phone_is_one() {
        for text in [
            "07700 900123",
            "+44 7700 900123",
            "+44 (0)7700 900123",
            "+44 (0) 7700 900123",
            "+44 ( 0 ) 7700 900123",
            "+44 [0] 7700 900123",
            "0044 7700 900 123",
            "0044 (0)7700 900 123",
            "44 7700 900123",
            "+4407700900123",
            "(07700) 900-123",
            "07700.900.123",
            "7700900123",
            "07700 900123 ext 2",
            "07700 900123 x 2",
            "07700 900123#2",
            "07700 900123 Extension: 12",
            "tel: 07700 900123",
            "٠٧٧٠٠ ٩٠٠١٢٣",
            "\u{a0}07700\u{2011}900123",
        ] {
            assert_eq!(normal_phone(text), "447700900123", "{text}");
        }
    }

    #[test]
    fn other_numbers_keep_their_digits() {
        for (text, expected) in [
            ("+353 86 123 4567", "353861234567"),
            ("00353 86 123 4567", "353861234567"),
            ("+1 (555) 010-0199", "15550100199"),
            ("01632 960123", "441632960123"),
            ("(01632) 960123", "441632960123"),
            ("020 7946 0000", "442079460000"),
            ("999", "999"),
            ("", ""),
            ("none", ""),
            ("ex-directory", ""),
        ] {
            assert_eq!(normal_phone(text), expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_normal_number_is_normal(text in "[0-9 +()x#-]{0,18}") {
            let once = normal_phone(&text);
            // Without its sign a foreign number of ten digits reads as British: the sign is put back to read it again.
            assert_eq!(normal_phone(&format!("+{once}")), once);
            assert!(once.bytes().all(|b| b.is_ascii_digit()));
        }
    }
}

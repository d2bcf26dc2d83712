//! Postcodes and address lines.

use super::fold::{fold, latin};

/// A postcode in capitals without spaces.
#[must_use]
pub fn normal_postcode(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// The outward part of a normal UK postcode, `PR1` of `PR18XJ`: the inward part is a digit and two letters. None for
/// anything else.
#[must_use]
pub fn outward(normal: &str) -> Option<&str> {
    let (outward, inward) = normal.split_at_checked(normal.len().checked_sub(3)?)?;
    let mut signs = inward.bytes();
    let is_inward = signs.next()?.is_ascii_digit() && signs.all(|b| b.is_ascii_alphabetic());
    ((2..=4).contains(&outward.len()) && is_inward).then_some(outward)
}

/// What people shorten in addresses.
const SHORT: [(&str, &str); 22] = [
    ("st", "street"),
    ("str", "street"),
    ("rd", "road"),
    ("ave", "avenue"),
    ("av", "avenue"),
    ("ln", "lane"),
    ("la", "lane"),
    ("cl", "close"),
    ("ct", "court"),
    ("crt", "court"),
    ("cres", "crescent"),
    ("dr", "drive"),
    ("gdns", "gardens"),
    ("gr", "grove"),
    ("pl", "place"),
    ("sq", "square"),
    ("ter", "terrace"),
    ("terr", "terrace"),
    ("pk", "park"),
    ("apt", "flat"),
    ("hse", "house"),
    ("no", ""),
];

/// An address line or a town as its words: folded to Latin letters, shortened words written out, signs left out.
#[must_use]
pub fn normal_address(text: &str) -> String {
    let folded = latin(&fold(text)).replace('\'', "");
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut out = String::with_capacity(folded.len());
    for (at, word) in words.enumerate() {
        // `St Annes Road` begins with a saint, `Market St` ends with a street.
        let long = SHORT.iter().find(|(short, _)| *short == word && !(at == 0 && word == "st")).map(|(_, long)| *long);
        let word = long.unwrap_or(word);
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postcode_has_an_outward_part() {
        assert_eq!(normal_postcode(" pr1 8xj"), "PR18XJ");
        for (code, expected) in [
            ("PR18XJ", Some("PR1")),
            ("SW1A1AA", Some("SW1A")),
            ("M11AE", Some("M1")),
            ("D02X285", None),
            ("8XJ", None),
        ] {
            assert_eq!(outward(code), expected, "{code}");
        }
    }

    #[test]
    fn an_address_is_its_words() {
        for text in ["12, Market St.", "12 MARKET STREET", "no. 12 Market Str"] {
            assert_eq!(normal_address(text), "12 market street", "{text}");
        }
        assert_eq!(normal_address("St Anne's Rd"), "st annes road");
    }

    proptest::proptest! {
        #[test]
        fn normal_forms_are_normal(text in "\\PC{0,24}") {
            let code = normal_postcode(&text);
            assert_eq!(normal_postcode(&code), code);
            let address = normal_address(&text);
            assert_eq!(normal_address(&address), address);
        }
    }
}

//! What a form gives away: e-mail addresses, telephone numbers, postcodes, National Insurance and NHS numbers with their
//! checks, dates of birth, accounts on other services. Whether a number is assigned is not asked: numbers kept for drama
//! are real text too.

use std::sync::LazyLock;

use regex::Regex;

use super::{Found, Kind};
use crate::review::pattern::char_spans;

/// Patterns of ours: a test finds each of them.
fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

macro_rules! patterns {
    ($($name:ident = $text:expr;)+) => { $(static $name: LazyLock<Option<Regex>> = LazyLock::new(|| pattern($text));)+ };
}

patterns! {
    EMAIL = r"(?xi) [\p{L}\p{N}._%+'’-]+ @ [\p{L}\p{N}-]+ (?:\.[\p{L}\p{N}-]+)+
        | \b[\p{L}\p{N}._%+-]+ \s?[\[({]\s?at\s?[\])}]\s? [\p{L}\p{N}-]+ (?:(?:\.|\s?[\[({]\s?dot\s?[\])}]\s?)[\p{L}\p{N}-]+)+";
    PHONE = r"(?x) (?: (?:\+|\b00)[\s.]?(?P<cc>44|[1-9]\d{0,2})[\s.()-]{0,3}(?:\(0\)[\s.-]?)? | \(?\b0 )
        (?:[\s.()-]{0,2}\d){7,13} (?:\s*(?:ext|extn|extension|x)\.?\s?\d{2,6}\b)?";
    LOCAL_PHONE = r"(?xi) \b(?:tel|telephone|phone|mobile|mob|fax|ext|extn|extension)\b[\s.:]*(?:no|number)?\.?[\s:]*(?:is|on)?\s*
        (?P<n>\d(?:[\s.-]?\d){2,8})\b";
    POSTCODE = r"(?xi) \b(?:GIR\s?0AA | (?:[A-PR-UWYZ][0-9]{1,2} | [A-PR-UWYZ][A-HK-Y][0-9](?:[0-9]|[ABEHMNPRV-Y])?
        | [A-PR-UWYZ][0-9][A-HJKPS-UW]) \s{0,2} [0-9][ABD-HJLNP-UW-Z]{2})\b";
    NI = r"(?xi) \b(?P<prefix>[A-Z]{2}) [\s-]?\d{2}[\s-]?\d{2}[\s-]?\d{2} (?:[\s-]?(?P<suffix>[A-D]))?\b";
    NHS = r"(?x) \b\d{3}(?P<s>[\s-]?)\d{3}[\s-]?\d{4}\b";
    BORN = r"(?xi) \b(?: d\.?\s?o\.?\s?b\b\.? | date\s+of\s+birth | birth\s?date | birthday | born | b\. ) [\s:=,(]*
        (?:(?:is|was|on|the|of)\s+){0,2} (?P<d>
            \d{1,2}(?:st|nd|rd|th)?[\s./-]+(?:of\s+)?(?:\d{1,2}|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)[\s.,/-]+(?:\d{4}|\d{2})\b
          | \d{4}-\d{2}-\d{2}
          | (?:jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}
          | \d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)\b
        )";
    HANDLE = r"(?x) (?:^|[\s(,;:]) (?P<h>@[A-Za-z_][A-Za-z0-9_.]{2,30})\b";
    NHS_CUE = r"(?i)\bnhs\b";
    NI_CUE = r"(?i)\bn\.?i\.?(?:n\.?o\.?)?\b|national\s+insurance";
}

/// Everything in `text` whose form gives it away. `bytes` are turned into characters at the end, all at once.
pub(super) fn find(text: &str, out: &mut Vec<Found>) {
    let mut found: Vec<(usize, usize, Kind, u8, &'static str)> = Vec::new();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if text.contains('@') || text.contains(['(', '[', '{']) {
        emails(text, &mut found);
    }
    if digits >= 1 {
        whole(&POSTCODE, text, Kind::Postcode, 90, "a postcode by its form", &mut found);
        dates(text, &mut found);
    }
    if digits >= 2 {
        phones(text, &mut found);
    }
    if digits >= 6 {
        insurance(text, &mut found);
        nhs(text, &mut found);
    }
    named(&HANDLE, "h", text, Kind::Account, 60, "an account name by its sign", &mut found);
    // Of two readings of the same digits the surer one stays.
    found.sort_by(|a, b| b.3.cmp(&a.3).then(a.0.cmp(&b.0)));
    let mut kept: Vec<(usize, usize, Kind, u8, &'static str)> = Vec::new();
    for hit in found {
        if kept.iter().all(|other| hit.1 <= other.0 || other.1 <= hit.0) {
            kept.push(hit);
        }
    }
    kept.sort_by_key(|hit| hit.0);
    let spans = char_spans(text, kept.iter().map(|hit| (hit.0, hit.1)));
    out.extend(spans.into_iter().zip(kept).map(|(span, (_, _, kind, confidence, why))| Found {
        span,
        kind,
        confidence,
        why,
    }));
}

type Hits = Vec<(usize, usize, Kind, u8, &'static str)>;

fn whole(
    pattern: &LazyLock<Option<Regex>>,
    text: &str,
    kind: Kind,
    confidence: u8,
    why: &'static str,
    found: &mut Hits,
) {
    if let Some(pattern) = pattern.as_ref() {
        found.extend(pattern.find_iter(text).map(|hit| (hit.start(), hit.end(), kind, confidence, why)));
    }
}

fn named(
    pattern: &LazyLock<Option<Regex>>,
    group: &str,
    text: &str,
    kind: Kind,
    confidence: u8,
    why: &'static str,
    found: &mut Hits,
) {
    if let Some(pattern) = pattern.as_ref() {
        let groups = pattern.captures_iter(text).filter_map(|hit| hit.name(group));
        found.extend(groups.map(|hit| (hit.start(), hit.end(), kind, confidence, why)));
    }
}

fn emails(text: &str, found: &mut Hits) {
    let Some(pattern) = EMAIL.as_ref() else { return };
    for hit in pattern.find_iter(text) {
        // A full stop or quotation mark around it is the sentence's.
        let trimmed = hit.as_str().trim_end_matches(['.', '\'', '’', '-']);
        let lead = trimmed.len() - trimmed.trim_start_matches(['.', '\'', '’', '-']).len();
        found.push((hit.start() + lead, hit.start() + trimmed.len(), Kind::Email, 98, "an e-mail address by its form"));
    }
}

fn phones(text: &str, found: &mut Hits) {
    if let Some(pattern) = PHONE.as_ref() {
        for hit in pattern.captures_iter(text) {
            let Some(all) = hit.get(0) else { continue };
            let before = text.get(..all.start()).and_then(|t| t.chars().next_back());
            let after = text.get(all.end()..).and_then(|t| t.chars().next());
            if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '.'))
                || after.is_some_and(char::is_alphanumeric)
            {
                continue;
            }
            let number = all.as_str().split(|c: char| c.is_alphabetic()).next().unwrap_or_default();
            let digits: String = number.chars().filter(char::is_ascii_digit).collect();
            let good = match hit.name("cc").map(|cc| cc.as_str()) {
                Some("44") => {
                    let rest = digits.trim_start_matches("00").trim_start_matches("44").trim_start_matches('0');
                    (9..=10).contains(&rest.len())
                }
                Some(_) => (8..=15).contains(&digits.trim_start_matches("00").len()),
                None => {
                    (10..=11).contains(&digits.len())
                        && matches!(digits.as_bytes().get(1), Some(b'1'..=b'3' | b'5' | b'7'..=b'9'))
                }
            };
            if good {
                found.push((all.start(), all.end(), Kind::Phone, 95, "a telephone number by its form"));
            }
        }
    }
    named(&LOCAL_PHONE, "n", text, Kind::Phone, 70, "a number after the word for telephone", found);
}

fn dates(text: &str, found: &mut Hits) {
    named(&BORN, "d", text, Kind::DateOfBirth, 90, "a date after the words for birth", found);
}

/// Two letters (of which some pairs are never given out), six digits, a letter from A to D.
fn insurance(text: &str, found: &mut Hits) {
    let Some(pattern) = NI.as_ref() else { return };
    for hit in pattern.captures_iter(text) {
        let (Some(all), Some(prefix)) = (hit.get(0), hit.name("prefix")) else { continue };
        let prefix = prefix.as_str().to_ascii_uppercase();
        let usual = !prefix.contains(['D', 'F', 'I', 'Q', 'U', 'V'])
            && !prefix.ends_with('O')
            && !["BG", "GB", "NK", "KN", "TN", "NT", "ZZ"].contains(&prefix.as_str());
        let cue = cue_before(&NI_CUE, text, all.start(), 40);
        let suffix = hit.name("suffix").is_some();
        let confidence = match (usual, suffix, cue) {
            (true, true, _) => 95,
            (_, _, true) => 80,
            (false, true, false) | (true, false, false) if all.as_str().len() > 12 => 40,
            (false, true, false) => 45,
            (true, false, false) | (false, false, false) => continue,
        };
        found.push((all.start(), all.end(), Kind::NiNumber, confidence, "a National Insurance number by its form"));
    }
}

/// Ten digits whose last is a check by modulus 11 (NHS Data Dictionary). One random number in eleven passes, so a cue or
/// the usual grouping is wanted too.
fn nhs(text: &str, found: &mut Hits) {
    let Some(pattern) = NHS.as_ref() else { return };
    for hit in pattern.captures_iter(text) {
        let Some(all) = hit.get(0) else { continue };
        let before = text.get(..all.start()).and_then(|t| t.chars().next_back());
        if before.is_some_and(|c| c == '+' || c == '-' || c == '.') {
            continue;
        }
        let digits: Vec<u32> = all.as_str().chars().filter_map(|c| c.to_digit(10)).collect();
        let grouped = hit.name("s").is_some_and(|s| !s.as_str().is_empty());
        let cue = cue_before(&NHS_CUE, text, all.start(), 40);
        let (confidence, why) = match (checks_out(&digits), cue, grouped) {
            (true, true, _) => (98, "an NHS number: its check digit is right, and the text says so"),
            (true, false, true) => (75, "an NHS number by its form and check digit"),
            (false, true, _) => (60, "the text says NHS number, but its check digit is wrong"),
            (true | false, false, false) | (false, false, true) => continue,
        };
        found.push((all.start(), all.end(), Kind::NhsNumber, confidence, why));
    }
}

pub(super) fn checks_out(digits: &[u32]) -> bool {
    let Some((check, rest)) = digits.split_last() else { return false };
    let sum: u32 = rest.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    digits.len() == 10 && (11 - sum % 11) % 11 == *check && 11 - sum % 11 != 10
}

/// True if the cue stands within `reach` bytes before `at`.
fn cue_before(cue: &LazyLock<Option<Regex>>, text: &str, at: usize, reach: usize) -> bool {
    let mut from = at.saturating_sub(reach);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    text.get(from..at).is_some_and(|before| cue.as_ref().is_some_and(|cue| cue.is_match(before)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::words_at;

    fn found(text: &str) -> Vec<(Kind, String)> {
        let mut out = Vec::new();
        find(text, &mut out);
        out.into_iter().map(|hit| (hit.kind, words_at(text, hit.span))).collect()
    }

    #[track_caller]
    fn only(text: &str, kind: Kind, words: &str) {
        assert_eq!(found(text), [(kind, words.to_owned())], "{text}");
    }

    #[test]
    fn each_pattern_can_be_read() {
        for pattern in [&EMAIL, &PHONE, &LOCAL_PHONE, &POSTCODE, &NI, &NHS, &BORN, &HANDLE, &NHS_CUE, &NI_CUE] {
            assert!(pattern.is_some());
        }
    }

    #[test]
    fn addresses_and_numbers_are_found_in_their_usual_writings() {
        only("Write to Jane.O'Hara+x@Example.co.uk.", Kind::Email, "Jane.O'Hara+x@Example.co.uk");
        only("用户@例子.广告 ok", Kind::Email, "用户@例子.广告");
        only("jane (at) example (dot) org", Kind::Email, "jane (at) example (dot) org");
        for number in [
            "07700 900123",
            "+44 7700 900123",
            "+44 (0)7700 900123",
            "(01632) 960 001",
            "0044 1632 960001",
            "01632-960-001",
            "+353 1 496 0000",
        ] {
            only(&format!("call {number}, please"), Kind::Phone, number);
        }
        only("tel: 736 4512", Kind::Phone, "736 4512");
        only("ring 01632 960001 ext 214", Kind::Phone, "01632 960001 ext 214");
        for code in ["PR1 8XJ", "pr18xj", "SW1A 1AA", "M1 1AE", "W1A 0AX", "EC1A 1BB", "GIR 0AA"] {
            only(&format!("at {code}."), Kind::Postcode, code);
        }
        only("NI AB 12 34 56 C", Kind::NiNumber, "AB 12 34 56 C");
        only("ab123456c", Kind::NiNumber, "ab123456c");
        only("National Insurance number: QQ123456", Kind::NiNumber, "QQ123456");
        only("NHS number 943 476 5919", Kind::NhsNumber, "943 476 5919");
        only("943-476-5919", Kind::NhsNumber, "943-476-5919");
        only("Her NHS no: 9434765919", Kind::NhsNumber, "9434765919");
        for date in
            ["12/03/2015", "12.3.15", "2015-03-12", "12 March 2015", "12th of March 2015", "March 12, 2015", "3rd May"]
        {
            only(&format!("DOB: {date}"), Kind::DateOfBirth, date);
            only(&format!("he was born on {date} in Preston"), Kind::DateOfBirth, date);
        }
        only("follow @jane_smith99 there", Kind::Account, "@jane_smith99");
    }

    #[test]
    fn what_only_looks_like_it_is_left() {
        for text in [
            "Our ref LSCB/2026/00114-7",
            "9434765918 is an order",
            "9434765919",
            "on 12/03/2026 at 10:30",
            "£1,250.00 and 2026-11-23T09:30:00Z",
            "version 10.0.19045.3693",
            "GB 12 34 56",
            "ISBN 978-0-306-40615-7",
            "Section 47, Working Together 2018",
            "account 00012345678901234",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn the_check_digit_is_checked() {
        let digits = |text: &str| text.chars().map(|c| c.to_digit(10).unwrap()).collect::<Vec<_>>();
        assert!(checks_out(&digits("9434765919")) && checks_out(&digits("4010232137")));
        assert!(!checks_out(&digits("9434765918")) && !checks_out(&digits("943476591")) && !checks_out(&[]));
    }
}

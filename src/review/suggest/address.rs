//! Postal addresses in running text: a number or a house's name, a street, and the places and postcode after it.

use std::sync::LazyLock;

use regex::Regex;

use super::{Found, Kind};
use crate::review::pattern::char_spans;

const STREETS: &str = "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Crescent|Cres|Place|Way|Grove|Gardens|Gdns|\
                       Terrace|Square|Sq|Hill|Park|View|Row|Mews|Green|Walk|Rise|Parade|Bank|Brow|Fold|Croft|Meadows?|Mount|\
                       Gate|Yard|Quay|Wharf|Parkway|Boulevard|Broadway|Approach|Avenue|Cottages|Villas|Vale|Nook|Heights|\
                       Garth|Wynd|Loan|Brae";

/// A word with a capital, as places and streets have.
const PLACE: &str = r"[A-Z][\p{L}'’-]+\b";

static NUMBERED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let street = format!(r"(?:{PLACE}\s+){{1,4}}(?:{STREETS})\b\.?|(?:The|High|Main|Church)\s+{PLACE}");
    let front = r"(?:(?:Flat|Apartment|Apt\.?|Unit|Room)\s+\w{1,4},?\s+)?(?:[A-Z][\p{L}'’-]+(?:\s[A-Z][\p{L}'’-]+){0,2}\s(?:House|Court|Lodge|Farm|Cottage|Hall|Heights|Tower|Mill),\s+)?";
    Regex::new(&format!(r"{front}\b\d{{1,4}}[A-Za-z]?(?:\s?[-/]\s?\d{{1,4}}[A-Za-z]?)?,?\s+(?:{street})")).ok()
});

static LOWER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let streets =
        "street|road|avenue|lane|drive|close|court|crescent|place|way|grove|gardens|terrace|square|mews|rd|ave";
    Regex::new(&format!(r"\b\d{{1,4}}[a-z]?,?\s+(?:[a-z'’-]+\s+){{1,2}}(?:{streets})\b")).ok()
});

/// A house with a name, and a street or place after it.
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let house = "House|Cottage|Farm|Lodge|Barn|Hall|Villa|Bungalow|Mill|Vicarage|Rectory|Grange|Manor";
    Regex::new(&format!(
        r"(?:The\s+)?(?:{PLACE}\s+){{1,3}}(?:{house}),\s+(?:{PLACE}\s+){{1,3}}(?:{STREETS})\b|\bThe\s+(?:{PLACE}\s+)?(?:{house}),\s+{PLACE}(?:\s+{PLACE}){{0,2}}"
    ))
    .ok()
});

/// What words for living say comes next.
static CUE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i:\b(?:lives?|living|lived|staying|stays|resides?|moved|moving|residing)\s+(?:at|to|on)|\b(?:home\s+)?address(?:\s+is|\s+was)?\s*[:=-]?)\s+(?P<a>(?:(?:the|a)\s+)?(?:Flat\s+\w+,?\s+)?(?:\d{{1,4}}[A-Za-z]?,?\s+)?{PLACE}(?:\s+{PLACE}){{0,3}}(?:\s+(?:{STREETS})\b)?)"
    ))
    .ok()
});

/// Places and a postcode that go on an address.
static REST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^(?:,?[ \t]*\n?[ \t]*(?:{PLACE})(?:[ -](?:{PLACE}|on|in|le|the|upon|with|of)){{0,4}}(?:,|\b)){{0,3}}?(?:,?\s{{0,3}}[A-Z]{{1,2}}\d[A-Z\d]?\s{{0,2}}\d[A-Z]{{2}}\b)"
    ))
    .ok()
});

/// One or two places after a comma, where no postcode follows.
static PLACES: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"^(?:,\s+{PLACE}(?:[ -]{PLACE}){{0,2}}){{1,3}}")).ok());

/// Adds the addresses of `text`.
pub(super) fn find(text: &str, out: &mut Vec<Found>) {
    let mut hits: Vec<(usize, usize, u8, &'static str)> = Vec::new();
    for (pattern, confidence, why) in [
        (&NUMBERED, 85, "a number and a street"),
        (&NAMED, 75, "a house and a street or place"),
        (&LOWER, 65, "a number and a street"),
    ] {
        if let Some(pattern) = pattern.as_ref() {
            hits.extend(pattern.find_iter(text).map(|hit| (hit.start(), hit.end(), confidence, why)));
        }
    }
    if let Some(cue) = CUE.as_ref() {
        let named = cue.captures_iter(text).filter_map(|hit| hit.name("a"));
        hits.extend(named.map(|hit| (hit.start(), hit.end(), 60, "what follows words for living")));
    }
    for hit in &mut hits {
        let rest = text.get(hit.1..).unwrap_or_default();
        let longer = [&REST, &PLACES].into_iter().find_map(|pattern| pattern.as_ref()?.find(rest));
        hit.1 += longer.map_or(0, |more| more.end());
    }
    hits.sort_by_key(|hit| (hit.0, usize::MAX - hit.1));
    let mut kept: Vec<(usize, usize, u8, &'static str)> = Vec::new();
    for hit in hits {
        match kept.last_mut() {
            Some(last) if hit.0 < last.1 => {
                if hit.1 > last.1 {
                    last.1 = hit.1;
                }
                if hit.2 > last.2 {
                    (last.2, last.3) = (hit.2, hit.3);
                }
            }
            _ => kept.push(hit),
        }
    }
    let spans = char_spans(text, kept.iter().map(|hit| (hit.0, hit.1)));
    out.extend(spans.into_iter().zip(kept).map(|(span, hit)| Found {
        span,
        kind: Kind::Address,
        confidence: hit.2,
        why: hit.3,
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::words_at;

    fn found(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        find(text, &mut out);
        out.into_iter().map(|hit| words_at(text, hit.span)).collect()
    }

    #[test]
    fn addresses_are_found_whole() {
        for (text, address) in [
            ("He lives at 14 Mill Lane, Chipping, Preston PR3 2QH now.", "14 Mill Lane, Chipping, Preston PR3 2QH"),
            ("Flat 3, 22b St Mary's Road, Lancaster", "Flat 3, 22b St Mary's Road, Lancaster"),
            ("sent to Rose Cottage, Green Lane, Longridge.", "Rose Cottage, Green Lane, Longridge"),
            ("they moved to 5 Ash Close last week", "5 Ash Close"),
            ("12-14 Park Avenue\nBlackburn\nBB2 1AA", "12-14 Park Avenue\nBlackburn\nBB2 1AA"),
            ("at 9 victoria street with his gran", "9 victoria street"),
            ("Her address is Larkhill, Burnley BB10 4TT.", "Larkhill, Burnley BB10 4TT"),
        ] {
            assert_eq!(found(text), [address], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_one_is_left() {
        for text in [
            "Level 3 Safeguarding",
            "on 12 March 2026",
            "3 places booked",
            "see page 4 of Working Together",
            "Room 12 was cold",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}

//! Redaction: parts of a record are cut out before any writer sees it, so that no output can hold the words.
//!
//! A cut names a whole field, or a span of a field's text by Unicode scalar values, and the hash of the text that it was
//! made for. What does not fit any more is never guessed at: the whole field is withheld.

use serde::{Deserialize, Serialize};

use super::fields::{Fields, field_text, is_empty_value, text_hash, text_of};

/// A part of a text, in Unicode scalar values: from `start` up to and without `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// The first character.
    pub start: usize,
    /// The first character after it.
    pub end: usize,
}

impl Span {
    /// True if the two share a character.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// True if every character of `other` is in this one.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// Something cut out of a record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cut {
    /// The field.
    pub field: String,
    /// The part of its text; none for the whole field.
    pub span: Option<Span>,
    /// [`text_hash`] of what the field held.
    pub text_hash: String,
    /// The exemption's code, which the person is told.
    pub code: String,
}

/// A piece of a text with parts withheld.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Piece {
    /// What the person reads.
    Kept(String),
    /// What they do not.
    Withheld {
        /// Under which code.
        redacted: String,
    },
}

/// What becomes of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It goes out as it is.
    Whole,
    /// It is withheld whole under this code.
    Withheld(String),
    /// Its text goes out in pieces.
    Pieces(Vec<Piece>),
}

/// What becomes of a field with this value under these cuts, in whatever order they stand. All of `cuts` must be this
/// field's.
#[must_use]
pub fn outcome(raw: &str, cuts: &[&Cut]) -> Outcome {
    let mut cuts: Vec<&Cut> = cuts.to_vec();
    cuts.sort();
    let Some(first) = cuts.first() else { return Outcome::Whole };
    if let Some(whole) = cuts.iter().find(|cut| cut.span.is_none()) {
        return Outcome::Withheld(whole.code.clone());
    }
    let Some(text) = text_of(raw) else { return Outcome::Withheld(first.code.clone()) };
    let hash = text_hash(&text);
    let length = text.chars().count();
    let fits = |cut: &Cut| cut.text_hash == hash && cut.span.is_some_and(|s| s.start < s.end && s.end <= length);
    if !cuts.iter().all(|cut| fits(cut)) {
        // The text is not the one that was read: nobody knows what the offsets mean in it.
        return Outcome::Withheld(first.code.clone());
    }
    Outcome::Pieces(pieces(&text, length, &cuts))
}

/// Cuts the text. Where cuts overlap, a character belongs to the one that begins first (of two that begin together, to the
/// longer); withheld runs of one code that touch are one.
fn pieces(text: &str, length: usize, cuts: &[&Cut]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut letters = text.chars();
    let mut at = 0;
    for (span, code) in withheld(cuts) {
        keep(&mut pieces, letters.by_ref().take(span.start - at));
        letters.by_ref().take(span.end - span.start).for_each(drop);
        at = span.end;
        pieces.push(Piece::Withheld { redacted: code.to_owned() });
    }
    keep(&mut pieces, letters.take(length - at));
    pieces
}

/// The withheld parts in order, none of which overlap.
fn withheld<'c>(cuts: &[&'c Cut]) -> Vec<(Span, &'c str)> {
    let mut spans: Vec<(Span, &str)> =
        cuts.iter().filter_map(|cut| cut.span.map(|span| (span, cut.code.as_str()))).collect();
    spans.sort_by(|(a, x), (b, y)| (a.start, b.end, x).cmp(&(b.start, a.end, y)));
    let mut runs: Vec<(Span, &str)> = Vec::new();
    for (span, code) in spans {
        let done = runs.last().map_or(0, |(last, _)| last.end);
        if span.end <= done {
            continue;
        }
        let span = Span { start: span.start.max(done), end: span.end };
        match runs.last_mut() {
            Some((last, same)) if last.end == span.start && *same == code => last.end = span.end,
            _ => runs.push((span, code)),
        }
    }
    runs
}

/// A run of a field's text: what the person reads of it, or what is withheld and under which code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// As the source has it.
    pub text: String,
    /// The code; none if it goes out.
    pub withheld: Option<String>,
}

/// The same as [`outcome`], with the words that are withheld: for staff, never for an output.
#[must_use]
pub fn runs(raw: &str, cuts: &[&Cut]) -> Vec<Run> {
    let text = field_text(raw);
    match outcome(raw, cuts) {
        Outcome::Whole => vec![Run { text, withheld: None }],
        Outcome::Withheld(code) => vec![Run { text, withheld: Some(code) }],
        Outcome::Pieces(_) => {
            let mut runs = Vec::new();
            let mut letters = text.chars();
            let mut at = 0;
            let mut put = |letters: String, withheld: Option<&str>| {
                if !letters.is_empty() {
                    runs.push(Run { text: letters, withheld: withheld.map(ToOwned::to_owned) });
                }
            };
            for (span, code) in withheld(cuts) {
                put(letters.by_ref().take(span.start - at).collect(), None);
                put(letters.by_ref().take(span.end - span.start).collect(), Some(code));
                at = span.end;
            }
            put(letters.collect(), None);
            runs
        }
    }
}

fn keep(pieces: &mut Vec<Piece>, letters: impl Iterator<Item = char>) {
    let text: String = letters.collect();
    if !text.is_empty() {
        pieces.push(Piece::Kept(text));
    }
}

/// True if the cut no longer fits the field: the text changed since, or the field is gone.
#[must_use]
pub fn is_stale(fields: &Fields<'_>, cut: &Cut) -> bool {
    fields.get(&cut.field).is_none_or(|raw| text_hash(&field_text(raw)) != cut.text_hash)
}

/// The record's fields as one JSON object with `cuts` taken out; none if `json` is no object.
#[must_use]
pub fn redacted(json: &str, cuts: &[Cut]) -> Option<String> {
    let fields = Fields::read(json)?;
    let mut out = String::with_capacity(json.len());
    out.push('{');
    for (at, (name, raw)) in fields.0.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push_str(&serde_json::to_string(name).ok()?);
        out.push(':');
        let own: Vec<&Cut> = cuts.iter().filter(|cut| cut.field == *name).collect();
        match outcome(raw, &own) {
            Outcome::Whole => out.push_str(raw),
            Outcome::Withheld(code) => {
                out.push_str(&serde_json::to_string(&Piece::Withheld { redacted: code }).ok()?);
            }
            Outcome::Pieces(pieces) => {
                out.push_str("{\"redacted_text\":");
                out.push_str(&serde_json::to_string(&pieces).ok()?);
                out.push('}');
            }
        }
    }
    out.push('}');
    Some(out)
}

/// The identifier that a record goes out under, if the one it has would tell what was cut out: it is made of the record's
/// contents (a short hash of all fields can be tried out against a guess), or holds the words themselves. `number` is the
/// record's place in its collection.
#[must_use]
pub fn public_id(id: &str, json: &str, cuts: &[Cut], number: u64) -> Option<String> {
    let (collection, key) = id.split_once('/').unwrap_or(("", id));
    let fields = Fields::read(json);
    let key_letters = folded(&unescaped(key));
    let telling = key.contains('~')
        || cuts.iter().any(|cut| {
            let Some(raw) = fields.as_ref().and_then(|fields| fields.get(&cut.field)) else { return true };
            let text = field_text(raw);
            let gone: String = match cut.span {
                Some(span) => text.chars().skip(span.start).take(span.end.saturating_sub(span.start)).collect(),
                None => text,
            };
            let gone = folded(&gone);
            // One or two letters stand in any key by chance; a key that is nothing else is meant.
            !gone.is_empty() && (key_letters == gone || (gone.chars().count() > 2 && key_letters.contains(&gone)))
        });
    (telling && !cuts.is_empty()).then(|| format!("{collection}/~row-{number}"))
}

/// A key part as the gather wrote it, read back (`%2F` and the like).
fn unescaped(key: &str) -> String {
    key.replace("%2C", ",").replace("%2F", "/").replace("%7E", "~").replace("%25", "%")
}

/// Letters and digits in lower case.
fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// True if there is something in the field that can be withheld.
#[must_use]
pub fn can_be_redacted(raw: &str) -> bool {
    !is_empty_value(raw)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str, start: usize, end: usize, code: &str) -> Cut {
        Cut { field: "t".into(), span: Some(Span { start, end }), text_hash: text_hash(text), code: code.into() }
    }

    fn whole(code: &str) -> Cut {
        Cut { field: "t".into(), span: None, text_hash: text_hash("x"), code: code.into() }
    }

    fn apply(text: &str, cuts: &[Cut]) -> String {
        let json = format!("{{\"a\":1.10,\"t\":{}}}", serde_json::to_string(text).unwrap());
        redacted(&json, cuts).unwrap()
    }

    #[test]
    fn spans_are_counted_in_characters_and_joined() {
        let text = "Dear Łucja 👩‍👧, thank you";
        assert_eq!(
            apply(text, &[cut(text, 5, 10, "THIRD-PARTY")]),
            r#"{"a":1.10,"t":{"redacted_text":["Dear ",{"redacted":"THIRD-PARTY"}," 👩‍👧, thank you"]}}"#
        );
        let both = [cut("abcdef", 1, 3, "LPP"), cut("abcdef", 2, 5, "LPP")];
        assert_eq!(apply("abcdef", &both), r#"{"a":1.10,"t":{"redacted_text":["a",{"redacted":"LPP"},"f"]}}"#);
        let two = [cut("abcdef", 1, 4, "LPP"), cut("abcdef", 2, 6, "CRIME")];
        let split = r#"{"a":1.10,"t":{"redacted_text":["a",{"redacted":"LPP"},{"redacted":"CRIME"}]}}"#;
        assert_eq!(apply("abcdef", &two), split);
        assert_eq!(
            apply("abc", &[cut("abc", 0, 3, "LPP")]),
            r#"{"a":1.10,"t":{"redacted_text":[{"redacted":"LPP"}]}}"#
        );
        assert_eq!(apply("abc", &[whole("LPP"), cut("abc", 0, 1, "X")]), r#"{"a":1.10,"t":{"redacted":"LPP"}}"#);
    }

    #[test]
    fn the_runs_are_the_text() {
        let text = "ab ab ab";
        let cuts = [cut(text, 3, 5, "LPP"), cut(text, 4, 7, "CRIME")];
        let refs: Vec<&Cut> = cuts.iter().collect();
        let runs = runs(&serde_json::to_string(text).unwrap(), &refs);
        let told: Vec<(&str, Option<&str>)> =
            runs.iter().map(|run| (run.text.as_str(), run.withheld.as_deref())).collect();
        assert_eq!(told, [("ab ", None), ("ab", Some("LPP")), (" a", Some("CRIME")), ("b", None)]);
    }

    #[test]
    fn what_does_not_fit_any_more_is_withheld_whole() {
        let gone = r#"{"a":1.10,"t":{"redacted":"LPP"}}"#;
        assert_eq!(apply("changed since", &[cut("as it was", 0, 2, "LPP")]), gone);
        assert_eq!(apply("abc", &[cut("abc", 1, 9, "LPP")]), gone);
        assert_eq!(apply("abc", &[cut("abc", 2, 2, "LPP")]), gone);
        // A span of what is no text.
        let number = Cut { field: "a".into(), ..cut("1.10", 0, 1, "LPP") };
        assert_eq!(redacted(r#"{"a":1.10}"#, &[number]).unwrap(), r#"{"a":{"redacted":"LPP"}}"#);
        let fields = Fields::read(r#"{"t":"abc"}"#).unwrap();
        assert!(!is_stale(&fields, &cut("abc", 0, 1, "X")));
        assert!(is_stale(&fields, &cut("abd", 0, 1, "X")));
        assert!(is_stale(&fields, &Cut { field: "u".into(), ..cut("abc", 0, 1, "X") }));
    }

    #[test]
    fn an_identifier_that_would_tell_is_not_given_out() {
        let json = r#"{"t":"jane@example.org","n":"Zoë O'Hara"}"#;
        let email = [Cut { field: "t".into(), span: None, text_hash: String::new(), code: "X".into() }];
        assert_eq!(public_id("accounts/jane@example.org", json, &email, 4), Some("accounts/~row-4".into()));
        assert_eq!(public_id("accounts/JANE@EXAMPLE.ORG%2C7", json, &email, 4), Some("accounts/~row-4".into()));
        assert_eq!(public_id("accounts/17", json, &email, 4), None);
        assert_eq!(public_id("accounts/~0011223344556677", json, &email, 4), Some("accounts/~row-4".into()));
        assert_eq!(public_id("accounts/~0011223344556677", json, &[], 4), None, "nothing was cut out");
        let name = [Cut { field: "n".into(), span: Some(Span { start: 0, end: 3 }), ..email[0].clone() }];
        assert_eq!(public_id("people/zoë-ohara", json, &name, 9), Some("people/~row-9".into()));
        assert_eq!(public_id("people/ohara", json, &name, 9), None);
    }

    fn kept_and_removed(text: &str, cuts: &[Cut]) -> (String, usize) {
        let raw = serde_json::to_string(text).unwrap();
        let refs: Vec<&Cut> = cuts.iter().collect();
        match outcome(&raw, &refs) {
            Outcome::Whole => (text.to_owned(), 0),
            Outcome::Withheld(_) => (String::new(), text.chars().count()),
            Outcome::Pieces(pieces) => {
                let kept: String = pieces
                    .iter()
                    .map(|piece| match piece {
                        Piece::Kept(text) => text.as_str(),
                        Piece::Withheld { .. } => "",
                    })
                    .collect();
                let mut gone = vec![false; text.chars().count()];
                for span in cuts.iter().filter_map(|cut| cut.span) {
                    gone[span.start..span.end].fill(true);
                }
                (kept, gone.iter().filter(|gone| **gone).count())
            }
        }
    }

    proptest! {
        /// In whatever order spans are applied the text is the same; what was there is what is kept and what is removed;
        /// no removed letter is kept and no kept letter removed.
        #[test]
        fn order_does_not_matter_and_nothing_is_lost(
            text in "[a-zŁ👩é ]{1,40}",
            raw in prop::collection::vec((0usize..40, 1usize..12, 0usize..3), 0..8),
            shuffled in any::<u64>(),
        ) {
            let length = text.chars().count();
            let codes = ["LPP", "CRIME", "THIRD-PARTY"];
            let cuts: Vec<Cut> = raw
                .iter()
                .map(|(at, size, code)| {
                    let start = at % length;
                    cut(&text, start, (start + size).min(length), codes[*code])
                })
                .collect();
            let mut other = cuts.clone();
            let mut seed = shuffled;
            for at in (1..other.len()).rev() {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                other.swap(at, (seed >> 33) as usize % (at + 1));
            }
            prop_assert_eq!(apply(&text, &cuts), apply(&text, &other));
            let (kept, removed) = kept_and_removed(&text, &cuts);
            prop_assert_eq!(kept.chars().count() + removed, length);
            let mut gone = vec![false; length];
            for span in cuts.iter().filter_map(|cut| cut.span) {
                gone[span.start..span.end].fill(true);
            }
            let expected: String = text.chars().zip(&gone).filter(|(_, gone)| !**gone).map(|(c, _)| c).collect();
            prop_assert_eq!(kept, expected);
        }
    }
}

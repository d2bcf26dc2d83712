//! Redacting a part of a record by its words: what somebody types who does not select the text itself.

use crate::case::CaseId;
use crate::files::spool::Rules;
use crate::review::{Fields, Finder, Span, text_hash, text_of};
use crate::store::CaseRow;

use super::desk::Desk;
use super::error::ActError;
use super::moving::By;
use super::redacting::{NewRedaction, redact};
use super::reviewing::{Ground, Review};

/// Cuts every place of `words` out of one field of a record, in all their writings; without words, the whole field.
///
/// # Errors
/// [`ActError::Missing`] if the newest search holds no such record; [`ActError::Invalid`] if the words do not stand in the
/// field, or the ground lacks something.
pub fn redact_words(
    desk: &Desk,
    id: CaseId,
    record: &str,
    (field, words): (&str, Option<&str>),
    ground: &Ground,
    by: &By,
) -> Result<CaseRow, ActError> {
    let Some(words) = words else {
        let whole = NewRedaction { field: field.to_owned(), span: None, text_hash: None, ground: ground.clone() };
        return redact(desk, id, record, &[whole], by);
    };
    let review = Review::load(desk, id, Some(by))?;
    let Some(found) = review.spool.find(record, &Rules::default())? else {
        return Err(ActError::Missing("record in the newest search of this case"));
    };
    let fields = Fields::read(found.record.fields.get());
    let text = fields.as_ref().and_then(|fields| fields.get(field)).and_then(text_of);
    let Some(text) = text else {
        let problem = "this field holds no text that a part could be cut out of: withhold the whole field";
        return Err(ActError::field("words", problem));
    };
    let spans = spans_of(&text, words);
    if spans.is_empty() {
        return Err(ActError::field("words", "these words do not stand in this field: write them as they stand there"));
    }
    let hash = text_hash(&text);
    let wanted: Vec<NewRedaction> = spans
        .into_iter()
        .map(|span| NewRedaction {
            field: field.to_owned(),
            span: Some(span),
            text_hash: Some(hash.clone()),
            ground: ground.clone(),
        })
        .collect();
    redact(desk, id, record, &wanted, by)
}

/// Where the words stand: as whole words in any writing, or else letter by letter (a part of a word). Signs that were given at
/// either end are covered with them.
fn spans_of(text: &str, words: &str) -> Vec<Span> {
    let letter_by_letter = letter_by_letter(text, words);
    let is_sign = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric());
    let signs = is_sign(words.chars().next()) || is_sign(words.chars().next_back());
    if signs && !letter_by_letter.is_empty() {
        return letter_by_letter;
    }
    let found: Vec<Span> = Finder::new(&[words]).find(text).into_iter().map(|(_, span)| span).collect();
    if found.is_empty() { letter_by_letter } else { found }
}

fn letter_by_letter(text: &str, words: &str) -> Vec<Span> {
    let length = words.chars().count();
    text.match_indices(words)
        .map(|(at, _)| {
            let start = text.get(..at).map_or(0, |before| before.chars().count());
            Span { start, end: start + length }
        })
        .filter(|span| span.end > span.start)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_writing_and_parts_of_words_letter_by_letter() {
        let text = "Ring Łucja, or ŁUCJA! (ref x-9)";
        assert_eq!(spans_of(text, "łucja"), [Span { start: 5, end: 10 }, Span { start: 15, end: 20 }]);
        assert_eq!(spans_of(text, "(ref x-"), [Span { start: 22, end: 29 }]);
        assert!(spans_of(text, "nobody").is_empty());
    }
}

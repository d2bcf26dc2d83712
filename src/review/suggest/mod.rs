//! Suggested redactions: what in a record looks like somebody else's personal data. A suggestion is never a redaction until
//! a person accepts it. Must never decide anything, and never suggest what is the person's own.

mod address;
mod features;
mod model;
mod names;
mod numbers;
mod tokens;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::fields::{Fields, field_text, is_empty_value, text_hash, text_of};
use super::redact::Span;
use super::words::{Folded, same_words, words_at};
use crate::base::words as vocabulary;

pub use names::{KnownNames, name_words};

vocabulary! {
    /// What a suggestion takes something for.
    Kind, "the kind of suggestion" {
        /// Somebody's name.
        Name = "name",
        /// An e-mail address.
        Email = "email",
        /// A telephone number.
        Phone = "phone",
        /// A postcode.
        Postcode = "postcode",
        /// A National Insurance number.
        NiNumber = "ni_number",
        /// An NHS number.
        NhsNumber = "nhs_number",
        /// A date of birth.
        DateOfBirth = "date_of_birth",
        /// A postal address.
        Address = "address",
        /// An account name on another service.
        Account = "account",
        /// What a standing rule of the desk asks for.
        Rule = "rule",
    }
}

/// Something found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    span: Span,
    kind: Kind,
    confidence: u8,
    why: &'static str,
}

/// A suggested redaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The field.
    pub field: String,
    /// Characters of its text; none for the whole field.
    pub span: Option<Span>,
    /// [`text_hash`] of what the field holds.
    pub text_hash: String,
    /// What it is taken for.
    pub kind: Kind,
    /// How sure that is, 0 to 100; no probability.
    pub confidence: u8,
    /// Why, in plain words.
    pub why: String,
    /// What speaks against redacting it, in plain words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The exemption's code that is proposed.
    pub code: String,
    /// The standing rule that asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The words in the form that all their writings share: suggestions with the same are the same words.
    pub words: String,
}

/// What the data map says of a column, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Running text that people wrote.
    FreeText,
    /// Short text.
    Text,
    /// Somebody's name.
    Name,
    /// Somebody's date of birth.
    DateOfBirth,
    /// A number, date, truth or bytes: not looked at.
    Skip,
}

/// What is the person's own, or nobody's: never suggested.
#[derive(Debug, Default)]
pub struct Own {
    names: HashSet<String>,
    others: HashSet<String>,
    born: Option<NaiveDate>,
}

impl Own {
    /// Of these names, and e-mail addresses, telephone numbers and postcodes, in whatever writing.
    #[must_use]
    pub fn new(names: &[String], identifiers: &[String], born: Option<NaiveDate>) -> Self {
        Self {
            names: names.iter().flat_map(|name| name_words(name)).collect(),
            others: identifiers.iter().map(|text| same_words(text)).collect(),
            born,
        }
    }

    /// The same with these further numbers, addresses and postcodes.
    #[must_use]
    pub fn with(mut self, identifiers: &[String]) -> Self {
        self.others.extend(identifiers.iter().map(|text| same_words(text)));
        self
    }

    /// True if a name consists of the person's own names alone.
    #[must_use]
    pub fn is_own_name(&self, text: &str) -> bool {
        let folded = Folded::of(text).text;
        let mut words = folded.split(' ').filter(|word| word.chars().count() > 1).peekable();
        words.peek().is_some() && words.all(|word| self.names.contains(word))
    }

    /// True if the text is a name, an address or a number of the person's own.
    #[must_use]
    pub fn is_own_particular(&self, text: &str) -> bool {
        self.is_own_name(text) || self.others.contains(&same_words(text))
    }

    fn is_own(&self, kind: Kind, text: &str) -> bool {
        match kind {
            Kind::Name => self.is_own_name(text),
            Kind::Email | Kind::Phone | Kind::NiNumber | Kind::NhsNumber | Kind::Account => {
                self.others.contains(&same_words(text))
            }
            Kind::Postcode | Kind::Address => {
                let joined = same_words(text).replace(' ', "");
                self.others.iter().any(|own| own.replace(' ', "") == joined)
            }
            Kind::DateOfBirth => self.born.is_some_and(|born| same_day(text, born)),
            Kind::Rule => false,
        }
    }
}

/// True if a date in one of the usual writings is that day.
fn same_day(text: &str, day: NaiveDate) -> bool {
    const FORMS: [&str; 12] = [
        "%d/%m/%Y",
        "%d.%m.%Y",
        "%d-%m-%Y",
        "%Y-%m-%d",
        "%d %B %Y",
        "%d %b %Y",
        "%B %d %Y",
        "%b %d %Y",
        "%d/%m/%y",
        "%d.%m.%y",
        "%d-%m-%y",
        "%d of %B %Y",
    ];
    let mut plain = text.replace(',', "");
    for ending in ["st ", "nd ", "rd ", "th "] {
        if let Some(at) = plain.find(ending)
            && plain.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
        {
            plain.replace_range(at..at + 2, "");
        }
    }
    FORMS.iter().any(|form| NaiveDate::parse_from_str(plain.trim(), form) == Ok(day))
}

/// Works out suggestions: made once for a case, asked for each record.
#[derive(Debug)]
pub struct Suggester {
    own: Own,
    known: KnownNames,
    requester: HashSet<String>,
}

impl Suggester {
    /// For a person with these particulars, in a case where these names are known.
    #[must_use]
    pub fn new(own: Own, known: KnownNames) -> Self {
        Self { own, known, requester: HashSet::new() }
    }

    /// The same, where somebody else asks for the person: the words of their name are still suggested, with a note.
    #[must_use]
    pub fn knowing_requester(self, requester: HashSet<String>) -> Self {
        Self { requester, ..self }
    }

    /// What in the record looks like somebody else's personal data, by field and place. `columns` says what each field
    /// is; a field that is not named there is short text.
    #[must_use]
    pub fn suggest(&self, fields: &Fields<'_>, columns: &HashMap<String, Column>) -> Vec<Suggestion> {
        let mut suggestions = Vec::new();
        let mut texts: Vec<(&str, String, Column)> = Vec::new();
        for (name, raw) in &fields.0 {
            let column = columns.get(name).copied().unwrap_or(Column::Text);
            if column == Column::Skip || is_empty_value(raw) {
                continue;
            }
            match text_of(raw) {
                Some(text) => texts.push((name, text, column)),
                None => suggestions.extend(self.of_no_text(name, raw)),
            }
        }
        let searched: Vec<(&str, bool)> =
            texts.iter().map(|(_, text, column)| (text.as_str(), *column == Column::FreeText || reads(text))).collect();
        let mut names = names::Names::of(&searched, &self.known);
        for (at, (field, text, column)) in texts.iter().enumerate() {
            let mut found = Vec::new();
            numbers::find(text, &mut found);
            address::find(text, &mut found);
            match column {
                Column::Name => {
                    let span = Span { start: 0, end: text.chars().count() };
                    found.push(Found { span, kind: Kind::Name, confidence: 90, why: "a column for somebody's name" });
                }
                Column::DateOfBirth => {
                    let span = Span { start: 0, end: text.chars().count() };
                    found.push(Found {
                        span,
                        kind: Kind::DateOfBirth,
                        confidence: 90,
                        why: "a column for a date of birth",
                    });
                }
                Column::FreeText | Column::Text | Column::Skip => names.take(at, &mut found),
            }
            let hash = text_hash(text);
            for found in settled(found) {
                let words = words_at(text, found.span);
                if self.own.is_own(found.kind, &words) {
                    continue;
                }
                let note = self.note(found, text, &words);
                suggestions.push(Suggestion {
                    field: (*field).to_owned(),
                    span: Some(found.span),
                    text_hash: hash.clone(),
                    kind: found.kind,
                    confidence: found.confidence,
                    why: found.why.to_owned(),
                    note,
                    code: "THIRD-PARTY".to_owned(),
                    rule: None,
                    words: same_words(&words),
                });
            }
        }
        suggestions
    }

    /// What speaks against redacting it.
    fn note(&self, found: Found, text: &str, words: &str) -> Option<String> {
        if found.kind != Kind::Name {
            return None;
        }
        if names::is_official(text, found.span) {
            return Some(
                "a health, social work or education professional, it seems: who they are may usually be told (DPA 2018 Sch. \
                 2 para. 17)"
                    .to_owned(),
            );
        }
        let named = name_words(words);
        (!named.is_empty() && named.iter().all(|word| self.requester.contains(word)))
            .then(|| "it seems to be the name of the requester, who knows it".to_owned())
    }

    /// A list or document in a column: withheld whole, or not.
    fn of_no_text(&self, field: &str, raw: &str) -> Option<Suggestion> {
        if !raw.starts_with(['[', '{']) {
            return None;
        }
        let mut found = Vec::new();
        numbers::find(raw, &mut found);
        let mut names = names::Names::of(&[(raw, false)], &self.known);
        names.take(0, &mut found);
        let best = found
            .into_iter()
            .filter(|hit| !self.own.is_own(hit.kind, &words_at(raw, hit.span)))
            .max_by_key(|hit| hit.confidence)?;
        Some(Suggestion {
            field: field.to_owned(),
            span: None,
            text_hash: text_hash(&field_text(raw)),
            kind: best.kind,
            confidence: best.confidence,
            why: format!("{}, within a list", best.why),
            note: None,
            code: "THIRD-PARTY".to_owned(),
            rule: None,
            words: same_words(&words_at(raw, best.span)),
        })
    }
}

/// True for a text long enough to be read as sentences.
fn reads(text: &str) -> bool {
    text.split_whitespace().count() >= 5
}

/// One reading for each place: a name or postcode within an address is the address; a name within an e-mail address is the
/// address.
fn settled(mut found: Vec<Found>) -> Vec<Found> {
    let rank = |kind: Kind| match kind {
        Kind::Email | Kind::NhsNumber | Kind::NiNumber | Kind::DateOfBirth => 3,
        Kind::Address | Kind::Phone => 2,
        Kind::Postcode | Kind::Account => 1,
        Kind::Name | Kind::Rule => 0,
    };
    found.sort_by_key(|hit| (std::cmp::Reverse(rank(hit.kind)), hit.span.start));
    let mut kept: Vec<Found> = Vec::new();
    for hit in found {
        if !kept.iter().any(|other| other.span.overlaps(hit.span)) {
            kept.push(hit);
        }
    }
    kept.sort_by_key(|hit| hit.span);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggester() -> Suggester {
        let own = Own::new(
            &["Farzana Whitcombe".into(), "Farzana Begum".into()],
            &["farzana.whitcombe@example.org".into(), "07700 900001".into(), "PR1 8XJ".into()],
            Some("1980-02-03".parse().unwrap()),
        );
        Suggester::new(own, KnownNames::none())
    }

    fn words(json: &str, columns: &[(&str, Column)]) -> Vec<(String, String)> {
        let columns = columns.iter().map(|(name, column)| ((*name).to_owned(), *column)).collect();
        let fields = Fields::read(json).unwrap();
        suggester()
            .suggest(&fields, &columns)
            .into_iter()
            .map(|s| {
                let raw = fields.get(&s.field).unwrap();
                let text = text_of(raw).unwrap_or_else(|| raw.to_owned());
                (s.kind.to_string(), s.span.map_or(text.clone(), |span| words_at(&text, span)))
            })
            .collect()
    }

    #[test]
    fn what_is_the_persons_own_is_not_suggested() {
        let json = r#"{"m":"I am Farzana Whitcombe (Mrs Begum), FARZANA.WHITCOMBE@example.org, +44 7700 900001, pr18xj, born 3rd February 1980."}"#;
        assert_eq!(words(json, &[("m", Column::FreeText)]), []);
        let other = r#"{"m":"My husband Imran Whitcombe, imran@example.org, 07700 900002, born 04/02/1980."}"#;
        let kinds: Vec<String> = words(other, &[("m", Column::FreeText)]).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, ["name", "email", "phone", "date_of_birth"]);
    }

    #[test]
    fn a_column_for_names_is_taken_whole_unless_it_is_the_persons() {
        let columns = [("n", Column::Name), ("b", Column::DateOfBirth), ("x", Column::Skip)];
        assert_eq!(words(r#"{"n":"Imran Sefton","b":"1990-01-01","x":"a@b.org"}"#, &columns).len(), 2);
        assert_eq!(words(r#"{"n":"WHITCOMBE, Farzana","b":"1980-02-03","x":null}"#, &columns), []);
    }

    #[test]
    fn lists_and_documents_are_suggested_whole() {
        let found = words(r#"{"l":["a@b.org","x"],"n":7700900123,"d":{"tel":"07700 900777"},"e":[]}"#, &[]);
        assert_eq!(found.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), ["email", "phone"]);
    }
}

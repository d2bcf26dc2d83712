//! Whether a record is what a search looks for: in process, by the rules that databases follow.

use std::collections::HashSet;

use crate::sources::query::{Needle, Search, Shape};
use crate::sources::sql;

use super::record::{Cell, Record};

/// A search that is ready for many records.
pub(in crate::sources) struct Seeker<'q> {
    search: Search<'q>,
    texts: HashSet<&'q str>,
    numbers: HashSet<i64>,
    given: u64,
}

impl<'q> Seeker<'q> {
    pub(in crate::sources) fn of(search: Search<'q>) -> Self {
        let (mut texts, mut numbers) = (HashSet::new(), HashSet::new());
        if let Search::Keys { values, .. } = search {
            texts.extend(values.iter().copied());
            numbers.extend(values.iter().filter_map(|value| sql::whole_number(value)));
        }
        Self { search, texts, numbers, given: 0 }
    }

    /// True if no further record can be wanted.
    pub(in crate::sources) fn is_full(&self) -> bool {
        matches!(self.search, Search::First(most) if self.given >= most)
    }

    /// True if the record is one of those looked for.
    pub(in crate::sources) fn wants(&mut self, record: &Record<'_>) -> bool {
        let wanted = match self.search {
            Search::All => true,
            Search::First(most) => self.given < most,
            Search::Any(needles) => needles.iter().any(|needle| is_in(needle, record)),
            Search::Keys { column, .. } => self.is_key(&record.get(&column.name)),
        };
        self.given += u64::from(wanted);
        wanted
    }

    /// A key of a JSON array is any of its values. A number is the same number however it is written; text is not.
    fn is_key(&self, cell: &Cell) -> bool {
        let is_text = matches!(cell, Cell::Text(_));
        cell.each_text().iter().any(|text| {
            self.texts.contains(text.as_ref())
                || (!is_text && sql::whole_number(text).is_some_and(|number| self.numbers.contains(&number)))
        })
    }
}

fn is_in(needle: &Needle<'_>, record: &Record<'_>) -> bool {
    let cell = record.get(&needle.column.name);
    let Some(text) = cell.text() else { return false };
    let lowered = || text.to_ascii_lowercase();
    let here = match needle.shape {
        Shape::Together => lowered().contains(needle.text),
        Shape::InOrder => in_order(&lowered(), needle.text),
        Shape::Start => lowered().starts_with(needle.text),
        Shape::Whole => text == needle.text,
        Shape::Lowered => text.to_lowercase() == needle.text,
    };
    here && needle.also.is_none_or(|also| is_in(also, record))
}

/// The letters and digits of `sought` stand in `text` in their order, with anything between.
fn in_order(text: &str, sought: &str) -> bool {
    let mut letters = text.chars();
    sought.chars().filter(|c| c.is_ascii_alphanumeric()).all(|c| letters.any(|letter| letter == c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::datamap::{LiveColumn, LiveKind};

    fn column(name: &str) -> LiveColumn {
        LiveColumn { name: name.into(), type_name: "text".into(), kind: LiveKind::Text }
    }

    fn wants(search: Search<'_>, json: &str) -> bool {
        let raw = serde_json::from_str(json).unwrap();
        Seeker::of(search).wants(&Record::of_json(raw, false).unwrap())
    }

    #[test]
    fn needles_are_found_as_databases_find_them() {
        let email = column("e");
        let table = [
            ("ann@example.org", Shape::Together, r#"{"e": " ANN@Example.org "}"#, true),
            ("ann@example.org", Shape::Together, r#"{"e": null}"#, false),
            ("ann@example.org", Shape::Together, r#"{"x": "ann@example.org"}"#, false),
            ("07700", Shape::InOrder, r#"{"e": "(077) 00"}"#, true),
            ("07700", Shape::InOrder, r#"{"e": 7700}"#, false),
            ("7700", Shape::InOrder, r#"{"e": 7700}"#, true),
            ("whit", Shape::Start, r#"{"e": "Whitcombe"}"#, true),
            ("whit", Shape::Start, r#"{"e": "A Whitcombe"}"#, false),
            ("Ann", Shape::Whole, r#"{"e": "Ann"}"#, true),
            ("Ann", Shape::Whole, r#"{"e": "ann"}"#, false),
            ("ann", Shape::Lowered, r#"{"e": "Ann"}"#, true),
        ];
        for (text, shape, json, expected) in table {
            let needle = Needle { column: &email, text, shape, also: None };
            assert_eq!(wants(Search::Any(&[needle]), json), expected, "{text} {shape:?} {json}");
        }
    }

    #[test]
    fn keys_are_equal_by_text_or_by_number_and_in_arrays() {
        let key = column("k");
        let table = [
            ("7", r#"{"k": 7}"#, true),
            ("7", r#"{"k": 7.0}"#, true),
            ("7", r#"{"k": "7"}"#, true),
            ("7", r#"{"k": "7.0"}"#, false),
            ("7", r#"{"k": "07"}"#, false),
            ("a", r#"{"k": "A"}"#, false),
            ("7", r#"{"k": [5, 7]}"#, true),
            ("a", r#"{"k": ["a"]}"#, true),
            ("5", r#"{"k": [[5]]}"#, false),
            ("7", r#"{"k": null}"#, false),
        ];
        for (value, json, expected) in table {
            assert_eq!(wants(Search::Keys { column: &key, values: &[value] }, json), expected, "{value} {json}");
        }
    }
}

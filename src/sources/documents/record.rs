//! One record.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// A value as it stands in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::sources) enum Cell {
    /// There is none, or `null`.
    Null,
    /// Text.
    Text(String),
    /// Any other JSON value, as it was written, on one line.
    Json(String),
}

/// A record: names and values in their order.
#[derive(Debug)]
pub(in crate::sources) struct Record<'r> {
    names: Cow<'r, [String]>,
    cells: Vec<Cell>,
    /// Some bytes were no text.
    pub(in crate::sources) broken: bool,
}

impl<'r> Record<'r> {
    /// A record of a table, whose names are the header's.
    pub(in crate::sources) fn of_table(names: &'r [String], cells: Vec<Cell>, broken: bool) -> Self {
        Self { names: Cow::Borrowed(names), cells, broken }
    }

    /// The record that a JSON object is; none for any other value. Of a name that stands twice the last counts.
    pub(in crate::sources) fn of_json(raw: &RawValue, broken: bool) -> Option<Record<'static>> {
        let object: BTreeMap<String, &RawValue> = serde_json::from_str(raw.get()).ok()?;
        let (names, cells): (Vec<String>, Vec<Cell>) =
            object.into_iter().map(|(name, value)| (name, Cell::of_json(value))).unzip();
        Some(Record { names: Cow::Owned(names), cells, broken })
    }

    /// Names and values.
    pub(in crate::sources) fn cells(&self) -> impl Iterator<Item = (&str, &Cell)> {
        self.names.iter().map(String::as_str).zip(&self.cells)
    }

    /// The value called `name`; `address.city` is the `city` within `address`, where no value has the whole name.
    pub(in crate::sources) fn get(&self, name: &str) -> Cow<'_, Cell> {
        if let Some((_, cell)) = self.cells().find(|(known, _)| *known == name) {
            return Cow::Borrowed(cell);
        }
        let within = name.split_once('.').and_then(|(outer, inner)| {
            let (_, cell) = self.cells().find(|(known, _)| *known == outer)?;
            let Cell::Json(raw) = cell else { return None };
            let raw: &RawValue = serde_json::from_str(raw).ok()?;
            Some(Record::of_json(raw, false)?.get(inner).into_owned())
        });
        Cow::Owned(within.unwrap_or(Cell::Null))
    }
}

impl Cell {
    /// The value of a JSON text.
    pub(in crate::sources) fn of_json(raw: &RawValue) -> Self {
        let text = raw.get();
        if text == "null" {
            return Self::Null;
        }
        if text.starts_with('"')
            && let Ok(text) = serde_json::from_str(text)
        {
            return Self::Text(text);
        }
        // A line break can only stand between tokens.
        Self::Json(if text.contains(['\n', '\r']) { text.replace(['\n', '\r'], " ") } else { text.to_owned() })
    }

    /// As text, for keys and comparisons; none for NULL.
    pub(in crate::sources) fn text(&self) -> Option<&str> {
        match self {
            Self::Null => None,
            Self::Text(text) | Self::Json(text) => Some(text),
        }
    }

    /// The values that an array holds, as text; the value itself where it is none.
    pub(in crate::sources) fn each_text(&self) -> Vec<Cow<'_, str>> {
        if let Self::Json(raw) = self
            && raw.starts_with('[')
            && let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(raw)
        {
            return items
                .into_iter()
                .filter_map(|item| Cell::of_json(item).text().map(|text| Cow::Owned(text.to_owned())))
                .collect();
        }
        self.text().map(Cow::Borrowed).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(text: &str) -> Record<'static> {
        Record::of_json(serde_json::from_str(text).unwrap(), false).unwrap()
    }

    #[test]
    fn a_value_within_a_value_has_a_name_of_its_own() {
        let record = record(r#"{"a": {"b": {"c": 7.10}}, "d.e": "x", "f": null, "g": [1, "two", null]}"#);
        let table = [
            ("a.b.c", Cell::Json("7.10".into())),
            ("a.b", Cell::Json(r#"{"c": 7.10}"#.into())),
            ("d.e", Cell::Text("x".into())),
            ("f", Cell::Null),
            ("a.x", Cell::Null),
            ("x", Cell::Null),
        ];
        for (name, expected) in table {
            assert_eq!(*record.get(name), expected, "{name}");
        }
        assert_eq!(record.get("g").each_text(), ["1", "two"]);
    }

    #[test]
    fn only_an_object_is_a_record() {
        for text in ["1", "[1]", "\"x\"", "null"] {
            assert!(Record::of_json(serde_json::from_str(text).unwrap(), false).is_none(), "{text}");
        }
    }
}

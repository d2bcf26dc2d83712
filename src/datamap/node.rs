//! A YAML value with its place, and the list of faults that reading it adds to.

use std::cell::RefCell;

use serde_yaml_ng::{Mapping, Value};

use super::fault::Fault;

/// Where the reader stands, and the faults found so far.
pub(super) struct Node<'a> {
    pub(super) file: &'a str,
    pub(super) place: String,
    pub(super) map: &'a Mapping,
    pub(super) faults: &'a RefCell<Vec<Fault>>,
}

impl<'a> Node<'a> {
    /// The same reader further down.
    pub(super) fn at(&self, place: String, map: &'a Mapping) -> Node<'a> {
        Node { file: self.file, place, map, faults: self.faults }
    }

    /// Notes a fault at this place.
    pub(super) fn fault(&self, what: impl Into<String>, cure: impl Into<String>) {
        self.faults.borrow_mut().push(Fault {
            file: self.file.to_owned(),
            place: self.place.clone(),
            what: what.into(),
            cure: cure.into(),
        });
    }

    /// The value of `key`, if it is there and not null.
    pub(super) fn get(&self, key: &str) -> Option<&'a Value> {
        self.map.get(key).filter(|value| !value.is_null())
    }

    /// The mapping under `key`.
    pub(super) fn mapping(&self, key: &str) -> Option<&'a Mapping> {
        let value = self.get(key)?;
        if value.as_mapping().is_none() {
            self.fault(format!("`{key}` is not a mapping"), "write it as indented `key: value` lines");
        }
        value.as_mapping()
    }

    /// The list under `key`; empty where there is none.
    pub(super) fn list(&self, key: &str) -> &'a [Value] {
        match self.get(key) {
            None => &[],
            Some(Value::Sequence(items)) => items,
            Some(_) => {
                self.fault(format!("`{key}` is not a list"), "write each entry on a line that begins with `- `");
                &[]
            }
        }
    }

    /// The text under `key`. Numbers and yes/no are taken as they read.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        let value = self.get(key)?;
        let text = plain(value);
        if text.is_none() {
            self.fault(format!("`{key}` is not text"), "write one value after the colon");
        }
        text
    }

    /// The texts under `key`: a list, or one value.
    pub(super) fn texts(&self, key: &str) -> Vec<String> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let texts: Option<Vec<String>> = match value.as_sequence() {
            Some(items) => items.iter().map(plain).collect(),
            None => plain(value).map(|one| vec![one]),
        };
        texts.unwrap_or_else(|| {
            self.fault(format!("`{key}` is not text or a list of texts"), "write one value, or a list of values");
            Vec::new()
        })
    }

    /// The yes or no under `key`.
    pub(super) fn truth(&self, key: &str) -> Option<bool> {
        let value = self.get(key)?;
        let word = plain(value).map(|text| text.to_ascii_lowercase());
        let truth = match word.as_deref() {
            Some("true" | "yes") => Some(true),
            Some("false" | "no") => Some(false),
            Some(_) | None => None,
        };
        if truth.is_none() {
            self.fault(format!("`{key}` is neither true nor false"), "write `true` or `false`");
        }
        truth
    }
}

/// A scalar as text.
pub(super) fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Sequence(_) | Value::Mapping(_) | Value::Tagged(_) => None,
    }
}

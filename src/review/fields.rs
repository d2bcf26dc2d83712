//! A record's fields as JSON text, read and written without losing order or the text of a number.

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// The fields of a record, in order, each value as the JSON text that the source gave.
#[derive(Debug)]
pub struct Fields<'f>(pub Vec<(String, &'f str)>);

impl<'f> Fields<'f> {
    /// Reads one JSON object; none if it is not one.
    #[must_use]
    pub fn read(json: &'f str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }

    /// The JSON text of the field called `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'f str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, raw)| *raw)
    }
}

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Fields<'de>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a JSON object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Vec::with_capacity(map.size_hint().unwrap_or(8));
                while let Some((name, raw)) = map.next_entry::<String, &'de RawValue>()? {
                    fields.push((name, raw.get()));
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Read)
    }
}

/// The text that a field's value is, if it is text: what offsets are counted in.
#[must_use]
pub fn text_of(raw: &str) -> Option<String> {
    raw.starts_with('"').then(|| serde_json::from_str(raw).ok()).flatten()
}

/// What is hashed to tell whether a field is still what was read: the text itself, or the JSON of what is no text.
#[must_use]
pub fn field_text(raw: &str) -> String {
    text_of(raw).unwrap_or_else(|| raw.to_owned())
}

/// True if there is nothing in the value that could be withheld.
#[must_use]
pub fn is_empty_value(raw: &str) -> bool {
    raw == "null" || raw == "\"\"" || raw == "[]" || raw == "{}"
}

/// The first sixteen bytes of SHA-256, hexadecimal: by it a changed text is told from the one that was read.
#[must_use]
pub fn text_hash(text: &str) -> String {
    use sha2::{Digest, Sha256};
    crate::base::hex(Sha256::digest(text.as_bytes()).get(..16).unwrap_or_default())
}

//! `records.schema.json`: the JSON Schema (draft 2020-12) of `records.json`.

/// The schema. A value is whatever the source holds; the descriptions say how what JSON lacks is written.
pub(super) const RECORDS: &str = include_str!("records.schema.json");

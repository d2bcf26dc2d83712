//! Gives a record as a row.

use std::borrow::Cow;
use std::ops::ControlFlow;

use crate::sources::json;
use crate::sources::query::{RowQuery, SourceRow};

use super::record::{Cell, Record};

/// Writes the asked fields of the record into `line` and gives the row to `each`.
pub(in crate::sources) fn give(
    query: &RowQuery<'_>,
    record: &Record<'_>,
    line: &mut Vec<u8>,
    each: &mut dyn FnMut(SourceRow<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    line.clear();
    line.push(b'{');
    for (at, (name, column)) in query.fields.iter().enumerate() {
        if at > 0 {
            line.push(b',');
        }
        json::string(line, name);
        line.push(b':');
        match record.get(&column.name).as_ref() {
            Cell::Null => line.extend_from_slice(b"null"),
            Cell::Text(text) => json::string(line, text),
            Cell::Json(raw) => line.extend_from_slice(raw.as_bytes()),
        }
    }
    line.push(b'}');
    let keys: Vec<Option<Cow<'_, str>>> = query
        .keys
        .iter()
        .map(|column| record.get(&column.name).text().map(|text| Cow::Owned(text.to_owned())))
        .collect();
    // Everything written is text or comes from text.
    let fields = String::from_utf8_lossy(line);
    each(SourceRow { fields: &fields, keys: &keys, broken_text: record.broken, exact: true })
}

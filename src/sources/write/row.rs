//! One row by its key, read by the same query that a search would use, so that its values have the same writing.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde_json::value::RawValue;

use super::RowAt;
use crate::datamap::LiveColumn;
use crate::sources::query::{RowQuery, Search, SourceRow};

/// The columns of the row as JSON texts; `read` runs the query. None if no row has exactly this key.
pub(in crate::sources) fn found<E>(
    row: &RowAt<'_>,
    columns: &[&LiveColumn],
    read: impl FnOnce(&RowQuery<'_>, &mut dyn FnMut(SourceRow<'_>) -> ControlFlow<()>) -> Result<(), E>,
) -> Result<Option<Vec<String>>, E> {
    let Some((first, value)) = row.key.first() else { return Ok(None) };
    let names: Vec<String> = (0..columns.len()).map(|at| format!("c{at:04}")).collect();
    let fields: Vec<(&str, &LiveColumn)> = names.iter().map(String::as_str).zip(columns.iter().copied()).collect();
    let keys: Vec<&LiveColumn> = row.key.iter().map(|(column, _)| *column).collect();
    let values = [*value];
    let search = Search::Keys { column: first, values: &values };
    let mut answer = None;
    read(&RowQuery { table: row.table, fields: &fields, keys: &keys, search }, &mut |read| {
        let same = read.keys.iter().map(Option::as_deref).eq(row.key.iter().map(|(_, value)| Some(*value)));
        if same && let Ok(cells) = serde_json::from_str::<BTreeMap<Cow<'_, str>, &RawValue>>(read.fields) {
            // The names are numbers of one width: their order is that of the columns.
            answer = Some(cells.values().map(|cell| cell.get().to_owned()).collect());
        }
        ControlFlow::Continue(())
    })?;
    Ok(answer)
}

/// Whether a row of the table has these values in these columns; `read` runs the query.
pub(in crate::sources) fn held<E>(
    table: &crate::datamap::LiveTable,
    columns: &[&LiveColumn],
    values: &[&str],
    read: impl FnOnce(&RowQuery<'_>, &mut dyn FnMut(SourceRow<'_>) -> ControlFlow<()>) -> Result<(), E>,
) -> Result<bool, E> {
    let (Some(first), Some(value)) = (columns.first(), values.first()) else { return Ok(false) };
    let sought = [*value];
    let search = Search::Keys { column: first, values: &sought };
    let mut found = false;
    // Every row is heard: a connector may take leaving early for a fault.
    read(&RowQuery { table, fields: &[], keys: columns, search }, &mut |row| {
        found |= row.keys.iter().map(Option::as_deref).eq(values.iter().map(|value| Some(*value)));
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

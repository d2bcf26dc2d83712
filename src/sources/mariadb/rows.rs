//! Searches a table and gives its rows one at a time, as the server sends them.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::ControlFlow;

use mysql_async::prelude::Queryable;
use mysql_async::{Conn, Params};

use crate::datamap::{LiveColumn, LiveKind};
use crate::sources::json;
use crate::sources::query::{RowQuery, Search, SourceRow};

use super::cell::Cell;
use super::condition;
use super::connect::Failure;

/// The rows that are found stay as they are until the transaction ends.
pub(super) const LOCK: &str = " FOR UPDATE";

/// `lock` is empty or [`LOCK`].
pub(super) async fn read(
    conn: &mut Conn,
    query: &RowQuery<'_>,
    lock: &str,
    each: &mut dyn FnMut(SourceRow<'_>) -> ControlFlow<()>,
) -> Result<(), Failure> {
    let Some((condition, bound)) = condition::of(query.search) else { return Ok(()) };
    let sought = sought(query.search);
    let extra = sought.as_ref().map(|(column, _)| *column);
    let read = || query.fields.iter().map(|(_, column)| *column).chain(query.keys.iter().copied()).chain(extra);
    let columns: Vec<String> = read().map(condition::column).collect();
    let documents: Vec<bool> = read().map(|column| column.kind == LiveKind::Json).collect();
    let text =
        format!("SELECT {} FROM {} AS t WHERE {condition}{lock}", columns.join(", "), condition::table(query.table));
    // The binary protocol: numbers come as numbers, and a single-precision one with all its digits.
    let mut result = conn.exec_iter(text, Params::Positional(bound)).await?;
    let Some(described) = result.columns() else { return Err(Failure::Garbled) };
    let mut line = Vec::new();
    while let Some(row) = result.next().await? {
        line.clear();
        let mut broken_text = false;
        let mut keys: Vec<Option<Cow<'_, str>>> = Vec::with_capacity(query.keys.len());
        for (at, (column, document)) in described.iter().zip(&documents).enumerate() {
            let value = row.as_ref(at).ok_or(Failure::Garbled)?;
            let cell = Cell::of(value, column, *document);
            broken_text |= matches!(cell, Cell::BrokenText(_));
            match query.fields.get(at) {
                Some((name, _)) => {
                    line.push(if at == 0 { b'{' } else { b',' });
                    json::string(&mut line, name);
                    line.push(b':');
                    cell.write(&mut line);
                }
                None => keys.push(cell.into_key()),
            }
        }
        if query.fields.is_empty() {
            line.push(b'{');
        }
        line.push(b'}');
        let fields = std::str::from_utf8(&line).map_err(|_| Failure::Garbled)?;
        if keys.len() != query.keys.len() + usize::from(extra.is_some()) {
            return Err(Failure::Garbled);
        }
        let exact = match &sought {
            Some((_, values)) => keys.pop().flatten().is_some_and(|key| values.contains(key.as_ref())),
            None => true,
        };
        if each(SourceRow { fields, keys: &keys, broken_text, exact }).is_break() {
            return Err(Failure::Broke);
        }
    }
    Ok(())
}

/// Where the collation, and not the value alone, says what is equal: the column, and the values to compare with.
fn sought<'q>(search: Search<'q>) -> Option<(&'q LiveColumn, HashSet<&'q str>)> {
    match search {
        Search::Keys { column, values } if column.kind == LiveKind::Text => {
            Some((column, values.iter().copied().collect()))
        }
        Search::Keys { .. } | Search::Any(_) | Search::All | Search::First(_) => None,
    }
}

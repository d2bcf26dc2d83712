//! Fast rows into PostgreSQL: a column at a time as arrays, unnested by the server, one transaction for all.

use diesel::pg::PgConnection;
use diesel::sql_types::{Array, Nullable, Text};
use diesel::{Connection, RunQueryDsl, sql_query};

use super::cell::{instant, money, table_at};
use super::error::refusal;
use super::sqlite::Stop;
use super::{Cell, ColumnKind, FillError, RowWriter, TableSpec};

/// Rows to a statement: the cost of a round trip is spread thin, and a batch stays at a few megabytes.
const MOST_ROWS: usize = 4_000;

/// Rows of one table that wait for their statement, column by column, in PostgreSQL's text form.
struct Waiting {
    columns: Vec<Vec<Option<String>>>,
    rows: usize,
}

/// Writes rows into PostgreSQL. A parent's rows are sent before its children's: a flush goes through the tables in order.
struct PgRows<'a> {
    conn: &'a mut PgConnection,
    tables: &'static [TableSpec],
    waiting: Vec<Waiting>,
}

impl PgRows<'_> {
    fn flush(&mut self, last: usize) -> Result<(), FillError> {
        for (table, waiting) in self.tables.iter().zip(&mut self.waiting).take(last.saturating_add(1)) {
            if waiting.rows == 0 {
                continue;
            }
            let names: Vec<_> = table.columns.iter().map(|c| c.name).collect();
            let casts: Vec<_> = table.columns.iter().map(|c| format!("u.{}::{}", c.name, c.kind.postgres())).collect();
            let marks: Vec<_> = (1..=names.len()).map(|n| format!("${n}")).collect();
            let names = names.join(",");
            let mut insert = sql_query(format!(
                "INSERT INTO {} ({names}) SELECT {} FROM unnest({}) AS u({names})",
                table.name,
                casts.join(","),
                marks.join(",")
            ))
            .into_boxed();
            for column in &mut waiting.columns {
                insert = insert.bind::<Array<Nullable<Text>>, _>(std::mem::take(column));
            }
            waiting.rows = 0;
            insert.execute(self.conn).map_err(|e| FillError::Rows { table: table.name, why: refusal(&e) })?;
        }
        Ok(())
    }
}

impl RowWriter for PgRows<'_> {
    fn row(&mut self, table: usize, cells: &[Cell<'_>]) -> Result<(), FillError> {
        let spec = table_at(self.tables, table, cells)?;
        let Some(waiting) = self.waiting.get_mut(table) else { return Ok(()) };
        for ((column, cell), values) in spec.columns.iter().zip(cells).zip(&mut waiting.columns) {
            values.push(match *cell {
                Cell::Null => None,
                Cell::Whole(n) => Some(n.to_string()),
                Cell::Bool(b) => Some(b.to_string()),
                Cell::Real(x) => Some(x.to_string()),
                Cell::Text(t) => Some(t.to_owned()),
                Cell::Pence(p) => Some(money(p)),
                Cell::Day(d) => Some(d.to_string()),
                Cell::At(at) => Some(instant(column.kind, at)),
                Cell::List(words) => Some(array(words)),
            });
        }
        waiting.rows = waiting.rows.saturating_add(1);
        if waiting.rows >= MOST_ROWS { self.flush(table) } else { Ok(()) }
    }
}

/// A list in PostgreSQL's text form of an array: `{"training","policy"}`.
fn array(words: &[&str]) -> String {
    let quoted: Vec<_> =
        words.iter().map(|w| format!("\"{}\"", w.replace('\\', "\\\\").replace('"', "\\\""))).collect();
    format!("{{{}}}", quoted.join(","))
}

/// Runs `fill` inside one transaction, then moves each identity past the keys that were given.
pub(super) fn fill<T, E: From<FillError>>(
    conn: &mut PgConnection,
    tables: &'static [TableSpec],
    fill: impl FnOnce(&mut dyn RowWriter) -> Result<T, E>,
) -> Result<T, E> {
    conn.transaction(|conn| {
        let waiting = tables
            .iter()
            .map(|t| Waiting { columns: t.columns.iter().map(|_| Vec::new()).collect(), rows: 0 })
            .collect();
        let mut rows = PgRows { conn, tables, waiting };
        let made = fill(&mut rows).map_err(Stop::Fill)?;
        rows.flush(usize::MAX).map_err(Stop::Rows)?;
        for table in tables {
            if let Some(key) = table.columns.first().filter(|c| c.kind == ColumnKind::Whole) {
                let (table, key) = (table.name, key.name);
                sql_query(format!(
                    "SELECT setval(pg_get_serial_sequence('{table}', '{key}'), max({key})) FROM {table} HAVING count(*) > 0"
                ))
                .execute(conn)?;
            }
        }
        Ok(made)
    })
    .map_err(|stop: Stop<E>| match stop {
        Stop::Fill(e) => e,
        Stop::Rows(e) => e.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_quotes_what_would_end_a_word() {
        assert_eq!(array(&["a b", "c\"d\\e", ""]), r#"{"a b","c\"d\\e",""}"#);
        assert_eq!(array(&[]), "{}");
    }
}

//! Fast rows into SQLite: many rows to a statement, one transaction for all.

use diesel::sql_types::{BigInt, Double, Nullable, Text};
use diesel::sqlite::SqliteConnection;
use diesel::{Connection, RunQueryDsl, sql_query};

use super::cell::{instant, money, table_at};
use super::error::refusal;
use super::{Cell, FillError, RowWriter, TableSpec};

/// Rows of one table that wait for their statement.
#[derive(Default)]
struct Waiting {
    rows: usize,
    values: Vec<Bound>,
}

enum Bound {
    Null,
    Whole(i64),
    Real(f64),
    Text(String),
}

/// Values to a statement: far below SQLite's limit of 32,766, and past the point where more rows help.
const MOST_VALUES: usize = 1_000;

/// Writes rows into SQLite. A parent's rows are sent before its children's: a flush goes through the tables in order.
pub(super) struct SqliteRows<'a> {
    conn: &'a mut SqliteConnection,
    tables: &'static [TableSpec],
    waiting: Vec<Waiting>,
}

impl<'a> SqliteRows<'a> {
    pub(super) fn new(conn: &'a mut SqliteConnection, tables: &'static [TableSpec]) -> Self {
        Self { conn, tables, waiting: tables.iter().map(|_| Waiting::default()).collect() }
    }

    /// Sends what waits in the tables up to and including `last`.
    fn flush(&mut self, last: usize) -> Result<(), FillError> {
        for (table, waiting) in self.tables.iter().zip(&mut self.waiting).take(last.saturating_add(1)) {
            if waiting.rows == 0 {
                continue;
            }
            let names: Vec<_> = table.columns.iter().map(|c| c.name).collect();
            let marks = format!("({})", vec!["?"; names.len()].join(","));
            let marks = vec![marks; waiting.rows].join(",");
            let mut insert =
                sql_query(format!("INSERT INTO {} ({}) VALUES {marks}", table.name, names.join(","))).into_boxed();
            for value in waiting.values.drain(..) {
                insert = match value {
                    Bound::Null => insert.bind::<Nullable<Text>, _>(None::<String>),
                    Bound::Whole(n) => insert.bind::<BigInt, _>(n),
                    Bound::Real(x) => insert.bind::<Double, _>(x),
                    Bound::Text(t) => insert.bind::<Text, _>(t),
                };
            }
            waiting.rows = 0;
            insert.execute(self.conn).map_err(|e| FillError::Rows { table: table.name, why: refusal(&e) })?;
        }
        Ok(())
    }

    /// Sends everything that still waits.
    pub(super) fn finish(mut self) -> Result<(), FillError> {
        self.flush(usize::MAX)
    }
}

impl RowWriter for SqliteRows<'_> {
    fn row(&mut self, table: usize, cells: &[Cell<'_>]) -> Result<(), FillError> {
        let spec = table_at(self.tables, table, cells)?;
        let Some(waiting) = self.waiting.get_mut(table) else { return Ok(()) };
        for (column, cell) in spec.columns.iter().zip(cells) {
            waiting.values.push(match *cell {
                Cell::Null => Bound::Null,
                Cell::Whole(n) => Bound::Whole(n),
                Cell::Bool(b) => Bound::Whole(i64::from(b)),
                Cell::Real(x) => Bound::Real(x),
                Cell::Text(t) => Bound::Text(t.to_owned()),
                Cell::Pence(p) => Bound::Text(money(p)),
                Cell::Day(d) => Bound::Text(d.to_string()),
                Cell::At(at) => Bound::Text(instant(column.kind, at)),
                Cell::List(words) => Bound::Text(serde_json::json!(words).to_string()),
            });
        }
        waiting.rows = waiting.rows.saturating_add(1);
        if waiting.values.len().saturating_add(cells.len()) > MOST_VALUES { self.flush(table) } else { Ok(()) }
    }
}

/// Runs `fill` inside one transaction, so that a sample is there as a whole or not at all.
pub(super) fn fill<T, E: From<FillError>>(
    conn: &mut SqliteConnection,
    tables: &'static [TableSpec],
    fill: impl FnOnce(&mut dyn RowWriter) -> Result<T, E>,
) -> Result<T, E> {
    use diesel::connection::SimpleConnection;
    // A sample that is interrupted is thrown away, so it need not survive a power cut half-way.
    let begun = conn.batch_execute(
        "PRAGMA foreign_keys=ON; PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY; PRAGMA cache_size=-65536",
    );
    begun.map_err(|_| FillError::Open { backend: "SQLite" })?;
    conn.transaction(|conn| {
        let mut rows = SqliteRows::new(conn, tables);
        let made = fill(&mut rows).map_err(Stop::Fill)?;
        rows.finish().map_err(Stop::Rows)?;
        Ok(made)
    })
    .map_err(|stop: Stop<E>| match stop {
        Stop::Fill(e) => e,
        Stop::Rows(e) => e.into(),
    })
}

/// What ended a transaction early: the generator, or the database.
pub(super) enum Stop<E> {
    Fill(E),
    Rows(FillError),
}

impl<E> From<diesel::result::Error> for Stop<E> {
    fn from(error: diesel::result::Error) -> Self {
        Self::Rows(FillError::Rows { table: "the whole sample", why: refusal(&error) })
    }
}

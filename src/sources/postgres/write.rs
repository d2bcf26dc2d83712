//! Writes to a PostgreSQL database: one READ COMMITTED transaction.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::pg::{Pg, PgConnection};
use diesel::sql_types::{Nullable, Text};
use diesel::{RunQueryDsl, sql_query};

use super::connect::{Failure, GRACE, reach};
use super::{rows, schema};
use crate::datamap::{LiveColumn, LiveKind, LiveSchema, LiveTable};
use crate::sources::error::SourceError;
use crate::sources::query::Limits;
use crate::sources::sql;
use crate::sources::url::SourceUrl;
use crate::sources::write::{RowAt, WriteError, Writer, found, held};
use crate::tunnel::Leash;

/// How long somebody else's transaction is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// A transaction of a PostgreSQL database.
pub(in crate::sources) struct PostgresWriter {
    conn: PgConnection,
    leash: Leash,
    limits: Limits,
}

impl PostgresWriter {
    pub(in crate::sources) fn begin(url: &SourceUrl, limits: Limits) -> Result<Self, WriteError> {
        let (conn, leash) = reach(url.expose(), limits, writing)?;
        Ok(Self { conn, leash, limits })
    }

    fn timed<T>(&mut self, work: impl FnOnce(&mut PgConnection) -> Result<T, Failure>) -> Result<T, WriteError> {
        let began = Instant::now();
        self.leash.take(self.limits.search.saturating_add(GRACE));
        let result = work(&mut self.conn);
        self.leash.let_go();
        result.map_err(|failure| match failure {
            Failure::Garbled => SourceError::Garbled.into(),
            // The server's words depend on its language; the time that passed does not.
            Failure::Database(_) if began.elapsed() >= PATIENCE => SourceError::TimedOut(PATIENCE).into(),
            Failure::Database(_) if !self.is_alive() => SourceError::Lost.into(),
            Failure::Database(_) => WriteError::Refused,
        })
    }

    /// Whether the server still answers. The transaction may have failed; a rollback is always heard.
    fn is_alive(&mut self) -> bool {
        self.leash.take(GRACE);
        let alive = self.conn.batch_execute("ROLLBACK").is_ok();
        self.leash.let_go();
        alive
    }
}

fn writing(conn: &mut PgConnection, limits: Limits) -> Option<()> {
    // The output settings are those of a search, so that the same value has the same text.
    conn.batch_execute(&format!(
        "SET statement_timeout = {millis}; SET lock_timeout = {patience}; SET synchronous_commit = on; \
         SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; SET bytea_output = 'hex'; \
         SET extra_float_digits = 1; BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
        millis = limits.search.as_millis(),
        patience = PATIENCE.as_millis(),
    ))
    .ok()
}

impl Writer for PostgresWriter {
    fn schema(&mut self, names: &[&str]) -> Result<LiveSchema, WriteError> {
        self.timed(|conn| schema::read(conn, Some(names)))
    }

    fn lock(&mut self, row: &RowAt<'_>, columns: &[&LiveColumn]) -> Result<Option<Vec<String>>, WriteError> {
        self.timed(|conn| found(row, columns, |query, each| rows::read(conn, query, rows::Lock::Held, each)))
    }

    fn set(&mut self, row: &RowAt<'_>, values: &[(&LiveColumn, Option<&str>)]) -> Result<u64, WriteError> {
        let set: Vec<String> = values
            .iter()
            .enumerate()
            .map(|(at, (column, _))| format!("{} = {}", sql::quoted(&column.name), typed(column, at + 1)))
            .collect();
        let table = sql::table(row.table);
        let text = format!("UPDATE {table} AS t SET {} WHERE {}", set.join(", "), named(row, values.len() + 1));
        let mut statement = sql_query(text).into_boxed::<Pg>();
        for (_, value) in values {
            statement = statement.bind::<Nullable<Text>, _>(value.map(str::to_owned));
        }
        for (_, key) in row.key {
            statement = statement.bind::<Text, _>((*key).to_owned());
        }
        self.timed(|conn| Ok(crate::base::u64_from(statement.execute(conn)?)))
    }

    fn delete(&mut self, row: &RowAt<'_>) -> Result<u64, WriteError> {
        let text = format!("DELETE FROM {} AS t WHERE {}", sql::table(row.table), named(row, 1));
        let mut statement = sql_query(text).into_boxed::<Pg>();
        for (_, key) in row.key {
            statement = statement.bind::<Text, _>((*key).to_owned());
        }
        self.timed(|conn| Ok(crate::base::u64_from(statement.execute(conn)?)))
    }

    fn holds(&mut self, table: &LiveTable, columns: &[&LiveColumn], values: &[&str]) -> Result<bool, WriteError> {
        self.timed(|conn| held(table, columns, values, |query, each| rows::read(conn, query, rows::Lock::Free, each)))
    }

    fn settle(&mut self) -> Result<(), WriteError> {
        self.timed(|conn| Ok(conn.batch_execute("SET CONSTRAINTS ALL IMMEDIATE")?))
    }

    fn commit(&mut self) -> Result<(), WriteError> {
        self.leash.take(self.limits.search.saturating_add(GRACE));
        let kept = self.conn.batch_execute("COMMIT");
        self.leash.let_go();
        match kept {
            Ok(()) => Ok(()),
            // A server that still answers has said no: a constraint that is checked at the end.
            Err(_) if self.is_alive() => Err(WriteError::Refused),
            Err(_) => Err(WriteError::Unheard),
        }
    }
}

/// The condition that names the row by its key, whose parameters begin with `first`.
fn named(row: &RowAt<'_>, first: usize) -> String {
    let keys: Vec<String> = row
        .key
        .iter()
        .enumerate()
        .map(|(at, (column, _))| format!("t.{} = {}", sql::quoted(&column.name), typed(column, at + first)))
        .collect();
    keys.join(" AND ")
}

/// The parameter in the column's type. A text is left to the assignment, which refuses what is too long where a cast would
/// cut it off; the type's name is the catalogue's own.
fn typed(column: &LiveColumn, number: usize) -> String {
    match column.kind {
        LiveKind::Text => format!("${number}"),
        LiveKind::Integer
        | LiveKind::Decimal
        | LiveKind::Float
        | LiveKind::Boolean
        | LiveKind::Date
        | LiveKind::DateTime
        | LiveKind::Uuid
        | LiveKind::Bytes
        | LiveKind::Json
        | LiveKind::Array
        | LiveKind::Other => format!("CAST(${number} AS {})", column.type_name),
    }
}

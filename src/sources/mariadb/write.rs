//! Writes to a MariaDB or MySQL database: one transaction, in strict mode.

use std::time::{Duration, Instant};

use mysql_async::prelude::Queryable;
use mysql_async::{Conn, Error, Params, Value};
use tokio::time::timeout;

use super::connect::{ENDED, Failure, GRACE, Joined, OUT_OF_TIME, join, told};
use super::{condition, rows, schema};
use crate::datamap::{LiveColumn, LiveKind, LiveSchema, LiveTable};
use crate::sources::error::SourceError;
use crate::sources::query::Limits;
use crate::sources::sql;
use crate::sources::url::SourceUrl;
use crate::sources::write::{RowAt, WriteError, Writer, found, held};

/// How long somebody else's transaction is waited for, in seconds.
const PATIENCE: u64 = 10;
/// "Lock wait timeout exceeded", "Deadlock found".
const BUSY: [u16; 2] = [1205, 1213];

/// A transaction of a MariaDB or MySQL database.
pub(in crate::sources) struct MariadbWriter {
    joined: Joined,
    limits: Limits,
}

impl MariadbWriter {
    pub(in crate::sources) fn begin(url: &SourceUrl, limits: Limits) -> Result<Self, WriteError> {
        let mut joined = join(url, limits, async |conn, limits| prepare(conn, limits).await)?;
        let Joined { conn, runtime } = &mut joined;
        let began = runtime.block_on(async { timeout(limits.connect, conn.query_drop("START TRANSACTION")).await });
        if !matches!(began, Ok(Ok(()))) {
            return Err(SourceError::Unreachable.into());
        }
        Ok(Self { joined, limits })
    }

    fn timed<T>(&mut self, work: impl AsyncFnOnce(&mut Conn) -> Result<T, Failure>) -> Result<T, WriteError> {
        let limit = self.limits.search;
        let Joined { conn, runtime } = &mut self.joined;
        let began = Instant::now();
        match runtime.block_on(async { timeout(limit.saturating_add(GRACE), work(conn)).await }) {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(Failure::Database(Error::Server(server)))) if is_busy(server.code) => {
                Err(SourceError::TimedOut(Duration::from_secs(PATIENCE)).into())
            }
            Ok(Err(failure)) => {
                let (error, _) = told(&failure, began.elapsed(), limit);
                Err(if error == SourceError::Refused { WriteError::Refused } else { error.into() })
            }
            Err(_) => Err(SourceError::TimedOut(limit).into()),
        }
    }

    /// A table of an engine without transactions would keep each statement at once.
    fn keeps_transactions(&mut self, table: &LiveTable) -> Result<bool, WriteError> {
        let bound = vec![text(table.schema.as_deref().unwrap_or_default()), text(&table.name)];
        let word: Option<String> = self.timed(async |conn| {
            Ok(conn
                .exec_first(
                    "SELECT COALESCE(e.TRANSACTIONS, '') FROM information_schema.TABLES t \
                     JOIN information_schema.ENGINES e ON e.ENGINE = t.ENGINE \
                     WHERE t.TABLE_SCHEMA = ? AND t.TABLE_NAME = ?",
                    Params::Positional(bound),
                )
                .await?)
        })?;
        Ok(word.is_some_and(|word| word == "YES"))
    }
}

fn is_busy(code: u16) -> bool {
    BUSY.contains(&code) || OUT_OF_TIME.contains(&code)
}

async fn prepare(conn: &mut Conn, limits: Limits) -> Result<(), Error> {
    // As in a search, so that the same value has the same text; strict, so that nothing is cut off or turned into nought.
    conn.query_drop(format!(
        "SET NAMES utf8mb4, SESSION time_zone = '+00:00', \
         SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO', \
         SESSION lock_wait_timeout = {PATIENCE}, SESSION innodb_lock_wait_timeout = {PATIENCE}, \
         SESSION net_write_timeout = {}",
        limits.search.as_secs().max(1)
    ))
    .await?;
    conn.query_drop("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED").await?;
    conn.query_drop("SET SESSION TRANSACTION READ WRITE").await
}

fn text(text: &str) -> Value {
    Value::Bytes(text.as_bytes().to_vec())
}

impl Writer for MariadbWriter {
    fn schema(&mut self, names: &[&str]) -> Result<LiveSchema, WriteError> {
        self.timed(async |conn| schema::read(conn, Some(names)).await)
    }

    fn lock(&mut self, row: &RowAt<'_>, columns: &[&LiveColumn]) -> Result<Option<Vec<String>>, WriteError> {
        found(row, columns, |query, each| self.timed(async |conn| rows::read(conn, query, rows::LOCK, each).await))
    }

    fn set(&mut self, row: &RowAt<'_>, values: &[(&LiveColumn, Option<&str>)]) -> Result<u64, WriteError> {
        if !self.keeps_transactions(row.table)? {
            return Err(WriteError::NoTransactions);
        }
        let set: Vec<String> = values.iter().map(|(column, _)| format!("{} = ?", condition::column(column))).collect();
        let table = condition::table(row.table);
        let statement = format!("UPDATE {table} AS t SET {} WHERE {}", set.join(", "), named(row));
        let mut bound: Vec<Value> =
            values.iter().map(|(column, value)| value.map_or(Value::NULL, |value| bind(column.kind, value))).collect();
        bound.extend(row.key.iter().map(|(column, value)| bind(column.kind, value)));
        self.timed(async |conn| {
            conn.exec_drop(statement, Params::Positional(bound)).await?;
            Ok(conn.affected_rows())
        })
    }

    fn delete(&mut self, row: &RowAt<'_>) -> Result<u64, WriteError> {
        if !self.keeps_transactions(row.table)? {
            return Err(WriteError::NoTransactions);
        }
        // A DELETE of one table takes an alias in no version that is still in use.
        let keys: Vec<String> = row.key.iter().map(|(key, _)| format!("{} = ?", sql::backquoted(&key.name))).collect();
        let statement = format!("DELETE FROM {} WHERE {}", condition::table(row.table), keys.join(" AND "));
        let bound: Vec<Value> = row.key.iter().map(|(column, value)| bind(column.kind, value)).collect();
        self.timed(async |conn| {
            conn.exec_drop(statement, Params::Positional(bound)).await?;
            Ok(conn.affected_rows())
        })
    }

    fn holds(&mut self, table: &LiveTable, columns: &[&LiveColumn], values: &[&str]) -> Result<bool, WriteError> {
        held(table, columns, values, |query, each| self.timed(async |conn| rows::read(conn, query, "", each).await))
    }

    fn settle(&mut self) -> Result<(), WriteError> {
        // The server checks every constraint with its statement.
        Ok(())
    }

    fn commit(&mut self) -> Result<(), WriteError> {
        let Joined { conn, runtime } = &mut self.joined;
        let limit = self.limits.search.saturating_add(GRACE);
        match runtime.block_on(async { timeout(limit, conn.query_drop("COMMIT")).await }) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(Error::Server(server))) if !ENDED.contains(&server.code) => Err(WriteError::Refused),
            Ok(Err(_)) | Err(_) => Err(WriteError::Unheard),
        }
    }
}

/// The condition that names the row by its key.
fn named(row: &RowAt<'_>) -> String {
    let keys: Vec<String> = row.key.iter().map(|(key, _)| format!("{} = ?", condition::column(key))).collect();
    keys.join(" AND ")
}

/// A value as the server takes it: a moment in UTC without its offset, since the session's zone is UTC.
fn bind(kind: LiveKind, value: &str) -> Value {
    match (kind, value) {
        (LiveKind::Boolean, "true") => Value::Int(1),
        (LiveKind::Boolean, "false") => Value::Int(0),
        (LiveKind::DateTime, value) => {
            let instant = chrono::DateTime::parse_from_rfc3339(&value.replacen(' ', "T", 1));
            text(&instant.map_or_else(|_| value.to_owned(), |at| at.naive_utc().to_string()))
        }
        (_, value) => text(value),
    }
}

//! Writes to a SQLite file: one transaction that holds the write lock from its beginning.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::result::{DatabaseErrorKind, Error};
use diesel::sql_types::{Nullable, Text};
use diesel::sqlite::{Sqlite, SqliteConnection};
use diesel::{Connection, RunQueryDsl, sql_query};

use super::connect::encoded;
use super::{rows, schema};
use crate::datamap::{LiveColumn, LiveKind, LiveSchema, LiveTable};
use crate::sources::error::SourceError;
use crate::sources::sql;
use crate::sources::url::SourceUrl;
use crate::sources::write::{RowAt, WriteError, Writer, found, held};

/// How long another writer is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// A transaction of a SQLite file.
pub(in crate::sources) struct SqliteWriter {
    conn: SqliteConnection,
}

impl SqliteWriter {
    pub(in crate::sources) fn begin(url: &SourceUrl) -> Result<Self, WriteError> {
        // A file that is not there is not made.
        let address = format!("file:{}?mode=rw", encoded(url.expose()));
        let mut conn = SqliteConnection::establish(&address).map_err(|_| SourceError::NoFile)?;
        conn.batch_execute(&format!(
            "PRAGMA busy_timeout = {}; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF",
            PATIENCE.as_millis()
        ))
        .map_err(|_| SourceError::NoFile)?;
        // A file that cannot be written, or an hour-long transaction of somebody else's.
        conn.batch_execute("BEGIN IMMEDIATE").map_err(|error| {
            if is_busy(&error) { WriteError::Source(SourceError::TimedOut(PATIENCE)) } else { WriteError::Refused }
        })?;
        Ok(Self { conn })
    }
}

/// SQLite's own words, in English whatever the machine's language.
fn is_busy(error: &Error) -> bool {
    matches!(error, Error::DatabaseError(DatabaseErrorKind::Unknown, info) if info.message().contains("locked"))
}

/// The condition that names the row by its key.
fn named(row: &RowAt<'_>) -> String {
    let keys: Vec<String> = row.key.iter().map(|(column, _)| format!("{} = ?", sql::quoted(&column.name))).collect();
    keys.join(" AND ")
}

impl Writer for SqliteWriter {
    fn schema(&mut self, names: &[&str]) -> Result<LiveSchema, WriteError> {
        Ok(schema::read(&mut self.conn, Some(names))?)
    }

    fn lock(&mut self, row: &RowAt<'_>, columns: &[&LiveColumn]) -> Result<Option<Vec<String>>, WriteError> {
        // Nobody else writes while this transaction lasts.
        Ok(found(row, columns, |query, each| rows::read(&mut self.conn, query, Duration::MAX, each))?)
    }

    fn set(&mut self, row: &RowAt<'_>, values: &[(&LiveColumn, Option<&str>)]) -> Result<u64, WriteError> {
        let set: Vec<String> = values.iter().map(|(column, _)| format!("{} = ?", sql::quoted(&column.name))).collect();
        let text = format!("UPDATE {} SET {} WHERE {}", sql::table(row.table), set.join(", "), named(row));
        let mut statement = sql_query(text).into_boxed::<Sqlite>();
        for (column, value) in values {
            // The column's affinity makes a number of a text that is one.
            let value = match (column.kind, value) {
                (LiveKind::Boolean, Some("true")) => Some("1"),
                (LiveKind::Boolean, Some("false")) => Some("0"),
                (_, value) => *value,
            };
            statement = statement.bind::<Nullable<Text>, _>(value.map(str::to_owned));
        }
        for (_, key) in row.key {
            statement = statement.bind::<Text, _>((*key).to_owned());
        }
        let changed = statement.execute(&mut self.conn).map_err(|_| WriteError::Refused)?;
        Ok(crate::base::u64_from(changed))
    }

    fn delete(&mut self, row: &RowAt<'_>) -> Result<u64, WriteError> {
        let text = format!("DELETE FROM {} WHERE {}", sql::table(row.table), named(row));
        let mut statement = sql_query(text).into_boxed::<Sqlite>();
        for (_, key) in row.key {
            statement = statement.bind::<Text, _>((*key).to_owned());
        }
        let deleted = statement.execute(&mut self.conn).map_err(|_| WriteError::Refused)?;
        Ok(crate::base::u64_from(deleted))
    }

    fn holds(&mut self, table: &LiveTable, columns: &[&LiveColumn], values: &[&str]) -> Result<bool, WriteError> {
        Ok(held(table, columns, values, |query, each| rows::read(&mut self.conn, query, Duration::MAX, each))?)
    }

    fn settle(&mut self) -> Result<(), WriteError> {
        // A constraint that this file defers is checked at the end alone: there is no asking before.
        Ok(())
    }

    fn commit(&mut self) -> Result<(), WriteError> {
        self.conn.batch_execute("COMMIT").map_err(|error| {
            if is_busy(&error) {
                // A reader is in the way; the transaction is rolled back with its connection.
                WriteError::Source(SourceError::TimedOut(PATIENCE))
            } else if matches!(&error, Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _)) {
                // A deferred constraint says no.
                WriteError::Refused
            } else {
                WriteError::Unheard
            }
        })
    }
}

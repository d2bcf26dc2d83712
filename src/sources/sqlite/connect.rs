//! Opens a SQLite file for reading only, in one transaction so that all searches see the same moment.

use std::ops::ControlFlow;

use diesel::Connection;
use diesel::connection::SimpleConnection;
use diesel::sqlite::SqliteConnection;

use crate::datamap::{Everything, LiveSchema};
use crate::sources::error::SourceError;
use crate::sources::query::{Account, Limits, RowQuery, Source, SourceRow};
use crate::sources::url::SourceUrl;

use super::{references, rows, schema};

/// A SQLite database file.
pub(in crate::sources) struct SqliteSource {
    url: SourceUrl,
    limits: Limits,
    conn: Option<SqliteConnection>,
}

impl SqliteSource {
    pub(in crate::sources) fn new(url: SourceUrl, limits: Limits) -> Self {
        Self { url, limits, conn: None }
    }

    fn conn(&mut self) -> Result<&mut SqliteConnection, SourceError> {
        if self.conn.is_none() {
            self.conn = Some(connect(self.url.expose())?);
        }
        self.conn.as_mut().ok_or(SourceError::NoFile)
    }
}

impl Source for SqliteSource {
    fn schema(&mut self, names: &[&str]) -> Result<LiveSchema, SourceError> {
        schema::read(self.conn()?, Some(names))
    }

    fn everything(&mut self, _names: &[&str]) -> Result<Everything, SourceError> {
        let conn = self.conn()?;
        let schema = schema::read(conn, None)?;
        let references = references::read(conn, &schema)?;
        Ok(Everything { schema, references })
    }

    fn account(&mut self) -> Result<Account, SourceError> {
        self.conn()?;
        // Opened and closed: nothing is written by it.
        let writable = std::fs::OpenOptions::new().append(true).open(self.url.expose()).is_ok();
        let notice = "the file may be written by the user that this program runs as; it is opened for reading only. To be \
                      sure, take the right to write away from that user, or give a copy";
        Ok(Account { notices: writable.then(|| notice.to_owned()).into_iter().collect(), ..Account::default() })
    }

    fn rows(
        &mut self,
        query: &RowQuery<'_>,
        each: &mut dyn FnMut(SourceRow<'_>) -> ControlFlow<()>,
    ) -> Result<(), SourceError> {
        let limit = self.limits.search;
        rows::read(self.conn()?, query, limit, each)
    }
}

fn connect(path: &str) -> Result<SqliteConnection, SourceError> {
    let mut conn =
        SqliteConnection::establish(&format!("file:{}?mode=ro", encoded(path))).map_err(|_| SourceError::NoFile)?;
    conn.batch_execute("PRAGMA query_only = ON; PRAGMA busy_timeout = 5000; PRAGMA trusted_schema = OFF; BEGIN")
        .map_err(|_| SourceError::NoFile)?;
    Ok(conn)
}

/// A path within a `file:` URI: everything but the plainest characters is percent-encoded.
pub(super) fn encoded(path: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn a_path_cannot_change_the_mode() {
        assert_eq!(encoded("/tmp/a b?mode=rwc#x%"), "/tmp/a%20b%3Fmode%3Drwc%23x%25");
    }
}

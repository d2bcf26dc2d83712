//! Opens a transaction for an address.

use super::{WriteError, Writer};
use crate::sources::mariadb::MariadbWriter;
use crate::sources::query::Limits;
use crate::sources::sqlite::SqliteWriter;
use crate::sources::url::{Scheme, SourceUrl};

/// A new transaction at `url`, which is that of a write account.
///
/// # Errors
/// [`WriteError::Source`] if the source cannot be reached.
pub fn open_writer(url: &SourceUrl, limits: Limits) -> Result<Box<dyn Writer>, WriteError> {
    Ok(match url.scheme() {
        Scheme::Sqlite => Box::new(SqliteWriter::begin(url)?),
        #[cfg(feature = "postgres")]
        Scheme::Postgres => Box::new(crate::sources::postgres::PostgresWriter::begin(url, limits)?),
        // A folder or a service keeps no transactions.
        Scheme::Folder | Scheme::Service => return Err(WriteError::NoTransactions),
        Scheme::Mariadb => Box::new(MariadbWriter::begin(url, limits)?),
    })
}

//! What can go wrong in the store.

use diesel::result::{DatabaseErrorKind, Error};

/// A failure of the desk's database. Its text never carries a value.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No such row.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// Somebody else changed the row first, or it exists already.
    #[error("the {0} was changed or made by somebody else in the meantime")]
    Conflict(&'static str),
    /// No connection was free, or the database did not answer; try again.
    #[error("the desk's database is busy or cannot be reached")]
    Busy,
    /// A query failed, or a stored value cannot be read.
    #[error("the desk's database failed: {0}")]
    Query(String),
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        if matches!(error, Error::NotFound) {
            return Self::NotFound("row");
        }
        let Error::DatabaseError(kind, info) = error else {
            return Self::Query(error.to_string());
        };
        if matches!(kind, DatabaseErrorKind::UniqueViolation) {
            return Self::Conflict("row");
        }
        let gone = matches!(
            kind,
            DatabaseErrorKind::SerializationFailure
                | DatabaseErrorKind::ClosedConnection
                | DatabaseErrorKind::UnableToSendCommand
        );
        let waits = ["database is locked", "deadlock detected", "canceling statement due to lock timeout"];
        if gone || waits.iter().any(|words| info.message().contains(words)) {
            return Self::Busy;
        }
        if ["file is not a database", "disk image is malformed"].iter().any(|words| info.message().contains(words)) {
            return Self::Query("its file is damaged, or is no SQLite database: restore it from the backup".to_owned());
        }
        // The message names tables and columns; the database's detail line, which can quote values, is left out.
        Self::Query(info.message().to_owned())
    }
}

/// Reads a stored word back into its type.
pub(super) fn stored<T: std::str::FromStr>(text: &str, column: &'static str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Query(format!("the stored {column} cannot be read")))
}

//! Guarded writing to a source, with an account of its own that no search uses. One transaction; a row is locked before it
//! is looked at, changed only if it is what was shown, and read again before the transaction is kept. What became of a
//! transaction whose end was not heard is found out by reading. Must never choose a row, a column or a value by itself.

mod change;
mod error;
mod open;
mod remove;
mod row;

pub use change::{Change, Guard, Outcome, change};
pub use error::WriteError;
pub use open::open_writer;
pub use remove::{After, Fate, Referring, Removal, Removed, remove};
pub(in crate::sources) use row::{found, held};

use crate::datamap::{LiveColumn, LiveSchema, LiveTable};

/// A row by its whole primary key.
#[derive(Debug, Clone, Copy)]
pub struct RowAt<'a> {
    /// The table, of the live schema.
    pub table: &'a LiveTable,
    /// Every column of its primary key, with the value as a source gives keys.
    pub key: &'a [(&'a LiveColumn, &'a str)],
}

/// One transaction at a source. Dropped without [`Writer::commit`], nothing of it is kept.
pub trait Writer: Send {
    /// The tables with these names, as the write account sees them.
    ///
    /// # Errors
    /// [`WriteError`] if the source cannot be read.
    fn schema(&mut self, names: &[&str]) -> Result<LiveSchema, WriteError>;

    /// Locks the row until the transaction ends and gives these columns of it, each as JSON text; none if there is no such
    /// row. Waits for a transaction that is changing it.
    ///
    /// # Errors
    /// [`WriteError`].
    fn lock(&mut self, row: &RowAt<'_>, columns: &[&LiveColumn]) -> Result<Option<Vec<String>>, WriteError>;

    /// Sets columns of the row, at least one, in one statement; gives how many rows the source changed.
    ///
    /// # Errors
    /// [`WriteError::Refused`] if a type, a constraint or a trigger does not allow it.
    fn set(&mut self, row: &RowAt<'_>, values: &[(&LiveColumn, Option<&str>)]) -> Result<u64, WriteError>;

    /// Deletes the row; gives how many rows the source deleted.
    ///
    /// # Errors
    /// [`WriteError::Refused`] if a constraint, a trigger or a missing grant does not allow it.
    fn delete(&mut self, row: &RowAt<'_>) -> Result<u64, WriteError>;

    /// Whether some row of the table has these values in these columns.
    ///
    /// # Errors
    /// [`WriteError`] if the account may not read it.
    fn holds(&mut self, table: &LiveTable, columns: &[&LiveColumn], values: &[&str]) -> Result<bool, WriteError>;

    /// Has every constraint checked now that the source would check at the end, where it can be asked.
    ///
    /// # Errors
    /// [`WriteError::Refused`] if one says no.
    fn settle(&mut self) -> Result<(), WriteError>;

    /// Keeps the transaction.
    ///
    /// # Errors
    /// [`WriteError::Unheard`] if the connection was lost before the source answered: it may be kept or not.
    fn commit(&mut self) -> Result<(), WriteError>;
}

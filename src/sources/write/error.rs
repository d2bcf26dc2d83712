//! Why a source could not be written. As for reading, no sentence holds a value or a driver's message.

use crate::sources::SourceError;

/// Why a change was not made, or is not known to be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// The source could not be reached or read; nothing was changed.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A type, a constraint, a trigger or a missing grant stands in the way; nothing was changed.
    #[error(
        "the database refused the change: a rule of its own or the grants of the write account do not allow it; ask who \
         looks after it"
    )]
    Refused,
    /// The source's table keeps no transactions.
    #[error("the table keeps no transactions, so that a change of it cannot be guarded: ask who looks after it")]
    NoTransactions,
    /// Rows that are not to go refer to a row that is to go.
    #[error(
        "records that the plan does not have refer to one that is to be deleted: put their table into the data map"
    )]
    Referred,
    /// Something else, said in words: a column that cannot hold what is to stand there, with the collection.
    #[error("{0}")]
    Because(String),
    /// The source kept another value than the one that was written; nothing was changed.
    #[error("the database turns the new value into another one: ask who looks after it what it takes")]
    Turned,
    /// The connection was lost while the change was being kept.
    #[error("the connection was lost while the change was being kept; what became of it is read from the source next")]
    Unheard,
}

//! Why a source could not be read. The sentences go into the bundle, so they hold no value, no address and no
//! driver's message.

use std::time::Duration;

use crate::tunnel::TunnelFault;

/// Why a search of a source failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// No connection could be made.
    #[error("the database could not be reached: check that it runs, its address, and the account and password")]
    Unreachable,
    /// There is no way to the server as the address asks for it.
    #[error(transparent)]
    Way(TunnelFault),
    /// The file of an embedded database is not there or is not a database.
    #[error("the database file could not be opened for reading: check its path and that it is a SQLite database")]
    NoFile,
    /// The folder of a file source is not there.
    #[error("the folder could not be read: check its path, and that the files of the data map are in it")]
    NoFolder,
    /// A web service cannot be reached.
    #[error("the service could not be reached: check that it runs, its address, and its certificate")]
    NoService,
    /// A document is not well-formed, or a service did not answer as it should; in words without any value.
    #[error("{0}")]
    Malformed(String),
    /// The connection ended in the middle.
    #[error("the connection to the database was lost before the search had finished; retry this source")]
    Lost,
    /// The search took too long.
    #[error("the search took longer than {} seconds and was stopped; retry it, or allow more time", .0.as_secs())]
    TimedOut(Duration),
    /// The database refused the search.
    #[error("the database refused the search: check that the account may read the table, and the data map against it")]
    Refused,
    /// The source's answer was not what a database of its kind gives.
    #[error("the database answered with something that could not be read; retry this source")]
    Garbled,
}

impl From<TunnelFault> for SourceError {
    fn from(fault: TunnelFault) -> Self {
        if fault == TunnelFault::Unreachable { Self::Unreachable } else { Self::Way(fault) }
    }
}

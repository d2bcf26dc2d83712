//! Why a gather could not be carried out at all. What fails in one source is no such error: it is reported with
//! the collections of that source.

use crate::files::spool::SpoolError;

/// Why there is no result.
#[derive(Debug, thiserror::Error)]
pub enum GatherError {
    /// The spool failed.
    #[error(transparent)]
    Spool(#[from] SpoolError),
    /// The finished spool could not be read back for a retry.
    #[error(transparent)]
    Replay(#[from] crate::bundle::BundleError),
    /// The person has neither e-mail address nor telephone number.
    #[error("a gather needs a verified e-mail address or telephone number to begin from; give one")]
    NoIdentity,
}

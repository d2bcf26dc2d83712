//! How an act can fail. Only `web/problem.rs` knows what status code that is.

use crate::auth::TokenError;
use crate::case::NotAllowed;
use crate::store::StoreError;

/// A field that is wrong, and the cure.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct FieldFault {
    /// The field, as `subject.email`.
    pub field: String,
    /// One sentence: what to write instead.
    pub problem: String,
}

/// Why an act was not done. The texts are shown to people: they name the cure and carry no personal data.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// Fields are wrong.
    #[error("some fields are wrong")]
    Invalid(Vec<FieldFault>),
    /// The case does not stand where this is possible, or a rule forbids it.
    #[error("{0}")]
    Refused(String),
    /// Who asks is not known, or no longer.
    #[error("{0}")]
    Unauthenticated(String),
    /// Who asks may not do this.
    #[error("{0}")]
    Forbidden(String),
    /// There is no such thing.
    #[error("there is no such {0}")]
    Missing(&'static str),
    /// It was there and is not kept any more.
    #[error("{0}")]
    Gone(String),
    /// Somebody else changed it in the meantime.
    #[error("somebody else changed the {0} in the meantime: read it again and repeat")]
    Stale(&'static str),
    /// Too often.
    #[error("{0}")]
    TooMany(String),
    /// Nothing is free right now; the same call may succeed later.
    #[error("the service is busy: try again in a moment")]
    Busy,
    /// Our fault. The text is for the log, never for the caller.
    #[error("{0}")]
    Broken(String),
}

impl ActError {
    /// One wrong field.
    #[must_use]
    pub fn field(field: &str, problem: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldFault { field: field.to_owned(), problem: problem.into() }])
    }
}

impl From<StoreError> for ActError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound(what) => Self::Missing(what),
            StoreError::Conflict(what) => Self::Stale(what),
            StoreError::Busy => Self::Busy,
            StoreError::Query(why) => Self::Broken(why),
        }
    }
}

impl From<NotAllowed> for ActError {
    fn from(error: NotAllowed) -> Self {
        Self::Refused(error.to_string())
    }
}

impl From<TokenError> for ActError {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::Expired | TokenError::Invalid => Self::Unauthenticated(error.to_string()),
            TokenError::Failed => Self::Broken(error.to_string()),
        }
    }
}

impl From<crate::files::FilesError> for ActError {
    fn from(error: crate::files::FilesError) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<crate::bundle::BundleError> for ActError {
    fn from(error: crate::bundle::BundleError) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<crate::files::spool::SpoolError> for ActError {
    fn from(error: crate::files::spool::SpoolError) -> Self {
        Self::Broken(error.to_string())
    }
}

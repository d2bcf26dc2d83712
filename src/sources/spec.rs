//! A source as it was configured.

use super::permits::Permits;
use super::query::{Limits, Source};
use super::url::SourceUrl;

/// A source's name, where it is, and what a search of it may take.
#[derive(Debug, Clone)]
pub struct SourceSpec {
    /// The dataset's key in the data map.
    pub name: String,
    /// Where it is.
    pub url: SourceUrl,
    /// The same database with the account that may write; none if corrections are a task for who looks after it.
    pub write_url: Option<SourceUrl>,
    /// What one gather may take of it.
    pub limits: Limits,
    /// The connections that all gathers of this process share.
    pub permits: Permits,
}

impl SourceSpec {
    /// Its connector, not yet connected.
    #[must_use]
    pub fn open(&self) -> Box<dyn Source> {
        super::open(&self.url, self.limits)
    }
}

//! Opens a connector for an address.

use super::folder::FolderSource;
use super::http::HttpSource;
use super::mariadb::MariadbSource;
use super::query::{Limits, Source};
use super::sqlite::SqliteSource;
use super::url::{Scheme, SourceUrl};

/// The connector for `url`. It connects when it is first asked something, so that an unreachable source is that
/// source's failure and nobody else's.
#[must_use]
pub fn open(url: &SourceUrl, limits: Limits) -> Box<dyn Source> {
    match url.scheme() {
        Scheme::Sqlite => Box::new(SqliteSource::new(url.clone(), limits)),
        #[cfg(feature = "postgres")]
        Scheme::Postgres => Box::new(super::postgres::PostgresSource::new(url.clone(), limits)),
        Scheme::Folder => Box::new(FolderSource::new(url.clone(), limits)),
        Scheme::Service => Box::new(HttpSource::new(url.clone(), limits)),
        Scheme::Mariadb => Box::new(MariadbSource::new(url.clone(), limits)),
    }
}

//! Connectors to databases that we do not own. A connector gives its live schema and the rows that a search finds, one
//! at a time, and never changes anything: SQLite is opened read-only, a PostgreSQL or MariaDB session is read-only. What
//! is signed to be written goes through `write`, with another account. Names come from the live schema and are quoted, values are bound. Must never decide whose a row is,
//! and must never let a driver's message out: it may hold values.

mod documents;
mod error;
pub mod fill;
mod folder;
mod http;
mod json;
mod mariadb;
mod permits;
mod query;
mod spec;
mod sql;
mod sqlite;
mod url;
pub mod write;

#[cfg(feature = "postgres")]
mod postgres;

mod open;

pub use error::SourceError;
pub use open::open;
pub use permits::{Permit, Permits};
pub use query::{Account, Limits, Needle, RowQuery, Search, Shape, Source, SourceRow};
pub use spec::SourceSpec;
pub use url::{SourceUrl, UrlError};

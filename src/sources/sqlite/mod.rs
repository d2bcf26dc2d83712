//! The SQLite connector.

mod connect;
mod references;
mod rows;
mod schema;

pub(super) use connect::SqliteSource;

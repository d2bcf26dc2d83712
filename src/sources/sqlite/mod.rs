//! The SQLite connector.

mod connect;
mod rows;
mod schema;

pub(super) use connect::SqliteSource;

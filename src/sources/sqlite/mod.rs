//! The SQLite connector.

mod connect;
mod references;
mod rows;
mod schema;
mod write;

pub(super) use connect::SqliteSource;
pub(super) use write::SqliteWriter;

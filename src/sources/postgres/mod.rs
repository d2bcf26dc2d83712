//! The PostgreSQL connector.

mod account;
mod connect;
mod references;
mod rows;
mod schema;
mod write;

pub(super) use connect::PostgresSource;
pub(super) use write::PostgresWriter;

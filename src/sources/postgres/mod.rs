//! The PostgreSQL connector.

mod account;
mod connect;
mod references;
mod rows;
mod schema;

pub(super) use connect::PostgresSource;

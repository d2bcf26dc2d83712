//! The PostgreSQL connector.

mod connect;
mod rows;
mod schema;

pub(super) use connect::PostgresSource;

//! The PostgreSQL connector.

mod account;
mod connect;
mod rows;
mod schema;

pub(super) use connect::PostgresSource;

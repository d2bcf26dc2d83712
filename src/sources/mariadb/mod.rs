//! The connector for MariaDB and MySQL: a pure Rust driver, one connection, one snapshot.

mod account;
mod address;
mod cell;
mod condition;
mod connect;
mod references;
mod rows;
mod schema;
mod write;

pub(super) use address::Address;
pub(super) use connect::MariadbSource;
pub(super) use write::MariadbWriter;

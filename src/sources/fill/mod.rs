//! Fills an empty database with rows that somebody else makes up: the one writer among the sources, kept apart from the
//! read-only connectors and used only by `rightsdesk sample`, the demo and the tests.
//!
//! It stands here and not in `store` because what it fills is somebody's *other* database (the website's), and only
//! `store` and `sources` may name the database library. It must never touch a database that already holds tables or
//! rows of anything else: [`Target::open`] refuses one.

mod cell;
mod error;
mod mysql_text;
#[cfg(feature = "postgres")]
mod postgres;
mod sqlite;
mod target;

pub use cell::{Cell, ColumnKind, ColumnSpec, RowWriter, TableSpec};
pub use error::FillError;
pub use mysql_text::{MysqlText, WEBSITE_MYSQL};
pub use target::Target;

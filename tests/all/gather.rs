//! The gather over real SQLite, PostgreSQL and MariaDB databases.

mod account;
mod command;
mod failing;
mod fides;
mod graphs;
mod hanging;
mod held;
mod matching;
pub mod place;
mod spooling;
mod values;

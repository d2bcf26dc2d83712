//! The gather over real SQLite and PostgreSQL databases.

mod command;
mod failing;
mod fides;
mod graphs;
mod held;
mod matching;
pub mod place;
mod spooling;
mod values;

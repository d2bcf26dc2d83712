//! The gather over real SQLite, PostgreSQL and MariaDB databases.

mod account;
mod asked;
mod command;
mod drafted;
mod drifting;
mod failing;
mod fides;
mod folder;
mod graphs;
mod hanging;
mod held;
mod logged;
mod matching;
pub mod place;
mod sampled;
mod service;
mod several;
mod spooling;
mod values;

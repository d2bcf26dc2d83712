//! The website's tables on three databases, the generated sample in them, and the data map that describes them.

mod command;
mod data_map;
pub mod database;
mod migrations;
mod planted;
mod same;

//! The web: it parses at the door, calls one act, and renders. Must never name `store`, `sources` or `jobs`, and must
//! never decide.

mod api;
mod body;
mod bridge;
mod client;
mod conditional;
mod guard;
mod health;
mod metrics;
mod origin;
mod pages;
mod problem;
mod public;
mod server;
mod shape;
mod staff;
mod stream;
pub mod ui;
mod unambiguous;
mod watch;

pub use api::openapi_json;
pub use server::{ServerError, Serving, start};

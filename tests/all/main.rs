//! The integration tests: one binary, one module for each room.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::as_conversions, clippy::panic)]

#[macro_use]
mod harness;

mod api;
mod audit;
mod backup;
mod bundle;
mod citizen;
mod clock;
mod command;
mod datamap;
mod desk;
mod erase;
mod gather;
mod house;
mod line;
mod matching;
mod metrics;
mod pages;
mod pdf;
mod post;
mod rectify;
mod reports;
pub mod review;
mod store;
mod timer;
mod tokens;
mod tunnel;
mod ui;
mod website;

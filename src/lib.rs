//! rightsdesk: takes a person's data-rights request from the public form to the answer.
//!
//! The modules stand in floor order: a room names only rooms above it in this list
//! (`tests/all/house.rs` reads the `use` lines and fails on a breach). `docs/ARCHITECTURE.md`
//! says what each floor must never do.
#![cfg_attr(test, allow(clippy::as_conversions))]

// Floor 1: base (pure).
pub mod base;
pub mod wording;

// Floor 2: the law and the case (pure: no IO, no clock, no database).
pub mod calendar;
pub mod deadline;
pub mod access;
pub mod subject;
pub mod case;
pub mod datamap;
pub mod matching;
pub mod rectify;
pub mod erase;
pub mod review;
pub mod intake;
pub mod identity;
pub mod audit;
pub mod pdf;
pub mod bundle;
pub mod letter;
pub mod report;

// Floor 3: the edges (IO).
pub mod config;
pub mod tunnel;
pub mod store;
pub mod sources;
pub mod files;
pub mod post;
pub mod auth;

// Floor 4: what is done.
pub mod gather;
pub mod sample;
pub mod acts;

// Floor 5: the doors.
pub mod jobs;
pub mod web;

// The assembler and the command line.
pub mod wiring;
pub mod cli;

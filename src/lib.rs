//! rightsdesk: takes a person's data-rights request from the public form to the answer.
//!
//! The modules stand in floor order: a room names only rooms above it in this list
//! (`tests/all/house.rs` reads the `use` lines and fails on a breach). `docs/ARCHITECTURE.md`
//! says what each floor must never do.
#![cfg_attr(test, allow(clippy::as_conversions))]

// Floor 1: base (pure).
pub mod base;

// Floor 2: the law and the case (pure: no IO, no clock, no database).
pub mod access;
pub mod audit;
pub mod bundle;
pub mod calendar;
pub mod case;
pub mod datamap;
pub mod deadline;
pub mod letter;
pub mod subject;

// Floor 3: the edges (IO).
pub mod auth;
pub mod config;
pub mod files;
pub mod post;
pub mod sources;
pub mod store;

// Floor 4: what is done.
pub mod acts;
pub mod gather;
pub mod sample;

// Floor 5: the doors.
pub mod jobs;
pub mod web;

// The assembler and the command line.
pub mod cli;
pub mod wiring;

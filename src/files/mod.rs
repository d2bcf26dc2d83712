//! Files of the desk: bundles and spools below one data folder. A file is written aside, flushed to the disk and renamed,
//! so that a half-written one is never taken for a whole one. Must never decide what is disclosed.

mod folder;
pub mod spool;

pub use folder::{Files, FilesError, Written};

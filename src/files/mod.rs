//! Files: what is written to disk, written aside and renamed so that a half-written file is never taken for whole.
//! Must never decide what is disclosed.

pub mod spool;

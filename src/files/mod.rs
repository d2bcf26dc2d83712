//! Files of the desk: bundles and spools below one data folder. A file is written aside, flushed to the disk and renamed,
//! so that a half-written one is never taken for a whole one. Must never decide what is disclosed.

mod anchors;
mod backup;
mod folder;
pub mod spool;

pub use anchors::Anchors;
pub use backup::{BackupError, BackupFile, BackupManifest, BackupReader, BackupWriter, sha256_of};
pub use folder::{Files, FilesError, Written};

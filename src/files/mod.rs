//! Files of the desk: bundles, spools and what was sent as proof, below one data folder. A file is written aside, flushed to the disk and renamed,
//! so that a half-written one is never taken for a whole one. Must never decide what is disclosed.

mod anchors;
mod backup;
mod folder;
mod scan;
mod seal;
pub mod spool;
mod vault;

pub use anchors::Anchors;
pub use backup::{BackupError, BackupFile, BackupManifest, BackupReader, BackupWriter, sha256_of};
pub use folder::{Files, FilesError, Written};
pub use scan::{ScanError, Scanned, scan};
pub use seal::{Seal, Unsealable};
pub use vault::{Reading, Vault, Writing};

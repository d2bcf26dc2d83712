//! A folder of files as a source: CSV, JSON and JSON Lines. A collection is a file, or all files that a pattern names. The
//! folder is never left, and never written.

mod csv_rows;
mod find;
mod json_rows;
mod meter;
mod read;
mod source;

pub(super) use source::FolderSource;

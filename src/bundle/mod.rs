//! The bundle: what the person gets. Manifest, JSON, PDF, viewer and archive, each written as a stream into
//! an `impl Write`. Must never read a clock, a database or the network: everything comes in through
//! [`Cover`] and [`RecordSource`].

mod model;
/// interim
/// # Errors
/// i
pub fn write_bundle(_: &mut dyn std::io::Write, _: &Cover, _: &dyn RecordSource) -> Result<(), BundleError> {
    Ok(())
}

pub use model::{
    BundleError, CollectionReport, Column, ColumnKind, Controller, Cover, Period, Record, RecordSource, SearchedFor,
    Status, Value, Withheld,
};

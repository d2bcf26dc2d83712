//! The bundle: what the person gets. Manifest, JSON, PDF, viewer and archive, each written as a stream into
//! an `impl Write`. Must never read a clock, a database or the network: everything comes in through
//! [`Cover`] and [`RecordSource`].

mod model;
pub mod pdf;

pub use model::{
    BundleError, CollectionReport, Column, ColumnKind, Controller, Cover, Period, Record, RecordSource, SearchedFor,
    Status, Value, Withheld,
};

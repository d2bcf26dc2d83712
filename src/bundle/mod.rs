//! The bundle: what the person gets. Manifest, JSON, PDF, viewer and archive, each written as a stream into
//! an `impl Write`. Must never read a clock, a database or the network: everything comes in through
//! [`Cover`] and [`RecordSource`].

mod archive;
mod disclosure;
mod grouped;
mod html;
mod json;
mod manifest;
mod model;
mod plain;
mod schema;
mod viewer;

pub use archive::write_bundle;
pub use disclosure::write_disclosure;
pub use manifest::FileEntry;
pub use model::{
    BundleError, CollectionReport, Column, ColumnKind, Controller, Cover, Period, Record, RecordSource, SearchedFor,
    Status, Value, Withheld,
};

//! The bundle: what the person gets. Manifest, JSON, CSV, PDF, viewer and archive, each written as a stream into
//! an `impl Write`. Must never read a clock, a database or the network: everything comes in through
//! [`Cover`] and [`RecordSource`].

mod archive;
mod csv;
mod disclosure;
mod grouped;
mod html;
mod json;
mod lock;
mod manifest;
mod model;
mod plain;
mod readme;
mod schema;
mod verify;
mod viewer;

pub use archive::{Bundle, Proof, VOLUME_PAGES, write_bundle};
pub use disclosure::write_disclosure;
pub use lock::{lock_bundle, new_passphrase};
pub use manifest::FileEntry;
pub use model::{
    BundleError, CollectionReport, Column, ColumnKind, Controller, Cover, Period, Record, RecordSource, RedactedField,
    SearchedFor, Span, Status, Value, Withheld,
};
pub(crate) use plain::{Shown, shown as in_words};
pub use verify::{Checked, VerifyError, verify_bundle};

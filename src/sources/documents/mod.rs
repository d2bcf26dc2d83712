//! Records that are read in process: CSV rows and JSON objects. They are searched by the same rules as a database's rows, and
//! streamed: one record at a time is held.

mod give;
mod record;
mod seek;
mod shape;

pub(super) use give::give;
pub(super) use record::{Cell, Record};
pub(super) use seek::Seeker;
pub(super) use shape::Shape;

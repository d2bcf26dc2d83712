//! PDF: tagged, archival documents (PDF/UA-1 and PDF/A-2a) of any length in bounded memory. printpdf draws the pages
//! in batches; this room lays them out and writes the file around them. Letters and reports use [`Document`];
//! [`write_disclosure`] composes the answer to a request for access. Must never read a clock, nor show a value that
//! is not in what it was given.

mod assembly;
mod cards;
mod contents;
mod copy;
mod disclosure;
mod document;
mod draw;
mod faces;
mod language;
mod meta;
mod objects;
mod outline;
mod page;
mod pagetree;
mod painters;
mod shape;
mod style;
mod table;
mod tree;
mod wrap;

pub use contents::Entry;
pub use disclosure::write_disclosure;
pub use document::{Document, Piece, Written};
pub use meta::Front;
pub use page::Orientation;
pub use style::{BODY, SMALL};
pub use table::{Cell, Table, TableColumn, Tone};

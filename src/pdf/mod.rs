//! PDF: tagged, archival documents (PDF/UA-1 and PDF/A-2a) of any length in bounded memory. printpdf draws the pages
//! in batches; this room lays them out and writes the file around them. Letters, reports and the disclosure use
//! [`Document`]. Must never read a clock, nor show a value that is not in what it was given.

mod assembly;
mod blocks;
mod cards;
mod chart;
mod contents;
mod copy;
mod document;
mod draw;
mod error;
mod faces;
mod form;
mod language;
mod letter;
mod meta;
mod objects;
mod outline;
mod page;
mod pagetree;
mod painters;
mod press;
mod shape;
mod specimen;
mod style;
mod table;
mod tree;
mod wrap;

pub use blocks::{Block, read as read_blocks};
pub use chart::Bar;
pub use contents::Entry;
pub use document::{Document, Piece, Written};
pub use error::PdfError;
pub use form::{Form, SAMPLED, Sample};
pub use letter::{Letter, Sender, write_letter};
pub use meta::Front;
pub use page::Orientation;
pub use press::Press;
pub use style::{BODY, SMALL, Style};
pub use table::{Cell, Table, TableColumn, Tone};

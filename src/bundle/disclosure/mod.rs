//! The answer to a request for access, as a document: the letter with what UK GDPR Art. 15(1) and (2) ask for, the
//! contents, each collection with its records, and the key to what is withheld.

mod book;
mod collection;
mod compose;
mod key;
mod letter;
mod shown;

pub use compose::write_disclosure;
pub(super) use compose::{Answer, needs_volumes, volume_name, write_answer, write_front, write_letter, write_volumes};
pub(super) use key::meaning;

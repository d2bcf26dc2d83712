//! The answer to a request for access, as a document: the letter with what UK GDPR Art. 15(1) and (2) ask for, the
//! contents, each collection with its records, and the key to what is withheld.

mod collection;
mod compose;
mod key;
mod letter;
mod shown;

pub use compose::write_disclosure;
pub(super) use compose::{write_letter, write_proven};
pub(super) use key::meaning;

//! What the program says to citizens, in each language: message files in Fluent's format under `assets/words/LANGUAGE`,
//! embedded in the binary. A further language is a further folder. Must never decide what is said, only how.

mod language;
mod say;

pub use language::Language;
pub use say::{Part, Wording};

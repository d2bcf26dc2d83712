//! The spool: the rows that a gather found, on disk, one file of JSON lines for each collection.
//!
//! Rows are appended as they come from the cursor. When the gather has ended, each collection gets an order file
//! (where each row lies, in the order of the records' identifiers, and under which mark it stands) and an index is
//! renamed into place: without an index there is no spool. A retry writes a spool of its own, which shares the rows
//! that need no second search, so that a kill at any moment leaves the old spool whole.
//!
//! The spool holds every row found, disclosed or not. Which are disclosed follows from the row's mark, the rules it
//! is read under and a caseworker's decisions.

mod candidate;
mod decided;
mod index;
mod order;
mod reader;
mod rules;
mod suggested;
mod writer;

pub use candidate::{Candidate, FieldMention};
pub use decided::{Decided, cut_out};
pub use index::{Mark, SpoolError};
pub use reader::{Reviewed, Spool, SpooledRow};
pub use rules::{Cuts, Decision, Decisions, Held, Rules, Standing};
pub use suggested::{Suggested, SuggestionSummary, Suggestions, SuggestionsWriter};
pub use writer::{Placed, Sealed, SpoolWriter};

//! Matching: how far a row speaks for being about a person, where no key tells. Weighted evidence by field (Fellegi and
//! Sunter, "A theory for record linkage", 1969), with its reasons in words. Pure: rows come as text. Must never call a row
//! *certain* by a score: only a verified identifier does, and only if the name does not disagree.

mod compare;
mod contact;
mod dates;
mod estimate;
mod frequency;
mod level;
mod mention;
mod model;
mod names;
mod nicknames;
mod people;
mod profile;
mod row;
mod similar;
mod tier;
mod words;

pub use compare::{Comparison, compare};
pub use estimate::{Decided, Estimate, TooFew, estimate};
pub use frequency::{Counts, Frequencies};
pub use level::{Field, Level};
pub use mention::{Mention, mention_needles, mention_numbers, mentions};
pub use model::{Model, ModelFault};
pub use people::People;
pub use profile::{Known, Profile, Trust};
pub use row::RowForm;
pub use tier::{Judgement, Tier, Verdict};
pub use words::reasons;

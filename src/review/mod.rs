//! The review: exemptions and what the statute wants for each, redaction, and what should be looked at before an answer goes
//! out. Must never read a database, a file or a clock: it is given texts and says what becomes of them.

mod exemption;
mod fields;
mod opinion;
mod pattern;
mod redact;
mod requirement;
pub mod suggest;
mod words;

pub use exemption::{Exemption, exemption_title, exemptions};
pub use fields::{Fields, field_text, is_empty_value, text_hash, text_of};
pub use opinion::{Finding, Opinion, OpinionKind};
pub use pattern::Pattern;
pub use redact::{Cut, Outcome, Piece, Run, Span, can_be_redacted, is_stale, outcome, public_id, redacted, runs};
pub use requirement::{
    Against, Asker, Claim, ClaimFault, Reason, Requirement, claim_faults, plain_opinion, requirement,
};
pub use words::{Finder, Folded, same_words, words_at};

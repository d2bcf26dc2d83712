//! What a person tells us when they make a request: the questions, in which order, what an answer may be, and what the
//! answers amount to. Must never keep anything, look anything up, or hold words that a person reads.

mod answers;
mod question;
mod text;

pub use answers::{ADDRESS_CHARS, Answers, DETAILS_CHARS, FAULTS, Fault, Given, MOST_OTHERS, Wrong};
pub use question::{AnswerBy, Authority, Kind, Offer, Question, before, may_ask, needs_words, next, path};
pub use text::{Flaw, NAME_CHARS, email, name, phone, postcode, prose};

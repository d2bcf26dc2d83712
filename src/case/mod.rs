//! The case: its stages, and the one table of moves between them. Must never read a clock or a database.

mod channel;
mod stage;

pub use channel::{Channel, Relationship};
pub use stage::{Move, NotAllowed, Stage, step};

crate::id!(CaseId, "a case");

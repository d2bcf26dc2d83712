//! The case: its stages, the one table of moves between them, and what the timer does on a given day. Must never read a clock or a database.

mod channel;
mod reminder;
mod stage;
mod urgency;

pub use channel::{Channel, Relationship};
pub use reminder::{
    Due, Patience, Plan, ReminderId, ReminderKind, Rhythm, Silence, Told, World, last_day, plan, silence,
};
pub use stage::{Move, NotAllowed, Stage, step, step_back_to};
pub use urgency::{AMBER_DAYS, Light, RED_DAYS, Standing, WaitsFor, next_step};

crate::id!(CaseId, "a case");

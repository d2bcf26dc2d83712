//! The audit trail: what is written down about each change, and the hash chain that shows tampering.
//! Must never hold a value of somebody's record, a code, a token or a password: it says who did what to which case.

mod chain;
mod event;

pub use chain::{Broken, Entry, GENESIS, Link, verify};
pub use event::{Actor, Event};

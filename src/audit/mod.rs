//! The audit trail: what is written down about each change, the hash chain that shows tampering, and the signed anchors
//! that show it even to whoever cannot trust the operator. Must never hold a value of somebody's record, a code, a token or
//! a password: it says who did what to which case.

mod anchor;
mod chain;
mod claim;
mod event;
mod origin;

pub use anchor::{Anchor, AnchorError};
pub use chain::{Broken, Entry, Form, GENESIS, Link, verify};
pub use claim::{CLAIMED_TABLES, Claim, claim};
pub use event::{Actor, Event};
pub use origin::{AddressesKept, Origin};

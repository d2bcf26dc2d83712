//! Who may do what: [`Role`], [`Action`] and the one table [`may`]. Must never know about sessions, routes or the
//! database.

mod table;

pub use table::{Action, Role, may};

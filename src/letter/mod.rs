//! Letters and e-mails: each kind with its typed contents, composed of message files and written as text and as HTML by
//! `templates/letter`. Must never send anything or look anything up.

mod compose;
mod erasing;
mod kinds;
mod sheet;
mod staff;

pub use kinds::{Answered, DateMoved, Letter, WhyAsked};
pub use sheet::{Block, Rendered, Sheet};

//! Letters and e-mails: each kind with its typed contents, rendered from `templates/letter`. Must never send anything or
//! look anything up.

mod kinds;
mod staff;
mod texts;

pub use kinds::{DateMoved, Letter, Rendered};

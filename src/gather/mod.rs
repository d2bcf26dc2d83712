//! The gather: from a verified person's identities, along the references of the data map, to every row held about
//! them, until nothing new is found. Rows go from the cursor to the spool; none is collected. Must never gather for
//! a person who is not verified ([`Verified`](crate::subject::Verified) sees to that), never follow a reference from
//! a row that is held as somebody else's, and never let a search that failed look like one that found nothing.

mod arrive;
mod asked;
mod collected;
mod engine;
mod error;
mod held_names;
mod identities;
mod inquiry;
mod look;
mod person;
mod plan;
mod progress;
mod reasons;
mod report;
mod resume;
mod scan;
mod source_set;
mod state;
mod third_parties;

pub use asked::Asked;
pub use engine::{gather, inquire, knows_more};
pub use error::GatherError;
pub use held_names::held_names;
pub use inquiry::{Inquiry, Reach, Rulings};
pub use progress::{Progress, Rule, Searched, Silent};
pub use source_set::{SourceSet, SourceSetError};

//! Putting wrong data right (UK GDPR Art. 16): what a value is, whether it may stand in a column, how a correction goes
//! from the question to the source. Pure. Must never read or write a database, and never decide whose a row is.

mod path;
mod told;
mod value;

pub use path::{Act, CorrectionId, Decided, NotPossible, State, next};
pub use told::{NoticeId, Told};
pub use value::{plain, same, validated, writable};

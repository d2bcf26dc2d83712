//! Erasing (UK GDPR Art. 17) and ending what is kept no longer (Art. 5(1)(e)): what goes, what stays and why, in which
//! order, and what stands in a column afterwards. Pure. Must never read or write a database, and never decide whose a row is.

mod forget;
mod path;
mod plan;

pub use forget::{ForgetKey, NoRoom, forgotten, suppressed};
pub use path::{ErasureAct, ErasureId, ErasureState, NotNow, next_step};
pub use plan::{Plan, Row, Stay, Step, Tie, What, Whose, plan};

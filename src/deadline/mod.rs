//! The statutory clock: from dated facts to the due date, with the working an auditor can check. Pure. Must never
//! read a clock (the current date matters nowhere), never show a date later than the law allows, and never
//! compute past the bank holidays that are known. The rules with their sources: `docs/CLOCK.md`.

mod answer;
mod compute;
mod dates;
mod day_end;
mod event;
mod fact;
mod law;
mod narrate;
mod regime;
mod right;
mod start;
mod target;
mod timeline;
mod words;

pub use answer::{Deadline, DeadlineError, Facts, State, Step, StepKind};
pub use compute::compute;
pub use dates::{Dates, dates};
pub use day_end::ends_at;
pub use event::{Event, EventKind, UnknownEventKind};
pub use fact::{Fact, FactId, FactKind, KnownFacts, UnknownFactKind, facts_as_known_at, standing_at};
pub use regime::{Regime, UnknownRegime};
pub use right::{Right, UnknownRight};
pub use start::{Waiting, proof_asked_on, question_asked_on, waiting_for};
pub use target::internal_target;
pub use words::{long_date, plain_date};

//! What goes into a computation and what comes out of it.

use chrono::NaiveDate;
use serde::Serialize;

use super::event::Event;
use super::regime::Regime;
use super::right::Right;
use crate::calendar::{Division, HolidaysUnknown};

/// Everything that a due date depends on. There is no "today" among it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// What was asked for.
    pub right: Right,
    /// Under which law.
    pub regime: Regime,
    /// Whose bank holidays count: where the controller acts.
    pub division: Division,
    /// The date in Europe/London on which the request arrived, whoever took it and on whatever day of the week.
    pub received_on: NaiveDate,
    /// What happened since, in any order.
    pub events: Vec<Event>,
}

/// Whether the clock runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It runs, and there is a due date.
    Running,
    /// Something that starts it is outstanding: proof of identity or authority, or a fee.
    NotStarted,
    /// A question to the person is outstanding.
    Paused,
    /// The law sets no date.
    NoStatutoryDeadline,
}

impl State {
    /// The word used in the API and in stored rows.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::NotStarted => "not_started",
            Self::Paused => "paused",
            Self::NoStatutoryDeadline => "no_statutory_deadline",
        }
    }
}

impl std::fmt::Display for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deadline {
    /// The last day to answer, to its end in Europe/London; the earlier one where the law can be read in two ways.
    pub due: Option<NaiveDate>,
    /// The last day on the literal reading of Art. 12A(5)(b); never before `due`.
    pub statutory_latest: Option<NaiveDate>,
    /// The last day on which notice of an extension can be given.
    pub extension_notice_by: Option<NaiveDate>,
    /// Whether the clock runs.
    pub state: State,
    /// The relevant time of Art. 12A(2): the day from which the month is counted.
    pub relevant_on: Option<NaiveDate>,
    /// When an extension was notified in time.
    pub extended_on: Option<NaiveDate>,
    /// The days that do not count because a question was with the person.
    pub pause_days: u64,
    /// A due date that had already passed when proof or a fee was first asked for. The later start does not undo
    /// that: such a case belongs among the overdue ones until a person has looked at it.
    pub missed_on: Option<NaiveDate>,
    /// How the dates came about, in order.
    pub working: Vec<Step>,
}

/// One step of the working.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What kind of step.
    pub step: StepKind,
    /// The date that it is about.
    pub date: Option<NaiveDate>,
    /// What it rests on, for an auditor.
    pub rule: &'static str,
    /// The same in plain words, for the person.
    pub plain: String,
}

/// The kinds of step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// The request arrived.
    Received,
    /// Which law applies.
    Law,
    /// Proof of identity was asked for.
    IdentityRequested,
    /// It arrived.
    IdentityReceived,
    /// Proof of authority was asked for.
    AuthorityRequested,
    /// It arrived.
    AuthorityReceived,
    /// A fee was asked for.
    FeeRequested,
    /// It was paid.
    FeePaid,
    /// Proof or a fee was asked for only after the due date had passed.
    AskedTooLate,
    /// Proof or a fee is outstanding.
    NotStarted,
    /// The relevant time.
    ClockStarts,
    /// The corresponding date one month later.
    MonthEnds,
    /// A question that was answered.
    Pause,
    /// A question that is not answered yet.
    PauseOpen,
    /// An extension in time.
    Extension,
    /// Something that happened and changes no date.
    NoEffect,
    /// The corresponding date three months after the relevant time.
    ExtendedPeriodEnds,
    /// The day reached when the days of the pauses are added.
    PauseAdded,
    /// The days of a period counted in days.
    DaysEnd,
    /// Weekend and bank holidays passed over.
    Rolled,
    /// The due date.
    Due,
    /// The later date on the literal reading.
    StatutoryLatest,
    /// The last day for notice of an extension.
    ExtensionNoticeBy,
    /// The law sets no date.
    NoStatutoryDeadline,
}

/// Why no answer was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DeadlineError {
    /// A date lies in a year whose bank holidays are not known.
    #[error(transparent)]
    HolidaysUnknown(#[from] HolidaysUnknown),
    /// More events than a clock can have.
    #[error("a clock takes at most {limit} events: record each thing that happened once")]
    TooManyEvents {
        /// The most that are taken.
        limit: usize,
    },
    /// A date beyond the calendar.
    #[error("a date is too far in the future: check the year of the received date and of each event")]
    DateOutOfRange,
}

//! A case's line in a report.

use chrono::NaiveDate;

use super::history::{How, Withheld};
use super::stood::{ClockState, Timing, WhyLate};
use crate::case::{Channel, Relationship};
use crate::deadline::{Right, Waiting};

/// A case as it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its identifier.
    pub case: String,
    /// What people quote.
    pub reference: String,
    /// Which right.
    pub right: Right,
    /// How it came.
    pub channel: Channel,
    /// Who asked, to the subject.
    pub requester: Relationship,
    /// Whose case it is.
    pub team: String,
    /// The day of receipt, as known then.
    pub received_on: NaiveDate,
    /// The day on which that was first written down.
    pub logged_on: NaiveDate,
    /// The relevant time of Art. 12A(2).
    pub relevant_on: Option<NaiveDate>,
    /// Days that do not count because a question was with the requester.
    pub pause_days: u64,
    /// When an extension was notified in time.
    pub extended_on: Option<NaiveDate>,
    /// The last day for the answer; none while the clock stands still.
    pub due_on: Option<NaiveDate>,
    /// The same on the literal reading.
    pub statutory_latest: Option<NaiveDate>,
    /// A due date that had passed before proof or a fee was asked for.
    pub missed_on: Option<NaiveDate>,
    /// What the clock does or did.
    pub state: ClockState,
    /// What is or was outstanding.
    pub waiting: Waiting,
    /// How it was closed.
    pub how: Option<How>,
    /// The ground of a refusal.
    pub code: Option<String>,
    /// What was withheld.
    pub withheld: Vec<Withheld>,
    /// When it was closed.
    pub closed_on: Option<NaiveDate>,
    /// Whole days from receipt to the closing, or to the day of the report.
    pub days: u64,
    /// Whether it is or was in time.
    pub timing: Timing,
    /// By how many days it is or was late.
    pub late_days: u64,
    /// Closed after the due date and by the last day on the literal reading.
    pub in_literal_time: bool,
    /// Why it is or was late.
    pub why_late: Option<WhyLate>,
    /// Of a complaint: when we wrote that we have it.
    pub acknowledged_on: Option<NaiveDate>,
    /// Of a complaint: whether it was upheld, where that is recorded.
    pub upheld: Option<bool>,
}

impl Line {
    /// True while an answer is owed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.closed_on.is_none()
    }

    /// True of a complaint to the controller, which is counted apart from the requests.
    #[must_use]
    pub fn is_complaint(&self) -> bool {
        self.right == Right::ComplaintAck
    }
}

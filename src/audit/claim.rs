//! What an entry of the trail claims that the desk's other tables say. Figures come from those tables; that they agree with
//! the chain ties each figure to it: a fact, an ending or an hour that was changed, added or taken away behind the program
//! is named.

use super::chain::Entry;
use super::event::Event;
use crate::base::Moment;
use crate::case::Stage;

/// A row that an entry says was written with it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Claim {
    /// In which table.
    pub table: &'static str,
    /// Of which case.
    pub case: String,
    /// What the row says, in one line; made of the same columns from the entry and from the row.
    pub says: String,
    /// The row's identifier, where the entry names it.
    pub id: Option<String>,
}

/// The tables that claims are about.
pub const CLAIMED_TABLES: [&str; 7] =
    ["clock_events", "case_endings", "case_withheld", "case_teams", "late_reasons", "new_dates", "work_times"];

impl Claim {
    /// A dated fact.
    pub fn fact(at: Moment, kind: &str, happened_on: chrono::NaiveDate, corrects: Option<&str>) -> String {
        format!("{kind} on {happened_on}, recorded {at}, correcting {}", corrects.unwrap_or("nothing"))
    }

    /// How a case ended.
    #[must_use]
    pub fn ending(seq: i64, at: Moment, how: &str, code: Option<&str>) -> String {
        format!("{how} by entry {seq} at {at}, ground {}", code.unwrap_or("none"))
    }

    /// What was withheld.
    #[must_use]
    pub fn withheld(ending: i64, how: &str, code: &str, records: i64) -> String {
        format!("{records} records {how} under {code} by entry {ending}")
    }

    /// Whose case it is.
    #[must_use]
    pub fn team(at: Moment, team: &str) -> String {
        format!("given at {at} to {team}")
    }

    /// Why it is late.
    #[must_use]
    pub fn late_reason(at: Moment, reason: &str) -> String {
        format!("late because of {reason}, recorded {at}")
    }

    /// A new date.
    #[must_use]
    pub fn new_date(at: Moment, answer_by: chrono::NaiveDate, told_on: chrono::NaiveDate) -> String {
        format!("answer by {answer_by}, told on {told_on}, recorded {at}")
    }

    /// Staff time.
    #[must_use]
    pub fn work_time(at: Moment, worked_on: chrono::NaiveDate, minutes: i64) -> String {
        format!("{minutes} minutes on {worked_on}, recorded {at}")
    }
}

/// What `entry` claims; none if it claims nothing, or was written by a version that knows more.
#[must_use]
pub fn claim(entry: &Entry) -> Option<Claim> {
    let case = entry.case.clone()?;
    let event: Event = serde_json::from_str(&entry.detail).ok()?;
    let made = |table, says| Some(Claim { table, case: case.clone(), says, id: None });
    #[expect(clippy::wildcard_enum_match_arm, reason = "most events have no row beside them")]
    match event {
        Event::ClockFact { fact, happened_on, corrects, id } => {
            let says = Claim::fact(entry.at, &fact, happened_on, corrects.as_deref());
            Some(Claim { table: "clock_events", case, says, id })
        }
        Event::Moved { from, to, code, .. } if from.is_open() != to.is_open() => {
            let how = if to.is_open() { "reopened" } else { ended(to) };
            made("case_endings", Claim::ending(entry.seq, entry.at, how, code.as_deref()))
        }
        Event::Withheld { ending, how, code, records } => {
            made("case_withheld", Claim::withheld(ending, &how, &code, records))
        }
        Event::TeamGiven { team } => made("case_teams", Claim::team(entry.at, &team)),
        Event::LateReasonGiven { reason } => made("late_reasons", Claim::late_reason(entry.at, &reason)),
        Event::NewDateTold { answer_by, told_on } => made("new_dates", Claim::new_date(entry.at, answer_by, told_on)),
        Event::TimeLogged { worked_on, minutes } => made("work_times", Claim::work_time(entry.at, worked_on, minutes)),
        _ => None,
    }
}

fn ended(to: Stage) -> &'static str {
    match to {
        Stage::Refused => "refused",
        Stage::Withdrawn => "withdrawn",
        Stage::Lapsed => "lapsed",
        Stage::Released
        | Stage::Closed
        | Stage::AwaitingVerification
        | Stage::Verified
        | Stage::AwaitingClarification
        | Stage::Gathering
        | Stage::Review
        | Stage::AwaitingApproval
        | Stage::Approved => "released",
    }
}

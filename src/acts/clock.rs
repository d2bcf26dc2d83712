//! The clock of a case: its dated facts, and the due date that follows from them.

use chrono::NaiveDate;

use crate::audit::{Actor, Event};
use crate::base::Moment;
use crate::calendar::Holidays;
use crate::case::{CaseId, ReminderKind};
use crate::deadline::{Deadline, Fact, FactId, FactKind, Facts, Regime, compute, facts_as_known_at};
use crate::store::{
    CaseRow, ClockEventRow, Conn, StoreError, audit_append, clock_event_insert, clock_events, reminders_settle,
};

use super::desk::Desk;
use super::error::ActError;
use super::holidays::holidays;
use super::moving::By;

/// A fact to be written down.
#[derive(Debug, Clone, Copy)]
pub(super) struct Noted<'a> {
    /// What happened.
    pub(super) kind: FactKind,
    /// On which day.
    pub(super) happened_on: NaiveDate,
    /// Why it is written down, or what was said.
    pub(super) note: Option<&'a str>,
    /// The fact that it corrects.
    pub(super) corrects: Option<FactId>,
}

/// Writes down a fact and its audit event. The caller recomputes with [`reclock`].
pub(super) fn record_fact(
    conn: &mut Conn,
    case: CaseId,
    fact: Noted<'_>,
    by: &By,
    now: Moment,
) -> Result<FactId, ActError> {
    let id = FactId::new();
    let corrects = fact.corrects.map(|id| id.to_string());
    clock_event_insert(
        conn,
        ClockEventRow {
            id: id.to_string(),
            case_id: case.to_string(),
            kind: fact.kind.to_string(),
            happened_on: fact.happened_on,
            recorded_at: now.naive_utc(),
            recorded_by: by.actor.to_string(),
            note: fact.note.map(ToOwned::to_owned),
            corrects: corrects.clone(),
        },
    )?;
    let event = Event::ClockFact {
        fact: fact.kind.to_string(),
        happened_on: fact.happened_on,
        corrects,
        id: Some(id.to_string()),
    };
    audit_append(conn, now, &by.actor, Some(case), &event)?;
    Ok(id)
}

/// The facts of a case, as the law reads them.
pub(super) fn facts(conn: &mut Conn, case: CaseId) -> Result<Vec<Fact>, ActError> {
    clock_events(conn, case)?.iter().map(fact).collect()
}

/// A stored fact, as the law reads it.
pub(super) fn fact(row: &ClockEventRow) -> Result<Fact, ActError> {
    let unreadable = || StoreError::Query("a stored clock fact cannot be read".to_owned());
    Ok(Fact {
        id: row.id.parse().map_err(|_| unreadable())?,
        kind: row.kind.parse().map_err(|_| unreadable())?,
        happened_on: row.happened_on,
        recorded_at: Moment::from_naive_utc(row.recorded_at),
        corrects: row.corrects.as_deref().map(str::parse).transpose().map_err(|_| unreadable())?,
    })
}

/// Which knowledge a computation uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AsOf {
    /// All that is on record, also what another process, whose clock is ahead of ours, recorded.
    Now,
    /// What was known at a past moment, of the case and of the bank holidays.
    Then(Moment),
}

/// What was known of a case.
pub(super) fn known_facts(desk: &Desk, case: &CaseRow, facts: &[Fact], as_of: AsOf) -> Result<Option<Facts>, ActError> {
    let newest = || facts.iter().map(|fact| fact.recorded_at).max();
    let moment = match as_of {
        AsOf::Now => newest(),
        AsOf::Then(moment) => Some(moment),
    };
    let known = moment.map(|moment| facts_as_known_at(facts, moment));
    let right = case.right()?;
    Ok(known.and_then(|known| known.under(right, Regime::default(), desk.settings.division)))
}

/// The deadline that follows from what is or was known.
///
/// # Errors
/// [`ActError::Invalid`] if the case was not on record then; [`ActError::Refused`] if a date lies past the known bank
/// holidays.
pub(super) fn deadline_of(conn: &mut Conn, desk: &Desk, case: &CaseRow, as_of: AsOf) -> Result<Deadline, ActError> {
    let facts = facts(conn, case.case_id()?)?;
    let Some(known) = known_facts(desk, case, &facts, as_of)? else {
        return Err(match as_of {
            AsOf::Now => ActError::Broken("a case has no recorded receipt".to_owned()),
            AsOf::Then(_) => {
                ActError::field("at", "the case was not on record then: give a moment after it was logged")
            }
        });
    };
    computed(&known, &*holidays(conn, desk, as_of)?)
}

/// The deadline of these facts.
pub(super) fn computed(facts: &Facts, holidays: &Holidays) -> Result<Deadline, ActError> {
    compute(facts, holidays).map_err(|e| ActError::Refused(e.to_string()))
}

/// True if `case` does not carry what `deadline` says.
pub(super) fn differs(case: &CaseRow, deadline: &Deadline) -> bool {
    case.due_on != deadline.due
        || case.statutory_latest != deadline.statutory_latest
        || case.extension_notice_by != deadline.extension_notice_by
        || case.missed_on != deadline.missed_on
        || case.clock_state != deadline.state.as_str()
}

/// Recomputes the due date from the facts into `case`; a change is audited, and reminders of the old date are ticked off.
/// The caller keeps the row.
pub(super) fn reclock(conn: &mut Conn, desk: &Desk, case: &mut CaseRow, now: Moment) -> Result<Deadline, ActError> {
    let deadline = deadline_of(conn, desk, case, AsOf::Now)?;
    if case.due_on != deadline.due {
        let id = case.case_id()?;
        let event = Event::DueDateChanged { from: case.due_on, to: deadline.due };
        audit_append(conn, now, &Actor::System, Some(id), &event)?;
        reminders_settle(conn, id, &ReminderKind::OF_THE_CLOCK, None, &Actor::System.to_string(), now)?;
    }
    deadline.state.as_str().clone_into(&mut case.clock_state);
    case.due_on = deadline.due;
    case.statutory_latest = deadline.statutory_latest;
    case.extension_notice_by = deadline.extension_notice_by;
    case.missed_on = deadline.missed_on;
    Ok(deadline)
}

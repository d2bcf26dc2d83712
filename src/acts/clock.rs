//! The clock of a case: its dated facts, and the due date that follows from them.

use chrono::NaiveDate;

use crate::audit::{Actor, Event};
use crate::base::Moment;
use crate::case::CaseId;
use crate::deadline::{Deadline, Fact, FactId, FactKind, Regime, compute, facts_as_known_at};
use crate::store::{CaseRow, ClockEventRow, Conn, StoreError, audit_append, clock_event_insert, clock_events};

use super::desk::Desk;
use super::error::ActError;
use super::moving::By;

/// Writes down a fact and its audit event. The caller recomputes with [`reclock`].
pub(super) fn record_fact(
    conn: &mut Conn,
    case: CaseId,
    kind: FactKind,
    happened_on: NaiveDate,
    note: Option<&str>,
    by: &By,
    now: Moment,
) -> Result<(), ActError> {
    clock_event_insert(
        conn,
        ClockEventRow {
            id: FactId::new().to_string(),
            case_id: case.to_string(),
            kind: kind.to_string(),
            happened_on,
            recorded_at: now.naive_utc(),
            recorded_by: by.actor.to_string(),
            note: note.map(ToOwned::to_owned),
            corrects: None,
        },
    )?;
    audit_append(conn, now, &by.actor, Some(case), &Event::ClockFact { fact: kind.to_string(), happened_on })?;
    Ok(())
}

/// The facts of a case, as the law reads them.
pub(super) fn facts(conn: &mut Conn, case: CaseId) -> Result<Vec<Fact>, ActError> {
    let unreadable = |_| StoreError::Query("a stored clock fact cannot be read".to_owned());
    clock_events(conn, case)?
        .into_iter()
        .map(|row| {
            Ok(Fact {
                id: row.id.parse().map_err(|_| unreadable(()))?,
                kind: row.kind.parse().map_err(|_| unreadable(()))?,
                happened_on: row.happened_on,
                recorded_at: Moment::from_naive_utc(row.recorded_at),
                corrects: row.corrects.map(|id| id.parse()).transpose().map_err(|_| unreadable(()))?,
            })
        })
        .collect()
}

/// The deadline that follows from the facts known at `moment`.
pub(super) fn deadline_at(conn: &mut Conn, desk: &Desk, case: &CaseRow, moment: Moment) -> Result<Deadline, ActError> {
    let known = facts_as_known_at(&facts(conn, case.case_id()?)?, moment);
    let facts = known
        .under(case.right()?, Regime::default(), desk.settings.division)
        .ok_or_else(|| ActError::Broken("a case has no recorded receipt".to_owned()))?;
    compute(&facts, &desk.settings.holidays).map_err(|e| ActError::Refused(e.to_string()))
}

/// Recomputes the due date from the facts into `case`; a change is audited. The caller keeps the row.
pub(super) fn reclock(conn: &mut Conn, desk: &Desk, case: &mut CaseRow, now: Moment) -> Result<Deadline, ActError> {
    let deadline = deadline_at(conn, desk, case, now)?;
    if case.due_on != deadline.due {
        let event = Event::DueDateChanged { from: case.due_on, to: deadline.due };
        audit_append(conn, now, &Actor::System, Some(case.case_id()?), &event)?;
    }
    deadline.state.as_str().clone_into(&mut case.clock_state);
    case.due_on = deadline.due;
    case.statutory_latest = deadline.statutory_latest;
    case.extension_notice_by = deadline.extension_notice_by;
    Ok(deadline)
}

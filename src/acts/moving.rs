//! Taking a move of the transition table: the one way in which a case's stage changes.

use crate::audit::{Actor, Event};
use crate::base::Moment;
use crate::case::{CaseId, Move, ReminderKind, step_back_to};
use crate::store::{CaseRow, Conn, audit_append_numbered, case_for_change, case_update, reminders_settle};

use super::endings::note_ending;
use super::error::ActError;

/// Who does something to a case, and on which version of it.
#[derive(Debug, Clone)]
pub struct By {
    /// Who.
    pub actor: Actor,
    /// The version they saw; none where a race cannot hurt (jobs hold a lease, the requester moves forward only).
    pub version: Option<i64>,
}

impl By {
    /// The program itself.
    #[must_use]
    pub fn system() -> Self {
        Self { actor: Actor::System, version: None }
    }

    /// The requester.
    #[must_use]
    pub fn requester() -> Self {
        Self { actor: Actor::Requester, version: None }
    }

    /// The member of staff.
    ///
    /// # Errors
    /// [`ActError::Broken`] if it is not one: only staff reach the acts that ask.
    pub(super) fn staff_id(&self) -> Result<&str, ActError> {
        match &self.actor {
            Actor::Staff(id) => Ok(id),
            Actor::Requester | Actor::System | Actor::Operator => {
                Err(ActError::Broken("an act for staff was called by another actor".to_owned()))
            }
        }
    }

    /// A member of staff who does something that is no change of a case.
    #[must_use]
    pub fn staff_only(id: &str) -> Self {
        Self { actor: Actor::Staff(id.to_owned()), version: None }
    }

    /// A member of staff who saw `version`.
    #[must_use]
    pub fn staff(id: &str, version: i64) -> Self {
        Self { actor: Actor::Staff(id.to_owned()), version: Some(version) }
    }
}

/// Loads a case for a change by `by`, in a writing transaction; nobody else changes it until that ends.
///
/// # Errors
/// [`ActError::Stale`] if it is not the version they saw, [`ActError::Missing`] if there is none.
pub(super) fn load(conn: &mut Conn, id: CaseId, by: &By) -> Result<CaseRow, ActError> {
    seen(case_for_change(conn, id)?, by)
}

/// The case, if it is the version that `by` saw.
///
/// # Errors
/// [`ActError::Stale`] if it is not.
pub(super) fn seen(case: CaseRow, by: &By) -> Result<CaseRow, ActError> {
    match by.version {
        Some(seen) if seen != case.version => Err(ActError::Stale("case")),
        _ => Ok(case),
    }
}

/// Takes `action`: changes the stage as the table says, keeps the row, writes the audit event.
///
/// # Errors
/// [`ActError::Refused`] if the table does not allow it, [`ActError::Stale`] if somebody was faster.
pub(super) fn take(
    conn: &mut Conn,
    case: CaseRow,
    action: Move,
    by: &By,
    reason: Option<&str>,
    now: Moment,
) -> Result<CaseRow, ActError> {
    take_on_ground(conn, case, action, by, reason, None, now)
}

/// The same for a refusal: `code` is its ground, as the code of an exemption.
pub(super) fn take_on_ground(
    conn: &mut Conn,
    mut case: CaseRow,
    action: Move,
    by: &By,
    reason: Option<&str>,
    code: Option<&str>,
    now: Moment,
) -> Result<CaseRow, ActError> {
    let from = case.stage()?;
    let to = step_back_to(from, action, case.lapsed_from()?)?;
    to.as_str().clone_into(&mut case.stage);
    if !to.is_open() && from.is_open() && !matches!(action, Move::Release | Move::Answer) {
        case.closed_at = Some(now.naive_utc());
    }
    if to.is_open() && !from.is_open() {
        case.closed_at = None;
    }
    if action == Move::Lapse {
        case.lapsed_from = Some(from.to_string());
    }
    if action == Move::Reopen {
        case.lapsed_from = None;
        case.reopened_on = Some(now.london_date());
    }
    let id = case.case_id()?;
    if !to.is_open() {
        reminders_settle(conn, id, ReminderKind::ALL, None, &Actor::System.to_string(), now)?;
    }
    let case = case_update(conn, case, now)?;
    let event =
        Event::Moved { action, from, to, reason: reason.map(ToOwned::to_owned), code: code.map(ToOwned::to_owned) };
    let seq = audit_append_numbered(conn, now, &by.actor, Some(id), &event)?;
    if from.is_open() != to.is_open() {
        note_ending(conn, id, seq, to, code, now)?;
    }
    Ok(case)
}

//! Reminders to staff: made once each, listed, ticked off.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::audit::{Actor, Event};
use crate::base::Moment;
use crate::case::{CaseId, ReminderId, ReminderKind, Stage};
use crate::store::{
    CaseRow, Conn, ReminderScope, audit_append, reminder_by_id, reminder_done as tick_off, reminder_insert,
    reminders_open, reminders_settle, staff_of_role,
};

use super::desk::Desk;
use super::error::ActError;
use super::queue::Job;
use super::staff::Staff;

/// To whom a reminder goes. The address is looked up when it is sent, so that the queue holds none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "to")]
pub enum ReminderTo {
    /// Whoever has the case when it is sent; the team, if nobody has.
    Assignee,
    /// One of the configured addresses for escalations, counted from 0.
    Escalation {
        /// Which.
        number: usize,
    },
    /// A member of staff.
    Staff {
        /// Their identifier.
        id: String,
    },
}

/// An open reminder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ReminderView {
    /// Its identifier.
    #[schema(value_type = String, format = Uuid)]
    pub id: String,
    /// What it is of.
    pub kind: ReminderKind,
    /// The date that it is about.
    pub about_on: NaiveDate,
    /// The case's identifier.
    pub case: String,
    /// What people quote.
    pub reference: String,
    /// Where the case stands.
    pub stage: Stage,
    /// When the case is due.
    pub due_on: Option<NaiveDate>,
    /// Who has the case; null if nobody has.
    pub assignee: Option<String>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Moment,
}

/// Makes a reminder to staff, once for its kind and date, and queues its e-mails in the same transaction. False if there
/// was one. An earlier one of the same kind is ticked off: the new date takes its place.
pub(super) fn remind(
    conn: &mut Conn,
    desk: &Desk,
    case: &CaseRow,
    kind: ReminderKind,
    about_on: NaiveDate,
    now: Moment,
) -> Result<bool, ActError> {
    let (id, case_id) = (ReminderId::new(), case.case_id()?);
    if !reminder_insert(conn, id, case_id, kind, about_on, None, now)? {
        return Ok(false);
    }
    reminders_settle(conn, case_id, &[kind], Some(id), &Actor::System.to_string(), now)?;
    audit_append(conn, now, &Actor::System, Some(case_id), &Event::ReminderMade { reminder: kind, about_on })?;
    for to in recipients(conn, desk, case, kind)? {
        Job::SendReminder { case: case_id, reminder: id, to }.enqueue(conn, None, now)?;
    }
    Ok(true)
}

/// Whoever has the case, and of an overdue one those who answer for it: the configured addresses, or every approver.
fn recipients(conn: &mut Conn, desk: &Desk, case: &CaseRow, kind: ReminderKind) -> Result<Vec<ReminderTo>, ActError> {
    let mut all = vec![ReminderTo::Assignee];
    if kind == ReminderKind::Overdue {
        let configured = desk.settings.clock.escalation_emails.len();
        if configured > 0 {
            all.extend((0..configured).map(|number| ReminderTo::Escalation { number }));
        } else {
            let approvers = staff_of_role(conn, Role::Approver)?.into_iter().map(|row| row.id);
            let others = approvers.filter(|id| case.assignee_id.as_ref() != Some(id));
            all.extend(others.map(|id| ReminderTo::Staff { id }));
        }
    }
    Ok(all)
}

/// Open reminders: of the cases that `staff` has and of those that nobody has, or everybody's.
///
/// # Errors
/// [`ActError`] of the store.
pub fn reminders_list(
    desk: &Desk,
    staff: &Staff,
    everybody: bool,
    after: Option<ReminderId>,
    limit: i64,
) -> Result<Vec<ReminderView>, ActError> {
    let scope = if everybody { ReminderScope::All } else { ReminderScope::For(staff.id.clone()) };
    desk.store.read(|conn| {
        reminders_open(conn, &ReminderKind::FOR_STAFF, &scope, after, limit)?
            .into_iter()
            .map(|(reminder, case)| {
                Ok(ReminderView {
                    kind: reminder.kind()?,
                    id: reminder.id,
                    about_on: reminder.about_on,
                    stage: case.stage()?,
                    case: case.id,
                    reference: case.reference,
                    due_on: case.due_on,
                    assignee: case.assignee_id,
                    made_at: Moment::from_naive_utc(reminder.made_at),
                })
            })
            .collect()
    })
}

/// Ticks off a reminder, for everybody.
///
/// # Errors
/// [`ActError::Missing`] if there is no such reminder to staff; [`ActError::Refused`] if it was ticked off before.
pub fn reminder_done(desk: &Desk, id: ReminderId, staff: &Staff) -> Result<(), ActError> {
    let now = desk.now();
    let actor = Actor::Staff(staff.id.clone());
    desk.store.write(|conn| {
        let row = reminder_by_id(conn, id)?;
        let (kind, case): (ReminderKind, CaseId) = (row.kind()?, row.case()?);
        if !kind.is_for_staff() {
            return Err(ActError::Missing("reminder"));
        }
        if !tick_off(conn, id, &actor.to_string(), now)? {
            return Err(ActError::Refused("this reminder was ticked off before".to_owned()));
        }
        let event = Event::ReminderDone { reminder: kind, about_on: row.about_on };
        Ok(audit_append(conn, now, &actor, Some(case), &event)?)
    })
}

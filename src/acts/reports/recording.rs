//! What the reports count besides the clock: whose case it is, why it is late, and the hours that went into it. Nothing is
//! edited: a later entry stands in place of an earlier one.

use chrono::NaiveDate;
use serde::Serialize;

use super::super::desk::Desk;
use super::super::error::ActError;
use super::super::moving::{By, load};
use crate::audit::{Actor, Event};
use crate::base::{Moment, one_line};
use crate::case::CaseId;
use crate::report::LateReason;
use crate::store::{
    CaseRow, StoreError, WorkTimeRow, audit_append, case_by_id, case_update, late_reason_insert, new_date_insert,
    team_insert, team_of, work_time_insert, work_times_of,
};

/// The longest a team may be called, in characters.
const LONGEST_TEAM: usize = 100;
/// The minutes of a day: nobody works more on one.
const MOST_MINUTES: i64 = 24 * 60;

/// Gives a case to a team.
///
/// # Errors
/// [`ActError::Invalid`] if it has no name.
pub fn give_team(desk: &Desk, id: CaseId, team: &str, by: &By) -> Result<CaseRow, ActError> {
    let team = one_line(team);
    if team.is_empty() || crate::base::char_count(&team) > LONGEST_TEAM {
        return Err(ActError::field("team", format!("write the team's name in 1 to {LONGEST_TEAM} characters")));
    }
    let now = desk.now();
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        team_insert(conn, id, &team, now, &by.actor.to_string())?;
        let case = case_update(conn, case, now)?;
        audit_append(conn, now, &by.actor, Some(id), &Event::TeamGiven { team })?;
        Ok(case)
    })
}

/// The team that has a case.
///
/// # Errors
/// [`ActError`] of the store.
pub fn case_team(desk: &Desk, id: CaseId) -> Result<String, ActError> {
    let team = desk.store.read(|conn| -> Result<_, ActError> { Ok(team_of(conn, id)?) })?;
    Ok(team.unwrap_or_else(|| desk.settings.reports.default_team.clone()))
}

/// Records why a case is or was late.
///
/// # Errors
/// [`ActError::Invalid`] if something else is the reason and the note does not say what.
pub fn record_late_reason(
    desk: &Desk,
    id: CaseId,
    reason: LateReason,
    note: Option<&str>,
    by: &By,
) -> Result<CaseRow, ActError> {
    if reason == LateReason::Other && note.is_none() {
        return Err(ActError::field("note", "this field is missing: say what the reason is"));
    }
    let now = desk.now();
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        late_reason_insert(conn, id, reason, note, now, &by.actor.to_string())?;
        let case = case_update(conn, case, now)?;
        audit_append(conn, now, &by.actor, Some(id), &Event::LateReasonGiven { reason: reason.to_string() })?;
        Ok(case)
    })
}

/// Notes that the requester of a case was told a new date by which they will be answered. It moves no deadline: the report
/// of open cases shows it beside the date that was missed.
///
/// # Errors
/// [`ActError::Invalid`] naming the field; [`ActError::Refused`] if the case is closed.
pub fn tell_new_date(
    desk: &Desk,
    id: CaseId,
    answer_by: NaiveDate,
    told_on: Option<NaiveDate>,
    by: &By,
) -> Result<CaseRow, ActError> {
    let now = desk.now();
    let today = now.london_date();
    let told_on = told_on.unwrap_or(today);
    if told_on > today {
        return Err(ActError::field("told_on", "the date is in the future: give the day on which they were told"));
    }
    if answer_by < told_on {
        return Err(ActError::field("answer_by", "the date is before they were told: give the day promised to them"));
    }
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        if !case.stage()?.is_open() {
            return Err(ActError::Refused("the case is closed: there is nothing left to promise".to_owned()));
        }
        new_date_insert(conn, id, answer_by, told_on, now, &by.actor.to_string())?;
        let case = case_update(conn, case, now)?;
        audit_append(conn, now, &by.actor, Some(id), &Event::NewDateTold { answer_by, told_on })?;
        Ok(case)
    })
}

/// Time to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWorkTime {
    /// The day of the work; may be left out of an entry that takes another back.
    pub worked_on: Option<NaiveDate>,
    /// Minutes; may be left out of an entry that takes another back.
    pub minutes: Option<i64>,
    /// The entry that this one takes back.
    pub corrects: Option<String>,
}

/// An entry of staff time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct WorkTimeView {
    /// Its identifier, by which a later one takes it back.
    #[schema(value_type = String, format = Uuid)]
    pub id: String,
    /// The day of the work.
    pub worked_on: NaiveDate,
    /// Minutes; below zero in an entry that takes another back.
    pub minutes: i64,
    /// The entry that it takes back.
    pub corrects: Option<String>,
    /// When it was written down.
    #[schema(value_type = String, format = DateTime)]
    pub recorded_at: Moment,
    /// By whom.
    pub recorded_by: String,
}

impl From<WorkTimeRow> for WorkTimeView {
    fn from(row: WorkTimeRow) -> Self {
        Self {
            id: row.id,
            worked_on: row.worked_on,
            minutes: row.minutes,
            corrects: row.corrects,
            recorded_at: Moment::from_naive_utc(row.recorded_at),
            recorded_by: row.recorded_by,
        }
    }
}

/// Records staff time on a case, or takes an entry back.
///
/// # Errors
/// [`ActError::Invalid`] naming the field.
pub fn log_work_time(desk: &Desk, id: CaseId, new: &NewWorkTime, staff: &str) -> Result<WorkTimeView, ActError> {
    let now = desk.now();
    let actor = Actor::Staff(staff.to_owned());
    desk.store.write(|conn| {
        case_by_id(conn, id)?;
        let (worked_on, minutes) = match &new.corrects {
            None => entry(new, now)?,
            Some(earlier) => {
                let all = work_times_of(conn, id)?;
                let found = all.iter().find(|row| row.id == *earlier && row.corrects.is_none()).ok_or_else(|| {
                    ActError::field("corrects", "this case has no entry with this identifier that can be taken back")
                })?;
                (found.worked_on, -found.minutes)
            }
        };
        let row = WorkTimeRow {
            id: uuid::Uuid::now_v7().to_string(),
            case_id: id.to_string(),
            worked_on,
            minutes,
            corrects: new.corrects.clone(),
            recorded_at: now.naive_utc(),
            recorded_by: actor.to_string(),
        };
        work_time_insert(conn, row.clone()).map_err(|error| {
            if matches!(error, StoreError::Conflict(_)) {
                ActError::field("corrects", "this entry was taken back before")
            } else {
                error.into()
            }
        })?;
        audit_append(conn, now, &actor, Some(id), &Event::TimeLogged { worked_on, minutes })?;
        Ok(row.into())
    })
}

fn entry(new: &NewWorkTime, now: Moment) -> Result<(NaiveDate, i64), ActError> {
    let Some(worked_on) = new.worked_on.filter(|on| *on <= now.london_date()) else {
        return Err(ActError::field("worked_on", "give the day of the work: today or a past day"));
    };
    match new.minutes {
        Some(minutes) if (1..=MOST_MINUTES).contains(&minutes) => Ok((worked_on, minutes)),
        _ => Err(ActError::field("minutes", format!("give the minutes worked, 1 to {MOST_MINUTES}"))),
    }
}

/// The staff time of a case, in the order it was written down.
///
/// # Errors
/// [`ActError::Missing`].
pub fn work_times(desk: &Desk, id: CaseId) -> Result<Vec<WorkTimeView>, ActError> {
    desk.store.read(|conn| {
        case_by_id(conn, id)?;
        Ok(work_times_of(conn, id)?.into_iter().map(WorkTimeView::from).collect())
    })
}

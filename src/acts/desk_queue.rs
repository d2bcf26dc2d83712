//! The queue as the desk shows it: a page of cases with how urgent each is and whom it waits for, the counts above it, and
//! taking or giving several cases at once.

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};

use crate::access::{Action, may};
use crate::audit::{Actor, Event};
use crate::base::i64_from;
use crate::case::{AMBER_DAYS, CaseId, Light, RED_DAYS, Stage, Standing, WaitsFor};
use crate::store::{
    CaseRow, QueueFilter, QueuePlace, StaffRow, Whose, audit_append, queue_count, queue_page as page, staff_all,
};

use super::desk::Desk;
use super::error::ActError;
use super::moving::By;
use super::triage::assign;

/// A case in the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueCase {
    /// The case's identifier.
    pub id: String,
    /// What people quote.
    pub reference: String,
    /// Which right, as its word.
    pub right: String,
    /// Where it stands.
    pub stage: Stage,
    /// How it came, as its word.
    pub channel: String,
    /// When it arrived.
    pub received_on: NaiveDate,
    /// The data subject.
    pub subject_name: String,
    /// By when it is answered.
    pub due_on: Option<NaiveDate>,
    /// How urgent it is.
    pub light: Light,
    /// In how many days it is due; below zero if that day has passed.
    pub days: Option<i64>,
    /// Who has to act.
    pub waits_for: WaitsFor,
    /// Who works on it, by the name that colleagues see.
    pub assignee: Option<String>,
    /// Counts the changes.
    pub version: i64,
}

/// A page of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuePage {
    /// Oldest due date first.
    pub cases: Vec<QueueCase>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// How many cases the filter takes.
    pub found: i64,
}

/// What is counted above the queue: open cases only.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QueueCounts {
    /// All of them.
    pub open: i64,
    /// Overdue.
    pub overdue: i64,
    /// Due within [`RED_DAYS`].
    pub red: i64,
    /// Due within [`AMBER_DAYS`], but not within [`RED_DAYS`].
    pub amber: i64,
    /// Given to nobody.
    pub unassigned: i64,
    /// Of the member of staff who asks.
    pub mine: i64,
    /// Waiting for a second person.
    pub approval: i64,
}

/// A member of staff, for lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// Their identifier.
    pub id: String,
    /// What they sign in with.
    pub username: String,
    /// What colleagues see.
    pub display_name: String,
    /// True if they may work on cases, and have not left.
    pub works: bool,
}

/// The names of colleagues by identifier.
pub(super) fn names(staff: &[StaffRow]) -> HashMap<&str, &str> {
    staff.iter().map(|row| (row.id.as_str(), row.display_name.as_str())).collect()
}

/// Everybody who ever worked here, by name.
///
/// # Errors
/// [`ActError`] of the store.
pub fn colleagues(desk: &Desk) -> Result<Vec<Colleague>, ActError> {
    let rows = desk.store.read(|conn| -> Result<_, ActError> { Ok(staff_all(conn)?) })?;
    rows.into_iter()
        .map(|row| {
            let works = row.disabled_at.is_none() && may(row.role()?, Action::WorkCases);
            Ok(Colleague { id: row.id, username: row.username, display_name: row.display_name, works })
        })
        .collect()
}

/// A filter that takes the cases with this light on `today`.
#[must_use]
pub fn lit(light: Light, today: NaiveDate, filter: QueueFilter) -> QueueFilter {
    let after = |days: i64| Some(today + TimeDelta::days(days));
    match light {
        Light::Overdue => QueueFilter { overdue_on: Some(today), ..filter },
        Light::Red => QueueFilter { due_from: Some(today), due_until: after(RED_DAYS), ..filter },
        Light::Amber => QueueFilter { due_from: after(RED_DAYS + 1), due_until: after(AMBER_DAYS), ..filter },
        Light::Green => QueueFilter { due_from: after(AMBER_DAYS + 1), ..filter },
        Light::Paused => QueueFilter { undated: true, ..filter },
        Light::Done => filter,
    }
}

/// The stages at which an answer is owed.
#[must_use]
pub fn open_stages() -> Vec<Stage> {
    Stage::ALL.iter().copied().filter(|stage| stage.is_open()).collect()
}

/// A page of the queue after the place `after`, which came as `next` of the page before.
///
/// # Errors
/// [`ActError::Invalid`] if `after` is none of ours.
pub fn queue_page(desk: &Desk, filter: &QueueFilter, after: Option<&str>, limit: i64) -> Result<QueuePage, ActError> {
    let place = after.map(place).transpose()?;
    let today = desk.clock.today();
    desk.store.read(|conn| {
        let mut rows = page(conn, filter, place.as_ref(), limit + 1)?;
        let more = i64_from(rows.len()) > limit;
        if more {
            rows.pop();
        }
        let next = rows.last().filter(|_| more).map(|row| {
            let due = row.due_on.map_or_else(|| "none".to_owned(), |due| due.to_string());
            format!("{due}.{}", row.id)
        });
        let found = queue_count(conn, filter)?;
        let staff = staff_all(conn)?;
        let names = names(&staff);
        let cases = rows.into_iter().map(|row| shown(row, today, &names)).collect::<Result<_, ActError>>()?;
        Ok(QueuePage { cases, next, found })
    })
}

fn place(text: &str) -> Result<QueuePlace, ActError> {
    let wrong = || ActError::field("after", "this is no place in the queue: begin at its first page");
    let (due, id) = text.split_once('.').ok_or_else(wrong)?;
    let due_on = match due {
        "none" => None,
        date => Some(crate::base::parse_date(date).map_err(|_| wrong())?),
    };
    Ok(QueuePlace { due_on, id: id.parse::<CaseId>().map_err(|_| wrong())? })
}

fn shown(row: CaseRow, today: NaiveDate, names: &HashMap<&str, &str>) -> Result<QueueCase, ActError> {
    let stage = row.stage()?;
    let (light, days) = Standing { stage, due_on: row.due_on, missed: row.missed_on.is_some() }.light(today);
    Ok(QueueCase {
        stage,
        light,
        days,
        waits_for: WaitsFor::of(stage),
        assignee: row.assignee_id.as_deref().map(|id| names.get(id).copied().unwrap_or("somebody else").to_owned()),
        id: row.id,
        reference: row.reference,
        right: row.right_asked,
        channel: row.channel,
        received_on: row.received_on,
        subject_name: row.subject_name,
        due_on: row.due_on,
        version: row.version,
    })
}

/// The counts above the queue, for the member of staff `staff`.
///
/// # Errors
/// [`ActError`] of the store.
pub fn queue_counts(desk: &Desk, staff: &str) -> Result<QueueCounts, ActError> {
    let today = desk.clock.today();
    let open = || QueueFilter { stages: open_stages(), ..QueueFilter::default() };
    desk.store.read(|conn| {
        let mut count = |filter: QueueFilter| queue_count(conn, &filter);
        Ok(QueueCounts {
            open: count(open())?,
            overdue: count(lit(Light::Overdue, today, open()))?,
            red: count(lit(Light::Red, today, open()))?,
            amber: count(lit(Light::Amber, today, open()))?,
            unassigned: count(QueueFilter { whose: Some(Whose::Nobody), ..open() })?,
            mine: count(QueueFilter { whose: Some(Whose::Of(staff.to_owned())), ..open() })?,
            approval: count(QueueFilter { stages: WaitsFor::Approver.stages(), ..QueueFilter::default() })?,
        })
    })
}

/// What became of giving several cases to somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// Given.
    pub given: usize,
    /// The others, by identifier, each with why not.
    pub refused: Vec<(String, String)>,
}

/// Gives each of these cases, as it was seen, to the member of staff called `username`. Each is a step of its own: what
/// somebody else changed in the meantime stays as it is, and is named.
///
/// # Errors
/// [`ActError::Invalid`] if nobody has that name.
pub fn assign_many(desk: &Desk, cases: &[(CaseId, i64)], username: &str, staff: &str) -> Result<Given, ActError> {
    let mut given = Given::default();
    for (id, version) in cases {
        match assign(desk, *id, username, &By::staff(staff, *version)) {
            Ok(_) => given.given += 1,
            Err(error @ (ActError::Invalid(_) | ActError::Busy | ActError::Broken(_))) => return Err(error),
            Err(
                error @ (ActError::Refused(_)
                | ActError::Unauthenticated(_)
                | ActError::Forbidden(_)
                | ActError::Missing(_)
                | ActError::Gone(_)
                | ActError::Stale(_)
                | ActError::TooMany(_)),
            ) => given.refused.push((id.to_string(), error.to_string())),
        }
    }
    Ok(given)
}

/// Calls `each` with every case that the filter takes, in the order of the queue. That the list was taken out is written
/// down.
///
/// # Errors
/// [`ActError`] of the store.
pub fn queue_export(
    desk: &Desk,
    filter: &QueueFilter,
    staff: &str,
    each: &mut dyn FnMut(&QueueCase),
) -> Result<(), ActError> {
    const AT_ONCE: i64 = 1_000;
    let now = desk.now();
    let event = Event::ReportMade {
        report: "queue".to_owned(),
        from: None,
        to: None,
        as_at: now.london_date(),
        format: "csv".to_owned(),
    };
    desk.store.write(|conn| -> Result<(), ActError> {
        Ok(audit_append(conn, now, &Actor::Staff(staff.to_owned()), None, &event)?)
    })?;
    let mut after = None;
    loop {
        let page = queue_page(desk, filter, after.as_deref(), AT_ONCE)?;
        page.cases.iter().for_each(&mut *each);
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(()),
        }
    }
}

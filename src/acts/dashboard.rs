//! The dashboard: what is due, who has how much, and how it goes, in numbers.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate, TimeDelta};

use crate::base::Moment;
use crate::case::{Light, Standing, WaitsFor};
use crate::store::{answered_since, open_cases, received_since, staff_all};

use super::desk::Desk;
use super::desk_queue::names;
use super::error::ActError;

/// Days ahead that are shown.
const DAYS: i64 = 14;
/// Months back that are shown.
const MONTHS: u32 = 6;

/// The dashboard.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dashboard {
    /// Open cases.
    pub open: u64,
    /// Overdue.
    pub overdue: u64,
    /// Due on each of the next days, today first.
    pub due: Vec<(NaiveDate, u64)>,
    /// Due in the next seven days, today among them.
    pub this_week: u64,
    /// By caseworker, those with most first: name, open, overdue.
    pub load: Vec<(String, u64, u64)>,
    /// By whom open cases wait for.
    pub waiting: Vec<(WaitsFor, u64)>,
    /// By month, oldest first: its first day, received, answered.
    pub trend: Vec<(NaiveDate, u64, u64)>,
}

/// The numbers of today.
///
/// # Errors
/// [`ActError`] of the store.
pub fn dashboard(desk: &Desk) -> Result<Dashboard, ActError> {
    let today = desk.clock.today();
    let first = today.with_day(1).and_then(|month| month.checked_sub_months(Months::new(MONTHS - 1))).unwrap_or(today);
    let (open, staff, received, answered) = desk.store.read(|conn| -> Result<_, ActError> {
        Ok((open_cases(conn)?, staff_all(conn)?, received_since(conn, first)?, answered_since(conn, first)?))
    })?;
    let names = names(&staff);
    let mut view = Dashboard {
        due: (0..DAYS).map(|day| (today + TimeDelta::days(day), 0)).collect(),
        trend: (0..MONTHS).filter_map(|n| Some((first.checked_add_months(Months::new(n))?, 0, 0))).collect(),
        ..Dashboard::default()
    };
    let mut load: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let mut waiting: BTreeMap<WaitsFor, u64> = BTreeMap::new();
    for case in open {
        let stage = case.stage()?;
        let (light, _) = Standing { stage, due_on: case.due_on, missed: case.missed_on.is_some() }.light(today);
        let late = u64::from(light == Light::Overdue);
        view.open += 1;
        view.overdue += late;
        *waiting.entry(WaitsFor::of(stage)).or_default() += 1;
        let who =
            case.assignee_id.as_deref().map_or("Nobody yet", |id| names.get(id).copied().unwrap_or("Somebody else"));
        let own = load.entry(who.to_owned()).or_default();
        own.0 += 1;
        own.1 += late;
        if let Some(day) = view.due.iter_mut().find(|(day, _)| Some(*day) == case.due_on) {
            day.1 += 1;
        }
    }
    view.this_week = view.due.iter().take(7).map(|(_, count)| count).sum();
    view.load = load.into_iter().map(|(name, (open, late))| (name, open, late)).collect();
    view.load.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    view.waiting = waiting.into_iter().collect();
    let month = |date: NaiveDate| (date.year(), date.month());
    for date in received {
        if let Some(row) = view.trend.iter_mut().find(|(first, _, _)| month(*first) == month(date)) {
            row.1 += 1;
        }
    }
    for at in answered {
        let date = Moment::from_naive_utc(at).london_date();
        if let Some(row) = view.trend.iter_mut().find(|(first, _, _)| month(*first) == month(date)) {
            row.2 += 1;
        }
    }
    Ok(view)
}

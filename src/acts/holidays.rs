//! The bank holidays that count: those built in, with every stored change that was not taken back. A day is taken back by
//! rebuilding without it, so that what a file had said of it before comes to light again.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::audit::{Actor, Event};
use crate::base::{Moment, u64_from};
use crate::calendar::{Change, Division, HolidayChange, HolidayFile, Holidays};
use crate::store::{
    Conn, HolidayChangeRow, audit_append, holiday_change_by_id, holiday_change_insert, holiday_changes,
    holiday_changes_in_force,
};

use super::clock::AsOf;
use super::desk::Desk;
use super::error::ActError;
use super::queue::Job;

crate::id!(HolidayChangeId, "a change of the bank holidays");

/// No day is proclaimed further away than this: a typing error in a year would stay unseen for as long.
const FURTHEST_YEARS: i32 = 10;

/// The bank holidays as they were last built, with the changes they were built from. Another process may change them at
/// any time, so the list of changes is read with each use, and only the building is saved.
#[derive(Debug, Default)]
pub struct KnownHolidays(Mutex<Option<(Vec<String>, Arc<Holidays>)>>);

/// What a change did.
#[derive(Debug, Clone)]
pub struct Changed {
    /// The change.
    pub id: HolidayChangeId,
    /// Which days became or ceased to be bank holidays.
    pub days: Vec<HolidayChange>,
}

/// A change as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListedChange {
    /// Its identifier.
    pub id: String,
    /// `imported`, `proclaimed` or `taken_back`.
    pub how: String,
    /// Where, of a proclaimed day.
    pub division: Option<String>,
    /// Which day was proclaimed.
    pub date: Option<NaiveDate>,
    /// What it is called.
    pub title: Option<String>,
    /// The change that this one takes back.
    pub undoes: Option<String>,
    /// True while it counts.
    pub in_force: bool,
    /// When it was made.
    pub made_at: Moment,
    /// By whom.
    pub made_by: String,
    /// When all open cases had been recomputed; null while that goes on.
    pub recomputed_at: Option<Moment>,
}

/// All changes, and what is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedChanges {
    /// Oldest first.
    pub changes: Vec<ListedChange>,
    /// The first and last year known of the division that was asked about.
    pub known_years: Option<(i32, i32)>,
}

/// The bank holidays that count, or counted at a past moment.
pub(super) fn holidays(conn: &mut Conn, desk: &Desk, as_of: AsOf) -> Result<Arc<Holidays>, ActError> {
    let moment = match as_of {
        AsOf::Now => None,
        AsOf::Then(moment) => Some(moment),
    };
    let changes = holiday_changes_in_force(conn, moment)?;
    let known = || desk.holidays.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((of, holidays)) = known().as_ref()
        && *of == changes
    {
        return Ok(Arc::clone(holidays));
    }
    let built = Arc::new(build(conn, &changes)?);
    *known() = Some((changes, Arc::clone(&built)));
    Ok(built)
}

fn build(conn: &mut Conn, changes: &[String]) -> Result<Holidays, ActError> {
    let broken = || ActError::Broken("a stored change of the bank holidays cannot be read".to_owned());
    let mut holidays = Holidays::embedded();
    for id in changes {
        let row = holiday_change_by_id(conn, id)?;
        holidays = match (row.file, row.division, row.holiday_on, row.title) {
            (Some(text), ..) => holidays.with_file(&HolidayFile::parse(&text).map_err(|_| broken())?),
            (None, Some(division), Some(date), Some(title)) => {
                holidays.with_proclaimed(division.parse().map_err(|_| broken())?, date, &title)
            }
            _ => return Err(broken()),
        };
    }
    Ok(holidays)
}

/// Takes a newer file in GOV.UK's format. The open cases are recomputed by a job, or at once with
/// [`recompute`](super::recompute::recompute).
///
/// # Errors
/// [`ActError::Invalid`] if the file cannot be read; [`ActError::Refused`] if it says nothing new.
pub fn holidays_import(desk: &Desk, text: &str, actor: &Actor) -> Result<Changed, ActError> {
    HolidayFile::parse(text).map_err(|e| ActError::field("file", e.to_string()))?;
    change(desk, actor, |_| Ok(Made { file: Some(text.to_owned()), ..Made::new("imported") }))
}

/// Takes one more day, proclaimed for a division.
///
/// # Errors
/// [`ActError::Refused`] if it is a bank holiday already.
pub fn holiday_proclaim(
    desk: &Desk,
    division: Division,
    date: NaiveDate,
    title: &str,
    actor: &Actor,
) -> Result<Changed, ActError> {
    if crate::base::is_blank(title) {
        return Err(ActError::field("title", "say what the day is called, for example \"Day of mourning\""));
    }
    if (date.year() - desk.clock.today().year()).abs() > FURTHEST_YEARS {
        return Err(ActError::field(
            "date",
            format!("{date} is more than {FURTHEST_YEARS} years away: check the year"),
        ));
    }
    change(desk, actor, |conn| {
        if let Some(name) = holidays(conn, desk, AsOf::Now)?.title(division, date) {
            return Err(ActError::Refused(format!("{date} is a bank holiday already ({name}): nothing was changed")));
        }
        let day = (division, date, crate::base::one_line(title));
        Ok(Made { day: Some(day), ..Made::new("proclaimed") })
    })
}

/// Takes back a proclaimed day.
///
/// # Errors
/// [`ActError::Refused`] if that day was not added by hand.
pub fn holiday_take_back(desk: &Desk, division: Division, date: NaiveDate, actor: &Actor) -> Result<Changed, ActError> {
    change(desk, actor, |conn| {
        let word = division.to_string();
        for id in holiday_changes_in_force(conn, None)? {
            let row = holiday_change_by_id(conn, &id)?;
            if row.division.as_ref() == Some(&word) && row.holiday_on == Some(date) {
                return Ok(Made { undoes: Some(id), ..Made::new("taken_back") });
            }
        }
        Err(ActError::Refused(format!(
            "{date} was not added by hand for {}: see rightsdesk holidays list",
            division.name()
        )))
    })
}

/// Takes back any change, such as a file that was imported by mistake.
///
/// # Errors
/// [`ActError::Refused`] if it does not count (any more).
pub fn holiday_change_undo(desk: &Desk, id: HolidayChangeId, actor: &Actor) -> Result<Changed, ActError> {
    change(desk, actor, |conn| {
        if !holiday_changes_in_force(conn, None)?.contains(&id.to_string()) {
            return Err(ActError::Refused(
                "no change with this identifier counts: see rightsdesk holidays list".to_owned(),
            ));
        }
        Ok(Made { undoes: Some(id.to_string()), ..Made::new("taken_back") })
    })
}

/// What a change says.
struct Made {
    how: &'static str,
    file: Option<String>,
    day: Option<(Division, NaiveDate, String)>,
    undoes: Option<String>,
}

impl Made {
    fn new(how: &'static str) -> Self {
        Self { how, file: None, day: None, undoes: None }
    }
}

/// Keeps a change, its audit event and the job that recomputes the open cases.
fn change(
    desk: &Desk,
    actor: &Actor,
    made: impl FnOnce(&mut Conn) -> Result<Made, ActError>,
) -> Result<Changed, ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        let before = holidays(conn, desk, AsOf::Now)?;
        let Made { how, file, day, undoes } = made(conn)?;
        let id = HolidayChangeId::new();
        let (division, holiday_on, title) = match day {
            Some((division, date, title)) => (Some(division.to_string()), Some(date), Some(title)),
            None => (None, None, None),
        };
        holiday_change_insert(
            conn,
            HolidayChangeRow {
                id: id.to_string(),
                kind: how.to_owned(),
                division,
                holiday_on,
                title,
                file,
                undoes,
                made_at: now.naive_utc(),
                made_by: actor.to_string(),
                recomputed_to: None,
                recomputed_at: None,
            },
        )?;
        // Built here and not through the cache: the change may still be undone with its transaction.
        let in_force = holiday_changes_in_force(conn, None)?;
        let after = build(conn, &in_force)?;
        if after == *before {
            return Err(ActError::Refused("this says nothing new: nothing was changed".to_owned()));
        }
        let days = before.difference(&after);
        let count = |change| u64_from(days.iter().filter(|day| day.change == change).count());
        let event = Event::HolidaysChanged {
            change: id.to_string(),
            how: how.to_owned(),
            added: count(Change::Added),
            removed: count(Change::Removed),
        };
        audit_append(conn, now, actor, None, &event)?;
        Job::Recompute { change: id }.enqueue(conn, None, now)?;
        Ok(Changed { id, days })
    })
}

/// Every change, oldest first, and the years known to `division`.
///
/// # Errors
/// [`ActError`] of the store.
pub fn holidays_list(desk: &Desk, division: Division) -> Result<ListedChanges, ActError> {
    desk.store.read(|conn| {
        let in_force = holiday_changes_in_force(conn, None)?;
        let known = holidays(conn, desk, AsOf::Now)?.known_years(division);
        let listed = holiday_changes(conn)?
            .into_iter()
            .map(|row| ListedChange {
                in_force: in_force.contains(&row.id),
                id: row.id,
                how: row.kind,
                division: row.division,
                date: row.holiday_on,
                title: row.title,
                undoes: row.undoes,
                made_at: Moment::from_naive_utc(row.made_at),
                made_by: row.made_by,
                recomputed_at: row.recomputed_at.map(Moment::from_naive_utc),
            })
            .collect();
        Ok(ListedChanges { changes: listed, known_years: known })
    })
}

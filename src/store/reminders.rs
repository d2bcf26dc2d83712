//! Reminders, and which cases the timer must look at.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::cases::{CaseRow, open_stages};
use super::connection::Conn;
use super::error::{StoreError, stored};
use super::schema::{cases, counters, reminders};
use crate::base::Moment;
use crate::case::{CaseId, ReminderId, ReminderKind};

/// A reminder: made once for a case, a kind and the date that it is about.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = reminders)]
pub struct ReminderRow {
    /// [`ReminderId`] as text.
    pub id: String,
    /// The case.
    pub case_id: String,
    /// [`ReminderKind`] as its word.
    pub kind: String,
    /// The date that it is about.
    pub about_on: NaiveDate,
    /// Of a letter to a silent requester: the last day for a reply before the request lapses.
    pub lapses_on: Option<NaiveDate>,
    /// When it was made.
    pub made_at: NaiveDateTime,
    /// When it was handed to the post.
    pub sent_at: Option<NaiveDateTime>,
    /// When somebody ticked it off, or it lost its meaning.
    pub done_at: Option<NaiveDateTime>,
    /// Who did.
    pub done_by: Option<String>,
}

impl ReminderRow {
    /// What it reminds of.
    ///
    /// # Errors
    /// [`StoreError::Query`] if the stored word is not known.
    pub fn kind(&self) -> Result<ReminderKind, StoreError> {
        stored(&self.kind, "kind of reminder")
    }

    /// The case that it is about.
    ///
    /// # Errors
    /// [`StoreError::Query`] if the stored text is no identifier.
    pub fn case(&self) -> Result<CaseId, StoreError> {
        stored(&self.case_id, "case identifier")
    }
}

/// Makes a reminder. False if there is one for this case, kind and date: the table's unique key decides, so that of two
/// processes at once exactly one makes it.
///
/// # Errors
/// [`StoreError`].
pub fn reminder_insert(
    conn: &mut Conn,
    id: ReminderId,
    case: CaseId,
    kind: ReminderKind,
    about_on: NaiveDate,
    lapses_on: Option<NaiveDate>,
    now: Moment,
) -> Result<bool, StoreError> {
    let row = ReminderRow {
        id: id.to_string(),
        case_id: case.to_string(),
        kind: kind.to_string(),
        about_on,
        lapses_on,
        made_at: now.naive_utc(),
        sent_at: None,
        done_at: None,
        done_by: None,
    };
    let insert = diesel::insert_into(reminders::table).values(row).on_conflict_do_nothing();
    let made = match conn {
        Conn::Sqlite(inner) => insert.execute(inner)?,
        #[cfg(feature = "postgres")]
        Conn::Postgres(inner) => insert.execute(inner)?,
    };
    Ok(made == 1)
}

/// The reminder with this identifier.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none.
pub fn reminder_by_id(conn: &mut Conn, id: ReminderId) -> Result<ReminderRow, StoreError> {
    reminders::table.find(id.to_string()).first(conn).optional()?.ok_or(StoreError::NotFound("reminder"))
}

/// The reminder for this case, kind and date, if one was made.
///
/// # Errors
/// [`StoreError`].
pub fn reminder_of(
    conn: &mut Conn,
    case: CaseId,
    kind: ReminderKind,
    about_on: NaiveDate,
) -> Result<Option<ReminderRow>, StoreError> {
    Ok(reminders::table
        .filter(reminders::case_id.eq(case.to_string()))
        .filter(reminders::kind.eq(kind.as_str()))
        .filter(reminders::about_on.eq(about_on))
        .first(conn)
        .optional()?)
}

/// Notes that a reminder was handed to the post, with the last day for a reply that it told.
///
/// # Errors
/// [`StoreError`].
pub fn reminder_sent(
    conn: &mut Conn,
    id: ReminderId,
    lapses_on: Option<NaiveDate>,
    now: Moment,
) -> Result<(), StoreError> {
    diesel::update(reminders::table.find(id.to_string()))
        .set((reminders::sent_at.eq(Some(now.naive_utc())), reminders::lapses_on.eq(lapses_on)))
        .execute(conn)?;
    Ok(())
}

/// Ticks off a reminder. False if it was ticked off before.
///
/// # Errors
/// [`StoreError`].
pub fn reminder_done(conn: &mut Conn, id: ReminderId, by: &str, now: Moment) -> Result<bool, StoreError> {
    let open = reminders::table.find(id.to_string()).filter(reminders::done_at.is_null());
    let done = diesel::update(open)
        .set((reminders::done_at.eq(Some(now.naive_utc())), reminders::done_by.eq(Some(by))))
        .execute(conn)?;
    Ok(done == 1)
}

/// Ticks off what lost its meaning: the open reminders of these kinds of a case, but `except`.
///
/// # Errors
/// [`StoreError`].
pub fn reminders_settle(
    conn: &mut Conn,
    case: CaseId,
    kinds: &[ReminderKind],
    except: Option<ReminderId>,
    by: &str,
    now: Moment,
) -> Result<(), StoreError> {
    let kinds: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
    let open = reminders::table
        .filter(reminders::case_id.eq(case.to_string()))
        .filter(reminders::done_at.is_null())
        .filter(reminders::id.ne(except.map(|id| id.to_string()).unwrap_or_default()))
        .filter(reminders::kind.eq_any(kinds));
    diesel::update(open)
        .set((reminders::done_at.eq(Some(now.naive_utc())), reminders::done_by.eq(Some(by))))
        .execute(conn)?;
    Ok(())
}

/// Whose reminders are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReminderScope {
    /// Those of cases given to this member of staff, and of cases given to nobody.
    For(String),
    /// Everybody's.
    All,
}

/// Open reminders of these kinds with their cases, oldest first, after `after`, at most `limit`.
///
/// # Errors
/// [`StoreError`].
pub fn reminders_open(
    conn: &mut Conn,
    kinds: &[ReminderKind],
    scope: &ReminderScope,
    after: Option<ReminderId>,
    limit: i64,
) -> Result<Vec<(ReminderRow, CaseRow)>, StoreError> {
    let kinds: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
    let mut query = reminders::table
        .inner_join(cases::table.on(cases::id.eq(reminders::case_id)))
        .filter(reminders::done_at.is_null())
        .filter(reminders::kind.eq_any(kinds))
        .order(reminders::id)
        .limit(limit)
        .select((reminders::all_columns, cases::all_columns))
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(reminders::id.gt(after.to_string()));
    }
    if let ReminderScope::For(staff) = scope {
        query = query.filter(cases::assignee_id.is_null().or(cases::assignee_id.eq(staff.clone()).assume_not_null()));
    }
    Ok(query.load(conn)?)
}

/// Cases that the timer must look at on `today`, those that wait longest first, after the case `after` (its date and its
/// identifier), at most `limit`.
///
/// # Errors
/// [`StoreError`].
pub fn cases_to_look_at(
    conn: &mut Conn,
    today: NaiveDate,
    after: Option<(NaiveDate, String)>,
    limit: i64,
) -> Result<Vec<(NaiveDate, String)>, StoreError> {
    let mut query = cases::table
        .filter(cases::look_on.le(today))
        .order((cases::look_on, cases::id))
        .limit(limit)
        .select((cases::look_on.assume_not_null(), cases::id))
        .into_boxed();
    if let Some((date, id)) = after {
        query = query.filter(cases::look_on.gt(date).or(cases::look_on.eq(date).and(cases::id.gt(id))));
    }
    Ok(query.load(conn)?)
}

/// Sets when the timer looks at a case next. Does nothing if the case was changed since it was loaded as `case`: then it
/// is to be looked at again anyway. The case's version stays, since nothing that anybody sees changes.
///
/// # Errors
/// [`StoreError`].
pub fn look_set(conn: &mut Conn, case: &CaseRow, look_on: Option<NaiveDate>) -> Result<(), StoreError> {
    diesel::update(cases::table.find(&case.id).filter(cases::version.eq(case.version)))
        .set(cases::look_on.eq(look_on))
        .execute(conn)?;
    Ok(())
}

/// If the timer's settings, of which `plan` is a digest, are others than at the last time, every open case is to be looked
/// at again on `today`. True if so.
///
/// # Errors
/// [`StoreError`].
pub fn plan_changed(conn: &mut Conn, plan: i64, today: NaiveDate) -> Result<bool, StoreError> {
    const NAME: &str = "timer-plan";
    let known: Option<i64> = counters::table.find(NAME).select(counters::value).first(conn).optional()?;
    match known {
        Some(known) if known == plan => return Ok(false),
        Some(_) => {
            diesel::update(counters::table.find(NAME)).set(counters::value.eq(plan)).execute(conn)?;
        }
        None => {
            diesel::insert_into(counters::table)
                .values((counters::name.eq(NAME), counters::value.eq(plan)))
                .execute(conn)?;
        }
    }
    look_at_all(conn, today)?;
    Ok(true)
}

/// Every open case is to be looked at again on `today`.
///
/// # Errors
/// [`StoreError`].
pub fn look_at_all(conn: &mut Conn, today: NaiveDate) -> Result<(), StoreError> {
    diesel::update(cases::table.filter(cases::stage.eq_any(open_stages())))
        .set(cases::look_on.eq(Some(today)))
        .execute(conn)?;
    Ok(())
}

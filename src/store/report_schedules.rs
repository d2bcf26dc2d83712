//! Reports that are sent by e-mail when their period has ended.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::report_schedules::{self, dsl};
use crate::base::Moment;

/// A scheduled report.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = report_schedules)]
pub struct ReportScheduleRow {
    /// Its identifier.
    pub id: String,
    /// Which report, by its word.
    pub report: String,
    /// How often, by its word.
    pub every: String,
    /// By which day cases fall into the period, by its word.
    pub basis: String,
    /// The format, by its word.
    pub format: String,
    /// The addresses, a JSON array.
    pub emails: String,
    /// The last day of the last period that was queued.
    pub sent_to: NaiveDate,
    /// When it was made.
    pub created_at: NaiveDateTime,
    /// By whom.
    pub created_by: String,
    /// When it was ended.
    pub ended_at: Option<NaiveDateTime>,
}

/// Keeps a new schedule.
///
/// # Errors
/// [`StoreError`].
pub fn report_schedule_insert(conn: &mut Conn, row: ReportScheduleRow) -> Result<(), StoreError> {
    diesel::insert_into(report_schedules::table).values(row).execute(conn)?;
    Ok(())
}

/// Every schedule that was not ended, the oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn report_schedules(conn: &mut Conn) -> Result<Vec<ReportScheduleRow>, StoreError> {
    Ok(dsl::report_schedules.filter(dsl::ended_at.is_null()).order(dsl::id).load(conn)?)
}

/// One schedule, also an ended one.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none.
pub fn report_schedule(conn: &mut Conn, id: &str) -> Result<ReportScheduleRow, StoreError> {
    dsl::report_schedules.find(id).first(conn).optional()?.ok_or(StoreError::NotFound("schedule"))
}

/// Notes that the period that ended on `to` is queued. False if another process did so first, or if it was ended.
///
/// # Errors
/// [`StoreError`].
pub fn report_schedule_queued(conn: &mut Conn, id: &str, before: NaiveDate, to: NaiveDate) -> Result<bool, StoreError> {
    let one = dsl::report_schedules.find(id).filter(dsl::sent_to.eq(before)).filter(dsl::ended_at.is_null());
    Ok(diesel::update(one).set(dsl::sent_to.eq(to)).execute(conn)? == 1)
}

/// Ends a schedule. False if it was ended before.
///
/// # Errors
/// [`StoreError`].
pub fn report_schedule_end(conn: &mut Conn, id: &str, now: Moment) -> Result<bool, StoreError> {
    let one = dsl::report_schedules.find(id).filter(dsl::ended_at.is_null());
    Ok(diesel::update(one).set(dsl::ended_at.eq(Some(now.naive_utc()))).execute(conn)? == 1)
}

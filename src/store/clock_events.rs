//! The dated facts of a case's clock.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::clock_events as clock_table;
use crate::case::CaseId;

/// A dated fact of a case's clock, never changed, only corrected by a later one.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = clock_table)]
pub struct ClockEventRow {
    /// Its identifier.
    pub id: String,
    /// The case.
    pub case_id: String,
    /// The kind, in the contract's words.
    pub kind: String,
    /// The date it happened.
    pub happened_on: NaiveDate,
    /// When it was written down.
    pub recorded_at: NaiveDateTime,
    /// By whom.
    pub recorded_by: String,
    /// Why, in the recorder's words.
    pub note: Option<String>,
    /// The fact that this one corrects.
    pub corrects: Option<String>,
}

/// Writes down a fact of the clock.
///
/// # Errors
/// [`StoreError`].
pub fn clock_event_insert(conn: &mut Conn, row: ClockEventRow) -> Result<(), StoreError> {
    diesel::insert_into(clock_table::table).values(row).execute(conn)?;
    Ok(())
}

/// The facts of a case's clock in the order they were written down.
///
/// # Errors
/// [`StoreError`].
pub fn clock_events(conn: &mut Conn, case: CaseId) -> Result<Vec<ClockEventRow>, StoreError> {
    use clock_table::dsl;
    Ok(dsl::clock_events.filter(dsl::case_id.eq(case.to_string())).order((dsl::recorded_at, dsl::id)).load(conn)?)
}

/// The facts of several cases' clocks; at most a page of cases, since each is a variable of the query.
///
/// # Errors
/// [`StoreError`].
pub fn clock_events_of(conn: &mut Conn, cases: &[String]) -> Result<Vec<ClockEventRow>, StoreError> {
    use clock_table::dsl;
    Ok(dsl::clock_events.filter(dsl::case_id.eq_any(cases)).order((dsl::recorded_at, dsl::id)).load(conn)?)
}

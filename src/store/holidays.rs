//! Changes of the bank holidays, and which open cases each of them moved.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::{holiday_changes as changes_table, recomputed_cases};
use crate::base::Moment;

/// A change of the bank holidays: never edited, only taken back by a later one.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = changes_table)]
pub struct HolidayChangeRow {
    /// Its identifier.
    pub id: String,
    /// `imported`, `proclaimed` or `taken_back`.
    pub kind: String,
    /// Where, of a proclaimed day.
    pub division: Option<String>,
    /// Which day was proclaimed.
    pub holiday_on: Option<NaiveDate>,
    /// What the proclaimed day is called.
    pub title: Option<String>,
    /// The text of an imported file.
    pub file: Option<String>,
    /// The change that this one takes back.
    pub undoes: Option<String>,
    /// When it was made.
    pub made_at: NaiveDateTime,
    /// By whom.
    pub made_by: String,
    /// The open cases up to this one were recomputed.
    pub recomputed_to: Option<String>,
    /// When all open cases were recomputed.
    pub recomputed_at: Option<NaiveDateTime>,
}

/// A case that a change of the bank holidays moved, or that could not be computed under it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = recomputed_cases)]
pub struct RecomputedRow {
    /// The change.
    pub change_id: String,
    /// The case.
    pub case_id: String,
    /// Due before the change.
    pub due_before: Option<NaiveDate>,
    /// Due since.
    pub due_after: Option<NaiveDate>,
    /// True if the requester is written to.
    pub told: bool,
    /// Why it could not be computed.
    pub problem: Option<String>,
}

/// Keeps a change.
///
/// # Errors
/// [`StoreError::Conflict`] if it takes back one that was taken back already.
pub fn holiday_change_insert(conn: &mut Conn, row: HolidayChangeRow) -> Result<(), StoreError> {
    diesel::insert_into(changes_table::table).values(row).execute(conn)?;
    Ok(())
}

/// Every change, oldest first. They are few: each is made by hand.
///
/// # Errors
/// [`StoreError`].
pub fn holiday_changes(conn: &mut Conn) -> Result<Vec<HolidayChangeRow>, StoreError> {
    Ok(changes_table::table.order((changes_table::made_at, changes_table::id)).load(conn)?)
}

/// The identifiers of the additions that count, or counted at `moment`, oldest first: made by then and not taken back by
/// then.
///
/// # Errors
/// [`StoreError`].
pub fn holiday_changes_in_force(conn: &mut Conn, moment: Option<Moment>) -> Result<Vec<String>, StoreError> {
    let mut query = changes_table::table
        .order((changes_table::made_at, changes_table::id))
        .select((changes_table::id, changes_table::undoes))
        .into_boxed();
    if let Some(moment) = moment {
        query = query.filter(changes_table::made_at.le(moment.naive_utc()));
    }
    let made: Vec<(String, Option<String>)> = query.load(conn)?;
    let undone: std::collections::BTreeSet<&str> = made.iter().filter_map(|(_, undoes)| undoes.as_deref()).collect();
    let counts = |(id, undoes): &&(String, Option<String>)| undoes.is_none() && !undone.contains(id.as_str());
    Ok(made.iter().filter(counts).map(|(id, _)| id.clone()).collect())
}

/// The change with this identifier.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none.
pub fn holiday_change_by_id(conn: &mut Conn, id: &str) -> Result<HolidayChangeRow, StoreError> {
    changes_table::table.find(id).first(conn).optional()?.ok_or(StoreError::NotFound("change of the bank holidays"))
}

/// Notes how far the open cases were recomputed, and when all of them were.
///
/// # Errors
/// [`StoreError`].
pub fn holiday_change_progress(
    conn: &mut Conn,
    id: &str,
    to: Option<&str>,
    finished: Option<Moment>,
) -> Result<(), StoreError> {
    // Two processes may work on one change at once: the mark never goes back, and the end is noted once.
    if let Some(to) = to {
        let behind = changes_table::recomputed_to.is_null().or(changes_table::recomputed_to.lt(to).assume_not_null());
        diesel::update(changes_table::table.find(id).filter(behind))
            .set(changes_table::recomputed_to.eq(Some(to)))
            .execute(conn)?;
    }
    if let Some(at) = finished {
        diesel::update(changes_table::table.find(id).filter(changes_table::recomputed_at.is_null()))
            .set(changes_table::recomputed_at.eq(Some(at.naive_utc())))
            .execute(conn)?;
    }
    Ok(())
}

/// Notes that a change moved a case. A second note replaces the first, which was one of a computation that was refused.
///
/// # Errors
/// [`StoreError`].
pub fn recomputed_insert(conn: &mut Conn, row: RecomputedRow) -> Result<(), StoreError> {
    let key = (row.change_id.clone(), row.case_id.clone());
    diesel::delete(recomputed_cases::table.find(key)).execute(conn)?;
    diesel::insert_into(recomputed_cases::table).values(row).execute(conn)?;
    Ok(())
}

/// The cases that a change moved, with their references, by reference, after `after`, at most `limit`.
///
/// # Errors
/// [`StoreError`].
pub fn recomputed_page(
    conn: &mut Conn,
    change: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<(String, RecomputedRow)>, StoreError> {
    use super::schema::cases;
    Ok(recomputed_cases::table
        .inner_join(cases::table.on(cases::id.eq(recomputed_cases::case_id)))
        .filter(recomputed_cases::change_id.eq(change))
        .filter(cases::reference.gt(after))
        .order(cases::reference)
        .limit(limit)
        .select((cases::reference, recomputed_cases::all_columns))
        .load(conn)?)
}

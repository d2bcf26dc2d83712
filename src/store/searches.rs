//! The search log of a case, and how far the search that runs has come.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::{gather_progress, searches};
use crate::case::CaseId;

/// One search of one collection.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = searches)]
pub struct SearchRow {
    /// The gather that made it.
    pub gather_id: String,
    /// Its number in the gather.
    pub n: i64,
    /// The case.
    pub case_id: String,
    /// The source searched.
    pub source: String,
    /// The collection searched.
    pub collection: String,
    /// The columns searched, with commas between.
    pub searched_columns: String,
    /// By which rule: `identifiers`, `reference` or `read_through`.
    pub rule: String,
    /// How many values were searched for.
    pub searched_values: i64,
    /// How many records it added to what had been found.
    pub found: i64,
    /// When it began.
    pub began_at: NaiveDateTime,
    /// When it ended.
    pub ended_at: NaiveDateTime,
    /// Why it did not come to its end.
    pub problem: Option<String>,
}

/// Keeps a search.
///
/// # Errors
/// [`StoreError`].
pub fn search_insert(conn: &mut Conn, row: SearchRow) -> Result<(), StoreError> {
    diesel::insert_into(searches::dsl::searches).values(row).execute(conn)?;
    Ok(())
}

/// The searches made for a case, in their order, at most `limit`, without the first `skip`.
///
/// # Errors
/// [`StoreError`].
pub fn searches_of(conn: &mut Conn, case: CaseId, skip: i64, limit: i64) -> Result<Vec<SearchRow>, StoreError> {
    use searches::dsl;
    Ok(dsl::searches
        .filter(dsl::case_id.eq(case.to_string()))
        .order((dsl::began_at, dsl::gather_id, dsl::n))
        .offset(skip)
        .limit(limit)
        .load(conn)?)
}

/// How far the search of one collection has come.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = gather_progress)]
pub struct ProgressRow {
    /// The case.
    pub case_id: String,
    /// The source.
    pub source: String,
    /// The collection.
    pub collection: String,
    /// `waiting`, `searching`, `searched`, `failed` or `not_reached`.
    pub state: String,
    /// Records found there so far.
    pub found: i64,
    /// When this was written.
    pub changed_at: NaiveDateTime,
}

/// Writes it over what was known of the collection.
///
/// # Errors
/// [`StoreError`].
pub fn progress_set(conn: &mut Conn, row: ProgressRow) -> Result<(), StoreError> {
    use gather_progress::dsl;
    let same = dsl::gather_progress
        .filter(dsl::case_id.eq(row.case_id.clone()))
        .filter(dsl::source.eq(row.source.clone()))
        .filter(dsl::collection.eq(row.collection.clone()));
    diesel::delete(same).execute(conn)?;
    diesel::insert_into(dsl::gather_progress).values(row).execute(conn)?;
    Ok(())
}

/// How far the search of a case has come, by source and collection.
///
/// # Errors
/// [`StoreError`].
pub fn progress_of(conn: &mut Conn, case: CaseId) -> Result<Vec<ProgressRow>, StoreError> {
    use gather_progress::dsl;
    Ok(dsl::gather_progress
        .filter(dsl::case_id.eq(case.to_string()))
        .order((dsl::source, dsl::collection))
        .load(conn)?)
}

/// Forgets how far an earlier search came.
///
/// # Errors
/// [`StoreError`].
pub fn progress_clear(conn: &mut Conn, case: CaseId) -> Result<(), StoreError> {
    use gather_progress::dsl;
    diesel::delete(dsl::gather_progress.filter(dsl::case_id.eq(case.to_string()))).execute(conn)?;
    Ok(())
}

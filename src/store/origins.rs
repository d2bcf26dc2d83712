//! Cases that grew out of another one, and what their requesters say is wrong.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::{case_origins, cases, correction_requests};
use crate::case::CaseId;

use super::cases::CaseRow;

/// Where a case comes from.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = case_origins)]
pub struct OriginRow {
    /// The case.
    pub case_id: String,
    /// The case that it grew out of.
    pub origin_id: String,
    /// `complaint` or `correction`.
    pub why: String,
    /// When.
    pub made_at: NaiveDateTime,
}

/// A field that a person says is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = correction_requests)]
pub struct CorrectionRow {
    /// Its identifier.
    pub id: String,
    /// The case of the correction.
    pub case_id: String,
    /// The dataset of the data map.
    pub dataset: String,
    /// The collection.
    pub collection: String,
    /// The record, as `event_bookings/42`.
    pub record: String,
    /// The column.
    pub field: String,
    /// What it says, as JSON text.
    pub says: String,
    /// What it should say.
    pub should_say: String,
    /// Why.
    pub why: Option<String>,
    /// When they said so.
    pub asked_at: NaiveDateTime,
}

/// Keeps where a case comes from.
///
/// # Errors
/// [`StoreError`].
pub fn origin_insert(conn: &mut Conn, row: OriginRow) -> Result<(), StoreError> {
    diesel::insert_into(case_origins::table).values(row).execute(conn)?;
    Ok(())
}

/// Where a case comes from, if from another one.
///
/// # Errors
/// [`StoreError`].
pub fn origin_of(conn: &mut Conn, case: CaseId) -> Result<Option<OriginRow>, StoreError> {
    Ok(case_origins::table.find(case.to_string()).first(conn).optional()?)
}

/// The cases that grew out of `case`, oldest first, each with why.
///
/// # Errors
/// [`StoreError`].
pub fn cases_grown_from(conn: &mut Conn, case: CaseId) -> Result<Vec<(String, CaseRow)>, StoreError> {
    let grown = case_origins::table
        .filter(case_origins::origin_id.eq(case.to_string()))
        .order(case_origins::case_id)
        .select((case_origins::case_id, case_origins::why));
    let mut found = Vec::new();
    for (id, why) in grown.load::<(String, String)>(conn)? {
        found.push((why, cases::table.find(id).first(conn)?));
    }
    Ok(found)
}

/// Keeps what a person says is wrong.
///
/// # Errors
/// [`StoreError`].
pub fn correction_request_insert(conn: &mut Conn, row: CorrectionRow) -> Result<(), StoreError> {
    diesel::insert_into(correction_requests::table).values(row).execute(conn)?;
    Ok(())
}

/// What is to be corrected in a case of correction, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn correction_requests(conn: &mut Conn, case: CaseId) -> Result<Vec<CorrectionRow>, StoreError> {
    Ok(correction_requests::table
        .filter(correction_requests::case_id.eq(case.to_string()))
        .order(correction_requests::id)
        .load(conn)?)
}

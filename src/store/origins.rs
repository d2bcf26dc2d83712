//! Cases that grew out of another one.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::{case_origins, cases};
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

//! Finished searches: where their spool lies and what they found.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::gathers::{self, dsl};
use crate::case::CaseId;

/// A finished search.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = gathers)]
pub struct GatherRow {
    /// Its identifier.
    pub id: String,
    /// The case.
    pub case_id: String,
    /// The spool's name among the files.
    pub spool: String,
    /// Records found.
    pub found: i64,
    /// Of them held back for review.
    pub held: i64,
    /// Collections that could not be searched.
    pub failed: i64,
    /// When it ended.
    pub finished_at: NaiveDateTime,
}

/// Keeps a finished search.
///
/// # Errors
/// [`StoreError`].
pub fn gather_insert(conn: &mut Conn, row: GatherRow) -> Result<(), StoreError> {
    diesel::insert_into(dsl::gathers).values(row).execute(conn)?;
    Ok(())
}

/// The newest finished search of a case.
///
/// # Errors
/// [`StoreError`].
pub fn gather_latest(conn: &mut Conn, case: CaseId) -> Result<Option<GatherRow>, StoreError> {
    Ok(dsl::gathers
        .filter(dsl::case_id.eq(case.to_string()))
        .order((dsl::finished_at.desc(), dsl::id.desc()))
        .first(conn)
        .optional()?)
}

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
    /// When a later one took its place.
    pub superseded_at: Option<NaiveDateTime>,
}

/// Keeps a finished search in place of the one before. Which one counts is marked, not told by its time: the clocks of two
/// processes, or one that was set back, do not agree.
///
/// # Errors
/// [`StoreError`].
pub fn gather_insert(conn: &mut Conn, row: GatherRow) -> Result<(), StoreError> {
    diesel::update(dsl::gathers.filter(dsl::case_id.eq(row.case_id.clone())).filter(dsl::superseded_at.is_null()))
        .set(dsl::superseded_at.eq(Some(row.finished_at)))
        .execute(conn)?;
    diesel::insert_into(dsl::gathers).values(row).execute(conn)?;
    Ok(())
}

/// The finished search of a case that counts.
///
/// # Errors
/// [`StoreError`].
pub fn gather_latest(conn: &mut Conn, case: CaseId) -> Result<Option<GatherRow>, StoreError> {
    Ok(dsl::gathers
        .filter(dsl::case_id.eq(case.to_string()))
        .filter(dsl::superseded_at.is_null())
        .first(conn)
        .optional()?)
}

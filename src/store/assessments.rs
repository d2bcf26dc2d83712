//! What caseworkers made of who a requester is, and of whether they may act.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::assessments::{self, dsl};
use crate::case::CaseId;

/// An assessment; written once.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = assessments)]
pub struct AssessmentRow {
    /// Its identifier.
    pub id: String,
    /// The case.
    pub case_id: String,
    /// What it is of, as its word.
    pub kind: String,
    /// How it was made, as its word.
    pub method: String,
    /// What came out, as its word.
    pub outcome: String,
    /// Why.
    pub reasons: String,
    /// The member of staff.
    pub assessed_by: String,
    /// When.
    pub assessed_at: NaiveDateTime,
}

/// Keeps an assessment.
///
/// # Errors
/// [`StoreError`].
pub fn assessment_insert(conn: &mut Conn, row: AssessmentRow) -> Result<(), StoreError> {
    diesel::insert_into(dsl::assessments).values(row).execute(conn)?;
    Ok(())
}

/// The assessments of a case, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn assessments(conn: &mut Conn, case: CaseId) -> Result<Vec<AssessmentRow>, StoreError> {
    Ok(dsl::assessments.filter(dsl::case_id.eq(case.to_string())).order(dsl::id).load(conn)?)
}

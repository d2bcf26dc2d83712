//! What was said to the warnings of a review.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::decisions::AT_ONCE;
use super::error::StoreError;
use super::schema::warning_answers::{self, dsl};
use crate::case::CaseId;

/// An answer to a warning.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = warning_answers)]
pub struct WarningAnswerRow {
    /// The step of the review that made it.
    pub step_id: String,
    /// Its number within the step.
    pub n: i64,
    /// The case.
    pub case_id: String,
    /// The warning's key.
    pub warning: String,
    /// Why the answer may go out all the same.
    pub reason: String,
    /// Who said so.
    pub decided_by: String,
    /// When.
    pub decided_at: NaiveDateTime,
    /// The step that ended it; none while it counts.
    pub ended_step: Option<String>,
}

/// Keeps answers; earlier ones to the same warnings end with them.
///
/// # Errors
/// [`StoreError`].
pub fn warning_answers_put(conn: &mut Conn, case: CaseId, rows: &[WarningAnswerRow]) -> Result<(), StoreError> {
    for chunk in rows.chunks(AT_ONCE) {
        let Some(step) = chunk.first().map(|row| row.step_id.clone()) else { continue };
        let keys: Vec<String> = chunk.iter().map(|row| row.warning.clone()).collect();
        diesel::update(
            dsl::warning_answers
                .filter(dsl::case_id.eq(case.to_string()))
                .filter(dsl::ended_step.is_null())
                .filter(dsl::warning.eq_any(keys)),
        )
        .set(dsl::ended_step.eq(Some(step)))
        .execute(conn)?;
        for row in chunk {
            diesel::insert_into(dsl::warning_answers).values(row.clone()).execute(conn)?;
        }
    }
    Ok(())
}

/// The answers of a case that count.
///
/// # Errors
/// [`StoreError`].
pub fn warning_answers_of(conn: &mut Conn, case: CaseId) -> Result<Vec<WarningAnswerRow>, StoreError> {
    Ok(dsl::warning_answers
        .filter(dsl::case_id.eq(case.to_string()))
        .filter(dsl::ended_step.is_null())
        .order(dsl::warning)
        .load(conn)?)
}

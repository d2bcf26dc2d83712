//! What caseworkers decided about single records.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::record_decisions::{self, dsl};
use crate::case::CaseId;

/// A decision about a record. One about each record counts; the ended ones are its history.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = record_decisions)]
pub struct DecisionRow {
    /// The step of the review that made it.
    pub step_id: String,
    /// Its number within the step.
    pub n: i64,
    /// The case.
    pub case_id: String,
    /// The record's identifier in the spool.
    pub record: String,
    /// `include`, `exclude` or `exempt`.
    pub decision: String,
    /// The exemption code where one is claimed.
    pub code: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The opinion that the exemption rests on.
    pub opinion_id: Option<String>,
    /// Who decided.
    pub decided_by: String,
    /// When.
    pub decided_at: NaiveDateTime,
    /// The step that ended it; none while it counts.
    pub ended_step: Option<String>,
}

/// Rows written in one statement, and values named in one. SQLite takes at most 32,766 values.
pub(super) const AT_ONCE: usize = 1_000;

/// Keeps the decisions of a step; earlier ones about the same records end with it.
///
/// # Errors
/// [`StoreError`].
pub fn decisions_put(conn: &mut Conn, case: CaseId, rows: &[DecisionRow]) -> Result<(), StoreError> {
    for chunk in rows.chunks(AT_ONCE) {
        let Some(step) = chunk.first().map(|row| row.step_id.clone()) else { continue };
        let records: Vec<&str> = chunk.iter().map(|row| row.record.as_str()).collect();
        decisions_end(conn, case, &records, &step)?;
        match conn {
            Conn::Sqlite(inner) => {
                for row in chunk {
                    diesel::insert_into(dsl::record_decisions).values(row).execute(inner)?;
                }
            }
            #[cfg(feature = "postgres")]
            Conn::Postgres(inner) => {
                diesel::insert_into(dsl::record_decisions).values(chunk).execute(inner)?;
            }
        }
    }
    Ok(())
}

/// Ends the decisions about these records, by `step`. Gives how many there were.
///
/// # Errors
/// [`StoreError`].
pub fn decisions_end(conn: &mut Conn, case: CaseId, records: &[&str], step: &str) -> Result<usize, StoreError> {
    let mut ended = 0;
    for chunk in records.chunks(AT_ONCE) {
        let owned: Vec<String> = chunk.iter().map(|record| (*record).to_owned()).collect();
        ended += diesel::update(
            dsl::record_decisions
                .filter(dsl::case_id.eq(case.to_string()))
                .filter(dsl::ended_step.is_null())
                .filter(dsl::record.eq_any(owned)),
        )
        .set(dsl::ended_step.eq(Some(step)))
        .execute(conn)?;
    }
    Ok(ended)
}

/// The decisions of a case that count, by record.
///
/// # Errors
/// [`StoreError`].
pub fn decisions(conn: &mut Conn, case: CaseId) -> Result<Vec<DecisionRow>, StoreError> {
    Ok(dsl::record_decisions
        .filter(dsl::case_id.eq(case.to_string()))
        .filter(dsl::ended_step.is_null())
        .order(dsl::record)
        .load(conn)?)
}

/// Everything that was ever decided about a record, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn decisions_about(conn: &mut Conn, case: CaseId, record: &str) -> Result<Vec<DecisionRow>, StoreError> {
    Ok(dsl::record_decisions
        .filter(dsl::case_id.eq(case.to_string()))
        .filter(dsl::record.eq(record))
        .order((dsl::decided_at, dsl::step_id))
        .load(conn)?)
}

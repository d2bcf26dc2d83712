//! What is cut out of records, and which suggestions were rejected.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::decisions::AT_ONCE;
use super::error::StoreError;
use super::schema::{redactions as redactions_table, suggestion_rejections};
use crate::case::CaseId;

/// A part of a record that does not go out.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = redactions_table)]
pub struct RedactionRow {
    /// The step of the review that made it.
    pub step_id: String,
    /// Its number within the step.
    pub n: i64,
    /// The case.
    pub case_id: String,
    /// The record's identifier in the spool.
    pub record: String,
    /// The field.
    pub field: String,
    /// The first character of the span; none for the whole field.
    pub start_at: Option<i64>,
    /// The first character after it.
    pub end_at: Option<i64>,
    /// Tells whether the field is still what was read.
    pub text_hash: String,
    /// The exemption code.
    pub code: String,
    /// Why.
    pub reason: Option<String>,
    /// The opinion that the exemption rests on.
    pub opinion_id: Option<String>,
    /// How it came: `person`, `suggestion`, `everywhere` or `rule:ID`.
    pub origin: String,
    /// Who decided: a member of staff by identifier.
    pub decided_by: String,
    /// When.
    pub decided_at: NaiveDateTime,
    /// The step that ended it; none while it counts.
    pub ended_step: Option<String>,
}

/// A suggestion that a person rejected.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = suggestion_rejections)]
pub struct RejectionRow {
    /// The step of the review that made it.
    pub step_id: String,
    /// Its number within the step.
    pub n: i64,
    /// The case.
    pub case_id: String,
    /// The record's identifier in the spool.
    pub record: String,
    /// The field.
    pub field: String,
    /// The first character of the span; none for the whole field.
    pub start_at: Option<i64>,
    /// The first character after it.
    pub end_at: Option<i64>,
    /// Tells whether the field is still what was read.
    pub text_hash: String,
    /// Who rejected it.
    pub decided_by: String,
    /// When.
    pub decided_at: NaiveDateTime,
    /// The step that ended it; none while it counts.
    pub ended_step: Option<String>,
}

/// Keeps the redactions of a step.
///
/// # Errors
/// [`StoreError`].
pub fn redactions_put(conn: &mut Conn, rows: &[RedactionRow]) -> Result<(), StoreError> {
    for chunk in rows.chunks(AT_ONCE) {
        match conn {
            Conn::Sqlite(inner) => {
                for row in chunk {
                    diesel::insert_into(redactions_table::table).values(row).execute(inner)?;
                }
            }
            #[cfg(feature = "postgres")]
            Conn::Postgres(inner) => {
                diesel::insert_into(redactions_table::table).values(chunk).execute(inner)?;
            }
        }
    }
    Ok(())
}

/// Ends one redaction, by `step`. False if it does not count any more.
///
/// # Errors
/// [`StoreError`].
pub fn redaction_end(conn: &mut Conn, case: CaseId, key: (&str, i64), step: &str) -> Result<bool, StoreError> {
    let ended = diesel::update(
        redactions_table::table
            .filter(redactions_table::case_id.eq(case.to_string()))
            .filter(redactions_table::step_id.eq(key.0))
            .filter(redactions_table::n.eq(key.1))
            .filter(redactions_table::ended_step.is_null()),
    )
    .set(redactions_table::ended_step.eq(Some(step)))
    .execute(conn)?;
    Ok(ended == 1)
}

/// The redactions of a case that count, by record and field, as they were made.
///
/// # Errors
/// [`StoreError`].
pub fn redactions(conn: &mut Conn, case: CaseId) -> Result<Vec<RedactionRow>, StoreError> {
    Ok(redactions_table::table
        .filter(redactions_table::case_id.eq(case.to_string()))
        .filter(redactions_table::ended_step.is_null())
        .order((redactions_table::record, redactions_table::field, redactions_table::step_id, redactions_table::n))
        .load(conn)?)
}

/// Those of some records.
///
/// # Errors
/// [`StoreError`].
pub fn redactions_of(conn: &mut Conn, case: CaseId, records: &[&str]) -> Result<Vec<RedactionRow>, StoreError> {
    let mut found = Vec::new();
    for chunk in records.chunks(AT_ONCE) {
        let owned: Vec<String> = chunk.iter().map(|record| (*record).to_owned()).collect();
        found.extend(
            redactions_table::table
                .filter(redactions_table::case_id.eq(case.to_string()))
                .filter(redactions_table::ended_step.is_null())
                .filter(redactions_table::record.eq_any(owned))
                .order((
                    redactions_table::record,
                    redactions_table::field,
                    redactions_table::step_id,
                    redactions_table::n,
                ))
                .load::<RedactionRow>(conn)?,
        );
    }
    Ok(found)
}

/// Every redaction that there ever was of a record, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn redactions_about(conn: &mut Conn, case: CaseId, record: &str) -> Result<Vec<RedactionRow>, StoreError> {
    Ok(redactions_table::table
        .filter(redactions_table::case_id.eq(case.to_string()))
        .filter(redactions_table::record.eq(record))
        .order((redactions_table::decided_at, redactions_table::step_id, redactions_table::n))
        .load(conn)?)
}

/// Keeps the rejections of a step.
///
/// # Errors
/// [`StoreError`].
pub fn rejections_put(conn: &mut Conn, rows: &[RejectionRow]) -> Result<(), StoreError> {
    for chunk in rows.chunks(AT_ONCE) {
        match conn {
            Conn::Sqlite(inner) => {
                for row in chunk {
                    diesel::insert_into(suggestion_rejections::table).values(row).execute(inner)?;
                }
            }
            #[cfg(feature = "postgres")]
            Conn::Postgres(inner) => {
                diesel::insert_into(suggestion_rejections::table).values(chunk).execute(inner)?;
            }
        }
    }
    Ok(())
}

/// The rejections of a case that count.
///
/// # Errors
/// [`StoreError`].
pub fn rejections(conn: &mut Conn, case: CaseId) -> Result<Vec<RejectionRow>, StoreError> {
    Ok(suggestion_rejections::table
        .filter(suggestion_rejections::case_id.eq(case.to_string()))
        .filter(suggestion_rejections::ended_step.is_null())
        .load(conn)?)
}

//! What caseworkers decided about single records.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::record_decisions::{self, dsl};
use crate::case::CaseId;

/// A decision about a record; the newest counts, and the audit trail has the earlier ones.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = record_decisions)]
pub struct DecisionRow {
    /// Its identifier.
    pub id: String,
    /// The case.
    pub case_id: String,
    /// The record's identifier in the spool.
    pub record: String,
    /// `include` or `exclude`.
    pub decision: String,
    /// The exemption code where one is claimed.
    pub code: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Who decided.
    pub decided_by: String,
    /// When.
    pub decided_at: NaiveDateTime,
}

/// Keeps a decision in place of an earlier one about the same record.
///
/// # Errors
/// [`StoreError`].
pub fn decision_put(conn: &mut Conn, row: DecisionRow) -> Result<(), StoreError> {
    diesel::delete(
        dsl::record_decisions.filter(dsl::case_id.eq(row.case_id.clone())).filter(dsl::record.eq(row.record.clone())),
    )
    .execute(conn)?;
    diesel::insert_into(dsl::record_decisions).values(row).execute(conn)?;
    Ok(())
}

/// Forgets the decision about a record.
///
/// # Errors
/// [`StoreError`].
pub fn decision_forget(conn: &mut Conn, case: CaseId, record: &str) -> Result<(), StoreError> {
    diesel::delete(dsl::record_decisions.filter(dsl::case_id.eq(case.to_string())).filter(dsl::record.eq(record)))
        .execute(conn)?;
    Ok(())
}

/// The decisions of a case, by record.
///
/// # Errors
/// [`StoreError`].
pub fn decisions(conn: &mut Conn, case: CaseId) -> Result<Vec<DecisionRow>, StoreError> {
    Ok(dsl::record_decisions.filter(dsl::case_id.eq(case.to_string())).order(dsl::record).load(conn)?)
}

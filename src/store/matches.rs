//! What caseworkers said of a person's records and identifiers.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::decisions::AT_ONCE;
use super::error::{StoreError, stored};
use super::schema::{confirmed_identifiers, match_rulings};
use crate::case::CaseId;
use crate::subject::Identifier;

/// A ruling on a record. One about each record counts.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = match_rulings)]
pub struct RulingRow {
    /// The step of the review that made it.
    pub step_id: String,
    /// Its number within the step.
    pub n: i64,
    /// The case.
    pub case_id: String,
    /// The record's identifier in the spool.
    pub record: String,
    /// `theirs` or `not_theirs`.
    pub ruling: String,
    /// Why.
    pub reason: String,
    /// Who said so.
    pub decided_by: String,
    /// When.
    pub decided_at: NaiveDateTime,
    /// The step that ended it; none while it counts.
    pub ended_step: Option<String>,
}

/// An identifier that a caseworker confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = confirmed_identifiers)]
pub struct ConfirmedRow {
    /// The step of the review that made it.
    pub step_id: String,
    /// Its number within the step.
    pub n: i64,
    /// The case.
    pub case_id: String,
    /// Kind and normal form: what two writings of it share.
    pub alias: String,
    /// The kind of identifier.
    pub kind: String,
    /// As it was written.
    pub value: String,
    /// The record on which it was found.
    pub record: Option<String>,
    /// Why.
    pub reason: String,
    /// Who said so.
    pub decided_by: String,
    /// When.
    pub decided_at: NaiveDateTime,
    /// The step that ended it; none while it counts.
    pub ended_step: Option<String>,
}

impl ConfirmedRow {
    /// As the domain knows it.
    ///
    /// # Errors
    /// [`StoreError::Query`] if the stored kind is not known.
    pub fn identifier(&self) -> Result<Identifier, StoreError> {
        Ok(Identifier { kind: stored(&self.kind, "identifier kind")?, value: self.value.clone() })
    }
}

/// Keeps rulings; earlier ones about the same records end with them.
///
/// # Errors
/// [`StoreError`].
pub fn rulings_put(conn: &mut Conn, case: CaseId, rows: &[RulingRow]) -> Result<(), StoreError> {
    for chunk in rows.chunks(AT_ONCE) {
        let Some(step) = chunk.first().map(|row| row.step_id.clone()) else { continue };
        let records: Vec<String> = chunk.iter().map(|row| row.record.clone()).collect();
        rulings_end(conn, case, records, &step)?;
        for row in chunk {
            diesel::insert_into(match_rulings::table).values(row.clone()).execute(conn)?;
        }
    }
    Ok(())
}

fn rulings_end(conn: &mut Conn, case: CaseId, records: Vec<String>, step: &str) -> Result<(), StoreError> {
    diesel::update(
        match_rulings::table
            .filter(match_rulings::case_id.eq(case.to_string()))
            .filter(match_rulings::ended_step.is_null())
            .filter(match_rulings::record.eq_any(records)),
    )
    .set(match_rulings::ended_step.eq(Some(step)))
    .execute(conn)?;
    Ok(())
}

/// The rulings of a case that count.
///
/// # Errors
/// [`StoreError`].
pub fn rulings_of(conn: &mut Conn, case: CaseId) -> Result<Vec<RulingRow>, StoreError> {
    Ok(match_rulings::table
        .filter(match_rulings::case_id.eq(case.to_string()))
        .filter(match_rulings::ended_step.is_null())
        .order(match_rulings::record)
        .load(conn)?)
}

/// The rulings of every case that count, by case.
///
/// # Errors
/// [`StoreError`].
pub fn rulings_all(conn: &mut Conn) -> Result<Vec<RulingRow>, StoreError> {
    Ok(match_rulings::table
        .filter(match_rulings::ended_step.is_null())
        .order((match_rulings::case_id, match_rulings::record))
        .load(conn)?)
}

/// Keeps a confirmed identifier; an earlier confirmation of the same ends with it.
///
/// # Errors
/// [`StoreError`].
pub fn confirmed_put(conn: &mut Conn, case: CaseId, row: ConfirmedRow) -> Result<(), StoreError> {
    confirmed_end(conn, case, &row.alias, &row.step_id)?;
    diesel::insert_into(confirmed_identifiers::table).values(row).execute(conn)?;
    Ok(())
}

fn confirmed_end(conn: &mut Conn, case: CaseId, alias: &str, step: &str) -> Result<(), StoreError> {
    diesel::update(
        confirmed_identifiers::table
            .filter(confirmed_identifiers::case_id.eq(case.to_string()))
            .filter(confirmed_identifiers::ended_step.is_null())
            .filter(confirmed_identifiers::alias.eq(alias)),
    )
    .set(confirmed_identifiers::ended_step.eq(Some(step)))
    .execute(conn)?;
    Ok(())
}

/// The confirmed identifiers of a case that count, in the order in which they were confirmed.
///
/// # Errors
/// [`StoreError`].
pub fn confirmed_of(conn: &mut Conn, case: CaseId) -> Result<Vec<ConfirmedRow>, StoreError> {
    Ok(confirmed_identifiers::table
        .filter(confirmed_identifiers::case_id.eq(case.to_string()))
        .filter(confirmed_identifiers::ended_step.is_null())
        .order((confirmed_identifiers::decided_at, confirmed_identifiers::step_id))
        .load(conn)?)
}

//! The opinions that exemptions rest on.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::connection::Conn;
use super::error::{StoreError, stored};
use super::schema::opinions::{self, dsl};
use crate::case::CaseId;
use crate::review::Opinion;

/// An opinion of a case.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = opinions)]
pub struct OpinionRow {
    /// Its identifier.
    pub id: String,
    /// The case.
    pub case_id: String,
    /// `health` or `social_work`.
    pub kind: String,
    /// Who gave it.
    pub author: String,
    /// What they are.
    pub profession: String,
    /// The day it was given.
    pub given_on: NaiveDate,
    /// `met` or `not_met`.
    pub finding: String,
    /// What it says, in short.
    pub summary: String,
    /// Who put it on the case.
    pub recorded_by: String,
    /// When.
    pub recorded_at: NaiveDateTime,
    /// When it was taken back; it counts for nothing from then on.
    pub withdrawn_at: Option<NaiveDateTime>,
}

impl OpinionRow {
    /// What of it decides something.
    ///
    /// # Errors
    /// [`StoreError::Query`] if the stored words cannot be read.
    pub fn opinion(&self) -> Result<Opinion, StoreError> {
        let (kind, finding) = (stored(&self.kind, "kind of opinion")?, stored(&self.finding, "finding")?);
        Ok(Opinion { kind, given_on: self.given_on, finding })
    }
}

/// Keeps an opinion.
///
/// # Errors
/// [`StoreError`].
pub fn opinion_insert(conn: &mut Conn, row: OpinionRow) -> Result<(), StoreError> {
    diesel::insert_into(dsl::opinions).values(row).execute(conn)?;
    Ok(())
}

/// Takes an opinion back. False if it was taken back already or is not of this case.
///
/// # Errors
/// [`StoreError`].
pub fn opinion_withdraw(conn: &mut Conn, case: CaseId, id: &str, at: NaiveDateTime) -> Result<bool, StoreError> {
    let done = diesel::update(
        dsl::opinions
            .filter(dsl::case_id.eq(case.to_string()))
            .filter(dsl::id.eq(id))
            .filter(dsl::withdrawn_at.is_null()),
    )
    .set(dsl::withdrawn_at.eq(Some(at)))
    .execute(conn)?;
    Ok(done == 1)
}

/// The opinions of a case, oldest first, withdrawn ones too.
///
/// # Errors
/// [`StoreError`].
pub fn opinions_of(conn: &mut Conn, case: CaseId) -> Result<Vec<OpinionRow>, StoreError> {
    Ok(dsl::opinions.filter(dsl::case_id.eq(case.to_string())).order((dsl::recorded_at, dsl::id)).load(conn)?)
}

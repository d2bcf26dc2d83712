//! What a requester wants of us beside the answer itself.

use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::case_preferences::{self, dsl};
use crate::case::CaseId;

/// The preferences of a case's requester.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = case_preferences, treat_none_as_null = true)]
pub struct PreferenceRow {
    /// The case.
    pub case_id: String,
    /// The language of letters and pages.
    pub language: String,
    /// How the answer is wanted, as its word.
    pub answer_by: String,
    /// Where a paper answer goes.
    pub address: Option<String>,
    /// What else is wanted of the answer.
    pub needs: Option<String>,
    /// By which right the requester acts for the subject, as its word.
    pub authority: Option<String>,
    /// Where the answer goes instead of to the requester.
    pub answer_email: Option<String>,
}

/// The preferences of a case; none if nothing was said.
///
/// # Errors
/// [`StoreError`].
pub fn preference(conn: &mut Conn, case: CaseId) -> Result<Option<PreferenceRow>, StoreError> {
    Ok(dsl::case_preferences.find(case.to_string()).first(conn).optional()?)
}

/// Keeps the preferences of a case in place of earlier ones.
///
/// # Errors
/// [`StoreError`].
pub fn preference_put(conn: &mut Conn, row: PreferenceRow) -> Result<(), StoreError> {
    let changed = diesel::update(dsl::case_preferences.find(row.case_id.clone())).set(row.clone()).execute(conn)?;
    if changed == 0 {
        diesel::insert_into(dsl::case_preferences).values(row).execute(conn)?;
    }
    Ok(())
}

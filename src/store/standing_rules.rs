//! The desk's standing rules of redaction: ended, never changed.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::standing_rules::{self, dsl};

/// A rule about what is redacted in every case.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = standing_rules)]
pub struct StandingRuleRow {
    /// Its identifier.
    pub id: String,
    /// `field`, `words` or `pattern`.
    pub kind: String,
    /// In this collection only.
    pub collection: Option<String>,
    /// In this field only.
    pub field: Option<String>,
    /// The words, or the pattern.
    pub words: Option<String>,
    /// The exemption code.
    pub code: String,
    /// Why.
    pub reason: String,
    /// `suggest` or `apply`.
    pub mode: String,
    /// Who made it.
    pub made_by: String,
    /// When.
    pub made_at: NaiveDateTime,
    /// Who ended it.
    pub ended_by: Option<String>,
    /// When.
    pub ended_at: Option<NaiveDateTime>,
    /// Why.
    pub ended_reason: Option<String>,
}

/// Keeps a rule.
///
/// # Errors
/// [`StoreError`].
pub fn standing_rule_insert(conn: &mut Conn, row: StandingRuleRow) -> Result<(), StoreError> {
    diesel::insert_into(dsl::standing_rules).values(row).execute(conn)?;
    Ok(())
}

/// The rules, oldest first; those that were ended too, if asked.
///
/// # Errors
/// [`StoreError`].
pub fn standing_rules_list(conn: &mut Conn, ended_too: bool) -> Result<Vec<StandingRuleRow>, StoreError> {
    let mut query = dsl::standing_rules.order((dsl::made_at, dsl::id)).into_boxed();
    if !ended_too {
        query = query.filter(dsl::ended_at.is_null());
    }
    Ok(query.load(conn)?)
}

/// Ends a rule. False if it was ended already or never was.
///
/// # Errors
/// [`StoreError`].
pub fn standing_rule_end(
    conn: &mut Conn,
    id: &str,
    by: &str,
    at: NaiveDateTime,
    reason: &str,
) -> Result<bool, StoreError> {
    let done = diesel::update(dsl::standing_rules.filter(dsl::id.eq(id)).filter(dsl::ended_at.is_null()))
        .set((dsl::ended_by.eq(Some(by)), dsl::ended_at.eq(Some(at)), dsl::ended_reason.eq(Some(reason))))
        .execute(conn)?;
    Ok(done == 1)
}

//! One-time codes, hashed.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::verification_codes::{self, dsl};
use crate::base::Moment;
use crate::case::CaseId;

/// A code as it is kept: never the code itself.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = verification_codes)]
pub struct CodeRow {
    /// Its identifier.
    pub id: String,
    /// The case.
    pub case_id: String,
    /// A keyed hash of the code.
    pub code_hash: String,
    /// `open`, `used`, `superseded` or `exhausted`.
    pub state: String,
    /// Tries so far.
    pub attempts: i64,
    /// When it was made.
    pub created_at: NaiveDateTime,
    /// When it ends.
    pub expires_at: NaiveDateTime,
    /// What it opens: `request` or `answer`.
    pub purpose: String,
}

/// Keeps a new code; every open one of the case for the same purpose is superseded.
///
/// # Errors
/// [`StoreError`].
pub fn code_insert(conn: &mut Conn, row: CodeRow) -> Result<(), StoreError> {
    diesel::update(
        dsl::verification_codes
            .filter(dsl::case_id.eq(row.case_id.clone()))
            .filter(dsl::purpose.eq(row.purpose.clone()))
            .filter(dsl::state.eq("open")),
    )
    .set(dsl::state.eq("superseded"))
    .execute(conn)?;
    diesel::insert_into(dsl::verification_codes).values(row).execute(conn)?;
    Ok(())
}

/// Uses up one try of an open code that has not ended: of many at once, exactly `most` get one, since the row stays
/// locked until the transaction ends. None if there is no try to be had.
///
/// # Errors
/// [`StoreError`].
pub fn code_try(
    conn: &mut Conn,
    case: CaseId,
    purpose: &str,
    most: i64,
    now: Moment,
) -> Result<Option<CodeRow>, StoreError> {
    // At most one code of a case and purpose is open; which one is marked, not told by its time.
    let open: Option<String> = dsl::verification_codes
        .filter(dsl::case_id.eq(case.to_string()))
        .filter(dsl::purpose.eq(purpose))
        .filter(dsl::state.eq("open"))
        .select(dsl::id)
        .first(conn)
        .optional()?;
    let Some(open) = open else { return Ok(None) };
    let taken = diesel::update(
        dsl::verification_codes
            .find(&open)
            .filter(dsl::state.eq("open"))
            .filter(dsl::attempts.lt(most))
            .filter(dsl::expires_at.gt(now.naive_utc())),
    )
    .set(dsl::attempts.eq(dsl::attempts + 1))
    .execute(conn)?;
    if taken == 1 { Ok(dsl::verification_codes.find(&open).first(conn).optional()?) } else { Ok(None) }
}

/// Ends a code: `used` or `exhausted`.
///
/// # Errors
/// [`StoreError`].
pub fn code_end(conn: &mut Conn, id: &str, state: &str) -> Result<(), StoreError> {
    diesel::update(dsl::verification_codes.find(id)).set(dsl::state.eq(state)).execute(conn)?;
    Ok(())
}

/// Forgets a code that could not be sent, so that it does not count among those sent in an hour.
///
/// # Errors
/// [`StoreError`].
pub fn code_forget(conn: &mut Conn, id: &str) -> Result<(), StoreError> {
    diesel::delete(dsl::verification_codes.find(id)).execute(conn)?;
    Ok(())
}

/// Since when a case waits for one of its codes to be typed: when the first was made, if none was used. None if there is no
/// code, or one was used.
///
/// # Errors
/// [`StoreError`].
pub fn code_waits_since(conn: &mut Conn, case: CaseId) -> Result<Option<Moment>, StoreError> {
    let all = || dsl::verification_codes.filter(dsl::case_id.eq(case.to_string()));
    let used: i64 = all().filter(dsl::state.eq("used")).count().get_result(conn)?;
    if used > 0 {
        return Ok(None);
    }
    let first: Option<NaiveDateTime> = all().select(diesel::dsl::min(dsl::created_at)).first(conn)?;
    Ok(first.map(Moment::from_naive_utc))
}

/// How many codes were made for a case since `since`.
///
/// # Errors
/// [`StoreError`].
pub fn codes_since(conn: &mut Conn, case: CaseId, since: Moment) -> Result<i64, StoreError> {
    Ok(dsl::verification_codes
        .filter(dsl::case_id.eq(case.to_string()))
        .filter(dsl::created_at.ge(since.naive_utc()))
        .count()
        .get_result(conn)?)
}

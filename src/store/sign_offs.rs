//! When a case was sent for sign-off, approved or sent back, what stood then; and the comments of approvers.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::review_comments;
use super::schema::sign_offs::{self, dsl};
use crate::case::CaseId;

/// A sign-off, or its sending or sending back.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = sign_offs)]
pub struct SignOffRow {
    /// Its identifier.
    pub id: String,
    /// The case.
    pub case_id: String,
    /// Its number in the case.
    pub seq: i64,
    /// `sent`, `approved` or `sent_back`.
    pub kind: String,
    /// Who.
    pub made_by: String,
    /// When.
    pub made_at: NaiveDateTime,
    /// SHA-256 of the listing, hexadecimal: what was seen.
    pub digest: String,
    /// The listing's name among the files.
    pub listing: String,
    /// Why, where something was missing or it was sent back.
    pub reason: Option<String>,
}

/// What an approver wants looked at again.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = review_comments)]
pub struct CommentRow {
    /// Its identifier.
    pub id: String,
    /// The case.
    pub case_id: String,
    /// The record; none for the case.
    pub record: Option<String>,
    /// What.
    pub comment: String,
    /// Who.
    pub made_by: String,
    /// When.
    pub made_at: NaiveDateTime,
    /// Who dealt with it.
    pub settled_by: Option<String>,
    /// When.
    pub settled_at: Option<NaiveDateTime>,
    /// What they say to it.
    pub answer: Option<String>,
}

/// Keeps a sign-off under the next number of its case; the case must be locked for a change.
///
/// # Errors
/// [`StoreError`].
pub fn sign_off_insert(conn: &mut Conn, mut row: SignOffRow) -> Result<(), StoreError> {
    let last: Option<i64> =
        dsl::sign_offs.filter(dsl::case_id.eq(row.case_id.clone())).select(diesel::dsl::max(dsl::seq)).first(conn)?;
    row.seq = last.unwrap_or(0) + 1;
    diesel::insert_into(dsl::sign_offs).values(row).execute(conn)?;
    Ok(())
}

/// The sign-offs of a case, newest first.
///
/// # Errors
/// [`StoreError`].
pub fn sign_offs_of(conn: &mut Conn, case: CaseId) -> Result<Vec<SignOffRow>, StoreError> {
    Ok(dsl::sign_offs.filter(dsl::case_id.eq(case.to_string())).order(dsl::seq.desc()).load(conn)?)
}

/// Keeps a comment.
///
/// # Errors
/// [`StoreError`].
pub fn comment_insert(conn: &mut Conn, row: CommentRow) -> Result<(), StoreError> {
    diesel::insert_into(review_comments::table).values(row).execute(conn)?;
    Ok(())
}

/// The comments of a case, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn comments_of(conn: &mut Conn, case: CaseId) -> Result<Vec<CommentRow>, StoreError> {
    Ok(review_comments::table
        .filter(review_comments::case_id.eq(case.to_string()))
        .order((review_comments::made_at, review_comments::id))
        .load(conn)?)
}

/// Notes that a comment was dealt with. False if it was already, or is not of this case.
///
/// # Errors
/// [`StoreError`].
pub fn comment_settle(
    conn: &mut Conn,
    case: CaseId,
    id: &str,
    by: &str,
    at: NaiveDateTime,
    answer: &str,
) -> Result<bool, StoreError> {
    let done = diesel::update(
        review_comments::table
            .filter(review_comments::case_id.eq(case.to_string()))
            .filter(review_comments::id.eq(id))
            .filter(review_comments::settled_at.is_null()),
    )
    .set((
        review_comments::settled_by.eq(Some(by)),
        review_comments::settled_at.eq(Some(at)),
        review_comments::answer.eq(Some(answer)),
    ))
    .execute(conn)?;
    Ok(done == 1)
}

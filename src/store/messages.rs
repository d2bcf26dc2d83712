//! What requester and caseworkers write to each other.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::messages::{self, dsl};
use crate::base::Moment;
use crate::case::CaseId;

/// A message.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = messages)]
pub struct MessageRow {
    /// Its identifier.
    pub id: String,
    /// The case.
    pub case_id: String,
    /// `requester`, or `staff:ID`.
    pub written_by: String,
    /// What was written.
    pub body: String,
    /// When.
    pub written_at: NaiveDateTime,
    /// When the other side first saw it.
    pub read_at: Option<NaiveDateTime>,
}

impl MessageRow {
    /// The requester wrote it.
    #[must_use]
    pub fn is_requesters(&self) -> bool {
        self.written_by == "requester"
    }
}

/// Keeps a message.
///
/// # Errors
/// [`StoreError`].
pub fn message_insert(conn: &mut Conn, row: MessageRow) -> Result<(), StoreError> {
    diesel::insert_into(dsl::messages).values(row).execute(conn)?;
    Ok(())
}

/// The messages of a case, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn messages(conn: &mut Conn, case: CaseId) -> Result<Vec<MessageRow>, StoreError> {
    Ok(dsl::messages.filter(dsl::case_id.eq(case.to_string())).order(dsl::id).load(conn)?)
}

/// How many messages the requester of a case wrote since `since`.
///
/// # Errors
/// [`StoreError`].
pub fn messages_since(conn: &mut Conn, case: CaseId, since: Moment) -> Result<i64, StoreError> {
    Ok(dsl::messages
        .filter(dsl::case_id.eq(case.to_string()))
        .filter(dsl::written_by.eq("requester"))
        .filter(dsl::written_at.ge(since.naive_utc()))
        .count()
        .get_result(conn)?)
}

/// Notes that the messages of one side were seen by the other: the requester's by staff, or those of staff.
///
/// # Errors
/// [`StoreError`].
pub fn messages_read(conn: &mut Conn, case: CaseId, requesters: bool, at: Moment) -> Result<(), StoreError> {
    let unread = dsl::messages.filter(dsl::case_id.eq(case.to_string())).filter(dsl::read_at.is_null());
    let seen = Some(at.naive_utc());
    if requesters {
        diesel::update(unread.filter(dsl::written_by.eq("requester"))).set(dsl::read_at.eq(seen)).execute(conn)?;
    } else {
        diesel::update(unread.filter(dsl::written_by.ne("requester"))).set(dsl::read_at.eq(seen)).execute(conn)?;
    }
    Ok(())
}

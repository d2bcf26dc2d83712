//! Telling recipients (UK GDPR Art. 19): one row for each recipient of each thing that was done.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::error::{StoreError, stored};
use super::schema::recipient_notices::{self, dsl};
use crate::case::CaseId;
use crate::rectify::{NoticeId, Told};

/// A notice to a recipient.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = recipient_notices, treat_none_as_null = true)]
pub struct NoticeRow {
    /// [`NoticeId`] as text.
    pub id: String,
    /// The case.
    pub case_id: String,
    /// The correction that it tells of; none for something else that was done.
    pub correction_id: Option<String>,
    /// `rectification`, `erasure` or `restriction`.
    pub kind: String,
    /// What it is about, in plain words, without a value.
    pub about: String,
    /// Who is told.
    pub recipient: String,
    /// Where by e-mail; none if by letter.
    pub email: Option<String>,
    /// [`Told`] as its word.
    pub state: String,
    /// When it was made.
    pub made_at: NaiveDateTime,
    /// When it went out.
    pub sent_at: Option<NaiveDateTime>,
    /// When they said that they have it.
    pub acknowledged_at: Option<NaiveDateTime>,
    /// Why they are not told, or what they said.
    pub note: Option<String>,
    /// Who recorded the last step, as an actor displays.
    pub noted_by: String,
    /// The records that it tells of, where it tells of no single correction.
    pub records: Option<String>,
}

impl NoticeRow {
    /// Where it stands.
    ///
    /// # Errors
    /// [`StoreError::Query`] if the stored word is not known.
    pub fn told(&self) -> Result<Told, StoreError> {
        stored(&self.state, "state of a notice")
    }
}

/// Keeps a notice.
///
/// # Errors
/// [`StoreError`].
pub fn notice_insert(conn: &mut Conn, row: NoticeRow) -> Result<(), StoreError> {
    diesel::insert_into(dsl::recipient_notices).values(row).execute(conn)?;
    Ok(())
}

/// Keeps what changed of a notice. The case's lock guards it.
///
/// # Errors
/// [`StoreError`].
pub fn notice_update(conn: &mut Conn, row: &NoticeRow) -> Result<(), StoreError> {
    diesel::update(dsl::recipient_notices.find(row.id.clone())).set(row.clone()).execute(conn)?;
    Ok(())
}

/// The notice with this identifier, of this case.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none.
pub fn notice_by_id(conn: &mut Conn, case: CaseId, id: NoticeId) -> Result<NoticeRow, StoreError> {
    dsl::recipient_notices
        .filter(dsl::id.eq(id.to_string()))
        .filter(dsl::case_id.eq(case.to_string()))
        .first(conn)
        .optional()?
        .ok_or(StoreError::NotFound("notice of this case"))
}

/// The notices of a case, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn notices_of(conn: &mut Conn, case: CaseId) -> Result<Vec<NoticeRow>, StoreError> {
    Ok(dsl::recipient_notices.filter(dsl::case_id.eq(case.to_string())).order((dsl::made_at, dsl::id)).load(conn)?)
}

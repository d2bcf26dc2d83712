//! Answers to the form that were not sent yet, sealed.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::drafts::{self, dsl};
use crate::base::Moment;

/// A draft.
#[derive(Debug, Clone, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = drafts, treat_none_as_null = true)]
pub struct DraftRow {
    /// Its identifier, under which its answers are sealed.
    pub id: String,
    /// The hash of the cookie's token.
    pub token_hash: String,
    /// The hash of the token in the letter that leads back to it.
    pub resume_hash: Option<String>,
    /// The answers, sealed; empty once they were sent.
    pub answers: Vec<u8>,
    /// The language of its pages.
    pub language: String,
    /// The case that was made of it.
    pub case_id: Option<String>,
    /// When it was begun.
    pub started_at: NaiveDateTime,
    /// When it is forgotten.
    pub expires_at: NaiveDateTime,
}

/// Keeps a new draft.
///
/// # Errors
/// [`StoreError`].
pub fn draft_insert(conn: &mut Conn, row: DraftRow) -> Result<(), StoreError> {
    diesel::insert_into(dsl::drafts).values(row).execute(conn)?;
    Ok(())
}

/// The draft whose cookie has this hash, if its time has not ended. Within a writing transaction nobody else changes it
/// until that ends.
///
/// # Errors
/// [`StoreError`].
pub fn draft_by_token(conn: &mut Conn, hash: &str, now: Moment) -> Result<Option<DraftRow>, StoreError> {
    let live = dsl::drafts.filter(dsl::token_hash.eq(hash)).filter(dsl::expires_at.gt(now.naive_utc()));
    Ok(live.first(conn).optional()?)
}

/// The same, locked until the transaction ends, so that of two sendings at once the second sees what the first did.
///
/// # Errors
/// [`StoreError`].
pub fn draft_for_change(conn: &mut Conn, hash: &str, now: Moment) -> Result<Option<DraftRow>, StoreError> {
    let live = dsl::drafts.filter(dsl::token_hash.eq(hash)).filter(dsl::expires_at.gt(now.naive_utc()));
    Ok(match conn {
        // The transaction holds SQLite's only write lock already.
        Conn::Sqlite(inner) => live.first(inner).optional()?,
        #[cfg(feature = "postgres")]
        Conn::Postgres(inner) => live.for_update().first(inner).optional()?,
    })
}

/// The draft with this identifier.
///
/// # Errors
/// [`StoreError`].
pub fn draft_by_id(conn: &mut Conn, id: &str) -> Result<Option<DraftRow>, StoreError> {
    Ok(dsl::drafts.find(id).first(conn).optional()?)
}

/// The draft that a letter leads back to, if its time has not ended.
///
/// # Errors
/// [`StoreError`].
pub fn draft_by_resume(conn: &mut Conn, hash: &str, now: Moment) -> Result<Option<DraftRow>, StoreError> {
    let live = dsl::drafts.filter(dsl::resume_hash.eq(hash)).filter(dsl::expires_at.gt(now.naive_utc()));
    Ok(live.first(conn).optional()?)
}

/// Keeps a changed draft.
///
/// # Errors
/// [`StoreError`].
pub fn draft_update(conn: &mut Conn, row: DraftRow) -> Result<(), StoreError> {
    diesel::update(dsl::drafts.find(row.id.clone())).set(row).execute(conn)?;
    Ok(())
}

/// Forgets a draft.
///
/// # Errors
/// [`StoreError`].
pub fn draft_delete(conn: &mut Conn, id: &str) -> Result<(), StoreError> {
    diesel::delete(dsl::drafts.find(id)).execute(conn)?;
    Ok(())
}

/// Forgets every draft whose time has ended. Gives how many.
///
/// # Errors
/// [`StoreError`].
pub fn drafts_end(conn: &mut Conn, now: Moment) -> Result<usize, StoreError> {
    Ok(diesel::delete(dsl::drafts.filter(dsl::expires_at.le(now.naive_utc()))).execute(conn)?)
}

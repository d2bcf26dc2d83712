//! Tokens of the API for programs.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::connection::Conn;
use super::error::{StoreError, stored};
use super::schema::api_tokens::{self, dsl};
use crate::access::Role;
use crate::base::Moment;

/// A token of the API.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = api_tokens)]
pub struct ApiTokenRow {
    /// Its identifier.
    pub id: String,
    /// The member of staff in whose name it works.
    pub user_id: String,
    /// What it is for.
    pub name: String,
    /// [`Role`] that it is narrowed to.
    pub role: Option<String>,
    /// SHA-256 of the token.
    pub token_hash: String,
    /// When it was issued.
    pub created_at: NaiveDateTime,
    /// By whom.
    pub created_by: String,
    /// When it ends.
    pub expires_at: NaiveDateTime,
    /// When it was ended early.
    pub revoked_at: Option<NaiveDateTime>,
    /// The last day it was used.
    pub used_on: Option<NaiveDate>,
}

impl ApiTokenRow {
    /// What it is narrowed to.
    ///
    /// # Errors
    /// [`StoreError::Query`] if the stored word is not known.
    pub fn role(&self) -> Result<Option<Role>, StoreError> {
        self.role.as_deref().map(|word| stored(word, "role")).transpose()
    }
}

/// Keeps a new token.
///
/// # Errors
/// [`StoreError`].
pub fn api_token_insert(conn: &mut Conn, row: ApiTokenRow) -> Result<(), StoreError> {
    diesel::insert_into(api_tokens::table).values(row).execute(conn)?;
    Ok(())
}

/// The token with this hash, if it has neither ended nor been revoked.
///
/// # Errors
/// [`StoreError`].
pub fn api_token_by_hash(conn: &mut Conn, hash: &str, now: Moment) -> Result<Option<ApiTokenRow>, StoreError> {
    Ok(dsl::api_tokens
        .filter(dsl::token_hash.eq(hash))
        .filter(dsl::expires_at.gt(now.naive_utc()))
        .filter(dsl::revoked_at.is_null())
        .first(conn)
        .optional()?)
}

/// Every token, also ended ones, the newest first.
///
/// # Errors
/// [`StoreError`].
pub fn api_tokens(conn: &mut Conn) -> Result<Vec<ApiTokenRow>, StoreError> {
    Ok(dsl::api_tokens.order((dsl::created_at.desc(), dsl::id.desc())).load(conn)?)
}

/// Notes the day on which a token was used.
///
/// # Errors
/// [`StoreError`].
pub fn api_token_used(conn: &mut Conn, id: &str, on: NaiveDate) -> Result<(), StoreError> {
    diesel::update(dsl::api_tokens.find(id)).set(dsl::used_on.eq(Some(on))).execute(conn)?;
    Ok(())
}

/// Ends a token. False if it was ended before.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none.
pub fn api_token_revoke(conn: &mut Conn, id: &str, now: Moment) -> Result<bool, StoreError> {
    let ended: Option<Option<NaiveDateTime>> =
        dsl::api_tokens.find(id).select(dsl::revoked_at).first(conn).optional()?;
    if ended.ok_or(StoreError::NotFound("token"))?.is_some() {
        return Ok(false);
    }
    diesel::update(dsl::api_tokens.find(id)).set(dsl::revoked_at.eq(Some(now.naive_utc()))).execute(conn)?;
    Ok(true)
}

/// Ends every token of a member of staff; gives which.
///
/// # Errors
/// [`StoreError`].
pub fn api_tokens_of_user_end(conn: &mut Conn, user: &str, now: Moment) -> Result<Vec<String>, StoreError> {
    let live: Vec<String> = dsl::api_tokens
        .filter(dsl::user_id.eq(user))
        .filter(dsl::revoked_at.is_null())
        .select(dsl::id)
        .order(dsl::id)
        .load(conn)?;
    for id in &live {
        api_token_revoke(conn, id, now)?;
    }
    Ok(live)
}

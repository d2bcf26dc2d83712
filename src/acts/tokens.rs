//! Tokens of the API for programs: issued once, kept as a hash, listed, revoked.

use chrono::{NaiveDate, TimeDelta};
use secrecy::SecretString;
use serde::Serialize;

use crate::access::{Action, Role, may};
use crate::audit::{Actor, Event};
use crate::auth::{api_token_hash, new_api_token};
use crate::base::{Moment, char_count, one_line};
use crate::store::{
    ApiTokenRow, StaffRow, StoreError, api_token_by_hash, api_token_insert, api_token_revoke, api_token_used,
    api_tokens, audit_append, staff_all, staff_by_id, staff_by_username,
};

use super::desk::Desk;
use super::error::ActError;
use super::staff::Staff;

/// The longest that a token may last, in days: whoever leaves one lying about should not do so for ever.
pub const MOST_TOKEN_DAYS: u32 = 366;
/// The longest that a token's name may be, in characters.
const LONGEST_NAME: usize = 100;

/// A token to be issued.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// The user name in whose name it works.
    pub username: String,
    /// What it is for.
    pub name: String,
    /// Narrows it: it may do only what this role may do too.
    pub role: Option<Role>,
    /// How many days it lasts.
    pub days: u32,
}

/// An issued token; the only time that it is seen.
#[derive(Debug)]
pub struct IssuedToken {
    /// Its identifier.
    pub id: String,
    /// The token.
    pub token: SecretString,
    /// When it ends.
    pub expires_at: Moment,
}

/// A token as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TokenView {
    /// Its identifier.
    pub id: String,
    /// The user name in whose name it works.
    pub username: String,
    /// What it is for.
    pub name: String,
    /// What it may do, if less than its user may.
    pub role: Option<Role>,
    /// `live`, `expired`, `revoked`, or `user_disabled`.
    pub state: &'static str,
    /// When it was issued.
    pub created_at: Moment,
    /// When it ends.
    pub expires_at: Moment,
    /// The last day it was used.
    pub used_on: Option<NaiveDate>,
}

/// Issues a token.
///
/// # Errors
/// [`ActError::Invalid`] naming the field; [`ActError::Missing`] if there is no such user.
pub fn token_issue(desk: &Desk, new: &NewToken, actor: &Actor) -> Result<IssuedToken, ActError> {
    let name = one_line(&new.name);
    if name.is_empty() || char_count(&name) > LONGEST_NAME {
        return Err(ActError::field("name", format!("say what the token is for, in 1 to {LONGEST_NAME} characters")));
    }
    if new.days == 0 || new.days > MOST_TOKEN_DAYS {
        return Err(ActError::field("days", format!("write a number from 1 to {MOST_TOKEN_DAYS}")));
    }
    let now = desk.now();
    let expires_at = now.plus(TimeDelta::days(i64::from(new.days)));
    let token = new_api_token();
    let id = uuid::Uuid::now_v7().to_string();
    desk.store.write(|conn| -> Result<(), ActError> {
        let user = staff_by_username(conn, &new.username)?.ok_or(ActError::Missing("user"))?;
        if user.disabled_at.is_some() {
            return Err(ActError::Refused("this user is disabled: enable it first".to_owned()));
        }
        let row = ApiTokenRow {
            id: id.clone(),
            user_id: user.id.clone(),
            name,
            role: new.role.map(|role| role.to_string()),
            token_hash: api_token_hash(&token),
            created_at: now.naive_utc(),
            created_by: actor.to_string(),
            expires_at: expires_at.naive_utc(),
            revoked_at: None,
            used_on: None,
        };
        api_token_insert(conn, row)?;
        let event =
            Event::TokenIssued { token: id.clone(), user: user.id, role: new.role, until: expires_at.london_date() };
        Ok(audit_append(conn, now, actor, None, &event)?)
    })?;
    Ok(IssuedToken { id, token, expires_at })
}

/// Every token, the newest first.
///
/// # Errors
/// [`ActError`] of the store.
pub fn tokens_list(desk: &Desk) -> Result<Vec<TokenView>, ActError> {
    let now = desk.now().naive_utc();
    desk.store.read(|conn| {
        let users = staff_all(conn)?;
        let tokens = api_tokens(conn)?;
        tokens
            .into_iter()
            .map(|row| {
                let user = users.iter().find(|user| user.id == row.user_id);
                let state = if row.revoked_at.is_some() {
                    "revoked"
                } else if row.expires_at <= now {
                    "expired"
                } else if user.is_none_or(|user| user.disabled_at.is_some()) {
                    "user_disabled"
                } else {
                    "live"
                };
                Ok(TokenView {
                    role: row.role()?,
                    id: row.id,
                    username: user.map_or_else(String::new, |user| user.username.clone()),
                    name: row.name,
                    state,
                    created_at: Moment::from_naive_utc(row.created_at),
                    expires_at: Moment::from_naive_utc(row.expires_at),
                    used_on: row.used_on,
                })
            })
            .collect()
    })
}

/// Ends a token now.
///
/// # Errors
/// [`ActError::Missing`] if there is none; [`ActError::Refused`] if it was ended before.
pub fn token_revoke(desk: &Desk, id: &str, actor: &Actor) -> Result<(), ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        if !api_token_revoke(conn, id, now)? {
            return Err(ActError::Refused("this token was revoked before".to_owned()));
        }
        Ok(audit_append(conn, now, actor, None, &Event::TokenRevoked { token: id.to_owned() })?)
    })
}

/// Who is behind a token of the API, if both their role and the token's allow `action`.
///
/// # Errors
/// [`ActError::Unauthenticated`] or [`ActError::Forbidden`].
pub(super) fn token_bearer(desk: &Desk, token: &str, action: Action) -> Result<Staff, ActError> {
    let now = desk.now();
    let hash = api_token_hash(&token.to_owned().into());
    let found = desk.store.read(|conn| -> Result<Option<(ApiTokenRow, StaffRow)>, StoreError> {
        let Some(row) = api_token_by_hash(conn, &hash, now)? else { return Ok(None) };
        let user = staff_by_id(conn, &row.user_id)?;
        Ok(user.disabled_at.is_none().then_some((row, user)))
    })?;
    let Some((row, user)) = found else {
        return Err(ActError::Unauthenticated(
            "the token has ended, was revoked or never was: get a new one".to_owned(),
        ));
    };
    let role = user.role()?;
    if !may(role, action) || row.role()?.is_some_and(|narrow| !may(narrow, action)) {
        return Err(ActError::Forbidden(format!(
            "the role {role}, or what the token is narrowed to, does not allow this"
        )));
    }
    let today = now.london_date();
    if row.used_on != Some(today) {
        // Once a day, so that an unused token can be told from one in use.
        desk.store.write(|conn| api_token_used(conn, &row.id, today))?;
    }
    Ok(Staff { id: user.id, username: user.username, display_name: user.display_name, role, session: String::new() })
}

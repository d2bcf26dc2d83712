//! Members of staff as the operator looks after them: who there is, who may still come in, in which role.

use secrecy::SecretString;
use serde::Serialize;

use crate::access::Role;
use crate::audit::{Actor, Event};
use crate::auth::hash_password;
use crate::base::Moment;
use crate::store::{
    Conn, StaffChange, StaffRow, api_tokens_of_user_end, audit_append, sessions_of_user_end, staff_all,
    staff_by_username, staff_change,
};

use super::desk::Desk;
use super::error::ActError;

/// A member of staff as listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UserView {
    /// Their identifier, as the audit trail names them.
    pub id: String,
    /// What they sign in with.
    pub username: String,
    /// What colleagues see.
    pub display_name: String,
    /// Where reminders go.
    pub email: String,
    /// What they are trusted with.
    pub role: Role,
    /// When they were added.
    pub created_at: Moment,
    /// When they were kept out; null while they may sign in.
    pub disabled_at: Option<Moment>,
}

/// What is changed about a member of staff.
#[derive(Debug)]
pub enum UserChange {
    /// Keeps them out; their sessions and tokens end.
    Disable,
    /// Lets them in again, with the password that they had.
    Enable,
    /// Another role; it counts at once, also in sessions that go on.
    Role(Role),
    /// Another password; their sessions end, and a lock with them.
    Password(SecretString),
}

/// All members of staff, also those who were kept out.
///
/// # Errors
/// [`ActError`] of the store.
pub fn users_list(desk: &Desk) -> Result<Vec<UserView>, ActError> {
    desk.store.read(|conn| {
        let rows = staff_all(conn)?;
        rows.into_iter()
            .map(|row| {
                Ok(UserView {
                    role: row.role()?,
                    id: row.id,
                    username: row.username,
                    display_name: row.display_name,
                    email: row.email,
                    created_at: Moment::from_naive_utc(row.created_at),
                    disabled_at: row.disabled_at.map(Moment::from_naive_utc),
                })
            })
            .collect()
    })
}

/// Changes a member of staff. What they did stays theirs: nobody is ever deleted.
///
/// # Errors
/// [`ActError::Missing`]; [`ActError::Refused`] if nothing would change; [`ActError::Invalid`] for a weak password.
pub fn user_change(desk: &Desk, username: &str, change: &UserChange, actor: &Actor) -> Result<(), ActError> {
    // Hashing takes its time: not within a transaction.
    let hash = match change {
        UserChange::Password(password) => {
            Some(hash_password(password).map_err(|e| ActError::field("password", e.to_string()))?)
        }
        UserChange::Disable | UserChange::Enable | UserChange::Role(_) => None,
    };
    let now = desk.now();
    desk.store.write(|conn| {
        let user = staff_by_username(conn, username)?.ok_or(ActError::Missing("user"))?;
        let disabled = user.disabled_at.is_some();
        let (what, role) = match change {
            UserChange::Disable if disabled => return refused("this user is disabled already"),
            UserChange::Disable => {
                staff_change(
                    conn,
                    &user.id,
                    &StaffChange { disabled_at: Some(Some(now.naive_utc())), ..StaffChange::default() },
                )?;
                sessions_of_user_end(conn, &user.id, now)?;
                end_tokens(conn, &user, now, actor)?;
                ("disabled", None)
            }
            UserChange::Enable if !disabled => return refused("this user is not disabled"),
            UserChange::Enable => {
                staff_change(conn, &user.id, &StaffChange { disabled_at: Some(None), ..StaffChange::default() })?;
                ("enabled", None)
            }
            UserChange::Role(role) if user.role()? == *role => return refused("this user has this role already"),
            UserChange::Role(role) => {
                staff_change(conn, &user.id, &StaffChange { role: Some(role.to_string()), ..StaffChange::default() })?;
                ("role", Some(*role))
            }
            UserChange::Password(_) => {
                let change = StaffChange {
                    password_hash: hash,
                    failed_sign_ins: Some(0),
                    locked_until: Some(None),
                    ..StaffChange::default()
                };
                staff_change(conn, &user.id, &change)?;
                sessions_of_user_end(conn, &user.id, now)?;
                ("password", None)
            }
        };
        let event = Event::UserChanged { user: user.id, what: what.to_owned(), role };
        Ok(audit_append(conn, now, actor, None, &event)?)
    })
}

fn refused(why: &str) -> Result<(), ActError> {
    Err(ActError::Refused(why.to_owned()))
}

fn end_tokens(conn: &mut Conn, user: &StaffRow, now: Moment, actor: &Actor) -> Result<(), ActError> {
    for token in api_tokens_of_user_end(conn, &user.id, now)? {
        audit_append(conn, now, actor, None, &Event::TokenRevoked { token })?;
    }
    Ok(())
}

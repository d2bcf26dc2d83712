//! Members of staff: adding one, signing in and out, and who is behind a token.

use chrono::TimeDelta;
use secrecy::SecretString;

use crate::access::{Action, Role, may};
use crate::audit::{Actor, Event};
use crate::auth::{Issued, hash_password, is_api_token, verify_password, waste_time};
use crate::base::Moment;
use crate::store::{
    SessionRow, StaffRow, StoreError, audit_append, session_insert, session_live, session_revoke, sign_in_failed,
    sign_in_succeeded, staff_by_username, staff_insert,
};

use super::account::factor_holds;
use super::desk::Desk;
use super::error::ActError;
use super::tokens::token_bearer;

crate::id!(StaffId, "a member of staff");

/// Failures that are forgiven before an account is locked for a while.
const FREE_FAILURES: i64 = 5;
/// The longest an account is locked.
const LONGEST_LOCK_MINUTES: i64 = 60;

/// Somebody to be added.
#[derive(Debug)]
pub struct NewUser {
    /// What they sign in with.
    pub username: String,
    /// What colleagues see.
    pub display_name: String,
    /// Where reminders go.
    pub email: String,
    /// What they are trusted with.
    pub role: Role,
    /// Their first password.
    pub password: SecretString,
}

/// Who is behind a request of a member of staff, and may do what the act needs.
#[derive(Debug, Clone)]
pub struct Staff {
    /// Their identifier.
    pub id: String,
    /// What they sign in with.
    pub username: String,
    /// What colleagues see.
    pub display_name: String,
    /// What they are trusted with.
    pub role: Role,
    /// Their session; empty behind a token of the API.
    pub session: String,
}

/// A new session.
#[derive(Debug)]
pub struct SignedIn {
    /// The token.
    pub issued: Issued,
    /// What they are trusted with.
    pub role: Role,
}

/// Adds a member of staff.
///
/// # Errors
/// [`ActError::Invalid`] naming the field; [`ActError::Refused`] if the name is taken.
pub fn user_add(desk: &Desk, new: &NewUser, actor: &Actor) -> Result<StaffId, ActError> {
    let username = new.username.trim().to_lowercase();
    let plain = !username.is_empty()
        && username.len() <= 64
        && username.chars().all(|c| c.is_ascii_alphanumeric() || "._-@".contains(c));
    if !plain {
        return Err(ActError::field("username", "use letters, digits, dots, dashes or an e-mail address"));
    }
    let password_hash = hash_password(&new.password).map_err(|e| ActError::field("password", e.to_string()))?;
    let now = desk.now();
    let id = StaffId::new();
    desk.store.write(|conn| {
        staff_insert(
            conn,
            StaffRow {
                id: id.to_string(),
                username,
                display_name: crate::base::one_line(&new.display_name),
                email: new.email.trim().to_owned(),
                role: new.role.to_string(),
                password_hash,
                failed_sign_ins: 0,
                locked_until: None,
                created_at: now.naive_utc(),
                disabled_at: None,
            },
        )
        .map_err(|e| {
            if matches!(e, StoreError::Conflict(_)) {
                return ActError::Refused("this user name is taken: choose another".to_owned());
            }
            e.into()
        })?;
        audit_append(conn, now, actor, None, &Event::UserAdded { user: id.to_string(), role: new.role })?;
        Ok(id)
    })
}

/// Signs in with a password, where no second factor is set up.
///
/// # Errors
/// [`ActError::Unauthenticated`].
pub fn sign_in(desk: &Desk, username: &str, password: &SecretString) -> Result<SignedIn, ActError> {
    sign_in_with(desk, username, password, None)
}

/// Signs in with a password and, where one is set up, the code of the second factor or a recovery code. The answer and the
/// time it takes are the same for a wrong name, a wrong password, a missing or wrong code and a locked account.
///
/// # Errors
/// [`ActError::Unauthenticated`].
pub fn sign_in_with(
    desk: &Desk,
    username: &str,
    password: &SecretString,
    code: Option<&str>,
) -> Result<SignedIn, ActError> {
    let refused = || {
        ActError::Unauthenticated(
            "the user name, the password or the code of the second factor is wrong, or the account is locked for a \
             while after wrong tries"
                .to_owned(),
        )
    };
    let now = desk.now();
    let row = desk
        .store
        .read(|conn| -> Result<_, ActError> { Ok(staff_by_username(conn, username)?) })?
        .filter(|row| row.disabled_at.is_none());
    let Some(row) = row else {
        waste_time(password);
        desk.store
            .write(|conn| audit_append(conn, now, &Actor::System, None, &Event::SignInRefused { user: None }))
            .map_err(|e: StoreError| ActError::from(e))?;
        return Err(refused());
    };
    let locked = row.locked_until.is_some_and(|until| until > now.naive_utc());
    let fail = |locked: bool| {
        desk.store.write(|conn| -> Result<(), ActError> {
            let lock = lock_after(row.failed_sign_ins + 1).map(|span| now.plus(span));
            // An attempt on a locked account does not prolong the lock, or anybody could keep anybody out.
            if !locked {
                sign_in_failed(conn, &row.id, lock)?;
            }
            let event = Event::SignInRefused { user: Some(row.id.clone()) };
            Ok(audit_append(conn, now, &Actor::System, None, &event)?)
        })
    };
    if !verify_password(password, &row.password_hash) || locked {
        fail(locked)?;
        return Err(refused());
    }
    let session = uuid::Uuid::new_v4().to_string();
    let expires_at = now.plus(TimeDelta::minutes(i64::from(desk.settings.tokens.staff_minutes)));
    let entered = desk.store.write(|conn| -> Result<bool, ActError> {
        if !factor_holds(conn, desk, &row.id, code, now)? {
            return Ok(false);
        }
        sign_in_succeeded(conn, &row.id)?;
        session_insert(
            conn,
            SessionRow {
                id: session.clone(),
                user_id: row.id.clone(),
                created_at: now.naive_utc(),
                expires_at: expires_at.naive_utc(),
                revoked_at: None,
            },
        )?;
        audit_append(conn, now, &Actor::Staff(row.id.clone()), None, &Event::SignedIn)?;
        Ok(true)
    })?;
    if !entered {
        fail(false)?;
        return Err(refused());
    }
    Ok(SignedIn { issued: desk.tokens.for_staff(&row.id, &session, now, expires_at)?, role: row.role()? })
}

/// How long an account is locked after this many failures in a row: not at all, then 1, 2, 4... minutes.
fn lock_after(failures: i64) -> Option<TimeDelta> {
    let over = u32::try_from(failures - FREE_FAILURES).ok()?;
    let minutes = 2_i64.checked_pow(over).unwrap_or(LONGEST_LOCK_MINUTES).min(LONGEST_LOCK_MINUTES);
    TimeDelta::try_minutes(minutes)
}

/// Ends the session.
///
/// # Errors
/// [`ActError::Refused`] behind a token of the API, which has none.
pub fn sign_out(desk: &Desk, staff: &Staff) -> Result<(), ActError> {
    if staff.session.is_empty() {
        return Err(ActError::Refused("a token of the API has no session: the operator revokes it".to_owned()));
    }
    let now = desk.now();
    desk.store.write(|conn| {
        session_revoke(conn, &staff.session, now)?;
        Ok(audit_append(conn, now, &Actor::Staff(staff.id.clone()), None, &Event::SignedOut)?)
    })
}

/// Who is behind `token`, a session's or one of the API, if they may do `action`. The session and the role are looked up each time, so that a revoked
/// session or a changed role counts at once.
///
/// # Errors
/// [`ActError::Unauthenticated`], or [`ActError::Forbidden`] if their role does not allow it.
pub fn authenticate(desk: &Desk, token: &str, action: Action) -> Result<Staff, ActError> {
    if is_api_token(token) {
        return token_bearer(desk, token, action);
    }
    let now: Moment = desk.now();
    let claims = desk.tokens.read_staff(token, now)?;
    let row = desk
        .store
        .read(|conn| -> Result<_, ActError> { Ok(session_live(conn, &claims.jti, now)?) })?
        .filter(|row| row.id == claims.sub)
        .ok_or_else(|| ActError::Unauthenticated("the session has ended: sign in again".to_owned()))?;
    let role = row.role()?;
    if !may(role, action) {
        return Err(ActError::Forbidden(format!("the role {role} does not allow this")));
    }
    Ok(Staff { id: row.id, username: row.username, display_name: row.display_name, role, session: claims.jti })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_grows_and_is_bounded() {
        assert_eq!(lock_after(1), None);
        assert_eq!(lock_after(4), None);
        assert_eq!(lock_after(5), TimeDelta::try_minutes(1));
        assert_eq!(lock_after(8), TimeDelta::try_minutes(8));
        assert_eq!(lock_after(500), TimeDelta::try_minutes(60));
    }
}

//! One's own account: the second factor, recovery codes, the password, and the sessions that are open.

use secrecy::{ExposeSecret, SecretString};

use crate::audit::{Actor, Event};
use crate::auth::{FactorSecret, hash_password, new_recovery_codes, recovery_hash, seal, unseal, verify_password};
use crate::base::Moment;
use crate::store::{
    Conn, FactorRow, RecoveryRow, audit_append, factor_confirmed, factor_counted, factor_of, factor_put, factor_remove,
    password_set, recovery_left, recovery_put, recovery_use, session_revoke, sessions_of, sessions_revoke, staff_by_id,
};

use super::desk::Desk;
use super::error::ActError;
use super::staff::Staff;

/// What a second factor is sealed for.
fn purpose(user: &str) -> String {
    format!("second factor of {user}")
}

fn opened(desk: &Desk, row: &FactorRow) -> Result<FactorSecret, ActError> {
    unseal(&desk.secret, &purpose(&row.user_id), &row.sealed)
        .map(FactorSecret::of)
        .ok_or_else(|| ActError::Broken("a second factor cannot be opened: was the desk's secret changed?".to_owned()))
}

/// One's own account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountView {
    /// Where reminders go.
    pub email: String,
    /// True if a second factor is asked for at sign-in.
    pub factor: bool,
    /// Recovery codes that are left.
    pub recovery_left: i64,
    /// Open sessions, newest first.
    pub sessions: Vec<SessionView>,
}

/// An open session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    /// Its identifier.
    pub id: String,
    /// Since when.
    pub since: Moment,
    /// Until when.
    pub until: Moment,
    /// True if it is the one that asks.
    pub own: bool,
}

/// What an authenticator app needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactorToSet {
    /// For typing, in groups of four.
    pub words: String,
    /// For reading from a picture.
    pub address: String,
}

/// One's own account.
///
/// # Errors
/// [`ActError`] of the store.
pub fn account(desk: &Desk, staff: &Staff) -> Result<AccountView, ActError> {
    let now = desk.now();
    desk.store.read(|conn| {
        Ok(AccountView {
            email: staff_by_id(conn, &staff.id)?.email,
            factor: factor_of(conn, &staff.id)?.is_some_and(|row| row.confirmed_at.is_some()),
            recovery_left: recovery_left(conn, &staff.id)?,
            sessions: sessions_of(conn, &staff.id, now.naive_utc())?
                .into_iter()
                .map(|row| SessionView {
                    own: row.id == staff.session,
                    id: row.id,
                    since: Moment::from_naive_utc(row.created_at),
                    until: Moment::from_naive_utc(row.expires_at),
                })
                .collect(),
        })
    })
}

/// Ends one of one's own sessions.
///
/// # Errors
/// [`ActError::Missing`] if it is not an open one of one's own.
pub fn session_end(desk: &Desk, staff: &Staff, session: &str) -> Result<(), ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        let open = sessions_of(conn, &staff.id, now.naive_utc())?;
        if !open.iter().any(|row| row.id == session) {
            return Err(ActError::Missing("open session of yours"));
        }
        session_revoke(conn, session, now)?;
        Ok(audit_append(conn, now, &Actor::Staff(staff.id.clone()), None, &Event::SignedOut)?)
    })
}

/// Ends all of one's own sessions but the one that asks.
///
/// # Errors
/// [`ActError`] of the store.
pub fn sessions_end(desk: &Desk, staff: &Staff) -> Result<usize, ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        let ended = sessions_revoke(conn, &staff.id, Some(&staff.session), now.naive_utc())?;
        audit_append(conn, now, &Actor::Staff(staff.id.clone()), None, &Event::SignedOut)?;
        Ok(ended)
    })
}

/// The secret that an app is to be given: the one that was begun, or a new one. It is not asked for until it is confirmed.
///
/// # Errors
/// [`ActError::Refused`] if a second factor is set up already.
pub fn factor_begin(desk: &Desk, staff: &Staff) -> Result<FactorToSet, ActError> {
    let now = desk.now();
    let secret = desk.store.write(|conn| match factor_of(conn, &staff.id)? {
        Some(row) if row.confirmed_at.is_some() => {
            Err(ActError::Refused("a second factor is set up already: take it away first".to_owned()))
        }
        Some(row) => opened(desk, &row),
        None => {
            let secret = FactorSecret::new();
            let sealed = seal(&desk.secret, &purpose(&staff.id), secret.bytes())
                .ok_or_else(|| ActError::Broken("a second factor could not be sealed".to_owned()))?;
            let row = FactorRow {
                user_id: staff.id.clone(),
                sealed,
                made_at: now.naive_utc(),
                confirmed_at: None,
                last_step: None,
            };
            factor_put(conn, row)?;
            Ok(secret)
        }
    })?;
    let address = secret
        .address(&desk.settings.controller.service, &staff.username)
        .ok_or_else(|| ActError::Broken("the address of a second factor could not be written".to_owned()))?;
    Ok(FactorToSet { words: secret.words(), address })
}

/// The app gave a right code: it is asked for from now on. Gives the recovery codes, which are shown this once.
///
/// # Errors
/// [`ActError::Invalid`] for a wrong code.
pub fn factor_confirm(desk: &Desk, staff: &Staff, code: &str) -> Result<Vec<String>, ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        let row = factor_of(conn, &staff.id)?.filter(|row| row.confirmed_at.is_none());
        let row = row.ok_or_else(|| ActError::Refused("begin setting up the second factor again".to_owned()))?;
        let step = opened(desk, &row)?.step(code, now.unix_seconds());
        let step = step.ok_or_else(|| {
            ActError::field("code", "this is not the code that the app shows now: check the time on your phone")
        })?;
        factor_confirmed(conn, &staff.id, now.naive_utc(), step)?;
        let codes = fresh_codes(conn, desk, &staff.id, now)?;
        let event = Event::FactorChanged { user: staff.id.clone(), what: "set".to_owned() };
        audit_append(conn, now, &Actor::Staff(staff.id.clone()), None, &event)?;
        Ok(codes)
    })
}

fn fresh_codes(conn: &mut Conn, desk: &Desk, user: &str, now: Moment) -> Result<Vec<String>, ActError> {
    let codes = new_recovery_codes();
    let rows = codes
        .iter()
        .map(|code| RecoveryRow {
            id: uuid::Uuid::now_v7().to_string(),
            user_id: user.to_owned(),
            code_hash: recovery_hash(&desk.secret, user, code),
            made_at: now.naive_utc(),
            used_at: None,
        })
        .collect();
    recovery_put(conn, user, rows)?;
    Ok(codes)
}

/// Takes one's own second factor away, with the password.
///
/// # Errors
/// [`ActError::Invalid`] for a wrong password.
pub fn factor_end(desk: &Desk, staff: &Staff, password: &SecretString) -> Result<(), ActError> {
    let now = desk.now();
    let row = desk.store.read(|conn| -> Result<_, ActError> { Ok(staff_by_id(conn, &staff.id)?) })?;
    if !verify_password(password, &row.password_hash) {
        return Err(ActError::field("password", "this is not your password"));
    }
    desk.store.write(|conn| {
        if factor_remove(conn, &staff.id)? {
            let event = Event::FactorChanged { user: staff.id.clone(), what: "removed".to_owned() };
            audit_append(conn, now, &Actor::Staff(staff.id.clone()), None, &event)?;
        }
        Ok(())
    })
}

/// Changes one's own password and ends every other session.
///
/// # Errors
/// [`ActError::Invalid`] for a wrong present password, or a new one that is too short, too long or known from breaches.
pub fn password_change(desk: &Desk, staff: &Staff, old: &SecretString, new: &SecretString) -> Result<(), ActError> {
    let now = desk.now();
    let row = desk.store.read(|conn| -> Result<_, ActError> { Ok(staff_by_id(conn, &staff.id)?) })?;
    if !verify_password(old, &row.password_hash) {
        return Err(ActError::field("old", "this is not your present password"));
    }
    let like_name = new.expose_secret().to_lowercase().contains(&staff.username.to_lowercase());
    if like_name && staff.username.len() >= 4 {
        return Err(ActError::field("new", "leave your user name out of the password"));
    }
    let hash = hash_password(new).map_err(|e| ActError::field("new", e.to_string()))?;
    desk.store.write(|conn| {
        password_set(conn, &staff.id, &hash)?;
        sessions_revoke(conn, &staff.id, Some(&staff.session), now.naive_utc())?;
        let event = Event::FactorChanged { user: staff.id.clone(), what: "password".to_owned() };
        Ok(audit_append(conn, now, &Actor::Staff(staff.id.clone()), None, &event)?)
    })
}

/// Whether the second factor is satisfied at sign-in, in the transaction that makes the session: true if none is set up, or
/// if `code` is one of the app that has not counted yet, or a recovery code that is not used.
pub(super) fn factor_holds(
    conn: &mut Conn,
    desk: &Desk,
    user: &str,
    code: Option<&str>,
    now: Moment,
) -> Result<bool, ActError> {
    let Some(row) = factor_of(conn, user)?.filter(|row| row.confirmed_at.is_some()) else { return Ok(true) };
    let Some(code) = code.map(str::trim).filter(|code| !code.is_empty()) else { return Ok(false) };
    if let Some(step) = opened(desk, &row)?.step(code, now.unix_seconds()) {
        return Ok(factor_counted(conn, user, step)?);
    }
    let used = recovery_use(conn, user, &recovery_hash(&desk.secret, user, code), now.naive_utc())?;
    if used {
        let event = Event::FactorChanged { user: user.to_owned(), what: "recovery_used".to_owned() };
        audit_append(conn, now, &Actor::Staff(user.to_owned()), None, &event)?;
    }
    Ok(used)
}

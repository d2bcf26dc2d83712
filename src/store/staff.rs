//! Members of staff and their sessions.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::error::{StoreError, stored};
use super::schema::{sessions, staff_users};
use crate::access::Role;
use crate::base::Moment;

/// A member of staff.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = staff_users)]
pub struct StaffRow {
    /// Their identifier.
    pub id: String,
    /// What they sign in with.
    pub username: String,
    /// What colleagues see.
    pub display_name: String,
    /// Where reminders go.
    pub email: String,
    /// [`Role`] as its word.
    pub role: String,
    /// The Argon2id hash of their password, in PHC form.
    pub password_hash: String,
    /// Failures since the last success.
    pub failed_sign_ins: i64,
    /// No attempt counts before.
    pub locked_until: Option<NaiveDateTime>,
    /// When they were added.
    pub created_at: NaiveDateTime,
    /// When they left.
    pub disabled_at: Option<NaiveDateTime>,
}

impl StaffRow {
    /// What they are trusted with.
    ///
    /// # Errors
    /// [`StoreError::Query`] if the stored word is not known.
    pub fn role(&self) -> Result<Role, StoreError> {
        stored(&self.role, "role")
    }
}

/// A signed-in session.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = sessions)]
pub struct SessionRow {
    /// Its identifier, the token's `jti`.
    pub id: String,
    /// Who.
    pub user_id: String,
    /// Since when.
    pub created_at: NaiveDateTime,
    /// Until when.
    pub expires_at: NaiveDateTime,
    /// When it was ended early.
    pub revoked_at: Option<NaiveDateTime>,
}

/// Adds a member of staff.
///
/// # Errors
/// [`StoreError::Conflict`] if the name is taken.
pub fn staff_insert(conn: &mut Conn, row: StaffRow) -> Result<(), StoreError> {
    diesel::insert_into(staff_users::table).values(row).execute(conn).map_err(|e| {
        let error = StoreError::from(e);
        if matches!(error, StoreError::Conflict(_)) { StoreError::Conflict("user name") } else { error }
    })?;
    Ok(())
}

/// The member of staff with this name, whatever its letter case.
///
/// # Errors
/// [`StoreError`].
pub fn staff_by_username(conn: &mut Conn, username: &str) -> Result<Option<StaffRow>, StoreError> {
    Ok(staff_users::table.filter(staff_users::username.eq(username.trim().to_lowercase())).first(conn).optional()?)
}

/// The member of staff with this identifier.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none.
pub fn staff_by_id(conn: &mut Conn, id: &str) -> Result<StaffRow, StoreError> {
    staff_users::table.find(id).first(conn).optional()?.ok_or(StoreError::NotFound("member of staff"))
}

/// The members of staff of a role who have not left, by name.
///
/// # Errors
/// [`StoreError`].
pub fn staff_of_role(conn: &mut Conn, role: Role) -> Result<Vec<StaffRow>, StoreError> {
    Ok(staff_users::table
        .filter(staff_users::role.eq(role.as_str()))
        .filter(staff_users::disabled_at.is_null())
        .order(staff_users::username)
        .load(conn)?)
}

/// Every member of staff, those who left too, by the name that colleagues see.
///
/// # Errors
/// [`StoreError`].
pub fn staff_all(conn: &mut Conn) -> Result<Vec<StaffRow>, StoreError> {
    Ok(staff_users::table.order((staff_users::display_name, staff_users::id)).load(conn)?)
}

/// Counts a failed sign-in, and locks the account until `locked_until` if that is set.
///
/// # Errors
/// [`StoreError`].
pub fn sign_in_failed(conn: &mut Conn, id: &str, locked_until: Option<Moment>) -> Result<(), StoreError> {
    diesel::update(staff_users::table.find(id))
        .set((
            staff_users::failed_sign_ins.eq(staff_users::failed_sign_ins + 1),
            staff_users::locked_until.eq(locked_until.map(Moment::naive_utc)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Forgets failed sign-ins.
///
/// # Errors
/// [`StoreError`].
pub fn sign_in_succeeded(conn: &mut Conn, id: &str) -> Result<(), StoreError> {
    diesel::update(staff_users::table.find(id))
        .set((staff_users::failed_sign_ins.eq(0), staff_users::locked_until.eq(None::<NaiveDateTime>)))
        .execute(conn)?;
    Ok(())
}

/// Keeps a new session.
///
/// # Errors
/// [`StoreError`].
pub fn session_insert(conn: &mut Conn, row: SessionRow) -> Result<(), StoreError> {
    diesel::insert_into(sessions::table).values(row).execute(conn)?;
    Ok(())
}

/// The member of staff behind a session that is neither expired nor revoked, unless they left.
///
/// # Errors
/// [`StoreError`].
pub fn session_live(conn: &mut Conn, session: &str, now: Moment) -> Result<Option<StaffRow>, StoreError> {
    let user: Option<String> = sessions::table
        .find(session)
        .filter(sessions::expires_at.gt(now.naive_utc()))
        .filter(sessions::revoked_at.is_null())
        .select(sessions::user_id)
        .first(conn)
        .optional()?;
    let Some(user) = user else { return Ok(None) };
    Ok(Some(staff_by_id(conn, &user)?).filter(|row| row.disabled_at.is_none()))
}

/// Ends a session.
///
/// # Errors
/// [`StoreError`].
pub fn session_revoke(conn: &mut Conn, session: &str, now: Moment) -> Result<(), StoreError> {
    diesel::update(sessions::table.find(session)).set(sessions::revoked_at.eq(Some(now.naive_utc()))).execute(conn)?;
    Ok(())
}

/// A change of a member of staff; what is none stays.
#[derive(Debug, Clone, Default, AsChangeset)]
#[diesel(table_name = staff_users)]
pub struct StaffChange {
    /// [`Role`] as its word.
    pub role: Option<String>,
    /// The hash of a new password.
    pub password_hash: Option<String>,
    /// Failures since the last success.
    pub failed_sign_ins: Option<i64>,
    /// No attempt counts before; the inner none takes a lock away.
    pub locked_until: Option<Option<NaiveDateTime>>,
    /// When they left; the inner none lets them in again.
    pub disabled_at: Option<Option<NaiveDateTime>>,
}

/// Changes a member of staff.
///
/// # Errors
/// [`StoreError`].
pub fn staff_change(conn: &mut Conn, id: &str, change: &StaffChange) -> Result<(), StoreError> {
    diesel::update(staff_users::table.find(id)).set(change).execute(conn)?;
    Ok(())
}

/// Ends every session of a member of staff.
///
/// # Errors
/// [`StoreError`].
pub fn sessions_of_user_end(conn: &mut Conn, user: &str, now: Moment) -> Result<(), StoreError> {
    diesel::update(sessions::table.filter(sessions::user_id.eq(user)).filter(sessions::revoked_at.is_null()))
        .set(sessions::revoked_at.eq(Some(now.naive_utc())))
        .execute(conn)?;
    Ok(())
}

/// Notes that somebody left, or came back.
///
/// # Errors
/// [`StoreError`].
pub fn staff_disabled_set(conn: &mut Conn, id: &str, at: Option<NaiveDateTime>) -> Result<(), StoreError> {
    diesel::update(staff_users::table.find(id)).set(staff_users::disabled_at.eq(at)).execute(conn)?;
    Ok(())
}

/// Changes what somebody is trusted with.
///
/// # Errors
/// [`StoreError`].
pub fn staff_role_set(conn: &mut Conn, id: &str, role: Role) -> Result<(), StoreError> {
    diesel::update(staff_users::table.find(id)).set(staff_users::role.eq(role.as_str())).execute(conn)?;
    Ok(())
}

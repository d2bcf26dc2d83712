//! Second factors of members of staff, and their recovery codes.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::{recovery_codes, sessions, staff_factors, staff_users};
use super::staff::SessionRow;

/// The secret of somebody's authenticator app.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = staff_factors)]
pub struct FactorRow {
    /// Whose.
    pub user_id: String,
    /// Sealed.
    pub sealed: String,
    /// When it was made.
    pub made_at: NaiveDateTime,
    /// When the app first gave a right code; it is asked for from then on.
    pub confirmed_at: Option<NaiveDateTime>,
    /// The time step of the last code that counted.
    pub last_step: Option<i64>,
}

/// A recovery code.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = recovery_codes)]
pub struct RecoveryRow {
    /// Its identifier.
    pub id: String,
    /// Whose.
    pub user_id: String,
    /// Its keyed hash.
    pub code_hash: String,
    /// When it was made.
    pub made_at: NaiveDateTime,
    /// When it was used.
    pub used_at: Option<NaiveDateTime>,
}

/// Somebody's second factor, confirmed or not.
///
/// # Errors
/// [`StoreError`].
pub fn factor_of(conn: &mut Conn, user: &str) -> Result<Option<FactorRow>, StoreError> {
    Ok(staff_factors::table.find(user).first(conn).optional()?)
}

/// Keeps a new one, in place of what there was; recovery codes go with it.
///
/// # Errors
/// [`StoreError`].
pub fn factor_put(conn: &mut Conn, row: FactorRow) -> Result<(), StoreError> {
    factor_remove(conn, &row.user_id)?;
    diesel::insert_into(staff_factors::table).values(row).execute(conn)?;
    Ok(())
}

/// It is asked for from now on.
///
/// # Errors
/// [`StoreError`].
pub fn factor_confirmed(conn: &mut Conn, user: &str, at: NaiveDateTime, step: i64) -> Result<(), StoreError> {
    diesel::update(staff_factors::table.find(user))
        .set((staff_factors::confirmed_at.eq(Some(at)), staff_factors::last_step.eq(Some(step))))
        .execute(conn)?;
    Ok(())
}

/// Counts a code of the time step `step`. False if one of this or a later step has counted already.
///
/// # Errors
/// [`StoreError`].
pub fn factor_counted(conn: &mut Conn, user: &str, step: i64) -> Result<bool, StoreError> {
    let fresh = staff_factors::last_step.is_null().or(staff_factors::last_step.lt(step).assume_not_null());
    let done = diesel::update(staff_factors::table.find(user).filter(fresh))
        .set(staff_factors::last_step.eq(Some(step)))
        .execute(conn)?;
    Ok(done == 1)
}

/// Removes a factor and its recovery codes. False if there was none.
///
/// # Errors
/// [`StoreError`].
pub fn factor_remove(conn: &mut Conn, user: &str) -> Result<bool, StoreError> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::user_id.eq(user))).execute(conn)?;
    Ok(diesel::delete(staff_factors::table.find(user)).execute(conn)? == 1)
}

/// Keeps recovery codes, in place of those there were.
///
/// # Errors
/// [`StoreError`].
pub fn recovery_put(conn: &mut Conn, user: &str, rows: Vec<RecoveryRow>) -> Result<(), StoreError> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::user_id.eq(user))).execute(conn)?;
    for row in rows {
        diesel::insert_into(recovery_codes::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// Uses the recovery code with this hash. False if there is none that is not used.
///
/// # Errors
/// [`StoreError`].
pub fn recovery_use(conn: &mut Conn, user: &str, hash: &str, at: NaiveDateTime) -> Result<bool, StoreError> {
    let open = recovery_codes::table
        .filter(recovery_codes::user_id.eq(user))
        .filter(recovery_codes::code_hash.eq(hash))
        .filter(recovery_codes::used_at.is_null());
    Ok(diesel::update(open).set(recovery_codes::used_at.eq(Some(at))).execute(conn)? == 1)
}

/// How many recovery codes are left.
///
/// # Errors
/// [`StoreError`].
pub fn recovery_left(conn: &mut Conn, user: &str) -> Result<i64, StoreError> {
    Ok(recovery_codes::table
        .filter(recovery_codes::user_id.eq(user))
        .filter(recovery_codes::used_at.is_null())
        .count()
        .get_result(conn)?)
}

/// Somebody's sessions that are open, newest first.
///
/// # Errors
/// [`StoreError`].
pub fn sessions_of(conn: &mut Conn, user: &str, now: NaiveDateTime) -> Result<Vec<SessionRow>, StoreError> {
    Ok(sessions::table
        .filter(sessions::user_id.eq(user))
        .filter(sessions::expires_at.gt(now))
        .filter(sessions::revoked_at.is_null())
        .order((sessions::created_at.desc(), sessions::id))
        .load(conn)?)
}

/// Ends every open session of somebody, but not `but`. Gives how many.
///
/// # Errors
/// [`StoreError`].
pub fn sessions_revoke(
    conn: &mut Conn,
    user: &str,
    but: Option<&str>,
    now: NaiveDateTime,
) -> Result<usize, StoreError> {
    let open = sessions::table
        .filter(sessions::user_id.eq(user))
        .filter(sessions::revoked_at.is_null())
        .filter(sessions::id.ne(but.unwrap_or_default()));
    Ok(diesel::update(open).set(sessions::revoked_at.eq(Some(now))).execute(conn)?)
}

/// Changes a password.
///
/// # Errors
/// [`StoreError`].
pub fn password_set(conn: &mut Conn, user: &str, hash: &str) -> Result<(), StoreError> {
    diesel::update(staff_users::table.find(user)).set(staff_users::password_hash.eq(hash)).execute(conn)?;
    Ok(())
}

//! How often something was tried, so that it can be limited whichever process is asked.

use diesel::prelude::*;
use diesel::sql_types::{Text, Timestamp};

use super::connection::Conn;
use super::error::StoreError;
use super::schema::tries::{self, dsl};
use crate::base::Moment;

/// Counts a try by `who_hash` in the stretch of time that began at `window`; gives how many there were, this one among
/// them.
///
/// # Errors
/// [`StoreError`].
pub fn try_count(conn: &mut Conn, who_hash: &str, window: Moment) -> Result<i64, StoreError> {
    // Of two at once the second waits for the row of the first.
    diesel::sql_query(
        "INSERT INTO tries (who_hash, window_at, tried) VALUES ($1, $2, 1) \
         ON CONFLICT (who_hash, window_at) DO UPDATE SET tried = tries.tried + 1",
    )
    .bind::<Text, _>(who_hash)
    .bind::<Timestamp, _>(window.naive_utc())
    .execute(conn)?;
    Ok(dsl::tries.find((who_hash, window.naive_utc())).select(tries::tried).first(conn)?)
}

/// Forgets the tries of before `window`.
///
/// # Errors
/// [`StoreError`].
pub fn tries_end(conn: &mut Conn, window: Moment) -> Result<usize, StoreError> {
    Ok(diesel::delete(dsl::tries.filter(dsl::window_at.lt(window.naive_utc()))).execute(conn)?)
}

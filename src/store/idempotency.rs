//! Requests that may be sent twice and must act once.

use diesel::prelude::*;
use diesel::sql_types::{Text, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::idempotency_keys;
use crate::base::Moment;

/// Does `work` once for `key`: the second time the first answer is given back without doing anything. The answer is kept
/// in the same transaction, so a crash leaves both or neither.
///
/// `key_hash` covers the route, the caller and the key they sent; `request_hash` covers the body.
///
/// # Errors
/// [`StoreError::Conflict`] if the key was used for another request; what `work` returns.
pub fn once<T, E>(
    conn: &mut Conn,
    key_hash: &str,
    request_hash: &str,
    now: Moment,
    work: impl FnOnce(&mut Conn) -> Result<T, E>,
) -> Result<T, E>
where
    T: Serialize + DeserializeOwned,
    E: From<StoreError>,
{
    // The key is taken first: a second request with it waits here until the first is kept or dropped.
    let mine = diesel::sql_query(
        "INSERT INTO idempotency_keys (key_hash, request_hash, answer, created_at) VALUES ($1, $2, '', $3) \
         ON CONFLICT (key_hash) DO NOTHING",
    )
    .bind::<Text, _>(key_hash)
    .bind::<Text, _>(request_hash)
    .bind::<Timestamp, _>(now.naive_utc())
    .execute(conn)
    .map_err(StoreError::from)?;
    if mine == 0 {
        let (hash, answer): (String, String) = idempotency_keys::table
            .find(key_hash)
            .select((idempotency_keys::request_hash, idempotency_keys::answer))
            .first(conn)
            .map_err(StoreError::from)?;
        if hash != request_hash {
            return Err(StoreError::Conflict("idempotency key").into());
        }
        return serde_json::from_str(&answer)
            .map_err(|_| StoreError::Query("a kept answer cannot be read".to_owned()).into());
    }
    let value = work(conn)?;
    let answer = serde_json::to_string(&value).map_err(|_| StoreError::Query("an answer cannot be kept".to_owned()))?;
    diesel::update(idempotency_keys::table.find(key_hash))
        .set(idempotency_keys::answer.eq(answer))
        .execute(conn)
        .map_err(StoreError::from)?;
    Ok(value)
}

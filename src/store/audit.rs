//! The audit trail in the database: append, read by page, walk the chain.

use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::audit_events::{self, dsl};
use crate::audit::{Actor, Broken, Entry, Event, GENESIS, Link, verify};
use crate::base::Moment;
use crate::case::CaseId;

/// Serialises appends on PostgreSQL, where two transactions could otherwise both continue the same entry.
#[cfg(feature = "postgres")]
const APPEND_LOCK: i64 = 0x7269_6768_7473;

#[derive(Queryable, Insertable)]
#[diesel(table_name = audit_events)]
struct AuditRow {
    seq: i64,
    at: chrono::NaiveDateTime,
    actor: String,
    case_id: Option<String>,
    kind: String,
    detail: String,
    previous_hash: String,
    hash: String,
}

impl From<AuditRow> for Link {
    fn from(row: AuditRow) -> Self {
        let entry = Entry {
            seq: row.seq,
            at: Moment::from_naive_utc(row.at),
            actor: row.actor,
            case: row.case_id,
            kind: row.kind,
            detail: row.detail,
        };
        Self { entry, previous: row.previous_hash, hash: row.hash }
    }
}

/// Appends `event` to the trail, in the transaction that made the change.
///
/// # Errors
/// [`StoreError`] if the row cannot be written; then the change must not be kept either.
pub fn audit_append(
    conn: &mut Conn,
    at: Moment,
    actor: &Actor,
    case: Option<CaseId>,
    event: &Event,
) -> Result<(), StoreError> {
    audit_append_numbered(conn, at, actor, case, event).map(|_| ())
}

/// The same, and gives the number of the new entry.
///
/// # Errors
/// As [`audit_append`].
pub fn audit_append_numbered(
    conn: &mut Conn,
    at: Moment,
    actor: &Actor,
    case: Option<CaseId>,
    event: &Event,
) -> Result<i64, StoreError> {
    #[cfg(feature = "postgres")]
    if let Conn::Postgres(inner) = conn {
        diesel::sql_query("SELECT pg_advisory_xact_lock($1)")
            .bind::<diesel::sql_types::BigInt, _>(APPEND_LOCK)
            .execute(inner)?;
    }
    let last: Option<(i64, String)> =
        dsl::audit_events.select((dsl::seq, dsl::hash)).order(dsl::seq.desc()).first(conn).optional()?;
    let (seq, previous) = last.unwrap_or_else(|| (0, GENESIS.to_owned()));
    let detail =
        serde_json::to_string(event).map_err(|_| StoreError::Query("an audit event cannot be written".to_owned()))?;
    let entry = Entry {
        seq: seq + 1,
        at,
        actor: actor.to_string(),
        case: case.map(|id| id.to_string()),
        kind: event.kind().to_owned(),
        detail,
    };
    let hash = entry.hash_after(&previous);
    let row = AuditRow {
        seq: entry.seq,
        at: at.naive_utc(),
        actor: entry.actor,
        case_id: entry.case,
        kind: entry.kind,
        detail: entry.detail,
        previous_hash: previous,
        hash,
    };
    diesel::insert_into(audit_events::table).values(row).execute(conn)?;
    Ok(seq + 1)
}

/// The trail after the entry numbered `after`, oldest first, at most `limit` entries; of one case if asked.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn audit_page(conn: &mut Conn, case: Option<CaseId>, after: i64, limit: i64) -> Result<Vec<Link>, StoreError> {
    let mut query = dsl::audit_events.filter(dsl::seq.gt(after)).order(dsl::seq).limit(limit).into_boxed();
    if let Some(id) = case {
        query = query.filter(dsl::case_id.eq(id.to_string()));
    }
    Ok(query.load::<AuditRow>(conn)?.into_iter().map(Link::from).collect())
}

/// Walks the whole chain from its first entry. Gives the number of entries and the last hash.
///
/// # Errors
/// The outer error if it cannot be read, the inner one naming the first broken link.
pub fn audit_verify(conn: &mut Conn) -> Result<Result<(i64, String), Broken>, StoreError> {
    const PAGE: i64 = 1_000;
    let (mut seq, mut hash) = (0, GENESIS.to_owned());
    loop {
        let page = audit_page(conn, None, seq, PAGE)?;
        if page.is_empty() {
            return Ok(Ok((seq, hash)));
        }
        for link in page {
            if let Err(broken) = verify(seq, &hash, &link) {
                return Ok(Err(broken));
            }
            (seq, hash) = (link.entry.seq, link.hash);
        }
    }
}

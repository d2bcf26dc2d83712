//! The audit trail in the database: append, search, walk the chain; and the anchors made of it.

use std::cell::RefCell;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::audit_anchors;
use super::schema::audit_events::{self, dsl};
use crate::audit::{Actor, Anchor, Broken, Entry, Event, Form, GENESIS, Link, Origin, verify};
use crate::base::Moment;
use crate::case::CaseId;

/// Serialises appends on PostgreSQL, where two transactions could otherwise both continue the same entry.
#[cfg(feature = "postgres")]
const APPEND_LOCK: i64 = 0x7269_6768_7473;

thread_local! {
    /// What this thread's transaction appended.
    static APPENDED: RefCell<Option<Appended>> = const { RefCell::new(None) };
}

/// What a transaction appended to the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Appended {
    /// The entry that it continued; 0 for none.
    pub(super) after: i64,
    /// Its hash.
    pub(super) after_hash: String,
    /// The last entry that it appended.
    pub(super) seq: i64,
    /// Its hash.
    pub(super) hash: String,
}

/// What the transaction that ends now appended; forgotten by being asked for.
pub(super) fn take_appended() -> Option<Appended> {
    APPENDED.with(|appended| appended.borrow_mut().take())
}

/// The hash of entry `seq`; none if there is none.
pub(super) fn hash_of(conn: &mut Conn, seq: i64) -> Result<Option<String>, StoreError> {
    Ok(dsl::audit_events.find(seq).select(dsl::hash).first(conn).optional()?)
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = audit_events)]
struct AuditRow {
    seq: i64,
    at: NaiveDateTime,
    actor: String,
    case_id: Option<String>,
    kind: String,
    detail: String,
    previous_hash: String,
    hash: String,
    form: i64,
    origin: Option<String>,
}

impl TryFrom<AuditRow> for Link {
    type Error = StoreError;
    fn try_from(row: AuditRow) -> Result<Self, StoreError> {
        let form = Form::of(row.form).ok_or_else(|| {
            StoreError::Query(format!("audit entry {} was written by a newer version of the program", row.seq))
        })?;
        let entry = Entry {
            form,
            seq: row.seq,
            at: Moment::from_naive_utc(row.at),
            actor: row.actor,
            origin: row.origin,
            case: row.case_id,
            kind: row.kind,
            detail: row.detail,
        };
        Ok(Self { entry, previous: row.previous_hash, hash: row.hash })
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

/// The same, and gives the number of the new entry. From where it was done is what [`Origin::within`] says on this thread.
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
    lock(conn)?;
    let last: Option<(i64, String)> =
        dsl::audit_events.select((dsl::seq, dsl::hash)).order(dsl::seq.desc()).first(conn).optional()?;
    let (seq, previous) = last.unwrap_or_else(|| (0, GENESIS.to_owned()));
    let detail =
        serde_json::to_string(event).map_err(|_| StoreError::Query("an audit event cannot be written".to_owned()))?;
    let entry = Entry {
        form: Form::NEWEST,
        seq: seq + 1,
        at,
        actor: actor.to_string(),
        origin: Origin::current().map(|origin| origin.to_string()),
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
        previous_hash: previous.clone(),
        hash: hash.clone(),
        form: entry.form.number(),
        origin: entry.origin,
    };
    diesel::insert_into(audit_events::table).values(row).execute(conn)?;
    APPENDED.with(|appended| {
        let mut appended = appended.borrow_mut();
        match &mut *appended {
            Some(earlier) => (earlier.seq, earlier.hash) = (seq + 1, hash),
            None => *appended = Some(Appended { after: seq, after_hash: previous, seq: seq + 1, hash }),
        }
    });
    Ok(seq + 1)
}

/// Nobody else appends until the transaction ends.
fn lock(conn: &mut Conn) -> Result<(), StoreError> {
    #[cfg(feature = "postgres")]
    if let Conn::Postgres(inner) = conn {
        diesel::sql_query("SELECT pg_advisory_xact_lock($1)")
            .bind::<diesel::sql_types::BigInt, _>(APPEND_LOCK)
            .execute(inner)?;
    }
    let _ = conn;
    Ok(())
}

/// What a search of the trail is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// Of this case.
    pub case: Option<CaseId>,
    /// By this actor, as [`Actor`] displays.
    pub actor: Option<String>,
    /// Of this kind.
    pub kind: Option<String>,
    /// From this address or network, as it is kept.
    pub origin: Option<String>,
    /// Not before.
    pub from: Option<Moment>,
    /// Not after.
    pub to: Option<Moment>,
}

/// The trail after the entry numbered `after`, oldest first, at most `limit` entries.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn audit_search(conn: &mut Conn, filter: &AuditFilter, after: i64, limit: i64) -> Result<Vec<Link>, StoreError> {
    let mut query = dsl::audit_events.filter(dsl::seq.gt(after)).order(dsl::seq).limit(limit).into_boxed();
    if let Some(id) = filter.case {
        query = query.filter(dsl::case_id.eq(id.to_string()));
    }
    if let Some(actor) = &filter.actor {
        query = query.filter(dsl::actor.eq(actor.clone()));
    }
    if let Some(kind) = &filter.kind {
        query = query.filter(dsl::kind.eq(kind.clone()));
    }
    if let Some(origin) = &filter.origin {
        query = query.filter(dsl::origin.eq(origin.clone()));
    }
    if let Some(from) = filter.from {
        query = query.filter(dsl::at.ge(from.naive_utc()));
    }
    if let Some(to) = filter.to {
        query = query.filter(dsl::at.le(to.naive_utc()));
    }
    query.load::<AuditRow>(conn)?.into_iter().map(Link::try_from).collect()
}

/// The trail after the entry numbered `after`, oldest first, at most `limit` entries; of one case if asked.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn audit_page(conn: &mut Conn, case: Option<CaseId>, after: i64, limit: i64) -> Result<Vec<Link>, StoreError> {
    audit_search(conn, &AuditFilter { case, ..AuditFilter::default() }, after, limit)
}

/// The number and hash of the last entry; none of an empty trail.
///
/// # Errors
/// [`StoreError`].
pub fn audit_head(conn: &mut Conn) -> Result<Option<(i64, String)>, StoreError> {
    Ok(dsl::audit_events.select((dsl::seq, dsl::hash)).order(dsl::seq.desc()).first(conn).optional()?)
}

/// The hash of the first entry, which names the chain; none of an empty trail.
///
/// # Errors
/// [`StoreError`].
pub fn audit_chain(conn: &mut Conn) -> Result<Option<String>, StoreError> {
    Ok(dsl::audit_events.select(dsl::hash).order(dsl::seq).first(conn).optional()?)
}

/// Walks the whole chain from its first entry. Gives the number of entries and the last hash.
///
/// # Errors
/// The outer error if it cannot be read, the inner one naming the first broken link.
pub fn audit_verify(conn: &mut Conn) -> Result<Result<(i64, String), Broken>, StoreError> {
    audit_walk(conn, |_| Ok(()))
}

/// The same, and shows each page of entries that hold.
///
/// # Errors
/// As [`audit_verify`], and what `page` returns.
pub fn audit_walk(
    conn: &mut Conn,
    mut page: impl FnMut((&mut Conn, &[Link])) -> Result<(), StoreError>,
) -> Result<Result<(i64, String), Broken>, StoreError> {
    const PAGE: i64 = 1_000;
    let (mut seq, mut hash) = (0, GENESIS.to_owned());
    loop {
        let links = audit_page(conn, None, seq, PAGE)?;
        if links.is_empty() {
            return Ok(Ok((seq, hash)));
        }
        let mut broken = None;
        let mut hold = 0;
        for link in &links {
            match verify(seq, &hash, link) {
                Ok(()) => (seq, hash) = (link.entry.seq, link.hash.clone()),
                Err(found) => {
                    broken = Some(found);
                    break;
                }
            }
            hold += 1;
        }
        page((conn, links.get(..hold).unwrap_or_default()))?;
        if let Some(broken) = broken {
            return Ok(Err(broken));
        }
    }
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = audit_anchors)]
struct AnchorRow {
    seq: i64,
    chain: String,
    hash: String,
    at: NaiveDateTime,
    key: String,
    signature: String,
}

impl From<AnchorRow> for Anchor {
    fn from(row: AnchorRow) -> Self {
        Self {
            chain: row.chain,
            seq: row.seq,
            hash: row.hash,
            at: Moment::from_naive_utc(row.at),
            key: row.key,
            signature: row.signature,
        }
    }
}

/// Keeps an anchor made by `make` of the last entry, if none was made of it yet, and if none is newer than `not_since`. None
/// if there is nothing to anchor.
///
/// # Errors
/// [`StoreError`].
pub fn anchor_make(
    conn: &mut Conn,
    not_since: Option<Moment>,
    make: impl FnOnce(&str, i64, &str) -> Anchor,
) -> Result<Option<Anchor>, StoreError> {
    lock(conn)?;
    let newest: Option<(i64, NaiveDateTime)> = audit_anchors::table
        .select((audit_anchors::seq, audit_anchors::at))
        .order(audit_anchors::seq.desc())
        .first(conn)
        .optional()?;
    let (Some(chain), Some((seq, hash))) = (audit_chain(conn)?, audit_head(conn)?) else { return Ok(None) };
    let recent = newest.is_some_and(|(of, at)| of == seq || not_since.is_some_and(|since| at > since.naive_utc()));
    if recent {
        return Ok(None);
    }
    let anchor = make(&chain, seq, &hash);
    let row = AnchorRow {
        seq,
        chain: anchor.chain.clone(),
        hash: anchor.hash.clone(),
        at: anchor.at.naive_utc(),
        key: anchor.key.clone(),
        signature: anchor.signature.clone(),
    };
    diesel::insert_into(audit_anchors::table).values(row).execute(conn)?;
    Ok(Some(anchor))
}

/// The anchors after entry `after`, oldest first, at most `limit`.
///
/// # Errors
/// [`StoreError`].
pub fn anchors_page(conn: &mut Conn, after: i64, limit: i64) -> Result<Vec<Anchor>, StoreError> {
    let rows: Vec<AnchorRow> =
        audit_anchors::table.filter(audit_anchors::seq.gt(after)).order(audit_anchors::seq).limit(limit).load(conn)?;
    Ok(rows.into_iter().map(Anchor::from).collect())
}

/// The newest anchor.
///
/// # Errors
/// [`StoreError`].
pub fn anchor_newest(conn: &mut Conn) -> Result<Option<Anchor>, StoreError> {
    let row: Option<AnchorRow> = audit_anchors::table.order(audit_anchors::seq.desc()).first(conn).optional()?;
    Ok(row.map(Anchor::from))
}

/// The anchor of entry `seq`.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none.
pub fn anchor_of(conn: &mut Conn, seq: i64) -> Result<Anchor, StoreError> {
    let row: Option<AnchorRow> = audit_anchors::table.find(seq).first(conn).optional()?;
    row.map(Anchor::from).ok_or(StoreError::NotFound("anchor"))
}

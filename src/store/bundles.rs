//! Built bundles.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::bundles::{self, dsl};
use crate::base::Moment;
use crate::case::CaseId;

/// A built bundle.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = bundles)]
pub struct BundleRow {
    /// Its identifier.
    pub id: String,
    /// The case.
    pub case_id: String,
    /// Its name among the files.
    pub file: String,
    /// SHA-256 of the zip, hexadecimal.
    pub sha256: String,
    /// Its size.
    pub size_bytes: i64,
    /// When it was built.
    pub built_at: NaiveDateTime,
    /// When the requester was let in.
    pub released_at: Option<NaiveDateTime>,
    /// When it can no longer be fetched.
    pub expires_at: Option<NaiveDateTime>,
    /// When a later one took its place, or the case went back to review.
    pub superseded_at: Option<NaiveDateTime>,
    /// How often it was fetched.
    pub downloads: i64,
    /// When its bytes were removed, its time having ended.
    pub removed_at: Option<NaiveDateTime>,
}

/// Keeps a new bundle.
///
/// # Errors
/// [`StoreError`].
pub fn bundle_insert(conn: &mut Conn, row: BundleRow) -> Result<(), StoreError> {
    diesel::insert_into(dsl::bundles).values(row).execute(conn)?;
    Ok(())
}

/// The bundle of a case that counts.
///
/// # Errors
/// [`StoreError`].
pub fn bundle_current(conn: &mut Conn, case: CaseId) -> Result<Option<BundleRow>, StoreError> {
    Ok(dsl::bundles
        .filter(dsl::case_id.eq(case.to_string()))
        .filter(dsl::superseded_at.is_null())
        .order(dsl::id.desc())
        .first(conn)
        .optional()?)
}

/// Sets aside every bundle of a case, since what they hold is to be decided again. Gives the names of their files.
///
/// # Errors
/// [`StoreError`].
pub fn bundles_superseded(conn: &mut Conn, case: CaseId, at: Moment) -> Result<Vec<String>, StoreError> {
    let current = || dsl::bundles.filter(dsl::case_id.eq(case.to_string())).filter(dsl::superseded_at.is_null());
    let files = current().select(dsl::file).load(conn)?;
    diesel::update(current()).set(dsl::superseded_at.eq(Some(at.naive_utc()))).execute(conn)?;
    Ok(files)
}

/// Bundles whose time has ended and whose bytes are still kept: identifier, case and file; at most `limit`.
///
/// # Errors
/// [`StoreError`].
pub fn bundles_ended(conn: &mut Conn, now: Moment, limit: i64) -> Result<Vec<(String, String, String)>, StoreError> {
    Ok(dsl::bundles
        .filter(dsl::removed_at.is_null())
        .filter(dsl::expires_at.le(now.naive_utc()))
        .order(dsl::id)
        .select((dsl::id, dsl::case_id, dsl::file))
        .limit(limit)
        .load(conn)?)
}

/// Notes that a bundle's bytes are gone; false if somebody else noted it first.
///
/// # Errors
/// [`StoreError`].
pub fn bundle_removed(conn: &mut Conn, id: &str, at: Moment) -> Result<bool, StoreError> {
    let noted = diesel::update(dsl::bundles.find(id).filter(dsl::removed_at.is_null()))
        .set(dsl::removed_at.eq(Some(at.naive_utc())))
        .execute(conn)?;
    Ok(noted == 1)
}

/// Opens a bundle to the requester until `until`.
///
/// # Errors
/// [`StoreError`].
pub fn bundle_released(conn: &mut Conn, id: &str, at: Moment, until: Moment) -> Result<(), StoreError> {
    diesel::update(dsl::bundles.find(id))
        .set((dsl::released_at.eq(Some(at.naive_utc())), dsl::expires_at.eq(Some(until.naive_utc()))))
        .execute(conn)?;
    Ok(())
}

/// Counts a download.
///
/// # Errors
/// [`StoreError`].
pub fn bundle_download_counted(conn: &mut Conn, id: &str) -> Result<(), StoreError> {
    diesel::update(dsl::bundles.find(id)).set(dsl::downloads.eq(dsl::downloads + 1)).execute(conn)?;
    Ok(())
}

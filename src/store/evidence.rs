//! Files that were sent as proof. What they hold lies sealed in the data folder.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::evidence::{self, dsl};
use crate::base::Moment;
use crate::case::CaseId;

/// A file that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = evidence)]
pub struct EvidenceRow {
    /// Its identifier, under which its bytes are sealed.
    pub id: String,
    /// The case.
    pub case_id: String,
    /// `identity`, `authority` or `other`.
    pub kind: String,
    /// As its bytes say.
    pub media_type: String,
    /// Its size.
    pub size_bytes: i64,
    /// SHA-256 of what was sent, hexadecimal.
    pub sha256: String,
    /// Its name among the files.
    pub file: String,
    /// A scanner found nothing in it; false if there is no scanner.
    pub scanned: bool,
    /// When it came.
    pub received_at: NaiveDateTime,
    /// When its bytes were removed.
    pub removed_at: Option<NaiveDateTime>,
}

/// Keeps what is known of a file.
///
/// # Errors
/// [`StoreError`].
pub fn evidence_insert(conn: &mut Conn, row: EvidenceRow) -> Result<(), StoreError> {
    diesel::insert_into(dsl::evidence).values(row).execute(conn)?;
    Ok(())
}

/// The files of a case, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn evidence_of(conn: &mut Conn, case: CaseId) -> Result<Vec<EvidenceRow>, StoreError> {
    Ok(dsl::evidence.filter(dsl::case_id.eq(case.to_string())).order(dsl::id).load(conn)?)
}

/// Notes that the bytes of every file of a case are to go. Gives the names of their files.
///
/// # Errors
/// [`StoreError`].
pub fn evidence_ended(conn: &mut Conn, case: CaseId, at: Moment) -> Result<Vec<String>, StoreError> {
    let kept = || dsl::evidence.filter(dsl::case_id.eq(case.to_string())).filter(dsl::removed_at.is_null());
    let files = kept().select(dsl::file).load(conn)?;
    diesel::update(kept()).set(dsl::removed_at.eq(Some(at.naive_utc()))).execute(conn)?;
    Ok(files)
}

/// The names of all files of which the bytes are to be there.
///
/// # Errors
/// [`StoreError`].
pub fn evidence_files(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    Ok(dsl::evidence.filter(dsl::removed_at.is_null()).order(dsl::file).select(dsl::file).load(conn)?)
}

/// The cases of which files are kept.
///
/// # Errors
/// [`StoreError`].
pub fn cases_with_evidence(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    let kept = dsl::evidence.filter(dsl::removed_at.is_null());
    Ok(kept.select(dsl::case_id).distinct().order(dsl::case_id).load(conn)?)
}

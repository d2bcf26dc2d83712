//! What colleagues write beside a case: notes, tasks, and which cases belong together. And filters of the queue, kept by
//! name.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::cases::CaseRow;
use super::connection::Conn;
use super::error::StoreError;
use super::schema::{case_identifiers, case_notes, case_tasks, cases, related_cases, saved_filters};
use crate::case::CaseId;

/// What a colleague wrote beside a case.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = case_notes)]
pub struct NoteRow {
    /// Its identifier.
    pub id: String,
    /// The case.
    pub case_id: String,
    /// What was written.
    pub note: String,
    /// Who wrote it.
    pub made_by: String,
    /// When.
    pub made_at: NaiveDateTime,
}

/// Something to be done about a case.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = case_tasks)]
pub struct TaskRow {
    /// Its identifier.
    pub id: String,
    /// The case.
    pub case_id: String,
    /// What.
    pub task: String,
    /// By when.
    pub due_on: Option<NaiveDate>,
    /// Who wrote it down.
    pub made_by: String,
    /// When.
    pub made_at: NaiveDateTime,
    /// Who did it.
    pub done_by: Option<String>,
    /// When.
    pub done_at: Option<NaiveDateTime>,
}

/// Two cases, and what somebody said about them.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = related_cases)]
pub struct LinkRow {
    /// Its identifier.
    pub id: String,
    /// The case with the smaller identifier.
    pub case_id: String,
    /// The other.
    pub other_id: String,
    /// `same_person`, `duplicate` or `different_person`.
    pub why: String,
    /// Who said so.
    pub made_by: String,
    /// When.
    pub made_at: NaiveDateTime,
    /// Who took it back.
    pub ended_by: Option<String>,
    /// When.
    pub ended_at: Option<NaiveDateTime>,
}

/// A filter of the queue, kept by name.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = saved_filters)]
pub struct SavedFilterRow {
    /// Its identifier.
    pub id: String,
    /// Whose.
    pub owner_id: String,
    /// What they call it.
    pub name: String,
    /// The part of the address after the question mark.
    pub query: String,
    /// When it was kept.
    pub made_at: NaiveDateTime,
}

/// Keeps a note.
///
/// # Errors
/// [`StoreError`].
pub fn note_insert(conn: &mut Conn, row: NoteRow) -> Result<(), StoreError> {
    diesel::insert_into(case_notes::table).values(row).execute(conn)?;
    Ok(())
}

/// The notes of a case, newest first.
///
/// # Errors
/// [`StoreError`].
pub fn notes_of(conn: &mut Conn, case: CaseId) -> Result<Vec<NoteRow>, StoreError> {
    use case_notes::dsl;
    Ok(dsl::case_notes.filter(dsl::case_id.eq(case.to_string())).order(dsl::id.desc()).load(conn)?)
}

/// Keeps a task.
///
/// # Errors
/// [`StoreError`].
pub fn task_insert(conn: &mut Conn, row: TaskRow) -> Result<(), StoreError> {
    diesel::insert_into(case_tasks::table).values(row).execute(conn)?;
    Ok(())
}

/// The tasks of a case, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn tasks_of(conn: &mut Conn, case: CaseId) -> Result<Vec<TaskRow>, StoreError> {
    use case_tasks::dsl;
    Ok(dsl::case_tasks.filter(dsl::case_id.eq(case.to_string())).order(dsl::id).load(conn)?)
}

/// Ticks off a task. False if it was done already or never was one of this case.
///
/// # Errors
/// [`StoreError`].
pub fn task_done(conn: &mut Conn, case: CaseId, id: &str, by: &str, at: NaiveDateTime) -> Result<bool, StoreError> {
    use case_tasks::dsl;
    let open =
        dsl::case_tasks.filter(dsl::id.eq(id)).filter(dsl::case_id.eq(case.to_string())).filter(dsl::done_at.is_null());
    let done = diesel::update(open).set((dsl::done_by.eq(Some(by)), dsl::done_at.eq(Some(at)))).execute(conn)?;
    Ok(done == 1)
}

/// Keeps what was said about two cases.
///
/// # Errors
/// [`StoreError::Conflict`] if something is said about them already.
pub fn link_insert(conn: &mut Conn, row: LinkRow) -> Result<(), StoreError> {
    diesel::insert_into(related_cases::table).values(row).execute(conn)?;
    Ok(())
}

/// What stands about a case and others.
///
/// # Errors
/// [`StoreError`].
pub fn links_of(conn: &mut Conn, case: CaseId) -> Result<Vec<LinkRow>, StoreError> {
    use related_cases::dsl;
    let id = case.to_string();
    Ok(dsl::related_cases
        .filter(dsl::ended_at.is_null())
        .filter(dsl::case_id.eq(id.clone()).or(dsl::other_id.eq(id)))
        .order(dsl::id)
        .load(conn)?)
}

/// Takes back what was said about two cases. False if it does not stand.
///
/// # Errors
/// [`StoreError`].
pub fn link_end(conn: &mut Conn, case: CaseId, id: &str, by: &str, at: NaiveDateTime) -> Result<bool, StoreError> {
    use related_cases::dsl;
    let own = case.to_string();
    let standing = dsl::related_cases
        .filter(dsl::id.eq(id))
        .filter(dsl::ended_at.is_null())
        .filter(dsl::case_id.eq(own.clone()).or(dsl::other_id.eq(own)));
    let done = diesel::update(standing).set((dsl::ended_by.eq(Some(by)), dsl::ended_at.eq(Some(at)))).execute(conn)?;
    Ok(done == 1)
}

/// Other cases with one of these e-mail addresses or phone numbers in normal form, newest first, at most `limit`.
///
/// # Errors
/// [`StoreError`].
pub fn cases_with_identifier(
    conn: &mut Conn,
    case: CaseId,
    normals: &[String],
    limit: i64,
) -> Result<Vec<CaseRow>, StoreError> {
    let known: Vec<String> = case_identifiers::table
        .filter(case_identifiers::normal.eq_any(normals))
        .filter(case_identifiers::kind.eq_any(["email", "phone"]))
        .filter(case_identifiers::case_id.ne(case.to_string()))
        .select(case_identifiers::case_id)
        .distinct()
        .order(case_identifiers::case_id.desc())
        .limit(limit)
        .load(conn)?;
    cases_by_ids(conn, &known)
}

/// The cases with these identifiers, newest first.
///
/// # Errors
/// [`StoreError`].
pub fn cases_by_ids(conn: &mut Conn, ids: &[String]) -> Result<Vec<CaseRow>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(cases::table.filter(cases::id.eq_any(ids)).order(cases::id.desc()).load(conn)?)
}

/// Keeps a filter under its name; what stood under it before goes.
///
/// # Errors
/// [`StoreError`].
pub fn saved_filter_put(conn: &mut Conn, row: SavedFilterRow) -> Result<(), StoreError> {
    use saved_filters::dsl;
    diesel::delete(
        dsl::saved_filters.filter(dsl::owner_id.eq(row.owner_id.clone())).filter(dsl::name.eq(row.name.clone())),
    )
    .execute(conn)?;
    diesel::insert_into(dsl::saved_filters).values(row).execute(conn)?;
    Ok(())
}

/// The filters of a member of staff, by name.
///
/// # Errors
/// [`StoreError`].
pub fn saved_filters_of(conn: &mut Conn, owner: &str) -> Result<Vec<SavedFilterRow>, StoreError> {
    use saved_filters::dsl;
    Ok(dsl::saved_filters.filter(dsl::owner_id.eq(owner)).order(dsl::name).load(conn)?)
}

/// Forgets a filter.
///
/// # Errors
/// [`StoreError`].
pub fn saved_filter_remove(conn: &mut Conn, owner: &str, id: &str) -> Result<(), StoreError> {
    use saved_filters::dsl;
    diesel::delete(dsl::saved_filters.filter(dsl::owner_id.eq(owner)).filter(dsl::id.eq(id))).execute(conn)?;
    Ok(())
}

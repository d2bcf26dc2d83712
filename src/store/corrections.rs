//! Corrections, and the journal of writing them to a source.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::error::{StoreError, stored};
use super::schema::{corrections, source_changes};
use crate::base::Moment;
use crate::case::CaseId;
use crate::rectify::{CorrectionId, Decided, State};

/// A correction as it is kept. Values are texts, none for NULL.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = corrections, treat_none_as_null = true)]
pub struct RectificationRow {
    /// [`CorrectionId`] as text.
    pub id: String,
    /// The case.
    pub case_id: String,
    /// The record of the search.
    pub record: String,
    /// The dataset's key.
    pub dataset: String,
    /// The collection's name in the data map.
    pub collection: String,
    /// The field.
    pub field: String,
    /// What the record said when the correction was asked for.
    pub said: Option<String>,
    /// What it said when the correction was decided.
    pub shown: Option<String>,
    /// What the person wants it to say.
    pub wanted: Option<String>,
    /// Why.
    pub why: String,
    /// What shows it, in words.
    pub evidence: Option<String>,
    /// Who asked, as an actor displays.
    pub asked_by: String,
    /// When.
    pub asked_at: NaiveDateTime,
    /// [`State`] as its word.
    pub state: String,
    /// [`Decided`] as its word.
    pub decision: Option<String>,
    /// What is to be written.
    pub new_value: Option<String>,
    /// Why it was decided so; the person is told this of a refusal and of a part.
    pub reason: Option<String>,
    /// The person's statement.
    pub statement: Option<String>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<NaiveDateTime>,
    /// Who signed.
    pub signed_by: Option<String>,
    /// When.
    pub signed_at: Option<NaiveDateTime>,
    /// When it ended.
    pub ended_at: Option<NaiveDateTime>,
    /// Why it could not be written, in words without a value.
    pub problem: Option<String>,
    /// How the owner of the source showed that it was done.
    pub proof: Option<String>,
    /// The correction that it takes back.
    pub undoes: Option<String>,
}

impl RectificationRow {
    /// Its identifier.
    ///
    /// # Errors
    /// [`StoreError::Query`] if the stored text is not one.
    pub fn correction_id(&self) -> Result<CorrectionId, StoreError> {
        stored(&self.id, "correction identifier")
    }

    /// Where it stands.
    ///
    /// # Errors
    /// [`StoreError::Query`] if the stored word is not known.
    pub fn state(&self) -> Result<State, StoreError> {
        stored(&self.state, "state of a correction")
    }

    /// What was decided.
    ///
    /// # Errors
    /// [`StoreError::Query`] if the stored word is not known.
    pub fn decided(&self) -> Result<Option<Decided>, StoreError> {
        self.decision.as_deref().map(|word| stored(word, "decision about a correction")).transpose()
    }
}

/// An entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = source_changes)]
pub struct SourceChangeRow {
    /// Its identifier.
    pub id: String,
    /// Of which correction.
    pub correction_id: String,
    /// What stood there.
    pub value_before: Option<String>,
    /// What is to stand there.
    pub value_after: Option<String>,
    /// When it was begun: before the source was touched.
    pub begun_at: NaiveDateTime,
    /// When its outcome was known.
    pub ended_at: Option<NaiveDateTime>,
    /// `made`, `stands`, `differs`, `gone`, `refused` or `not_kept`; none while it is not known.
    pub outcome: Option<String>,
}

/// Keeps a correction.
///
/// # Errors
/// [`StoreError`]; [`StoreError::Conflict`] if the one that it takes back is being taken back already.
pub fn correction_insert(conn: &mut Conn, row: RectificationRow) -> Result<(), StoreError> {
    diesel::insert_into(corrections::table).values(row).execute(conn)?;
    Ok(())
}

/// Keeps what changed of a correction. The case's lock guards it.
///
/// # Errors
/// [`StoreError`].
pub fn correction_update(conn: &mut Conn, row: &RectificationRow) -> Result<(), StoreError> {
    diesel::update(corrections::table.find(row.id.clone())).set(row.clone()).execute(conn)?;
    Ok(())
}

/// The correction with this identifier, of this case.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none.
pub fn correction_by_id(conn: &mut Conn, case: CaseId, id: CorrectionId) -> Result<RectificationRow, StoreError> {
    corrections::table
        .filter(corrections::id.eq(id.to_string()))
        .filter(corrections::case_id.eq(case.to_string()))
        .first(conn)
        .optional()?
        .ok_or(StoreError::NotFound("correction of this case"))
}

/// The corrections of a case, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn corrections_of(conn: &mut Conn, case: CaseId) -> Result<Vec<RectificationRow>, StoreError> {
    Ok(corrections::table
        .filter(corrections::case_id.eq(case.to_string()))
        .order((corrections::asked_at, corrections::id))
        .load(conn)?)
}

/// Begins an entry of the journal, unless one for the same change was begun and its outcome is not known yet. One for
/// another change was given up: what the source was then seen to say (`row.value_before`) tells what became of it.
///
/// # Errors
/// [`StoreError`].
pub fn source_change_begin(conn: &mut Conn, row: SourceChangeRow) -> Result<(), StoreError> {
    use source_changes::dsl;
    let open: Option<SourceChangeRow> = dsl::source_changes
        .filter(dsl::correction_id.eq(row.correction_id.clone()))
        .filter(dsl::ended_at.is_null())
        .first(conn)
        .optional()?;
    if let Some(open) = open {
        if (&open.value_before, &open.value_after) == (&row.value_before, &row.value_after) {
            return Ok(());
        }
        let outcome = if row.value_before == open.value_after {
            "stands"
        } else if row.value_before == open.value_before {
            "not_kept"
        } else {
            "differs"
        };
        diesel::update(dsl::source_changes.find(open.id))
            .set((dsl::ended_at.eq(Some(row.begun_at)), dsl::outcome.eq(Some(outcome.to_owned()))))
            .execute(conn)?;
    }
    diesel::insert_into(dsl::source_changes).values(row).execute(conn)?;
    Ok(())
}

/// Ends the open entry of a correction.
///
/// # Errors
/// [`StoreError`].
pub fn source_change_end(
    conn: &mut Conn,
    correction: CorrectionId,
    outcome: &str,
    now: Moment,
) -> Result<(), StoreError> {
    use source_changes::dsl;
    diesel::update(
        dsl::source_changes.filter(dsl::correction_id.eq(correction.to_string())).filter(dsl::ended_at.is_null()),
    )
    .set((dsl::ended_at.eq(Some(now.naive_utc())), dsl::outcome.eq(Some(outcome.to_owned()))))
    .execute(conn)?;
    Ok(())
}

/// The journal of a correction, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn source_changes_of(conn: &mut Conn, correction: CorrectionId) -> Result<Vec<SourceChangeRow>, StoreError> {
    use source_changes::dsl;
    Ok(dsl::source_changes
        .filter(dsl::correction_id.eq(correction.to_string()))
        .order((dsl::begun_at, dsl::id))
        .load(conn)?)
}

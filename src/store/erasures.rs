//! Erasures, what each plans for every record, and the journal of carrying them out.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::error::{StoreError, stored};
use super::schema::{erasure_items, erasure_runs, erasures, suppressions};
use crate::base::{Moment, clamp_i64};
use crate::case::CaseId;
use crate::erase::{ErasureId, ErasureState};

/// An erasure as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = erasures, treat_none_as_null = true)]
pub struct ErasureRow {
    /// [`ErasureId`] as text.
    pub id: String,
    /// The case.
    pub case_id: String,
    /// [`ErasureState`] as its word.
    pub state: String,
    /// SHA-256 of the plan.
    pub digest: String,
    /// What becomes of the columns, by collection, as JSON.
    pub ways: String,
    /// What stood in the way when it was tried out.
    pub tried: Option<String>,
    /// Who planned it.
    pub made_by: String,
    /// When.
    pub made_at: NaiveDateTime,
    /// Who signed or returned it.
    pub signed_by: Option<String>,
    /// When.
    pub signed_at: Option<NaiveDateTime>,
    /// When it ended.
    pub ended_at: Option<NaiveDateTime>,
    /// Why it was returned, or could not be carried out, in words without a value.
    pub problem: Option<String>,
    /// How who looks after a source showed that their part was done.
    pub proof: Option<String>,
}

impl ErasureRow {
    /// Its identifier.
    ///
    /// # Errors
    /// [`StoreError::Query`] if the stored text is not one.
    pub fn erasure_id(&self) -> Result<ErasureId, StoreError> {
        stored(&self.id, "erasure identifier")
    }

    /// Where it stands.
    ///
    /// # Errors
    /// [`StoreError::Query`] if the stored word is not known.
    pub fn state(&self) -> Result<ErasureState, StoreError> {
        stored(&self.state, "state of an erasure")
    }
}

/// What is planned for a record.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = erasure_items)]
pub struct ErasureItemRow {
    /// Of which erasure.
    pub erasure_id: String,
    /// Its place in the plan.
    pub number: i64,
    /// The dataset's key.
    pub dataset: String,
    /// The collection's name.
    pub collection: String,
    /// The record.
    pub record: String,
    /// `delete`, `anonymise` or `stay`.
    pub what: String,
    /// Why it stays.
    pub reason: Option<String>,
    /// Why who looks after the source does it.
    pub by_owner: Option<String>,
}

/// An entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = erasure_runs)]
pub struct ErasureRunRow {
    /// Of which erasure.
    pub erasure_id: String,
    /// At which source.
    pub dataset: String,
    /// When it was begun: before the source was touched.
    pub begun_at: NaiveDateTime,
    /// When its outcome was known.
    pub ended_at: Option<NaiveDateTime>,
    /// `made`, `stands`, `differs` or `refused`; none while it is not known.
    pub outcome: Option<String>,
    /// Records that were deleted or anonymised.
    pub done: i64,
    /// Records of which nothing was left to do.
    pub already: i64,
}

/// Keeps a plan with its items.
///
/// # Errors
/// [`StoreError`].
pub fn erasure_insert(conn: &mut Conn, row: ErasureRow, items: Vec<ErasureItemRow>) -> Result<(), StoreError> {
    diesel::insert_into(erasures::table).values(row).execute(conn)?;
    for item in items {
        diesel::insert_into(erasure_items::table).values(item).execute(conn)?;
    }
    Ok(())
}

/// Keeps what changed of an erasure. The case's lock guards it.
///
/// # Errors
/// [`StoreError`].
pub fn erasure_update(conn: &mut Conn, row: &ErasureRow) -> Result<(), StoreError> {
    diesel::update(erasures::table.find(row.id.clone())).set(row.clone()).execute(conn)?;
    Ok(())
}

/// The erasure with this identifier, of this case.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none.
pub fn erasure_by_id(conn: &mut Conn, case: CaseId, id: ErasureId) -> Result<ErasureRow, StoreError> {
    erasures::table
        .filter(erasures::id.eq(id.to_string()))
        .filter(erasures::case_id.eq(case.to_string()))
        .first(conn)
        .optional()?
        .ok_or(StoreError::NotFound("erasure of this case"))
}

/// The erasures of a case, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn erasures_of(conn: &mut Conn, case: CaseId) -> Result<Vec<ErasureRow>, StoreError> {
    Ok(erasures::table
        .filter(erasures::case_id.eq(case.to_string()))
        .order((erasures::made_at, erasures::id))
        .load(conn)?)
}

/// What an erasure plans, in its order.
///
/// # Errors
/// [`StoreError`].
pub fn erasure_items_of(conn: &mut Conn, erasure: ErasureId) -> Result<Vec<ErasureItemRow>, StoreError> {
    Ok(erasure_items::table
        .filter(erasure_items::erasure_id.eq(erasure.to_string()))
        .order(erasure_items::number)
        .load(conn)?)
}

/// Begins an entry of the journal, unless it was begun.
///
/// # Errors
/// [`StoreError`].
pub fn erasure_run_begin(conn: &mut Conn, erasure: ErasureId, dataset: &str, now: Moment) -> Result<(), StoreError> {
    if erasure_runs_of(conn, erasure)?.iter().any(|run| run.dataset == dataset) {
        return Ok(());
    }
    let row = ErasureRunRow {
        erasure_id: erasure.to_string(),
        dataset: dataset.to_owned(),
        begun_at: now.naive_utc(),
        ended_at: None,
        outcome: None,
        done: 0,
        already: 0,
    };
    diesel::insert_into(erasure_runs::table).values(row).execute(conn)?;
    Ok(())
}

/// Ends an entry of the journal.
///
/// # Errors
/// [`StoreError`].
pub fn erasure_run_end(
    conn: &mut Conn,
    erasure: ErasureId,
    dataset: &str,
    outcome: &str,
    counts: (u64, u64),
    now: Moment,
) -> Result<(), StoreError> {
    use erasure_runs::dsl;
    diesel::update(dsl::erasure_runs.find((erasure.to_string(), dataset.to_owned())))
        .set((
            dsl::ended_at.eq(Some(now.naive_utc())),
            dsl::outcome.eq(Some(outcome.to_owned())),
            dsl::done.eq(clamp_i64(counts.0)),
            dsl::already.eq(clamp_i64(counts.1)),
        ))
        .execute(conn)?;
    Ok(())
}

/// The journal of an erasure, by dataset.
///
/// # Errors
/// [`StoreError`].
pub fn erasure_runs_of(conn: &mut Conn, erasure: ErasureId) -> Result<Vec<ErasureRunRow>, StoreError> {
    Ok(erasure_runs::table
        .filter(erasure_runs::erasure_id.eq(erasure.to_string()))
        .order(erasure_runs::dataset)
        .load(conn)?)
}

/// Keeps an address out of a list; once is enough.
///
/// # Errors
/// [`StoreError`].
pub fn suppression_keep(
    conn: &mut Conn,
    list: &str,
    hash: &str,
    case: Option<CaseId>,
    now: Moment,
) -> Result<(), StoreError> {
    if is_suppressed(conn, list, hash)? {
        return Ok(());
    }
    use suppressions::dsl;
    diesel::insert_into(dsl::suppressions)
        .values((
            dsl::list.eq(list.to_owned()),
            dsl::hash.eq(hash.to_owned()),
            dsl::case_id.eq(case.map(|case| case.to_string())),
            dsl::made_at.eq(now.naive_utc()),
        ))
        .execute(conn)?;
    Ok(())
}

/// Whether an address is kept out of a list.
///
/// # Errors
/// [`StoreError`].
pub fn is_suppressed(conn: &mut Conn, list: &str, hash: &str) -> Result<bool, StoreError> {
    use suppressions::dsl;
    let found: i64 =
        dsl::suppressions.filter(dsl::list.eq(list)).filter(dsl::hash.eq(hash)).count().get_result(conn)?;
    Ok(found > 0)
}

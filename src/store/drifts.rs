//! What the sources' databases looked like at the last look, and what has come between them and the data map.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::{drifts, seen_columns};

/// Something that has come between a database and the data map.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = drifts)]
pub struct DriftRow {
    /// Its identifier.
    pub id: String,
    /// The dataset, by its key.
    pub dataset: String,
    /// The table.
    pub table_name: String,
    /// The column; empty where it is the whole table.
    pub column_name: String,
    /// `gone`, `changed`, `personal` or `new`.
    pub kind: String,
    /// In words.
    pub detail: String,
    /// When it was found.
    pub found_at: NaiveDateTime,
    /// When it was no longer found.
    pub ended_at: Option<NaiveDateTime>,
    /// When somebody said why it may stay.
    pub waived_at: Option<NaiveDateTime>,
    /// Who.
    pub waived_by: Option<String>,
    /// Why.
    pub waive_reason: Option<String>,
}

/// The type of each column, by table and column.
pub type SeenColumns = BTreeMap<(String, String), String>;

/// What was seen of a dataset's database: the type of each column by table and column; none if it was never looked at.
///
/// # Errors
/// [`StoreError`].
pub fn seen_columns_of(conn: &mut Conn, dataset: &str) -> Result<Option<SeenColumns>, StoreError> {
    use seen_columns::dsl;
    let rows: Vec<(String, String, String)> = dsl::seen_columns
        .filter(dsl::dataset.eq(dataset))
        .select((dsl::table_name, dsl::column_name, dsl::type_name))
        .load(conn)?;
    let seen: BTreeMap<_, _> = rows.into_iter().map(|(table, column, kind)| ((table, column), kind)).collect();
    Ok((!seen.is_empty()).then_some(seen))
}

/// Keeps what was seen of a dataset's database in place of what was seen before.
///
/// # Errors
/// [`StoreError`].
pub fn seen_columns_set(
    conn: &mut Conn,
    dataset: &str,
    seen: &BTreeMap<(String, String), String>,
) -> Result<(), StoreError> {
    use seen_columns::dsl;
    diesel::delete(dsl::seen_columns.filter(dsl::dataset.eq(dataset))).execute(conn)?;
    for ((table, column), kind) in seen {
        let row =
            (dsl::dataset.eq(dataset), dsl::table_name.eq(table), dsl::column_name.eq(column), dsl::type_name.eq(kind));
        diesel::insert_into(dsl::seen_columns).values(row).execute(conn)?;
    }
    Ok(())
}

/// What stands between databases and map now, waived or not; by dataset, table and column.
///
/// # Errors
/// [`StoreError`].
pub fn drifts_open(conn: &mut Conn) -> Result<Vec<DriftRow>, StoreError> {
    use drifts::dsl;
    Ok(dsl::drifts
        .filter(dsl::ended_at.is_null())
        .order((dsl::dataset, dsl::table_name, dsl::column_name, dsl::kind))
        .load(conn)?)
}

/// Keeps one that was found.
///
/// # Errors
/// [`StoreError`].
pub fn drift_insert(conn: &mut Conn, row: DriftRow) -> Result<(), StoreError> {
    diesel::insert_into(drifts::dsl::drifts).values(row).execute(conn)?;
    Ok(())
}

/// Ends one that was not found again.
///
/// # Errors
/// [`StoreError`].
pub fn drift_end(conn: &mut Conn, id: &str, at: NaiveDateTime) -> Result<(), StoreError> {
    use drifts::dsl;
    diesel::update(dsl::drifts.filter(dsl::id.eq(id))).set(dsl::ended_at.eq(Some(at))).execute(conn)?;
    Ok(())
}

/// Notes why one may stay. False if there is no such one, or it was waived already.
///
/// # Errors
/// [`StoreError`].
pub fn drift_waive(conn: &mut Conn, id: &str, by: &str, at: NaiveDateTime, why: &str) -> Result<bool, StoreError> {
    use drifts::dsl;
    let open = dsl::drifts.filter(dsl::id.eq(id)).filter(dsl::ended_at.is_null()).filter(dsl::waived_at.is_null());
    let done = diesel::update(open)
        .set((dsl::waived_at.eq(Some(at)), dsl::waived_by.eq(Some(by)), dsl::waive_reason.eq(Some(why))))
        .execute(conn)?;
    Ok(done == 1)
}

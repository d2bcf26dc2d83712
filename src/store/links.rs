//! Cases that came out of one another.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::connection::Conn;
use super::error::{StoreError, stored};
use super::schema::case_links::{self, dsl};
use crate::case::CaseId;

/// A case that came out of another.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = case_links)]
pub struct LinkRow {
    /// The case.
    pub case_id: String,
    /// The first case of its group.
    pub root_id: String,
    /// `right`: another right of one request. `follows`: asked for while reading an answer.
    pub kind: String,
    /// When.
    pub made_at: NaiveDateTime,
}

/// Links a case to the first of its group.
///
/// # Errors
/// [`StoreError`].
pub fn link_insert(conn: &mut Conn, row: LinkRow) -> Result<(), StoreError> {
    diesel::insert_into(dsl::case_links).values(row).execute(conn)?;
    Ok(())
}

/// How a case came out of another; none if it stands alone or is the first.
///
/// # Errors
/// [`StoreError`].
pub fn link_of(conn: &mut Conn, case: CaseId) -> Result<Option<LinkRow>, StoreError> {
    Ok(dsl::case_links.find(case.to_string()).first(conn).optional()?)
}

/// Every case of the group that `case` is of, the first of it first; the case alone if it has none.
///
/// # Errors
/// [`StoreError`].
pub fn case_group(conn: &mut Conn, case: CaseId) -> Result<Vec<CaseId>, StoreError> {
    let root: CaseId = match link_of(conn, case)? {
        Some(link) => stored(&link.root_id, "case identifier")?,
        None => case,
    };
    let rest: Vec<String> = dsl::case_links
        .filter(dsl::root_id.eq(root.to_string()))
        .order((dsl::made_at, dsl::case_id))
        .select(dsl::case_id)
        .load(conn)?;
    let mut group = vec![root];
    for id in rest {
        group.push(stored(&id, "case identifier")?);
    }
    Ok(group)
}

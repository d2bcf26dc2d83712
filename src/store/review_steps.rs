//! The steps of a review, and undoing one. What a step decided, cut out, rejected or answered is never deleted: it is ended
//! by a later step. An undo is a step too: it ends what the other began, and begins anew what that one ended.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::review_steps::{self, dsl};
use super::schema::{
    confirmed_identifiers, match_rulings, record_decisions, redactions, suggestion_rejections, warning_answers,
};
use crate::case::CaseId;

/// One act of a review.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = review_steps)]
pub struct StepRow {
    /// Its identifier.
    pub id: String,
    /// The case.
    pub case_id: String,
    /// Its number in the case.
    pub seq: i64,
    /// What was done: `decide`, `redact`, `everywhere`...
    pub kind: String,
    /// Who: a member of staff by identifier, or `system`.
    pub made_by: String,
    /// When.
    pub made_at: NaiveDateTime,
    /// JSON: counts and filters, for people who read the history.
    pub detail: String,
    /// The step that this one undoes.
    pub undoes: Option<String>,
    /// The step that undid this one.
    pub undone_by: Option<String>,
}

/// Keeps a step, giving it the next number of its case; the case must be locked for a change. Gives the number.
///
/// # Errors
/// [`StoreError`].
pub fn step_insert(conn: &mut Conn, mut row: StepRow) -> Result<i64, StoreError> {
    let last: Option<i64> = dsl::review_steps
        .filter(dsl::case_id.eq(row.case_id.clone()))
        .select(diesel::dsl::max(dsl::seq))
        .first(conn)?;
    row.seq = last.unwrap_or(0) + 1;
    let seq = row.seq;
    diesel::insert_into(dsl::review_steps).values(row).execute(conn)?;
    Ok(seq)
}

/// A step of a case.
///
/// # Errors
/// [`StoreError::NotFound`].
pub fn step_of(conn: &mut Conn, case: CaseId, id: &str) -> Result<StepRow, StoreError> {
    dsl::review_steps
        .filter(dsl::case_id.eq(case.to_string()))
        .filter(dsl::id.eq(id))
        .first(conn)
        .optional()?
        .ok_or(StoreError::NotFound("step of this review"))
}

/// The steps of a case before number `before`, newest first, at most `limit`.
///
/// # Errors
/// [`StoreError`].
pub fn steps(conn: &mut Conn, case: CaseId, before: Option<i64>, limit: i64) -> Result<Vec<StepRow>, StoreError> {
    let mut query =
        dsl::review_steps.filter(dsl::case_id.eq(case.to_string())).order(dsl::seq.desc()).limit(limit).into_boxed();
    if let Some(before) = before {
        query = query.filter(dsl::seq.lt(before));
    }
    Ok(query.load(conn)?)
}

/// Who took part in a review so that it counts: made a step that was not undone since and has left something that stands,
/// or undid one.
///
/// # Errors
/// [`StoreError`].
pub fn reviewers(conn: &mut Conn, case: CaseId) -> Result<Vec<String>, StoreError> {
    let id = case.to_string();
    let mut found: Vec<String> = dsl::review_steps
        .filter(dsl::case_id.eq(id.clone()))
        .filter(dsl::undone_by.is_null())
        .filter(dsl::undoes.is_not_null())
        .select(dsl::made_by)
        .distinct()
        .load(conn)?;
    macro_rules! deciders {
        ($table:ident) => {
            found.extend(
                $table::table
                    .filter($table::case_id.eq(id.clone()))
                    .filter($table::ended_step.is_null())
                    .select($table::decided_by)
                    .distinct()
                    .load::<String>(conn)?,
            );
        };
    }
    deciders!(record_decisions);
    deciders!(redactions);
    deciders!(suggestion_rejections);
    deciders!(warning_answers);
    deciders!(match_rulings);
    deciders!(confirmed_identifiers);
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Ends everything that `step` began and that still stands, by `undo`; begins again, under `undo`, what `step` had ended,
/// where nothing else stands in its place by now.
///
/// # Errors
/// [`StoreError::Conflict`] if somebody undid it first.
pub fn step_undo(conn: &mut Conn, step: &str, undo: &str) -> Result<(), StoreError> {
    let marked = diesel::update(dsl::review_steps.filter(dsl::id.eq(step)).filter(dsl::undone_by.is_null()))
        .set(dsl::undone_by.eq(Some(undo)))
        .execute(conn)?;
    if marked != 1 {
        return Err(StoreError::Conflict("step"));
    }
    const OF_DECISIONS: &str = "case_id, record, decision, code, reason, opinion_id, decided_by, decided_at";
    const OF_REDACTIONS: &str = "case_id, record, field, start_at, end_at, text_hash, code, reason, opinion_id, origin, \
                                 decided_by, decided_at";
    const OF_REJECTIONS: &str = "case_id, record, field, start_at, end_at, text_hash, decided_by, decided_at";
    const OF_ANSWERS: &str = "case_id, warning, reason, decided_by, decided_at";
    const OF_RULINGS: &str = "case_id, record, ruling, reason, decided_by, decided_at";
    const OF_ALIASES: &str = "case_id, alias, kind, value, record, reason, decided_by, decided_at";
    for (table, columns, one_each) in [
        ("record_decisions", OF_DECISIONS, Some("record")),
        ("redactions", OF_REDACTIONS, None),
        ("suggestion_rejections", OF_REJECTIONS, None),
        ("warning_answers", OF_ANSWERS, Some("warning")),
        ("match_rulings", OF_RULINGS, Some("record")),
        ("confirmed_identifiers", OF_ALIASES, Some("alias")),
    ] {
        run(
            conn,
            &format!("UPDATE {table} SET ended_step = $2 WHERE step_id = $1 AND ended_step IS NULL"),
            step,
            undo,
        )?;
        let free = one_each.map_or_else(String::new, |column| {
            format!(
                " AND NOT EXISTS (SELECT 1 FROM {table} AS l WHERE l.case_id = b.case_id AND l.{column} = b.{column} \
                 AND l.ended_step IS NULL)"
            )
        });
        let from: String = columns.split(", ").map(|column| format!("b.{column}")).collect::<Vec<_>>().join(", ");
        // What the undo itself just ended does not come back with it.
        run(
            conn,
            &format!(
                "INSERT INTO {table} (step_id, n, {columns}) SELECT $2, row_number() OVER (ORDER BY b.step_id, b.n), \
                 {from} FROM {table} AS b WHERE b.ended_step = $1{free}"
            ),
            step,
            undo,
        )?;
    }
    Ok(())
}

/// Runs a statement of ours with two bound identifiers, on either database.
fn run(conn: &mut Conn, sql: &str, first: &str, second: &str) -> Result<(), StoreError> {
    match conn {
        Conn::Sqlite(inner) => {
            diesel::sql_query(sql.replace('$', "?")).bind::<Text, _>(first).bind::<Text, _>(second).execute(inner)?
        }
        #[cfg(feature = "postgres")]
        Conn::Postgres(inner) => {
            diesel::sql_query(sql).bind::<Text, _>(first).bind::<Text, _>(second).execute(inner)?
        }
    };
    Ok(())
}

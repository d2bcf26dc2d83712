//! The history of a review, and undoing a step of it. Nothing is lost: an undo is a step too, and can itself be undone.

use serde::Serialize;
use serde_json::{Value, json};

use crate::base::Moment;
use crate::case::CaseId;
use crate::store::{Conn, case_by_id, step_of, step_undo, steps};

use super::desk::Desk;
use super::error::ActError;
use super::matching::{leads_on, step_and_search};
use super::moving::By;
use super::reviewing::{NewStep, Step, make_step};

/// A step of a review.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct StepView {
    /// Its identifier.
    pub step: String,
    /// Its number in the case.
    pub number: i64,
    /// What was done: `decide`, `decide_many`, `redact`, `unredact`, `everywhere`, `accept`, `reject`, `answer`, `rules`,
    /// `match`, `identifier`, `lapse`, `undo`.
    pub kind: String,
    /// Who: a member of staff by identifier, or `system`.
    pub by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Moment,
    /// Counts and filters.
    #[schema(value_type = Object)]
    pub detail: Value,
    /// The step that this one undoes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undoes: Option<String>,
    /// The step that undid this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undone_by: Option<String>,
}

/// A page of steps.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct StepPage {
    /// Newest first.
    pub steps: Vec<StepView>,
    /// Ask again with `after` set to this; null at the end.
    pub next: Option<i64>,
}

/// The steps of a case's review before number `after`, newest first.
///
/// # Errors
/// [`ActError::Missing`] if there is no such case.
pub fn steps_list(desk: &Desk, id: CaseId, after: Option<i64>, limit: i64) -> Result<StepPage, ActError> {
    let rows = desk.store.read(|conn| -> Result<_, ActError> {
        case_by_id(conn, id)?;
        Ok(steps(conn, id, after, limit)?)
    })?;
    let next = if crate::base::i64_from(rows.len()) == limit { rows.last().map(|row| row.seq) } else { None };
    let steps = rows
        .into_iter()
        .map(|row| StepView {
            step: row.id,
            number: row.seq,
            kind: row.kind,
            by: row.made_by,
            at: Moment::from_naive_utc(row.made_at),
            detail: serde_json::from_str(&row.detail).unwrap_or_default(),
            undoes: row.undoes,
            undone_by: row.undone_by,
        })
        .collect();
    Ok(StepPage { steps, next })
}

/// Undoes a step: what it decided or redacted and what still stands of that ends; what it ended stands again, where nothing
/// was decided in its place since. The sources are searched again where the step was about whose records or identifiers they
/// are.
///
/// # Errors
/// [`ActError::Refused`] if it was undone already.
pub fn undo(desk: &Desk, id: CaseId, step: &str, by: &By) -> Result<(), ActError> {
    let row = desk.store.read(|conn| -> Result<_, ActError> { Ok(step_of(conn, id, step)?) })?;
    if row.undone_by.is_some() {
        return Err(ActError::Refused("this step was undone already: undo the undoing to have it back".to_owned()));
    }
    if row.kind == "lapse" {
        return Err(ActError::Refused(
            "these decisions lapsed because the records changed at their source: decide about them anew".to_owned(),
        ));
    }
    let detail: Value = serde_json::from_str(&row.detail).unwrap_or_default();
    let count = |name: &str| detail.get(name).and_then(Value::as_u64).map_or(0, crate::base::usize_from);
    // What the undone step was in the beginning, where it is an undoing itself.
    let first = detail.get("first").and_then(Value::as_str).unwrap_or(&row.kind).to_owned();
    let made = NewStep {
        kind: "undo",
        detail: json!({"kind": row.kind, "first": first}),
        records: count("records"),
        places: count("places"),
        code: None,
        undoes: Some(step),
    };
    let work = |conn: &mut Conn, made: &Step| Ok(step_undo(conn, step, &made.id)?);
    if leads_on(&first) {
        step_and_search(desk, id, by, &made, work)?;
    } else {
        make_step(desk, id, by, &made, work)?;
    }
    Ok(())
}

//! A caseworker decides about a correction, on the value as it is now.

use crate::audit::Actor;
use crate::case::CaseId;
use crate::rectify::{Act, CorrectionId, Decided, next, same, validated};
use crate::store::{RectificationRow, correction_by_id, corrections_of};

use super::keep;
use super::place::{Place, now, place};
use crate::acts::desk::Desk;
use crate::acts::error::ActError;
use crate::acts::moving::{By, load};
use crate::acts::reviewing::Review;

/// What is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RectifyDecision {
    /// What.
    pub decision: Decided,
    /// The value as the caseworker saw it; none for no value. Needed where something is to be written.
    pub shown: Option<String>,
    /// With `part`: what is written; none to empty the field.
    pub value: Option<String>,
    /// Why; the person is told it. Needed for `part` and `refuse`.
    pub reason: Option<String>,
    /// With `statement`: what the person says, which stands beside the data.
    pub statement: Option<String>,
}

/// Decides. What is to be written is checked against the column's type, and against what the source says now.
///
/// # Errors
/// [`ActError::Stale`] if the source does not say any more what was shown; [`ActError::Invalid`] naming the field.
pub fn correction_decide(
    desk: &Desk,
    id: CaseId,
    correction: CorrectionId,
    new: &RectifyDecision,
    by: &By,
) -> Result<i64, ActError> {
    let staff = by.staff_id()?.to_owned();
    let (row, others) = desk.store.read(|conn| -> Result<_, ActError> {
        Ok((correction_by_id(conn, id, correction)?, corrections_of(conn, id)?))
    })?;
    next(row.state()?, Act::Decide)?;
    words(new)?;
    let new_value = match new.decision {
        Decided::Refuse | Decided::Statement => None,
        Decided::Apply | Decided::Part => {
            let review = Review::load(desk, id, Some(by))?;
            let place = place(desk, &review, &row.record, &row.field)?;
            let value = if new.decision == Decided::Apply { row.wanted.clone() } else { new.value.clone() };
            checked(&place, &others, value, new)?
        }
    };
    let at = desk.now();
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        let fresh = correction_by_id(conn, id, correction)?;
        let state = next(fresh.state()?, Act::Decide)?;
        let row = RectificationRow {
            state: state.to_string(),
            decision: Some(new.decision.to_string()),
            shown: new.shown.clone(),
            new_value: new_value.clone(),
            reason: new.reason.clone(),
            statement: new.statement.clone(),
            decided_by: Some(staff.clone()),
            decided_at: Some(at.naive_utc()),
            signed_by: None,
            signed_at: None,
            problem: None,
            ..fresh
        };
        keep(conn, case, &row, "decided", by, at)
    })
}

/// What the decision says must fit what is decided.
fn words(new: &RectifyDecision) -> Result<(), ActError> {
    let needed = |field: &str, there: bool, problem: &str| {
        if there { Ok(()) } else { Err(ActError::field(field, problem)) }
    };
    match new.decision {
        Decided::Apply => Ok(()),
        Decided::Part => needed("reason", new.reason.is_some(), "say why not all of it: the person is told"),
        Decided::Refuse => needed("reason", new.reason.is_some(), "say why not: the person is told"),
        Decided::Statement => {
            needed("statement", new.statement.is_some(), "write what the person wants to stand beside the data")
        }
    }
}

/// The value as it is to be written, if the source still says what was shown.
fn checked(
    place: &Place<'_>,
    others: &[RectificationRow],
    value: Option<String>,
    new: &RectifyDecision,
) -> Result<Option<String>, ActError> {
    let now = now(place, others)?;
    let kind = now.column.as_ref().map_or(crate::datamap::LiveKind::Other, |column| column.kind);
    if !same(kind, now.value.as_deref(), new.shown.as_deref()) {
        return Err(ActError::Stale("value in the source"));
    }
    let field = if new.decision == Decided::Part { "value" } else { "decision" };
    let value = match (&now.column, value) {
        (Some(column), Some(text)) => Some(
            validated(column, &text)
                .map_err(|cure| ActError::field(field, format!("the source does not take this value: {cure}")))?,
        ),
        (_, value) => value,
    };
    if same(kind, now.value.as_deref(), value.as_deref()) {
        return Err(ActError::field(field, "the source says this already: refuse it with that as the reason"));
    }
    Ok(value)
}

/// The member of staff who asked for it on the person's behalf, if one did.
pub(super) fn asked_by_staff(row: &RectificationRow, staff: &str) -> bool {
    row.asked_by == Actor::Staff(staff.to_owned()).to_string()
}

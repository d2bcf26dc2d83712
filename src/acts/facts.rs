//! The recorded facts of a case's clock: added to, corrected or withdrawn by later ones, never edited; and what followed
//! from them at any past moment.

use chrono::NaiveDate;
use serde::Serialize;

use crate::base::Moment;
use crate::case::CaseId;
use crate::deadline::{Deadline, Fact, FactId, FactKind, facts_as_known_at, standing_at};
use crate::letter::DateMoved;
use crate::store::{CaseRow, Conn, StoreError, case_by_id, case_by_reference, case_update, clock_events};

use super::clock::{AsOf, Noted, deadline_of, fact, facts, reclock, record_fact};
use super::desk::Desk;
use super::error::ActError;
use super::letters::LetterOrder;
use super::moving::{By, load};

/// A fact that a caseworker records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFact {
    /// What happened; [`FactKind::Withdrawn`] if what was recorded did not.
    pub kind: FactKind,
    /// On which day, not when it was logged. May be left out of a withdrawal alone.
    pub happened_on: Option<NaiveDate>,
    /// Why it is recorded, or what was said.
    pub note: Option<String>,
    /// The fact that it corrects or withdraws.
    pub corrects: Option<FactId>,
}

/// A recorded fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FactView {
    /// Its identifier, by which a later one corrects it.
    #[schema(value_type = String, format = Uuid)]
    pub id: String,
    /// `received`, `withdrawn` or the name of an event, as `id_received`.
    pub kind: String,
    /// The date it happened.
    pub happened_on: NaiveDate,
    /// When it was written down.
    #[schema(value_type = String, format = DateTime)]
    pub recorded_at: Moment,
    /// By whom.
    pub recorded_by: String,
    /// Why, or what was said.
    pub note: Option<String>,
    /// The fact that it corrects or withdraws.
    pub corrects: Option<String>,
    /// True while it counts: nothing recorded later corrects it.
    pub stands: bool,
}

/// What followed from the facts known at a moment.
#[derive(Debug, Clone, Serialize)]
pub struct BelievedDeadline {
    /// The case's reference.
    pub reference: String,
    /// When; now, if nothing else was asked for.
    pub at: Moment,
    /// The answer of that moment, with its working.
    #[serde(flatten)]
    pub deadline: Deadline,
}

/// Every fact of a case in the order of recording.
///
/// # Errors
/// [`ActError::Missing`].
pub fn facts_list(desk: &Desk, id: CaseId) -> Result<Vec<FactView>, ActError> {
    desk.store.read(|conn| {
        case_by_id(conn, id)?;
        let rows = clock_events(conn, id)?;
        let read = rows.iter().map(fact).collect::<Result<Vec<_>, _>>()?;
        let standing: Vec<FactId> = newest(&read).map_or_else(Vec::new, |at| {
            standing_at(&read, at).into_iter().filter(|f| f.kind != FactKind::Withdrawn).map(|f| f.id).collect()
        });
        let views = rows.into_iter().zip(read).map(|(row, fact)| FactView {
            stands: standing.contains(&fact.id),
            id: row.id,
            kind: row.kind,
            happened_on: row.happened_on,
            recorded_at: Moment::from_naive_utc(row.recorded_at),
            recorded_by: row.recorded_by,
            note: row.note,
            corrects: row.corrects,
        });
        Ok(views.collect())
    })
}

fn newest(facts: &[Fact]) -> Option<Moment> {
    facts.iter().map(|fact| fact.recorded_at).max()
}

/// Records a fact on a case, corrects one, or withdraws it; the due date follows. The requester of a verified case is told
/// when a correction moves the date that they know.
///
/// # Errors
/// [`ActError::Invalid`] naming the field.
pub fn record_case_fact(desk: &Desk, id: CaseId, new: &NewFact, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        let mut case = load(conn, id, by)?;
        let recorded = facts(conn, id)?;
        let happened_on = check(new, &recorded, now.london_date())?;
        let fact = Noted { kind: new.kind, happened_on, note: new.note.as_deref(), corrects: new.corrects };
        record_fact(conn, id, fact, by, now)?;
        receipt_stands(conn, id, &mut case, new, happened_on)?;
        let before = case.due_on;
        reclock(conn, desk, &mut case, now)?;
        let case = case_update(conn, case, now)?;
        if new.corrects.is_some() {
            LetterOrder::tell_new_date(conn, &case, before, DateMoved::Corrected, now)?;
        }
        Ok(case)
    })
}

/// What can be said against a fact before it is recorded. Gives its date.
fn check(new: &NewFact, recorded: &[Fact], today: NaiveDate) -> Result<NaiveDate, ActError> {
    let corrected = new.corrects.map(|id| {
        recorded.iter().find(|fact| fact.id == id).ok_or_else(|| {
            ActError::field("corrects", "this case has no fact with this identifier: see GET /cases/{id}/facts")
        })
    });
    let corrected = corrected.transpose()?;
    let happened_on = match (new.kind, corrected, new.happened_on) {
        (FactKind::Withdrawn, None, _) => {
            return Err(ActError::field("corrects", "say which fact is withdrawn: give its identifier"));
        }
        (FactKind::Withdrawn, Some(fact), on) => on.unwrap_or(fact.happened_on),
        (_, _, Some(on)) => on,
        (_, _, None) => {
            return Err(ActError::field("happened_on", "this field is missing: give the day it happened"));
        }
    };
    if happened_on > today {
        return Err(ActError::field("happened_on", "the date is in the future: give the day it happened"));
    }
    let was_receipt = corrected.map(|fact| fact.kind == FactKind::Received);
    if new.kind != FactKind::Withdrawn && was_receipt.is_some_and(|was| was != (new.kind == FactKind::Received)) {
        return Err(ActError::field(
            "kind",
            "the receipt and an event cannot take each other's place: withdraw the one and record the other",
        ));
    }
    Ok(happened_on)
}

/// After a fact was recorded: the case still has a receipt, which the case's row follows, and an event does not lie before
/// it.
fn receipt_stands(
    conn: &mut Conn,
    id: CaseId,
    case: &mut CaseRow,
    new: &NewFact,
    happened_on: NaiveDate,
) -> Result<(), ActError> {
    let recorded = facts(conn, id)?;
    let received_on = newest(&recorded).and_then(|at| facts_as_known_at(&recorded, at).received_on);
    let Some(received_on) = received_on else {
        return Err(ActError::field(
            "corrects",
            "a case needs the day it was received: correct it, do not withdraw it",
        ));
    };
    if matches!(new.kind, FactKind::Event(_)) && happened_on < received_on {
        return Err(ActError::field(
            "happened_on",
            "the date is before the request arrived: give the day it happened, or correct the receipt first",
        ));
    }
    case.received_on = received_on;
    Ok(())
}

/// The deadline of a case as it is believed now, or was believed at a past moment, with its working.
///
/// # Errors
/// [`ActError::Invalid`] if the moment lies in the future, or before the case was on record.
pub fn case_deadline(desk: &Desk, id: CaseId, at: Option<Moment>) -> Result<BelievedDeadline, ActError> {
    let now = desk.now();
    if at.is_some_and(|at| at > now) {
        return Err(ActError::field("at", "the moment is in the future: nobody knows yet what will be recorded"));
    }
    desk.store.read(|conn| {
        let case = case_by_id(conn, id)?;
        let deadline = deadline_of(conn, desk, &case, at.map_or(AsOf::Now, AsOf::Then))?;
        Ok(BelievedDeadline { reference: case.reference, at: at.unwrap_or(now), deadline })
    })
}

/// The case with this reference.
///
/// # Errors
/// [`ActError::Missing`].
pub fn case_of_reference(desk: &Desk, reference: &str) -> Result<CaseId, ActError> {
    let case = desk.store.read(|conn| -> Result<_, StoreError> { case_by_reference(conn, reference) })?;
    Ok(case.case_id()?)
}

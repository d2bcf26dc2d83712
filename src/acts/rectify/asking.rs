//! A correction is asked for: by the person, while they read an answer or in a request of its own, or by a caseworker for
//! them.

use serde::Serialize;

use crate::audit::Actor;
use crate::base::Moment;
use crate::case::CaseId;
use crate::deadline::Right;
use crate::rectify::{CorrectionId, State, plain};
use crate::store::{CaseRow, Conn, RectificationRow, case_by_id, cases_grown_from, correction_insert, corrections_of};

use super::note;
use super::place::place;
use crate::acts::desk::Desk;
use crate::acts::error::ActError;
use crate::acts::grown::grow;
use crate::acts::letters::LetterOrder;
use crate::acts::moving::{By, load};
use crate::acts::reviewing::Review;
use crate::acts::verify::Opened;

/// What stands for the reason of somebody who gave none.
const NO_WHY: &str = "(they did not say why)";
/// Corrections that may be open on a case at once.
const MOST_OPEN: usize = 200;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskCorrection {
    /// The record, as the answer names it.
    pub record: String,
    /// The field.
    pub field: String,
    /// What it should say; none to have it emptied.
    pub wanted: Option<String>,
    /// Why, in their words.
    pub why: String,
    /// What shows it, in their words.
    pub evidence: Option<String>,
}

/// A correction that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct AskedFor {
    /// Its identifier.
    pub correction: String,
    /// The case that it is on: the same, or one that was opened for it.
    pub case: String,
    /// What people quote for that case.
    pub reference: String,
}

/// The person asks. On a request for rectification that is open, the correction is added to it; on another, one is opened
/// that follows it, with a clock of its own, and takes every further correction while it is open.
///
/// # Errors
/// [`ActError::Invalid`] if the record does not go out to them, or the field is none that can be corrected.
pub fn ask_as_requester(desk: &Desk, opened: Opened, new: &AskCorrection) -> Result<AskedFor, ActError> {
    let now = desk.now();
    let id = opened.case();
    let review = Review::load(desk, id, None)?;
    let row = asked_row(desk, &review, new, &Actor::Requester, now)?;
    // What was cut out of their answer is nothing that they have read.
    if review.redactions.iter().any(|cut| cut.record == new.record && cut.field == new.field) {
        return Err(ActError::field("field", "the record has no such field: give its name as listed"));
    }
    desk.store.write(|conn| {
        let case = load(conn, id, &By::requester())?;
        if case.verified_at.is_none() {
            return Err(ActError::Refused("show first that it is you: type the code that we sent".to_owned()));
        }
        let case = match open_for_corrections(conn, id)? {
            Some(open) if open.id == case.id => case,
            Some(open) => load(conn, open.case_id()?, &By::requester())?,
            None => {
                let case = grow(conn, desk, &case, opened, Right::Rectification, "correction", None, now)?;
                LetterOrder::Received.enqueue(conn, case.case_id()?, now)?;
                case
            }
        };
        insert(conn, case, row, &By::requester(), now)
    })
}

/// A caseworker writes down what the person asks for in words, by letter or by phone.
///
/// # Errors
/// As [`ask_as_requester`]; [`ActError::Refused`] on a case that has ended.
pub fn ask_as_staff(desk: &Desk, id: CaseId, new: &AskCorrection, by: &By) -> Result<AskedFor, ActError> {
    let now = desk.now();
    let review = Review::load(desk, id, Some(by))?;
    let row = asked_row(desk, &review, new, &by.actor, now)?;
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        if !case.stage()?.is_open() {
            return Err(ActError::Refused("the case has ended: log a request for rectification".to_owned()));
        }
        insert(conn, case, row, by, now)
    })
}

fn asked_row(
    desk: &Desk,
    review: &Review,
    new: &AskCorrection,
    actor: &Actor,
    now: Moment,
) -> Result<RectificationRow, ActError> {
    let place = place(desk, review, &new.record, &new.field)?;
    let said = place.searched(&new.field);
    if said == new.wanted {
        return Err(ActError::field("should", "the record says this already: say what it should say instead"));
    }
    Ok(RectificationRow {
        id: CorrectionId::new().to_string(),
        record: new.record.clone(),
        dataset: place.dataset.key.clone(),
        collection: place.collection.name.clone(),
        field: new.field.clone(),
        said,
        wanted: new.wanted.clone(),
        why: new.why.clone(),
        evidence: new.evidence.clone(),
        asked_by: actor.to_string(),
        asked_at: now.naive_utc(),
        ..empty()
    })
}

fn insert(
    conn: &mut Conn,
    case: CaseRow,
    mut row: RectificationRow,
    by: &By,
    now: Moment,
) -> Result<AskedFor, ActError> {
    let open = corrections_of(conn, case.case_id()?)?
        .iter()
        .filter_map(|row| row.state().ok())
        .filter(|state| state.is_open())
        .count();
    if open >= MOST_OPEN {
        return Err(ActError::TooMany(format!("{open} corrections are open already: wait for our answer to them")));
    }
    row.case_id.clone_from(&case.id);
    correction_insert(conn, row.clone())?;
    let case = note(conn, case, &row, "asked", by, now)?;
    Ok(AskedFor { correction: row.id, case: case.id, reference: case.reference })
}

/// The case that takes corrections now, if there is one: this one, or one that grew out of it.
fn open_for_corrections(conn: &mut Conn, id: CaseId) -> Result<Option<CaseRow>, ActError> {
    let mut cases = vec![case_by_id(conn, id)?];
    cases.extend(cases_grown_from(conn, id)?.into_iter().map(|(_, case)| case));
    for case in cases {
        if case.right()? == Right::Rectification && case.stage()?.is_open() {
            return Ok(Some(case));
        }
    }
    Ok(None)
}

/// What a person says on the page of their answer that is wrong.
pub(in crate::acts) struct Said {
    pub(in crate::acts) dataset: String,
    pub(in crate::acts) collection: String,
    pub(in crate::acts) record: String,
    pub(in crate::acts) field: String,
    /// What the answer says there, as JSON text.
    pub(in crate::acts) says: String,
    pub(in crate::acts) should_say: String,
    pub(in crate::acts) why: Option<String>,
}

/// Keeps what the person said on the page of their answer as a correction that staff decide about. `case` is the one that
/// grew out of the answer. Whether the field can be corrected, and the record is theirs, is asked when it is decided.
pub(in crate::acts) fn keep_asked(conn: &mut Conn, case: CaseRow, said: Said, now: Moment) -> Result<CaseId, ActError> {
    let by = By::requester();
    let row = RectificationRow {
        id: CorrectionId::new().to_string(),
        record: said.record,
        dataset: said.dataset,
        collection: said.collection,
        field: said.field,
        said: plain(&said.says),
        wanted: Some(said.should_say),
        why: said.why.unwrap_or_else(|| NO_WHY.to_owned()),
        asked_by: by.actor.to_string(),
        asked_at: now.naive_utc(),
        ..empty()
    };
    let id = case.case_id()?;
    insert(conn, case, row, &by, now)?;
    Ok(id)
}

/// A correction of which nothing is known yet.
fn empty() -> RectificationRow {
    RectificationRow {
        id: String::new(),
        case_id: String::new(),
        record: String::new(),
        dataset: String::new(),
        collection: String::new(),
        field: String::new(),
        said: None,
        shown: None,
        wanted: None,
        why: String::new(),
        evidence: None,
        asked_by: String::new(),
        asked_at: chrono::NaiveDateTime::default(),
        state: State::Asked.to_string(),
        decision: None,
        new_value: None,
        reason: None,
        statement: None,
        decided_by: None,
        decided_at: None,
        signed_by: None,
        signed_at: None,
        ended_at: None,
        problem: None,
        proof: None,
        undoes: None,
    }
}

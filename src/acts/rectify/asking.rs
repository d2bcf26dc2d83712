//! A correction is asked for: by the person, while they read an answer or in a request of its own, or by a caseworker for
//! them.

use serde::Serialize;

use crate::audit::{Actor, Event};
use crate::base::Moment;
use crate::case::{CaseId, Channel, Move};
use crate::deadline::{FactKind, Right};
use crate::rectify::{CorrectionId, State};
use crate::store::{
    CaseRow, Conn, CorrectionRow, LinkRow, NewCase, audit_append, case_by_id, case_group, case_insert, case_update,
    correction_insert, corrections_of, identifier_verified, identifiers, link_insert,
};

use super::note;
use super::place::place;
use crate::acts::clock::{Noted, reclock, record_fact};
use crate::acts::desk::Desk;
use crate::acts::error::ActError;
use crate::acts::gather::begin;
use crate::acts::letters::LetterOrder;
use crate::acts::moving::{By, load, take};
use crate::acts::reviewing::Review;
use crate::acts::verify::Opened;

/// Corrections that may be open on a case at once.
const MOST_OPEN: usize = 200;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCorrection {
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
pub fn ask_as_requester(desk: &Desk, opened: Opened, new: &NewCorrection) -> Result<AskedFor, ActError> {
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
            None => follow(conn, desk, &case, now)?,
        };
        insert(conn, case, row, &By::requester(), now)
    })
}

/// A caseworker writes down what the person asks for in words, by letter or by phone.
///
/// # Errors
/// As [`ask_as_requester`]; [`ActError::Refused`] on a case that has ended.
pub fn ask_as_staff(desk: &Desk, id: CaseId, new: &NewCorrection, by: &By) -> Result<AskedFor, ActError> {
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
    new: &NewCorrection,
    actor: &Actor,
    now: Moment,
) -> Result<CorrectionRow, ActError> {
    let place = place(desk, review, &new.record, &new.field)?;
    let said = place.searched(&new.field);
    if said == new.wanted {
        return Err(ActError::field("should", "the record says this already: say what it should say instead"));
    }
    Ok(CorrectionRow {
        id: CorrectionId::new().to_string(),
        case_id: String::new(),
        record: new.record.clone(),
        dataset: place.dataset.key.clone(),
        collection: place.collection.name.clone(),
        field: new.field.clone(),
        said,
        shown: None,
        wanted: new.wanted.clone(),
        why: new.why.clone(),
        evidence: new.evidence.clone(),
        asked_by: actor.to_string(),
        asked_at: now.naive_utc(),
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
    })
}

fn insert(conn: &mut Conn, case: CaseRow, mut row: CorrectionRow, by: &By, now: Moment) -> Result<AskedFor, ActError> {
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

/// The case of the group that takes corrections now, if there is one.
fn open_for_corrections(conn: &mut Conn, id: CaseId) -> Result<Option<CaseRow>, ActError> {
    for id in case_group(conn, id)? {
        let case = case_by_id(conn, id)?;
        if case.right()? == Right::Rectification && case.stage()?.is_open() {
            return Ok(Some(case));
        }
    }
    Ok(None)
}

/// Opens a request for rectification that follows `from`: the same person, known already, received today.
fn follow(conn: &mut Conn, desk: &Desk, from: &CaseRow, now: Moment) -> Result<CaseRow, ActError> {
    let known = identifiers(conn, from.case_id()?)?;
    let id = CaseId::new();
    let new = NewCase {
        id,
        right: Right::Rectification,
        channel: Channel::Web,
        received_on: now.london_date(),
        subject_name: from.subject_name.clone(),
        date_of_birth: from.date_of_birth,
        details: None,
        scope: "{}".to_owned(),
        relationship: from.relationship()?,
        requester_name: from.requester_name.clone(),
        requester_email: from.requester_email.clone(),
        identifiers: known.iter().map(crate::store::IdentifierRow::identifier).collect::<Result<_, _>>()?,
    };
    let mut case = case_insert(conn, &new, now)?;
    for row in known.iter().filter(|row| row.verified_at.is_some()) {
        let kind = row.identifier()?.kind;
        identifier_verified(conn, id, kind, &row.normal, now)?;
    }
    let root = case_group(conn, from.case_id()?)?.first().copied();
    link_insert(
        conn,
        LinkRow {
            case_id: id.to_string(),
            root_id: root.map_or_else(|| from.id.clone(), |root| root.to_string()),
            kind: "follows".to_owned(),
            made_at: now.naive_utc(),
        },
    )?;
    let by = By::requester();
    let received = Event::RequestReceived {
        right: new.right.to_string(),
        channel: new.channel.to_string(),
        received_on: new.received_on,
    };
    audit_append(conn, now, &by.actor, Some(id), &received)?;
    let receipt = Noted { kind: FactKind::Received, happened_on: new.received_on, note: None, corrects: None };
    record_fact(conn, id, receipt, &by, now)?;
    match reclock(conn, desk, &mut case, now) {
        Ok(_) => {}
        Err(ActError::Refused(why)) => tracing::error!(case = %id, why, "a request has no due date yet"),
        Err(error) => return Err(error),
    }
    case.verified_at = Some(now.naive_utc());
    let case = case_update(conn, case, now)?;
    let reason = format!("known from request {}", from.reference);
    let case = take(conn, case, Move::Verify, &By::system(), Some(&reason), now)?;
    LetterOrder::Received.enqueue(conn, id, now)?;
    if desk.settings.data_map.datasets.is_empty() {
        return Ok(case);
    }
    begin(conn, desk, case, &By::system(), now)
}

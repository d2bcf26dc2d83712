//! Cases that grow out of another one by their requester's wish: a complaint about how it was handled (DPA 2018 s.164A), a
//! correction of what it disclosed (UK GDPR Art. 16). Each has its own reference, clock and letters.

use crate::audit::Event;
use crate::auth::Door;
use crate::base::Moment;
use crate::case::{CaseId, Channel, Move};
use crate::deadline::Right;
use crate::store::{
    CaseRow, Conn, OriginRow, audit_append, case_for_change, cases_grown_from, identifier_verified, identifiers,
    origin_insert,
};
use crate::subject::{IdentifierKind, normal_email};

use super::answer::{Located, Place, locate};
use super::desk::Desk;
use super::error::ActError;
use super::gather::begin;
use super::letters::LetterOrder;
use super::limits::{Client, Tried, limit};
use super::moving::{By, take};
use super::receive::{NewRequest, Received, Scope, keep};
use super::rectify::{Said, keep_asked};
use super::verify::Opened;
use super::wishes::wishes;

/// What is wrong, and what it should say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCorrection {
    /// The record.
    pub place: Place,
    /// The column.
    pub field: String,
    /// What it should say.
    pub should_say: String,
    /// Why, if they say.
    pub why: Option<String>,
}

/// The requester complains about how the request was handled. The complaint is acknowledged at once.
///
/// # Errors
/// [`ActError::TooMany`] after too many by one client.
pub fn complain(desk: &Desk, opened: Opened, words: &str, client: &Client) -> Result<Received, ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        limit(conn, desk, Tried::Sends(client), now)?;
        let origin = case_for_change(conn, opened.case())?;
        let case = grow(conn, desk, &origin, opened, Right::ComplaintAck, "complaint", Some(words.to_owned()), now)?;
        let id = case.case_id()?;
        LetterOrder::ComplaintAcknowledged.enqueue(conn, id, now)?;
        Ok(Received { id, reference: case.reference, status: case.stage })
    })
}

/// The requester says that a field of the answer is wrong. What they say on one day is one request for correction.
///
/// # Errors
/// [`ActError::Invalid`] if the answer does not show the field; as `answer_view` if the answer cannot be opened.
pub fn ask_correction(desk: &Desk, opened: Opened, new: &NewCorrection, client: &Client) -> Result<Received, ActError> {
    let now = desk.now();
    let located = locate(desk, opened, &new.place, &new.field)?;
    desk.store.write(|conn| {
        limit(conn, desk, Tried::Sends(client), now)?;
        let origin = case_for_change(conn, opened.case())?;
        let case = match correction_of_today(conn, opened.case(), now)? {
            Some(case) => case,
            None => {
                let case = grow(conn, desk, &origin, opened, Right::Rectification, "correction", None, now)?;
                LetterOrder::Received.enqueue(conn, case.case_id()?, now)?;
                case
            }
        };
        let Located { dataset, collection, record, says } = located;
        let (should_say, why) = (new.should_say.clone(), new.why.clone());
        let said = Said { dataset, collection, record, field: new.field.clone(), says, should_say, why };
        let (reference, status) = (case.reference.clone(), case.stage.clone());
        Ok(Received { id: keep_asked(conn, case, said, now)?, reference, status })
    })
}

/// An open correction that the requester began today out of `origin`.
fn correction_of_today(conn: &mut Conn, origin: CaseId, now: Moment) -> Result<Option<CaseRow>, ActError> {
    for (why, case) in cases_grown_from(conn, origin)?.into_iter().rev() {
        if why == "correction" && case.received_on == now.london_date() && case.stage()?.is_open() {
            return Ok(Some(case_for_change(conn, case.case_id()?)?));
        }
    }
    Ok(None)
}

/// A new case of the same people, known as well as in the first: the requester has shown the code of it.
#[expect(clippy::too_many_arguments, reason = "three callers; a struct would only rename them")]
pub(super) fn grow(
    conn: &mut Conn,
    desk: &Desk,
    origin: &CaseRow,
    opened: Opened,
    right: Right,
    why: &str,
    details: Option<String>,
    now: Moment,
) -> Result<CaseRow, ActError> {
    let (from, by) = (origin.case_id()?, By::requester());
    let known = identifiers(conn, from)?;
    let request = NewRequest {
        right,
        channel: if opened.door() == Door::Api { Channel::Api } else { Channel::Web },
        received_on: None,
        subject_name: origin.subject_name.clone(),
        date_of_birth: origin.date_of_birth,
        identifiers: known.iter().map(|row| row.identifier()).collect::<Result<_, _>>()?,
        relationship: origin.relationship()?,
        requester_name: origin.requester_name.clone(),
        requester_email: origin.requester_email.clone(),
        scope: Scope::default(),
        details,
        wishes: wishes(conn, from)?,
    };
    let mut case = keep(conn, desk, &request, &by, now)?;
    let id = case.case_id()?;
    for row in known.iter().filter(|row| row.verified_at.is_some()) {
        let kind: IdentifierKind = row.identifier()?.kind;
        identifier_verified(conn, id, kind, &row.normal, now)?;
    }
    let row = OriginRow {
        case_id: id.to_string(),
        origin_id: from.to_string(),
        why: why.to_owned(),
        made_at: now.naive_utc(),
    };
    origin_insert(conn, row)?;
    let event = Event::CaseGrown { case: id.to_string(), why: why.to_owned() };
    audit_append(conn, now, &by.actor, Some(from), &event)?;
    let same_mailbox = normal_email(&case.requester_email) == normal_email(&origin.requester_email);
    // A complaint is the requester's own. A correction of what was disclosed is as far verified as the disclosure was.
    if same_mailbox && (right == Right::ComplaintAck || origin.verified_at.is_some()) {
        case.verified_at = Some(now.naive_utc());
        case = take(conn, case, Move::Verify, &by, None, now)?;
        // What is corrected is a record that a search of today finds to be theirs.
        let mapped = !desk.settings.data_map.datasets.is_empty();
        if right == Right::Rectification && desk.settings.cases.gather_at_once && mapped {
            case = begin(conn, desk, case, &By::system(), now)?;
        }
    }
    Ok(case)
}

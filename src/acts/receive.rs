//! A request comes in: by the public door, or logged by a caseworker with its true date.

use chrono::{Datelike, NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::audit::{Actor, Event};
use crate::auth::CodePurpose;
use crate::base::Moment;
use crate::case::{CaseId, Channel, Relationship};
use crate::deadline::{FactKind, Right};
use crate::store::{CaseRow, Conn, NewCase, audit_append, case_insert, case_update, cases_from_since, once};
use crate::subject::Identifier;

use super::clock::{AsOf, Noted, reclock, record_fact};
use super::desk::Desk;
use super::error::ActError;
use super::holidays::holidays;
use super::limits::{Client, Tried, limit};
use super::moving::By;
use super::queue::Job;
use super::wishes::{Wishes, wishes_put};

/// What a person asks for; the door has checked each field.
#[derive(Debug, Clone)]
pub struct NewRequest {
    /// Which right.
    pub right: Right,
    /// How it came.
    pub channel: Channel,
    /// The true date of receipt, where it is not today.
    pub received_on: Option<NaiveDate>,
    /// The data subject's name.
    pub subject_name: String,
    /// Their date of birth, if given.
    pub date_of_birth: Option<NaiveDate>,
    /// E-mail addresses, phones, other names, postcode.
    pub identifiers: Vec<Identifier>,
    /// Who asks for whom.
    pub relationship: Relationship,
    /// Who asks.
    pub requester_name: String,
    /// Where they are reached; empty if not by e-mail.
    pub requester_email: String,
    /// What part of what is held.
    pub scope: Scope,
    /// What they wrote.
    pub details: Option<String>,
    /// What they want of us beside the answer.
    pub wishes: Wishes,
}

/// What part of what is held is asked for; everything, if nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// Collections of the data map.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub collections: Vec<String>,
    /// From this date on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Up to this date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// In the requester's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// The answer to a new request. The same whether the person is known or not: nothing was looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Received {
    /// The case's identifier.
    #[schema(value_type = String, format = Uuid)]
    pub id: CaseId,
    /// What people quote.
    pub reference: String,
    /// Where the case stands.
    pub status: String,
}

/// A key under which a creation is done once, with a hash of the request it came with.
#[derive(Debug, Clone)]
pub struct Once {
    /// Covers the route, the caller and the key they sent.
    pub key_hash: String,
    /// Covers the body.
    pub request_hash: String,
}

/// Takes a request from the public door: keeps the case, starts its clock, and queues the one-time code.
///
/// # Errors
/// [`ActError::Refused`] if the key was used for another request, [`ActError::TooMany`] after too many from one client or with
/// one e-mail address.
pub fn receive(desk: &Desk, request: &NewRequest, key: Option<&Once>, client: &Client) -> Result<Received, ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        limit(conn, desk, Tried::Sends(client), now)?;
        keep_once(conn, key, now, |conn| received(conn, desk, request, now))
    })
}

/// Keeps a request from the public door and queues the one-time code.
pub(super) fn received(conn: &mut Conn, desk: &Desk, request: &NewRequest, now: Moment) -> Result<Received, ActError> {
    // Each request sends a letter and gives fresh tries of a code: nobody's mailbox is to be flooded from here.
    let recent = cases_from_since(conn, &request.requester_email, now.plus(TimeDelta::hours(-1)))?;
    if recent >= i64::from(desk.settings.tokens.codes_per_hour) {
        return Err(ActError::TooMany(
            "too many requests were made with this e-mail address: wait an hour and try again".to_owned(),
        ));
    }
    let case = keep(conn, desk, request, &By::requester(), now)?;
    let id = case.case_id()?;
    Job::SendCode { case: id, purpose: CodePurpose::Request }.enqueue(conn, None, now)?;
    Ok(Received { id, reference: case.reference, status: case.stage })
}

/// Logs a request that came by post, phone, in person or social media, with its true date.
///
/// # Errors
/// [`ActError::Invalid`] if it was received in the future.
pub fn log_request(desk: &Desk, request: &NewRequest, staff: &str, key: Option<&Once>) -> Result<Received, ActError> {
    let now = desk.now();
    if request.received_on.is_some_and(|date| date > now.london_date()) {
        return Err(ActError::field("received_on", "the date is in the future: give the day the request arrived"));
    }
    let by = By { actor: Actor::Staff(staff.to_owned()), version: None };
    desk.store.write(|conn| {
        let first = holidays(conn, desk, AsOf::Now)?.known_years(desk.settings.division).map(|(first, _)| first);
        if let (Some(first), Some(date)) = (first, request.received_on)
            && date.year() < first
        {
            let problem = format!("no date before {first} can be counted from: check the year");
            return Err(ActError::field("received_on", problem));
        }
        keep_once(conn, key, now, |conn| {
            let case = keep(conn, desk, request, &by, now)?;
            Ok(Received { id: case.case_id()?, reference: case.reference, status: case.stage })
        })
    })
}

fn keep_once(
    conn: &mut Conn,
    key: Option<&Once>,
    now: Moment,
    work: impl FnOnce(&mut Conn) -> Result<Received, ActError>,
) -> Result<Received, ActError> {
    let Some(key) = key else { return work(conn) };
    once(conn, &key.key_hash, &key.request_hash, now, work).map_err(|e| {
        if matches!(e, ActError::Stale("idempotency key")) {
            return ActError::Refused(
                "this Idempotency-Key was used for another request: use a new key for each request".to_owned(),
            );
        }
        e
    })
}

/// Keeps a new case with its receipt, its clock and what its requester wants.
pub(super) fn keep(
    conn: &mut Conn,
    desk: &Desk,
    request: &NewRequest,
    by: &By,
    now: Moment,
) -> Result<CaseRow, ActError> {
    let id = CaseId::new();
    let received_on = request.received_on.unwrap_or_else(|| now.london_date());
    let new = NewCase {
        id,
        right: request.right,
        channel: request.channel,
        received_on,
        subject_name: request.subject_name.clone(),
        date_of_birth: request.date_of_birth,
        details: request.details.clone(),
        scope: serde_json::to_string(&request.scope).map_err(|e| ActError::Broken(e.to_string()))?,
        relationship: request.relationship,
        requester_name: request.requester_name.clone(),
        requester_email: request.requester_email.clone(),
        identifiers: request.identifiers.clone(),
    };
    let mut case = case_insert(conn, &new, now)?;
    if request.wishes != Wishes::default() {
        wishes_put(conn, id, &request.wishes)?;
    }
    let received =
        Event::RequestReceived { right: request.right.to_string(), channel: request.channel.to_string(), received_on };
    audit_append(conn, now, &by.actor, Some(id), &received)?;
    let receipt = Noted { kind: FactKind::Received, happened_on: received_on, note: None, corrects: None };
    record_fact(conn, id, receipt, by, now)?;
    match reclock(conn, desk, &mut case, now) {
        Ok(_) => {}
        // A request is never turned away because its due date lies past the known bank holidays: it is kept without one,
        // and computed as soon as they are imported.
        Err(ActError::Refused(why)) => tracing::error!(case = %id, why, "a request has no due date yet"),
        Err(error) => return Err(error),
    }
    Ok(case_update(conn, case, now)?)
}

//! Somebody who lost the link asks for it by reference and e-mail address. The door does the same whether there is such a
//! request or not: it seals what was typed and queues it. A job looks, and writes to the address if it is the right one.

use serde::{Deserialize, Serialize};

use crate::audit::{Actor, Event};
use crate::base::{hex, unhex};
use crate::letter::Letter;
use crate::store::{Lease, StoreError, audit_append, case_by_reference, job_done};
use crate::subject::normal_email;
use crate::wording::Wording;

use super::desk::Desk;
use super::error::ActError;
use super::letters::hand_over;
use super::limits::{Client, Tried, limit};
use super::queue::Job;
use super::wishes::wishes;

#[derive(Serialize, Deserialize)]
struct Typed {
    reference: String,
    email: String,
}

/// Takes the question for a link.
///
/// # Errors
/// [`ActError::TooMany`] after too many by one client or for one address.
pub fn find_request(desk: &Desk, reference: &str, email: &str, client: &Client) -> Result<(), ActError> {
    let now = desk.now();
    let id = uuid::Uuid::now_v7().to_string();
    let typed = Typed { reference: reference.to_owned(), email: email.to_owned() };
    let json = serde_json::to_vec(&typed).map_err(|e| ActError::Broken(e.to_string()))?;
    let sealed = desk.seal.seal(&json, &whose(&id)).map_err(|e| ActError::Broken(e.to_string()))?;
    desk.store.write(|conn| {
        limit(conn, desk, Tried::Sends(client), now)?;
        limit(conn, desk, Tried::Links(&normal_email(email)), now)?;
        Job::SendLink { id, typed: hex(&sealed) }.enqueue(conn, None, now)
    })
}

fn whose(id: &str) -> String {
    format!("question for a link {id}")
}

/// Sends the link, if what was typed belongs together; else nothing.
///
/// # Errors
/// [`ActError::Broken`] if the post fails, so that the job is tried again.
pub fn send_link(desk: &Desk, id: &str, typed: &str, lease: &Lease) -> Result<(), ActError> {
    let sealed = unhex(typed).ok_or_else(|| ActError::Broken("a job to find a request is damaged".to_owned()))?;
    let json = desk.seal.open(&sealed, &whose(id)).map_err(|e| ActError::Broken(e.to_string()))?;
    let typed: Typed = serde_json::from_slice(&json).map_err(|e| ActError::Broken(e.to_string()))?;
    let found = desk.store.read(|conn| -> Result<_, ActError> {
        let case = match case_by_reference(conn, &typed.reference) {
            Ok(case) => case,
            Err(StoreError::NotFound(_)) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let id = case.case_id()?;
        let wished = wishes(conn, id)?;
        let is = |address: &str| !address.is_empty() && normal_email(address) == normal_email(&typed.email);
        // The letter goes to the address that the case has, never to one that only reads alike. Who gets the answer in the
        // requester's place is led to it alone.
        let (to, link) = if is(&case.requester_email) {
            (case.requester_email, desk.request_link(id))
        } else if let Some(answer_email) = wished.answer_email.filter(|address| is(address)) {
            (answer_email, desk.answer_link(id))
        } else {
            return Ok(None);
        };
        Ok(Some((id, to, Letter::Find { reference: case.reference, link }, wished.language)))
    })?;
    if let Some((_, to, letter, language)) = &found {
        hand_over(desk, to, letter, Wording::of(*language))?;
    }
    desk.store.write(|conn| {
        if let Some((case, _, letter, _)) = found {
            let sent = Event::LetterSent { letter: letter.kind().to_owned() };
            audit_append(conn, desk.now(), &Actor::System, Some(case), &sent)?;
        }
        Ok(job_done(conn, lease, desk.now())?)
    })
}

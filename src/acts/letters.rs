//! Letters go out by jobs. What is to be said is looked up when it is sent: the queue holds no name, address or code; of a
//! refusal it holds the reasons that the caseworker wrote.

use chrono::TimeDelta;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};

use crate::audit::{Actor, Event};
use crate::auth::{code_hash, new_code};
use crate::base::Moment;
use crate::case::CaseId;
use crate::letter::Letter;
use crate::post::PostError;
use crate::store::{
    CaseRow, CodeRow, Conn, Lease, audit_append, bundle_current, case_by_id, code_forget, code_insert, job_done,
};

use super::desk::Desk;
use super::error::ActError;
use super::queue::Job;

/// Which letter is to be sent about a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "letter")]
pub enum LetterOrder {
    /// We have your request.
    Received,
    /// Your answer is ready.
    Ready,
    /// We refuse, with these reasons.
    Refused {
        /// In plain words, written by the caseworker.
        reasons: String,
    },
    /// We have stopped.
    Withdrawn,
}

impl LetterOrder {
    /// Queues the letter.
    ///
    /// # Errors
    /// [`ActError`] of the store.
    pub fn enqueue(self, conn: &mut Conn, case: CaseId, now: Moment) -> Result<(), ActError> {
        Job::SendLetter { case, order: self }.enqueue(conn, None, now)
    }
}

/// Sends a one-time code: makes it, keeps its hash, and hands it to the post. If the post fails, the next attempt makes
/// another code, so that none is ever stored readable.
///
/// # Errors
/// [`ActError::Broken`] if the post fails, so that the job is tried again.
pub fn send_code(desk: &Desk, id: CaseId, lease: &Lease) -> Result<(), ActError> {
    let now = desk.now();
    let code = new_code();
    let row = uuid::Uuid::now_v7().to_string();
    let minutes = desk.settings.tokens.code_minutes;
    let case = desk.store.write(|conn| -> Result<CaseRow, ActError> {
        let case = case_by_id(conn, id)?;
        code_insert(
            conn,
            CodeRow {
                id: row.clone(),
                case_id: id.to_string(),
                code_hash: code_hash(&desk.secret, id, code.expose_secret()),
                state: "open".to_owned(),
                attempts: 0,
                created_at: now.naive_utc(),
                expires_at: now.plus(TimeDelta::minutes(i64::from(minutes))).naive_utc(),
            },
        )?;
        Ok(case)
    })?;
    let letter = Letter::Code { reference: case.reference.clone(), code: code.expose_secret().to_owned(), minutes };
    let sent = dispatch(desk, id, &case, &letter, &Event::CodeSent, lease);
    if sent.is_err() {
        desk.store.write(|conn| -> Result<(), ActError> { Ok(code_forget(conn, &row)?) })?;
    }
    sent
}

/// Sends a letter about a case.
///
/// # Errors
/// [`ActError::Broken`] if the post fails, so that the job is tried again.
pub fn send_letter(desk: &Desk, id: CaseId, order: &LetterOrder, lease: &Lease) -> Result<(), ActError> {
    let (case, letter) = desk.store.read(|conn| -> Result<_, ActError> {
        let case = case_by_id(conn, id)?;
        let (reference, name) = (case.reference.clone(), case.requester_name.clone());
        let letter = match order {
            LetterOrder::Received => Letter::Received {
                reference,
                name,
                received_on: case.received_on,
                due_on: case.due_on,
                link: desk.request_link(id),
            },
            LetterOrder::Ready => {
                let until = bundle_current(conn, id)?.and_then(|bundle| bundle.expires_at);
                let until = until.map_or_else(|| desk.clock.today(), |at| Moment::from_naive_utc(at).london_date());
                Letter::Ready { reference, name, link: desk.request_link(id), until }
            }
            LetterOrder::Refused { reasons } => Letter::Refused { reference, name, reasons: reasons.clone() },
            LetterOrder::Withdrawn => Letter::Withdrawn { reference, name },
        };
        Ok((case, letter))
    })?;
    let sent = Event::LetterSent { letter: letter.kind().to_owned() };
    dispatch(desk, id, &case, &letter, &sent, lease)
}

fn dispatch(
    desk: &Desk,
    id: CaseId,
    case: &CaseRow,
    letter: &Letter,
    sent: &Event,
    lease: &Lease,
) -> Result<(), ActError> {
    let end = |event: Option<&Event>| {
        desk.store.write(|conn| -> Result<(), ActError> {
            if let Some(event) = event {
                audit_append(conn, desk.now(), &Actor::System, Some(id), event)?;
            }
            Ok(job_done(conn, lease, desk.now())?)
        })
    };
    if case.requester_email.is_empty() {
        // A request by post or phone without an address: the desk shows the case, nobody is written to by e-mail.
        return end(None);
    }
    let rendered = letter.render(&desk.settings.controller).map_err(|e| ActError::Broken(e.to_string()))?;
    match desk.post.send(&case.requester_email, &rendered, desk.now()) {
        Ok(()) => end(Some(sent)),
        Err(e @ (PostError::Address | PostError::Refused | PostError::Unavailable | PostError::Configuration(_))) => {
            Err(ActError::Broken(e.to_string()))
        }
    }
}

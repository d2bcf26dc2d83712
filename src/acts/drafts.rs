//! The form before it is sent: what was typed is kept sealed for the browser that typed it, can be gone back to by a link,
//! and becomes one request however often it is sent.

use chrono::TimeDelta;
use secrecy::{ExposeSecret, SecretString};

use crate::auth::{link_hash, new_link};
use crate::base::Moment;
use crate::case::{CaseId, Channel, Relationship};
use crate::deadline::Right;
use crate::intake::{self, Answers, Fault, Given, Offer, Question};
use crate::letter::Letter;
use crate::store::{
    CaseRow, Conn, DraftRow, Lease, OriginRow, case_by_id, case_by_reference, draft_by_id, draft_by_resume,
    draft_by_token, draft_delete, draft_for_change, draft_insert, draft_update, drafts_end, job_done, origin_insert,
};
use crate::subject::{Identifier, IdentifierKind, normal_email};
use crate::wording::{Language, Wording};

use super::desk::Desk;
use super::error::ActError;
use super::letters::hand_over;
use super::limits::{Client, Tried, limit};
use super::queue::Job;
use super::receive::{NewRequest, Received, Scope, received};
use super::wishes::Wishes;

/// How long a browser can go on with a draft after its last page. More than 20 hours, so that nobody without scripts, whom
/// no page can warn, works against a clock (WCAG 2.2, 2.2.1).
const HOURS: i64 = 24;

/// A form as it stands.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What was answered.
    pub answers: Answers,
    /// Until when it is kept, if nothing more is done.
    pub expires_at: Moment,
    /// What became of it, once it was sent.
    pub sent: Option<Sent>,
}

/// A request that was made of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The case.
    pub id: CaseId,
    /// What people quote.
    pub reference: String,
    /// By when it is answered, as far as is known.
    pub due_on: Option<chrono::NaiveDate>,
    /// Where the code went.
    pub email: String,
    /// Which right.
    pub right: Right,
}

/// What the controller holds, as far as the form asks about it.
#[must_use]
pub fn offer(desk: &Desk) -> Offer {
    Offer::of(&desk.settings.data_map)
}

/// The draft whose cookie holds `token`; none if there is none, or its time has ended.
///
/// # Errors
/// [`ActError`] of the store.
pub fn draft(desk: &Desk, token: &str) -> Result<Option<Draft>, ActError> {
    let now = desk.now();
    desk.store.read(|conn| {
        let Some(row) = draft_by_token(conn, &link_hash(token), now)? else { return Ok(None) };
        Ok(Some(read(conn, desk, &row)?))
    })
}

fn read(conn: &mut Conn, desk: &Desk, row: &DraftRow) -> Result<Draft, ActError> {
    let sent = row.case_id.as_deref().map(|id| sent(conn, id)).transpose()?;
    let answers = if sent.is_some() { Answers::default() } else { unsealed(desk, row)? };
    Ok(Draft { answers, expires_at: Moment::from_naive_utc(row.expires_at), sent })
}

fn sent(conn: &mut Conn, id: &str) -> Result<Sent, ActError> {
    let id: CaseId = id.parse().map_err(|_| ActError::Broken("a stored case identifier cannot be read".to_owned()))?;
    let case: CaseRow = case_by_id(conn, id)?;
    Ok(Sent { id, right: case.right()?, reference: case.reference, due_on: case.due_on, email: case.requester_email })
}

/// An answer was taken, or what is wrong with it.
#[derive(Debug)]
pub struct AnswerTaken {
    /// The cookie's token, if this began a new draft.
    pub begun: Option<SecretString>,
    /// The question to ask next, none if all are answered; or the faults.
    pub next: Result<Option<Question>, Vec<Fault>>,
}

/// Takes the answer to one question. Without a draft, or with one that was sent, the first question begins a new one.
///
/// # Errors
/// [`ActError`] of the store.
pub fn draft_answer(
    desk: &Desk,
    token: Option<&str>,
    question: Question,
    given: &Given,
    language: Language,
) -> Result<AnswerTaken, ActError> {
    let (now, offer) = (desk.now(), offer(desk));
    desk.store.write(|conn| {
        let known = token.map(|token| draft_for_change(conn, &link_hash(token), now)).transpose()?.flatten();
        let known = known.filter(|row| row.case_id.is_none());
        let mut answers = known.as_ref().map(|row| unsealed(desk, row)).transpose()?.unwrap_or_default();
        if !intake::may_ask(question, &answers, &offer) {
            return Ok(AnswerTaken { begun: None, next: Ok(intake::next(&answers, &offer)) });
        }
        if let Err(faults) = answers.take(question, given, &offer, now.london_date()) {
            return Ok(AnswerTaken { begun: None, next: Err(faults) });
        }
        let begun = keep(conn, desk, known, &answers, language, now)?;
        Ok(AnswerTaken { begun, next: Ok(intake::next(&answers, &offer)) })
    })
}

/// Keeps the answers in the draft, or in a new one, whose token is given.
fn keep(
    conn: &mut Conn,
    desk: &Desk,
    known: Option<DraftRow>,
    answers: &Answers,
    language: Language,
    now: Moment,
) -> Result<Option<SecretString>, ActError> {
    let day = now.plus(TimeDelta::hours(HOURS)).naive_utc();
    match known {
        Some(mut row) => {
            row.answers = sealed(desk, &row.id, answers)?;
            row.language = language.to_string();
            // One that is kept for longer, since its link was e-mailed, stays so.
            row.expires_at = row.expires_at.max(day);
            draft_update(conn, row)?;
            Ok(None)
        }
        None => {
            let (id, token) = (uuid::Uuid::now_v7().to_string(), new_link());
            let row = DraftRow {
                token_hash: link_hash(token.expose_secret()),
                resume_hash: None,
                answers: sealed(desk, &id, answers)?,
                language: language.to_string(),
                case_id: None,
                started_at: now.naive_utc(),
                expires_at: day,
                id,
            };
            draft_insert(conn, row)?;
            Ok(Some(token))
        }
    }
}

fn sealed(desk: &Desk, id: &str, answers: &Answers) -> Result<Vec<u8>, ActError> {
    let json = serde_json::to_vec(answers).map_err(|e| ActError::Broken(e.to_string()))?;
    desk.seal.seal(&json, &whose(id)).map_err(|e| ActError::Broken(e.to_string()))
}

fn unsealed(desk: &Desk, row: &DraftRow) -> Result<Answers, ActError> {
    let broken = |e: &dyn std::error::Error| ActError::Broken(format!("a draft: {e}"));
    let json = desk.seal.open(&row.answers, &whose(&row.id)).map_err(|e| broken(&e))?;
    serde_json::from_slice(&json).map_err(|e| broken(&e))
}

fn whose(id: &str) -> String {
    format!("draft {id}")
}

/// What sending a draft led to.
#[derive(Debug)]
pub enum Sending {
    /// It is a request now, or was one already.
    Done(Sent),
    /// A question is not answered yet.
    Unfinished(Question),
    /// There is no such draft any more.
    Gone,
}

/// Sends a draft: makes the request, and removes what was typed. Sent twice it is one request.
///
/// # Errors
/// [`ActError::TooMany`] after too many by one client or with one e-mail address.
pub fn draft_send(desk: &Desk, token: &str, client: &Client) -> Result<Sending, ActError> {
    let (now, offer) = (desk.now(), offer(desk));
    desk.store.write(|conn| {
        let Some(mut row) = draft_for_change(conn, &link_hash(token), now)? else { return Ok(Sending::Gone) };
        if let Some(id) = &row.case_id {
            return Ok(Sending::Done(sent(conn, id)?));
        }
        let answers = unsealed(desk, &row)?;
        if let Some(question) = intake::next(&answers, &offer) {
            return Ok(Sending::Unfinished(question));
        }
        limit(conn, desk, Tried::Sends(client), now)?;
        let language = row.language.parse().unwrap_or_default();
        let made = received(conn, desk, &request(&answers, language), now)?;
        link_complaint(conn, &made, &answers, now)?;
        row.case_id = Some(made.id.to_string());
        row.answers = Vec::new();
        row.resume_hash = None;
        row.expires_at = now.plus(TimeDelta::hours(HOURS)).naive_utc();
        let sent = sent(conn, &made.id.to_string())?;
        draft_update(conn, row)?;
        Ok(Sending::Done(sent))
    })
}

/// A complaint about a request is tied to it, if it is by the same requester.
fn link_complaint(conn: &mut Conn, made: &Received, answers: &Answers, now: Moment) -> Result<(), ActError> {
    if answers.right != Some(Right::ComplaintAck) || answers.about.is_empty() {
        return Ok(());
    }
    let Ok(origin) = case_by_reference(conn, &answers.about) else { return Ok(()) };
    if normal_email(&origin.requester_email) != normal_email(&answers.email) {
        return Ok(());
    }
    let row = OriginRow {
        case_id: made.id.to_string(),
        origin_id: origin.id,
        why: "complaint".to_owned(),
        made_at: now.naive_utc(),
    };
    Ok(origin_insert(conn, row)?)
}

/// The request that the answers amount to.
fn request(answers: &Answers, language: Language) -> NewRequest {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let relationship = answers.relationship.unwrap_or(Relationship::Myself);
    let myself = relationship == Relationship::Myself;
    let mut identifiers = Vec::new();
    let mut add = |kind, value: &str| {
        if !value.is_empty() {
            identifiers.push(Identifier { kind, value: value.to_owned() });
        }
    };
    if myself {
        add(IdentifierKind::Email, &answers.email);
    }
    for email in &answers.other_emails {
        add(IdentifierKind::Email, email);
    }
    for name in &answers.other_names {
        add(IdentifierKind::Name, name);
    }
    add(IdentifierKind::Phone, &answers.phone);
    add(IdentifierKind::Postcode, &answers.postcode);
    let narrowed = answers.all == Some(false);
    let scope = Scope {
        collections: if narrowed { answers.kinds.clone() } else { Vec::new() },
        from: answers.from.filter(|_| narrowed),
        to: answers.to.filter(|_| narrowed),
        words: None,
    };
    let about = some(&answers.about).map(|reference| format!("About request {reference}.\n\n")).unwrap_or_default();
    NewRequest {
        right: answers.right.unwrap_or(Right::Access),
        channel: Channel::Web,
        received_on: None,
        subject_name: answers.name.clone(),
        date_of_birth: answers.birth,
        identifiers,
        relationship,
        requester_name: if myself { answers.name.clone() } else { answers.your_name.clone() },
        requester_email: answers.email.clone(),
        scope,
        details: some(&answers.details).map(|words| format!("{about}{words}")),
        wishes: Wishes {
            language,
            answer_by: answers.answer_by.unwrap_or(intake::AnswerBy::Download),
            address: some(&answers.address),
            needs: some(&answers.needs),
            authority: answers.authority.filter(|_| !myself),
            answer_email: None,
        },
    }
}

/// Keeps a draft for longer, and has the link back to it e-mailed to `email`, which becomes the address of the request.
///
/// # Errors
/// [`ActError::TooMany`] after too many; [`ActError::Missing`] if the draft is gone.
pub fn draft_email(desk: &Desk, token: &str, email: &str, client: &Client) -> Result<(), ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        let row = draft_for_change(conn, &link_hash(token), now)?.filter(|row| row.case_id.is_none());
        let Some(mut row) = row else { return Err(ActError::Missing("form that was begun")) };
        limit(conn, desk, Tried::Sends(client), now)?;
        limit(conn, desk, Tried::Links(&normal_email(email)), now)?;
        let mut answers = unsealed(desk, &row)?;
        email.clone_into(&mut answers.email);
        row.answers = sealed(desk, &row.id, &answers)?;
        row.expires_at = now.plus(TimeDelta::days(i64::from(desk.settings.pages.resume_days))).naive_utc();
        let draft = row.id.clone();
        draft_update(conn, row)?;
        Job::SendResume { draft }.enqueue(conn, None, now)
    })
}

/// Sends the link back to a draft. The job makes the link, so that it is never kept readable; a later one ends it.
///
/// # Errors
/// [`ActError::Broken`] if the post fails, so that the job is tried again.
pub fn send_resume(desk: &Desk, draft: &str, lease: &Lease) -> Result<(), ActError> {
    let (now, link) = (desk.now(), new_link());
    let found = desk.store.write(|conn| -> Result<_, ActError> {
        let row = draft_by_id(conn, draft)?.filter(|row| row.case_id.is_none() && row.expires_at > now.naive_utc());
        let Some(mut row) = row else { return Ok(None) };
        row.resume_hash = Some(link_hash(link.expose_secret()));
        let until = Moment::from_naive_utc(row.expires_at).london_date();
        let (email, language) = (unsealed(desk, &row)?.email, row.language.parse().unwrap_or_default());
        draft_update(conn, row)?;
        Ok(Some((email, language, until)))
    })?;
    if let Some((email, language, until)) = found {
        let link = format!("{}/request/resume/{}", desk.settings.base_url, link.expose_secret());
        hand_over(desk, &email, &Letter::Resume { link, until }, Wording::of(language))?;
    }
    desk.store.write(|conn| Ok(job_done(conn, lease, desk.now())?))
}

/// Goes on with a draft by the link from the letter, in this browser: it gets the draft's new token, the old one ends, and
/// so does the link. None if the link is not good any more.
///
/// # Errors
/// [`ActError`] of the store.
pub fn draft_resume(desk: &Desk, link: &str) -> Result<Option<SecretString>, ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        let Some(mut row) = draft_by_resume(conn, &link_hash(link), now)? else { return Ok(None) };
        let token = new_link();
        row.token_hash = link_hash(token.expose_secret());
        row.resume_hash = None;
        draft_update(conn, row)?;
        Ok(Some(token))
    })
}

/// Forgets what was typed.
///
/// # Errors
/// [`ActError`] of the store.
pub fn draft_forget(desk: &Desk, token: &str) -> Result<(), ActError> {
    let now = desk.now();
    desk.store.write(|conn| match draft_by_token(conn, &link_hash(token), now)? {
        Some(row) => Ok(draft_delete(conn, &row.id)?),
        None => Ok(()),
    })
}

/// Forgets the drafts whose time has ended.
pub(super) fn end_drafts(desk: &Desk) -> Result<(), ActError> {
    let now = desk.now();
    desk.store.write(|conn| -> Result<(), ActError> {
        drafts_end(conn, now)?;
        Ok(())
    })
}

//! The requester shows that the address is theirs, by a one-time code, and gets a token for their own case.

use chrono::TimeDelta;

use crate::audit::{Actor, Event};
use crate::auth::{CodePurpose, Door, Issued, code_matches};
use crate::base::Moment;
use crate::case::{CaseId, Channel, Move, Relationship, Stage};
use crate::deadline::{EventKind, FactKind, State};
use crate::identity::Needs;
use crate::letter::WhyAsked;
use crate::store::{
    CaseRow, CodeRow, Conn, audit_append, case_by_id, case_for_change, clock_events, code_end, code_try, codes_since,
    identifier_verified,
};
use crate::subject::{IdentifierKind, normal_email};

use super::desk::Desk;
use super::error::ActError;
use super::gather::{begin, begins_with_a_search};
use super::lapse::reopen_for_reply;
use super::letters::LetterOrder;
use super::limits::{Client, Tried, limit};
use super::moving::{By, take};
use super::proof::{Asking, ask_for};
use super::queue::Job;
use super::receive::Scope;
use super::wishes::wishes;

/// A case that its requester's token opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opened {
    case: CaseId,
    door: Door,
    issued_at: Moment,
}

impl Opened {
    /// The case.
    #[must_use]
    pub fn case(self) -> CaseId {
        self.case
    }

    /// The door that was opened.
    pub(super) fn door(self) -> Door {
        self.door
    }

    /// When the code was typed.
    pub(super) fn issued_at(self) -> Moment {
        self.issued_at
    }
}

/// Checks a one-time code at `door`. If it is right, the requester gets a token for that door; the first right code of a
/// request that somebody makes for themselves verifies it, or asks for what else must be shown.
///
/// A wrong code is counted and kept even though the call fails: the count commits in its own transaction.
///
/// # Errors
/// [`ActError::Missing`] for an unknown case, [`ActError::Refused`] for a used up or expired code, [`ActError::Invalid`] for
/// a wrong one.
pub fn verify_code(desk: &Desk, id: CaseId, door: Door, code: &str, client: &Client) -> Result<Issued, ActError> {
    let now = desk.now();
    let outcome = desk.store.write(|conn| -> Result<Result<(), ActError>, ActError> {
        limit(conn, desk, Tried::Codes(client), now)?;
        let case = case_for_change(conn, id)?;
        let most = i64::from(desk.settings.tokens.code_attempts);
        let Some(row) = code_try(conn, id, purpose(door).as_str(), most, now)? else {
            return Ok(Err(ActError::Refused(
                "the code has run out or was used: ask for a new one and type that".to_owned(),
            )));
        };
        if !code_matches(&desk.secret, id, code, &row.code_hash) {
            return Ok(Err(wrong(conn, desk, id, &row)?));
        }
        code_end(conn, &row.id, "used")?;
        if purpose(door) == CodePurpose::Request {
            go_on(conn, desk, case, now)?;
        }
        Ok(Ok(()))
    })?;
    outcome?;
    let minutes = match door {
        Door::Api | Door::Page => desk.settings.tokens.requester_minutes,
        Door::Answer => desk.settings.tokens.answer_minutes,
    };
    Ok(desk.tokens.for_requester(id, door, now, TimeDelta::minutes(i64::from(minutes)))?)
}

/// Which codes open a door.
fn purpose(door: Door) -> CodePurpose {
    match door {
        Door::Api | Door::Page => CodePurpose::Request,
        Door::Answer => CodePurpose::Answer,
    }
}

/// What follows from a right code: a lapsed request goes on; what else must be shown is asked for; or it is verified.
fn go_on(conn: &mut Conn, desk: &Desk, case: CaseRow, now: Moment) -> Result<(), ActError> {
    let id = case.case_id()?;
    let case = if case.stage()? == Stage::Lapsed && case.lapsed_from()? != Some(Stage::AwaitingClarification) {
        reopen_for_reply(conn, desk, case, &By::requester(), now)?
    } else {
        case
    };
    if case.stage()? != Stage::AwaitingVerification {
        return Ok(());
    }
    let myself = case.relationship()? == Relationship::Myself;
    if myself {
        identifier_verified(conn, id, IdentifierKind::Email, &normal_email(&case.requester_email), now)?;
    }
    let needs = needs(desk, &case)?;
    if needs != Needs::default() {
        if !was_asked(conn, id)? {
            let asking =
                Asking { identity: needs.identity.map(WhyAsked::Rule), authority: needs.authority, words: None };
            ask_for(conn, desk, case, &asking, &By::system(), now)?;
        }
        return Ok(());
    }
    // A code shows whose address it is. Where we asked for more proof, a colleague must have seen it.
    let proof_waits = case.clock_state == State::NotStarted.as_str();
    if !myself || proof_waits {
        return Ok(());
    }
    let right = case.right()?;
    let mut verified = case;
    verified.verified_at = Some(now.naive_utc());
    let verified = take(conn, verified, Move::Verify, &By::requester(), None, now)?;
    LetterOrder::receipt(right).enqueue(conn, id, now)?;
    let mapped = !desk.settings.data_map.datasets.is_empty();
    if begins_with_a_search(right) && desk.settings.cases.gather_at_once && mapped {
        begin(conn, desk, verified, &By::system(), now)?;
    }
    Ok(())
}

/// What this request's requester must show beside the code.
pub(super) fn needs(desk: &Desk, case: &CaseRow) -> Result<Needs, ActError> {
    let unreadable = || ActError::Broken("a stored case cannot be read".to_owned());
    let scope: Scope = serde_json::from_str(&case.scope).map_err(|_| unreadable())?;
    let channel: Channel = case.channel.parse().map_err(|_| unreadable())?;
    Ok(desk.settings.proof.needs(case.right()?, channel, case.relationship()?, &scope.collections))
}

/// Whether proof was ever asked for in this case.
fn was_asked(conn: &mut Conn, id: CaseId) -> Result<bool, ActError> {
    let asked = [EventKind::IdRequested, EventKind::AuthorityRequested].map(|kind| FactKind::Event(kind).to_string());
    Ok(clock_events(conn, id)?.iter().any(|row| asked.contains(&row.kind)))
}

fn wrong(conn: &mut Conn, desk: &Desk, id: CaseId, row: &CodeRow) -> Result<ActError, ActError> {
    let left = i64::from(desk.settings.tokens.code_attempts) - row.attempts;
    if left <= 0 {
        code_end(conn, &row.id, "exhausted")?;
    }
    let refused = Event::CodeRefused { attempts: row.attempts };
    audit_append(conn, desk.now(), &Actor::Requester, Some(id), &refused)?;
    Ok(if left <= 0 {
        ActError::Refused("the code is wrong, and was tried too often: ask for a new one".to_owned())
    } else {
        ActError::field("code", format!("the code is wrong: type the six digits from our e-mail ({left} tries left)"))
    })
}

/// Sends a new one-time code for `door`: to the address that the request came with, or, where the answer is given to the
/// subject instead, to theirs.
///
/// # Errors
/// [`ActError::TooMany`] after too many in an hour.
pub fn resend_code(desk: &Desk, id: CaseId, door: Door, client: &Client) -> Result<(), ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        limit(conn, desk, Tried::Sends(client), now)?;
        let case = case_by_id(conn, id)?;
        let elsewhere = purpose(door) == CodePurpose::Answer && wishes(conn, id)?.answer_email.is_some();
        if case.requester_email.is_empty() && !elsewhere {
            return Err(ActError::Refused(
                "this request came without an e-mail address: please phone or write to us".to_owned(),
            ));
        }
        let recent = codes_since(conn, id, now.plus(TimeDelta::hours(-1)))?;
        if recent >= i64::from(desk.settings.tokens.codes_per_hour) {
            return Err(ActError::TooMany("too many codes were sent: wait an hour and ask again".to_owned()));
        }
        // One code is in the queue at a time: the number already sent is part of the key.
        let sent = codes_since(conn, id, Moment::from_naive_utc(case.created_at))?;
        let key = format!("code-{id}-{}-{sent}", purpose(door));
        Job::SendCode { case: id, purpose: purpose(door) }.enqueue(conn, Some(key), now)
    })
}

/// Opens case `id` at `door` with a requester's token.
///
/// # Errors
/// [`ActError::Unauthenticated`] if the token is forged or has ended, [`ActError::Forbidden`] if it opens another case.
/// Both are audited on the case that was asked for.
pub fn open_with_token(desk: &Desk, id: CaseId, door: Door, token: &str) -> Result<Opened, ActError> {
    let now = desk.now();
    let refused = |error: ActError, rule: &str| {
        let event = Event::AccessRefused { rule: rule.to_owned() };
        desk.store.write(|conn| -> Result<(), ActError> {
            // An unknown case has no trail to write to.
            match case_by_id(conn, id) {
                Ok(_) => Ok(audit_append(conn, now, &Actor::Requester, Some(id), &event)?),
                Err(_) => Ok(()),
            }
        })?;
        Err(error)
    };
    match desk.tokens.read_requester(token, door, now) {
        Ok(claims) if claims.sub == id => {
            Ok(Opened { case: id, door, issued_at: Moment::from_unix_seconds(claims.iat) })
        }
        Ok(_) => refused(ActError::Forbidden("this token is for another request".to_owned()), "token of another case"),
        Err(e) => refused(e.into(), "token not valid"),
    }
}

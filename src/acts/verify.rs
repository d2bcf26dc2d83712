//! The requester shows that the address is theirs, by a one-time code, and gets a token for their own case.

use chrono::TimeDelta;

use crate::audit::{Actor, Event};
use crate::auth::{Issued, code_matches};
use crate::case::{CaseId, Move, Relationship, Stage};
use crate::deadline::{Right, State};
use crate::store::{
    CodeRow, Conn, audit_append, case_by_id, case_for_change, code_end, code_try, codes_since, identifier_verified,
};
use crate::subject::{IdentifierKind, normal_email};

use super::desk::Desk;
use super::error::ActError;
use super::gather::begin;
use super::lapse::reopen_for_reply;
use super::letters::LetterOrder;
use super::moving::{By, take};
use super::queue::Job;

/// A case that its requester's token opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opened(CaseId);

impl Opened {
    /// The case.
    #[must_use]
    pub fn case(self) -> CaseId {
        self.0
    }
}

/// Checks a one-time code. If it is right, the requester gets a token; the first right code of a request that somebody
/// makes for themselves verifies it.
///
/// A wrong code is counted and kept even though the call fails: the count commits in its own transaction.
///
/// # Errors
/// [`ActError::Missing`] for an unknown case, [`ActError::Refused`] for a wrong, used up or expired code.
pub fn verify_code(desk: &Desk, id: CaseId, code: &str) -> Result<Issued, ActError> {
    let now = desk.now();
    let outcome = desk.store.write(|conn| -> Result<Result<(), ActError>, ActError> {
        let case = case_for_change(conn, id)?;
        let most = i64::from(desk.settings.tokens.code_attempts);
        let Some(row) = code_try(conn, id, most, now)? else {
            return Ok(Err(ActError::Refused(
                "the code has run out or was used: ask for a new one and type that".to_owned(),
            )));
        };
        if !code_matches(&desk.secret, id, code, &row.code_hash) {
            return Ok(Err(wrong(conn, desk, id, &row)?));
        }
        code_end(conn, &row.id, "used")?;
        let case = if case.stage()? == Stage::Lapsed && case.lapsed_from()? != Some(Stage::AwaitingClarification) {
            reopen_for_reply(conn, desk, case, &By::requester(), now)?
        } else {
            case
        };
        // A code shows whose address it is. Where we asked for more proof, a colleague must have seen it.
        let proof_waits = case.clock_state == State::NotStarted.as_str();
        let decides = case.relationship()? == Relationship::Myself && !proof_waits;
        if case.stage()? != Stage::AwaitingVerification || !decides {
            return Ok(Ok(()));
        }
        identifier_verified(conn, id, IdentifierKind::Email, &normal_email(&case.requester_email), now)?;
        let right = case.right()?;
        let mut verified = case;
        verified.verified_at = Some(now.naive_utc());
        let verified = take(conn, verified, Move::Verify, &By::requester(), None, now)?;
        LetterOrder::Received.enqueue(conn, id, now)?;
        let mapped = !desk.settings.data_map.datasets.is_empty();
        if right == Right::Access && desk.settings.cases.gather_at_once && mapped {
            begin(conn, desk, verified, &By::system(), now)?;
        }
        Ok(Ok(()))
    })?;
    outcome?;
    let lifetime = TimeDelta::minutes(i64::from(desk.settings.tokens.requester_minutes));
    Ok(desk.tokens.for_requester(id, now, lifetime)?)
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

/// Sends a new one-time code to the address that the request came with.
///
/// # Errors
/// [`ActError::TooMany`] after too many in an hour.
pub fn resend_code(desk: &Desk, id: CaseId) -> Result<(), ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        let case = case_by_id(conn, id)?;
        if case.requester_email.is_empty() {
            return Err(ActError::Refused(
                "this request came without an e-mail address: please phone or write to us".to_owned(),
            ));
        }
        let recent = codes_since(conn, id, now.plus(TimeDelta::hours(-1)))?;
        if recent >= i64::from(desk.settings.tokens.codes_per_hour) {
            return Err(ActError::TooMany("too many codes were sent: wait an hour and ask again".to_owned()));
        }
        // One code is in the queue at a time: the number already sent is part of the key.
        let key = format!("code-{id}-{}", codes_since(conn, id, crate::base::Moment::from_naive_utc(case.created_at))?);
        Job::SendCode { case: id }.enqueue(conn, Some(key), now)
    })
}

/// Opens case `id` with a requester's token.
///
/// # Errors
/// [`ActError::Unauthenticated`] if the token is forged or has ended, [`ActError::Forbidden`] if it opens another case.
/// Both are audited on the case that was asked for.
pub fn open_with_token(desk: &Desk, id: CaseId, token: &str) -> Result<Opened, ActError> {
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
    match desk.tokens.read_requester(token, now) {
        Ok(claims) if claims.sub == id => Ok(Opened(id)),
        Ok(_) => refused(ActError::Forbidden("this token is for another request".to_owned()), "token of another case"),
        Err(e) => refused(e.into(), "token not valid"),
    }
}

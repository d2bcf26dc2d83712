//! What a caseworker does to a case besides reviewing records, and what stops it.

use chrono::NaiveDate;

use crate::case::{CaseId, Move, Stage};
use crate::deadline::{EventKind, FactKind};
use crate::review::exemption_title;
use crate::store::{CaseRow, bundles_superseded, case_by_id, identifier_verified, identifiers, staff_by_username};

use super::clock::{Noted, reclock, record_fact};
use super::desk::Desk;
use super::error::ActError;
use super::lapse::reopen_for_reply;
use super::letters::LetterOrder;
use super::moving::{By, load, seen, take, take_on_ground};
use super::proof::{end_evidence, remove_files};

/// A caseworker confirms who the subject is (and, for a representative, the authority): all identifiers given with the
/// request count as verified from here on, so the caseworker vouches for each of them.
///
/// # Errors
/// [`ActError`].
pub fn verify_by_staff(desk: &Desk, id: CaseId, how: &str, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    let (case, files) = desk.store.write(|conn| -> Result<_, ActError> {
        let mut case = load(conn, id, by)?;
        case.verified_at = Some(now.naive_utc());
        for row in identifiers(conn, id)? {
            let identifier = row.identifier()?;
            identifier_verified(conn, id, identifier.kind, &row.normal, now)?;
        }
        let case = take(conn, case, Move::Verify, by, Some(how), now)?;
        LetterOrder::receipt(case.right()?).enqueue(conn, id, now)?;
        let files = end_evidence(conn, id, by, now)?;
        Ok((case, files))
    })?;
    remove_files(desk, &files)?;
    Ok(case)
}

/// The proof was not enough.
///
/// # Errors
/// [`ActError`].
pub fn reject_identity(desk: &Desk, id: CaseId, reason: &str, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    let (case, files) = desk.store.write(|conn| -> Result<_, ActError> {
        let case = load(conn, id, by)?;
        let case = take(conn, case, Move::RejectIdentity, by, Some(reason), now)?;
        Ok((case, end_evidence(conn, id, by, now)?))
    })?;
    remove_files(desk, &files)?;
    Ok(case)
}

/// Gives the case to the member of staff called `username`.
///
/// # Errors
/// [`ActError::Invalid`] if nobody has that name.
pub fn assign(desk: &Desk, id: CaseId, username: &str, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        let mut case = load(conn, id, by)?;
        let staff = staff_by_username(conn, username)?
            .filter(|row| row.disabled_at.is_none())
            .ok_or_else(|| ActError::field("assignee", "nobody has this user name: check the spelling"))?;
        let reason = format!("to {}", staff.id);
        case.assignee_id = Some(staff.id);
        take(conn, case, Move::Assign, by, Some(&reason), now)
    })
}

/// The requester is asked what they want. For an access request the days until the answer do not count.
///
/// # Errors
/// [`ActError`].
pub fn request_clarification(
    desk: &Desk,
    id: CaseId,
    question: &str,
    asked_on: Option<NaiveDate>,
    by: &By,
) -> Result<CaseRow, ActError> {
    let fact = EventKind::ClarificationRequested;
    with_fact(desk, id, Move::RequestClarification, fact, asked_on, "asked_on", question, by)
}

/// The requester said what they want.
///
/// # Errors
/// [`ActError`].
pub fn record_clarification(
    desk: &Desk,
    id: CaseId,
    answer: &str,
    received_on: Option<NaiveDate>,
    by: &By,
) -> Result<CaseRow, ActError> {
    let fact = EventKind::ClarificationReceived;
    with_fact(desk, id, Move::RecordClarification, fact, received_on, "received_on", answer, by)
}

/// Takes two further months (UK GDPR Art. 12A(3)-(4)): the requester must be told, with reasons, before the first month
/// ends.
///
/// # Errors
/// [`ActError::Invalid`] if that day has passed: a late notice has no effect.
pub fn extend(
    desk: &Desk,
    id: CaseId,
    reasons: &str,
    notified_on: Option<NaiveDate>,
    by: &By,
) -> Result<CaseRow, ActError> {
    let last =
        desk.store.read(|conn| -> Result<_, ActError> { Ok(seen(case_by_id(conn, id)?, by)?.extension_notice_by) })?;
    let on = notified_on.unwrap_or_else(|| desk.clock.today());
    if last.is_none_or(|last| on > last) {
        let problem = last.map_or_else(
            || "the clock of this case does not run, so there is nothing to extend".to_owned(),
            |last| format!("the last day for the notice was {last}: a later one does not move the due date"),
        );
        return Err(ActError::field("notified_on", problem));
    }
    with_fact(desk, id, Move::Extend, EventKind::ExtensionNotified, Some(on), "notified_on", reasons, by)
}

#[expect(clippy::too_many_arguments, reason = "one caller each above; a struct would only rename them")]
fn with_fact(
    desk: &Desk,
    id: CaseId,
    action: Move,
    fact: EventKind,
    on: Option<NaiveDate>,
    field: &str,
    words: &str,
    by: &By,
) -> Result<CaseRow, ActError> {
    let now = desk.now();
    let on = on.unwrap_or_else(|| now.london_date());
    if on > now.london_date() {
        return Err(ActError::field(field, "the date is in the future: give the day it happened"));
    }
    desk.store.write(|conn| {
        let mut case = load(conn, id, by)?;
        if on < case.received_on {
            return Err(ActError::field(field, "the date is before the request arrived: give the day it happened"));
        }
        if case.stage()? == Stage::Lapsed && action == Move::RecordClarification {
            case = reopen_for_reply(conn, desk, case, by, now)?;
        }
        let fact = Noted { kind: FactKind::Event(fact), happened_on: on, note: Some(words), corrects: None };
        record_fact(conn, id, fact, by, now)?;
        reclock(conn, desk, &mut case, now)?;
        let case = take(conn, case, action, by, None, now)?;
        // What was asked or told on an earlier day was asked or told another way.
        if on == now.london_date() {
            if action == Move::RequestClarification {
                LetterOrder::Clarify.enqueue(conn, id, now)?;
            } else if action == Move::Extend {
                LetterOrder::Extended.enqueue(conn, id, now)?;
            }
        }
        Ok(case)
    })
}

/// Refuses the request in whole. The letter states the reasons and every route of complaint (Art. 12(4)). `code` is the
/// ground that the reports count it under.
///
/// # Errors
/// [`ActError`].
pub fn refuse(desk: &Desk, id: CaseId, reasons: &str, code: Option<&str>, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    if code.is_some_and(|code| exemption_title(code).is_none()) {
        return Err(ActError::field("code", "this ground is not known: use one of the codes in docs/DATA_MODEL.md"));
    }
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        let case = take_on_ground(conn, case, Move::Refuse, by, Some(reasons), code, now)?;
        LetterOrder::Refused { reasons: reasons.to_owned() }.enqueue(conn, id, now)?;
        Ok(case)
    })
}

/// The requester stops the request. A bundle that was built for it is removed.
///
/// # Errors
/// [`ActError`].
pub fn withdraw(desk: &Desk, id: CaseId, reason: Option<&str>, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    let (case, files) = desk.store.write(|conn| -> Result<_, ActError> {
        let case = load(conn, id, by)?;
        let files = bundles_superseded(conn, id, now)?;
        let case = take(conn, case, Move::Withdraw, by, reason, now)?;
        LetterOrder::Withdrawn.enqueue(conn, id, now)?;
        Ok((case, files))
    })?;
    for file in files {
        desk.files.bundle_remove(&file)?;
    }
    Ok(case)
}

/// Nothing more to do.
///
/// # Errors
/// [`ActError`].
pub fn close(desk: &Desk, id: CaseId, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        let mut case = load(conn, id, by)?;
        case.closed_at = case.closed_at.or(Some(now.naive_utc()));
        take(conn, case, Move::Close, by, None, now)
    })
}

//! A request whose requester is silent: it lapses after they were told, and a reply takes it back to where it stood.

use crate::base::Moment;
use crate::case::{CaseId, Move, ReminderKind, Stage};
use crate::deadline::{EventKind, FactKind};
use crate::store::{CaseRow, Conn, case_update};

use super::clock::{Noted, reclock, record_fact};
use super::desk::Desk;
use super::error::ActError;
use super::letters::LetterOrder;
use super::moving::{By, load, take};
use super::reminders::remind;

/// A caseworker stops waiting for a requester whom the program could not tell beforehand (there is no e-mail address), and
/// who was told another way.
///
/// # Errors
/// [`ActError`].
pub fn lapse(desk: &Desk, id: CaseId, reason: &str, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        lapse_case(conn, case, by, Some(reason), now)
    })
}

/// Takes the move and queues the letter that says how to go on.
pub(super) fn lapse_case(
    conn: &mut Conn,
    case: CaseRow,
    by: &By,
    reason: Option<&str>,
    now: Moment,
) -> Result<CaseRow, ActError> {
    let case = take(conn, case, Move::Lapse, by, reason, now)?;
    LetterOrder::Lapsed.enqueue(conn, case.case_id()?, now)?;
    Ok(case)
}

/// A caseworker takes a lapsed case back to where it stood; the wait for the requester begins anew.
///
/// # Errors
/// [`ActError`].
pub fn reopen(desk: &Desk, id: CaseId, reason: &str, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        reopen_case(conn, desk, case, by, Some(reason), now)
    })
}

/// The facts of the clock stand as they were; the date is computed anew, since bank holidays may have changed meanwhile.
fn reopen_case(
    conn: &mut Conn,
    desk: &Desk,
    case: CaseRow,
    by: &By,
    reason: Option<&str>,
    now: Moment,
) -> Result<CaseRow, ActError> {
    let mut case = take(conn, case, Move::Reopen, by, reason, now)?;
    reclock(conn, desk, &mut case, now)?;
    Ok(case_update(conn, case, now)?)
}

/// A reply reopens a lapsed case, and whoever works on it is told.
pub(super) fn reopen_for_reply(
    conn: &mut Conn,
    desk: &Desk,
    case: CaseRow,
    by: &By,
    now: Moment,
) -> Result<CaseRow, ActError> {
    let case = reopen_case(conn, desk, case, by, None, now)?;
    remind(conn, desk, &case, ReminderKind::Reopened, now.london_date(), now)?;
    Ok(case)
}

/// The requester answers the question that we asked; a request that lapsed over it is open again.
pub(super) fn answer_question_in(
    conn: &mut Conn,
    desk: &Desk,
    mut case: CaseRow,
    words: &str,
    by: &By,
    now: Moment,
) -> Result<CaseRow, ActError> {
    let id = case.case_id()?;
    if case.stage()? == Stage::Lapsed {
        case = reopen_for_reply(conn, desk, case, by, now)?;
    }
    let kind = FactKind::Event(EventKind::ClarificationReceived);
    let fact = Noted { kind, happened_on: now.london_date(), note: Some(words), corrects: None };
    record_fact(conn, id, fact, by, now)?;
    reclock(conn, desk, &mut case, now)?;
    take(conn, case, Move::RecordClarification, by, None, now)
}

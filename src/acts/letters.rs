//! Letters go out by jobs. What is to be said is looked up when it is sent: the queue holds no name, address or code; of a
//! refusal it holds the reasons that the caseworker wrote.

use chrono::{NaiveDate, TimeDelta};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};

use crate::audit::{Actor, Event};
use crate::auth::{CodePurpose, code_hash, new_code};
use crate::base::Moment;
use crate::case::{CaseId, ReminderId, ReminderKind, Stage, last_day};
use crate::deadline::{EventKind, FactKind, Right};
use crate::letter::{DateMoved, Letter, Rendered, WhyAsked};
use crate::post::PostError;
use crate::store::{
    CaseRow, CodeRow, Conn, Lease, audit_append, bundle_current, case_by_id, case_for_change, clock_events,
    code_forget, code_insert, job_done, look_set, origin_of, reminder_by_id, reminder_sent, staff_by_id,
};
use crate::wording::{Language, Wording};

use super::answer::answered;
use super::clock::{AsOf, facts, known_facts};
use super::desk::Desk;
use super::erase::erased_words;
use super::error::ActError;
use super::queue::Job;
use super::rectify::{being_told, outcomes};
use super::reminders::ReminderTo;
use super::timer::Wait;
use super::wishes::{Wishes, wishes};

/// Which letter is to be sent about a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "letter")]
pub enum LetterOrder {
    /// We have your request.
    Received,
    /// We have your complaint.
    ComplaintAcknowledged,
    /// Something must be shown before we go on. What a caseworker wrote about it stands with the facts of the clock.
    ProofNeeded {
        /// Who the requester is, and why we ask.
        identity: Option<WhyAsked>,
        /// That they may act for the subject.
        authority: bool,
    },
    /// We need to know more. The question stands with the facts of the clock.
    Clarify,
    /// We need more time. The reasons stand with the facts of the clock.
    Extended,
    /// There is a message on the request's page.
    Message,
    /// The answer went to the subject instead.
    ReadyElsewhere,
    /// Your answer is ready.
    Ready,
    /// We refuse, with these reasons.
    Refused {
        /// In plain words, written by the caseworker.
        reasons: String,
    },
    /// We have stopped.
    Withdrawn,
    /// The date to answer by has moved.
    DueDateChanged {
        /// What it was before.
        from: Option<NaiveDate>,
        /// Why it moved.
        why: DateMoved,
    },
    /// The letter of this reminder to a silent requester.
    Reminder {
        /// Which.
        reminder: ReminderId,
    },
    /// We stopped because we heard nothing.
    Lapsed,
    /// What became of a request for rectification.
    Corrected,
    /// What was erased, what stays and why.
    Erased,
}

impl LetterOrder {
    /// The letter that says that a request of this kind has arrived.
    pub(super) fn receipt(right: Right) -> Self {
        if right == Right::ComplaintAck { Self::ComplaintAcknowledged } else { Self::Received }
    }

    /// Queues the letter.
    ///
    /// # Errors
    /// [`ActError`] of the store.
    pub fn enqueue(self, conn: &mut Conn, case: CaseId, now: Moment) -> Result<(), ActError> {
        Job::SendLetter { case, order: self }.enqueue(conn, None, now)
    }

    /// Tells the requester of an open, verified case that the date moved from `before` to what it is now, if it did and if
    /// they can be reached. True if they are told.
    ///
    /// # Errors
    /// [`ActError`] of the store.
    pub(super) fn tell_new_date(
        conn: &mut Conn,
        case: &CaseRow,
        before: Option<NaiveDate>,
        why: DateMoved,
        now: Moment,
    ) -> Result<bool, ActError> {
        let concerned = case.stage()?.is_open() && case.verified_at.is_some() && !case.requester_email.is_empty();
        if !concerned || case.due_on.is_none() || case.due_on == before {
            return Ok(false);
        }
        Self::DueDateChanged { from: before, why }.enqueue(conn, case.case_id()?, now)?;
        Ok(true)
    }
}

/// A letter as it is to be sent, and what is to be noted about it.
struct Written {
    letter: Letter,
    /// Of a reminder to a silent requester: the last day for a reply that the letter tells.
    reminder: Option<(ReminderId, Option<NaiveDate>)>,
}

impl From<Letter> for Written {
    fn from(letter: Letter) -> Self {
        Self { letter, reminder: None }
    }
}

/// Sends a one-time code: makes it, keeps its hash, and hands it to the post. If the post fails, the next attempt makes
/// another code, so that none is ever stored readable.
///
/// # Errors
/// [`ActError::Broken`] if the post fails, so that the job is tried again.
pub fn send_code(desk: &Desk, id: CaseId, purpose: CodePurpose, lease: &Lease) -> Result<(), ActError> {
    let now = desk.now();
    let code = new_code();
    let row = uuid::Uuid::now_v7().to_string();
    let minutes = desk.settings.tokens.code_minutes;
    let (case, address, wording) = desk.store.write(|conn| -> Result<_, ActError> {
        let case = case_by_id(conn, id)?;
        let wished = wishes(conn, id)?;
        let elsewhere = wished.answer_email.filter(|_| purpose == CodePurpose::Answer);
        let address = elsewhere.unwrap_or_else(|| case.requester_email.clone());
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
                purpose: purpose.to_string(),
            },
        )?;
        Ok((case, address, Wording::of(wished.language)))
    })?;
    let letter = Letter::Code {
        reference: case.reference.clone(),
        code: code.expose_secret().to_owned(),
        minutes,
        answer: purpose == CodePurpose::Answer,
    };
    let out = Out { id, address: &address, wording, letter: &letter };
    let sent = dispatch(desk, &out, &Event::CodeSent, lease, |_| Ok(()));
    if sent.is_err() {
        desk.store.write(|conn| -> Result<(), ActError> { Ok(code_forget(conn, &row)?) })?;
    }
    sent
}

/// Sends a letter about a case; none if it lost its meaning while it waited.
///
/// # Errors
/// [`ActError::Broken`] if the post fails, so that the job is tried again.
pub fn send_letter(desk: &Desk, id: CaseId, order: &LetterOrder, lease: &Lease) -> Result<(), ActError> {
    let (case, wished, written) = desk.store.read(|conn| -> Result<_, ActError> {
        let case = case_by_id(conn, id)?;
        let wished = wishes(conn, id)?;
        let written = write(conn, desk, id, &case, &wished, order)?;
        Ok((case, wished, written))
    })?;
    let Some(Written { letter, reminder }) = written else {
        return desk.store.write(|conn| Ok(job_done(conn, lease, desk.now())?));
    };
    let sent = Event::LetterSent { letter: letter.kind().to_owned() };
    let elsewhere = wished.answer_email.filter(|_| *order == LetterOrder::Ready);
    let address = elsewhere.unwrap_or(case.requester_email);
    let out = Out { id, address: &address, wording: Wording::of(wished.language), letter: &letter };
    dispatch(desk, &out, &sent, lease, |conn| {
        let Some((reminder, lapses_on)) = reminder else { return Ok(()) };
        let now = desk.now();
        let case = case_for_change(conn, id)?;
        reminder_sent(conn, reminder, lapses_on, now)?;
        Ok(look_set(conn, &case, Some(now.london_date()))?)
    })
}

/// The letter as it would go out now; none if there is nothing to say, or no e-mail address to send it to.
///
/// # Errors
/// [`ActError::Missing`] if there is no such case.
pub fn letter_preview(desk: &Desk, id: CaseId, order: &LetterOrder) -> Result<Option<Rendered>, ActError> {
    let now = desk.now();
    let (letter, wished) = desk.store.read(|conn| -> Result<_, ActError> {
        let case = case_by_id(conn, id)?;
        let wished = wishes(conn, id)?;
        if case.requester_email.is_empty() && wished.answer_email.is_none() {
            return Ok((None, wished));
        }
        let mut letter = write(conn, desk, id, &case, &wished, order)?.map(|written| written.letter);
        if let (Some(Letter::Ready { until, .. }), None) = (&mut letter, case.released_at) {
            *until = now.plus(TimeDelta::days(i64::from(desk.settings.cases.bundle_days))).london_date();
        }
        Ok((letter, wished))
    })?;
    let wording = Wording::of(wished.language);
    let rendered = letter.map(|letter| letter.render(&desk.settings.controller, wording)).transpose();
    rendered.map_err(|e| ActError::Broken(format!("a letter could not be written: {e}")))
}

/// What the letter says, from what is true now.
fn write(
    conn: &mut Conn,
    desk: &Desk,
    id: CaseId,
    case: &CaseRow,
    wished: &Wishes,
    order: &LetterOrder,
) -> Result<Option<Written>, ActError> {
    let (reference, name, link) = (case.reference.clone(), case.requester_name.clone(), desk.request_link(id));
    let letter = match order {
        LetterOrder::Received => Letter::Received {
            reference,
            name,
            received_on: case.received_on,
            due_on: case.due_on,
            link,
            searched: matches!(case.right()?, Right::Access | Right::Portability),
        },
        LetterOrder::ComplaintAcknowledged => {
            let origin = origin_of(conn, id)?.and_then(|origin| origin.origin_id.parse().ok());
            let about = origin.map(|origin| case_by_id(conn, origin)).transpose()?.map(|case| case.reference);
            Letter::ComplaintAcknowledged { reference, name, received_on: case.received_on, about, link }
        }
        LetterOrder::ProofNeeded { identity, authority } => {
            let asked = if identity.is_some() { EventKind::IdRequested } else { EventKind::AuthorityRequested };
            let words = noted(conn, id, asked)?;
            Letter::ProofNeeded {
                reference,
                identity: *identity,
                authority: *authority,
                words,
                link: format!("{link}/evidence"),
            }
        }
        LetterOrder::Clarify => {
            let question = noted(conn, id, EventKind::ClarificationRequested)?;
            let Some(question) = question.filter(|_| matches!(case.stage(), Ok(Stage::AwaitingClarification))) else {
                return Ok(None);
            };
            Letter::Clarify { reference, name, question, link, due_on: case.due_on }
        }
        LetterOrder::Extended => {
            let reasons = noted(conn, id, EventKind::ExtensionNotified)?.unwrap_or_default();
            Letter::Extended { reference, name, reasons, due_on: case.due_on, link }
        }
        LetterOrder::Message => Letter::Message { reference, name, link: format!("{link}/messages") },
        LetterOrder::Ready => {
            let until = bundle_current(conn, id)?.and_then(|bundle| bundle.expires_at);
            let until = until.map_or_else(|| desk.clock.today(), |at| Moment::from_naive_utc(at).london_date());
            let elsewhere = wished.answer_email.is_some();
            Letter::Ready {
                reference,
                name: if elsewhere { case.subject_name.clone() } else { name.clone() },
                link: desk.answer_link(id),
                until,
                answer: answered(conn, desk, id)?,
                by: wished.answer_by,
                asked_by: elsewhere.then_some(name),
            }
        }
        LetterOrder::ReadyElsewhere => Letter::ReadyElsewhere { reference, name },
        LetterOrder::Refused { reasons } => Letter::Refused { reference, name, reasons: reasons.clone() },
        LetterOrder::Withdrawn => Letter::Withdrawn { reference, name },
        LetterOrder::DueDateChanged { from, why } => {
            // It may have moved again, or back, while the letter waited.
            let Some(to) = case.due_on.filter(|to| Some(*to) != *from) else { return Ok(None) };
            if !case.stage()?.is_open() {
                return Ok(None);
            }
            Letter::DueDateChanged { reference, name, from: *from, to, why: *why, link }
        }
        LetterOrder::Lapsed => {
            if case.stage()? != Stage::Lapsed {
                return Ok(None);
            }
            let question = case.lapsed_from()? == Some(Stage::AwaitingClarification);
            Letter::Lapsed { reference, name: question.then_some(name), link, question }
        }
        LetterOrder::Corrected => {
            let (done, not_done) = outcomes(desk, conn, id)?;
            if done.is_empty() {
                Letter::Refused { reference, name, reasons: not_done.join("\n") }
            } else {
                let not_changed = (!not_done.is_empty()).then(|| not_done.join("\n"));
                Letter::Corrected { reference, name, changed: done, not_changed, told: being_told(conn, id)? }
            }
        }
        LetterOrder::Erased => {
            let words = erased_words(conn, desk, id)?;
            let (deleted, anonymised, kept) = (words.deleted, words.anonymised, words.kept);
            if deleted.is_empty() && anonymised.is_empty() {
                let why = |(label, _, why): &(String, u64, String)| format!("{label}: {why}");
                let reasons = kept.iter().map(why).collect::<Vec<_>>().join("\n");
                Letter::Refused { reference, name, reasons }
            } else {
                Letter::Erased { reference, name, deleted, anonymised, kept, told: being_told(conn, id)? }
            }
        }
        LetterOrder::Reminder { reminder } => return silent_reminder(conn, desk, id, case, *reminder),
    };
    Ok(Some(letter.into()))
}

/// What was noted with the newest fact of this kind.
pub(super) fn noted(conn: &mut Conn, id: CaseId, kind: EventKind) -> Result<Option<String>, ActError> {
    let kind = FactKind::Event(kind).to_string();
    let rows = clock_events(conn, id)?;
    Ok(rows.into_iter().filter(|row| row.kind == kind).max_by_key(|row| row.recorded_at).and_then(|row| row.note))
}

/// The letter to a silent requester, if we still wait for what it is about. The time it gives them counts from today.
fn silent_reminder(
    conn: &mut Conn,
    desk: &Desk,
    id: CaseId,
    case: &CaseRow,
    reminder: ReminderId,
) -> Result<Option<Written>, ActError> {
    let row = reminder_by_id(conn, reminder)?;
    let facts = facts(conn, id)?;
    let Some(known) = known_facts(desk, case, &facts, AsOf::Now)? else { return Ok(None) };
    let (kind, about_on) = (row.kind()?, row.about_on);
    let wait = Wait::of(conn, desk, case, &known)?.filter(|wait| wait.kind == kind && wait.since == about_on);
    let Some(wait) = wait else { return Ok(None) };
    let until = last_day(wait.since, wait.patience, desk.clock.today());
    let (reference, link) = (case.reference.clone(), desk.request_link(id));
    let letter = if kind == ReminderKind::ClarifyReminder {
        let question = noted(conn, id, EventKind::ClarificationRequested)?;
        Letter::ReminderClarify { reference, name: case.requester_name.clone(), question, link, until }
    } else {
        Letter::ReminderVerify { reference, link, proof: wait.proof, until }
    };
    Ok(Some(Written { letter, reminder: Some((reminder, until)) }))
}

/// Sends a reminder to staff; not if it was ticked off, or the case answered, while it waited.
///
/// # Errors
/// [`ActError::Broken`] if the post fails, so that the job is tried again.
pub fn send_reminder(
    desk: &Desk,
    id: CaseId,
    reminder: ReminderId,
    to: &ReminderTo,
    lease: &Lease,
) -> Result<(), ActError> {
    let found = desk.store.read(|conn| -> Result<_, ActError> {
        let (row, case) = (reminder_by_id(conn, reminder)?, case_by_id(conn, id)?);
        if row.done_at.is_some() || !case.stage()?.is_open() {
            return Ok(None);
        }
        let address = staff_address(conn, desk, &case, to)?;
        Ok(address.map(|address| (row, case, address)))
    })?;
    let Some((row, case, address)) = found else {
        return desk.store.write(|conn| Ok(job_done(conn, lease, desk.now())?));
    };
    let letter = Letter::StaffReminder {
        reference: case.reference.clone(),
        kind: row.kind()?,
        about_on: row.about_on,
        link: desk.case_link(id),
    };
    let sent = Event::LetterSent { letter: letter.kind().to_owned() };
    let out = Out { id, address: &address, wording: Wording::of(Language::English), letter: &letter };
    dispatch(desk, &out, &sent, lease, |conn| Ok(reminder_sent(conn, reminder, None, desk.now())?))
}

/// Where a reminder goes; none if who it was meant for has left.
fn staff_address(conn: &mut Conn, desk: &Desk, case: &CaseRow, to: &ReminderTo) -> Result<Option<String>, ActError> {
    let clock = &desk.settings.clock;
    let mut of = |id: &str| -> Result<Option<String>, ActError> {
        let row = staff_by_id(conn, id)?;
        Ok(Some(row.email).filter(|email| row.disabled_at.is_none() && !email.is_empty()))
    };
    match to {
        ReminderTo::Escalation { number } => Ok(clock.escalation_emails.get(*number).cloned()),
        ReminderTo::Staff { id } => of(id),
        ReminderTo::Assignee => {
            let assignee = case.assignee_id.as_deref().map_or(Ok(None), of)?;
            let team = || clock.team_email.clone().unwrap_or_else(|| desk.settings.controller.email.clone());
            Ok(Some(assignee.unwrap_or_else(team)))
        }
    }
}

/// A letter about a case on its way out.
struct Out<'a> {
    id: CaseId,
    address: &'a str,
    wording: Wording,
    letter: &'a Letter,
}

/// Hands a letter to the post and ends the job, with the audit event and what `note` keeps, in one transaction.
fn dispatch(
    desk: &Desk,
    out: &Out<'_>,
    sent: &Event,
    lease: &Lease,
    note: impl FnOnce(&mut Conn) -> Result<(), ActError>,
) -> Result<(), ActError> {
    if out.address.is_empty() {
        // A request by post or phone without an address: the desk shows the case, nobody is written to by e-mail.
        return desk.store.write(|conn| Ok(job_done(conn, lease, desk.now())?));
    }
    hand_over(desk, out.address, out.letter, out.wording)?;
    desk.store.write(|conn| {
        note(conn)?;
        audit_append(conn, desk.now(), &Actor::System, Some(out.id), sent)?;
        Ok(job_done(conn, lease, desk.now())?)
    })
}

/// Hands `letter` to the post.
pub(super) fn hand_over(desk: &Desk, address: &str, letter: &Letter, wording: Wording) -> Result<(), ActError> {
    let rendered = letter.render(&desk.settings.controller, wording).map_err(|e| ActError::Broken(e.to_string()))?;
    desk.post.send(address, &rendered, desk.now()).map_err(
        |e @ (PostError::Address
         | PostError::NoAttachments
         | PostError::Refused
         | PostError::Unavailable
         | PostError::Configuration(_))| { ActError::Broken(e.to_string()) },
    )
}

//! A request as its requester follows it on its pages: typed, so that the pages say it in their language.

use chrono::NaiveDate;

use crate::base::Moment;
use crate::case::{CaseId, Relationship, Stage};
use crate::deadline::{Deadline, EventKind, Right};
use crate::intake::AnswerBy;
use crate::store::{
    CaseRow, Conn, bundle_current, case_by_id, cases_grown_from, evidence_of, identifiers, messages, origin_of,
};

use super::clock::{AsOf, deadline_of};
use super::desk::Desk;
use super::error::ActError;
use super::letters::noted;
use super::messages::question_is_open;
use super::proof::{Outstanding, outstanding};
use super::status::{Happened, computable, happened};
use super::verify::Opened;
use super::wishes::{Wishes, wishes};

/// What the page of a request shows.
#[derive(Debug, Clone)]
pub struct RequestPage {
    /// The case.
    pub id: CaseId,
    /// What people quote.
    pub reference: String,
    /// Which right.
    pub right: Right,
    /// Who asks for whom.
    pub relationship: Relationship,
    /// Where it stands.
    pub stage: Stage,
    /// How far it is.
    pub progress: Progress,
    /// When it arrived.
    pub received_on: NaiveDate,
    /// The clock with its working; none while a date cannot be computed.
    pub deadline: Option<Deadline>,
    /// What is needed of the requester.
    pub needs: RequesterNeeds,
    /// What they want.
    pub wishes: Wishes,
    /// Messages of ours that they have not seen.
    pub unread: usize,
    /// Messages in all.
    pub messages: usize,
    /// Files that they sent.
    pub files: usize,
    /// The answer, once it is released.
    pub answer: Option<AnswerState>,
    /// The case that this one grew out of.
    pub origin: Option<Related>,
    /// The cases that grew out of this one.
    pub grown: Vec<Related>,
    /// What happened.
    pub timeline: Vec<(Moment, Happened)>,
}

/// How far a request is, of four steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// We do not know yet who asks.
    Who,
    /// We look for the information, or at what was asked.
    Work,
    /// Somebody checks the answer.
    Check,
    /// It is answered.
    Answered,
    /// It stopped on the way.
    Stopped,
}

/// What is needed of the requester.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequesterNeeds {
    /// Proof that was asked for and has not come.
    pub proof: Outstanding,
    /// What a caseworker wrote about it.
    pub proof_words: Option<String>,
    /// The question that waits for its answer.
    pub question: Option<String>,
}

/// The answer that was released.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerState {
    /// It can be opened until then.
    Open(Moment),
    /// Its time has ended.
    Ended,
    /// It was given to the subject.
    Elsewhere,
    /// There is none to open: a right other than access was answered by letter.
    ByLetter,
}

/// Another case of the same requester.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The case.
    pub id: CaseId,
    /// What people quote.
    pub reference: String,
    /// `complaint` or `correction`.
    pub why: String,
    /// Where it stands.
    pub stage: Stage,
    /// By when it is answered, or acknowledged.
    pub due_on: Option<NaiveDate>,
}

/// What the page of a request shows.
///
/// # Errors
/// [`ActError`] of the store.
pub fn request_page(desk: &Desk, opened: Opened) -> Result<RequestPage, ActError> {
    let (id, now) = (opened.case(), desk.now());
    desk.store.read(|conn| {
        let case = case_by_id(conn, id)?;
        let stage = case.stage()?;
        let wished = wishes(conn, id)?;
        let all = messages(conn, id)?;
        let origin = match origin_of(conn, id)? {
            Some(row) => {
                let origin: CaseId = row
                    .origin_id
                    .parse()
                    .map_err(|_| ActError::Broken("a stored case identifier cannot be read".to_owned()))?;
                Some(related(row.why, &case_by_id(conn, origin)?)?)
            }
            None => None,
        };
        let grown =
            cases_grown_from(conn, id)?.into_iter().map(|(why, case)| related(why, &case)).collect::<Result<_, _>>()?;
        Ok(RequestPage {
            id,
            right: case.right()?,
            relationship: case.relationship()?,
            stage,
            progress: progress(stage),
            received_on: case.received_on,
            deadline: computable(deadline_of(conn, desk, &case, AsOf::Now))?,
            needs: needs(conn, desk, &case)?,
            unread: all.iter().filter(|message| !message.is_requesters() && message.read_at.is_none()).count(),
            messages: all.len(),
            files: evidence_of(conn, id)?.len(),
            answer: answer_state(conn, &case, &wished, now)?,
            wishes: wished,
            origin,
            grown,
            timeline: happened(conn, id)?,
            reference: case.reference,
        })
    })
}

fn related(why: String, case: &CaseRow) -> Result<Related, ActError> {
    Ok(Related {
        id: case.case_id()?,
        reference: case.reference.clone(),
        why,
        stage: case.stage()?,
        due_on: case.due_on,
    })
}

fn needs(conn: &mut Conn, desk: &Desk, case: &CaseRow) -> Result<RequesterNeeds, ActError> {
    let id = case.case_id()?;
    let question = if question_is_open(case)? { noted(conn, id, EventKind::ClarificationRequested)? } else { None };
    let stage = case.stage()?;
    let waits = stage.is_open() || stage == Stage::Lapsed;
    let proof = if waits { outstanding(conn, desk, case)? } else { Outstanding::default() };
    let proof_words = match proof {
        Outstanding { identity: true, .. } => noted(conn, id, EventKind::IdRequested)?,
        Outstanding { authority: true, .. } => noted(conn, id, EventKind::AuthorityRequested)?,
        Outstanding { identity: false, authority: false } => None,
    };
    Ok(RequesterNeeds { proof, proof_words, question })
}

fn progress(stage: Stage) -> Progress {
    match stage {
        Stage::AwaitingVerification | Stage::Lapsed => Progress::Who,
        Stage::Verified | Stage::AwaitingClarification | Stage::Gathering => Progress::Work,
        Stage::Review | Stage::AwaitingApproval | Stage::Approved => Progress::Check,
        Stage::Released | Stage::Closed => Progress::Answered,
        Stage::Refused | Stage::Withdrawn => Progress::Stopped,
    }
}

fn answer_state(
    conn: &mut Conn,
    case: &CaseRow,
    wished: &Wishes,
    now: Moment,
) -> Result<Option<AnswerState>, ActError> {
    if !matches!(case.stage()?, Stage::Released | Stage::Closed) || case.released_at.is_none() {
        return Ok(None);
    }
    let bundle = bundle_current(conn, case.case_id()?)?.filter(|bundle| bundle.released_at.is_some());
    let Some(bundle) = bundle else { return Ok(Some(AnswerState::ByLetter)) };
    if wished.answer_email.is_some() {
        return Ok(Some(AnswerState::Elsewhere));
    }
    let until = bundle.expires_at.map(Moment::from_naive_utc).filter(|until| *until > now);
    Ok(Some(until.map_or(AnswerState::Ended, AnswerState::Open)))
}

/// What staff need to send an answer on paper.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct CitizenView {
    /// The language of letters and pages.
    pub language: String,
    /// How the answer is wanted.
    #[schema(value_type = String)]
    pub answer_by: AnswerBy,
    /// Where a paper answer goes.
    pub address: Option<String>,
    /// What else is wanted of the answer.
    pub needs: Option<String>,
    /// By which right the requester acts for the subject.
    #[schema(value_type = Option<String>)]
    pub authority: Option<crate::intake::Authority>,
    /// Where the answer goes instead of to the requester.
    pub answer_email: Option<String>,
    /// Where the requester is reached.
    pub requester_email: String,
    /// Proof of identity that was asked for and has not come.
    pub waits_for_identity: bool,
    /// Proof of authority that was asked for and has not come.
    pub waits_for_authority: bool,
    /// Files that wait to be looked at.
    pub files_to_look_at: usize,
    /// Messages of the requester that nobody has seen.
    pub messages_to_read: usize,
    /// Addresses of the subject, of which one may get the answer instead.
    pub subject_emails: Vec<String>,
}

/// What the requester of a case wants, and what waits for a caseworker.
///
/// # Errors
/// [`ActError::Missing`].
pub fn citizen_view(desk: &Desk, id: CaseId) -> Result<CitizenView, ActError> {
    desk.store.read(|conn| {
        let case = case_by_id(conn, id)?;
        let wished = wishes(conn, id)?;
        let waits = if case.stage()?.is_open() { outstanding(conn, desk, &case)? } else { Outstanding::default() };
        let subject_emails =
            identifiers(conn, id)?.into_iter().filter(|row| row.kind == "email").map(|row| row.value).collect();
        Ok(CitizenView {
            language: wished.language.to_string(),
            answer_by: wished.answer_by,
            address: wished.address,
            needs: wished.needs,
            authority: wished.authority,
            answer_email: wished.answer_email,
            requester_email: case.requester_email,
            waits_for_identity: waits.identity,
            waits_for_authority: waits.authority,
            files_to_look_at: evidence_of(conn, id)?.iter().filter(|row| row.removed_at.is_none()).count(),
            messages_to_read: messages(conn, id)?.iter().filter(|m| m.is_requesters() && m.read_at.is_none()).count(),
            subject_emails,
        })
    })
}

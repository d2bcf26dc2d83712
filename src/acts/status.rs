//! Reading cases: what the requester sees of theirs, and what staff see.

use chrono::NaiveDate;
use serde::Serialize;

use crate::audit::{Actor, Event};
use crate::base::Moment;
use crate::case::{CaseId, Move, Stage, step};
use crate::deadline::{Deadline, Right, Step, internal_target};
use crate::store::{
    CaseFilter, CaseRow, Conn, audit_append, audit_page, bundle_current, case_by_id, case_page, gather_latest,
    identifiers,
};
use crate::wording::{Language, Wording};

use super::clock::{AsOf, deadline_of};
use super::desk::Desk;
use super::error::ActError;
use super::proof::{Outstanding, outstanding};
use super::receive::Scope;
use super::staff::Staff;
use super::verify::Opened;

/// A request as its requester sees it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct StatusView {
    /// The case's identifier.
    #[schema(value_type = String, format = Uuid)]
    pub id: CaseId,
    /// What people quote.
    pub reference: String,
    /// Which right.
    pub right: String,
    /// Where the case stands.
    pub status: Stage,
    /// The same in plain words.
    pub status_plain: &'static str,
    /// When the request arrived.
    pub received_on: NaiveDate,
    /// By when it is answered.
    pub due_on: Option<NaiveDate>,
    /// How that date came about.
    #[schema(value_type = Vec<Object>)]
    pub working: Vec<Step>,
    /// What happened so far.
    pub timeline: Vec<TimelineStep>,
    /// What we need from them.
    pub asked: Vec<Asked>,
    /// True once the bundle can be fetched.
    pub bundle_ready: bool,
}

/// A step of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct TimelineStep {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Moment,
    /// In plain words.
    pub what: String,
}

/// Something we need from the requester.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Asked {
    /// `code`, `identity`, `authority` or `clarification`.
    pub kind: &'static str,
    /// In plain words.
    pub what: String,
}

/// A case as staff see it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CaseView {
    /// The case's identifier.
    pub id: String,
    /// What people quote.
    pub reference: String,
    /// Which right.
    pub right: String,
    /// Where the case stands.
    pub stage: Stage,
    /// How it came.
    pub channel: String,
    /// When it arrived.
    pub received_on: NaiveDate,
    /// By when it is answered.
    pub due_on: Option<NaiveDate>,
    /// The last lawful date on the literal reading.
    pub statutory_latest: Option<NaiveDate>,
    /// The last day for a notice of extension.
    pub extension_notice_by: Option<NaiveDate>,
    /// A due date that had passed before proof or a fee was asked for: the case stays overdue until it is answered.
    pub missed_on: Option<NaiveDate>,
    /// The controller's own target; null in lists, and where there is no due date.
    pub target_on: Option<NaiveDate>,
    /// `running`, `not_started`, `paused` or `no_statutory_deadline`.
    pub clock: String,
    /// True if it is open and the due date has passed, or one was missed before.
    pub overdue: bool,
    /// Where it stood when it lapsed, while it is lapsed.
    pub lapsed_from: Option<String>,
    /// Who works on it.
    pub assignee: Option<String>,
    /// The data subject.
    pub subject_name: String,
    /// Who asked.
    pub requester_name: String,
    /// Who the requester is to the subject.
    pub relationship: String,
    /// Counts the changes; the `ETag`.
    pub version: i64,
    /// How the due date came about; empty in lists.
    #[schema(value_type = Vec<Object>)]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub working: Vec<Step>,
    /// The identifiers searched by; empty in lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<CaseIdentifier>,
    /// What part of what is held they ask for; none in lists.
    #[schema(value_type = Option<Object>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
    /// What they wrote; none in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// The newest search; none in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gather: Option<GatherSummary>,
    /// The moves that are possible now; empty in lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<Move>,
}

/// An identifier of the subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CaseIdentifier {
    /// `email`, `phone`, `name`, `date_of_birth` or `postcode`.
    pub kind: String,
    /// As given.
    pub value: String,
    /// True once it was shown to be theirs.
    pub verified: bool,
}

/// What the newest search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct GatherSummary {
    /// Records found.
    pub found: i64,
    /// Of them held back for review.
    pub held: i64,
    /// Collections that could not be searched.
    pub failed: i64,
    /// When it ended.
    #[schema(value_type = String, format = DateTime)]
    pub finished_at: Moment,
}

/// A date past the known bank holidays cannot be computed; the case can be read and worked on all the same, without one.
pub(super) fn computable(deadline: Result<Deadline, ActError>) -> Result<Option<Deadline>, ActError> {
    match deadline {
        Err(ActError::Refused(_)) => Ok(None),
        other => other.map(Some),
    }
}

/// What the requester sees of their case.
///
/// # Errors
/// [`ActError`] of the store.
pub fn status(desk: &Desk, opened: Opened) -> Result<StatusView, ActError> {
    let now = desk.now();
    let id = opened.case();
    desk.store.read(|conn| {
        let case = case_by_id(conn, id)?;
        let stage = case.stage()?;
        let deadline = computable(deadline_of(conn, desk, &case, AsOf::Now))?;
        let released = bundle_current(conn, id)?
            .is_some_and(|bundle| bundle.released_at.is_some() && bundle.expires_at > Some(now.naive_utc()));
        Ok(StatusView {
            id,
            reference: case.reference.clone(),
            right: case.right_asked.clone(),
            status: stage,
            status_plain: stage.plain(),
            received_on: case.received_on,
            due_on: deadline.as_ref().and_then(|deadline| deadline.due),
            working: deadline.map(|deadline| deadline.working).unwrap_or_default(),
            timeline: timeline(conn, id)?,
            asked: asked(stage, case.lapsed_from()?, outstanding(conn, desk, &case)?),
            bundle_ready: stage == Stage::Released && released,
        })
    })
}

/// What happened to a request, as far as it concerns the requester.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened {
    /// It arrived.
    Received,
    /// It came to this stage.
    Came(Stage),
    /// We asked for proof.
    ProofAsked,
    /// A file came.
    ProofCame,
    /// They wrote to us.
    TheyWrote,
    /// We wrote to them.
    WeWrote,
    /// The date to answer by is now this one.
    NewDate(NaiveDate),
    /// The answer was opened.
    AnswerRead,
    /// The answer was downloaded.
    AnswerFetched,
    /// They complained, or said that something is wrong: `complaint` or `correction`.
    Grown(String),
}

impl Happened {
    /// In the words of a language.
    #[must_use]
    pub fn say(&self, t: Wording) -> String {
        match self {
            Self::Received => t.say("happened-received"),
            Self::Came(stage) => t.say(&format!("stage-{}", stage.as_str().replace('_', "-"))),
            Self::ProofAsked => t.say("happened-proof-asked"),
            Self::ProofCame => t.say("happened-proof-came"),
            Self::TheyWrote => t.say("happened-they-wrote"),
            Self::WeWrote => t.say("happened-we-wrote"),
            Self::NewDate(date) => t.with("happened-new-date", &[("date", &t.date(date))]),
            Self::AnswerRead => t.say("happened-answer-read"),
            Self::AnswerFetched => t.say("happened-answer-fetched"),
            Self::Grown(why) => t.say(&format!("happened-{why}")),
        }
    }
}

/// The steps that concern the requester, in plain English.
fn timeline(conn: &mut Conn, id: CaseId) -> Result<Vec<TimelineStep>, ActError> {
    let english = Wording::of(Language::English);
    Ok(happened(conn, id)?.into_iter().map(|(at, what)| TimelineStep { at, what: what.say(english) }).collect())
}

/// The steps that concern the requester; what staff do among themselves is left out.
pub(super) fn happened(conn: &mut Conn, id: CaseId) -> Result<Vec<(Moment, Happened)>, ActError> {
    const MOST: i64 = 1_000;
    let mut steps = Vec::new();
    for link in audit_page(conn, Some(id), 0, MOST)? {
        let Ok(event) = serde_json::from_str::<Event>(&link.entry.detail) else { continue };
        let requesters = link.entry.actor == Actor::Requester.to_string();
        let what = match event {
            Event::RequestReceived { .. } => Happened::Received,
            Event::Moved { to, from, .. } if to != from => Happened::Came(to),
            Event::ProofAsked { .. } => Happened::ProofAsked,
            Event::EvidenceReceived { .. } => Happened::ProofCame,
            Event::MessageWritten { .. } if requesters => Happened::TheyWrote,
            Event::MessageWritten { .. } => Happened::WeWrote,
            Event::AnswerRead if steps.last().is_none_or(|(_, last)| *last != Happened::AnswerRead) => {
                Happened::AnswerRead
            }
            Event::BundleDownloaded { .. } => Happened::AnswerFetched,
            Event::DueDateChanged { from: Some(_), to: Some(to) } => Happened::NewDate(to),
            Event::CaseGrown { why, .. } => Happened::Grown(why),
            Event::Moved { .. }
            | Event::AnswerRead
            | Event::EvidenceRefused { .. }
            | Event::EvidenceRead { .. }
            | Event::EvidenceRemoved { .. }
            | Event::Assessed { .. }
            | Event::CorrectionAsked { .. }
            | Event::WishesChanged
            | Event::CodeSent
            | Event::CodeRefused { .. }
            | Event::DueDateChanged { .. }
            | Event::ClockFact { .. }
            | Event::HolidaysChanged { .. }
            | Event::ReminderMade { .. }
            | Event::ReminderDone { .. }
            | Event::Gathered { .. }
            | Event::RecordDecided { .. }
            | Event::IdentifierConfirmed { .. }
            | Event::ReviewStep { .. }
            | Event::OpinionRecorded { .. }
            | Event::SuggestionsMade { .. }
            | Event::SignOff { .. }
            | Event::ReviewCommented { .. }
            | Event::StandingRule { .. }
            | Event::DriftFound { .. }
            | Event::DriftWaived { .. }
            | Event::PreviewRead
            | Event::RecordsRead
            | Event::CaseRead { .. }
            | Event::CasesListed { .. }
            | Event::TrailExported { .. }
            | Event::Withheld { .. }
            | Event::Correction { .. }
            | Event::Erasure { .. }
            | Event::RecipientNotice { .. }
            | Event::BundleBuilt { .. }
            | Event::BundleExpired
            | Event::AccessRefused { .. }
            | Event::LetterSent { .. }
            | Event::JobGivenUp { .. }
            | Event::JobRetried { .. }
            | Event::TeamGiven { .. }
            | Event::LateReasonGiven { .. }
            | Event::NewDateTold { .. }
            | Event::TimeLogged { .. }
            | Event::ReportMade { .. }
            | Event::ReportScheduled { .. }
            | Event::NoteAdded
            | Event::TaskNoted { .. }
            | Event::CasesLinked { .. }
            | Event::FactorChanged { .. }
            | Event::UserAdded { .. }
            | Event::UserChanged { .. }
            | Event::TokenIssued { .. }
            | Event::TokenRevoked { .. }
            | Event::BackedUp
            | Event::Restored { .. }
            | Event::SignedIn
            | Event::SignInRefused { .. }
            | Event::SignedOut => continue,
        };
        steps.push((link.entry.at, what));
    }
    Ok(steps)
}

fn asked(stage: Stage, lapsed_from: Option<Stage>, proof: Outstanding) -> Vec<Asked> {
    let mut asked = Vec::new();
    if proof.identity {
        asked.push(Asked {
            kind: "identity",
            what: "Show us who you are: send a photo or copy of a document".to_owned(),
        });
    }
    if proof.authority {
        let what = "Show us that you may ask for somebody else: send a photo or copy of what says so".to_owned();
        asked.push(Asked { kind: "authority", what });
    }
    if !asked.is_empty() && stage.is_open() {
        return asked;
    }
    // A lapsed request goes on where it stood: what was asked then is asked still.
    let stage = if stage == Stage::Lapsed { lapsed_from.unwrap_or(Stage::AwaitingVerification) } else { stage };
    match stage {
        Stage::AwaitingVerification => vec![Asked {
            kind: "code",
            what: "Type the code that we sent to your e-mail address, or wait until we have checked who you are"
                .to_owned(),
        }],
        Stage::AwaitingClarification => {
            vec![Asked { kind: "clarification", what: "Answer the question that we sent you".to_owned() }]
        }
        Stage::Verified
        | Stage::Gathering
        | Stage::Review
        | Stage::AwaitingApproval
        | Stage::Approved
        | Stage::Released
        | Stage::Refused
        | Stage::Withdrawn
        | Stage::Closed
        | Stage::Lapsed => Vec::new(),
    }
}

/// What of a case is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CasePart {
    /// Who it is about, and what they asked.
    Case,
    /// The facts of its clock, with what was noted.
    Facts,
    /// How its date came about.
    Deadline,
    /// The staff time that went into it.
    WorkTimes,
    /// How far its review has come: steps, opinions, comments, sign-offs.
    Review,
    /// What the requester wants, sent and wrote.
    Requester,
    /// What is to be put right in the sources, and who is told.
    Corrections,
    /// What is erased and what stays.
    Erasures,
}

impl CasePart {
    fn word(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Facts => "facts",
            Self::Deadline => "deadline",
            Self::WorkTimes => "work_times",
            Self::Review => "review",
            Self::Requester => "requester",
            Self::Corrections => "corrections",
            Self::Erasures => "erasures",
        }
    }
}

/// Writes down that a member of staff reads a case. Every way to show one begins with this.
///
/// # Errors
/// [`ActError::Missing`].
pub fn reading(desk: &Desk, id: CaseId, part: CasePart, staff: &Staff) -> Result<(), ActError> {
    let now = desk.now();
    let actor = Actor::Staff(staff.id.clone());
    desk.store.write(|conn| {
        case_by_id(conn, id)?;
        let event = Event::CaseRead { part: part.word().to_owned() };
        Ok(audit_append(conn, now, &actor, Some(id), &event)?)
    })
}

/// One case for staff who read it, which is written down: see [`case_view`].
///
/// # Errors
/// [`ActError::Missing`].
pub fn case_read(desk: &Desk, id: CaseId, staff: &Staff) -> Result<CaseView, ActError> {
    reading(desk, id, CasePart::Case, staff)?;
    case_view(desk, id)
}

/// One case for staff, with its clock and what can be done now.
///
/// # Errors
/// [`ActError::Missing`].
pub fn case_view(desk: &Desk, id: CaseId) -> Result<CaseView, ActError> {
    desk.store.read(|conn| {
        let case = case_by_id(conn, id)?;
        let stage = case.stage()?;
        let deadline = computable(deadline_of(conn, desk, &case, AsOf::Now))?;
        let identifiers = identifiers(conn, id)?
            .into_iter()
            .map(|row| CaseIdentifier { kind: row.kind, value: row.value, verified: row.verified_at.is_some() })
            .collect();
        let gather = gather_latest(conn, id)?.map(|row| GatherSummary {
            found: row.found,
            held: row.held,
            failed: row.failed,
            finished_at: Moment::from_naive_utc(row.finished_at),
        });
        let right = case.right()?;
        let moves = Move::ALL
            .iter()
            .copied()
            .filter(|action| {
                let for_this = *action != Move::Answer || right == Right::Rectification;
                !matches!(action, Move::FinishGather | Move::AbandonGather) && for_this && step(stage, *action).is_ok()
            })
            .collect();
        let details = case.details.clone();
        let scope = serde_json::from_str(&case.scope).ok();
        let target_on =
            deadline.as_ref().and_then(|deadline| internal_target(deadline, desk.settings.clock.target_days));
        let working = deadline.map(|deadline| deadline.working).unwrap_or_default();
        Ok(CaseView { target_on, working, identifiers, scope, details, gather, moves, ..summary(case, desk)? })
    })
}

/// A page of cases. That they were listed is written down, since each names a person.
///
/// # Errors
/// [`ActError`] of the store.
pub fn cases_list(
    desk: &Desk,
    filter: &CaseFilter,
    after: Option<CaseId>,
    limit: i64,
    staff: &Staff,
) -> Result<Vec<CaseView>, ActError> {
    let listed: Vec<CaseView> = desk.store.read(|conn| {
        case_page(conn, filter, after, limit)?
            .into_iter()
            .map(|case| summary(case, desk))
            .collect::<Result<_, ActError>>()
    })?;
    let event = Event::CasesListed { cases: crate::base::u64_from(listed.len()), searched: filter.text.is_some() };
    let actor = Actor::Staff(staff.id.clone());
    desk.store.write(|conn| -> Result<(), ActError> { Ok(audit_append(conn, desk.now(), &actor, None, &event)?) })?;
    Ok(listed)
}

fn summary(case: CaseRow, desk: &Desk) -> Result<CaseView, ActError> {
    let stage = case.stage()?;
    let late = case.missed_on.is_some() || case.due_on.is_some_and(|due| due < desk.clock.today());
    let overdue = stage.is_open() && late;
    let lapsed_from = case.lapsed_from()?;
    Ok(CaseView {
        id: case.id,
        reference: case.reference,
        right: case.right_asked,
        stage,
        channel: case.channel,
        received_on: case.received_on,
        due_on: case.due_on,
        statutory_latest: case.statutory_latest,
        extension_notice_by: case.extension_notice_by,
        missed_on: case.missed_on,
        target_on: None,
        clock: case.clock_state,
        overdue,
        lapsed_from: lapsed_from.map(|stage| stage.to_string()),
        assignee: case.assignee_id,
        subject_name: case.subject_name,
        requester_name: case.requester_name,
        relationship: case.relationship,
        version: case.version,
        working: Vec::new(),
        identifiers: Vec::new(),
        scope: None,
        details: None,
        gather: None,
        moves: Vec::new(),
    })
}

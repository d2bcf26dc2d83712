//! What a requester must show, and what they show: asked for, sent, looked at, decided about, removed.

use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::audit::Event;
use crate::base::{Moment, clamp_i64, u64_from};
use crate::case::{CaseId, Stage};
use crate::deadline::{EventKind, FactKind, proof_asked_on};
use crate::files::{Scanned, scan};
use crate::identity::{
    AssessmentKind, AssessmentMethod, AssessmentOutcome, FileKind, FileLimits, ProofKind, Unfit, look_at_file,
};
use crate::letter::WhyAsked;
use crate::store::{
    AssessmentRow, CaseRow, Conn, EvidenceRow, assessment_insert, assessments, audit_append, case_by_id,
    case_for_change, case_update, cases_with_evidence, evidence_ended, evidence_files, evidence_insert, evidence_of,
};

use super::clock::{AsOf, Noted, facts, known_facts, reclock, record_fact};
use super::desk::Desk;
use super::error::ActError;
use super::lapse::reopen_for_reply;
use super::letters::LetterOrder;
use super::limits::{Client, Tried, limit};
use super::moving::{By, load};
use super::verify::Opened;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// Who the requester is, and why we ask.
    pub identity: Option<WhyAsked>,
    /// That they may act for the subject.
    pub authority: bool,
    /// What is needed, in a caseworker's words.
    pub words: Option<String>,
}

/// A caseworker asks for proof: the time for the answer begins anew when it comes (UK GDPR Art. 12A(2)(b)).
///
/// # Errors
/// [`ActError::Invalid`] if nothing is asked for; [`ActError::Refused`] if nothing is owed any more.
pub fn ask_for_proof(desk: &Desk, id: CaseId, asking: &Asking, by: &By) -> Result<CaseRow, ActError> {
    if asking.identity.is_none() && !asking.authority {
        return Err(ActError::field("kind", "say what is asked for: identity, authority or both"));
    }
    let now = desk.now();
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        if !case.stage()?.is_open() {
            return Err(ActError::Refused("no answer is owed any more, so no proof is needed".to_owned()));
        }
        ask_for(conn, desk, case, asking, by, now)
    })
}

/// Writes down what is asked for, moves the clock, and queues the letter.
pub(super) fn ask_for(
    conn: &mut Conn,
    desk: &Desk,
    mut case: CaseRow,
    asking: &Asking,
    by: &By,
    now: Moment,
) -> Result<CaseRow, ActError> {
    let id = case.case_id()?;
    let kinds =
        [(asking.identity.is_some(), EventKind::IdRequested), (asking.authority, EventKind::AuthorityRequested)];
    for (_, kind) in kinds.into_iter().filter(|(asked, _)| *asked) {
        let fact = Noted {
            kind: FactKind::Event(kind),
            happened_on: now.london_date(),
            note: asking.words.as_deref(),
            corrects: None,
        };
        record_fact(conn, id, fact, by, now)?;
    }
    reclock(conn, desk, &mut case, now)?;
    let event = Event::ProofAsked { identity: asking.identity.is_some(), authority: asking.authority };
    audit_append(conn, now, &by.actor, Some(id), &event)?;
    LetterOrder::ProofNeeded { identity: asking.identity, authority: asking.authority }.enqueue(conn, id, now)?;
    Ok(case_update(conn, case, now)?)
}

/// What is outstanding of the proof that was asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outstanding {
    /// Who the requester is.
    pub identity: bool,
    /// That they may act for the subject.
    pub authority: bool,
}

/// What was asked for and has not come.
pub(super) fn outstanding(conn: &mut Conn, desk: &Desk, case: &CaseRow) -> Result<Outstanding, ActError> {
    let recorded = facts(conn, case.case_id()?)?;
    let Some(known) = known_facts(desk, case, &recorded, AsOf::Now)? else { return Ok(Outstanding::default()) };
    if proof_asked_on(&known).is_none() {
        return Ok(Outstanding::default());
    }
    let latest = |kind| known.events.iter().filter(|event| event.kind == kind).map(|event| event.happened_on).max();
    let waits = |asked, met| latest(asked) > latest(met);
    Ok(Outstanding {
        identity: waits(EventKind::IdRequested, EventKind::IdReceived),
        authority: waits(EventKind::AuthorityRequested, EventKind::AuthorityReceived),
    })
}

/// Why a file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// The file is not one that is taken.
    #[error("the file cannot be taken")]
    Unfit(Unfit),
    /// It cannot be scanned just now.
    #[error("the file cannot be checked for harmful software just now")]
    Unscanned,
    /// There are too many.
    #[error("too many files were sent")]
    TooMany,
    /// Another fault.
    #[error(transparent)]
    Act(#[from] ActError),
}

impl From<crate::store::StoreError> for NotTaken {
    fn from(error: crate::store::StoreError) -> Self {
        Self::Act(error.into())
    }
}

/// A file as staff and requester see it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct EvidenceView {
    /// Its identifier.
    pub id: String,
    /// What it was sent as.
    #[schema(value_type = String)]
    pub kind: ProofKind,
    /// `application/pdf`, `image/jpeg`, `image/png` or `image/heic`, as its bytes say.
    pub media_type: String,
    /// Its size.
    pub size_bytes: i64,
    /// A scanner found nothing harmful in it; false if there is no scanner.
    pub scanned: bool,
    /// When it came.
    #[schema(value_type = String, format = DateTime)]
    pub received_at: Moment,
    /// When its bytes were removed, since it was decided about it.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub removed_at: Option<Moment>,
}

fn view(row: EvidenceRow) -> Result<EvidenceView, ActError> {
    Ok(EvidenceView {
        kind: row.kind.parse().map_err(|_| ActError::Broken("stored evidence cannot be read".to_owned()))?,
        id: row.id,
        media_type: row.media_type,
        size_bytes: row.size_bytes,
        scanned: row.scanned,
        received_at: Moment::from_naive_utc(row.received_at),
        removed_at: row.removed_at.map(Moment::from_naive_utc),
    })
}

/// What a file may be.
#[must_use]
pub fn file_limits(desk: &Desk) -> FileLimits {
    let evidence = &desk.settings.evidence;
    FileLimits { most_bytes: evidence.most_bytes, most_pixels: evidence.most_pixels }
}

/// Takes a file from the requester. It is looked at, scanned if there is a scanner, sealed, and kept until it is decided
/// about it. If proof was asked for, its receipt is a fact of the clock.
///
/// # Errors
/// [`NotTaken`].
pub fn send_evidence(
    desk: &Desk,
    opened: Opened,
    kind: ProofKind,
    bytes: &[u8],
    client: &Client,
) -> Result<EvidenceView, NotTaken> {
    let (id, now, by) = (opened.case(), desk.now(), By::requester());
    let most = u64_from(desk.settings.evidence.most_files);
    desk.store.write(|conn| -> Result<(), NotTaken> {
        limit(conn, desk, Tried::Uploads(client), now)?;
        case_by_id(conn, id)?;
        let sent = evidence_of(conn, id)?;
        if u64_from(sent.len()) >= most { Err(NotTaken::TooMany) } else { Ok(()) }
    })?;
    let looked = look_at_file(bytes, file_limits(desk)).map(|file| (file, scanned(desk, bytes)));
    let (file, scanned) = match looked {
        Ok((_, Err(unscanned @ NotTaken::Unscanned))) => return Err(unscanned),
        Ok((_, Err(NotTaken::Unfit(unfit)))) | Err(unfit) => {
            let event = Event::EvidenceRefused { why: unfit.as_str().to_owned() };
            desk.store.write(|conn| audit_append(conn, now, &by.actor, Some(id), &event))?;
            return Err(NotTaken::Unfit(unfit));
        }
        Ok((_, Err(other))) => return Err(other),
        Ok((file, Ok(scanned))) => (file, scanned),
    };
    let row = EvidenceRow {
        id: uuid::Uuid::now_v7().to_string(),
        case_id: id.to_string(),
        kind: kind.to_string(),
        media_type: file.media_type().to_owned(),
        size_bytes: clamp_i64(u64_from(bytes.len())),
        sha256: crate::base::hex(&Sha256::digest(bytes)),
        file: uuid::Uuid::now_v7().to_string(),
        scanned,
        received_at: now.naive_utc(),
        removed_at: None,
    };
    let sealed = desk.seal.seal(bytes, &whose(&row.id)).map_err(|e| ActError::Broken(e.to_string()))?;
    desk.files.evidence_write(&row.file, &sealed).map_err(ActError::from)?;
    let kept = desk.store.write(|conn| keep(conn, desk, id, kind, row.clone(), now));
    if kept.is_err() {
        desk.files.evidence_remove(&row.file).map_err(ActError::from)?;
    }
    kept.map_err(NotTaken::from)
}

/// Under what a file is sealed.
fn whose(evidence: &str) -> String {
    format!("evidence {evidence}")
}

fn scanned(desk: &Desk, bytes: &[u8]) -> Result<bool, NotTaken> {
    /// A scanner that needs longer is not well.
    const PATIENCE: Duration = Duration::from_secs(30);
    let Some(clamd) = &desk.settings.evidence.clamd else { return Ok(false) };
    match scan(clamd, bytes, PATIENCE) {
        Ok(Scanned::Clean) => Ok(true),
        Ok(Scanned::Harmful) => Err(NotTaken::Unfit(Unfit::Harmful)),
        Err(error) => {
            tracing::error!(%error, "a file that was sent cannot be scanned");
            Err(NotTaken::Unscanned)
        }
    }
}

fn keep(
    conn: &mut Conn,
    desk: &Desk,
    id: CaseId,
    kind: ProofKind,
    row: EvidenceRow,
    now: Moment,
) -> Result<EvidenceView, ActError> {
    let by = By::requester();
    let mut case = case_for_change(conn, id)?;
    if case.stage()? == Stage::Lapsed && case.lapsed_from()? != Some(Stage::AwaitingClarification) {
        case = reopen_for_reply(conn, desk, case, &by, now)?;
    }
    if !case.stage()?.is_open() {
        return Err(ActError::Refused("this request has ended, so we do not need anything more for it".to_owned()));
    }
    evidence_insert(conn, row.clone())?;
    let event = Event::EvidenceReceived {
        evidence: row.id.clone(),
        of: row.kind.clone(),
        sha256: row.sha256.clone(),
        scanned: row.scanned,
    };
    audit_append(conn, now, &by.actor, Some(id), &event)?;
    let waits = outstanding(conn, desk, &case)?;
    let met = match kind {
        ProofKind::Identity if waits.identity => Some(EventKind::IdReceived),
        ProofKind::Authority if waits.authority => Some(EventKind::AuthorityReceived),
        ProofKind::Identity | ProofKind::Authority | ProofKind::Other => None,
    };
    if let Some(met) = met {
        let fact = Noted { kind: FactKind::Event(met), happened_on: now.london_date(), note: None, corrects: None };
        record_fact(conn, id, fact, &by, now)?;
        reclock(conn, desk, &mut case, now)?;
    }
    case_update(conn, case, now)?;
    view(row)
}

/// The files of a case, oldest first.
///
/// # Errors
/// [`ActError::Missing`].
pub fn evidence_list(desk: &Desk, id: CaseId) -> Result<Vec<EvidenceView>, ActError> {
    desk.store.read(|conn| {
        case_by_id(conn, id)?;
        evidence_of(conn, id)?.into_iter().map(view).collect()
    })
}

/// A file that a member of staff looks at.
#[derive(Debug)]
pub struct EvidenceFile {
    /// What it is.
    pub kind: FileKind,
    /// A name for it that tells nothing of the person.
    pub name: String,
    /// What was sent.
    pub bytes: Vec<u8>,
}

/// The bytes of a file, for staff; that it was looked at is written down.
///
/// # Errors
/// [`ActError::Gone`] once it was decided about it.
pub fn evidence_read(desk: &Desk, id: CaseId, evidence: &str, by: &By) -> Result<EvidenceFile, ActError> {
    let now = desk.now();
    let row = desk.store.write(|conn| -> Result<EvidenceRow, ActError> {
        case_by_id(conn, id)?;
        let row = evidence_of(conn, id)?
            .into_iter()
            .find(|row| row.id == evidence)
            .ok_or(ActError::Missing("file of this case"))?;
        if row.removed_at.is_some() {
            return Err(ActError::Gone("this file was removed when it was decided about it".to_owned()));
        }
        let event = Event::EvidenceRead { evidence: row.id.clone() };
        audit_append(conn, now, &by.actor, Some(id), &event)?;
        Ok(row)
    })?;
    let sealed = desk.files.evidence_read(&row.file)?;
    let bytes = desk.seal.open(&sealed, &whose(&row.id)).map_err(|e| ActError::Broken(e.to_string()))?;
    let kind = FileKind::of_media_type(&row.media_type)
        .ok_or_else(|| ActError::Broken("stored evidence cannot be read".to_owned()))?;
    Ok(EvidenceFile { kind, name: format!("{}.{}", row.id, kind.extension()), bytes })
}

/// Marks every file of a case as decided about; gives the names of those whose bytes are to be removed by
/// [`remove_files`] once the transaction is kept.
pub(super) fn end_evidence(conn: &mut Conn, id: CaseId, by: &By, now: Moment) -> Result<Vec<String>, ActError> {
    let files = evidence_ended(conn, id, now)?;
    if !files.is_empty() {
        let event = Event::EvidenceRemoved { files: u64_from(files.len()) };
        audit_append(conn, now, &by.actor, Some(id), &event)?;
    }
    Ok(files)
}

/// Removes the bytes of files. What a crash leaves behind the next tick removes.
pub(super) fn remove_files(desk: &Desk, files: &[String]) -> Result<(), ActError> {
    for file in files {
        desk.files.evidence_remove(file)?;
    }
    Ok(())
}

/// Removes the files of requests that have ended: there is nothing left to decide about them.
pub(super) fn end_evidence_of_ended(desk: &Desk) -> Result<(), ActError> {
    let now = desk.now();
    for id in desk.store.read(cases_with_evidence)? {
        let id: CaseId =
            id.parse().map_err(|_| ActError::Broken("a stored case identifier cannot be read".to_owned()))?;
        let files = desk.store.write(|conn| -> Result<_, ActError> {
            let stage = case_for_change(conn, id)?.stage()?;
            // A lapsed request goes on when its requester comes back.
            if stage.is_open() || stage == Stage::Lapsed {
                return Ok(Vec::new());
            }
            end_evidence(conn, id, &By::system(), now)
        })?;
        remove_files(desk, &files)?;
    }
    Ok(())
}

/// Removes files in the data folder that no row knows: what an upload or removal left that was cut short an hour ago or more.
pub(super) fn sweep_evidence(desk: &Desk) -> Result<(), ActError> {
    const UNDISTURBED: Duration = Duration::from_secs(3_600);
    let kept = desk.store.read(evidence_files)?;
    Ok(desk.files.evidence_sweep(&kept, UNDISTURBED)?)
}

/// What a caseworker made of the requester.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAssessment {
    /// What it is of.
    pub kind: AssessmentKind,
    /// How it was made.
    pub method: AssessmentMethod,
    /// What came out.
    pub outcome: AssessmentOutcome,
    /// Why: never left out, since a fixed age or form decides nothing.
    pub reasons: String,
}

/// An assessment as staff see it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct AssessmentView {
    /// Its identifier.
    pub id: String,
    /// `identity`, `authority`, `understanding` or `interest`.
    pub kind: String,
    /// How it was made.
    pub method: String,
    /// `enough` or `not_enough`.
    pub outcome: String,
    /// Why.
    pub reasons: String,
    /// The member of staff.
    pub assessed_by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub assessed_at: Moment,
}

/// Writes an assessment down. It decides about the files that were sent: their bytes are removed (method, verifier, date
/// and outcome stay). Whether the case is verified is the caseworker's next step.
///
/// # Errors
/// [`ActError::Stale`] if somebody changed the case.
pub fn assess(desk: &Desk, id: CaseId, new: &NewAssessment, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    let staff = by.staff_id()?.to_owned();
    let (case, files) = desk.store.write(|conn| -> Result<_, ActError> {
        let mut case = load(conn, id, by)?;
        let row = AssessmentRow {
            id: uuid::Uuid::now_v7().to_string(),
            case_id: id.to_string(),
            kind: new.kind.to_string(),
            method: new.method.to_string(),
            outcome: new.outcome.to_string(),
            reasons: new.reasons.clone(),
            assessed_by: staff,
            assessed_at: now.naive_utc(),
        };
        let event = Event::Assessed {
            assessment: row.id.clone(),
            of: row.kind.clone(),
            method: row.method.clone(),
            outcome: row.outcome.clone(),
        };
        assessment_insert(conn, row)?;
        audit_append(conn, now, &by.actor, Some(id), &event)?;
        // What was enough has come, also where it was shown and not sent.
        let waits = outstanding(conn, desk, &case)?;
        let met = match (new.kind, new.outcome) {
            (AssessmentKind::Identity, AssessmentOutcome::Enough) if waits.identity => Some(EventKind::IdReceived),
            (AssessmentKind::Authority, AssessmentOutcome::Enough) if waits.authority => {
                Some(EventKind::AuthorityReceived)
            }
            _ => None,
        };
        if let Some(met) = met {
            let fact = Noted {
                kind: FactKind::Event(met),
                happened_on: now.london_date(),
                note: Some("assessed as enough"),
                corrects: None,
            };
            record_fact(conn, id, fact, by, now)?;
            reclock(conn, desk, &mut case, now)?;
        }
        let decides = matches!(new.kind, AssessmentKind::Identity | AssessmentKind::Authority);
        let files = if decides { end_evidence(conn, id, by, now)? } else { Vec::new() };
        Ok((case_update(conn, case, now)?, files))
    })?;
    remove_files(desk, &files)?;
    Ok(case)
}

/// The assessments of a case, oldest first.
///
/// # Errors
/// [`ActError::Missing`].
pub fn assessments_list(desk: &Desk, id: CaseId) -> Result<Vec<AssessmentView>, ActError> {
    desk.store.read(|conn| {
        case_by_id(conn, id)?;
        let views = assessments(conn, id)?.into_iter().map(|row| AssessmentView {
            id: row.id,
            kind: row.kind,
            method: row.method,
            outcome: row.outcome,
            reasons: row.reasons,
            assessed_by: row.assessed_by,
            assessed_at: Moment::from_naive_utc(row.assessed_at),
        });
        Ok(views.collect())
    })
}

/// Whether a caseworker wrote down that they know who the requester is.
pub(super) fn is_known(conn: &mut Conn, id: CaseId) -> Result<bool, ActError> {
    let last = assessments(conn, id)?.into_iter().rfind(|row| row.kind == AssessmentKind::Identity.as_str());
    Ok(last.is_some_and(|row| row.outcome == AssessmentOutcome::Enough.as_str()))
}

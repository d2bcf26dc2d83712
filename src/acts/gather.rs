//! Searching the sources for a case: queued by a caseworker (or at once, when the requester is verified), done by a job.

use std::collections::BTreeMap;

use crate::audit::Event;
use crate::base::{Moment, clamp_i64, u64_from};
use crate::bundle::{RecordSource, Status};
use crate::case::{CaseId, Move, Stage};
use crate::deadline::Right;
use crate::files::spool::{Decisions, Rules, Spool, SpoolError, SpoolWriter};
use crate::gather::{GatherError, Inquiry, Rulings, SourceSet, inquire, knows_more};
use crate::store::{
    CaseRow, Conn, DecisionRow, GatherRow, Lease, audit_append, case_by_id, case_for_change, confirmed_of, decisions,
    decisions_end, gather_insert, gather_latest, identifiers, job_done, rulings_of,
};
use crate::subject::{IdentifierKind, Subject, Verified};

use super::desk::Desk;
use super::error::ActError;
use super::metrics::keep_times;
use super::moving::{By, load, take};
use super::queue::Job;
use super::reviewing::{NewStep, keep_step};
use super::searching::DeskProgress;

/// A caseworker has the sources searched; after a search in which some failed, only those are searched again.
///
/// # Errors
/// [`ActError::Refused`] if the case does not stand where that is possible.
pub fn gather_start(desk: &Desk, id: CaseId, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        begin(conn, desk, case, by, now)
    })
}

/// Whether a request for the right begins with a search: what is given, corrected, erased or stopped are records that are
/// found to be theirs.
pub(super) fn begins_with_a_search(right: Right) -> bool {
    match right {
        Right::Access
        | Right::Rectification
        | Right::Erasure
        | Right::Restriction
        | Right::Portability
        | Right::Objection => true,
        Right::AutomatedDecision | Right::ComplaintAck => false,
    }
}

/// Moves the case to gathering and queues the job.
pub(super) fn begin(conn: &mut Conn, desk: &Desk, case: CaseRow, by: &By, now: Moment) -> Result<CaseRow, ActError> {
    if desk.settings.data_map.datasets.is_empty() {
        // An empty search would find nothing, and look as if nothing were held.
        return Err(ActError::Refused(
            "no data map is configured, so nothing can be searched: set data_map.files and sources".to_owned(),
        ));
    }
    let case = take(conn, case, Move::Gather, by, None, now)?;
    Job::Gather { case: case.case_id()? }.enqueue(conn, None, now)?;
    Ok(case)
}

/// Searches the sources for the subject of a case, and takes the case to review.
///
/// Each search writes a spool of its own, which the database names only when it is whole, in the transaction that ends
/// the job: a worker that dies in between leaves a spool that nobody knows, and the next worker starts afresh. After a
/// search in which sources failed, and after caseworkers confirmed something, the new spool goes on from the old one: only
/// what failed is searched again, and what the confirmed leads to.
///
/// # Errors
/// [`ActError`], after which the job is tried again.
pub fn gather_case(desk: &Desk, id: CaseId, lease: &Lease) -> Result<(), ActError> {
    let (subject, said, earlier) = desk.store.read(|conn| -> Result<_, ActError> {
        let case = case_by_id(conn, id)?;
        Ok((verified_subject(conn, &case)?, rulings(conn, id)?, gather_latest(conn, id)?))
    })?;
    let name = uuid::Uuid::now_v7().to_string();
    let progress = DeskProgress::begin(desk, id)?;
    let done = search(desk, &subject, &said, &name, earlier.as_ref(), &progress)
        .and_then(|spool| finish(desk, id, &name, &spool, earlier.as_ref(), progress, lease));
    if done.is_err() {
        // What was written so far belongs to no case.
        desk.files.spool_remove(&name)?;
    } else if let Some(earlier) = earlier {
        // The new search stands for the old one; what the two share is kept by the new one.
        desk.files.spool_remove(&earlier.spool)?;
    }
    done
}

fn search(
    desk: &Desk,
    subject: &Verified<Subject>,
    rulings: &Rulings,
    name: &str,
    earlier: Option<&GatherRow>,
    progress: &DeskProgress<'_>,
) -> Result<Spool, ActError> {
    let settings = &desk.settings;
    let mut sources = SourceSet::waited_for(&settings.data_map, &settings.sources).map_err(|e| broken(&e))?;
    let inquiry = Inquiry { map: &settings.data_map, subject, model: &settings.model, reach: settings.reach, rulings };
    let mut into = |writer: SpoolWriter| inquire(&inquiry, &mut sources, writer, progress);
    let earlier = match earlier {
        None => None,
        Some(row) => {
            let previous = desk.files.spool_open(&row.spool).map_err(|e| broken(&e))?;
            (row.failed > 0 || knows_more(&inquiry, &previous)).then_some(previous)
        }
    };
    if let Some(previous) = earlier {
        let path = desk.files.spool_path(name)?;
        match into(SpoolWriter::resume(&path, previous).map_err(|e| broken(&e))?) {
            // The person's identifiers or the data map have changed since, or a confirmation was taken back: everything is
            // searched anew.
            Err(GatherError::Spool(SpoolError::Foreign)) => {}
            other => return other.map_err(|e| broken(&e)),
        }
    }
    into(desk.files.spool_create(name).map_err(|e| broken(&e))?).map_err(|e| broken(&e))
}

/// The room's own errors carry no value of a record.
fn broken(error: &dyn std::error::Error) -> ActError {
    ActError::Broken(error.to_string())
}

/// The decided records that the source no longer has as they were read: what was decided about them was decided about
/// something else.
fn changed(desk: &Desk, id: CaseId, spool: &Spool, earlier: Option<&GatherRow>) -> Result<Vec<String>, ActError> {
    let Some(earlier) = earlier else { return Ok(Vec::new()) };
    let before = desk.files.spool_open(&earlier.spool).map_err(|e| broken(&e))?;
    let decided = desk.store.read(|conn| -> Result<_, ActError> { Ok(decisions(conn, id)?) })?;
    let rules = Rules::default();
    let fields = |spool: &Spool, record: &str| -> Result<Option<String>, ActError> {
        Ok(spool.find(record, &rules)?.map(|row| row.record.fields.get().to_owned()))
    };
    let mut changed = Vec::new();
    for DecisionRow { record, .. } in decided {
        let now = fields(spool, &record)?;
        if now.is_none() || now != fields(&before, &record)? {
            changed.push(record);
        }
    }
    Ok(changed)
}

fn finish(
    desk: &Desk,
    id: CaseId,
    name: &str,
    spool: &Spool,
    earlier: Option<&GatherRow>,
    progress: DeskProgress<'_>,
    lease: &Lease,
) -> Result<(), ActError> {
    let now = desk.now();
    let changed = changed(desk, id, spool, earlier)?;
    let records = spool.with_decisions(Decisions::new())?;
    let reports = records.collections();
    let found: u64 = reports.iter().map(|report| report.found).sum();
    let disclosed: u64 = reports.iter().map(|report| report.disclosed).sum();
    let held = found.saturating_sub(disclosed);
    let failed = u64_from(reports.iter().filter(|report| report.status == Status::Failed).count());
    let mut failures: BTreeMap<String, u64> = BTreeMap::new();
    for report in reports.iter().filter(|report| report.status == Status::Failed) {
        *failures.entry(report.source.clone()).or_default() += 1;
    }
    desk.store.write(|conn| {
        // It may have been withdrawn or refused meanwhile.
        let case = case_for_change(conn, id)?;
        job_done(conn, lease, now)?;
        keep_times(conn, &progress.times(), &failures)?;
        let gather = uuid::Uuid::now_v7().to_string();
        gather_insert(
            conn,
            GatherRow {
                id: gather.clone(),
                case_id: id.to_string(),
                spool: name.to_owned(),
                found: clamp_i64(found),
                held: clamp_i64(held),
                failed: clamp_i64(failed),
                finished_at: now.naive_utc(),
                superseded_at: None,
            },
        )?;
        progress.keep(conn, &gather, reports)?;
        if !changed.is_empty() {
            let records: Vec<&str> = changed.iter().map(String::as_str).collect();
            let lapse = NewStep {
                kind: "lapse",
                detail: serde_json::json!({}),
                records: records.len(),
                places: 0,
                code: None,
                undoes: None,
            };
            keep_step(conn, id, "system", &By::system(), &lapse, now, |conn, step| {
                decisions_end(conn, id, &records, &step.id)?;
                Ok(())
            })?;
        }
        for record in changed {
            let event = Event::RecordDecided { record, decision: "lapsed".to_owned(), code: None };
            audit_append(conn, now, &By::system().actor, Some(id), &event)?;
        }
        let event = Event::Gathered { found, held, failed };
        audit_append(conn, now, &By::system().actor, Some(id), &event)?;
        if case.stage()? == Stage::Gathering {
            take(conn, case, Move::FinishGather, &By::system(), None, now)?;
        }
        Job::Suggest { case: id }.enqueue(conn, None, now)?;
        Ok(())
    })
}

/// What caseworkers have said of the person's records and identifiers.
fn rulings(conn: &mut Conn, id: CaseId) -> Result<Rulings, ActError> {
    let mut rulings = Rulings::default();
    for row in confirmed_of(conn, id)? {
        rulings.confirmed.push(row.identifier()?);
    }
    for row in rulings_of(conn, id)? {
        let of = if row.ruling == "theirs" { &mut rulings.theirs } else { &mut rulings.not_theirs };
        of.insert(row.record);
    }
    Ok(rulings)
}

/// The subject of a case that is past verification. Names, date of birth and postcode only support; an e-mail address or
/// phone leads to a record by itself, and to a disclosure only if it was shown to be theirs.
fn verified_subject(conn: &mut Conn, case: &CaseRow) -> Result<Verified<Subject>, ActError> {
    if case.verified_at.is_none() {
        return Err(ActError::Refused("the requester's identity must be verified first".to_owned()));
    }
    let (mut known, mut claimed) = (Vec::new(), Vec::new());
    for row in identifiers(conn, case.case_id()?)? {
        let identifier = row.identifier()?;
        let leads = matches!(identifier.kind, IdentifierKind::Email | IdentifierKind::Phone);
        if leads && row.verified_at.is_none() { claimed.push(identifier) } else { known.push(identifier) }
    }
    let (name, date_of_birth) = (case.subject_name.clone(), case.date_of_birth);
    Ok(Verified::vouch(Subject { name, date_of_birth, identifiers: known, claimed }))
}

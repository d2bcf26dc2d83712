//! Searching the sources for a case: queued by a caseworker (or at once, when the requester is verified), done by a job.

use crate::audit::Event;
use crate::base::Moment;
use crate::case::{CaseId, Move};
use crate::gather::{GatherError, Outcome, gather};
use crate::store::{
    CaseRow, Conn, GatherRow, Lease, audit_append, case_by_id, gather_insert, gather_latest, identifiers, job_done,
};
use crate::subject::{Subject, Verified};

use super::desk::Desk;
use super::error::ActError;
use super::moving::{By, load, take};
use super::queue::Job;

/// A caseworker has the sources searched; after a search in which some failed, only those are searched again.
///
/// # Errors
/// [`ActError::Refused`] if the case does not stand where that is possible.
pub fn gather_start(desk: &Desk, id: CaseId, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        begin(conn, case, by, now)
    })
}

/// Moves the case to gathering and queues the job.
pub(super) fn begin(conn: &mut Conn, case: CaseRow, by: &By, now: Moment) -> Result<CaseRow, ActError> {
    let case = take(conn, case, Move::Gather, by, None, now)?;
    Job::Gather { case: case.case_id()? }.enqueue(conn, None, now)?;
    Ok(case)
}

/// Searches the sources for the subject of a case into a new spool, and takes the case to review.
///
/// The spool is written aside and named in the database only when it is whole, in the transaction that ends the job: a
/// worker that dies in between leaves a spool that nobody knows, and the next worker starts afresh.
///
/// # Errors
/// [`ActError`], after which the job is tried again.
pub fn gather_case(desk: &Desk, id: CaseId, lease: &Lease) -> Result<(), ActError> {
    let (case, subject, earlier) = desk.store.read(|conn| -> Result<_, ActError> {
        let case = case_by_id(conn, id)?;
        let subject = verified_subject(conn, &case)?;
        Ok((case, subject, gather_latest(conn, id)?))
    })?;
    let name = uuid::Uuid::now_v7().to_string();
    let retry = match earlier {
        Some(row) if row.failed > 0 => Some(desk.files.spool_path(&row.spool)?),
        _ => None,
    };
    let done = gather(
        &desk.settings.data_map,
        &desk.settings.sources,
        &subject,
        &desk.files.spool_path(&name)?,
        retry.as_deref(),
        desk.now(),
    )
    .and_then(|outcome| finish(desk, id, case, &name, &outcome, lease).map_err(|e| GatherError::Act(e.to_string())));
    if done.is_err() {
        // What was written so far belongs to no case.
        desk.files.spool_remove(&name)?;
    }
    done.map_err(|e| ActError::Broken(e.to_string()))
}

fn finish(
    desk: &Desk,
    id: CaseId,
    case: CaseRow,
    spool: &str,
    outcome: &Outcome,
    lease: &Lease,
) -> Result<(), ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        job_done(conn, lease, now)?;
        gather_insert(
            conn,
            GatherRow {
                id: uuid::Uuid::now_v7().to_string(),
                case_id: id.to_string(),
                spool: spool.to_owned(),
                found: i64::try_from(outcome.found).unwrap_or(i64::MAX),
                held: i64::try_from(outcome.held).unwrap_or(i64::MAX),
                failed: i64::try_from(outcome.failed).unwrap_or(i64::MAX),
                finished_at: now.naive_utc(),
            },
        )?;
        let event = Event::Gathered { found: outcome.found, held: outcome.held, failed: outcome.failed };
        audit_append(conn, now, &By::system().actor, Some(id), &event)?;
        // The case may have been assigned meanwhile: the row as it is now takes the move, not the one read before.
        let current = case_by_id(conn, id)?;
        drop(case);
        if current.stage()? == crate::case::Stage::Gathering {
            take(conn, current, Move::FinishGather, &By::system(), None, now)?;
        }
        Ok(())
    })
}

/// The subject of a case that is past verification, with the identifiers that were shown to be theirs.
fn verified_subject(conn: &mut Conn, case: &CaseRow) -> Result<Verified<Subject>, ActError> {
    if case.verified_at.is_none() {
        return Err(ActError::Refused("the requester's identity must be verified first".to_owned()));
    }
    let identifiers = identifiers(conn, case.case_id()?)?
        .into_iter()
        .filter(|row| row.verified_at.is_some())
        .map(|row| row.identifier())
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Verified::vouch(Subject { name: case.subject_name.clone(), date_of_birth: case.date_of_birth, identifiers }))
}

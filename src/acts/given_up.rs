//! Jobs that were given up: seen by the operator, and queued again.

use crate::audit::{Actor, Event};
use crate::store::{audit_append, job_retry, jobs_given_up};

use super::desk::Desk;
use super::error::ActError;

/// A job that was given up.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct GivenUp {
    /// Its identifier.
    pub id: String,
    /// What was to be done.
    pub job: String,
    /// For which case.
    pub case: Option<String>,
    /// Why the last attempt failed.
    pub problem: String,
}

/// The jobs that were given up, oldest first.
///
/// # Errors
/// [`ActError`] of the store.
pub fn given_up_jobs(desk: &Desk) -> Result<Vec<GivenUp>, ActError> {
    let rows = desk.store.read(|conn| -> Result<_, ActError> { Ok(jobs_given_up(conn)?) })?;
    Ok(rows
        .into_iter()
        .map(|row| GivenUp {
            id: row.id,
            job: row.kind,
            case: row.case_id,
            problem: row.last_problem.unwrap_or_default(),
        })
        .collect())
}

/// Queues one given-up job again, or (with no identifier) all but searches, which a caseworker starts, and codes, which the
/// requester asks for. Gives those that were queued.
///
/// # Errors
/// [`ActError::Missing`] if there is no such given-up job.
pub fn retry_jobs(desk: &Desk, id: Option<&str>) -> Result<Vec<GivenUp>, ActError> {
    let now = desk.now();
    let wanted: Vec<GivenUp> = given_up_jobs(desk)?
        .into_iter()
        .filter(|job| match id {
            Some(id) => job.id == id,
            None => job.job != "gather" && job.job != "send_code",
        })
        .collect();
    if id.is_some() && wanted.is_empty() {
        return Err(ActError::Missing("job that was given up"));
    }
    desk.store.write(|conn| -> Result<(), ActError> {
        for job in &wanted {
            if job_retry(conn, &job.id, now)? {
                let case = job.case.as_deref().and_then(|id| id.parse().ok());
                audit_append(conn, now, &Actor::Operator, case, &Event::JobRetried { job: job.job.clone() })?;
            }
        }
        Ok(())
    })?;
    Ok(wanted)
}

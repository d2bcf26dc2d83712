//! Can the desk be used right now?

use serde::Serialize;

use crate::store::{jobs_given_up, jobs_open, jobs_waiting};

use super::desk::Desk;
use super::error::ActError;

/// What works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Readiness {
    /// All below are `ok`.
    pub ready: bool,
    /// The desk's database: `ok`, or what is wrong.
    pub database: String,
    /// The data folder.
    pub storage: String,
    /// The queue.
    pub queue: String,
    /// Jobs that wait or run.
    pub jobs_open: i64,
    /// Jobs that were given up: `rightsdesk jobs list` says why.
    pub jobs_given_up: usize,
    /// For how long the oldest job that should have run has waited.
    pub oldest_job_waits_seconds: i64,
}

/// A job that waits longer than this means that nobody works off the queue.
const STUCK_SECONDS: i64 = 600;

/// Looks at the database, the data folder and the queue.
#[must_use]
pub fn readiness(desk: &Desk) -> Readiness {
    let now = desk.now();
    let ok = || "ok".to_owned();
    let queue = desk.store.read(|conn| -> Result<_, ActError> {
        Ok((jobs_open(conn)?, jobs_waiting(conn, now)?, jobs_given_up(conn)?.len()))
    });
    let missing = desk.store.migrations_missing();
    let database = match (&queue, &missing) {
        (Ok(_), Ok(missing)) if missing.is_empty() => ok(),
        (Ok(_), Ok(_)) => "the schema is not up to date: run rightsdesk migrate".to_owned(),
        _ => "cannot be reached".to_owned(),
    };
    let (jobs_open, waiting, jobs_given_up) = queue.unwrap_or((0, None, 0));
    let waits = waiting.map_or(0, |since| (now.unix_seconds() - since.unix_seconds()).max(0));
    let storage = if desk.files.writable() { ok() } else { "the data folder cannot be written".to_owned() };
    let queue = if waits <= STUCK_SECONDS { ok() } else { "jobs wait and nobody works: start a worker".to_owned() };
    let ready = [&database, &storage, &queue].iter().all(|part| part.as_str() == "ok");
    Readiness { ready, database, storage, queue, jobs_open, jobs_given_up, oldest_job_waits_seconds: waits }
}

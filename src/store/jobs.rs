//! The queue: jobs that are leased, done once, tried again with growing pauses, and given up after a cap.

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::jobs::{self, dsl};
use crate::base::Moment;
use crate::case::CaseId;

/// A job as it is kept.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = jobs)]
pub struct JobRow {
    /// Its identifier.
    pub id: String,
    /// What is to be done.
    pub kind: String,
    /// For which case.
    pub case_id: Option<String>,
    /// What it needs to know, as JSON; never a code, a token or a password.
    pub payload: String,
    /// `ready`, `running`, `done` or `given_up`.
    pub state: String,
    /// How often it was started.
    pub attempts: i64,
    /// Not before.
    pub run_after: NaiveDateTime,
    /// Who holds it.
    pub lease_token: Option<String>,
    /// Until when; afterwards anybody may take it.
    pub leased_until: Option<NaiveDateTime>,
    /// Why the last attempt failed, without personal data.
    pub last_problem: Option<String>,
    /// At most one job ever has this key.
    pub dedupe_key: Option<String>,
    /// When it was made.
    pub created_at: NaiveDateTime,
    /// When it was done or given up.
    pub finished_at: Option<NaiveDateTime>,
}

/// A job to be queued.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// What is to be done.
    pub kind: &'static str,
    /// For which case.
    pub case: Option<CaseId>,
    /// What it needs to know, as JSON.
    pub payload: String,
    /// If set, a second job with this key is not made.
    pub dedupe_key: Option<String>,
}

/// The right to do a job until it ends. The act that does it ends the lease in its own transaction, so that a worker
/// that lost its lease (it was paused, or the job took too long) cannot keep what it did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// The job.
    pub job: String,
    /// This holder's token.
    pub token: String,
}

/// Queues `job`. If one with its dedupe key exists nothing is made; one that was given up begins again.
///
/// # Errors
/// [`StoreError`].
pub fn job_enqueue(conn: &mut Conn, job: NewJob, now: Moment) -> Result<(), StoreError> {
    if let Some(key) = &job.dedupe_key {
        let known: Option<String> = dsl::jobs.filter(dsl::dedupe_key.eq(key)).select(dsl::id).first(conn).optional()?;
        if let Some(id) = known {
            job_retry(conn, &id, now)?;
            return Ok(());
        }
    }
    let row = JobRow {
        id: uuid::Uuid::now_v7().to_string(),
        kind: job.kind.to_owned(),
        case_id: job.case.map(|id| id.to_string()),
        payload: job.payload,
        state: "ready".to_owned(),
        attempts: 0,
        run_after: now.naive_utc(),
        lease_token: None,
        leased_until: None,
        last_problem: None,
        dedupe_key: job.dedupe_key,
        created_at: now.naive_utc(),
        finished_at: None,
    };
    diesel::insert_into(dsl::jobs).values(row).execute(conn)?;
    Ok(())
}

/// Takes the oldest job that may run now, for `lease`; none if there is none. A running job whose lease ended (its worker
/// died) may run again.
///
/// # Errors
/// [`StoreError`].
pub fn job_claim(conn: &mut Conn, now: Moment, lease: TimeDelta) -> Result<Option<(JobRow, Lease)>, StoreError> {
    let at = now.naive_utc();
    let free = || {
        dsl::state
            .eq("ready")
            .and(dsl::run_after.le(at))
            .or(dsl::state.eq("running").and(dsl::leased_until.lt(at).assume_not_null()))
    };
    let candidates: Vec<String> =
        dsl::jobs.filter(free()).order((dsl::run_after, dsl::id)).select(dsl::id).limit(8).load(conn)?;
    for id in candidates {
        let token = uuid::Uuid::new_v4().to_string();
        // The condition is checked again by the update itself: of two workers exactly one changes the row.
        let claimed = diesel::update(dsl::jobs.find(&id).filter(free()))
            .set((
                dsl::state.eq("running"),
                dsl::attempts.eq(dsl::attempts + 1),
                dsl::lease_token.eq(Some(token.clone())),
                dsl::leased_until.eq(Some(now.plus(lease).naive_utc())),
            ))
            .execute(conn)?;
        if claimed == 1 {
            let row = dsl::jobs.find(&id).first(conn)?;
            return Ok(Some((row, Lease { job: id, token })));
        }
    }
    Ok(None)
}

/// Prolongs a lease. False if it was lost.
///
/// # Errors
/// [`StoreError`].
pub fn job_renew(conn: &mut Conn, lease: &Lease, until: Moment) -> Result<bool, StoreError> {
    let renewed = diesel::update(held(lease)).set(dsl::leased_until.eq(Some(until.naive_utc()))).execute(conn)?;
    Ok(renewed == 1)
}

/// Marks the job as done, in the transaction that keeps what it did.
///
/// # Errors
/// [`StoreError::Conflict`] if the lease was lost: the transaction must then be dropped.
pub fn job_done(conn: &mut Conn, lease: &Lease, now: Moment) -> Result<(), StoreError> {
    let ended = diesel::update(held(lease))
        .set((
            dsl::state.eq("done"),
            dsl::lease_token.eq(None::<String>),
            dsl::leased_until.eq(None::<NaiveDateTime>),
            dsl::finished_at.eq(Some(now.naive_utc())),
        ))
        .execute(conn)?;
    if ended == 1 { Ok(()) } else { Err(StoreError::Conflict("job")) }
}

/// Gives the job back after a failed attempt: to be tried again after `pause`, or given up if `pause` is none.
///
/// # Errors
/// [`StoreError`]; a lost lease is none, since somebody else has the job.
pub fn job_failed(
    conn: &mut Conn,
    lease: &Lease,
    problem: &str,
    pause: Option<TimeDelta>,
    now: Moment,
) -> Result<(), StoreError> {
    let (state, run_after, finished) = match pause {
        Some(pause) => ("ready", now.plus(pause), None),
        None => ("given_up", now, Some(now.naive_utc())),
    };
    diesel::update(held(lease))
        .set((
            dsl::state.eq(state),
            dsl::run_after.eq(run_after.naive_utc()),
            dsl::lease_token.eq(None::<String>),
            dsl::leased_until.eq(None::<NaiveDateTime>),
            dsl::last_problem.eq(Some(crate::base::excerpt(problem, 500))),
            dsl::finished_at.eq(finished),
        ))
        .execute(conn)?;
    Ok(())
}

/// How many jobs are neither done nor given up.
///
/// # Errors
/// [`StoreError`].
pub fn jobs_open(conn: &mut Conn) -> Result<i64, StoreError> {
    Ok(dsl::jobs.filter(dsl::state.eq_any(["ready", "running"])).count().get_result(conn)?)
}

/// The jobs that were given up, oldest first.
///
/// # Errors
/// [`StoreError`].
pub fn jobs_given_up(conn: &mut Conn) -> Result<Vec<JobRow>, StoreError> {
    Ok(dsl::jobs.filter(dsl::state.eq("given_up")).order(dsl::id).load(conn)?)
}

/// Queues a given-up job again, with all its attempts. False if it is none.
///
/// # Errors
/// [`StoreError`].
pub fn job_retry(conn: &mut Conn, id: &str, now: Moment) -> Result<bool, StoreError> {
    let again = diesel::update(dsl::jobs.find(id).filter(dsl::state.eq("given_up")))
        .set((
            dsl::state.eq("ready"),
            dsl::attempts.eq(0),
            dsl::run_after.eq(now.naive_utc()),
            dsl::finished_at.eq(None::<NaiveDateTime>),
        ))
        .execute(conn)?;
    Ok(again == 1)
}

/// When the oldest job that should have run by now was to run; none if nothing waits.
///
/// # Errors
/// [`StoreError`].
pub fn jobs_waiting(conn: &mut Conn, now: Moment) -> Result<Option<Moment>, StoreError> {
    let oldest: Option<NaiveDateTime> = dsl::jobs
        .filter(dsl::state.eq("ready").and(dsl::run_after.le(now.naive_utc())))
        .select(diesel::dsl::min(dsl::run_after))
        .first(conn)?;
    Ok(oldest.map(Moment::from_naive_utc))
}

#[diesel::dsl::auto_type]
fn held<'a>(lease: &'a Lease) -> _ {
    let job: &'a str = lease.job.as_str();
    let token: &'a str = lease.token.as_str();
    dsl::jobs.find(job).filter(dsl::lease_token.eq(token)).filter(dsl::state.eq("running"))
}

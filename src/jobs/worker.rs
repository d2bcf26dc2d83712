//! Threads that work off the queue until they are told to stop.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use chrono::TimeDelta;

use crate::acts::{ActError, Desk, count_failure, give_up_job, run_job};
use crate::store::{JobRow, Lease, job_claim, job_failed, job_renew};

/// How long an idle worker waits before it looks again.
const IDLE: Duration = Duration::from_millis(250);

/// Tells the workers to stop after the job they are doing.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<(Mutex<bool>, Condvar)>);

impl Stop {
    /// Tells them.
    pub fn now(&self) {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.1.notify_all();
    }

    /// True once they were told.
    #[must_use]
    pub fn said(&self) -> bool {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for `span` or until told, whichever is first.
    pub(super) fn wait(&self, span: Duration) {
        let guard = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A wait that ends early only looks at the queue once more.
        drop(self.0.1.wait_timeout_while(guard, span, |stopped| !*stopped));
    }
}

/// Running worker threads, and the timer's.
#[derive(Debug)]
pub struct Workers {
    stop: Stop,
    threads: Vec<JoinHandle<()>>,
}

impl Workers {
    /// Starts as many workers as are configured, and the timer.
    ///
    /// # Errors
    /// The operating system's, if a thread cannot be started.
    pub fn start(desk: &Arc<Desk>) -> std::io::Result<Self> {
        let stop = Stop::default();
        let mut threads = Vec::new();
        for n in 0..desk.settings.jobs.workers {
            let (desk, stop) = (Arc::clone(desk), stop.clone());
            let name = format!("worker-{n}");
            threads.push(std::thread::Builder::new().name(name).spawn(move || work(&desk, &stop))?);
        }
        threads.push(super::timer::start(desk, &stop)?);
        Ok(Self { stop, threads })
    }

    /// Lets each worker finish its job and waits for all.
    pub fn drain(self) {
        self.stop.now();
        for thread in self.threads {
            if thread.join().is_err() {
                tracing::error!("a worker ended by a panic; its job is taken up again when its lease ends");
            }
        }
    }
}

fn work(desk: &Arc<Desk>, stop: &Stop) {
    while !stop.said() {
        match work_once(desk) {
            Ok(true) => {}
            Ok(false) => stop.wait(IDLE),
            Err(e) => {
                tracing::error!(error = %e, "the queue cannot be read");
                stop.wait(IDLE * 8);
            }
        }
    }
}

/// Works off every job that may run now, on the caller's thread. For tests and one-shot commands.
///
/// # Errors
/// [`ActError`] if the queue cannot be read; a failed job is none.
pub fn work_until_idle(desk: &Arc<Desk>) -> Result<(), ActError> {
    while work_once(desk)? {}
    Ok(())
}

/// Does one job if there is one. False if there is none.
fn work_once(desk: &Arc<Desk>) -> Result<bool, ActError> {
    let lease_span = TimeDelta::seconds(i64::from(desk.settings.jobs.lease_seconds));
    let now = desk.now();
    let claimed = desk.store.write(|conn| -> Result<_, ActError> { Ok(job_claim(conn, now, lease_span)?) })?;
    let Some((job, lease)) = claimed else { return Ok(false) };
    if job.attempts > i64::from(desk.settings.jobs.attempts) {
        // Its attempts never came back: each ended with the process that made it.
        give_up_job(desk, &job, &lease, "the job ended the process that did it, each time")?;
        return Ok(true);
    }
    let _heartbeat = Heartbeat::start(desk, &lease, lease_span);
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run_job(desk, &job.payload, &lease)))
        .unwrap_or_else(|_| Err(ActError::Broken("the job ended by a panic".to_owned())));
    match result {
        Ok(()) => {}
        // Somebody else has the job by now, or the case moved on under it: nothing was kept.
        Err(ActError::Stale("job")) => tracing::warn!(job = %job.kind, "a lease was lost"),
        Err(error) => give_back(desk, &job, &lease, &error)?,
    }
    Ok(true)
}

fn give_back(desk: &Desk, job: &JobRow, lease: &Lease, error: &ActError) -> Result<(), ActError> {
    let last = job.attempts >= i64::from(desk.settings.jobs.attempts);
    tracing::warn!(job = %job.kind, attempt = job.attempts, given_up = last, error = %error, "a job failed");
    if last {
        return give_up_job(desk, job, lease, &error.to_string());
    }
    let (now, pause) = (desk.now(), pause_after(job.attempts));
    desk.store.write(|conn| {
        count_failure(conn, &job.kind)?;
        Ok(job_failed(conn, lease, &error.to_string(), pause, now)?)
    })
}

/// 2, 4, 8... seconds, at most an hour.
fn pause_after(attempts: i64) -> Option<TimeDelta> {
    let exponent = u32::try_from(attempts.clamp(1, 12)).unwrap_or(12);
    TimeDelta::try_seconds(2_i64.pow(exponent).min(3_600))
}

/// Prolongs a lease while a job runs. Ends when it is dropped.
struct Heartbeat(Stop);

impl Heartbeat {
    fn start(desk: &Arc<Desk>, lease: &Lease, span: TimeDelta) -> Self {
        let stop = Stop::default();
        let (desk, lease, inner) = (Arc::clone(desk), lease.clone(), stop.clone());
        let every = (span / 3).to_std().unwrap_or(Duration::from_secs(5));
        let spawned = std::thread::Builder::new().name("lease".to_owned()).spawn(move || {
            loop {
                inner.wait(every);
                if inner.said() {
                    break;
                }
                let until = desk.now().plus(span);
                let renewed =
                    desk.store.write(|conn| -> Result<bool, ActError> { Ok(job_renew(conn, &lease, until)?) });
                if matches!(renewed, Ok(false)) {
                    break;
                }
            }
        });
        if spawned.is_err() {
            // Without a heartbeat a long job may be done twice, of which only one is kept: slower, never wrong.
            tracing::warn!("no thread for the heartbeat of a lease");
        }
        Self(stop)
    }
}

impl Drop for Heartbeat {
    fn drop(&mut self) {
        self.0.now();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_grows_and_is_bounded() {
        assert_eq!(pause_after(1), TimeDelta::try_seconds(2));
        assert_eq!(pause_after(5), TimeDelta::try_seconds(32));
        assert_eq!(pause_after(99), TimeDelta::try_seconds(3_600));
    }
}

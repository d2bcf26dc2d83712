//! The thread that looks, at intervals, for what has fallen due. Every process with workers runs one; that a reminder is made
//! once is the act's business.

use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use super::worker::Stop;
use crate::acts::{Desk, tick};

/// How soon a tick that failed as a whole (the database was away) is tried again.
const AFTER_FAILURE: Duration = Duration::from_secs(60);

/// Starts the timer's thread: a tick at once, then one at each interval. The wait is measured by the machine's uptime, so that
/// a change of the clocks neither skips nor doubles one.
pub(super) fn start(desk: &Arc<Desk>, stop: &Stop) -> std::io::Result<JoinHandle<()>> {
    let (desk, stop) = (Arc::clone(desk), stop.clone());
    let every = Duration::from_secs(60 * u64::from(desk.settings.clock.tick_minutes));
    std::thread::Builder::new().name("timer".to_owned()).spawn(move || {
        while !stop.said() {
            match tick(&desk) {
                Ok(done) => {
                    tracing::info!(
                        looked_at = done.looked_at,
                        made = done.made,
                        lapsed = done.lapsed,
                        failed = done.failed,
                        "the timer ticked"
                    );
                    stop.wait(every);
                }
                Err(error) => {
                    tracing::error!(%error, "the timer could not tick");
                    stop.wait(AFTER_FAILURE.min(every));
                }
            }
        }
    })
}

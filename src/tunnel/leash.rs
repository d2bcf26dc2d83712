//! Until when a connection may go on without a word.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

/// Holds a tunnel: past its end the connection is cut, and whoever waits for the server hears that it is gone.
#[derive(Debug)]
pub struct Leash {
    ends: watch::Sender<Option<Instant>>,
}

impl Leash {
    pub(super) fn new() -> (Self, watch::Receiver<Option<Instant>>) {
        let (ends, receiver) = watch::channel(None);
        (Self { ends }, receiver)
    }

    /// From now on the connection has so long; it is cut if it is not let go before.
    pub fn take(&self, time: Duration) {
        self.ends.send_replace(Instant::now().checked_add(time));
    }

    /// The connection may rest as long as it likes.
    pub fn let_go(&self) {
        self.ends.send_replace(None);
    }
}

/// Returns when the leash ends; never, if it is let go for good.
pub(super) async fn ended(mut ends: watch::Receiver<Option<Instant>>) {
    loop {
        let end = *ends.borrow_and_update();
        let changed = async {
            if ends.changed().await.is_err() {
                // Nobody holds the leash any more: the connection lives as long as its two ends.
                std::future::pending::<()>().await;
            }
        };
        match end {
            None => changed.await,
            Some(end) => {
                if tokio::time::timeout_at(end, changed).await.is_err() {
                    return;
                }
            }
        }
    }
}

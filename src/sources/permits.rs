//! How many connections to a source this process may have at once.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// The connections to one source that are still free. Clones share them.
#[derive(Debug, Clone)]
pub struct Permits(Arc<Gate>);

#[derive(Debug)]
struct Gate {
    free: Mutex<u32>,
    given_back: Condvar,
}

/// The right to one connection; given back when it is dropped.
#[derive(Debug)]
pub struct Permit(Arc<Gate>);

impl Permits {
    /// So many connections; at least one.
    #[must_use]
    pub fn of(connections: u32) -> Self {
        Self(Arc::new(Gate { free: Mutex::new(connections.max(1)), given_back: Condvar::new() }))
    }

    /// Waits for a connection, at most for `patience`.
    #[must_use]
    pub fn take(&self, patience: Duration) -> Option<Permit> {
        let free = self.0.free.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut free, waited) = self
            .0
            .given_back
            .wait_timeout_while(free, patience, |free| *free == 0)
            .unwrap_or_else(PoisonError::into_inner);
        if waited.timed_out() && *free == 0 {
            return None;
        }
        *free -= 1;
        Some(Permit(Arc::clone(&self.0)))
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.given_back.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_are_given_than_there_are_and_one_given_back_is_given_again() {
        let permits = Permits::of(2);
        let first = permits.take(Duration::ZERO).unwrap();
        let _second = permits.clone().take(Duration::ZERO).unwrap();
        assert!(permits.take(Duration::ZERO).is_none());
        let waiting = {
            let permits = permits.clone();
            std::thread::spawn(move || permits.take(Duration::from_secs(60)).is_some())
        };
        drop(first);
        assert!(waiting.join().unwrap());
    }
}

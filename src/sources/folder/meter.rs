//! A reader that bounds how much one record may take, and how long all of it.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Bytes of one record at most: an open quotation mark must not swallow a whole file.
const RECORD: u64 = 64 * 1024 * 1024;

/// What the reader and its user share.
#[derive(Debug, Clone)]
pub(in crate::sources) struct Meter {
    since: Rc<Cell<u64>>,
    began: Instant,
    limit: Duration,
}

impl Meter {
    pub(in crate::sources) fn new(limit: Duration) -> Self {
        Self { since: Rc::default(), began: Instant::now(), limit }
    }

    /// A record is complete.
    pub(in crate::sources) fn record(&self) {
        self.since.set(0);
    }

    /// A record took more than it may.
    pub(in crate::sources) fn is_over(&self) -> bool {
        self.since.get() > RECORD
    }

    /// The time is over.
    pub(in crate::sources) fn is_late(&self) -> bool {
        self.began.elapsed() > self.limit
    }

    pub(in crate::sources) fn reader<R: Read>(&self, inner: R) -> Metered<R> {
        Metered { inner, meter: self.clone() }
    }
}

/// Reads on until a record is too large or the time is over.
#[derive(Debug)]
pub(in crate::sources) struct Metered<R> {
    inner: R,
    meter: Meter,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.meter.is_over() || self.meter.is_late() {
            return Err(io::ErrorKind::Other.into());
        }
        let count = self.inner.read(buffer)?;
        self.meter.since.set(self.meter.since.get().saturating_add(crate::base::u64_from(count)));
        Ok(count)
    }
}

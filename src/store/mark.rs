//! How far the audit trail had come, kept in a file beside the database: an older copy of the database that is put back, and
//! a trail whose end was cut off, end before it.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Always of one length, so that a later mark overwrites an earlier one whole.
const LENGTH: usize = 20 + 1 + 64 + 1;

/// The file, open, and the highest number that this process wrote: of two transactions that end together the later stays.
#[derive(Debug)]
pub(super) struct Mark(Mutex<(File, i64)>);

impl Mark {
    /// Opens or makes the file, readable by its owner alone.
    pub(super) fn open(path: &Path) -> std::io::Result<Self> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)?;
        Ok(Self(Mutex::new((file, 0))))
    }

    /// Notes that entry `seq` with `hash` was committed.
    pub(super) fn note(&self, seq: i64, hash: &str) -> std::io::Result<()> {
        let mut mark = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if mark.1 >= seq {
            return Ok(());
        }
        mark.1 = seq;
        mark.0.write_all_at(line(seq, hash).as_bytes(), 0)
    }

    /// Sets the mark, also back: after a restore.
    pub(super) fn put(&self, seq: i64, hash: &str) -> std::io::Result<()> {
        let mut mark = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        mark.1 = seq;
        mark.0.write_all_at(line(seq, hash).as_bytes(), 0)
    }

    /// What is noted; none if nothing is, or if it cannot be read (the machine stopped while it was written).
    pub(super) fn read(&self) -> Option<(i64, String)> {
        let mark = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut bytes = [0_u8; LENGTH];
        mark.0.read_exact_at(&mut bytes, 0).ok()?;
        let (seq, hash) = std::str::from_utf8(&bytes).ok()?.trim_end().split_once(' ')?;
        Some((seq.parse().ok()?, hash.to_owned()))
    }
}

fn line(seq: i64, hash: &str) -> String {
    format!("{seq:020} {hash:<64}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_goes_on_and_is_set_back_only_on_purpose() {
        let dir = tempfile::tempdir().unwrap();
        let mark = Mark::open(&dir.path().join("mark")).unwrap();
        assert_eq!(mark.read(), None);
        mark.note(5, &"a".repeat(64)).unwrap();
        mark.note(4, &"b".repeat(64)).unwrap();
        assert_eq!(mark.read(), Some((5, "a".repeat(64))));
        mark.put(2, &"c".repeat(64)).unwrap();
        assert_eq!(Mark::open(&dir.path().join("mark")).unwrap().read(), Some((2, "c".repeat(64))));
    }
}

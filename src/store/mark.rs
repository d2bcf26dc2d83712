//! How far the audit trail had come, kept in a file beside the database: an older copy of the database that is put back, and
//! a trail whose end was cut off, end before it. The mark goes on only with a trail that holds the entry it names; once the
//! two disagree it stays where it is, as evidence, until a restore sets it.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::audit::Appended;
use super::error::StoreError;

/// Always of one length, so that a later mark overwrites an earlier one whole.
const LENGTH: usize = 20 + 1 + 64 + 1;

/// The file, open. Several processes may have it so; of two that write at once either mark is a true one.
#[derive(Debug)]
pub(super) struct Mark(Mutex<File>);

impl Mark {
    /// Opens or makes the file, readable by its owner alone.
    pub(super) fn open(path: &Path) -> std::io::Result<Self> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)?;
        Ok(Self(Mutex::new(file)))
    }

    /// Notes what was committed. `hash_of` gives the hash of an entry as the trail has it now. A failure is logged: what was
    /// committed stays.
    pub(super) fn note(&self, appended: &Appended, hash_of: impl FnOnce(i64) -> Result<Option<String>, StoreError>) {
        let file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let marked = read(&file);
        if let Some((seq, hash)) = &marked {
            // Another process is ahead, or the trail has fallen behind the mark: neither moves it back.
            if *seq >= appended.seq {
                return;
            }
            let holds = if *seq == appended.after {
                Ok(*hash == appended.after_hash)
            } else {
                hash_of(*seq).map(|found| found.as_ref() == Some(hash))
            };
            match holds {
                Ok(true) => {}
                Ok(false) => {
                    tracing::error!("the audit trail lacks an entry that it had: run rightsdesk audit verify");
                    return;
                }
                Err(error) => {
                    tracing::warn!(%error, "how far the audit trail has come was not noted");
                    return;
                }
            }
        }
        if let Err(error) = file.write_all_at(line(appended.seq, &appended.hash).as_bytes(), 0) {
            tracing::error!(error = %error.kind(), "how far the audit trail has come could not be noted");
        }
    }

    /// Sets the mark, also back: after a restore.
    pub(super) fn put(&self, seq: i64, hash: &str) -> std::io::Result<()> {
        let file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all_at(line(seq, hash).as_bytes(), 0)
    }

    /// What is noted; none if nothing is, or if it cannot be read (the machine stopped while it was written).
    pub(super) fn read(&self) -> Option<(i64, String)> {
        read(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn read(file: &File) -> Option<(i64, String)> {
    let mut bytes = [0_u8; LENGTH];
    file.read_exact_at(&mut bytes, 0).ok()?;
    let (seq, hash) = std::str::from_utf8(&bytes).ok()?.trim_end().split_once(' ')?;
    Some((seq.parse().ok()?, hash.to_owned()))
}

fn line(seq: i64, hash: &str) -> String {
    format!("{seq:020} {hash:<64}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn appended(after: (i64, &str), seq: i64, hash: &str) -> Appended {
        Appended { after: after.0, after_hash: after.1.repeat(64), seq, hash: hash.repeat(64) }
    }

    #[test]
    fn a_mark_goes_on_with_a_trail_that_holds_it_and_stays_otherwise() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("mark");
        let mark = Mark::open(&path).unwrap();
        let never = |_| -> Result<Option<String>, StoreError> { panic!("not asked") };
        let says = |text: &str| {
            let hash = text.repeat(64);
            move |_| Ok(Some(hash))
        };
        assert_eq!(mark.read(), None);
        mark.note(&appended((0, "0"), 5, "a"), never);
        mark.note(&appended((3, "x"), 4, "b"), never);
        assert_eq!(mark.read(), Some((5, "a".repeat(64))), "another process was late");
        mark.note(&appended((5, "a"), 6, "c"), never);
        mark.note(&appended((7, "x"), 8, "d"), says("c"));
        assert_eq!(mark.read(), Some((8, "d".repeat(64))), "another process wrote in between");
        // The trail was put back to before 8 and has come past it again.
        mark.note(&appended((8, "y"), 9, "e"), never);
        mark.note(&appended((11, "y"), 12, "e"), says("y"));
        mark.note(&appended((11, "y"), 12, "e"), |_| Ok(None));
        assert_eq!(mark.read(), Some((8, "d".repeat(64))));
        mark.put(2, &"f".repeat(64)).unwrap();
        assert_eq!(Mark::open(&path).unwrap().read(), Some((2, "f".repeat(64))));
    }
}

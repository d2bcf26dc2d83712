//! The data folder.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::base::hex;

use super::spool::{Spool, SpoolError, SpoolWriter};
use super::vault::{Reading, Vault};

/// A failure of the data folder.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// The operating system refused.
    #[error("the data folder cannot be used: {0}")]
    Io(#[from] std::io::Error),
    /// The name is not one that this program gave out.
    #[error("not the name of a kept file")]
    Name,
}

/// The desk's data folder.
#[derive(Debug, Clone)]
pub struct Files {
    root: PathBuf,
    vault: Vault,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// SHA-256, lower-case hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub size_bytes: u64,
}

impl Files {
    /// The folder at `root`, made if it is not there, readable by its owner alone. What is written there is sealed by
    /// `vault`.
    ///
    /// # Errors
    /// [`FilesError::Io`] if it cannot be made.
    pub fn open(root: &Path, vault: Vault) -> Result<Self, FilesError> {
        for part in ["bundles", "spools", "signoffs", "evidence"] {
            std::fs::create_dir_all(root.join(part))?;
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(root, std::fs::Permissions::from_mode(0o700))?;
        }
        Ok(Self { root: root.to_owned(), vault })
    }

    /// Where it is.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where the bundle `name` lies.
    ///
    /// # Errors
    /// [`FilesError::Name`] if `name` is not a plain file name.
    pub fn bundle_path(&self, name: &str) -> Result<PathBuf, FilesError> {
        self.path("bundles", name)
    }

    /// Where the spool `name` lies.
    ///
    /// # Errors
    /// [`FilesError::Name`] if `name` is not a plain file name.
    pub fn spool_path(&self, name: &str) -> Result<PathBuf, FilesError> {
        self.path("spools", name)
    }

    /// Writes the bundle `name` as a stream: aside, flushed, renamed.
    ///
    /// # Errors
    /// What `write` returns; [`FilesError`]. Nothing is left behind then.
    pub fn bundle_write<E: From<FilesError>>(
        &self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> Result<(), E>,
    ) -> Result<Written, E> {
        self.write("bundles", name, write)
    }

    fn write<E: From<FilesError>>(
        &self,
        part: &str,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> Result<(), E>,
    ) -> Result<Written, E> {
        let path = self.path(part, name)?;
        let aside = tempfile::NamedTempFile::new_in(self.root.join(part)).map_err(FilesError::from)?;
        let sealed = aside.reopen().and_then(|file| self.vault.write(file)).map_err(FilesError::from)?;
        let mut out = Hashing { inner: sealed, hash: Sha256::new(), size: 0 };
        write(&mut out)?;
        let Hashing { inner, hash, size } = out;
        inner.end(true).map_err(FilesError::from)?;
        let written = Written { sha256: hex(&hash.finalize()), size_bytes: size };
        aside.persist(&path).map_err(|e| FilesError::from(e.error))?;
        self.sync_dir(part)?;
        Ok(written)
    }

    /// Opens the bundle `name` for reading.
    ///
    /// # Errors
    /// [`FilesError`] if it is not there.
    pub fn bundle_open(&self, name: &str) -> Result<Reading, FilesError> {
        Ok(self.vault.read(File::open(self.bundle_path(name)?)?)?)
    }

    /// Removes the bundle `name`; one that is gone already is no fault.
    ///
    /// # Errors
    /// [`FilesError`].
    pub fn bundle_remove(&self, name: &str) -> Result<(), FilesError> {
        gone(std::fs::remove_file(self.bundle_path(name)?))
    }

    /// Opens the finished spool `name`.
    ///
    /// # Errors
    /// [`SpoolError`].
    pub fn spool_open(&self, name: &str) -> Result<Spool, SpoolError> {
        Spool::open_in(&self.spool_dir(name)?, self.vault.clone())
    }

    /// A new spool `name`.
    ///
    /// # Errors
    /// [`SpoolError`].
    pub fn spool_create(&self, name: &str) -> Result<SpoolWriter, SpoolError> {
        SpoolWriter::create_in(&self.spool_dir(name)?, self.vault.clone())
    }

    fn spool_dir(&self, name: &str) -> Result<PathBuf, SpoolError> {
        self.spool_path(name).map_err(|_| SpoolError::Damaged("name"))
    }

    /// Removes the spool `name` with all in it; one that is gone already is no fault.
    ///
    /// # Errors
    /// [`FilesError`].
    pub fn spool_remove(&self, name: &str) -> Result<(), FilesError> {
        gone(std::fs::remove_dir_all(self.spool_path(name)?))
    }

    /// Writes the sealed bytes of the evidence `name`: aside, flushed, renamed.
    ///
    /// # Errors
    /// [`FilesError`]. Nothing is left behind then.
    pub fn evidence_write(&self, name: &str, sealed: &[u8]) -> Result<(), FilesError> {
        let path = self.path("evidence", name)?;
        let mut aside = tempfile::NamedTempFile::new_in(self.root.join("evidence"))?;
        aside.write_all(sealed)?;
        aside.as_file().sync_all()?;
        aside.persist(&path).map_err(|e| FilesError::from(e.error))?;
        self.sync_dir("evidence")
    }

    /// The sealed bytes of the evidence `name`.
    ///
    /// # Errors
    /// [`FilesError`] if it is not there.
    pub fn evidence_read(&self, name: &str) -> Result<Vec<u8>, FilesError> {
        Ok(std::fs::read(self.path("evidence", name)?)?)
    }

    /// Removes the evidence `name`; one that is gone already is no fault.
    ///
    /// # Errors
    /// [`FilesError`].
    pub fn evidence_remove(&self, name: &str) -> Result<(), FilesError> {
        gone(std::fs::remove_file(self.path("evidence", name)?))
    }

    /// Removes evidence that is not among `kept` (sorted) and was not touched for `undisturbed`.
    ///
    /// # Errors
    /// [`FilesError`].
    pub fn evidence_sweep(&self, kept: &[String], undisturbed: Duration) -> Result<(), FilesError> {
        for entry in std::fs::read_dir(self.root.join("evidence"))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let old = entry.metadata()?.modified()?.elapsed().is_ok_and(|age| age >= undisturbed);
            if old && kept.binary_search(&name).is_err() {
                gone(std::fs::remove_file(entry.path()))?;
            }
        }
        Ok(())
    }

    /// Writes the listing `name` of what stood at a sign-off: aside, flushed, renamed.
    ///
    /// # Errors
    /// What `write` returns; [`FilesError`]. Nothing is left behind then.
    pub fn listing_write<E: From<FilesError>>(
        &self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> Result<(), E>,
    ) -> Result<Written, E> {
        self.write("signoffs", name, write)
    }

    /// Opens the listing `name` for reading.
    ///
    /// # Errors
    /// [`FilesError`] if it is not there.
    pub fn listing_open(&self, name: &str) -> Result<Reading, FilesError> {
        Ok(self.vault.read(File::open(self.path("signoffs", name)?)?)?)
    }

    /// Removes the listing `name`; one that is gone already is no fault.
    ///
    /// # Errors
    /// [`FilesError`].
    pub fn listing_remove(&self, name: &str) -> Result<(), FilesError> {
        gone(std::fs::remove_file(self.path("signoffs", name)?))
    }

    /// True if a file can be written now.
    #[must_use]
    pub fn writable(&self) -> bool {
        tempfile::NamedTempFile::new_in(self.root.join("bundles")).is_ok_and(|mut file| file.write_all(b"x").is_ok())
    }

    fn path(&self, part: &str, name: &str) -> Result<PathBuf, FilesError> {
        let plain = !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
            && !name.starts_with('.');
        if plain { Ok(self.root.join(part).join(name)) } else { Err(FilesError::Name) }
    }

    /// A rename is only kept over a power cut once its folder is on the disk.
    fn sync_dir(&self, part: &str) -> Result<(), FilesError> {
        Ok(File::open(self.root.join(part))?.sync_all()?)
    }
}

fn gone(removed: std::io::Result<()>) -> Result<(), FilesError> {
    match removed {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(e.into()),
        Ok(()) | Err(_) => Ok(()),
    }
}

struct Hashing<W> {
    inner: W,
    hash: Sha256,
    size: u64,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let n = self.inner.write(bytes)?;
        self.hash.update(bytes.get(..n).unwrap_or_default());
        self.size += crate::base::u64_from(n);
        Ok(n)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        let files = Files::open(dir.path(), Vault::new(&[7; 32], &[])).unwrap();
        for bad in ["../x", "a/b", "", ".", "..", "a\\b", "x\0"] {
            assert!(matches!(files.bundle_path(bad), Err(FilesError::Name)), "{bad:?}");
        }
    }

    #[test]
    fn a_failed_write_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let files = Files::open(dir.path(), Vault::new(&[7; 32], &[])).unwrap();
        let result = files.bundle_write("a.zip", |out| {
            out.write_all(b"half").map_err(FilesError::from)?;
            Err(FilesError::Name)
        });
        assert!(result.is_err());
        assert_eq!(std::fs::read_dir(dir.path().join("bundles")).unwrap().count(), 0);
    }

    #[test]
    fn what_is_written_is_what_is_hashed() {
        let dir = tempfile::tempdir().unwrap();
        let files = Files::open(dir.path(), Vault::new(&[7; 32], &[])).unwrap();
        let written = files.bundle_write("a.zip", |out| out.write_all(b"abc").map_err(FilesError::from)).unwrap();
        assert_eq!(written.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(written.size_bytes, 3);
        let mut text = String::new();
        std::io::Read::read_to_string(&mut files.bundle_open("a.zip").unwrap(), &mut text).unwrap();
        assert_eq!(text, "abc");
        files.bundle_remove("a.zip").unwrap();
        files.bundle_remove("a.zip").unwrap();
    }
}

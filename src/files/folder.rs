//! The data folder.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::base::hex;

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
    /// The folder at `root`, made if it is not there, readable by its owner alone.
    ///
    /// # Errors
    /// [`FilesError::Io`] if it cannot be made.
    pub fn open(root: &Path) -> Result<Self, FilesError> {
        for part in ["bundles", "spools", "signoffs"] {
            std::fs::create_dir_all(root.join(part))?;
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(root, std::fs::Permissions::from_mode(0o700))?;
        }
        Ok(Self { root: root.to_owned() })
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
        let mut out = Hashing { inner: BufWriter::new(aside.as_file()), hash: Sha256::new(), size: 0 };
        write(&mut out)?;
        out.flush().map_err(FilesError::from)?;
        let written = Written { sha256: hex(&out.hash.clone().finalize()), size_bytes: out.size };
        drop(out);
        aside.as_file().sync_all().map_err(FilesError::from)?;
        aside.persist(&path).map_err(|e| FilesError::from(e.error))?;
        self.sync_dir(part)?;
        Ok(written)
    }

    /// Opens the bundle `name` for reading.
    ///
    /// # Errors
    /// [`FilesError`] if it is not there.
    pub fn bundle_open(&self, name: &str) -> Result<File, FilesError> {
        Ok(File::open(self.bundle_path(name)?)?)
    }

    /// Removes the bundle `name`; one that is gone already is no fault.
    ///
    /// # Errors
    /// [`FilesError`].
    pub fn bundle_remove(&self, name: &str) -> Result<(), FilesError> {
        gone(std::fs::remove_file(self.bundle_path(name)?))
    }

    /// Removes the spool `name` with all in it; one that is gone already is no fault.
    ///
    /// # Errors
    /// [`FilesError`].
    pub fn spool_remove(&self, name: &str) -> Result<(), FilesError> {
        gone(std::fs::remove_dir_all(self.spool_path(name)?))
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
    pub fn listing_open(&self, name: &str) -> Result<File, FilesError> {
        Ok(File::open(self.path("signoffs", name)?)?)
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
        let files = Files::open(dir.path()).unwrap();
        for bad in ["../x", "a/b", "", ".", "..", "a\\b", "x\0"] {
            assert!(matches!(files.bundle_path(bad), Err(FilesError::Name)), "{bad:?}");
        }
    }

    #[test]
    fn a_failed_write_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let files = Files::open(dir.path()).unwrap();
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
        let files = Files::open(dir.path()).unwrap();
        let written = files.bundle_write("a.zip", |out| out.write_all(b"abc").map_err(FilesError::from)).unwrap();
        assert_eq!(written.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(written.size_bytes, 3);
        files.bundle_remove("a.zip").unwrap();
        files.bundle_remove("a.zip").unwrap();
    }
}

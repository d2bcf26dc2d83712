//! The folder that anchors of the audit trail are written to: one small text file each, best on another machine.

use std::io::Write;
use std::path::{Path, PathBuf};

/// The folder.
#[derive(Debug, Clone)]
pub struct Anchors(PathBuf);

/// The largest file that is read as an anchor; one has some four hundred bytes.
const MOST_BYTES: u64 = 64 * 1024;

impl Anchors {
    /// The folder at `path`, which is made when the first anchor is written.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes `text` under `name`, whole or not at all; a file that is there stays as it is.
    ///
    /// # Errors
    /// The operating system's.
    pub fn keep(&self, name: &str, text: &str) -> std::io::Result<()> {
        std::fs::create_dir_all(&self.0)?;
        let path = self.0.join(name);
        if path.exists() {
            return Ok(());
        }
        let mut aside = tempfile::NamedTempFile::new_in(&self.0)?;
        aside.write_all(text.as_bytes())?;
        aside.as_file().sync_all()?;
        match aside.persist_noclobber(&path) {
            Err(e) if e.error.kind() != std::io::ErrorKind::AlreadyExists => Err(e.error),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// The texts of this file, or of every `.txt` file of this folder, each with its name, in the order of names. What
    /// is not there holds none.
    ///
    /// # Errors
    /// The operating system's.
    pub fn read(path: &Path) -> std::io::Result<Vec<(String, String)>> {
        let mut paths = Vec::new();
        if !path.exists() {
            return Ok(Vec::new());
        }
        if path.is_dir() {
            for entry in std::fs::read_dir(path)? {
                let path = entry?.path();
                if path.extension().is_some_and(|extension| extension == "txt") {
                    paths.push(path);
                }
            }
            paths.sort();
        } else {
            paths.push(path.to_owned());
        }
        let mut texts = Vec::new();
        for path in paths {
            let mut text = String::new();
            let mut file = std::io::Read::take(std::fs::File::open(&path)?, MOST_BYTES);
            let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            // What is no text is no anchor, and is named as that.
            if std::io::Read::read_to_string(&mut file, &mut text).is_err() {
                text.clear();
            }
            texts.push((name, text));
        }
        Ok(texts)
    }
}

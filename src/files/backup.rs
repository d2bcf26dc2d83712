//! The file of a backup: a zip whose last entry, `manifest.json`, names every other with its size and SHA-256.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::folder::FilesError;
use crate::base::{Moment, hex, u64_from};

/// The form of the file.
const FORMAT: &str = "rightsdesk-backup/1";
const MANIFEST: &str = "manifest.json";
/// The folder of a backup's files within it.
const DATA: &str = "data/";
/// Not copied: notes how far the trail had come, which a restore sets.
const LEFT_OUT: [&str; 1] = ["audit-mark"];

/// What a backup is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupManifest {
    /// Its form.
    pub format: String,
    /// By which software.
    pub software: String,
    /// When it was made.
    pub made_at: Moment,
    /// `sqlite` or `postgres`; it can be restored into either.
    pub database: String,
    /// The migrations of its schema.
    pub migrations: Vec<String>,
    /// The last entry of the audit trail.
    pub audit_entries: i64,
    /// Its hash.
    pub audit_last_hash: String,
    /// The tables, in the order in which they can be filled.
    pub tables: Vec<String>,
    /// Every other entry.
    pub files: BTreeMap<String, BackupFile>,
}

/// An entry of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupFile {
    /// SHA-256, lower-case hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub size_bytes: u64,
}

/// What is wrong with a backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The operating system refused.
    #[error("the backup cannot be read or written: {0}")]
    Io(#[from] std::io::Error),
    /// The file is no backup, or one of a newer version.
    #[error("this file is no backup of rightsdesk, or it was cut off, or a newer version made it")]
    Format,
    /// An entry is not what the manifest says.
    #[error("the backup is damaged: {0} is not what its manifest says")]
    Damaged(String),
}

impl From<zip::result::ZipError> for BackupError {
    fn from(_: zip::result::ZipError) -> Self {
        Self::Format
    }
}

impl From<FilesError> for BackupError {
    fn from(error: FilesError) -> Self {
        match error {
            FilesError::Io(error) => Self::Io(error),
            FilesError::Name => Self::Format,
        }
    }
}

/// A backup being written.
pub struct BackupWriter {
    zip: ZipWriter<BufWriter<tempfile::NamedTempFile>>,
    files: BTreeMap<String, BackupFile>,
}

impl BackupWriter {
    /// Beside `path`, readable by its owner alone; it takes its name when it is whole.
    ///
    /// # Errors
    /// [`BackupError::Io`].
    pub fn beside(path: &Path) -> Result<Self, BackupError> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let aside = tempfile::NamedTempFile::new_in(folder)?;
        Ok(Self { zip: ZipWriter::new(BufWriter::new(aside)), files: BTreeMap::new() })
    }

    /// Writes one entry.
    ///
    /// # Errors
    /// What `write` returns; [`BackupError`].
    pub fn entry<E: From<BackupError>>(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> Result<(), E>,
    ) -> Result<(), E> {
        self.zip.start_file(name, options()).map_err(BackupError::from)?;
        let mut out = Hashing { out: &mut self.zip, hash: Sha256::new(), size: 0 };
        write(&mut out)?;
        let (sha256, size_bytes) = (hex(&out.hash.finalize()), out.size);
        self.files.insert(name.to_owned(), BackupFile { sha256, size_bytes });
        Ok(())
    }

    /// Copies the data folder at `root`. What is removed by the desk while it is copied is left out: it had ended.
    ///
    /// # Errors
    /// [`BackupError`].
    pub fn folder(&mut self, root: &Path) -> Result<(), BackupError> {
        let mut paths = Vec::new();
        walk(root, &mut paths)?;
        paths.sort();
        for path in paths {
            let Ok(inner) = path.strip_prefix(root) else { continue };
            let name = inner.to_string_lossy().replace('\\', "/");
            if LEFT_OUT.contains(&name.as_str()) || name.split('/').any(|part| part.starts_with('.')) {
                continue;
            }
            let mut file = match File::open(&path) {
                Ok(file) => file,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                Err(error) => return Err(error.into()),
            };
            self.entry(&format!("{DATA}{name}"), |out| -> Result<(), BackupError> {
                std::io::copy(&mut file, out)?;
                Ok(())
            })?;
        }
        Ok(())
    }

    /// Writes the manifest and gives the file its name. `manifest` gets the files that were written.
    ///
    /// # Errors
    /// [`BackupError`].
    pub fn finish(mut self, path: &Path, mut manifest: BackupManifest) -> Result<BackupManifest, BackupError> {
        FORMAT.clone_into(&mut manifest.format);
        manifest.files = self.files;
        self.zip.start_file(MANIFEST, options())?;
        serde_json::to_writer_pretty(&mut self.zip, &manifest).map_err(std::io::Error::from)?;
        let aside = self.zip.finish()?.into_inner().map_err(|e| e.into_error())?;
        aside.as_file().sync_all()?;
        aside.persist(path).map_err(|e| e.error)?;
        Ok(manifest)
    }
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(2))
        .large_file(true)
        .unix_permissions(0o600)
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            walk(&entry.path(), found)?;
        } else if kind.is_file() {
            found.push(entry.path());
        }
    }
    Ok(())
}

struct Hashing<'a> {
    out: &'a mut dyn Write,
    hash: Sha256,
    size: u64,
}

impl Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let n = self.out.write(bytes)?;
        self.hash.update(bytes.get(..n).unwrap_or_default());
        self.size += u64_from(n);
        Ok(n)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

/// A backup being read.
pub struct BackupReader {
    zip: ZipArchive<BufReader<File>>,
    /// What it is.
    pub manifest: BackupManifest,
}

impl BackupReader {
    /// Opens the backup at `path` and checks every entry against the manifest, before anything is changed.
    ///
    /// # Errors
    /// [`BackupError`].
    pub fn open(path: &Path) -> Result<Self, BackupError> {
        let mut zip = ZipArchive::new(BufReader::new(File::open(path)?))?;
        let mut text = String::new();
        zip.by_name(MANIFEST)?.read_to_string(&mut text).map_err(|_| BackupError::Format)?;
        let manifest: BackupManifest = serde_json::from_str(&text).map_err(|_| BackupError::Format)?;
        if manifest.format != FORMAT {
            return Err(BackupError::Format);
        }
        let mut reader = Self { zip, manifest };
        for (name, file) in reader.manifest.files.clone() {
            let mut entry = reader.zip.by_name(&name).map_err(|_| BackupError::Damaged(name.clone()))?;
            let mut nowhere = std::io::sink();
            let mut out = Hashing { out: &mut nowhere, hash: Sha256::new(), size: 0 };
            std::io::copy(&mut entry, &mut out).map_err(|_| BackupError::Damaged(name.clone()))?;
            if out.size != file.size_bytes || hex(&out.hash.finalize()) != file.sha256 {
                return Err(BackupError::Damaged(name));
            }
        }
        Ok(reader)
    }

    /// The entry `name`, as a stream.
    ///
    /// # Errors
    /// [`BackupError`] if there is none.
    pub fn entry(&mut self, name: &str) -> Result<impl Read, BackupError> {
        Ok(self.zip.by_name(name)?)
    }

    /// Writes the files of the data folder below `root`, each readable by its owner alone.
    ///
    /// # Errors
    /// [`BackupError`]; [`BackupError::Format`] if a name would leave the folder.
    pub fn unpack(&mut self, root: &Path) -> Result<(), BackupError> {
        let names: Vec<String> = self.manifest.files.keys().filter(|name| name.starts_with(DATA)).cloned().collect();
        for name in names {
            let inner = Path::new(name.strip_prefix(DATA).unwrap_or_default());
            if !inner.components().all(|part| matches!(part, Component::Normal(_))) {
                return Err(BackupError::Format);
            }
            let path = root.join(inner);
            let folder = path.parent().unwrap_or(root);
            std::fs::create_dir_all(folder)?;
            let mut aside = tempfile::NamedTempFile::new_in(folder)?;
            std::io::copy(&mut self.zip.by_name(&name)?, &mut aside)?;
            aside.as_file().sync_all()?;
            aside.persist(&path).map_err(|e| e.error)?;
        }
        Ok(())
    }
}

/// SHA-256 of the whole file, lower-case hexadecimal.
///
/// # Errors
/// The operating system's.
pub fn sha256_of(path: &Path) -> std::io::Result<String> {
    let mut nowhere = std::io::sink();
    let mut out = Hashing { out: &mut nowhere, hash: Sha256::new(), size: 0 };
    std::io::copy(&mut File::open(path)?, &mut out)?;
    Ok(hex(&out.hash.finalize()))
}

//! Writes a spool: rows as they come, then the order files, then the index.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::value::RawValue;

use crate::base::u64_from;
use crate::bundle::CollectionReport;

use super::index::{self, Index, IndexEntry, Mark, SpoolError};
use super::order::{Entry, natural};
use super::reader::Spool;
use crate::files::vault::{Vault, Writing};

/// Where a row was put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    pub(super) offset: u64,
    pub(super) len: u32,
}

/// What is known of a collection at the end of a gather.
#[derive(Debug)]
pub struct Sealed {
    /// The report, without its counts.
    pub report: CollectionReport,
    /// Its own search was carried to the end.
    pub searched: bool,
    /// Every row: its identifier, where it was put, and which of `marks` it has.
    pub rows: Vec<(Box<str>, Placed, u32)>,
    /// The marks.
    pub marks: Vec<Mark>,
    /// Bytes of the records' fields.
    pub bytes: u64,
}

/// A spool that is being written.
#[derive(Debug)]
pub struct SpoolWriter {
    dir: PathBuf,
    /// Flush to the disk at the end, so that a power cut leaves all or nothing.
    lasting: bool,
    vault: Vault,
    previous: Option<Spool>,
    files: Vec<Option<RowsFile>>,
    line: Vec<u8>,
}

#[derive(Debug)]
struct RowsFile {
    out: Writing,
    offset: u64,
}

#[derive(Serialize)]
struct Line<'a, K> {
    id: &'a str,
    keys: &'a [K],
    fields: &'a RawValue,
}

impl SpoolWriter {
    /// A new spool in `dir`, unsealed. See [`Self::create_in`].
    ///
    /// # Errors
    /// [`SpoolError::Io`].
    pub fn create(dir: &Path) -> Result<Self, SpoolError> {
        Self::create_in(dir, Vault::open())
    }

    /// A new spool in `dir`, which is made if it is not there, readable by its owner only. Whatever an earlier
    /// gather left there is removed.
    ///
    /// # Errors
    /// [`SpoolError::Io`].
    pub fn create_in(dir: &Path, vault: Vault) -> Result<Self, SpoolError> {
        make_private_dir(dir)?;
        // The index goes first: a kill in between must not leave an index over missing files.
        match std::fs::remove_file(dir.join(index::FILE)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            Ok(()) | Err(_) => {}
        }
        for entry in std::fs::read_dir(dir)? {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with("rows-") || name.starts_with("order-") || name.starts_with(index::FILE) {
                std::fs::remove_file(entry.path())?;
            }
        }
        Ok(Self { dir: dir.to_owned(), lasting: true, vault, previous: None, files: Vec::new(), line: Vec::new() })
    }

    /// A new spool in `dir` that goes on from a finished one, to search again what failed there. It shares the rows of
    /// every collection that was searched to its end; the finished spool stays as it is.
    ///
    /// # Errors
    /// [`SpoolError::SameFolder`], [`SpoolError::Io`].
    pub fn resume(dir: &Path, previous: Spool) -> Result<Self, SpoolError> {
        make_private_dir(dir)?;
        if std::fs::canonicalize(dir)? == std::fs::canonicalize(&previous.dir)? {
            return Err(SpoolError::SameFolder);
        }
        let mut writer = Self::create_in(dir, previous.vault.clone())?;
        for at in 0..previous.len() {
            let from = index::rows_path(&previous.dir, at);
            if previous.was_searched(at) && previous.rows(at) > 0 {
                // A file that gets no further row serves both; one that does is copied then.
                let to = index::rows_path(dir, at);
                if std::fs::hard_link(&from, &to).is_err() {
                    std::fs::copy(&from, &to)?;
                }
            }
        }
        writer.previous = Some(previous);
        Ok(writer)
    }

    /// A new spool in `dir` that lasts no longer than the process that made it, and so is not flushed to the disk
    /// and is sealed under a key that ends with the process too.
    ///
    /// # Errors
    /// [`SpoolError::Io`].
    pub fn scratch(dir: &Path) -> Result<Self, SpoolError> {
        Ok(Self { lasting: false, ..Self::create_in(dir, Vault::passing())? })
    }

    /// The finished spool that this one goes on from.
    #[must_use]
    pub fn previous(&self) -> Option<&Spool> {
        self.previous.as_ref()
    }

    /// Appends a row. `fields` is one JSON object on one line.
    ///
    /// # Errors
    /// [`SpoolError::Io`], or [`SpoolError::Damaged`] if `fields` is no JSON or the row is over 4 GiB.
    pub fn append<K: Serialize>(
        &mut self,
        collection: usize,
        id: &str,
        keys: &[K],
        fields: &str,
    ) -> Result<Placed, SpoolError> {
        let fields: &RawValue = serde_json::from_str(fields).map_err(|_| SpoolError::Damaged("row"))?;
        self.line.clear();
        serde_json::to_writer(&mut self.line, &Line { id, keys, fields }).map_err(|_| SpoolError::Damaged("row"))?;
        let len = u32::try_from(self.line.len()).map_err(|_| SpoolError::Damaged("row over 4 GiB"))?;
        self.line.push(b'\n');
        open_rows(&mut self.files, &self.dir, collection, &self.vault)?;
        let Some(Some(file)) = self.files.get_mut(collection) else { return Err(SpoolError::Damaged("rows file")) };
        file.out.write_all(&self.line)?;
        let placed = Placed { offset: file.offset, len };
        file.offset += u64_from(self.line.len());
        Ok(placed)
    }

    /// Ends the spool: writes the order files and the index. `fingerprint` says what the gather was for.
    ///
    /// # Errors
    /// [`SpoolError::Io`].
    pub fn seal(mut self, fingerprint: String, collections: Vec<Sealed>) -> Result<Spool, SpoolError> {
        let mut entries = Vec::with_capacity(collections.len());
        for (at, mut sealed) in collections.into_iter().enumerate() {
            if let Some(file) = self.files.get_mut(at).and_then(Option::take) {
                file.out.end(self.lasting)?;
            }
            sealed.rows.sort_by(|(a, ..), (b, ..)| natural(a, b));
            if !sealed.rows.is_empty() {
                let mut out = self.vault.write(File::create(index::order_path(&self.dir, at))?)?;
                for (_, placed, mark) in &sealed.rows {
                    Entry { offset: placed.offset, len: placed.len, mark: *mark }.write(&mut out)?;
                }
                out.end(self.lasting)?;
            }
            entries.push(IndexEntry {
                report: sealed.report,
                searched: sealed.searched,
                rows: u64_from(sealed.rows.len()),
                bytes: sealed.bytes,
                marks: sealed.marks,
            });
        }
        let index = Index { format: index::FORMAT.into(), fingerprint, collections: entries };
        let aside = self.dir.join(format!("{}.new", index::FILE));
        let mut out = self.vault.write(File::create(&aside)?)?;
        serde_json::to_writer(&mut out, &index).map_err(std::io::Error::from)?;
        out.end(self.lasting)?;
        std::fs::rename(&aside, self.dir.join(index::FILE))?;
        sync(&File::open(&self.dir)?, self.lasting)?;
        Spool::open_in(&self.dir, self.vault)
    }
}

fn sync(file: &File, lasting: bool) -> std::io::Result<()> {
    if lasting { file.sync_all() } else { Ok(()) }
}

fn open_rows(
    files: &mut Vec<Option<RowsFile>>,
    dir: &Path,
    collection: usize,
    vault: &Vault,
) -> Result<(), SpoolError> {
    if files.len() <= collection {
        files.resize_with(collection + 1, || None);
    }
    let Some(slot) = files.get_mut(collection) else { return Ok(()) };
    if slot.is_some() {
        return Ok(());
    }
    let path = index::rows_path(dir, collection);
    let aside = path.with_extension("new");
    let mut out = vault.write(File::create(&aside)?)?;
    // Rows that an earlier spool shares: that one keeps its file as it is.
    let offset = match File::open(&path) {
        Ok(shared) => std::io::copy(&mut vault.read(shared)?, &mut out)?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => 0,
        Err(error) => return Err(error.into()),
    };
    std::fs::rename(&aside, &path)?;
    *slot = Some(RowsFile { out, offset });
    Ok(())
}

fn make_private_dir(dir: &Path) -> Result<(), SpoolError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(dir)?;
    Ok(())
}

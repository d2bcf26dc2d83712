//! Writes a spool: rows as they come, then the order files, then the index.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::value::RawValue;

use crate::base::u64_from;
use crate::bundle::CollectionReport;

use super::index::{self, Index, IndexEntry, Mark, SpoolError};
use super::order::{Entry, natural};
use super::reader::Spool;

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
    generation: u32,
    previous: Option<Spool>,
    files: Vec<Option<RowsFile>>,
    line: Vec<u8>,
}

#[derive(Debug)]
struct RowsFile {
    out: BufWriter<File>,
    path: PathBuf,
    offset: u64,
}

#[derive(Serialize)]
struct Line<'a, K> {
    id: &'a str,
    keys: &'a [K],
    fields: &'a RawValue,
}

impl SpoolWriter {
    /// A new spool in `dir`, which is made if it is not there, readable by its owner only. Whatever an earlier
    /// gather left there is removed.
    ///
    /// # Errors
    /// [`SpoolError::Io`].
    pub fn create(dir: &Path) -> Result<Self, SpoolError> {
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
        Ok(Self { dir: dir.to_owned(), generation: 1, previous: None, files: Vec::new(), line: Vec::new() })
    }

    /// Goes on from a finished spool, to search again what failed.
    #[must_use]
    pub fn resume(previous: Spool) -> Self {
        Self {
            dir: previous.dir.clone(),
            generation: previous.index.generation.saturating_add(1),
            previous: Some(previous),
            files: Vec::new(),
            line: Vec::new(),
        }
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
        open_rows(&mut self.files, &self.dir, collection, self.generation, self.previous.as_ref())?;
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
            let rows_path = match self.files.get_mut(at).and_then(Option::take) {
                Some(mut file) => {
                    file.out.flush()?;
                    file.out.get_ref().sync_data()?;
                    file.path
                }
                None => rows_file(&self.dir, at, self.generation, self.previous.as_ref()),
            };
            sealed.rows.sort_by(|(a, ..), (b, ..)| natural(a, b));
            let order_path = index::order_path(&self.dir, at, self.generation);
            if !sealed.rows.is_empty() {
                let mut out = BufWriter::new(File::create(&order_path)?);
                for (_, placed, mark) in &sealed.rows {
                    Entry { offset: placed.offset, len: placed.len, mark: *mark }.write(&mut out)?;
                }
                out.flush()?;
                out.get_ref().sync_data()?;
            }
            entries.push(IndexEntry {
                report: sealed.report,
                searched: sealed.searched,
                rows_file: name_of(&rows_path),
                order_file: name_of(&order_path),
                rows: u64_from(sealed.rows.len()),
                bytes: sealed.bytes,
                marks: sealed.marks,
            });
        }
        let index =
            Index { format: index::FORMAT.into(), fingerprint, generation: self.generation, collections: entries };
        let aside = self.dir.join(format!("{}.new", index::FILE));
        let mut out = BufWriter::new(File::create(&aside)?);
        serde_json::to_writer(&mut out, &index).map_err(std::io::Error::from)?;
        out.flush()?;
        out.get_ref().sync_all()?;
        std::fs::rename(&aside, self.dir.join(index::FILE))?;
        File::open(&self.dir)?.sync_all()?;
        Spool::open(&self.dir)
    }
}

fn open_rows(
    files: &mut Vec<Option<RowsFile>>,
    dir: &Path,
    collection: usize,
    generation: u32,
    previous: Option<&Spool>,
) -> Result<(), SpoolError> {
    if files.len() <= collection {
        files.resize_with(collection + 1, || None);
    }
    let Some(slot) = files.get_mut(collection) else { return Ok(()) };
    if slot.is_none() {
        let path = rows_file(dir, collection, generation, previous);
        // What a killed retry appended lies past the rows that the index knows, and is never read.
        let file = OpenOptions::new().create(true).append(true).open(&path)?;
        let offset = file.metadata()?.len();
        *slot = Some(RowsFile { out: BufWriter::with_capacity(1 << 16, file), path, offset });
    }
    Ok(())
}

/// A collection searched to its end keeps its file in a retry; one that failed begins a new one.
fn rows_file(dir: &Path, collection: usize, generation: u32, previous: Option<&Spool>) -> PathBuf {
    match previous.and_then(|spool| spool.index.collections.get(collection)) {
        Some(entry) if entry.searched => dir.join(&entry.rows_file),
        Some(_) | None => index::rows_path(dir, collection, generation),
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
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

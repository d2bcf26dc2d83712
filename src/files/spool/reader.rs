//! Reads a finished spool.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::base::{u64_from, usize_from};
use crate::bundle::{BundleError, CollectionReport, Record};

use super::decided::Decided;
use super::index::{Index, IndexEntry, Mark, SpoolError};
use super::order::{ENTRY_BYTES, Entry};
use super::rules::{Decisions, Rules, Standing};
use super::writer::Placed;

/// A finished gather on disk. Opening it reads the index only.
#[derive(Debug, Clone)]
pub struct Spool {
    pub(super) dir: PathBuf,
    pub(super) index: Index,
}

/// A row as the gather put it there.
#[derive(Debug)]
pub struct SpooledRow<'a> {
    /// The record's identifier.
    pub id: Cow<'a, str>,
    /// The keys that the gather reads by themselves.
    pub keys: Vec<Option<Cow<'a, str>>>,
    /// The fields as one JSON object.
    pub fields: &'a str,
    /// Where it lies.
    pub placed: Placed,
}

/// A row as a reviewer sees it.
#[derive(Debug)]
pub struct Reviewed {
    /// The row.
    pub record: Record,
    /// Whether it goes into the bundle as things stand.
    pub standing: Standing,
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    keys: Vec<Option<Cow<'a, str>>>,
    #[serde(borrow)]
    fields: &'a RawValue,
}

impl Spool {
    /// Opens the spool in `dir`.
    ///
    /// # Errors
    /// [`SpoolError::Unfinished`] if no gather ended there, [`SpoolError::Damaged`] if its files are not those that
    /// the gather wrote.
    pub fn open(dir: &Path) -> Result<Self, SpoolError> {
        let index = Index::load(dir)?;
        for entry in index.collections.iter().filter(|entry| entry.rows > 0) {
            let bytes = std::fs::metadata(dir.join(&entry.order_file)).map_or(0, |meta| meta.len());
            if bytes != entry.rows * ENTRY_BYTES || !dir.join(&entry.rows_file).is_file() {
                return Err(SpoolError::Damaged("files missing"));
            }
        }
        Ok(Self { dir: dir.to_owned(), index })
    }

    /// What the gather was for, as it was given when the spool was sealed.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.index.fingerprint
    }

    /// How many collections it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.index.collections.len()
    }

    /// True for a map without collections.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the collection's own search was carried to its end.
    #[must_use]
    pub fn was_searched(&self, collection: usize) -> bool {
        self.index.collections.get(collection).is_some_and(|entry| entry.searched)
    }

    /// The collection's report, its counts left at nought.
    #[must_use]
    pub fn report(&self, collection: usize) -> Option<&CollectionReport> {
        self.index.collections.get(collection).map(|entry| &entry.report)
    }

    /// Rows of the collection, disclosed or not.
    #[must_use]
    pub fn rows(&self, collection: usize) -> u64 {
        self.index.collections.get(collection).map_or(0, |entry| entry.rows)
    }

    /// Bytes of the collection's fields.
    #[must_use]
    pub fn bytes(&self, collection: usize) -> u64 {
        self.index.collections.get(collection).map_or(0, |entry| entry.bytes)
    }

    /// The spool read under these decisions and no other rule.
    ///
    /// # Errors
    /// [`BundleError`] if the rows cannot be read back.
    pub fn with_decisions(&self, decisions: Decisions) -> Result<Decided<'_>, BundleError> {
        self.under(Rules { decisions, ..Rules::default() })
    }

    /// The spool read under these rules.
    ///
    /// # Errors
    /// [`BundleError`] if the rows cannot be read back.
    pub fn under(&self, rules: Rules) -> Result<Decided<'_>, BundleError> {
        Decided::new(self, rules)
    }

    /// Up to `limit` rows of the collection from the `from`th on, in the order of the bundle, with their standing.
    ///
    /// # Errors
    /// [`BundleError`] if the rows cannot be read back.
    pub fn page(
        &self,
        collection: usize,
        from: u64,
        limit: usize,
        rules: &Rules,
    ) -> Result<Vec<Reviewed>, BundleError> {
        let Some(entry) = self.index.collections.get(collection) else { return Ok(Vec::new()) };
        let mut page = Vec::new();
        self.walk(entry, from, u64_from(limit), &mut |row, mark| {
            page.push(Reviewed { standing: rules.standing(&row.id, mark), record: record(&row, mark)? });
            Ok(())
        })?;
        Ok(page)
    }

    /// Every row of the collection in the order of the bundle, with its mark.
    ///
    /// # Errors
    /// What `each` returns, or [`BundleError`] if the rows cannot be read back.
    pub fn each_row(
        &self,
        collection: usize,
        each: &mut dyn FnMut(SpooledRow<'_>, &Mark) -> Result<(), BundleError>,
    ) -> Result<(), BundleError> {
        match self.index.collections.get(collection) {
            Some(entry) => self.walk(entry, 0, entry.rows, each),
            None => Ok(()),
        }
    }

    /// How many rows of the collection stand under each mark.
    pub(super) fn rows_by_mark(&self, collection: usize) -> Result<Vec<(&Mark, u64)>, BundleError> {
        let Some(entry) = self.index.collections.get(collection) else { return Ok(Vec::new()) };
        let mut counts: Vec<(&Mark, u64)> = entry.marks.iter().map(|mark| (mark, 0)).collect();
        if entry.rows > 0 {
            let mut order = BufReader::new(File::open(self.dir.join(&entry.order_file))?);
            for _ in 0..entry.rows {
                let mark = Entry::read(&mut order)?.mark;
                let slot = usize::try_from(mark).ok().and_then(|at| counts.get_mut(at));
                slot.ok_or_else(|| BundleError::Spool(entry.order_file.clone()))?.1 += 1;
            }
        }
        counts.retain(|(_, rows)| *rows > 0);
        Ok(counts)
    }

    fn walk(
        &self,
        entry: &IndexEntry,
        from: u64,
        limit: u64,
        each: &mut dyn FnMut(SpooledRow<'_>, &Mark) -> Result<(), BundleError>,
    ) -> Result<(), BundleError> {
        let count = limit.min(entry.rows.saturating_sub(from));
        if count == 0 {
            return Ok(());
        }
        let mut order = BufReader::new(File::open(self.dir.join(&entry.order_file))?);
        order.seek(SeekFrom::Start(from * ENTRY_BYTES))?;
        let mut rows = BufReader::with_capacity(1 << 17, File::open(self.dir.join(&entry.rows_file))?);
        let mut at: u64 = 0;
        let mut line = Vec::new();
        for _ in 0..count {
            let place = Entry::read(&mut order)?;
            // Rows mostly lie in order, and a relative seek keeps what has been read ahead.
            let step = i64::try_from(place.offset).unwrap_or(i64::MAX) - i64::try_from(at).unwrap_or(i64::MAX);
            rows.seek_relative(step)?;
            line.resize(usize_from(u64::from(place.len)), 0);
            rows.read_exact(&mut line)?;
            at = place.offset + u64::from(place.len);
            let damaged = || BundleError::Spool(format!("{}, at byte {}", entry.rows_file, place.offset));
            let read: Line<'_> = serde_json::from_slice(&line).map_err(|_| damaged())?;
            let mark = usize::try_from(place.mark).ok().and_then(|at| entry.marks.get(at)).ok_or_else(damaged)?;
            let placed = Placed { offset: place.offset, len: place.len };
            each(SpooledRow { id: read.id, keys: read.keys, fields: read.fields.get(), placed }, mark)?;
        }
        Ok(())
    }
}

/// The row as a record of the bundle.
pub(super) fn record(row: &SpooledRow<'_>, mark: &Mark) -> Result<Record, BundleError> {
    let fields = RawValue::from_string(row.fields.to_owned())
        .map_err(|error| BundleError::Spool(format!("record {}: line {}", row.id, error.line())))?;
    Ok(Record { id: row.id.clone().into_owned(), matched_on: mark.matched_on.clone(), fields })
}

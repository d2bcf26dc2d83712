//! Reads a finished spool.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::base::usize_from;
use crate::bundle::{BundleError, CollectionReport, Record};

use super::candidate::Candidate;
use super::decided::Decided;
use super::index::{self, Index, Mark, SpoolError};
use super::order::{ENTRY_BYTES, Entry, natural};
use super::rules::{Decisions, Rules, Standing};
use super::writer::Placed;
use crate::files::vault::{Reading, Vault};

/// A finished gather on disk. Opening it reads the index only.
#[derive(Debug, Clone)]
pub struct Spool {
    pub(super) dir: PathBuf,
    pub(super) index: Index,
    pub(super) vault: Vault,
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
    /// The index of its collection.
    pub collection: usize,
    /// The row.
    pub record: Record,
    /// Whether it goes into the bundle as things stand.
    pub standing: Standing,
    /// Why it might be the person's, or might not; none where nothing is in doubt.
    pub candidate: Option<Candidate>,
    /// Whom else it concerns, in words without a value.
    pub third_parties: Vec<String>,
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
    /// Opens the spool in `dir` that was written unsealed.
    ///
    /// # Errors
    /// As [`Self::open_in`].
    pub fn open(dir: &Path) -> Result<Self, SpoolError> {
        Self::open_in(dir, Vault::open())
    }

    /// Opens the spool in `dir`.
    ///
    /// # Errors
    /// [`SpoolError::Unfinished`] if no gather ended there, [`SpoolError::Damaged`] if its files are not those that
    /// the gather wrote.
    pub fn open_in(dir: &Path, vault: Vault) -> Result<Self, SpoolError> {
        let index = Index::load(dir, &vault)?;
        for (at, entry) in index.collections.iter().enumerate().filter(|(_, entry)| entry.rows > 0) {
            let bytes = match vault.len(&index::order_path(dir, at)) {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => 0,
                Err(error) => return Err(error.into()),
            };
            if bytes != entry.rows * ENTRY_BYTES || !index::rows_path(dir, at).is_file() {
                return Err(SpoolError::Damaged("files missing"));
            }
        }
        Ok(Self { dir: dir.to_owned(), index, vault })
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

    /// Up to `limit` rows from the `from`th on, counted through all collections in the order of the bundle, each with
    /// its standing under `rules`.
    ///
    /// # Errors
    /// [`BundleError`] if the rows cannot be read back.
    pub fn page(&self, from: u64, limit: u64, rules: &Rules) -> Result<Vec<Reviewed>, BundleError> {
        let mut page = Vec::new();
        let (mut skip, mut left) = (from, limit);
        for collection in 0..self.len() {
            let rows = self.rows(collection);
            if skip < rows && left > 0 {
                self.walk(collection, skip, left, &mut |row, mark| {
                    left -= 1;
                    page.push(reviewed(collection, &row, mark, rules)?);
                    Ok(())
                })?;
            }
            skip = skip.saturating_sub(rows);
        }
        Ok(page)
    }

    /// The row with this identifier. Looks at a few rows of each collection: they stand in order.
    ///
    /// # Errors
    /// [`BundleError`] if the rows cannot be read back.
    pub fn find(&self, id: &str, rules: &Rules) -> Result<Option<Reviewed>, BundleError> {
        Ok(self.place(id, rules)?.map(|(_, row)| row))
    }

    /// The same with its position, counted through all collections.
    ///
    /// # Errors
    /// [`BundleError`] if the rows cannot be read back.
    pub fn place(&self, id: &str, rules: &Rules) -> Result<Option<(u64, Reviewed)>, BundleError> {
        let mut before = 0;
        for collection in 0..self.len() {
            let (mut low, mut high) = (0, self.rows(collection));
            while low < high {
                let middle = low + (high - low) / 2;
                let mut side = Ordering::Equal;
                let mut found = None;
                self.walk(collection, middle, 1, &mut |row, mark| {
                    side = natural(&row.id, id);
                    if side.is_eq() {
                        found = Some(reviewed(collection, &row, mark, rules)?);
                    }
                    Ok(())
                })?;
                match side {
                    Ordering::Less => low = middle + 1,
                    Ordering::Greater => high = middle,
                    Ordering::Equal => return Ok(found.map(|row| (before + middle, row))),
                }
            }
            before += self.rows(collection);
        }
        Ok(None)
    }

    /// Calls `each` with the identifier and standing of every row that is not disclosed under `rules`.
    ///
    /// # Errors
    /// [`BundleError`] if the rows cannot be read back.
    pub fn each_held(&self, rules: &Rules, each: &mut dyn FnMut(&str, &Standing)) -> Result<(), BundleError> {
        for collection in 0..self.len() {
            let held = |(mark, _): &(&Mark, u64)| rules.standing("", mark) != Standing::Disclose;
            if rules.decisions.is_empty() && !self.rows_by_mark(collection)?.iter().any(held) {
                continue;
            }
            self.each_row(collection, &mut |row, mark| {
                let standing = rules.standing(&row.id, mark);
                if standing != Standing::Disclose {
                    each(&row.id, &standing);
                }
                Ok(())
            })?;
        }
        Ok(())
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
        self.walk(collection, 0, self.rows(collection), each)
    }

    /// How many rows of the collection stand under each mark.
    pub(super) fn rows_by_mark(&self, collection: usize) -> Result<Vec<(&Mark, u64)>, BundleError> {
        let Some(entry) = self.index.collections.get(collection) else { return Ok(Vec::new()) };
        let mut counts: Vec<(&Mark, u64)> = entry.marks.iter().map(|mark| (mark, 0)).collect();
        if entry.rows > 0 {
            let mut order = BufReader::new(self.file(&index::order_path(&self.dir, collection))?);
            for _ in 0..entry.rows {
                let mark = Entry::read(&mut order)?.mark;
                let slot = usize::try_from(mark).ok().and_then(|at| counts.get_mut(at));
                slot.ok_or_else(|| BundleError::Spool("a mark that the index does not have".into()))?.1 += 1;
            }
        }
        counts.retain(|(_, rows)| *rows > 0);
        Ok(counts)
    }

    /// Opens one of its files.
    pub(super) fn file(&self, path: &Path) -> std::io::Result<Reading> {
        self.vault.read(File::open(path)?)
    }

    fn walk(
        &self,
        collection: usize,
        from: u64,
        limit: u64,
        each: &mut dyn FnMut(SpooledRow<'_>, &Mark) -> Result<(), BundleError>,
    ) -> Result<(), BundleError> {
        let Some(entry) = self.index.collections.get(collection) else { return Ok(()) };
        let count = limit.min(entry.rows.saturating_sub(from));
        if count == 0 {
            return Ok(());
        }
        let mut order = BufReader::new(self.file(&index::order_path(&self.dir, collection))?);
        order.seek(SeekFrom::Start(from * ENTRY_BYTES))?;
        let mut rows = BufReader::with_capacity(1 << 17, self.file(&index::rows_path(&self.dir, collection))?);
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
            let damaged = || BundleError::Spool(format!("{}, at byte {}", entry.report.collection, place.offset));
            let read: Line<'_> = serde_json::from_slice(&line).map_err(|_| damaged())?;
            let mark = usize::try_from(place.mark).ok().and_then(|at| entry.marks.get(at)).ok_or_else(damaged)?;
            let placed = Placed { offset: place.offset, len: place.len };
            each(SpooledRow { id: read.id, keys: read.keys, fields: read.fields.get(), placed }, mark)?;
        }
        Ok(())
    }
}

fn reviewed(collection: usize, row: &SpooledRow<'_>, mark: &Mark, rules: &Rules) -> Result<Reviewed, BundleError> {
    Ok(Reviewed {
        collection,
        standing: rules.standing(&row.id, mark),
        record: record(row, mark)?,
        candidate: mark.candidate.clone(),
        third_parties: mark.third_parties.clone(),
    })
}

/// The row as a record of the bundle.
pub(super) fn record(row: &SpooledRow<'_>, mark: &Mark) -> Result<Record, BundleError> {
    let fields = RawValue::from_string(row.fields.to_owned())
        .map_err(|error| BundleError::Spool(format!("record {}: line {}", row.id, error.line())))?;
    Ok(Record { id: row.id.clone().into_owned(), matched_on: mark.matched_on.clone(), fields })
}

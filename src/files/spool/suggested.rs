//! The suggestions that were worked out for a spool, beside its rows: JSON lines in the order of the rows, an index of
//! where each row's line lies, and a summary that is renamed into place last. They are removed with the spool.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::base::u64_from;
use crate::review::suggest::{Kind, Suggestion};

use super::index::SpoolError;
use super::reader::Spool;
use crate::files::vault::{Vault, Writing};

const LINES: &str = "suggested.ndjson";
const PLACES: &str = "suggested.bin";
const SUMMARY: &str = "suggested.json";
/// An entry of the index: the row's position and where its line begins, little-endian.
const ENTRY: u64 = 16;

/// What was suggested, in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuggestionSummary {
    /// Suggestions.
    pub suggestions: u64,
    /// Records with one.
    pub records: u64,
    /// By kind.
    pub kinds: BTreeMap<Kind, u64>,
    /// Datasets whose names could not be read to the end: names held there may be missed.
    pub unread: Vec<String>,
    /// The standing rules that were in force, by identifier.
    pub rules: Vec<String>,
}

#[derive(Serialize)]
struct Line<'a> {
    place: u64,
    record: &'a str,
    suggestions: &'a [Suggestion],
}

/// A row's suggestions.
#[derive(Debug, Clone, Deserialize)]
pub struct Suggested {
    /// Its position, counted through all collections.
    pub place: u64,
    /// The record.
    pub record: String,
    /// At least one.
    pub suggestions: Vec<Suggestion>,
}

/// Suggestions that are being written.
#[derive(Debug)]
pub struct SuggestionsWriter {
    dir: PathBuf,
    vault: Vault,
    lines: Writing,
    places: Writing,
    offset: u64,
    summary: SuggestionSummary,
}

impl SuggestionsWriter {
    /// Of `spool`; what was worked out before counts no more.
    ///
    /// # Errors
    /// [`SpoolError::Io`].
    pub fn create(spool: &Spool) -> Result<Self, SpoolError> {
        let dir = spool.dir.clone();
        match std::fs::remove_file(dir.join(SUMMARY)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            Ok(()) | Err(_) => {}
        }
        let vault = spool.vault.clone();
        let lines = vault.write(File::create(dir.join(LINES))?)?;
        let places = vault.write(File::create(dir.join(PLACES))?)?;
        Ok(Self { dir, vault, lines, places, offset: 0, summary: SuggestionSummary::default() })
    }

    /// Appends a row's suggestions; rows come in the order of their positions.
    ///
    /// # Errors
    /// [`SpoolError::Io`].
    pub fn append(&mut self, place: u64, record: &str, suggestions: &[Suggestion]) -> Result<(), SpoolError> {
        if suggestions.is_empty() {
            return Ok(());
        }
        let mut line = serde_json::to_vec(&Line { place, record, suggestions }).map_err(std::io::Error::from)?;
        line.push(b'\n');
        self.places.write_all(&place.to_le_bytes())?;
        self.places.write_all(&self.offset.to_le_bytes())?;
        self.lines.write_all(&line)?;
        self.offset += u64_from(line.len());
        self.summary.records += 1;
        for suggestion in suggestions {
            self.summary.suggestions += 1;
            *self.summary.kinds.entry(suggestion.kind).or_default() += 1;
        }
        Ok(())
    }

    /// Ends them.
    ///
    /// # Errors
    /// [`SpoolError::Io`].
    pub fn finish(mut self, unread: Vec<String>, rules: Vec<String>) -> Result<SuggestionSummary, SpoolError> {
        self.lines.end(true)?;
        self.places.end(true)?;
        self.summary.unread = unread;
        self.summary.rules = rules;
        let aside = self.dir.join(format!("{SUMMARY}.new"));
        let mut out = self.vault.write(File::create(&aside)?)?;
        out.write_all(&serde_json::to_vec(&self.summary).map_err(std::io::Error::from)?)?;
        out.end(true)?;
        std::fs::rename(&aside, self.dir.join(SUMMARY))?;
        File::open(&self.dir)?.sync_all()?;
        Ok(self.summary)
    }
}

/// The suggestions of a spool.
#[derive(Debug)]
pub struct Suggestions {
    spool: Spool,
    /// In numbers.
    pub summary: SuggestionSummary,
}

impl Suggestions {
    /// Those of `spool`; none while they are not worked out.
    ///
    /// # Errors
    /// [`SpoolError`] if they are damaged.
    pub fn open(spool: &Spool) -> Result<Option<Self>, SpoolError> {
        let mut text = Vec::new();
        match spool.file(&spool.dir.join(SUMMARY)) {
            Ok(mut file) => file.read_to_end(&mut text)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let summary = serde_json::from_slice(&text).map_err(|_| SpoolError::Damaged("suggestions"))?;
        Ok(Some(Self { spool: spool.clone(), summary }))
    }

    /// Calls `each` with the suggestions of every row from position `from` on, in order; stops where it gives false.
    ///
    /// # Errors
    /// What `each` returns; [`SpoolError`] if they are damaged.
    pub fn each<E: From<SpoolError>>(
        &self,
        from: u64,
        each: &mut dyn FnMut(Suggested) -> Result<bool, E>,
    ) -> Result<(), E> {
        let Some(offset) = self.offset(from)? else { return Ok(()) };
        let mut lines = self.spool.file(&self.spool.dir.join(LINES)).map_err(SpoolError::from)?;
        lines.seek(SeekFrom::Start(offset)).map_err(SpoolError::from)?;
        let lines = BufReader::with_capacity(1 << 16, lines);
        for line in lines.lines() {
            let line = line.map_err(SpoolError::from)?;
            let row = serde_json::from_str(&line).map_err(|_| SpoolError::Damaged("suggestions"))?;
            if !each(row)? {
                break;
            }
        }
        Ok(())
    }

    /// Those of the row at `place`.
    ///
    /// # Errors
    /// [`SpoolError`] if they are damaged.
    pub fn at(&self, place: u64) -> Result<Vec<Suggestion>, SpoolError> {
        let mut found = Vec::new();
        self.each(place, &mut |row| -> Result<bool, SpoolError> {
            if row.place == place {
                found = row.suggestions;
            }
            Ok(false)
        })?;
        Ok(found)
    }

    /// Where the first line of a row at `from` or after it begins.
    fn offset(&self, from: u64) -> Result<Option<u64>, SpoolError> {
        let mut places = self.spool.file(&self.spool.dir.join(PLACES))?;
        let (mut low, mut high) = (0, places.len() / ENTRY);
        let count = high;
        let mut read = |at: u64| -> Result<(u64, u64), SpoolError> {
            let (mut place, mut offset) = ([0; 8], [0; 8]);
            places.seek(SeekFrom::Start(at * ENTRY))?;
            places.read_exact(&mut place)?;
            places.read_exact(&mut offset)?;
            Ok((u64::from_le_bytes(place), u64::from_le_bytes(offset)))
        };
        while low < high {
            let middle = low + (high - low) / 2;
            if read(middle)?.0 < from { low = middle + 1 } else { high = middle }
        }
        if low < count { Ok(Some(read(low)?.1)) } else { Ok(None) }
    }
}

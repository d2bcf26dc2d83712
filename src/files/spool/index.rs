//! The index of a spool: the one file that makes it whole.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::bundle::CollectionReport;

use super::candidate::Candidate;
use super::rules::Held;
use crate::files::vault::Vault;

pub(super) const FORMAT: &str = "rightsdesk-spool/1";
pub(super) const FILE: &str = "index.json";

/// Why a spool could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum SpoolError {
    /// The disk failed or is full.
    #[error("the spool of gathered records could not be written or read: {0}")]
    Io(#[from] std::io::Error),
    /// There is no index: the gather never ended.
    #[error("no finished gather lies there; run the gather first")]
    Unfinished,
    /// A file does not say what the writer wrote.
    #[error("the spool of gathered records is damaged ({0}); run the gather again")]
    Damaged(&'static str),
    /// A retry would write over the spool that it goes on from.
    #[error("a retry needs a folder of its own, beside that of the gather it goes on from")]
    SameFolder,
    /// The spool holds another person's rows, or another map's.
    #[error("the spool is of another gather: it was made for another person or with another data map")]
    Foreign,
}

/// What is true of a row besides its values. Rows with the same mark share one entry in the index.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mark {
    /// Why the row was reached, as `email` or `event_bookings.event_id`.
    pub matched_on: Vec<String>,
    /// The same as the gather numbers them, for a retry to go on from.
    pub reasons: Vec<u16>,
    /// Why it only might be the person's, in words; none if a verified identifier or a reference leads to it.
    pub possible: Option<String>,
    /// Why it is held, though reached.
    pub held: Option<Held>,
    /// Why it is doubted although a verified identifier found it; kept beside `held`, which a ruling may lift.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<Held>,
    /// Why it is not asked for, whatever else is said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unasked: Option<Held>,
    /// What a person must look at first, in words.
    pub review: Option<String>,
    /// Why it might be the person's, or might not, for a caseworker; none where nothing is in doubt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub candidate: Option<Candidate>,
    /// Whom else the row concerns, in words without a value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub third_parties: Vec<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Index {
    pub(super) format: String,
    /// What the gather was for: a digest of person and map.
    pub(super) fingerprint: String,
    pub(super) collections: Vec<IndexEntry>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct IndexEntry {
    /// `found`, `disclosed` and `withheld` are filled in when the spool is read, under the rules of the reading.
    pub(super) report: CollectionReport,
    /// Its own search was carried to the end.
    pub(super) searched: bool,
    pub(super) rows: u64,
    /// Bytes of the records' fields.
    pub(super) bytes: u64,
    pub(super) marks: Vec<Mark>,
}

impl Index {
    pub(super) fn load(dir: &Path, vault: &Vault) -> Result<Self, SpoolError> {
        let file = match File::open(dir.join(FILE)) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(SpoolError::Unfinished),
            Err(error) => return Err(error.into()),
        };
        let mut text = Vec::new();
        vault.read(file)?.read_to_end(&mut text)?;
        let index: Self = serde_json::from_slice(&text).map_err(|_| SpoolError::Damaged("index"))?;
        if index.format == FORMAT { Ok(index) } else { Err(SpoolError::Damaged("format")) }
    }
}

pub(super) fn rows_path(dir: &Path, collection: usize) -> PathBuf {
    dir.join(format!("rows-{collection:04}.ndjson"))
}

pub(super) fn order_path(dir: &Path, collection: usize) -> PathBuf {
    dir.join(format!("order-{collection:04}.bin"))
}

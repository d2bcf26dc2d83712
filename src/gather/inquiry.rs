//! What a gather is asked.

use std::collections::BTreeSet;

use crate::datamap::DataMap;
use crate::matching::Model;
use crate::subject::{Identifier, Subject, Verified};

use super::asked::Asked;

/// What caseworkers have said of this person's records and identifiers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rulings {
    /// Identifiers that a caseworker confirmed to be theirs: they lead to records as verified ones do.
    pub confirmed: Vec<Identifier>,
    /// Records, by identifier, that a caseworker found to be theirs.
    pub theirs: BTreeSet<String>,
    /// Records that a caseworker found to be about somebody else.
    pub not_theirs: BTreeSet<String>,
}

/// How far a search for what no key leads to may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Tables of up to so many rows are read through and compared row by row; larger ones are searched blocked.
    pub scan_rows: u64,
    /// Candidates and mentions kept of one collection: the likeliest.
    pub candidates: usize,
}

impl Default for Reach {
    fn default() -> Self {
        Self { scan_rows: 5_000_000, candidates: 1_000 }
    }
}

/// A gather's question.
#[derive(Debug)]
pub struct Inquiry<'a> {
    /// Where to search.
    pub map: &'a DataMap,
    /// For whom.
    pub subject: &'a Verified<Subject>,
    /// How evidence is weighed.
    pub model: &'a Model,
    /// How far to go.
    pub reach: Reach,
    /// What caseworkers have said.
    pub rulings: &'a Rulings,
    /// What is asked for.
    pub asked: &'a Asked,
}

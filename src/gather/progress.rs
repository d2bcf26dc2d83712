//! How far a gather has come.

use std::collections::BTreeSet;

use crate::base::u64_from;
use crate::sources::Search;

/// Hears how far a gather has come. Gets names and counts, never a value.
pub trait Progress {
    /// A search of this collection begins.
    fn searching(&self, source: &str, collection: &str);

    /// So many rows have been found so far, in all.
    fn found(&self, rows: u64);

    /// A search has ended.
    fn searched(&self, _search: Searched) {}
}

/// By which rule a search was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Identifiers and particulars of the person.
    Identifiers,
    /// A reference of the data map.
    Reference,
    /// Every row was read and compared.
    ReadThrough,
}

impl Rule {
    /// The word in stored rows and answers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identifiers => "identifiers",
            Self::Reference => "reference",
            Self::ReadThrough => "read_through",
        }
    }
}

/// A search that has ended, for the log: names and counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Searched {
    /// The source.
    pub source: String,
    /// The collection.
    pub collection: String,
    /// The columns searched; none if every row was read.
    pub columns: Vec<String>,
    /// By which rule.
    pub rule: Rule,
    /// How many values were searched for.
    pub values: u64,
    /// How many rows it added to what had been found.
    pub found: u64,
    /// Why it did not come to its end.
    pub problem: Option<String>,
}

impl Searched {
    /// The entry for one search of one collection.
    pub(super) fn of(
        source: &str,
        collection: &str,
        search: &Search<'_>,
        found: u64,
        problem: Option<&String>,
    ) -> Self {
        let (rule, columns, values) = match search {
            Search::All | Search::First(_) => (Rule::ReadThrough, BTreeSet::new(), 0),
            Search::Keys { column, values } => (Rule::Reference, BTreeSet::from([column.name.clone()]), values.len()),
            Search::Any(needles) => {
                let texts: BTreeSet<&str> = needles.iter().map(|needle| needle.text).collect();
                let columns = needles.iter().map(|needle| needle.column.name.clone()).collect();
                (Rule::Identifiers, columns, texts.len())
            }
        };
        Self {
            source: source.to_owned(),
            collection: collection.to_owned(),
            columns: columns.into_iter().collect(),
            rule,
            values: u64_from(values),
            found,
            problem: problem.cloned(),
        }
    }
}

/// Tells nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn searching(&self, _source: &str, _collection: &str) {}
    fn found(&self, _rows: u64) {}
}

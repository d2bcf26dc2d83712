//! What a source is asked, and what it answers: the seam behind which every kind of source stands.

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::time::Duration;

use crate::datamap::{Everything, LiveColumn, LiveSchema, LiveTable};

use super::error::SourceError;

/// How long a source may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// To connect.
    pub connect: Duration,
    /// For one search.
    pub search: Duration,
    /// Most rows of one gather. Past it the search ends and is reported as failed.
    pub rows: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connect: Duration::from_secs(10), search: Duration::from_secs(300), rows: 2_000_000 }
    }
}

/// What the account that a source is read with could do besides reading, in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// What it should not be able to do: `INSERT on public.accounts`.
    pub excess: Vec<String>,
    /// What stands in the way of a complete search.
    pub blind: Vec<String>,
    /// What is as it is, and worth knowing.
    pub notices: Vec<String>,
}

/// A database, a folder of files, a web service: whatever holds records. Read-only.
pub trait Source: Send {
    /// The tables and views with these names (a name may have its schema before it), as they are now.
    ///
    /// # Errors
    /// [`SourceError`] if the source cannot be read.
    fn schema(&mut self, names: &[&str]) -> Result<LiveSchema, SourceError>;

    /// Every table and view that is there, and how they refer to each other. `names` is how the data map calls those that it
    /// has: a folder's files may be called in several ways.
    ///
    /// # Errors
    /// [`SourceError`] if the source cannot be read.
    fn everything(&mut self, names: &[&str]) -> Result<Everything, SourceError>;

    /// What the account could do besides reading, by what the source says of it; nothing is tried.
    ///
    /// # Errors
    /// [`SourceError`] if the source cannot be read.
    fn account(&mut self) -> Result<Account, SourceError>;

    /// What the source has said of itself besides rows, in words.
    fn told(&self) -> Option<String> {
        None
    }

    /// Gives every row that the search finds to `each`, one at a time, none collected; stops where `each` breaks.
    /// After an error the rows already given are not all of them.
    ///
    /// # Errors
    /// [`SourceError`] if the search could not be carried to its end.
    fn rows(
        &mut self,
        query: &RowQuery<'_>,
        each: &mut dyn FnMut(SourceRow<'_>) -> ControlFlow<()>,
    ) -> Result<(), SourceError>;
}

/// One search of one table. Table and columns are those of the live schema: a name that is not there cannot be asked.
#[derive(Debug, Clone, Copy)]
pub struct RowQuery<'a> {
    /// Where to search.
    pub table: &'a LiveTable,
    /// The columns of the answer, each with the name that the data map has for it.
    pub fields: &'a [(&'a str, &'a LiveColumn)],
    /// The columns that the caller needs by themselves, as text.
    pub keys: &'a [&'a LiveColumn],
    /// What to search for.
    pub search: Search<'a>,
}

/// What to search for.
#[derive(Debug, Clone, Copy)]
pub enum Search<'a> {
    /// Every row: what `matching` reads through, its columns alone.
    All,
    /// Some rows, whichever come first, at most so many.
    First(u64),
    /// Rows in which any needle is found. May give rows that only look like it; the caller decides.
    Any(&'a [Needle<'a>]),
    /// Rows whose column equals one of the values, and no others.
    Keys {
        /// The column.
        column: &'a LiveColumn,
        /// The values as text, as a source gives keys; none twice.
        values: &'a [&'a str],
    },
}

/// Something to look for in a column, loosely.
#[derive(Debug, Clone, Copy)]
pub struct Needle<'a> {
    /// The column.
    pub column: &'a LiveColumn,
    /// ASCII text in lower case; ASCII letters are compared without regard to case.
    pub text: &'a str,
    /// How the text must stand in the column.
    pub shape: Shape,
    /// What must be found in the same row too. A source may pass it over: it gives more rows then, and never fewer.
    pub also: Option<&'a Needle<'a>>,
}

/// How a needle stands in a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Together, anywhere.
    Together,
    /// In this order, with anything between (the digits of a telephone number). Letters and digits only.
    InOrder,
    /// At the beginning of the value.
    Start,
    /// The whole value, letter case included: an index on the column serves.
    Whole,
    /// The whole value in lower case: an index on `lower(column)` serves.
    Lowered,
}

/// One row.
#[derive(Debug)]
pub struct SourceRow<'r> {
    /// The asked fields as one JSON object on one line, byte-true: number text as the source writes it, bytes as the
    /// text `\x` and hexadecimal digits, not-a-number and the infinities as text.
    pub fields: &'r str,
    /// The asked keys as text; none for NULL.
    pub keys: &'r [Option<Cow<'r, str>>],
    /// Some value was text by its type and not by its bytes: it is given as bytes are, or with replacement characters.
    pub broken_text: bool,
    /// The key that was searched for stands in the row as it was given. False: the source takes two writings for equal
    /// (letter case, accents, spaces at the end) that are not the same text.
    pub exact: bool,
}

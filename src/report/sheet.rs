//! A report as tables: what every format writes, so that the same numbers stand in each.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::days::Tenths;
use crate::base::{Moment, words};

words! {
    /// The formats of a report.
    Format, "the format" {
        /// For programs; `docs/REPORTS.md` names its schema.
        Json = "json",
        /// One table, RFC 4180.
        Csv = "csv",
        /// A workbook with every table.
        Xlsx = "xlsx",
        /// For reading and printing; tagged.
        Pdf = "pdf",
    }
}

impl Format {
    /// The media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pdf => "application/pdf",
        }
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A whole number.
    Whole,
    /// Per cent with one decimal.
    Share,
    /// A number with one decimal.
    Tenths,
    /// A date.
    Date,
    /// What it holds differs from row to row.
    Mixed,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name in JSON and CSV.
    pub key: &'static str,
    /// What people read.
    pub label: Cow<'static, str>,
    /// What it holds.
    pub kind: Kind,
    /// About how many characters wide.
    pub width: u16,
}

impl Column {
    /// A column.
    #[must_use]
    pub fn new(key: &'static str, label: impl Into<Cow<'static, str>>, kind: Kind, width: u16) -> Self {
        Self { key, label: label.into(), kind, width }
    }
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Words.
    Text(Cow<'a, str>),
    /// A whole number.
    Whole(u64),
    /// Per cent with one decimal.
    Share(Tenths),
    /// A number with one decimal.
    Tenths(Tenths),
    /// A date.
    Date(NaiveDate),
}

impl<'a> Cell<'a> {
    /// The same, holding its words itself.
    #[must_use]
    pub fn into_owned(self) -> Cell<'static> {
        match self {
            Self::Empty => Cell::Empty,
            Self::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
            Self::Whole(n) => Cell::Whole(n),
            Self::Share(n) => Cell::Share(n),
            Self::Tenths(n) => Cell::Tenths(n),
            Self::Date(on) => Cell::Date(on),
        }
    }

    /// Words.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// A date, or nothing.
    #[must_use]
    pub fn date(on: Option<NaiveDate>) -> Self {
        on.map_or(Self::Empty, Self::Date)
    }

    /// A whole number, or nothing.
    #[must_use]
    pub fn whole(n: Option<u64>) -> Self {
        n.map_or(Self::Empty, Self::Whole)
    }

    /// A word, or nothing.
    #[must_use]
    pub fn word(word: Option<&'a str>) -> Self {
        word.map_or(Self::Empty, |word| Self::Text(Cow::Borrowed(word)))
    }
}

impl std::fmt::Display for Cell<'_> {
    /// As CSV and PDF write it: dates as ISO 8601, a share without its sign.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Whole(n) => n.fmt(f),
            Self::Share(n) | Self::Tenths(n) => n.fmt(f),
            Self::Date(on) => on.fmt(f),
        }
    }
}

/// A table of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its name in JSON, and as a part of CSV.
    pub key: &'static str,
    /// What people read; at most 31 characters, the limit of a workbook.
    pub title: &'static str,
    /// What it is, in a sentence.
    pub about: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Vec<Cell<'static>>>,
    /// The columns that fit on paper; all, if empty.
    pub on_paper: Vec<&'static str>,
    /// Whether it is printed at all.
    pub printed: bool,
}

impl Sheet {
    /// Where the columns that fit on paper stand.
    #[must_use]
    pub fn paper_columns(&self) -> Vec<usize> {
        let wanted = |column: &Column| self.on_paper.is_empty() || self.on_paper.contains(&column.key);
        self.columns.iter().enumerate().filter(|(_, column)| wanted(column)).map(|(at, _)| at).collect()
    }
}

/// What stands before the tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Front {
    /// `deadlines`, `backlog` or `foi`.
    pub report: &'static str,
    /// What people read.
    pub title: String,
    /// Whose report it is.
    pub controller: String,
    /// What it is about, each with its name in JSON: `period_from`, `as_at`.
    pub facts: Vec<(&'static str, &'static str, String)>,
    /// When it was made.
    pub made_at: Moment,
    /// By which software.
    pub software: String,
}

/// A report could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The file could not be written.
    #[error("the report could not be written: {0}")]
    Io(#[from] std::io::Error),
    /// A part of it could not be made.
    #[error("the report could not be made: {0}")]
    Part(String),
    /// There is no such table.
    #[error("this report has no part of that name: choose one of {0}")]
    NoPart(String),
}

/// Writes a report: the front, then the lines of cases as they come, then the tables that are known at the end.
pub trait Output {
    /// One line of the list of cases.
    ///
    /// # Errors
    /// [`ReportError`].
    fn line(&mut self, cells: &[Cell<'_>]) -> Result<(), ReportError>;

    /// The tables, and the end.
    ///
    /// # Errors
    /// [`ReportError`].
    fn finish(self: Box<Self>, sheets: &[Sheet]) -> Result<(), ReportError>;
}

/// The list of cases of a report: its columns, or none if it has no such list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    /// The columns.
    pub columns: Vec<Column>,
    /// The columns that fit on paper.
    pub on_paper: Vec<&'static str>,
}

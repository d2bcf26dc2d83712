//! What a row is made of, whichever database it goes to.

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate};

use super::FillError;

/// How a column keeps its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// A whole number of 64 bits.
    Whole,
    /// A whole number of 32 bits.
    Integer,
    /// A whole number of 16 bits.
    Small,
    /// Words.
    Text,
    /// Yes or no.
    Boolean,
    /// A binary fraction.
    Real,
    /// Money: exact, two decimals.
    Money,
    /// A calendar day.
    Day,
    /// An instant to the second, UTC.
    Second,
    /// An instant to the millisecond, UTC.
    Millisecond,
    /// A list of words: an array on PostgreSQL, JSON text elsewhere.
    List,
    /// A UUID, hyphenated lower case.
    Uuid,
    /// An internet address.
    Address,
}

impl ColumnKind {
    /// The type's name on PostgreSQL.
    #[must_use]
    pub fn postgres(self) -> &'static str {
        match self {
            Self::Whole => "bigint",
            Self::Integer => "integer",
            Self::Small => "smallint",
            Self::Text => "text",
            Self::Boolean => "boolean",
            Self::Real => "double precision",
            Self::Money => "numeric",
            Self::Day => "date",
            Self::Second | Self::Millisecond => "timestamptz",
            Self::List => "text[]",
            Self::Uuid => "uuid",
            Self::Address => "inet",
        }
    }
}

/// A column of a table that is filled.
#[derive(Debug, Clone, Copy)]
pub struct ColumnSpec {
    /// Its name, the same on every backend.
    pub name: &'static str,
    /// How it keeps values.
    pub kind: ColumnKind,
}

/// A table that is filled.
#[derive(Debug, Clone, Copy)]
pub struct TableSpec {
    /// Its name, the same on every backend.
    pub name: &'static str,
    /// Its columns, in the order of a row's cells; the first is the primary key.
    pub columns: &'static [ColumnSpec],
}

/// One value of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// SQL NULL.
    Null,
    /// A whole number.
    Whole(i64),
    /// Yes or no.
    Bool(bool),
    /// A binary fraction.
    Real(f64),
    /// Words, a UUID or an address.
    Text(&'a str),
    /// Money in pence.
    Pence(i64),
    /// A calendar day.
    Day(NaiveDate),
    /// An instant: milliseconds since 1970-01-01T00:00:00Z.
    At(i64),
    /// A list of words.
    List(&'a [&'a str]),
}

/// Where generated rows go. The same rows in the same order reach every writer.
pub trait RowWriter {
    /// Takes one row of the table at `table` in the writer's list; `cells` stand in the order of its columns.
    ///
    /// # Errors
    /// [`FillError`] if the row does not fit or its batch is refused.
    fn row(&mut self, table: usize, cells: &[Cell<'_>]) -> Result<(), FillError>;
}

/// Pence as an exact decimal: `3550` is `35.50`.
pub(super) fn money(pence: i64) -> String {
    format!("{}.{:02}", pence / 100, (pence % 100).abs())
}

/// The instant in ISO 8601, in UTC: `2026-10-31T09:30:00Z`, with milliseconds where the column keeps them.
pub(super) fn instant(kind: ColumnKind, at: i64) -> String {
    let at = DateTime::from_timestamp_millis(at).unwrap_or_default().naive_utc();
    let (date, time) = (at.date(), at.time());
    let mut text = String::with_capacity(24);
    // Debug of chrono's date is ISO 8601 and several times faster than a format string; it cannot fail on a String.
    let _ = write!(text, "{date:?}T");
    let _ = if kind == ColumnKind::Millisecond {
        write!(text, "{}Z", time.format("%H:%M:%S%.3f"))
    } else {
        write!(text, "{}Z", time.format("%H:%M:%S"))
    };
    text
}

/// Which table stands at `index`, and that the row has a value for each of its columns.
pub(super) fn table_at(
    tables: &'static [TableSpec],
    index: usize,
    cells: &[Cell<'_>],
) -> Result<&'static TableSpec, FillError> {
    let table =
        tables.get(index).ok_or(FillError::Shape { table: "an unknown table", given: cells.len(), wanted: 0 })?;
    if table.columns.len() == cells.len() {
        Ok(table)
    } else {
        Err(FillError::Shape { table: table.name, given: cells.len(), wanted: table.columns.len() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_exact_and_instants_are_iso() {
        assert_eq!(money(0), "0.00");
        assert_eq!(money(3505), "35.05");
        assert_eq!(instant(ColumnKind::Second, 1_767_225_599_999), "2025-12-31T23:59:59Z");
        assert_eq!(instant(ColumnKind::Millisecond, 1_767_225_599_007), "2025-12-31T23:59:59.007Z");
    }
}

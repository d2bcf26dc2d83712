//! One change of one value, whatever the source: locked, compared, set, read back, kept.

use crate::datamap::LiveColumn;
use crate::rectify::{plain, same};

use super::{RowAt, WriteError, Writer};

/// A column of the row that must still say what it said when the row was found to be the person's.
#[derive(Debug, Clone, Copy)]
pub struct Guard<'a> {
    /// The column.
    pub column: &'a LiveColumn,
    /// What it said; none for NULL.
    pub value: Option<&'a str>,
}

/// A change of one value.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// Which row.
    pub row: RowAt<'a>,
    /// What else of it must stand.
    pub guards: &'a [Guard<'a>],
    /// Which column.
    pub column: &'a LiveColumn,
    /// What was shown; none for NULL.
    pub before: Option<&'a str>,
    /// What is to stand there; none for NULL.
    pub after: Option<&'a str>,
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was made now.
    Made,
    /// The source says the new value already: an earlier try was kept, or somebody else was faster.
    Stands,
    /// The source says neither what was shown nor the new value. Nothing was changed.
    Differs,
    /// The row is gone, or is not the person's any more. Nothing was changed.
    Gone,
}

/// Makes `wanted` if the source still says what was shown. Done again after a crash or a lost connection it finds out what
/// became of the first try: the lock waits for a transaction that has not ended, and what then stands there is what it kept.
///
/// # Errors
/// [`WriteError`]: nothing was changed, but for [`WriteError::Unheard`].
pub fn change(writer: &mut dyn Writer, wanted: &Change<'_>) -> Result<Outcome, WriteError> {
    let kind = wanted.column.kind;
    let mut columns = vec![wanted.column];
    columns.extend(wanted.guards.iter().map(|guard| guard.column));
    let Some(found) = writer.lock(&wanted.row, &columns)? else { return Ok(Outcome::Gone) };
    let mut values = found.iter().map(|json| plain(json));
    let now = values.next().flatten();
    let stands = |(guard, value): (&Guard<'_>, Option<String>)| same(guard.column.kind, guard.value, value.as_deref());
    if !wanted.guards.iter().zip(values).all(stands) {
        return Ok(Outcome::Gone);
    }
    if same(kind, now.as_deref(), wanted.after) {
        return Ok(Outcome::Stands);
    }
    if !same(kind, now.as_deref(), wanted.before) {
        return Ok(Outcome::Differs);
    }
    if writer.set(&wanted.row, &[(wanted.column, wanted.after)])? != 1 {
        return Err(WriteError::Refused);
    }
    // A trigger may have turned it into something else, and a type may have cut it.
    let kept = writer.lock(&wanted.row, &[wanted.column])?.and_then(|found| found.first().and_then(|json| plain(json)));
    if !same(kind, kept.as_deref(), wanted.after) {
        return Err(WriteError::Turned);
    }
    writer.commit()?;
    Ok(Outcome::Made)
}

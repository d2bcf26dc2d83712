//! One row that goes, or stays without its person: locked, compared, deleted or emptied, looked at again.

use crate::datamap::{LiveColumn, LiveTable};
use crate::rectify::{plain, same};

use super::{Guard, RowAt, WriteError, Writer};

/// A foreign key of another table that refers to the row.
#[derive(Debug, Clone)]
pub struct Referring<'a> {
    /// The other table.
    pub table: &'a LiveTable,
    /// Its columns.
    pub columns: Vec<&'a LiveColumn>,
    /// The columns of the row, in the same order.
    pub to: Vec<&'a LiveColumn>,
}

/// What stands in a column afterwards, by what stands there now.
pub type After<'a> = dyn Fn(usize, Option<&str>) -> Result<Option<String>, String> + 'a;

/// What becomes of a row.
pub enum Fate<'a> {
    /// It is deleted; nothing may refer to it any more.
    Delete(&'a [Referring<'a>]),
    /// These columns change. Done twice it must change nothing more.
    Anonymise(&'a [&'a LiveColumn], &'a After<'a>),
}

/// A row that goes, or stays without its person.
pub struct Removal<'a> {
    /// Which row.
    pub row: RowAt<'a>,
    /// What of it must stand, so that it is still the person's.
    pub guards: &'a [Guard<'a>],
    /// What becomes of it.
    pub fate: Fate<'a>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removed {
    /// It is done.
    Now,
    /// There was nothing to do: an earlier try was kept, or somebody else was faster.
    Already,
    /// The row is not the person's any more. Nothing was changed.
    Differs,
}

/// Does it within the writer's transaction, which the caller keeps when all of them are done.
///
/// # Errors
/// [`WriteError`]: the transaction is to be dropped.
pub fn remove(writer: &mut dyn Writer, wanted: &Removal<'_>) -> Result<Removed, WriteError> {
    let mut columns: Vec<&LiveColumn> = wanted.guards.iter().map(|guard| guard.column).collect();
    match &wanted.fate {
        Fate::Delete(referring) => columns.extend(referring.iter().flat_map(|one| one.to.iter().copied())),
        Fate::Anonymise(changing, _) => columns.extend(*changing),
    }
    let Some(found) = writer.lock(&wanted.row, &columns)? else { return Ok(Removed::Already) };
    let values: Vec<Option<String>> = found.iter().map(|json| plain(json)).collect();
    let (guards, rest) = values.split_at(wanted.guards.len().min(values.len()));
    let theirs =
        wanted.guards.iter().zip(guards).all(|(guard, value)| same(guard.column.kind, guard.value, value.as_deref()));
    match &wanted.fate {
        Fate::Delete(_) if !theirs => Ok(Removed::Differs),
        Fate::Delete(referring) => {
            let mut rest = rest.iter();
            for one in *referring {
                let values: Option<Vec<&str>> =
                    rest.by_ref().take(one.to.len()).map(Option::as_deref).collect::<Vec<_>>().into_iter().collect();
                // Where one of them is NULL, nothing refers to it.
                if let Some(values) = values
                    && writer.holds(one.table, &one.columns, &values)?
                {
                    return Err(WriteError::Referred);
                }
            }
            if writer.delete(&wanted.row)? != 1 {
                return Err(WriteError::Refused);
            }
            // A trigger may have kept it.
            if writer.lock(&wanted.row, &[])?.is_some() { Err(WriteError::Turned) } else { Ok(Removed::Now) }
        }
        Fate::Anonymise(changing, after) => {
            let mut set: Vec<(&LiveColumn, Option<String>)> = Vec::new();
            for (at, (column, value)) in changing.iter().zip(rest).enumerate() {
                let target = after(at, value.as_deref()).map_err(WriteError::Because)?;
                if !same(column.kind, value.as_deref(), target.as_deref()) {
                    set.push((column, target));
                }
            }
            if set.is_empty() {
                return Ok(Removed::Already);
            }
            if !theirs {
                return Ok(Removed::Differs);
            }
            let wants: Vec<(&LiveColumn, Option<&str>)> =
                set.iter().map(|(column, value)| (*column, value.as_deref())).collect();
            if writer.set(&wanted.row, &wants)? != 1 {
                return Err(WriteError::Refused);
            }
            let changed: Vec<&LiveColumn> = set.iter().map(|(column, _)| *column).collect();
            let kept = writer.lock(&wanted.row, &changed)?.unwrap_or_default();
            let stands = kept.len() == set.len()
                && set
                    .iter()
                    .zip(&kept)
                    .all(|((column, value), json)| same(column.kind, value.as_deref(), plain(json).as_deref()));
            if stands { Ok(Removed::Now) } else { Err(WriteError::Turned) }
        }
    }
}

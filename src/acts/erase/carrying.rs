//! Carrying a plan out at one source: one transaction, kept or, for a trial, dropped.

use std::collections::BTreeSet;

use crate::datamap::{Collection, Dataset, Everything, Forget, LiveColumn, LiveSchema, LiveTable};
use crate::erase::{ForgetKey, Row, Step, What, forgotten};
use crate::sources::SourceSpec;
use crate::sources::write::{Fate, Guard, Referring, Removal, Removed, RowAt, WriteError, Writer, open_writer, remove};

use super::super::rectify::guarding;
use super::found::{Found, same_table};

/// What became of a source's part of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Carried {
    /// It is done: so many records now, of so many nothing was left to do.
    Done { now: u64, already: u64 },
    /// A record is not the person's any more. Nothing was changed.
    Differs(String),
    /// The source refused. Nothing was changed.
    Refused(String),
}

/// The steps at one source that the program does itself, in order.
pub(super) fn steps_at<'f>(found: &'f Found<'_>, dataset: &Dataset) -> Vec<(&'f Step, &'f Row)> {
    let ours = |row: &Row| {
        row.by_owner.is_none() && found.mapped.get(row.collection).is_some_and(|(of, _)| of.key == dataset.key)
    };
    found
        .plan
        .steps
        .iter()
        .filter_map(|step| Some((step, found.rows.get(step.row)?)))
        .filter(|(_, row)| ours(row))
        .collect()
}

/// Carries out the part of a plan that is at `dataset`; without `keep` it is only tried out.
///
/// # Errors
/// [`WriteError`] that passes: to be tried again.
pub(super) fn carry_out(
    found: &Found<'_>,
    dataset: &Dataset,
    spec: &SourceSpec,
    key: &ForgetKey,
    keep: bool,
) -> Result<Carried, WriteError> {
    let steps = steps_at(found, dataset);
    let (Some(url), Some(everything)) = (&spec.write_url, found.live.get(&dataset.key)) else {
        return Ok(Carried::Refused("the source has no write account any more: plan again".to_owned()));
    };
    if steps.is_empty() {
        return Ok(Carried::Done { now: 0, already: 0 });
    }
    let outcome = open_writer(url, spec.limits)
        .and_then(|mut writer| within(writer.as_mut(), found, dataset, everything, &steps, key, keep));
    match outcome {
        Err(error @ (WriteError::Source(_) | WriteError::Unheard)) => Err(error),
        Err(
            error @ (WriteError::Refused
            | WriteError::Referred
            | WriteError::Because(_)
            | WriteError::NoTransactions
            | WriteError::Turned),
        ) => Ok(Carried::Refused(error.to_string())),
        Ok(carried) => Ok(carried),
    }
}

/// A collection as the write account sees it.
struct Live<'l> {
    at: usize,
    collection: &'l Collection,
    table: &'l LiveTable,
    key: Vec<&'l LiveColumn>,
    guards: Vec<&'l LiveColumn>,
    changing: Vec<(&'l LiveColumn, Forget)>,
    referring: Vec<Referring<'l>>,
}

fn within(
    writer: &mut dyn Writer,
    found: &Found<'_>,
    dataset: &Dataset,
    everything: &Everything,
    steps: &[(&Step, &Row)],
    key: &ForgetKey,
    keep: bool,
) -> Result<Carried, WriteError> {
    let used: BTreeSet<usize> = steps.iter().map(|(_, row)| row.collection).collect();
    let mut names: Vec<&str> =
        used.iter().filter_map(|at| found.mapped.get(*at)).map(|(_, collection)| collection.name.as_str()).collect();
    names.extend(everything.references.iter().flat_map(|key| [key.table.as_str(), key.to_table.as_str()]));
    names.sort_unstable();
    names.dedup();
    let schema = writer.schema(&names)?;
    let mut seen = Vec::new();
    for at in used {
        let Some((_, collection)) = found.mapped.get(at) else { continue };
        match live(at, dataset, collection, &schema, everything) {
            Ok(live) => seen.push(live),
            Err(why) => return Ok(Carried::Refused(why)),
        }
    }
    let (mut now, mut already) = (0, 0);
    for (step, row) in steps {
        let Some(live) = seen.iter().find(|live| live.at == row.collection) else { continue };
        match one(writer, live, step, row, key).map_err(|error| named(error, live.collection))? {
            Removed::Now => now += 1,
            Removed::Already => already += 1,
            Removed::Differs => return Ok(Carried::Differs(row.id.clone())),
        }
    }
    writer.settle()?;
    if keep {
        writer.commit()?;
    }
    Ok(Carried::Done { now, already })
}

/// The error with the collection that it is about.
fn named(error: WriteError, collection: &Collection) -> WriteError {
    match error {
        passing @ (WriteError::Source(_) | WriteError::Unheard | WriteError::Because(_)) => passing,
        lasting @ (WriteError::Refused | WriteError::Referred | WriteError::NoTransactions | WriteError::Turned) => {
            WriteError::Because(format!("{}: {lasting}", collection.name))
        }
    }
}

fn one(
    writer: &mut dyn Writer,
    live: &Live<'_>,
    step: &Step,
    row: &Row,
    key: &ForgetKey,
) -> Result<Removed, WriteError> {
    let value = |column: &LiveColumn| row.values.get(&column.name).and_then(Option::as_deref);
    let at: Vec<(&LiveColumn, &str)> = live.key.iter().filter_map(|column| Some((*column, value(column)?))).collect();
    if at.len() != live.key.len() {
        return Ok(Removed::Differs);
    }
    let guards: Vec<Guard<'_>> = live.guards.iter().map(|column| Guard { column, value: value(column) }).collect();
    let columns: Vec<&LiveColumn> = live.changing.iter().map(|(column, _)| *column).collect();
    let after = |at: usize, value: Option<&str>| match live.changing.get(at) {
        None => Ok(value.map(str::to_owned)),
        Some((column, how)) => forgotten(how, column, value, key)
            .map_err(|error| format!("{}.{}: {error}", live.collection.name, column.name)),
    };
    let fate = match step.what {
        What::Delete => Fate::Delete(&live.referring),
        What::Anonymise => Fate::Anonymise(&columns, &after),
    };
    remove(writer, &Removal { row: RowAt { table: live.table, key: &at }, guards: &guards, fate })
}

fn live<'l>(
    at: usize,
    dataset: &Dataset,
    collection: &'l Collection,
    schema: &'l LiveSchema,
    everything: &Everything,
) -> Result<Live<'l>, String> {
    let missing = || format!("{}: the write account does not see the table as the data map has it", collection.name);
    let table = schema.table(dataset.schema.as_deref(), &collection.name).ok_or_else(missing)?;
    let column = |name: &str| schema.column(table, name).ok_or_else(missing);
    let key: Vec<&LiveColumn> = table.primary_key.iter().map(|name| column(name)).collect::<Result<_, _>>()?;
    if key.is_empty() {
        return Err(missing());
    }
    let in_key = |column: &LiveColumn| table.primary_key.contains(&column.name);
    let mut guards: Vec<&LiveColumn> = Vec::new();
    for name in guarding(collection) {
        let guard = column(name)?;
        if !in_key(guard) && !guards.iter().any(|known| known.name == guard.name) {
            guards.push(guard);
        }
    }
    let mut changing = Vec::new();
    for field in &collection.fields {
        let how = collection.forgets(field);
        let column = column(&field.name)?;
        if how != Forget::Keep && !in_key(column) {
            changing.push((column, how));
        }
    }
    let mut referring = Vec::new();
    for reference in &everything.references {
        // By the schema that the search account sees: a table that the write account cannot read is one that it must.
        let is_this = everything.schema.table(None, &reference.to_table).is_some_and(|to| same_table(to, table));
        if !is_this {
            continue;
        }
        let other = schema.table(None, &reference.table).filter(|other| other.readable);
        let blind =
            || format!("{}: the write account cannot read {}, which refers to it", collection.name, reference.table);
        let other = other.ok_or_else(blind)?;
        let columns: Option<Vec<&LiveColumn>> =
            reference.columns.iter().map(|name| schema.column(other, name)).collect();
        let to: Option<Vec<&LiveColumn>> = reference.to_columns.iter().map(|name| schema.column(table, name)).collect();
        referring.push(Referring { table: other, columns: columns.ok_or_else(blind)?, to: to.ok_or_else(missing)? });
    }
    Ok(Live { at, collection, table, key, guards, changing, referring })
}

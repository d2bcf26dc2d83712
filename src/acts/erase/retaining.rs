//! Ending what has been kept long enough (UK GDPR Art. 5(1)(e)): the same plan and the same hands as for an erasure, over rows
//! whose time has ended by the data map, whoever they are about.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::ControlFlow;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::audit::{Actor, Event};
use crate::base::u64_from;
use crate::datamap::{Collection, Dataset, Everything, LiveColumn, OnErasure, Retention, Then};
use crate::erase::{Period, Row, Tie, What, Whose, day_of, plan_by};
use crate::rectify::plain;
use crate::sources::{RowQuery, Search, Source};
use crate::store::{Lease, audit_append, job_done};

use super::super::rectify::{PATIENCE, guarding, source_of};
use super::carrying::{Carried, carry_out, steps_at};
use super::found::{Found, Sources, column_name, sources, table, ties};
use crate::acts::desk::Desk;
use crate::acts::error::ActError;
use crate::acts::queue::Job;

/// Rows of one run whose time has ended, at most; the rest is for the next run.
const MOST: usize = 20_000;
/// Keys that a source is asked for at once.
const KEYS: usize = 500;
/// Why a row stays that refers to one whose time has ended.
const NOT_YET: &str = "its own time has not ended, or the data map does not say when it does";

/// What the retention of a collection comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RetentionLine {
    /// The dataset.
    pub dataset: String,
    /// The collection.
    pub collection: String,
    /// The period, as the data map has it.
    pub period: String,
    /// `delete` or `anonymise`.
    pub then: &'static str,
    /// Rows from this day and before have been kept long enough.
    pub until: Option<NaiveDate>,
    /// Rows that are deleted.
    pub deletes: u64,
    /// Rows that stay without their person.
    pub anonymises: u64,
    /// Of these, rows that would be deleted if nothing that stays referred to them.
    pub referred_to: u64,
    /// Why it does not run by itself.
    pub by_hand: Option<String>,
}

/// What became of a database's part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RetentionRun {
    /// The dataset.
    pub dataset: String,
    /// `would_do`, `made`, `stands`, `differs` or `refused`.
    pub outcome: &'static str,
    /// Rows that are, or would be, changed.
    pub done: u64,
    /// Rows in which nothing is left to change.
    pub already: u64,
    /// Why not, in words without a value.
    pub problem: Option<String>,
}

/// What retention does, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RetentionReport {
    /// The day that it counts from.
    pub as_at: NaiveDate,
    /// False: nothing was changed.
    pub carried_out: bool,
    /// By collection that says how long it is kept.
    pub collections: Vec<RetentionLine>,
    /// By database.
    pub runs: Vec<RetentionRun>,
    /// There is more than one run does: run it again.
    pub more: bool,
}

/// How long a collection's rows are kept, and by which column that is known.
struct Schedule<'d> {
    field: &'d str,
    until: NaiveDate,
}

/// The schedule of a collection, or why it has none.
fn schedule<'d>(
    collection: &'d Collection,
    retention: &'d Retention,
    today: NaiveDate,
) -> Result<Schedule<'d>, String> {
    let Some(from) = retention.from.as_deref() else {
        return Err("the data map does not say from which column it counts (retention.from)".to_owned());
    };
    if !collection.belongs() {
        return Err("its rows belong to nobody".to_owned());
    }
    if collection.field(from).is_none() {
        return Err(format!("it has no field `{from}` from which it could count"));
    }
    let period = Period::read(&retention.period)
        .ok_or_else(|| "the period is words, not one as P3Y, so that nobody can count by it".to_owned())?;
    let until = period.before(today).ok_or_else(|| "the period goes past the calendar".to_owned())?;
    Ok(Schedule { field: from, until })
}

fn then(retention: &Retention) -> OnErasure {
    match retention.then {
        Then::Delete => OnErasure::Delete,
        Then::Anonymise => OnErasure::Anonymise,
    }
}

/// Ends what has been kept long enough, or with `keep` false says what would be ended: every change is made in a
/// transaction that is dropped.
///
/// # Errors
/// [`ActError::Refused`] if a source cannot be read, [`ActError::Broken`] if the end of a transaction was not heard: run it
/// again, it finds what is left.
pub fn retention(desk: &Desk, keep: bool, by: &Actor) -> Result<RetentionReport, ActError> {
    let (map, today) = (&desk.settings.data_map, desk.clock.today());
    let mapped: Vec<(&Dataset, &Collection)> =
        map.datasets.iter().flat_map(|d| d.collections.iter().map(move |c| (d, c))).collect();
    let Sources { live, by_owner } = sources(desk)?;
    let ties = ties(&mapped, &live);
    let mut finder =
        Finder { mapped: &mapped, live: &live, ties: &ties, today, rows: Vec::new(), known: HashSet::new() };
    let mut more = false;
    for dataset in map.datasets.iter().filter(|dataset| live.contains_key(&dataset.key)) {
        let spec = source_of(desk, dataset)?;
        let _permit = spec.permits.take(PATIENCE).ok_or(ActError::Busy)?;
        let mut source = spec.open();
        more |= finder
            .read(source.as_mut(), dataset)
            .map_err(|error| ActError::Refused(format!("the source {} cannot be read: {error}", dataset.key)))?;
    }
    let rows = finder.rows;
    let how = |collection: &Collection| collection.about.retention.as_ref().map(then);
    let plan = plan_by(map, &rows, &ties, &how);
    let digest = plan.digest(map, &rows);
    let also = mapped
        .iter()
        .enumerate()
        .filter_map(|(at, (dataset, collection))| {
            let retention = collection.about.retention.as_ref()?;
            let schedule = schedule(collection, retention, today).ok()?;
            Some((at, column_name(&live, dataset, collection, schedule.field)))
        })
        .collect();
    let found = Found { mapped, rows, plan, digest, live, also };
    let mut runs = Vec::new();
    for dataset in &map.datasets {
        let due = u64_from(steps_at(&found, dataset).len());
        if due == 0 {
            continue;
        }
        let audit = |what: &str, records: u64| {
            let event = Event::Retention { dataset: dataset.key.clone(), what: what.to_owned(), records };
            desk.store.write(|conn| audit_append(conn, desk.now(), by, None, &event)).map_err(ActError::from)
        };
        if keep {
            // Before the source is touched: a run that nobody heard the end of is seen.
            audit("begun", due)?;
        }
        let carried = carry_out(&found, dataset, source_of(desk, dataset)?, &desk.forget_key, keep)
            .map_err(|error| ActError::Broken(format!("{}: {error}", dataset.key)))?;
        let (outcome, done, already, problem) = match carried {
            Carried::Done { now: 0, already } => ("stands", 0, already, None),
            Carried::Done { now, already } => (if keep { "made" } else { "would_do" }, now, already, None),
            Carried::Differs(record) => ("differs", 0, 0, Some(format!("{record} changed meanwhile: run it again"))),
            Carried::Refused(why) => ("refused", 0, 0, Some(why)),
        };
        if keep {
            audit(outcome, done)?;
        }
        runs.push(RetentionRun { dataset: dataset.key.clone(), outcome, done, already, problem });
    }
    Ok(RetentionReport { as_at: today, carried_out: keep, collections: lines(&found, &by_owner, today), runs, more })
}

fn lines(found: &Found<'_>, by_owner: &HashMap<String, String>, today: NaiveDate) -> Vec<RetentionLine> {
    let mut lines = Vec::new();
    for (at, (dataset, collection)) in found.mapped.iter().enumerate() {
        let Some(retention) = &collection.about.retention else { continue };
        let planned =
            || found.plan.steps.iter().filter(|step| found.rows.get(step.row).is_some_and(|row| row.collection == at));
        let count = |what: What| u64_from(planned().filter(|step| step.what == what).count());
        let schedule = schedule(collection, retention, today);
        let no_key = found.live.contains_key(&dataset.key)
            && table(&found.live, dataset, collection).is_none_or(|table| table.primary_key.is_empty());
        let by_hand = match (&schedule, by_owner.get(&dataset.key)) {
            (Err(why), _) => Some(why.clone()),
            (Ok(_), Some(why)) => Some(why.clone()),
            (Ok(_), None) if no_key => Some("the table has no primary key".to_owned()),
            (Ok(_), None) => None,
        };
        lines.push(RetentionLine {
            dataset: dataset.key.clone(),
            collection: collection.name.clone(),
            period: retention.period.clone(),
            then: retention.then.as_str(),
            until: schedule.ok().map(|schedule| schedule.until),
            deletes: count(What::Delete),
            anonymises: count(What::Anonymise),
            referred_to: match retention.then {
                Then::Delete => count(What::Anonymise),
                Then::Anonymise => 0,
            },
            by_hand,
        });
    }
    lines
}

/// Finds the rows whose time has ended, and those that refer to them.
struct Finder<'f> {
    mapped: &'f [(&'f Dataset, &'f Collection)],
    live: &'f HashMap<String, Everything>,
    ties: &'f [Tie],
    today: NaiveDate,
    rows: Vec<Row>,
    known: HashSet<String>,
}

impl Finder<'_> {
    /// Reads a source; true if there is more than one run does.
    fn read(&mut self, source: &mut dyn Source, dataset: &Dataset) -> Result<bool, crate::sources::SourceError> {
        let mut more = false;
        for (at, (_, collection)) in self.mapped.iter().enumerate().filter(|(_, (of, _))| of.key == dataset.key) {
            let scheduled = collection.about.retention.as_ref().and_then(|r| schedule(collection, r, self.today).ok());
            if scheduled.is_none() {
                continue;
            }
            more |= self.search(source, at, Search::All, true)?;
        }
        // Whatever refers to a row that may go; and what refers to that, if it may go too.
        let (mapped, ties) = (self.mapped, self.ties);
        let ours = |tie: &&Tie| mapped.get(tie.child).is_some_and(|(of, _)| of.key == dataset.key);
        let mut from = 0;
        while from < self.rows.len() {
            let until = self.rows.len();
            for tie in ties.iter().filter(ours) {
                let mut values: Vec<String> = Vec::new();
                for row in self.rows.get(from..until).unwrap_or_default() {
                    let value = tie.parent_columns.first().and_then(|column| row.values.get(column).cloned().flatten());
                    if row.collection == tie.parent && row.whose == Whose::Theirs {
                        values.extend(value);
                    }
                }
                values.sort();
                values.dedup();
                let column = tie.child_columns.first().and_then(|name| self.column(tie.child, name));
                let Some(column) = column.filter(|_| !values.is_empty()) else { continue };
                for some in values.chunks(KEYS) {
                    let some: Vec<&str> = some.iter().map(String::as_str).collect();
                    self.search(source, tie.child, Search::Keys { column: &column, values: &some }, false)?;
                }
            }
            from = until;
        }
        Ok(more)
    }

    fn column(&self, at: usize, name: &str) -> Option<LiveColumn> {
        let (dataset, collection) = self.mapped.get(at)?;
        let schema = &self.live.get(&dataset.key)?.schema;
        schema.column(table(self.live, dataset, collection)?, name).cloned()
    }

    /// Adds the rows that a search finds: only those whose time has ended, or every one. True if some were left out.
    fn search(
        &mut self,
        source: &mut dyn Source,
        at: usize,
        search: Search<'_>,
        only_due: bool,
    ) -> Result<bool, crate::sources::SourceError> {
        let Some((dataset, collection)) = self.mapped.get(at).copied() else { return Ok(false) };
        let Some(table) = table(self.live, dataset, collection).filter(|table| !table.primary_key.is_empty()) else {
            return Ok(false);
        };
        let scheduled = collection.about.retention.as_ref().and_then(|r| schedule(collection, r, self.today).ok());
        let until = scheduled.as_ref().map(|schedule| schedule.until);
        let counted = scheduled.map(|schedule| column_name(self.live, dataset, collection, schedule.field));
        let mut names: Vec<String> =
            guarding(collection).map(|field| column_name(self.live, dataset, collection, field)).collect();
        names.extend(counted.clone());
        for tie in self.ties {
            if tie.child == at {
                names.extend(tie.child_columns.iter().cloned());
            }
            if tie.parent == at {
                names.extend(tie.parent_columns.iter().cloned());
            }
        }
        names.sort();
        names.dedup();
        let columns: Vec<LiveColumn> = names.iter().filter_map(|name| self.column(at, name)).collect();
        let fields: Vec<(&str, &LiveColumn)> = columns.iter().map(|column| (column.name.as_str(), column)).collect();
        let keys: Vec<LiveColumn> = table.primary_key.iter().filter_map(|name| self.column(at, name)).collect();
        let keys: Vec<&LiveColumn> = keys.iter().collect();
        let (rows, known) = (&mut self.rows, &mut self.known);
        let mut left_out = false;
        source.rows(&RowQuery { table, fields: &fields, keys: &keys, search }, &mut |row| {
            let key: Option<Vec<&str>> = row.keys.iter().map(Option::as_deref).collect();
            let Some(key) = key.filter(|key| key.len() == keys.len()) else { return ControlFlow::Continue(()) };
            let read: BTreeMap<String, &RawValue> = serde_json::from_str(row.fields).unwrap_or_default();
            let mut values: HashMap<String, Option<String>> =
                read.iter().map(|(name, raw)| (name.clone(), plain(raw.get()))).collect();
            let day = counted.as_ref().and_then(|name| values.get(name)?.as_deref().and_then(day_of));
            let due = day.zip(until).is_some_and(|(day, until)| day <= until);
            if only_due && !due {
                return ControlFlow::Continue(());
            }
            if only_due && rows.len() >= MOST {
                left_out = true;
                return ControlFlow::Continue(());
            }
            let id = format!("{}.{}/{}", dataset.key, collection.name, key.join(","));
            if known.insert(id.clone()) {
                values
                    .extend(keys.iter().zip(&key).map(|(column, key)| (column.name.clone(), Some((*key).to_owned()))));
                let whose = if due { Whose::Theirs } else { Whose::Stays(NOT_YET.to_owned()) };
                rows.push(Row { id, collection: at, whose, values, by_owner: None });
            }
            ControlFlow::Continue(())
        })?;
        Ok(left_out)
    }
}

/// Queues the night's run, once a day whoever asks.
///
/// # Errors
/// [`ActError`] of the store.
pub(in crate::acts) fn retain_tonight(desk: &Desk) -> Result<(), ActError> {
    if !desk.settings.jobs.retention || desk.settings.sources.is_empty() {
        return Ok(());
    }
    let key = format!("retain-{}", desk.clock.today());
    desk.store.write(|conn| Job::Retain.enqueue(conn, Some(key), desk.now()))
}

/// The job of the nightly run.
///
/// # Errors
/// [`ActError`], after which it is tried again: it finds what is left.
pub fn retain_job(desk: &Desk, lease: &Lease) -> Result<(), ActError> {
    // A source that cannot be read now is looked at again by the next try.
    let report = retention(desk, true, &Actor::System)
        .map_err(|error| if let ActError::Refused(why) = error { ActError::Broken(why) } else { error })?;
    for run in report.runs.iter().filter(|run| run.problem.is_some()) {
        tracing::warn!(
            dataset = run.dataset,
            problem = run.problem,
            "what has been kept long enough could not be ended"
        );
    }
    desk.store.write(|conn| Ok(job_done(conn, lease, desk.now())?))
}

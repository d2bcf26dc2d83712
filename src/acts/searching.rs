//! What a gather tells while it runs: how far it has come, and the log of its searches, which is kept with its result.

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde::Serialize;

use crate::base::{Moment, clamp_i64};
use crate::bundle::{CollectionReport, Status};
use crate::case::CaseId;
use crate::gather::{Progress, Searched};
use crate::store::{
    Conn, ProgressRow, SearchRow, case_by_id, progress_clear, progress_of, progress_set, search_insert, searches_of,
};

use super::desk::Desk;
use super::error::ActError;

/// How often the number found is written while one search runs.
const EVERY: TimeDelta = TimeDelta::seconds(1);
/// Searches given at once.
const PAGE: i64 = 500;

/// Hears a gather for the desk.
pub(super) struct DeskProgress<'d> {
    desk: &'d Desk,
    case: CaseId,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    log: Vec<Step>,
    /// The source and collection that is searched.
    now: Option<(String, String)>,
    began: Option<Moment>,
    written: Option<Moment>,
    /// Found in all when the search began.
    before: u64,
    total: u64,
    found: BTreeMap<(String, String), u64>,
}

struct Step {
    search: Searched,
    began: Moment,
    ended: Moment,
}

impl<'d> DeskProgress<'d> {
    /// For one gather; every collection waits.
    pub(super) fn begin(desk: &'d Desk, case: CaseId) -> Result<Self, ActError> {
        let map = &desk.settings.data_map;
        let sources = &desk.settings.sources;
        let only = sources.first().filter(|_| map.datasets.len() == 1).map(|spec| spec.name.clone());
        let now = desk.now();
        desk.store.write(|conn| {
            progress_clear(conn, case)?;
            for dataset in &map.datasets {
                let source = only.as_ref().unwrap_or(&dataset.key);
                for collection in &dataset.collections {
                    progress_set(conn, row(case, source, &collection.name, "waiting", 0, now))?;
                }
            }
            Ok::<_, ActError>(())
        })?;
        Ok(Self { desk, case, state: RefCell::default() })
    }

    /// Progress is worth less than the search: what cannot be written is passed over.
    fn write(&self, source: &str, collection: &str, state: &str, found: u64, now: Moment) {
        let row = row(self.case, source, collection, state, found, now);
        if let Err(error) = self.desk.store.write(|conn| progress_set(conn, row)) {
            tracing::warn!(case = %self.case, %error, "how far a search has come could not be written");
        }
    }

    /// What was spent in each source so far, in milliseconds.
    pub(super) fn times(&self) -> BTreeMap<String, u64> {
        let mut times: BTreeMap<String, u64> = BTreeMap::new();
        for step in &self.state.borrow().log {
            let spent = (step.ended.utc() - step.began.utc()).num_milliseconds();
            *times.entry(step.search.source.clone()).or_default() += u64::try_from(spent).unwrap_or(0);
        }
        times
    }

    /// Keeps the log with the gather that it is of, and how each collection ended.
    pub(super) fn keep(self, conn: &mut Conn, gather: &str, reports: &[CollectionReport]) -> Result<(), ActError> {
        let now = self.desk.now();
        for report in reports {
            let word = match report.status {
                Status::Found | Status::NothingHeld => "searched",
                Status::Failed => "failed",
                Status::NotReached => "not_reached",
            };
            progress_set(conn, row(self.case, &report.source, &report.collection, word, report.found, now))?;
        }
        for (n, step) in self.state.into_inner().log.into_iter().enumerate() {
            let search = step.search;
            search_insert(
                conn,
                SearchRow {
                    gather_id: gather.to_owned(),
                    n: i64::try_from(n).unwrap_or(i64::MAX),
                    case_id: self.case.to_string(),
                    source: search.source,
                    collection: search.collection,
                    searched_columns: search.columns.join(", "),
                    rule: search.rule.as_str().to_owned(),
                    searched_values: clamp_i64(search.values),
                    found: clamp_i64(search.found),
                    began_at: step.began.naive_utc(),
                    ended_at: step.ended.naive_utc(),
                    problem: search.problem,
                },
            )?;
        }
        Ok(())
    }
}

fn row(case: CaseId, source: &str, collection: &str, state: &str, found: u64, now: Moment) -> ProgressRow {
    ProgressRow {
        case_id: case.to_string(),
        source: source.to_owned(),
        collection: collection.to_owned(),
        state: state.to_owned(),
        found: clamp_i64(found),
        changed_at: now.naive_utc(),
    }
}

impl Progress for DeskProgress<'_> {
    fn searching(&self, source: &str, collection: &str) {
        let now = self.desk.now();
        let place = (source.to_owned(), collection.to_owned());
        let found = {
            let mut state = self.state.borrow_mut();
            state.now = Some(place.clone());
            state.began = Some(now);
            state.written = Some(now);
            state.before = state.total;
            state.found.get(&place).copied().unwrap_or_default()
        };
        self.write(source, collection, "searching", found, now);
    }

    fn found(&self, rows: u64) {
        let now = self.desk.now();
        let due = {
            let mut state = self.state.borrow_mut();
            state.total = rows;
            let due = state.written.is_none_or(|written| now.naive_utc() - written.naive_utc() >= EVERY);
            if due {
                state.written = Some(now);
            }
            let here = rows.saturating_sub(state.before);
            state
                .now
                .clone()
                .filter(|_| due)
                .map(|place| (state.found.get(&place).copied().unwrap_or_default() + here, place))
        };
        if let Some((found, (source, collection))) = due {
            self.write(&source, &collection, "searching", found, now);
        }
    }

    fn searched(&self, search: Searched) {
        let now = self.desk.now();
        let place = (search.source.clone(), search.collection.clone());
        let word = if search.problem.is_some() { "failed" } else { "searched" };
        let found = {
            let mut state = self.state.borrow_mut();
            let began = state.began.unwrap_or(now);
            let found = state.found.entry(place).or_default();
            *found += search.found;
            let found = *found;
            state.total = state.before + search.found;
            state.log.push(Step { search: search.clone(), began, ended: now });
            found
        };
        self.write(&search.source, &search.collection, word, found, now);
    }
}

/// One search that was made for a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SearchView {
    /// The source searched.
    pub source: String,
    /// The collection searched.
    pub collection: String,
    /// The columns searched, with commas between; empty if every row was read.
    pub columns: String,
    /// By which rule: `identifiers` of the person, a `reference` of the data map, or `read_through`.
    pub rule: String,
    /// How many values were searched for.
    pub values: i64,
    /// How many records it added to what had been found.
    pub found: i64,
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    pub began_at: Moment,
    /// When it ended.
    #[schema(value_type = String, format = DateTime)]
    pub ended_at: Moment,
    /// Why it did not come to its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// The searches made for a case, in their order; a page, and where the next begins.
///
/// # Errors
/// [`ActError`] of the store.
pub fn search_log(desk: &Desk, case: CaseId, skip: i64) -> Result<(Vec<SearchView>, Option<i64>), ActError> {
    let mut rows = desk.store.read(|conn| -> Result<_, ActError> {
        case_by_id(conn, case)?;
        Ok(searches_of(conn, case, skip, PAGE + 1)?)
    })?;
    let more = i64::try_from(rows.len()).unwrap_or(i64::MAX) > PAGE;
    if more {
        rows.pop();
    }
    let views = rows
        .into_iter()
        .map(|row| SearchView {
            source: row.source,
            collection: row.collection,
            columns: row.searched_columns,
            rule: row.rule,
            values: row.searched_values,
            found: row.found,
            began_at: Moment::from_naive_utc(row.began_at),
            ended_at: Moment::from_naive_utc(row.ended_at),
            problem: row.problem,
        })
        .collect();
    Ok((views, more.then_some(skip.saturating_add(PAGE))))
}

/// How far the search of one collection has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ProgressView {
    /// The source.
    pub source: String,
    /// The collection.
    pub collection: String,
    /// `waiting`, `searching`, `searched`, `failed` or, where nothing led there, `not_reached`.
    pub state: String,
    /// Records found there so far.
    pub found: i64,
    /// When this was last known.
    #[schema(value_type = String, format = DateTime)]
    pub changed_at: Moment,
}

/// How far the search of a case has come, by source and collection; empty before the first search.
///
/// # Errors
/// [`ActError`] of the store.
pub fn gather_progress(desk: &Desk, case: CaseId) -> Result<Vec<ProgressView>, ActError> {
    let rows = desk.store.read(|conn| -> Result<_, ActError> {
        case_by_id(conn, case)?;
        Ok(progress_of(conn, case)?)
    })?;
    Ok(rows
        .into_iter()
        .map(|row| ProgressView {
            source: row.source,
            collection: row.collection,
            state: row.state,
            found: row.found,
            changed_at: Moment::from_naive_utc(row.changed_at),
        })
        .collect())
}

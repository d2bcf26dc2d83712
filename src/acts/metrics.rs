//! What the operator's monitoring is told: how long things wait and take, and how many fail. Counts and times alone.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::case::Stage;
use crate::store::{
    Conn, StoreError, anchor_newest, audit_head, cases_by_stage, jobs_by_kind, jobs_waiting, tallies_all, tally_add,
};

use super::desk::Desk;
use super::error::ActError;

/// Within so many days from today a case is due soon.
pub const DUE_SOON_DAYS: u64 = 7;
/// The upper bounds of the histogram of searches, in milliseconds.
const BOUNDS: [u64; 7] = [100, 500, 1_000, 5_000, 15_000, 60_000, 300_000];
const GATHER_COUNT: &str = "gather_count";
const GATHER_SUM: &str = "gather_milliseconds";
const GATHER_FAILED: &str = "gather_failed";
const MAIL_FAILED: &str = "mail_failed";

/// How long searches of a source took.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchTimes {
    /// How many searches took at most so many milliseconds.
    pub at_most: Vec<(u64, u64)>,
    /// How many there were.
    pub count: u64,
    /// How long they took together.
    pub milliseconds: u64,
    /// Collections that could not be searched.
    pub failed: u64,
}

/// The figures of now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measures {
    /// Jobs that are not done: kind, state, how many.
    pub jobs: Vec<(String, String, u64)>,
    /// For how long the oldest job that should have run has waited.
    pub oldest_job_seconds: u64,
    /// Open cases by stage.
    pub open: Vec<(String, u64)>,
    /// Open cases past their due date.
    pub overdue: u64,
    /// Open cases due today or within [`DUE_SOON_DAYS`].
    pub due_soon: u64,
    /// Searches by source.
    pub searches: BTreeMap<String, SearchTimes>,
    /// Letters that the post did not take at a try, by the job's kind.
    pub mail_failures: Vec<(String, u64)>,
    /// Entries of the audit trail.
    pub audit_entries: u64,
    /// How old the newest anchor is; none if there is none.
    pub anchor_age_seconds: Option<u64>,
}

/// The figures of now, from the database: the same whichever process is asked.
///
/// # Errors
/// [`ActError`] of the store.
pub fn measures(desk: &Desk) -> Result<Measures, ActError> {
    let now = desk.now();
    let today = now.london_date();
    let soon = today.checked_add_days(Days::new(DUE_SOON_DAYS)).unwrap_or(NaiveDate::MAX);
    let open: Vec<&str> = Stage::ALL.iter().filter(|stage| stage.is_open()).map(|stage| stage.as_str()).collect();
    desk.store.read(|conn| {
        let mut measures = Measures {
            jobs: counted(jobs_by_kind(conn)?),
            oldest_job_seconds: jobs_waiting(conn, now)?
                .map_or(0, |since| count(now.unix_seconds() - since.unix_seconds())),
            open: cases_by_stage(conn, &open, None)?.into_iter().map(|(stage, n)| (stage, count(n))).collect(),
            due_soon: sum(&cases_by_stage(conn, &open, Some((Some(today), soon)))?),
            audit_entries: audit_head(conn)?.map_or(0, |(seq, _)| count(seq)),
            anchor_age_seconds: anchor_newest(conn)?.map(|anchor| count(now.unix_seconds() - anchor.at.unix_seconds())),
            ..Measures::default()
        };
        if let Some(yesterday) = today.pred_opt() {
            measures.overdue = sum(&cases_by_stage(conn, &open, Some((None, yesterday)))?);
        }
        for (name, label, value) in counted(tallies_all(conn)?) {
            match name.as_str() {
                MAIL_FAILED => measures.mail_failures.push((label, value)),
                GATHER_COUNT => measures.searches.entry(label).or_default().count = value,
                GATHER_SUM => measures.searches.entry(label).or_default().milliseconds = value,
                GATHER_FAILED => measures.searches.entry(label).or_default().failed = value,
                other => {
                    if let Some(bound) = BOUNDS.into_iter().find(|bound| at_most(*bound) == other) {
                        measures.searches.entry(label).or_default().at_most.push((bound, value));
                    }
                }
            }
        }
        for times in measures.searches.values_mut() {
            // A bound that no search stayed under has no tally yet.
            times.at_most = BOUNDS
                .into_iter()
                .map(|bound| (bound, times.at_most.iter().find(|(b, _)| *b == bound).map_or(0, |(_, n)| *n)))
                .collect();
        }
        Ok(measures)
    })
}

fn count(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

fn sum(counts: &[(String, i64)]) -> u64 {
    counts.iter().map(|(_, n)| count(*n)).sum()
}

fn counted(rows: Vec<(String, String, i64)>) -> Vec<(String, String, u64)> {
    rows.into_iter().map(|(a, b, n)| (a, b, count(n))).collect()
}

fn at_most(bound: u64) -> String {
    format!("gather_at_most_{bound}")
}

/// Counts a job whose try failed, if it is one that sends something.
///
/// # Errors
/// [`StoreError`].
pub fn count_failure(conn: &mut Conn, kind: &str) -> Result<(), StoreError> {
    if kind.starts_with("send_") { tally_add(conn, MAIL_FAILED, kind, 1) } else { Ok(()) }
}

/// Keeps how long each source took, and how many collections of each could not be searched.
pub(super) fn keep_times(
    conn: &mut Conn,
    times: &BTreeMap<String, u64>,
    failed: &BTreeMap<String, u64>,
) -> Result<(), StoreError> {
    for (source, milliseconds) in times {
        tally_add(conn, GATHER_COUNT, source, 1)?;
        tally_add(conn, GATHER_SUM, source, crate::base::clamp_i64(*milliseconds))?;
        for bound in BOUNDS.into_iter().filter(|bound| milliseconds <= bound) {
            tally_add(conn, &at_most(bound), source, 1)?;
        }
    }
    for (source, n) in failed {
        tally_add(conn, GATHER_FAILED, source, crate::base::clamp_i64(*n))?;
    }
    Ok(())
}

//! After a change of the bank holidays every open case is computed anew: in pages, each moved case in a transaction of its
//! own, so that a stop in the middle loses nothing and one case that cannot be computed does not hold up the others.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::case::CaseId;
use crate::deadline::Fact;
use crate::letter::DateMoved;
use crate::store::{
    CaseRow, Lease, RecomputedRow, StoreError, case_for_change, case_update, cases_open, clock_events_of,
    holiday_change_by_id, holiday_change_progress, job_done, look_at_all, recomputed_insert, recomputed_page,
};

use super::clock::{AsOf, computed, deadline_of, differs, fact, known_facts, reclock};
use super::desk::Desk;
use super::error::ActError;
use super::holidays::{HolidayChangeId, holidays};
use super::letters::LetterOrder;

/// Cases read at once.
const PAGE: i64 = 200;

/// A case that a change of the bank holidays moved, or that could not be computed under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MovedCase {
    /// The case's reference.
    pub reference: String,
    /// Due before.
    pub due_before: Option<NaiveDate>,
    /// Due since.
    pub due_after: Option<NaiveDate>,
    /// True if the requester is written to.
    pub told: bool,
    /// Why it could not be computed; its dates stand as they were.
    pub problem: Option<String>,
}

/// The job of a change: goes on where an earlier attempt stopped.
///
/// # Errors
/// [`ActError`], after which the job is tried again.
pub fn recompute_job(desk: &Desk, change: HolidayChangeId, lease: &Lease) -> Result<(), ActError> {
    recompute(desk, change)?;
    desk.store.write(|conn| Ok(job_done(conn, lease, desk.now())?))
}

/// Computes every open case under the bank holidays as they are now. Whoever does this (the command, a worker, or both at
/// once) comes to the same end: a case that one of them moved is no longer different for the other.
///
/// # Errors
/// [`ActError`] of the store; a case that cannot be computed is none, and is listed.
pub fn recompute(desk: &Desk, change: HolidayChangeId) -> Result<(), ActError> {
    let row = desk.store.read(|conn| holiday_change_by_id(conn, &change.to_string()))?;
    if row.recomputed_at.is_some() {
        return Ok(());
    }
    let mut after = row.recomputed_to;
    loop {
        let (cases, touched) = page(desk, after.as_deref())?;
        for id in touched {
            one(desk, change, id)?;
        }
        let Some(last) = cases.last() else { break };
        after = Some(last.id.clone());
        desk.store.write(|conn| holiday_change_progress(conn, &change.to_string(), Some(&last.id), None))?;
    }
    desk.store.write(|conn| {
        // A lead of working days may begin on another day now, though the date itself stands.
        look_at_all(conn, desk.clock.today())?;
        holiday_change_progress(conn, &change.to_string(), None, Some(desk.now()))
    })?;
    Ok(())
}

/// A page of open cases, and which of them are to be changed or listed.
fn page(desk: &Desk, after: Option<&str>) -> Result<(Vec<CaseRow>, Vec<CaseId>), ActError> {
    desk.store.read(|conn| {
        let cases = cases_open(conn, after, PAGE)?;
        let holidays = holidays(conn, desk, AsOf::Now)?;
        let ids: Vec<String> = cases.iter().map(|case| case.id.clone()).collect();
        let mut facts: BTreeMap<String, Vec<Fact>> = BTreeMap::new();
        for row in clock_events_of(conn, &ids)? {
            facts.entry(row.case_id.clone()).or_default().push(fact(&row)?);
        }
        let mut touched = Vec::new();
        for case in &cases {
            let known = facts.get(&case.id).map_or(Ok(None), |facts| known_facts(desk, case, facts, AsOf::Now))?;
            let deadline = known.map(|known| computed(&known, &holidays));
            // What cannot be computed is looked at again one by one, where the reason is noted.
            if !matches!(deadline, Some(Ok(deadline)) if !differs(case, &deadline)) {
                touched.push(case.case_id()?);
            }
        }
        Ok((cases, touched))
    })
}

/// Computes one case anew, in a transaction of its own.
fn one(desk: &Desk, change: HolidayChangeId, id: CaseId) -> Result<(), ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        let mut case = case_for_change(conn, id)?;
        if !case.stage()?.is_open() {
            return Ok(());
        }
        let before = case.due_on;
        let (told, problem) = match deadline_of(conn, desk, &case, AsOf::Now) {
            Ok(deadline) if !differs(&case, &deadline) => return Ok(()),
            Ok(_) => {
                reclock(conn, desk, &mut case, now)?;
                case = case_update(conn, case, now)?;
                (LetterOrder::tell_new_date(conn, &case, before, DateMoved::BankHoliday, now)?, None)
            }
            Err(refused @ (ActError::Refused(_) | ActError::Broken(_))) => (false, Some(refused.to_string())),
            Err(other) => return Err(other),
        };
        if problem.is_none() && before == case.due_on {
            return Ok(());
        }
        let row = RecomputedRow {
            change_id: change.to_string(),
            case_id: case.id,
            due_before: before,
            due_after: case.due_on,
            told,
            problem,
        };
        Ok(recomputed_insert(conn, row)?)
    })
}

/// The cases that a change moved, or that could not be computed, by reference, after the reference `after`.
///
/// # Errors
/// [`ActError`] of the store.
pub fn moved_cases(desk: &Desk, change: HolidayChangeId, after: &str, limit: i64) -> Result<Vec<MovedCase>, ActError> {
    let page = desk
        .store
        .read(|conn| -> Result<_, StoreError> { recomputed_page(conn, &change.to_string(), after, limit) })?;
    let moved = |(reference, row): (String, RecomputedRow)| MovedCase {
        reference,
        due_before: row.due_before,
        due_after: row.due_after,
        told: row.told,
        problem: row.problem,
    };
    Ok(page.into_iter().map(moved).collect())
}

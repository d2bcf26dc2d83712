//! The job that carries a signed plan out. What is about to be done at a source is in the journal before the source is
//! touched; each source is one transaction. A crash anywhere, or a commit whose end was not heard, leaves an open entry: the
//! next try asks the source, where all of it stands or nothing.

use crate::audit::Actor;
use crate::base::Moment;
use crate::case::{CaseId, Move, step};
use crate::erase::{ErasureAct, ErasureId, ErasureState, next_step};
use crate::store::{
    Conn, ErasureRow, Lease, case_for_change, erasure_by_id, erasure_items_of, erasure_run_begin, erasure_run_end,
    erasure_runs_of, job_done,
};

use super::super::rectify::source_of;
use super::carrying::{Carried, carry_out, steps_at};
use super::found::{found, sources};
use super::telling::tell_recipients;
use super::{keep, note};
use crate::acts::desk::Desk;
use crate::acts::error::ActError;
use crate::acts::gather::begin;
use crate::acts::moving::By;
use crate::acts::reviewing::Review;

/// Carries out a signed erasure.
///
/// # Errors
/// [`ActError::Broken`] if a source could not be reached or the end of its transaction was not heard: the job is tried
/// again, and reads the source first.
pub fn run_erasure(desk: &Desk, id: CaseId, erasure: ErasureId, lease: &Lease) -> Result<(), ActError> {
    let row = desk.store.read(|conn| -> Result<_, ActError> { Ok(erasure_by_id(conn, id, erasure)?) })?;
    if row.state()? != ErasureState::Signed {
        // Done by a worker whose lease ended.
        return desk.store.write(|conn| Ok(job_done(conn, lease, desk.now())?));
    }
    let (act, problem) = carried(desk, id, &row)?;
    desk.store.write(|conn| {
        job_done(conn, lease, desk.now())?;
        end(conn, desk, id, erasure, act, problem)
    })
}

/// Does what is not done yet, source by source.
fn carried(desk: &Desk, id: CaseId, row: &ErasureRow) -> Result<(ErasureAct, Option<String>), ActError> {
    let erasure = row.erasure_id()?;
    let changed = |why: &str| Ok((ErasureAct::Differ, Some(format!("{why}: gather again, and plan again"))));
    let review = Review::load(desk, id, None)?;
    // A source that cannot be read now is tried again.
    let sources = sources(desk).map_err(|error| ActError::Broken(error.to_string()))?;
    let found = match found(desk, &review, sources) {
        Ok(found) if found.digest == row.digest => found,
        Ok(_) | Err(ActError::Refused(_)) => return changed("what was signed is not what would be planned now"),
        Err(error) => return Err(error),
    };
    for dataset in &desk.settings.data_map.datasets {
        if steps_at(&found, dataset).is_empty() {
            continue;
        }
        let ended = desk.store.write(|conn| -> Result<_, ActError> {
            erasure_run_begin(conn, erasure, &dataset.key, desk.now())?;
            let runs = erasure_runs_of(conn, erasure)?;
            Ok(runs.iter().any(|run| run.dataset == dataset.key && run.ended_at.is_some()))
        })?;
        if ended {
            continue;
        }
        let carried = carry_out(&found, dataset, source_of(desk, dataset)?, &desk.forget_key, true)
            .map_err(|error| ActError::Broken(error.to_string()))?;
        let (outcome, counts, stop) = match carried {
            Carried::Done { now: 0, already } => ("stands", (0, already), None),
            Carried::Done { now, already } => ("made", (now, already), None),
            Carried::Differs(record) => {
                ("differs", (0, 0), Some((ErasureAct::Differ, format!("{record} is not the person's any more"))))
            }
            Carried::Refused(why) => ("refused", (0, 0), Some((ErasureAct::Block, why))),
        };
        desk.store.write(|conn| -> Result<(), ActError> {
            let now = desk.now();
            erasure_run_end(conn, erasure, &dataset.key, outcome, counts, now)?;
            let case = case_for_change(conn, id)?;
            note(conn, case, &row.id, outcome, counts.0 + counts.1, &By::system(), now)?;
            Ok(())
        })?;
        if let Some((act, why)) = stop {
            return Ok((act, Some(format!("{}: {why}", dataset.key))));
        }
    }
    let left = found.plan.steps.iter().filter_map(|step| found.rows.get(step.row)).any(|row| row.by_owner.is_some());
    Ok((ErasureAct::Finish { left }, None))
}

fn end(
    conn: &mut Conn,
    desk: &Desk,
    id: CaseId,
    erasure: ErasureId,
    act: ErasureAct,
    problem: Option<String>,
) -> Result<(), ActError> {
    let now = desk.now();
    let case = case_for_change(conn, id)?;
    let fresh = erasure_by_id(conn, id, erasure)?;
    let state = next_step(fresh.state()?, act)?;
    let done = matches!(act, ErasureAct::Finish { .. });
    let row = ErasureRow { state: state.to_string(), ended_at: done.then(|| now.naive_utc()), problem, ..fresh };
    let by = By { actor: Actor::System, version: None };
    let case = keep(conn, case, &row, state.as_str(), 0, &by, now)?;
    if done {
        let items = erasure_items_of(conn, erasure)?;
        tell_recipients(conn, desk, id, items.iter().filter(|item| item.by_owner.is_none()), now)?;
        // What is left is found by searching again: the old search shows what is gone.
        if step(case.stage()?, Move::Gather).is_ok() {
            begin(conn, desk, case, &by, now)?;
        }
    }
    Ok(())
}

/// The job was given up: the erasure is one that a caseworker can act on again. Its entries of the journal stay open if
/// nobody knows what became of them; the next search finds out.
pub(in crate::acts) fn give_up_erasing(
    conn: &mut Conn,
    id: CaseId,
    erasure: ErasureId,
    problem: &str,
    now: Moment,
) -> Result<(), ActError> {
    let case = case_for_change(conn, id)?;
    let fresh = erasure_by_id(conn, id, erasure)?;
    if fresh.state()? != ErasureState::Signed {
        return Ok(());
    }
    let state = next_step(ErasureState::Signed, ErasureAct::Block)?;
    let row = ErasureRow { state: state.to_string(), problem: Some(problem.to_owned()), ..fresh };
    keep(conn, case, &row, "blocked", 0, &By::system(), now)?;
    Ok(())
}

//! A caseworker plans; a second person signs or returns.

use crate::base::u64_from;
use crate::case::{CaseId, Move, step};
use crate::erase::{ErasureAct, ErasureId, ErasureState, What, next_step};
use crate::store::{
    CaseRow, ErasureItemRow, ErasureRow, erasure_by_id, erasure_insert, erasure_update, erasures_of, suppression_keep,
};

use super::super::rectify::source_of;
use super::carrying::{Carried, carry_out, steps_at};
use super::found::{Found, found, nothing_is_being_written, sources};
use super::suppressing::to_keep_out;
use super::{asks_for_it, keep, note};
use crate::acts::desk::Desk;
use crate::acts::error::ActError;
use crate::acts::moving::{By, load};
use crate::acts::queue::Job;
use crate::acts::reviewing::Review;

/// Plans what goes and what stays, and tries it out at every source without keeping anything. A plan from before is
/// replaced.
///
/// # Errors
/// [`ActError::Refused`] with what is to be done first: records that nobody has decided about, a search that failed.
pub fn erasure_plan(desk: &Desk, id: CaseId, by: &By) -> Result<ErasureId, ActError> {
    let staff = by.staff_id()?.to_owned();
    let review = Review::load(desk, id, Some(by))?;
    open(&review.case)?;
    nothing_is_being_written(desk, id)?;
    let found = found(desk, &review, sources(desk)?)?;
    let tried = tried(desk, &found)?;
    let made = ErasureId::new();
    let now = desk.now();
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        open(&case)?;
        for before in erasures_of(conn, id)? {
            let state = before.state()?;
            // What was done, stays in the list as done.
            if state.is_open() {
                let state = next_step(state, ErasureAct::Replace)?;
                erasure_update(conn, &ErasureRow { state: state.to_string(), ..before })?;
            }
        }
        let row = ErasureRow {
            id: made.to_string(),
            case_id: id.to_string(),
            state: ErasureState::Planned.to_string(),
            digest: found.digest.clone(),
            ways: super::views::ways(&found),
            tried,
            made_by: staff,
            made_at: now.naive_utc(),
            signed_by: None,
            signed_at: None,
            ended_at: None,
            problem: None,
            proof: None,
        };
        erasure_insert(conn, row, items(&found, made))?;
        note(conn, case, &made.to_string(), "planned", u64_from(found.plan.steps.len()), by, now)?;
        Ok(made)
    })
}

/// An erasure is of a case that is being reviewed.
fn open(case: &CaseRow) -> Result<(), ActError> {
    asks_for_it(case)?;
    step(case.stage()?, Move::DecideRecord)?;
    Ok(())
}

/// What stands in the way; none if every source would do its part.
fn tried(desk: &Desk, found: &Found<'_>) -> Result<Option<String>, ActError> {
    let mut problems = Vec::new();
    for dataset in &desk.settings.data_map.datasets {
        if steps_at(found, dataset).is_empty() {
            continue;
        }
        match carry_out(found, dataset, source_of(desk, dataset)?, &desk.forget_key, false) {
            Ok(Carried::Done { .. }) => {}
            Ok(Carried::Differs(record)) => {
                problems.push(format!("{record} is not what the search found any more: gather again, and plan again"));
            }
            Ok(Carried::Refused(why)) => problems.push(why),
            Err(error) => {
                return Err(ActError::Refused(format!("the source {} cannot be tried: {error}", dataset.key)));
            }
        }
    }
    Ok((!problems.is_empty()).then(|| problems.join("\n")))
}

fn items(found: &Found<'_>, erasure: ErasureId) -> Vec<ErasureItemRow> {
    let steps = found.plan.steps.iter().map(|step| (step.row, step.what.as_str(), step.reason.clone()));
    let stays = found.plan.stays.iter().map(|stay| (stay.row, "stay", Some(stay.reason.clone())));
    steps
        .chain(stays)
        .filter_map(|(row, what, reason)| {
            let row = found.rows.get(row)?;
            let (dataset, collection) = found.mapped.get(row.collection)?;
            Some((row, *dataset, *collection, what, reason))
        })
        .zip(1_i64..)
        .map(|((row, dataset, collection, what, reason), number)| ErasureItemRow {
            erasure_id: erasure.to_string(),
            number,
            dataset: dataset.key.clone(),
            collection: collection.name.clone(),
            record: row.id.clone(),
            what: what.to_owned(),
            reason,
            by_owner: row.by_owner.clone().filter(|_| what != "stay"),
        })
        .collect()
}

/// Signs what somebody else planned, if it is still what would be planned now. From then on the addresses are kept out of
/// their lists, and a job carries the plan out. Gives the case's new version.
///
/// # Errors
/// [`ActError::Forbidden`] for one's own plan; [`ActError::Refused`] if the plan cannot be carried out as it stands.
pub fn erasure_sign(desk: &Desk, id: CaseId, erasure: ErasureId, by: &By) -> Result<i64, ActError> {
    let staff = by.staff_id()?.to_owned();
    let review = Review::load(desk, id, Some(by))?;
    let row = desk.store.read(|conn| -> Result<_, ActError> { Ok(erasure_by_id(conn, id, erasure)?) })?;
    next_step(row.state()?, ErasureAct::Sign)?;
    if row.made_by == staff {
        return Err(ActError::Forbidden("you planned this yourself: a second person must sign".to_owned()));
    }
    if let Some(why) = &row.tried {
        return Err(ActError::Refused(format!("the plan cannot be carried out: {why}")));
    }
    open(&review.case)?;
    nothing_is_being_written(desk, id)?;
    let found = found(desk, &review, sources(desk)?)?;
    if found.digest != row.digest {
        return Err(ActError::Refused(
            "what was found, or decided, or the data map has changed since: make a new plan".to_owned(),
        ));
    }
    let now = desk.now();
    let kept_out = to_keep_out(desk, &found);
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        open(&case)?;
        let fresh = erasure_by_id(conn, id, erasure)?;
        let state = next_step(fresh.state()?, ErasureAct::Sign)?;
        let row =
            ErasureRow { state: state.to_string(), signed_by: Some(staff), signed_at: Some(now.naive_utc()), ..fresh };
        for (list, hash) in &kept_out {
            suppression_keep(conn, list, hash, Some(id), now)?;
        }
        Job::Erase { case: id, erasure }.enqueue(conn, None, now)?;
        let records = found.plan.steps.iter().filter(|step| matches!(step.what, What::Delete | What::Anonymise));
        Ok(keep(conn, case, &row, "signed", u64_from(records.count()), by, now)?.version)
    })
}

/// Returns what somebody else planned, with the reason. Gives the case's new version.
///
/// # Errors
/// [`ActError::Refused`] if it does not wait for a signature.
pub fn erasure_return(desk: &Desk, id: CaseId, erasure: ErasureId, reason: &str, by: &By) -> Result<i64, ActError> {
    let now = desk.now();
    let staff = by.staff_id()?.to_owned();
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        let fresh = erasure_by_id(conn, id, erasure)?;
        let state = next_step(fresh.state()?, ErasureAct::Return)?;
        let row =
            ErasureRow { state: state.to_string(), signed_by: Some(staff), problem: Some(reason.to_owned()), ..fresh };
        Ok(keep(conn, case, &row, "returned", 0, by, now)?.version)
    })
}

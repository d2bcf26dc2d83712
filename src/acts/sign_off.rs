//! Sign-off: the review is sent by one person and signed by another.

use crate::case::{CaseId, Move, step};
use crate::files::spool::Standing;
use crate::store::{CaseRow, bundles_superseded, gather_latest, reviewers};

use super::desk::Desk;
use super::error::ActError;
use super::moving::{By, load, take};
use super::queue::Job;
use super::reviewing::Review;

/// Sends the review for sign-off. Every record that the gather held back must have been decided.
///
/// # Errors
/// [`ActError::Refused`] naming how many are not.
pub fn decide(desk: &Desk, id: CaseId, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    let staff = by.staff_id()?.to_owned();
    let review = Review::load(desk, id, Some(by))?;
    let rules = review.rules();
    let mut open = 0_u64;
    review.spool.each_held(&rules, &mut |_, standing| match standing {
        Standing::Held { .. } | Standing::Possible { .. } => open += 1,
        Standing::Disclose | Standing::Excluded { .. } => {}
    })?;
    if open > 0 {
        return Err(ActError::Refused(format!(
            "{open} records are held for review and not decided: include or exclude each, then send the case for \
             sign-off"
        )));
    }
    desk.store.write(|conn| {
        let mut case = load(conn, id, by)?;
        case.decided_by = Some(staff);
        take(conn, case, Move::Decide, by, None, now)
    })
}

/// Returns the case to the reviewer. A bundle that was built is removed.
///
/// # Errors
/// [`ActError`].
pub fn send_back(desk: &Desk, id: CaseId, reason: &str, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    let (case, files) = desk.store.write(|conn| -> Result<_, ActError> {
        let mut case = load(conn, id, by)?;
        case.decided_by = None;
        case.approved_by = None;
        let files = bundles_superseded(conn, id, now)?;
        Ok((take(conn, case, Move::SendBack, by, Some(reason), now)?, files))
    })?;
    for file in files {
        desk.files.bundle_remove(&file)?;
    }
    Ok(case)
}

/// Signs off what somebody else decided; the bundle is built next. While a source could not be searched, the approver
/// must record why the answer may go out all the same.
///
/// # Errors
/// [`ActError::Forbidden`] for one's own work.
pub fn approve(desk: &Desk, id: CaseId, reason: &str, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    let staff = by.staff_id()?.to_owned();
    desk.store.write(|conn| {
        let mut case = load(conn, id, by)?;
        step(case.stage()?, Move::Approve)?;
        if case.decided_by.as_deref() == Some(staff.as_str()) {
            return Err(ActError::Forbidden(
                "you sent this case for sign-off yourself: a second person must approve it".to_owned(),
            ));
        }
        if reviewers(conn, id)?.contains(&staff) {
            return Err(ActError::Forbidden(
                "you decided records of this case yourself: a second person must approve it".to_owned(),
            ));
        }
        let failed = gather_latest(conn, id)?.map_or(0, |gather| gather.failed);
        if failed > 0 && reason.is_empty() {
            return Err(ActError::field(
                "reason",
                format!(
                    "{failed} collections could not be searched: send it back and gather again, or say here why the \
                     answer may go out without them"
                ),
            ));
        }
        case.approved_by = Some(staff);
        let case = take(conn, case, Move::Approve, by, Some(reason).filter(|r| !r.is_empty()), now)?;
        Job::BuildBundle { case: id }.enqueue(conn, None, now)?;
        Ok(case)
    })
}

//! What the program cannot do at a source is done by who looks after it, and seen by searching again.

use crate::base::u64_from;
use crate::case::CaseId;
use crate::erase::{ErasureAct, ErasureId, next_step};
use crate::store::{ErasureItemRow, ErasureRow, erasure_by_id, erasure_items_of, gather_latest};

use super::keep;
use super::telling::tell_recipients;
use super::views::still_found;
use crate::acts::desk::Desk;
use crate::acts::error::ActError;
use crate::acts::moving::{By, load};

/// Who looks after the sources has done their part: the proof is kept, and a search since must not find it any more. Gives
/// the case's new version.
///
/// # Errors
/// [`ActError::Refused`] if nobody has searched since, or the search still finds it.
pub fn erasure_done(desk: &Desk, id: CaseId, erasure: ErasureId, proof: &str, by: &By) -> Result<i64, ActError> {
    let now = desk.now();
    by.staff_id()?;
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        let fresh = erasure_by_id(conn, id, erasure)?;
        let state = next_step(fresh.state()?, ErasureAct::OwnerDone)?;
        let items = erasure_items_of(conn, erasure)?;
        let theirs: Vec<ErasureItemRow> = items.into_iter().filter(|item| item.by_owner.is_some()).collect();
        let gather = gather_latest(conn, id)?.filter(|gather| Some(gather.finished_at) >= fresh.ended_at);
        let left = match &gather {
            Some(gather) => still_found(desk, gather, &theirs)?,
            None => return Err(ActError::Refused("nobody has looked at what is left: gather again first".to_owned())),
        };
        if left > 0 {
            return Err(ActError::Refused(format!(
                "the search still finds {left} of these records: have them erased, gather again, then say so again"
            )));
        }
        let row = ErasureRow { state: state.to_string(), proof: Some(proof.to_owned()), ..fresh };
        tell_recipients(conn, desk, id, theirs.iter(), now)?;
        Ok(keep(conn, case, &row, "owner_done", u64_from(theirs.len()), by, now)?.version)
    })
}

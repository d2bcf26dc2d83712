//! The weights of evidence again, from what caseworkers decided about candidates in every case whose search is still kept.

use crate::files::spool::Rules;
use crate::matching::{Decided, Estimate, estimate};
use crate::store::{gather_latest, rulings_all};

use super::desk::Desk;
use super::error::ActError;
use super::matching::Ruling;

/// What the decisions say about each level that was seen often enough. Changes nothing, and tells of no case.
///
/// # Errors
/// [`ActError::Refused`] if too little was decided yet.
pub fn weights_estimate(desk: &Desk) -> Result<Vec<Estimate>, ActError> {
    let broken = |error: &dyn std::error::Error| ActError::Broken(error.to_string());
    let rulings = desk.store.read(|conn| -> Result<_, ActError> { Ok(rulings_all(conn)?) })?;
    let mut decided = Vec::new();
    for of_case in rulings.chunk_by(|a, b| a.case_id == b.case_id) {
        let Some(case) = of_case.first().and_then(|row| row.case_id.parse().ok()) else { continue };
        let gather = desk.store.read(|conn| -> Result<_, ActError> { Ok(gather_latest(conn, case)?) })?;
        // A case whose search has been deleted is passed over.
        let Some(spool) = gather.and_then(|gather| desk.files.spool_open(&gather.spool).ok()) else { continue };
        for ruling in of_case {
            let row = spool.find(&ruling.record, &Rules::default()).map_err(|e| broken(&e))?;
            let Some(candidate) = row.and_then(|row| row.candidate) else { continue };
            if !candidate.levels.is_empty() {
                let theirs = ruling.ruling == Ruling::Theirs.as_str();
                decided.push(Decided { levels: candidate.levels, theirs });
            }
        }
    }
    estimate(&desk.settings.model, &decided).map_err(|few| ActError::Refused(few.to_string()))
}

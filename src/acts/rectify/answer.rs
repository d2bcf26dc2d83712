//! The answer to a request that ends without a bundle: what became of each thing that was asked for.

use crate::case::{CaseId, Move, step};
use crate::deadline::Right;
use crate::rectify::{Decided, State};
use crate::store::{CaseRow, Conn, corrections_of};

use super::views::labels;
use crate::acts::desk::Desk;
use crate::acts::error::ActError;
use crate::acts::letters::LetterOrder;
use crate::acts::moving::{By, load, take};

/// What became of one correction, for the letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::acts) struct CorrectionOutcome {
    /// The field and its record, in plain words.
    pub(in crate::acts) what: String,
    /// What became of it, in plain words.
    pub(in crate::acts) became: &'static str,
    /// Why not, or not all of it.
    pub(in crate::acts) reason: Option<String>,
}

/// Answers a request for rectification: every correction must have ended.
///
/// # Errors
/// [`ActError::Refused`] naming how many are open, or for a right that is answered another way.
pub fn answer(desk: &Desk, id: CaseId, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        let mut case = load(conn, id, by)?;
        step(case.stage()?, Move::Answer)?;
        if case.right()? != Right::Rectification {
            return Err(ActError::Refused(
                "this is for requests for rectification: decide, approve and release the others".to_owned(),
            ));
        }
        let rows = corrections_of(conn, id)?;
        let open = rows.iter().filter_map(|row| row.state().ok()).filter(|state| state.is_open()).count();
        if rows.is_empty() || open > 0 {
            return Err(ActError::Refused(if rows.is_empty() {
                "no correction is written down: add what the person asks for, or refuse the request".to_owned()
            } else {
                format!("{open} corrections have not ended: decide, sign and write them first")
            }));
        }
        case.released_at = Some(now.naive_utc());
        let case = take(conn, case, Move::Answer, by, None, now)?;
        LetterOrder::Outcome.enqueue(conn, id, now)?;
        Ok(case)
    })
}

/// What became of the corrections of a case, but for those that took others back.
///
/// # Errors
/// [`ActError`] of the store.
pub(in crate::acts) fn outcomes(desk: &Desk, conn: &mut Conn, id: CaseId) -> Result<Vec<CorrectionOutcome>, ActError> {
    corrections_of(conn, id)?
        .into_iter()
        .filter(|row| row.undoes.is_none())
        .map(|row| {
            let (collection, field) = labels(desk, &row);
            let (state, decided) = (row.state()?, row.decided()?);
            let short = state != State::Written || decided == Some(Decided::Part);
            Ok(CorrectionOutcome {
                what: format!("{field} ({collection})"),
                became: state.plain(),
                reason: row.reason.filter(|_| short),
            })
        })
        .collect()
}

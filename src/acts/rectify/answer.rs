//! The answer to a request that ends without a bundle: what became of each thing that was asked for.

use crate::case::{CaseId, Move, step};
use crate::deadline::Right;
use crate::rectify::{Decided, State};
use crate::store::{CaseRow, Conn, corrections_of};

use super::super::erase::answered;
use super::views::labels;
use crate::acts::desk::Desk;
use crate::acts::error::ActError;
use crate::acts::letters::LetterOrder;
use crate::acts::moving::{By, load, take};

/// Answers a request for rectification or erasure: all that was asked for must have ended.
///
/// # Errors
/// [`ActError::Refused`] naming what is open, or for a right that is answered another way.
pub fn answer(desk: &Desk, id: CaseId, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        let mut case = load(conn, id, by)?;
        step(case.stage()?, Move::Answer)?;
        let order = match case.right()? {
            Right::Rectification => {
                every_correction_ended(conn, id)?;
                LetterOrder::Corrected
            }
            Right::Erasure => {
                answered(desk, conn, id)?;
                LetterOrder::Erased
            }
            Right::Access
            | Right::Restriction
            | Right::Portability
            | Right::Objection
            | Right::AutomatedDecision
            | Right::ComplaintAck => {
                return Err(ActError::Refused(
                    "this is for requests for rectification and erasure: decide, approve and release the others"
                        .to_owned(),
                ));
            }
        };
        case.released_at = Some(now.naive_utc());
        let case = take(conn, case, Move::Answer, by, None, now)?;
        order.enqueue(conn, id, now)?;
        Ok(case)
    })
}

fn every_correction_ended(conn: &mut Conn, id: CaseId) -> Result<(), ActError> {
    let rows = corrections_of(conn, id)?;
    let open = rows.iter().filter_map(|row| row.state().ok()).filter(|state| state.is_open()).count();
    if rows.is_empty() {
        return Err(ActError::Refused(
            "no correction is written down: add what the person asks for, or refuse the request".to_owned(),
        ));
    }
    if open > 0 {
        return Err(ActError::Refused(format!("{open} corrections have not ended: decide, sign and write them first")));
    }
    Ok(())
}

/// The fields that were put right, each with what it says now; and what was not done, with the reasons.
pub(in crate::acts) type Outcomes = (Vec<(String, String)>, Vec<String>);

/// What became of the corrections of a case, in words: the fields that were put right, each with what it says now; and what
/// was not done, with the reasons. Those that took others back are left out.
pub(in crate::acts) fn outcomes(desk: &Desk, conn: &mut Conn, id: CaseId) -> Result<Outcomes, ActError> {
    let (mut done, mut not_done) = (Vec::new(), Vec::new());
    for row in corrections_of(conn, id)?.into_iter().filter(|row| row.undoes.is_none()) {
        let (collection, field) = labels(desk, &row);
        let (state, decided) = (row.state()?, row.decided()?);
        let what = format!("{field} ({collection})");
        if state == State::Written {
            done.push((what.clone(), row.new_value.unwrap_or_default()));
        }
        if state != State::Written || decided == Some(Decided::Part) {
            let why = row.reason.unwrap_or_else(|| state.plain().to_owned());
            not_done.push(format!("{what}: {why}"));
        }
    }
    Ok((done, not_done))
}

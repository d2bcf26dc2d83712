//! Erasing (UK GDPR Art. 17): planned from what was found, tried out, signed by a second person, carried out at each source
//! in one transaction, looked at again by a new search. Addresses are kept out of the lists that they were erased from.

mod carrying;
mod found;
mod owner;
mod planning;
mod running;
mod suppressing;
mod telling;
mod views;

pub use owner::erasure_done;
pub use planning::{erasure_plan, erasure_return, erasure_sign};
pub(super) use running::give_up_erasing;
pub use running::run_erasure;
pub use suppressing::{KeptOut, kept_out};
pub(super) use telling::{answered, erased_words};
pub use views::{
    ErasureCollection, ErasureDetail, ErasureItem, ErasureRun, ErasureView, ErasureWay, Remaining, erasure_detail,
    erasures_list,
};

use crate::audit::Event;
use crate::base::Moment;
use crate::deadline::Right;
use crate::store::{CaseRow, Conn, ErasureRow, audit_append, case_update, erasure_update};

use super::error::ActError;
use super::moving::By;

/// Keeps an erasure that took a step, with its audit event; gives the case as it is then.
fn keep(
    conn: &mut Conn,
    case: CaseRow,
    row: &ErasureRow,
    what: &str,
    records: u64,
    by: &By,
    now: Moment,
) -> Result<CaseRow, ActError> {
    erasure_update(conn, row)?;
    note(conn, case, &row.id, what, records, by, now)
}

/// The audit event of a step, and the case's new version.
fn note(
    conn: &mut Conn,
    case: CaseRow,
    erasure: &str,
    what: &str,
    records: u64,
    by: &By,
    now: Moment,
) -> Result<CaseRow, ActError> {
    let event = Event::Erasure { erasure: erasure.to_owned(), what: what.to_owned(), records };
    audit_append(conn, now, &by.actor, Some(case.case_id()?), &event)?;
    Ok(case_update(conn, case, now)?)
}

/// Only a request that asks for it erases anything; an objection that is upheld does too (Art. 17(1)(c)).
fn asks_for_it(case: &CaseRow) -> Result<(), ActError> {
    match case.right()? {
        Right::Erasure | Right::Objection => Ok(()),
        Right::Access
        | Right::Rectification
        | Right::Restriction
        | Right::Portability
        | Right::AutomatedDecision
        | Right::ComplaintAck => Err(ActError::Refused(
            "this is for requests for erasure, and objections: log a request for erasure first".to_owned(),
        )),
    }
}

impl From<crate::erase::NotNow> for ActError {
    fn from(error: crate::erase::NotNow) -> Self {
        Self::Refused(error.to_string())
    }
}

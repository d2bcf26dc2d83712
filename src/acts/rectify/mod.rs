//! Corrections: asked for, decided on the value as it is now, signed by a second person, written to the source or given to
//! who looks after it, taken back, answered.

mod answer;
mod asking;
mod deciding;
mod place;
mod recipients;
mod signing;
mod views;
mod writing;

pub use answer::answer;
pub(super) use answer::outcomes;
pub(super) use asking::keep_asked;
pub use asking::{AskCorrection, AskedFor, ask_as_requester, ask_as_staff};
pub use deciding::{RectifyDecision, correction_decide};
pub(super) use place::{PATIENCE, guarding, key_of, source_of};
pub use recipients::{
    NewNotice, NoticeView, ToldRecipient, notice_add, notice_letter, notice_step, notices_list, send_notice,
    told_recipients,
};
pub(super) use recipients::{being_told, new_notice};
pub use signing::{correction_done, correction_return, correction_sign, correction_undo};
pub use views::{
    JournalView, NowView, OwnCorrection, RectificationDetail, RectificationView, SameValue, correction_detail,
    own_corrections, rectifications_list,
};
pub(super) use writing::give_up_writing;
pub use writing::write_correction;

use crate::audit::Event;
use crate::base::Moment;
use crate::store::{CaseRow, Conn, RectificationRow, audit_append, case_update, correction_update};

use super::error::ActError;
use super::moving::By;

/// Keeps a correction that took a step, with its audit event; gives the case's new version.
fn keep(
    conn: &mut Conn,
    case: CaseRow,
    row: &RectificationRow,
    what: &str,
    by: &By,
    now: Moment,
) -> Result<i64, ActError> {
    correction_update(conn, row)?;
    Ok(note(conn, case, row, what, by, now)?.version)
}

/// The audit event of a step and the case's new version.
fn note(
    conn: &mut Conn,
    case: CaseRow,
    row: &RectificationRow,
    what: &str,
    by: &By,
    now: Moment,
) -> Result<CaseRow, ActError> {
    let event = Event::Correction {
        correction: row.id.clone(),
        what: what.to_owned(),
        record: row.record.clone(),
        field: row.field.clone(),
    };
    audit_append(conn, now, &by.actor, Some(case.case_id()?), &event)?;
    Ok(case_update(conn, case, now)?)
}

impl From<crate::rectify::NotPossible> for ActError {
    fn from(error: crate::rectify::NotPossible) -> Self {
        Self::Refused(error.to_string())
    }
}

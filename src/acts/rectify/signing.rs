//! A second person signs or returns what was decided; who looks after a source says that it is done; a correction is taken
//! back.

use crate::case::CaseId;
use crate::rectify::{Act, CorrectionId, Decided, State, next, same};
use crate::store::{RectificationRow, correction_by_id, correction_insert, corrections_of};

use super::deciding::asked_by_staff;
use super::place::{now, place};
use super::recipients::tell_recipients;
use super::{keep, note};
use crate::acts::desk::Desk;
use crate::acts::error::ActError;
use crate::acts::moving::{By, load};
use crate::acts::queue::Job;
use crate::acts::reviewing::Review;

/// Signs what somebody else decided. What is to be written is queued, or becomes a task for who looks after the source.
///
/// # Errors
/// [`ActError::Forbidden`] for one's own work.
pub fn correction_sign(desk: &Desk, id: CaseId, correction: CorrectionId, by: &By) -> Result<i64, ActError> {
    let at = desk.now();
    let staff = by.staff_id()?.to_owned();
    let (row, others) = desk.store.read(|conn| -> Result<_, ActError> {
        Ok((correction_by_id(conn, id, correction)?, corrections_of(conn, id)?))
    })?;
    let decided = row.decided()?.unwrap_or(Decided::Refuse);
    next(row.state()?, Act::Sign { decided, writable: true })?;
    if row.decided_by.as_deref() == Some(staff.as_str()) || asked_by_staff(&row, &staff) {
        return Err(ActError::Forbidden(
            "you asked for this or decided it yourself: a second person must sign".to_owned(),
        ));
    }
    let not_writable = match decided {
        Decided::Refuse | Decided::Statement => None,
        Decided::Apply | Decided::Part => {
            let review = Review::load(desk, id, Some(by))?;
            let place = place(desk, &review, &row.record, &row.field)?;
            now(&place, &others)?.not_writable
        }
    };
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        let fresh = correction_by_id(conn, id, correction)?;
        if fresh != row {
            return Err(ActError::Stale("correction"));
        }
        let state = next(fresh.state()?, Act::Sign { decided, writable: not_writable.is_none() })?;
        let ended = matches!(state, State::Refused | State::Stated).then(|| at.naive_utc());
        let row = RectificationRow {
            state: state.to_string(),
            signed_by: Some(staff),
            signed_at: Some(at.naive_utc()),
            ended_at: ended,
            problem: not_writable,
            ..fresh
        };
        if state == State::Signed {
            Job::WriteCorrection { case: id, correction }.enqueue(conn, None, at)?;
        }
        keep(conn, case, &row, "signed", by, at)
    })
}

/// Returns what somebody else decided, with the reason.
///
/// # Errors
/// [`ActError::Refused`] if nothing is decided.
pub fn correction_return(
    desk: &Desk,
    id: CaseId,
    correction: CorrectionId,
    reason: &str,
    by: &By,
) -> Result<i64, ActError> {
    let at = desk.now();
    by.staff_id()?;
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        let fresh = correction_by_id(conn, id, correction)?;
        let state = next(fresh.state()?, Act::Return)?;
        let row = RectificationRow { state: state.to_string(), problem: Some(reason.to_owned()), ..fresh };
        keep(conn, case, &row, "returned", by, at)
    })
}

/// Who looks after the source has changed it: the proof is kept, and the source is read.
///
/// # Errors
/// [`ActError::Refused`] if the source still says something else, or cannot be read.
pub fn correction_done(
    desk: &Desk,
    id: CaseId,
    correction: CorrectionId,
    proof: &str,
    by: &By,
) -> Result<i64, ActError> {
    let at = desk.now();
    by.staff_id()?;
    let (row, others) = desk.store.read(|conn| -> Result<_, ActError> {
        Ok((correction_by_id(conn, id, correction)?, corrections_of(conn, id)?))
    })?;
    next(row.state()?, Act::OwnerDone)?;
    let review = Review::load(desk, id, Some(by))?;
    let place = place(desk, &review, &row.record, &row.field)?;
    let found = now(&place, &others)?;
    if found.live {
        let kind = found.column.as_ref().map_or(crate::datamap::LiveKind::Other, |column| column.kind);
        if !same(kind, found.value.as_deref(), row.new_value.as_deref()) {
            return Err(ActError::Refused(
                "the source does not say the new value yet: have it changed, then say so again".to_owned(),
            ));
        }
    }
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        let fresh = correction_by_id(conn, id, correction)?;
        let state = next(fresh.state()?, Act::OwnerDone)?;
        let row = RectificationRow {
            state: state.to_string(),
            proof: Some(proof.to_owned()),
            ended_at: Some(at.naive_utc()),
            // Without a key the row cannot be read again: the proof stands alone, and that is said.
            problem: (!found.live).then(|| "not read back from the source: the proof stands alone".to_owned()),
            ..fresh
        };
        take_back_the_other(conn, id, &row)?;
        tell_recipients(conn, desk, id, &row, at)?;
        keep(conn, case, &row, "written", by, at)
    })
}

/// Takes a written correction back: another one that restores what stood there, and waits for a second person.
///
/// # Errors
/// [`ActError::Stale`] if it is being taken back already.
pub fn correction_undo(
    desk: &Desk,
    id: CaseId,
    correction: CorrectionId,
    reason: &str,
    by: &By,
) -> Result<CorrectionId, ActError> {
    let at = desk.now();
    let staff = by.staff_id()?.to_owned();
    let made = CorrectionId::new();
    desk.store.write(|conn| -> Result<(), ActError> {
        let case = load(conn, id, by)?;
        let of = correction_by_id(conn, id, correction)?;
        next(of.state()?, Act::Undo)?;
        let row = RectificationRow {
            id: made.to_string(),
            said: of.new_value.clone(),
            shown: of.new_value.clone(),
            wanted: of.shown.clone(),
            new_value: of.shown.clone(),
            why: reason.to_owned(),
            evidence: None,
            asked_by: by.actor.to_string(),
            asked_at: at.naive_utc(),
            state: State::Decided.to_string(),
            decision: Some(Decided::Apply.to_string()),
            reason: Some(reason.to_owned()),
            statement: None,
            decided_by: Some(staff),
            decided_at: Some(at.naive_utc()),
            signed_by: None,
            signed_at: None,
            ended_at: None,
            problem: None,
            proof: None,
            undoes: Some(of.id.clone()),
            ..of
        };
        correction_insert(conn, row.clone()).map_err(|error| {
            if matches!(error, crate::store::StoreError::Conflict(_)) {
                ActError::Stale("correction")
            } else {
                error.into()
            }
        })?;
        note(conn, case, &row, "undo_asked", by, at)?;
        Ok(())
    })?;
    Ok(made)
}

/// The correction that `row` takes back is undone with it.
pub(super) fn take_back_the_other(
    conn: &mut crate::store::Conn,
    id: CaseId,
    row: &RectificationRow,
) -> Result<(), ActError> {
    let Some(other) = &row.undoes else { return Ok(()) };
    let other = other.parse().map_err(|_| ActError::Broken("a stored identifier cannot be read".to_owned()))?;
    let other = correction_by_id(conn, id, other)?;
    let state = next(other.state()?, Act::Undo)?;
    Ok(crate::store::correction_update(conn, &RectificationRow { state: state.to_string(), ..other })?)
}

//! The job that writes a signed correction to its source. What is about to be done is in the journal before the source is
//! touched; what was done is kept with the end of the job. A crash anywhere between leaves an open entry of the journal: the
//! next try asks the source, and goes on from what it says.

use crate::audit::Actor;
use crate::base::Moment;
use crate::case::CaseId;
use crate::rectify::{Act, CorrectionId, State, next};
use crate::sources::write::{Change, Outcome, WriteError, change, open_writer};
use crate::store::{
    Conn, Lease, RectificationRow, SourceChangeRow, case_for_change, correction_by_id, corrections_of, job_done,
    source_change_begin, source_change_end,
};

use super::keep;
use super::place::place;
use super::recipients::tell_recipients;
use super::signing::take_back_the_other;
use crate::acts::desk::Desk;
use crate::acts::error::ActError;
use crate::acts::moving::By;
use crate::acts::reviewing::Review;

/// What became of a try, as it is kept.
struct Became {
    act: Act,
    /// The journal's word, and the audit event's.
    outcome: &'static str,
    what: &'static str,
    problem: Option<String>,
}

/// Writes a signed correction.
///
/// # Errors
/// [`ActError::Broken`] if the source could not be reached or the end of the transaction was not heard: the job is tried
/// again, and reads the source first.
pub fn write_correction(desk: &Desk, id: CaseId, correction: CorrectionId, lease: &Lease) -> Result<(), ActError> {
    let begun = desk.store.write(|conn| -> Result<_, ActError> {
        let row = correction_by_id(conn, id, correction)?;
        if row.state()? != State::Signed {
            // Done by a worker whose lease ended, or decided anew.
            job_done(conn, lease, desk.now())?;
            return Ok(None);
        }
        let entry = SourceChangeRow {
            id: uuid::Uuid::now_v7().to_string(),
            correction_id: row.id.clone(),
            value_before: row.shown.clone(),
            value_after: row.new_value.clone(),
            begun_at: desk.now().naive_utc(),
            ended_at: None,
            outcome: None,
        };
        source_change_begin(conn, entry)?;
        Ok(Some((row, corrections_of(conn, id)?)))
    })?;
    let Some((row, others)) = begun else { return Ok(()) };
    let became = match written(desk, id, &row, &others)? {
        Ok(Outcome::Made) => Became { act: Act::Found, outcome: "made", what: "written", problem: None },
        Ok(Outcome::Stands) => Became { act: Act::Found, outcome: "stands", what: "written", problem: None },
        Ok(Outcome::Differs) => Became {
            act: Act::Differs,
            outcome: "differs",
            what: "changed",
            problem: Some("the source says something else than was shown: look at the value, and decide again".into()),
        },
        Ok(Outcome::Gone) => Became {
            act: Act::Differs,
            outcome: "gone",
            what: "changed",
            problem: Some("the record is gone, or not the person's any more: gather again, and decide again".into()),
        },
        Err(why) => Became { act: Act::Block, outcome: "refused", what: "blocked", problem: Some(why) },
    };
    desk.store.write(|conn| {
        job_done(conn, lease, desk.now())?;
        end(conn, desk, id, correction, became)
    })
}

/// The inner error is for good, in words; the outer one passes.
fn written(
    desk: &Desk,
    id: CaseId,
    row: &RectificationRow,
    others: &[RectificationRow],
) -> Result<Result<Outcome, String>, ActError> {
    let review = Review::load(desk, id, None)?;
    // Signed or not: what is not theirs, or not correctable by the map as it is now, is not written.
    let place = match place(desk, &review, &row.record, &row.field) {
        Ok(place) if place.dataset.key == row.dataset && place.collection.name == row.collection => place,
        Ok(_) | Err(ActError::Invalid(_) | ActError::Refused(_)) => {
            return Ok(Err(
                "the record or the field cannot be corrected any more: gather again, and decide again".into()
            ));
        }
        Err(error) => return Err(error),
    };
    let Some(url) = &place.spec.write_url else {
        return Ok(Err("the source has no write account any more: decide again, for who looks after it".into()));
    };
    let passing = |error: WriteError| ActError::Broken(error.to_string());
    let mut writer = match open_writer(url, place.spec.limits) {
        Ok(writer) => writer,
        Err(WriteError::Source(error)) => return Err(passing(error.into())),
        Err(error) => return Ok(Err(error.to_string())),
    };
    let schema = writer.schema(&[place.collection.name.as_str()]).map_err(passing)?;
    let live = match place.live(&schema, others) {
        Ok(live) => live,
        Err(why) => return Ok(Err(why)),
    };
    let (key, guards) = (live.key(), live.guards());
    let wanted = Change {
        row: live.row(&key),
        guards: &guards,
        column: &live.column,
        before: row.shown.as_deref(),
        after: row.new_value.as_deref(),
    };
    match change(writer.as_mut(), &wanted) {
        Ok(outcome) => Ok(Ok(outcome)),
        Err(error @ (WriteError::Source(_) | WriteError::Unheard)) => Err(passing(error)),
        Err(
            error @ (WriteError::Refused
            | WriteError::Referred
            | WriteError::Because(_)
            | WriteError::NoTransactions
            | WriteError::Turned),
        ) => Ok(Err(error.to_string())),
    }
}

fn end(conn: &mut Conn, desk: &Desk, id: CaseId, correction: CorrectionId, became: Became) -> Result<(), ActError> {
    let now = desk.now();
    let case = case_for_change(conn, id)?;
    let fresh = correction_by_id(conn, id, correction)?;
    let state = next(fresh.state()?, became.act)?;
    let row = RectificationRow {
        state: state.to_string(),
        ended_at: (state == State::Written).then(|| now.naive_utc()),
        problem: became.problem,
        ..fresh
    };
    source_change_end(conn, correction, became.outcome, now)?;
    if state == State::Written {
        take_back_the_other(conn, id, &row)?;
        tell_recipients(conn, desk, id, &row, now)?;
    }
    let by = By { actor: Actor::System, version: None };
    keep(conn, case, &row, became.what, &by, now)?;
    Ok(())
}

/// The job was given up: the correction is one that a caseworker can act on again. Its entry of the journal stays open if
/// nobody knows what became of it; the next try finds out.
pub(in crate::acts) fn give_up_writing(
    conn: &mut Conn,
    id: CaseId,
    correction: CorrectionId,
    problem: &str,
    now: Moment,
) -> Result<(), ActError> {
    let case = case_for_change(conn, id)?;
    let fresh = correction_by_id(conn, id, correction)?;
    if fresh.state()? != State::Signed {
        return Ok(());
    }
    let state = next(State::Signed, Act::Block)?;
    let row = RectificationRow { state: state.to_string(), problem: Some(problem.to_owned()), ..fresh };
    keep(conn, case, &row, "blocked", &By::system(), now)?;
    Ok(())
}

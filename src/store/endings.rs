//! What the reports count besides the clock: how cases ended, whose they are, why they are late, hours.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::{case_endings, case_teams, case_withheld, cases, late_reasons, new_dates, work_times};
use crate::base::Moment;
use crate::case::CaseId;
use crate::deadline::Right;
use crate::report::{How, LateReason, Withheld};

/// Notes that a case left the open stages or came back, in the transaction of the move; `seq` is the move's entry in the
/// audit trail.
///
/// # Errors
/// [`StoreError`].
pub fn ending_insert(
    conn: &mut Conn,
    case: CaseId,
    seq: i64,
    at: Moment,
    how: How,
    code: Option<&str>,
) -> Result<(), StoreError> {
    use case_endings::dsl;
    let row = (
        dsl::case_id.eq(case.to_string()),
        dsl::audit_seq.eq(seq),
        dsl::at.eq(at.naive_utc()),
        dsl::how.eq(how.as_str()),
        dsl::code.eq(code.map(ToOwned::to_owned)),
    );
    diesel::insert_into(dsl::case_endings).values(row).execute(conn)?;
    Ok(())
}

/// Notes what was withheld from an answer.
///
/// # Errors
/// [`StoreError`].
pub fn withheld_insert(conn: &mut Conn, case: CaseId, seq: i64, withheld: &Withheld) -> Result<(), StoreError> {
    use case_withheld::dsl;
    let row = (
        dsl::case_id.eq(case.to_string()),
        dsl::audit_seq.eq(seq),
        dsl::how.eq(withheld.how.as_str()),
        dsl::code.eq(withheld.code.clone()),
        dsl::records.eq(crate::base::clamp_i64(withheld.records)),
    );
    diesel::insert_into(dsl::case_withheld).values(row).execute(conn)?;
    Ok(())
}

/// Gives a case to a team.
///
/// # Errors
/// [`StoreError`].
pub fn team_insert(conn: &mut Conn, case: CaseId, team: &str, at: Moment, by: &str) -> Result<(), StoreError> {
    use case_teams::dsl;
    let row = (
        dsl::id.eq(uuid::Uuid::now_v7().to_string()),
        dsl::case_id.eq(case.to_string()),
        dsl::team.eq(team),
        dsl::recorded_at.eq(at.naive_utc()),
        dsl::recorded_by.eq(by),
    );
    diesel::insert_into(dsl::case_teams).values(row).execute(conn)?;
    Ok(())
}

/// The team that a case was last given to; none if it was given to none.
///
/// # Errors
/// [`StoreError`].
pub fn team_of(conn: &mut Conn, case: CaseId) -> Result<Option<String>, StoreError> {
    use case_teams::dsl;
    Ok(dsl::case_teams
        .filter(dsl::case_id.eq(case.to_string()))
        .order((dsl::recorded_at.desc(), dsl::id.desc()))
        .select(dsl::team)
        .first(conn)
        .optional()?)
}

/// Notes why a case is late.
///
/// # Errors
/// [`StoreError`].
pub fn late_reason_insert(
    conn: &mut Conn,
    case: CaseId,
    reason: LateReason,
    note: Option<&str>,
    at: Moment,
    by: &str,
) -> Result<(), StoreError> {
    use late_reasons::dsl;
    let row = (
        dsl::id.eq(uuid::Uuid::now_v7().to_string()),
        dsl::case_id.eq(case.to_string()),
        dsl::reason.eq(reason.as_str()),
        dsl::note.eq(note.map(ToOwned::to_owned)),
        dsl::recorded_at.eq(at.naive_utc()),
        dsl::recorded_by.eq(by),
    );
    diesel::insert_into(dsl::late_reasons).values(row).execute(conn)?;
    Ok(())
}

/// Notes the day by which the requester of a late case was told they will be answered.
///
/// # Errors
/// [`StoreError`].
pub fn new_date_insert(
    conn: &mut Conn,
    case: CaseId,
    answer_by: NaiveDate,
    told_on: NaiveDate,
    at: Moment,
    by: &str,
) -> Result<(), StoreError> {
    use new_dates::dsl;
    let row = (
        dsl::id.eq(uuid::Uuid::now_v7().to_string()),
        dsl::case_id.eq(case.to_string()),
        dsl::answer_by.eq(answer_by),
        dsl::told_on.eq(told_on),
        dsl::recorded_at.eq(at.naive_utc()),
        dsl::recorded_by.eq(by),
    );
    diesel::insert_into(dsl::new_dates).values(row).execute(conn)?;
    Ok(())
}

/// Staff time spent on a case.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = work_times)]
pub struct WorkTimeRow {
    /// Its identifier.
    pub id: String,
    /// The case.
    pub case_id: String,
    /// The day of the work.
    pub worked_on: NaiveDate,
    /// Minutes; below zero in an entry that takes another back.
    pub minutes: i64,
    /// The entry that this one takes back.
    pub corrects: Option<String>,
    /// When it was written down.
    pub recorded_at: NaiveDateTime,
    /// By whom.
    pub recorded_by: String,
}

/// Notes staff time.
///
/// # Errors
/// [`StoreError::Conflict`] if it takes back an entry that was taken back before.
pub fn work_time_insert(conn: &mut Conn, row: WorkTimeRow) -> Result<(), StoreError> {
    diesel::insert_into(work_times::table).values(row).execute(conn).map_err(|e| {
        let error = StoreError::from(e);
        if matches!(error, StoreError::Conflict(_)) { StoreError::Conflict("entry") } else { error }
    })?;
    Ok(())
}

/// The staff time of a case, in the order it was written down.
///
/// # Errors
/// [`StoreError`].
pub fn work_times_of(conn: &mut Conn, case: CaseId) -> Result<Vec<WorkTimeRow>, StoreError> {
    use work_times::dsl;
    Ok(dsl::work_times.filter(dsl::case_id.eq(case.to_string())).order((dsl::recorded_at, dsl::id)).load(conn)?)
}

/// The minutes worked from `from` to `to` that had been written down by `known_by`, and on how many cases; of one right, if
/// one is named.
///
/// # Errors
/// [`StoreError`].
pub fn minutes_worked(
    conn: &mut Conn,
    from: NaiveDate,
    to: NaiveDate,
    known_by: Moment,
    right: Option<Right>,
) -> Result<(i64, i64), StoreError> {
    use work_times::dsl;
    let within = || {
        let entries = dsl::work_times
            .filter(dsl::worked_on.between(from, to))
            .filter(dsl::recorded_at.le(known_by.naive_utc()))
            .into_boxed();
        let of_right = |right: Right| {
            dsl::case_id.eq_any(cases::table.filter(cases::right_asked.eq(right.as_str())).select(cases::id))
        };
        match right {
            Some(right) => entries.filter(of_right(right)),
            None => entries,
        }
    };
    // The two databases type a sum of big integers differently.
    let sum = diesel::dsl::sql::<diesel::sql_types::BigInt>("CAST(COALESCE(SUM(minutes), 0) AS BIGINT)");
    let minutes: i64 = within().select(sum).get_result(conn)?;
    let on: i64 = within().select(diesel::dsl::count(dsl::case_id).aggregate_distinct()).get_result(conn)?;
    Ok((minutes, on))
}

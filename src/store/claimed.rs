//! The rows that the audit trail claims, as it would put them: see `audit/claim.rs`.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::{
    audit_events, case_endings, case_teams, case_withheld, clock_events, late_reasons, new_dates, work_times,
};
use crate::audit::{Claim, Form};
use crate::base::Moment;

/// The variables of one query.
const MOST_VARIABLES: usize = 500;

fn moment(at: NaiveDateTime) -> Moment {
    Moment::from_naive_utc(at)
}

/// The rows of `table` for these cases, each as the trail would claim it; an unknown table has none.
///
/// # Errors
/// [`StoreError`].
pub fn claimed_rows(conn: &mut Conn, table: &'static str, cases: &[String]) -> Result<Vec<Claim>, StoreError> {
    let mut claims = Vec::new();
    for cases in cases.chunks(MOST_VARIABLES) {
        let made = |case: String, says: String| Claim { table, case, says, id: None };
        match table {
            "clock_events" => {
                use clock_events::dsl;
                let rows: Vec<(String, String, String, NaiveDate, NaiveDateTime, Option<String>)> = dsl::clock_events
                    .filter(dsl::case_id.eq_any(cases))
                    .select((dsl::id, dsl::case_id, dsl::kind, dsl::happened_on, dsl::recorded_at, dsl::corrects))
                    .load(conn)?;
                claims.extend(rows.into_iter().map(|(id, case, kind, on, at, corrects)| Claim {
                    id: Some(id),
                    ..made(case, Claim::fact(moment(at), &kind, on, corrects.as_deref()))
                }));
            }
            "case_endings" => {
                use case_endings::dsl;
                let rows: Vec<(String, i64, NaiveDateTime, String, Option<String>)> =
                    dsl::case_endings.filter(dsl::case_id.eq_any(cases)).load(conn)?;
                claims.extend(rows.into_iter().map(|(case, seq, at, how, code)| {
                    made(case, Claim::ending(seq, moment(at), &how, code.as_deref()))
                }));
            }
            "case_withheld" => {
                use case_withheld::dsl;
                let rows: Vec<(String, i64, String, String, i64)> =
                    dsl::case_withheld.filter(dsl::case_id.eq_any(cases)).load(conn)?;
                claims.extend(
                    rows.into_iter()
                        .map(|(case, seq, how, code, records)| made(case, Claim::withheld(seq, &how, &code, records))),
                );
            }
            "case_teams" => {
                use case_teams::dsl;
                let rows: Vec<(String, String, NaiveDateTime)> = dsl::case_teams
                    .filter(dsl::case_id.eq_any(cases))
                    .select((dsl::case_id, dsl::team, dsl::recorded_at))
                    .load(conn)?;
                claims.extend(rows.into_iter().map(|(case, team, at)| made(case, Claim::team(moment(at), &team))));
            }
            "late_reasons" => {
                use late_reasons::dsl;
                let rows: Vec<(String, String, NaiveDateTime)> = dsl::late_reasons
                    .filter(dsl::case_id.eq_any(cases))
                    .select((dsl::case_id, dsl::reason, dsl::recorded_at))
                    .load(conn)?;
                claims.extend(
                    rows.into_iter().map(|(case, reason, at)| made(case, Claim::late_reason(moment(at), &reason))),
                );
            }
            "new_dates" => {
                use new_dates::dsl;
                let rows: Vec<(String, NaiveDate, NaiveDate, NaiveDateTime)> = dsl::new_dates
                    .filter(dsl::case_id.eq_any(cases))
                    .select((dsl::case_id, dsl::answer_by, dsl::told_on, dsl::recorded_at))
                    .load(conn)?;
                claims.extend(
                    rows.into_iter().map(|(case, by, told, at)| made(case, Claim::new_date(moment(at), by, told))),
                );
            }
            "work_times" => {
                use work_times::dsl;
                let rows: Vec<(String, NaiveDate, i64, NaiveDateTime)> = dsl::work_times
                    .filter(dsl::case_id.eq_any(cases))
                    .select((dsl::case_id, dsl::worked_on, dsl::minutes, dsl::recorded_at))
                    .load(conn)?;
                claims.extend(
                    rows.into_iter()
                        .map(|(case, on, minutes, at)| made(case, Claim::work_time(moment(at), on, minutes))),
                );
            }
            _ => return Err(StoreError::NotFound("claimed table")),
        }
    }
    Ok(claims)
}

/// How many rows of `table` the trail must claim. What was withheld from answers of before the trail said so is taken from
/// the decisions of that time, and claimed by no entry.
///
/// # Errors
/// [`StoreError`].
pub fn claimed_count(conn: &mut Conn, table: &'static str) -> Result<i64, StoreError> {
    Ok(match table {
        "clock_events" => clock_events::table.count().get_result(conn)?,
        "case_endings" => case_endings::table.count().get_result(conn)?,
        "case_withheld" => {
            let older = audit_events::table.filter(audit_events::form.eq(Form::One.number())).select(audit_events::seq);
            case_withheld::table.filter(case_withheld::audit_seq.ne_all(older)).count().get_result(conn)?
        }
        "case_teams" => case_teams::table.count().get_result(conn)?,
        "late_reasons" => late_reasons::table.count().get_result(conn)?,
        "new_dates" => new_dates::table.count().get_result(conn)?,
        "work_times" => work_times::table.count().get_result(conn)?,
        _ => return Err(StoreError::NotFound("claimed table")),
    })
}

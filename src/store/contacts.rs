//! Where open cases stood and when requester and desk last heard of each other, for the backlog.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::connection::Conn;
use super::error::StoreError;
use super::schema::{audit_events, new_dates, work_times};
use crate::audit::Event;
use crate::base::Moment;
use crate::report::Contact;

/// The variables of one query.
const MOST_VARIABLES: usize = 500;

/// Letters to colleagues are no contact with the requester.
const STAFF_LETTER: &str = "staff_reminder";

/// What the trail and the notes say of these cases at `moment`; cases without an entry are not in it.
///
/// # Errors
/// [`StoreError`].
pub fn contacts(conn: &mut Conn, cases: &[String], moment: Moment) -> Result<HashMap<String, Contact>, StoreError> {
    let mut found: HashMap<String, Contact> = HashMap::new();
    for cases in cases.chunks(MOST_VARIABLES) {
        trail(conn, cases, moment, &mut found)?;
        let rows: Vec<(String, NaiveDate, NaiveDate)> = new_dates::table
            .filter(new_dates::case_id.eq_any(cases))
            .filter(new_dates::recorded_at.le(moment.naive_utc()))
            .order((new_dates::recorded_at, new_dates::id))
            .select((new_dates::case_id, new_dates::answer_by, new_dates::told_on))
            .load(conn)?;
        for (case, answer_by, told_on) in rows {
            let contact = found.entry(case).or_default();
            contact.new_date = Some(answer_by);
            contact.last_written_on = contact.last_written_on.max(Some(told_on));
        }
        let rows: Vec<(String, i64)> = work_times::table
            .filter(work_times::case_id.eq_any(cases))
            .filter(work_times::recorded_at.le(moment.naive_utc()))
            .select((work_times::case_id, work_times::minutes))
            .load(conn)?;
        for (case, minutes) in rows {
            *found.entry(case).or_default().minutes.get_or_insert(0) += minutes;
        }
    }
    Ok(found)
}

fn trail(
    conn: &mut Conn,
    cases: &[String],
    moment: Moment,
    found: &mut HashMap<String, Contact>,
) -> Result<(), StoreError> {
    use audit_events::dsl;
    let rows: Vec<(Option<String>, NaiveDateTime, String, String, String)> = dsl::audit_events
        .filter(dsl::case_id.eq_any(cases))
        .filter(dsl::at.le(moment.naive_utc()))
        .filter(dsl::kind.eq_any(["moved", "letter_sent", "code_sent"]).or(dsl::actor.eq("requester")))
        .order(dsl::seq)
        .select((dsl::case_id, dsl::at, dsl::actor, dsl::kind, dsl::detail))
        .load(conn)?;
    for (case, at, actor, kind, detail) in rows {
        let Some(case) = case else { continue };
        let contact = found.entry(case).or_default();
        let on = Moment::from_naive_utc(at).london_date();
        if actor == "requester" && kind != "access_refused" && kind != "code_refused" {
            contact.last_heard_on = contact.last_heard_on.max(Some(on));
        }
        let wrote = match kind.as_str() {
            "code_sent" => true,
            "letter_sent" => {
                !matches!(serde_json::from_str(&detail), Ok(Event::LetterSent { letter }) if letter == STAFF_LETTER)
            }
            "moved" => {
                if let Ok(Event::Moved { to, .. }) = serde_json::from_str(&detail) {
                    contact.stage = Some(to);
                }
                false
            }
            _ => false,
        };
        if wrote {
            contact.last_written_on = contact.last_written_on.max(Some(on));
        }
    }
    Ok(())
}

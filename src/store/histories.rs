//! Case histories for the reports, a page at a time: each page is six range scans along the case identifiers, whatever
//! the number of cases.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::connection::Conn;
use super::error::{StoreError, stored};
use super::schema::{audit_events, case_endings, case_teams, case_withheld, cases, clock_events, late_reasons};
use crate::base::{Moment, u64_from};
use crate::deadline::{Fact, Right};
use crate::report::{Complaint, Ending, History, LateReasonGiven, TeamGiven, Withheld};

/// The variables of one query: SQLite takes some thousands.
const MOST_VARIABLES: usize = 500;

/// The histories of the cases after `after` by identifier, at most `limit`; and the identifier to go on from, none at the
/// end.
///
/// # Errors
/// [`StoreError`] if a row cannot be read.
pub fn histories_page(
    conn: &mut Conn,
    after: Option<&str>,
    limit: i64,
) -> Result<(Vec<History>, Option<String>), StoreError> {
    let mut query = cases::table
        .select((cases::id, cases::reference, cases::right_asked, cases::channel, cases::relationship))
        .order(cases::id)
        .limit(limit)
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(cases::id.gt(after.to_owned()));
    }
    let rows: Vec<(String, String, String, String, String)> = query.load(conn)?;
    let Some(last) = rows.last().map(|row| row.0.clone()) else { return Ok((Vec::new(), None)) };
    let mut page = Page::of(rows)?;
    // An identifier is never empty: everything is greater.
    let range = (after.unwrap_or_default().to_owned(), last.clone());
    page.facts(conn, &range)?;
    page.endings(conn, &range)?;
    page.teams(conn, &range)?;
    page.late_reasons(conn, &range)?;
    page.complaints(conn)?;
    Ok((page.histories, Some(last)))
}

/// After the first, up to the last identifier.
type Range = (String, String);

struct Page {
    histories: Vec<History>,
    places: HashMap<String, usize>,
}

type FactRow = (String, String, String, NaiveDate, NaiveDateTime, Option<String>);

impl Page {
    fn of(rows: Vec<(String, String, String, String, String)>) -> Result<Self, StoreError> {
        let places = rows.iter().enumerate().map(|(at, row)| (row.0.clone(), at)).collect();
        let histories = rows
            .into_iter()
            .map(|(case, reference, right, channel, relationship)| {
                Ok(History {
                    case,
                    reference,
                    right: stored(&right, "right")?,
                    channel: stored(&channel, "channel")?,
                    requester: stored(&relationship, "relationship")?,
                    facts: Vec::with_capacity(1),
                    endings: Vec::new(),
                    teams: Vec::new(),
                    late_reasons: Vec::new(),
                    complaint: None,
                })
            })
            .collect::<Result<_, StoreError>>()?;
        Ok(Self { histories, places })
    }

    fn of_case(&mut self, case: &str) -> Option<&mut History> {
        self.places.get(case).and_then(|at| self.histories.get_mut(*at))
    }

    fn facts(&mut self, conn: &mut Conn, (after, last): &Range) -> Result<(), StoreError> {
        use clock_events::dsl;
        let rows: Vec<FactRow> = dsl::clock_events
            .filter(dsl::case_id.gt(after).and(dsl::case_id.le(last)))
            .select((dsl::id, dsl::case_id, dsl::kind, dsl::happened_on, dsl::recorded_at, dsl::corrects))
            .load(conn)?;
        for (id, case, kind, happened_on, recorded_at, corrects) in rows {
            let fact = Fact {
                id: stored(&id, "clock fact")?,
                kind: stored(&kind, "clock fact")?,
                happened_on,
                recorded_at: Moment::from_naive_utc(recorded_at),
                corrects: corrects.as_deref().map(|id| stored(id, "clock fact")).transpose()?,
            };
            if let Some(history) = self.of_case(&case) {
                history.facts.push(fact);
            }
        }
        Ok(())
    }

    fn endings(&mut self, conn: &mut Conn, (after, last): &Range) -> Result<(), StoreError> {
        use case_withheld::dsl as withheld;
        let mut of_ending: HashMap<(String, i64), Vec<Withheld>> = HashMap::new();
        let rows: Vec<(String, i64, String, String, i64)> = withheld::case_withheld
            .filter(withheld::case_id.gt(after).and(withheld::case_id.le(last)))
            .order((withheld::case_id, withheld::audit_seq, withheld::how, withheld::code))
            .load(conn)?;
        for (case, seq, how, code, records) in rows {
            let records = u64::try_from(records).unwrap_or(0);
            let withheld = Withheld { how: stored(&how, "way of withholding")?, code, records };
            of_ending.entry((case, seq)).or_default().push(withheld);
        }
        use case_endings::dsl;
        let rows: Vec<(String, i64, NaiveDateTime, String, Option<String>)> = dsl::case_endings
            .filter(dsl::case_id.gt(after).and(dsl::case_id.le(last)))
            .order((dsl::case_id, dsl::audit_seq))
            .load(conn)?;
        for (case, seq, at, how, code) in rows {
            let how = stored(&how, "ending")?;
            if let Some(history) = self.of_case(&case) {
                let withheld = of_ending.remove(&(case, seq)).unwrap_or_default();
                history.endings.push(Ending { at: Moment::from_naive_utc(at), how, code, withheld });
            }
        }
        Ok(())
    }

    fn teams(&mut self, conn: &mut Conn, (after, last): &Range) -> Result<(), StoreError> {
        use case_teams::dsl;
        let rows: Vec<(String, String, NaiveDateTime)> = dsl::case_teams
            .filter(dsl::case_id.gt(after).and(dsl::case_id.le(last)))
            .order((dsl::recorded_at, dsl::id))
            .select((dsl::case_id, dsl::team, dsl::recorded_at))
            .load(conn)?;
        for (case, team, at) in rows {
            if let Some(history) = self.of_case(&case) {
                history.teams.push(TeamGiven { at: Moment::from_naive_utc(at), team });
            }
        }
        Ok(())
    }

    fn late_reasons(&mut self, conn: &mut Conn, (after, last): &Range) -> Result<(), StoreError> {
        use late_reasons::dsl;
        let rows: Vec<(String, String, NaiveDateTime)> = dsl::late_reasons
            .filter(dsl::case_id.gt(after).and(dsl::case_id.le(last)))
            .order((dsl::recorded_at, dsl::id))
            .select((dsl::case_id, dsl::reason, dsl::recorded_at))
            .load(conn)?;
        for (case, reason, at) in rows {
            let reason = stored(&reason, "reason")?;
            if let Some(history) = self.of_case(&case) {
                history.late_reasons.push(LateReasonGiven { at: Moment::from_naive_utc(at), reason });
            }
        }
        Ok(())
    }

    /// A complaint is acknowledged by the first letter that says we have it.
    fn complaints(&mut self, conn: &mut Conn) -> Result<(), StoreError> {
        use audit_events::dsl;
        let complaints: Vec<String> =
            self.histories.iter().filter(|h| h.right == Right::ComplaintAck).map(|h| h.case.clone()).collect();
        for cases in complaints.chunks(MOST_VARIABLES) {
            for case in cases {
                if let Some(history) = self.of_case(case) {
                    history.complaint = Some(Complaint::default());
                }
            }
            let sent: Vec<(Option<String>, NaiveDateTime, String)> = dsl::audit_events
                .filter(dsl::case_id.eq_any(cases))
                .filter(dsl::kind.eq("letter_sent"))
                .order(dsl::seq)
                .select((dsl::case_id, dsl::at, dsl::detail))
                .load(conn)?;
            for (case, at, detail) in sent {
                let Ok(crate::audit::Event::LetterSent { letter }) = serde_json::from_str(&detail) else { continue };
                let history = case.as_deref().and_then(|case| self.of_case(case));
                if let Some(complaint) = history.and_then(|history| history.complaint.as_mut())
                    && letter == "received"
                {
                    complaint.acknowledged_at.get_or_insert(Moment::from_naive_utc(at));
                }
            }
        }
        Ok(())
    }
}

/// How many cases there are.
///
/// # Errors
/// [`StoreError`].
pub fn cases_count(conn: &mut Conn) -> Result<u64, StoreError> {
    let count: i64 = cases::table.count().get_result(conn)?;
    Ok(u64_from(usize::try_from(count).unwrap_or(0)))
}

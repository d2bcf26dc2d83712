//! The review: each record is included or excluded, the whole is sent for sign-off, and a second person signs.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::audit::Event;
use crate::case::{CaseId, Move, step};
use crate::files::spool::{Decision as Decided, Decisions, Rules, Standing};
use crate::review::exemption_title;
use crate::store::{
    CaseRow, DecisionRow, audit_append, bundles_superseded, case_by_id, case_update, decision_put, decisions,
    gather_latest,
};

use super::desk::Desk;
use super::error::ActError;
use super::moving::{By, load, seen, take};
use super::queue::Job;
use super::release::open_spool;

/// What is decided about a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The person gets it.
    Include,
    /// They do not.
    Exclude,
}

impl Decision {
    fn as_str(self) -> &'static str {
        match self {
            Self::Include => "include",
            Self::Exclude => "exclude",
        }
    }
}

/// A gathered record as staff see it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RecordView {
    /// Its identifier, as `event_bookings/42`.
    pub record: String,
    /// The source it came from.
    pub source: String,
    /// The collection.
    pub collection: String,
    /// Why it is taken to be the person's.
    pub matched_on: Vec<String>,
    /// `disclose`, `held` or `possible`: how the gather left it.
    pub standing: &'static str,
    /// Why it is held or only possible.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// What was decided, if anything was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// The exemption that is claimed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The fields, as the source has them.
    #[schema(value_type = Object)]
    pub fields: Box<RawValue>,
}

/// The gathered records from position `after` on, at most `limit`, held ones too. That they were read is written down.
///
/// # Errors
/// [`ActError::Refused`] if nothing was gathered yet.
pub fn records_page(desk: &Desk, id: CaseId, staff: &str, after: u64, limit: u64) -> Result<Vec<RecordView>, ActError> {
    let now = desk.now();
    let (gather, decided) = desk.store.write(|conn| -> Result<_, ActError> {
        case_by_id(conn, id)?;
        let actor = crate::audit::Actor::Staff(staff.to_owned());
        audit_append(conn, now, &actor, Some(id), &Event::RecordsRead)?;
        Ok((gather_latest(conn, id)?, decisions(conn, id)?))
    })?;
    let spool = open_spool(desk, gather)?;
    // The standing as the gather left it; what was decided stands beside it.
    let rules = Rules::default();
    let mut views = Vec::new();
    for row in spool.page(after, limit, &rules)? {
        let Some(report) = spool.report(row.collection) else { continue };
        let decision = decided.iter().find(|d| d.record == row.record.id);
        let (standing, why) = match row.standing {
            Standing::Disclose => ("disclose", None),
            Standing::Held { reason } => ("held", Some(reason)),
            Standing::Possible { reason } => ("possible", Some(reason)),
            Standing::Excluded { reason, .. } => ("excluded", Some(reason)),
        };
        views.push(RecordView {
            record: row.record.id,
            source: report.source.clone(),
            collection: report.collection.clone(),
            matched_on: row.record.matched_on,
            standing,
            why,
            decision: decision.map(|d| d.decision.clone()),
            code: decision.and_then(|d| d.code.clone()),
            fields: row.record.fields,
        });
    }
    Ok(views)
}

/// The decisions as the spool reads them. An exempted record's reason is the exemption's title, another's what the
/// caseworker wrote; either is told to the person.
pub(super) fn as_decided(rows: Vec<DecisionRow>) -> Decisions {
    rows.into_iter()
        .map(|row| {
            let decision = if row.decision == Decision::Include.as_str() {
                Decided::Include
            } else {
                let title = row.code.as_deref().and_then(exemption_title).map(ToOwned::to_owned);
                let reason = title.or(row.reason).unwrap_or_else(|| "withheld".to_owned());
                Decided::Exclude { reason, code: row.code }
            };
            (row.record, decision)
        })
        .collect()
}

/// Includes or excludes one record.
///
/// # Errors
/// [`ActError::Missing`] if the newest search holds no such record.
pub fn decide_record(
    desk: &Desk,
    id: CaseId,
    record: &str,
    decision: Decision,
    code: Option<&str>,
    reason: Option<&str>,
    by: &By,
) -> Result<CaseRow, ActError> {
    let now = desk.now();
    let staff = by.staff_id()?.to_owned();
    let gather = desk.store.read(|conn| -> Result<_, ActError> { Ok(gather_latest(conn, id)?) })?;
    if code.is_some_and(|code| exemption_title(code).is_none()) {
        return Err(ActError::field("code", "this exemption is not known: use one of the codes in docs/DATA_MODEL.md"));
    }
    if open_spool(desk, gather)?.find(record, &Rules::default())?.is_none() {
        return Err(ActError::Missing("record in the newest search of this case"));
    }
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        step(case.stage()?, Move::DecideRecord)?;
        decision_put(
            conn,
            DecisionRow {
                id: uuid::Uuid::now_v7().to_string(),
                case_id: id.to_string(),
                record: record.to_owned(),
                decision: decision.as_str().to_owned(),
                code: code.map(ToOwned::to_owned),
                reason: reason.map(ToOwned::to_owned),
                decided_by: staff,
                decided_at: now.naive_utc(),
            },
        )?;
        let event = Event::RecordDecided {
            record: record.to_owned(),
            decision: decision.as_str().to_owned(),
            code: code.map(ToOwned::to_owned),
        };
        audit_append(conn, now, &by.actor, Some(id), &event)?;
        // The version moves on, so that a sign-off prepared on the earlier review is refused.
        Ok(case_update(conn, case, now)?)
    })
}

/// Sends the review for sign-off. Every record that the gather held back must have been decided.
///
/// # Errors
/// [`ActError::Refused`] naming how many are not.
pub fn decide(desk: &Desk, id: CaseId, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    let staff = by.staff_id()?.to_owned();
    let (gather, decided) = desk.store.read(|conn| -> Result<_, ActError> {
        seen(case_by_id(conn, id)?, by)?;
        Ok((gather_latest(conn, id)?, decisions(conn, id)?))
    })?;
    let spool = open_spool(desk, gather)?;
    let rules = Rules { decisions: as_decided(decided), ..Rules::default() };
    let mut open = 0_u64;
    spool.each_held(&rules, &mut |_, standing| match standing {
        Standing::Held { .. } | Standing::Possible { .. } => open += 1,
        Standing::Disclose | Standing::Excluded { .. } => {}
    })?;
    if open > 0 {
        return Err(ActError::Refused(format!(
            "{open} records are held for review and not decided: include or exclude each, then send the case for \
             sign-off"
        )));
    }
    desk.store.write(|conn| {
        let mut case = load(conn, id, by)?;
        case.decided_by = Some(staff);
        take(conn, case, Move::Decide, by, None, now)
    })
}

/// Returns the case to the reviewer. A bundle that was built is removed.
///
/// # Errors
/// [`ActError`].
pub fn send_back(desk: &Desk, id: CaseId, reason: &str, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    let (case, files) = desk.store.write(|conn| -> Result<_, ActError> {
        let mut case = load(conn, id, by)?;
        case.decided_by = None;
        case.approved_by = None;
        let files = bundles_superseded(conn, id, now)?;
        Ok((take(conn, case, Move::SendBack, by, Some(reason), now)?, files))
    })?;
    for file in files {
        desk.files.bundle_remove(&file)?;
    }
    Ok(case)
}

/// Signs off what somebody else decided; the bundle is built next. While a source could not be searched, the approver
/// must record why the answer may go out all the same.
///
/// # Errors
/// [`ActError::Forbidden`] for one's own work.
pub fn approve(desk: &Desk, id: CaseId, reason: &str, by: &By) -> Result<CaseRow, ActError> {
    let now = desk.now();
    let staff = by.staff_id()?.to_owned();
    desk.store.write(|conn| {
        let mut case = load(conn, id, by)?;
        step(case.stage()?, Move::Approve)?;
        if case.decided_by.as_deref() == Some(staff.as_str()) {
            return Err(ActError::Forbidden(
                "you sent this case for sign-off yourself: a second person must approve it".to_owned(),
            ));
        }
        if decisions(conn, id)?.iter().any(|decision| decision.decided_by == staff) {
            return Err(ActError::Forbidden(
                "you decided records of this case yourself: a second person must approve it".to_owned(),
            ));
        }
        let failed = gather_latest(conn, id)?.map_or(0, |gather| gather.failed);
        if failed > 0 && reason.is_empty() {
            return Err(ActError::field(
                "reason",
                format!(
                    "{failed} collections could not be searched: send it back and gather again, or say here why the \
                     answer may go out without them"
                ),
            ));
        }
        case.approved_by = Some(staff);
        let case = take(conn, case, Move::Approve, by, Some(reason).filter(|r| !r.is_empty()), now)?;
        Job::BuildBundle { case: id }.enqueue(conn, None, now)?;
        Ok(case)
    })
}

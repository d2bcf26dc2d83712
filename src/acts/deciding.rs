//! Records are included, excluded or exempted: one, with what is cut out of it, or many at once.

use serde::Serialize;
use serde_json::json;

use crate::audit::Event;
use crate::case::{CaseId, Move, step};
use crate::files::spool::Rules;
use crate::store::{CaseRow, Conn, DecisionRow, audit_append, case_update, decisions_put};

use super::desk::Desk;
use super::error::{ActError, FieldFault};
use super::moving::{By, load};
use super::records::{Lookup, RecordFilter, each_of};
use super::redacting::{NewRedaction, keep_redactions, plan_redactions};
use super::reviewing::{Decision, Ground, NewStep, Review, Step, keep_step, make_step, row_number};

/// What is decided about one record.
#[derive(Debug, Clone)]
pub struct NewDecision {
    /// Whether the person gets it.
    pub decision: Decision,
    /// On what ground they do not.
    pub ground: Ground,
    /// What is cut out of a record that they get.
    pub redactions: Vec<NewRedaction>,
}

/// How many records an act touches, or would.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Touched {
    /// Records.
    pub records: usize,
    /// By collection, in the order of the bundle.
    pub collections: Vec<TouchedCollection>,
}

/// The same for one collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct TouchedCollection {
    /// The collection.
    pub collection: String,
    /// Records.
    pub records: usize,
}

impl Touched {
    pub(super) fn count(&mut self, collection: &str) {
        self.records += 1;
        match self.collections.iter_mut().find(|other| other.collection == collection) {
            Some(known) => known.records += 1,
            None => self.collections.push(TouchedCollection { collection: collection.to_owned(), records: 1 }),
        }
    }
}

fn check(review: &Review, desk: &Desk, decision: Decision, ground: &Ground) -> Result<Vec<FieldFault>, ActError> {
    let mut faults = Vec::new();
    let mut fault = |field: &str, problem: &str| {
        faults.push(FieldFault { field: field.to_owned(), problem: problem.to_owned() });
    };
    match (decision, &ground.code) {
        (Decision::Include, Some(_)) => fault("code", "an exemption withholds: leave it out, or use exempt"),
        (Decision::Include, None) if ground.opinion.is_some() => {
            fault("opinion", "an opinion goes with an exemption: leave it out");
        }
        (Decision::Exempt, None) => fault("code", "this field is missing: give the exemption's code"),
        (Decision::Exclude, None) if ground.reason.is_none() => {
            fault("reason", "this field is missing: say why the person does not get the record, or give a code");
        }
        (Decision::Include | Decision::Exclude, None) | (Decision::Exclude | Decision::Exempt, Some(_)) => {}
    }
    if decision != Decision::Include {
        review.check(desk, ground, "", &mut faults)?;
    }
    Ok(faults)
}

fn row(step: &Step, n: i64, record: &str, decision: Decision, ground: &Ground) -> DecisionRow {
    DecisionRow {
        step_id: step.id.clone(),
        n,
        case_id: step.case.to_string(),
        record: record.to_owned(),
        decision: decision.as_str().to_owned(),
        code: ground.code.clone(),
        reason: ground.reason.clone(),
        opinion_id: ground.opinion.clone(),
        decided_by: step.maker.clone(),
        decided_at: step.now.naive_utc(),
        ended_step: None,
    }
}

/// Decides about one record, and cuts out of it what is named.
///
/// # Errors
/// [`ActError::Missing`] if the newest search holds no such record, [`ActError::Invalid`] naming what the statute wants
/// beside the code and does not get.
pub fn decide_record(desk: &Desk, id: CaseId, record: &str, new: &NewDecision, by: &By) -> Result<CaseRow, ActError> {
    let review = Review::load(desk, id, Some(by))?;
    let mut faults = check(&review, desk, new.decision, &new.ground)?;
    let Some(found) = review.spool.find(record, &Rules::default())? else {
        return if faults.is_empty() {
            Err(ActError::Missing("record in the newest search of this case"))
        } else {
            Err(ActError::Invalid(faults))
        };
    };
    if new.decision != Decision::Include && !new.redactions.is_empty() {
        faults.push(FieldFault {
            field: "redactions".to_owned(),
            problem: "a record that is withheld whole has no parts to redact: leave them out, or include it".to_owned(),
        });
    }
    let planned = plan_redactions(&review, desk, &found.record, &new.redactions, "person", &mut faults)?;
    if !faults.is_empty() {
        return Err(ActError::Invalid(faults));
    }
    let now = desk.now();
    let maker = by.staff_id()?.to_owned();
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        step(case.stage()?, Move::DecideRecord)?;
        let made = NewStep {
            kind: "decide",
            detail: json!({"record": record, "decision": new.decision.as_str(), "code": new.ground.code}),
            records: 1,
            places: planned.new.len(),
            code: new.ground.code.as_deref(),
            undoes: None,
        };
        keep_step(conn, id, &maker, by, &made, now, |conn, step| {
            decisions_put(conn, id, &[row(step, 1, record, new.decision, &new.ground)])?;
            keep_redactions(conn, step, &planned)
        })?;
        told(conn, id, by, record, new, now)?;
        Ok(case_update(conn, case, now)?)
    })
}

/// The audit entry of a single decision, which names the record.
fn told(
    conn: &mut Conn,
    id: CaseId,
    by: &By,
    record: &str,
    new: &NewDecision,
    now: crate::base::Moment,
) -> Result<(), ActError> {
    let event = Event::RecordDecided {
        record: record.to_owned(),
        decision: new.decision.as_str().to_owned(),
        code: new.ground.code.clone(),
    };
    Ok(audit_append(conn, now, &by.actor, Some(id), &event)?)
}

/// Decides about every record that the filter takes, in one step that can be undone. With `preview` nothing is decided:
/// the answer says what would be.
///
/// # Errors
/// [`ActError::Refused`] if the filter takes no record, [`ActError::Invalid`] as for a single one.
pub fn decide_many(
    desk: &Desk,
    id: CaseId,
    filter: &RecordFilter,
    (decision, ground): (Decision, &Ground),
    preview: bool,
    by: &By,
) -> Result<Touched, ActError> {
    let review = Review::load(desk, id, Some(by))?;
    let mut faults = check(&review, desk, decision, ground)?;
    let lookup = Lookup::of(&review);
    let (mut touched, mut records) = (Touched::default(), Vec::new());
    each_of(&review, filter, &lookup, 0, &mut |_, row| {
        if let Some(report) = review.spool.report(row.collection) {
            touched.count(&report.collection);
        }
        records.push(row.record.id);
        Ok(true)
    })?;
    if let Some(at) = filter.records.iter().position(|wanted| !records.contains(wanted)) {
        faults.push(FieldFault {
            field: format!("filter.records[{at}]"),
            problem: "the newest search has no such record, or the rest of the filter leaves it out".to_owned(),
        });
    }
    if !faults.is_empty() {
        return Err(ActError::Invalid(faults));
    }
    if preview {
        return Ok(touched);
    }
    if records.is_empty() {
        return Err(ActError::Refused("the filter takes no record: widen it".to_owned()));
    }
    let made = NewStep {
        kind: "decide_many",
        detail: json!({
            "decision": decision.as_str(), "code": ground.code, "collection": filter.collection, "source": filter.source,
            "standing": filter.standing.map(super::records::Left::as_str), "flag": filter.flag,
        }),
        records: records.len(),
        places: 0,
        code: ground.code.as_deref(),
        undoes: None,
    };
    make_step(desk, id, by, &made, |conn, step| {
        let rows: Vec<DecisionRow> = records
            .iter()
            .enumerate()
            .map(|(at, record)| row(step, row_number(at), record, decision, ground))
            .collect();
        Ok(decisions_put(conn, id, &rows)?)
    })?;
    Ok(touched)
}

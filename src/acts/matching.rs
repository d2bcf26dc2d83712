//! Whose records they are: what a caseworker says of records that only might be the person's, and the identifiers that they
//! confirm. Each is a step of the review that can be undone, and the search goes on from it at once: what was found before
//! is kept, and what the confirmed leads to is found.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::audit::Event;
use crate::base::Moment;
use crate::case::{CaseId, Move, step};
use crate::files::spool::Rules;
use crate::store::{
    CaseRow, ConfirmedRow, Conn, RulingRow, audit_append, case_by_id, confirmed_of, confirmed_put, identifiers,
    rulings_put,
};
use crate::subject::{Identifier, IdentifierKind};

use super::desk::Desk;
use super::error::{ActError, FieldFault};
use super::gather::begin;
use super::moving::{By, load};
use super::reviewing::{NewStep, Review, Step, keep_step, row_number};

/// What a caseworker says of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// It is the person's: it goes out as if an identifier had led to it, and what it leads to is searched for.
    Theirs,
    /// It is about somebody else: it never goes out.
    NotTheirs,
}

impl Ruling {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Theirs => "theirs",
            Self::NotTheirs => "not_theirs",
        }
    }
}

/// A ruling that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct RulingView {
    /// `theirs` or `not_theirs`.
    pub ruling: String,
    /// Why.
    pub reason: String,
    /// Who said so.
    pub by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Moment,
    /// The step that made it: undo that to take it back.
    pub step: String,
}

/// Rulings to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRulings {
    /// What is said.
    pub ruling: Ruling,
    /// Of these records.
    pub records: Vec<String>,
    /// Why.
    pub reason: String,
}

/// An identifier to be confirmed: a former name, another e-mail address...
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAlias {
    /// Its kind.
    pub kind: IdentifierKind,
    /// As it is written.
    pub value: String,
    /// The record on which it stands.
    pub record: Option<String>,
    /// How it is known to be theirs.
    pub reason: String,
}

/// An identifier of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct IdentifierView {
    /// `email`, `phone`, `name`, `date_of_birth`, `postcode` or `address`.
    pub kind: String,
    /// As it was written.
    pub value: String,
    /// `verified`: shown to be theirs. `given`: by the requester, and nobody has checked. `confirmed`: by a caseworker.
    pub standing: &'static str,
    /// Who confirmed it, when and why, and the step to undo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<RulingView>,
    /// The record on which it was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
}

/// Does a step of this kind change what is searched for?
pub(super) fn leads_on(kind: &str) -> bool {
    matches!(kind, "match" | "identifier")
}

/// Makes a step of the review after which the sources are searched again: nothing is sent on the ground of a search that did
/// not know of it.
pub(super) fn step_and_search(
    desk: &Desk,
    id: CaseId,
    by: &By,
    new: &NewStep<'_>,
    work: impl FnOnce(&mut Conn, &Step) -> Result<(), ActError>,
) -> Result<CaseRow, ActError> {
    let now = desk.now();
    let maker = by.staff_id()?.to_owned();
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        step(case.stage()?, Move::DecideRecord)?;
        keep_step(conn, id, &maker, by, new, now, work)?;
        begin(conn, desk, case, by, now)
    })
}

/// Says of records whose they are, and has the search go on from that.
///
/// # Errors
/// [`ActError::Invalid`] naming a record that the newest search does not hold; [`ActError::Refused`] outside review.
pub fn rule_on_records(desk: &Desk, id: CaseId, new: &NewRulings, by: &By) -> Result<CaseRow, ActError> {
    let review = Review::load(desk, id, Some(by))?;
    let mut faults = Vec::new();
    let mut fault = |field: String, problem: &str| faults.push(FieldFault { field, problem: problem.to_owned() });
    if new.records.is_empty() {
        fault("records".to_owned(), "this field is missing: name the records");
    }
    for (at, record) in new.records.iter().enumerate() {
        if new.records.iter().take(at).any(|earlier| earlier == record) {
            fault(format!("records[{at}]"), "this record is named twice: name it once");
        } else if review.spool.find(record, &Rules::default())?.is_none() {
            fault(format!("records[{at}]"), "the newest search has no such record");
        }
    }
    if !faults.is_empty() {
        return Err(ActError::Invalid(faults));
    }
    let ruling = new.ruling.as_str();
    let made = NewStep {
        kind: "match",
        detail: json!({"ruling": ruling}),
        records: new.records.len(),
        places: 0,
        code: None,
        undoes: None,
    };
    step_and_search(desk, id, by, &made, |conn, step| {
        let row = |(at, record): (usize, &String)| RulingRow {
            step_id: step.id.clone(),
            n: row_number(at),
            case_id: id.to_string(),
            record: record.clone(),
            ruling: ruling.to_owned(),
            reason: new.reason.clone(),
            decided_by: step.maker.clone(),
            decided_at: step.now.naive_utc(),
            ended_step: None,
        };
        let rows: Vec<RulingRow> = new.records.iter().enumerate().map(row).collect();
        rulings_put(conn, id, &rows)?;
        for record in &new.records {
            let event = Event::RecordDecided { record: record.clone(), decision: ruling.to_owned(), code: None };
            audit_append(conn, step.now, &by.actor, Some(id), &event)?;
        }
        Ok(())
    })
}

/// Confirms an identifier of the person's, and has the search go on from it.
///
/// # Errors
/// [`ActError::Invalid`] if the value is none of its kind or the newest search has no such record; [`ActError::Refused`]
/// outside review.
pub fn identifier_confirm(desk: &Desk, id: CaseId, new: &NewAlias, by: &By) -> Result<CaseRow, ActError> {
    let review = Review::load(desk, id, Some(by))?;
    let identifier = Identifier { kind: new.kind, value: new.value.trim().to_owned() };
    let normal = identifier.normal();
    let mut faults = Vec::new();
    let mut fault = |field: &str, problem: &str| {
        faults.push(FieldFault { field: field.to_owned(), problem: problem.to_owned() });
    };
    let problem = match new.kind {
        IdentifierKind::Email if !normal.trim_matches('@').contains('@') => Some("this is no e-mail address"),
        IdentifierKind::Phone if normal.len() < 7 => Some("this is no whole telephone number"),
        IdentifierKind::DateOfBirth if crate::subject::Birth::parse(&new.value).is_none() => Some("this is no date"),
        _ if normal.is_empty() => Some("this field is missing: write the identifier"),
        IdentifierKind::Email
        | IdentifierKind::Phone
        | IdentifierKind::Name
        | IdentifierKind::DateOfBirth
        | IdentifierKind::Postcode
        | IdentifierKind::Address => None,
    };
    if let Some(problem) = problem {
        fault("value", problem);
    }
    if let Some(record) = &new.record
        && review.spool.find(record, &Rules::default())?.is_none()
    {
        fault("record", "the newest search has no such record");
    }
    if !faults.is_empty() {
        return Err(ActError::Invalid(faults));
    }
    let kind = new.kind.as_str();
    let made = NewStep {
        kind: "identifier",
        detail: json!({"kind": kind}),
        records: usize::from(new.record.is_some()),
        places: 0,
        code: None,
        undoes: None,
    };
    step_and_search(desk, id, by, &made, |conn, step| {
        let row = ConfirmedRow {
            step_id: step.id.clone(),
            n: 1,
            case_id: id.to_string(),
            alias: format!("{kind}:{normal}"),
            kind: kind.to_owned(),
            value: identifier.value.clone(),
            record: new.record.clone(),
            reason: new.reason.clone(),
            decided_by: step.maker.clone(),
            decided_at: step.now.naive_utc(),
            ended_step: None,
        };
        confirmed_put(conn, id, row)?;
        let event =
            Event::IdentifierConfirmed { step: step.id.clone(), of: kind.to_owned(), record: new.record.clone() };
        Ok(audit_append(conn, step.now, &by.actor, Some(id), &event)?)
    })
}

/// The identifiers of a case: the requester's own, then those that caseworkers confirmed.
///
/// # Errors
/// [`ActError::Missing`] if there is no such case.
pub fn identifiers_list(desk: &Desk, id: CaseId) -> Result<Vec<IdentifierView>, ActError> {
    desk.store.read(|conn| {
        case_by_id(conn, id)?;
        let mut all = Vec::new();
        for row in identifiers(conn, id)? {
            let identifier = row.identifier()?;
            all.push(IdentifierView {
                kind: identifier.kind.as_str().to_owned(),
                value: identifier.value,
                standing: if row.verified_at.is_some() { "verified" } else { "given" },
                confirmed: None,
                record: None,
            });
        }
        for row in confirmed_of(conn, id)? {
            all.push(IdentifierView {
                kind: row.kind,
                value: row.value,
                standing: "confirmed",
                confirmed: Some(RulingView {
                    ruling: "theirs".to_owned(),
                    reason: row.reason,
                    by: row.decided_by,
                    at: Moment::from_naive_utc(row.decided_at),
                    step: row.step_id,
                }),
                record: row.record,
            });
        }
        Ok(all)
    })
}

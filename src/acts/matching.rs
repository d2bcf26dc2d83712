//! Whose records they are: what a caseworker says of records that only might be the person's, and the identifiers that they
//! confirm. Each is a step of the review that can be undone, and the search goes on from it at once: what was found before
//! is kept, and what the confirmed leads to is found.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::json;
use serde_json::value::RawValue;

use crate::audit::Event;
use crate::base::{Moment, u64_from};
use crate::case::{CaseId, Move, step};
use crate::files::spool::{Candidate, Reviewed, Rules, Standing};
use crate::store::{
    CaseRow, ConfirmedRow, Conn, RulingRow, audit_append, case_by_id, confirmed_of, confirmed_put, identifiers,
    rulings_of, rulings_put,
};
use crate::subject::{Identifier, IdentifierKind};

use super::desk::Desk;
use super::error::{ActError, FieldFault};
use super::gather::begin;
use super::moving::{By, load};
use super::records::was_read;
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
    fn as_str(self) -> &'static str {
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

/// Where the person stands in what somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct MentionView {
    /// The field.
    pub field: String,
    /// The first character, counted in Unicode scalar values from 0.
    pub start: usize,
    /// The character after the last.
    pub end: usize,
    /// The words as they stand there.
    pub words: String,
}

/// A record about which a caseworker decides whose it is.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CandidateView {
    /// The record's identifier.
    pub record: String,
    /// The source it came from.
    pub source: String,
    /// The collection.
    pub collection: String,
    /// The collection in plain words.
    pub collection_label: String,
    /// `probable` or `possible`.
    pub tier: &'static str,
    /// The sum of the evidence, in hundredths of a bit: 100 more are twice as likely.
    pub score: i32,
    /// The evidence for and against, in words.
    pub reasons: Vec<String>,
    /// Where they are mentioned, in a record that is somebody else's.
    pub mentions: Vec<MentionView>,
    /// Whom else it concerns.
    pub third_parties: Vec<String>,
    /// Why it is held as the search left it; null if it goes out.
    pub why: Option<String>,
    /// What was said of it; null until somebody has.
    pub ruling: Option<RulingView>,
    /// The fields, as the source has them.
    #[schema(value_type = Object)]
    pub fields: Box<RawValue>,
}

/// A page of candidates.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CandidatePage {
    /// The likeliest first.
    pub candidates: Vec<CandidateView>,
    /// How many there are.
    pub total: u64,
    /// How many of them nobody has decided about.
    pub open: u64,
    /// Ask again with `after` set to this; null at the end.
    pub next: Option<u64>,
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

/// The records of the newest search that a caseworker decides about, from number `after` on, at most `limit`. That they were
/// read is written down.
///
/// # Errors
/// [`ActError::Missing`] if nothing was gathered yet.
pub fn candidates_list(
    desk: &Desk,
    id: CaseId,
    staff: &str,
    after: u64,
    limit: u64,
) -> Result<CandidatePage, ActError> {
    was_read(desk, id, staff)?;
    let review = Review::load(desk, id, None)?;
    let rulings = desk.store.read(|conn| -> Result<_, ActError> { Ok(rulings_of(conn, id)?) })?;
    let rulings: HashMap<&str, &RulingRow> = rulings.iter().map(|row| (row.record.as_str(), row)).collect();
    let mut found: Vec<(i32, u64, bool)> = Vec::new();
    let mut place = 0_u64;
    for collection in 0..review.spool.len() {
        review.spool.each_row(collection, &mut |row, mark| {
            if let Some(candidate) = &mark.candidate {
                found.push((candidate.score, place, rulings.contains_key(row.id.as_ref())));
            }
            place += 1;
            Ok(())
        })?;
    }
    found.sort_by_key(|(score, place, _)| (std::cmp::Reverse(*score), *place));
    let mut candidates = Vec::new();
    let (from, most) = (usize::try_from(after).unwrap_or(usize::MAX), usize::try_from(limit).unwrap_or(usize::MAX));
    for (_, place, _) in found.iter().skip(from).take(most) {
        let row = review.spool.page(*place, 1, &Rules::default())?.pop();
        candidates.extend(row.and_then(|row| view(&review, &rulings, row)));
    }
    let total = u64_from(found.len());
    let end = after.saturating_add(limit);
    Ok(CandidatePage {
        candidates,
        total,
        open: u64_from(found.iter().filter(|(.., ruled)| !ruled).count()),
        next: (end < total).then_some(end),
    })
}

fn view(review: &Review, rulings: &HashMap<&str, &RulingRow>, row: Reviewed) -> Option<CandidateView> {
    let report = review.spool.report(row.collection)?;
    let Candidate { tier, score, reasons, mentions, .. } = row.candidate?;
    let mentions = mentions
        .into_iter()
        .map(|place| MentionView {
            field: place.field,
            start: place.mention.start,
            end: place.mention.end,
            words: place.mention.words,
        })
        .collect();
    Some(CandidateView {
        ruling: rulings.get(row.record.id.as_str()).map(|row| RulingView {
            ruling: row.ruling.clone(),
            reason: row.reason.clone(),
            by: row.decided_by.clone(),
            at: Moment::from_naive_utc(row.decided_at),
            step: row.step_id.clone(),
        }),
        record: row.record.id,
        source: report.source.clone(),
        collection: report.collection.clone(),
        collection_label: report.label.clone(),
        tier: tier.as_str(),
        score,
        reasons,
        mentions,
        third_parties: row.third_parties,
        why: match row.standing {
            Standing::Disclose => None,
            Standing::Held { reason } | Standing::Possible { reason } | Standing::Excluded { reason, .. } => {
                Some(reason)
            }
        },
        fields: row.record.fields,
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
        Ok(confirmed_put(conn, id, row)?)
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

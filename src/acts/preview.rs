//! What the person will see: one record before and after, and the whole answer in numbers.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::audit::{Actor, Event};
use crate::bundle::RecordSource;
use crate::case::CaseId;
use crate::files::spool::{Rules, Standing, cut_out};
use crate::review::{Cut, Fields, Outcome, Piece, Run, exemption_title, outcome, runs};
use crate::store::audit_append;

use super::desk::Desk;
use super::error::ActError;
use super::reviewing::Review;

/// A run of a field's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct RunView {
    /// As the source has it.
    pub text: String,
    /// The code under which it is withheld; none if the person reads it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withheld: Option<String>,
    /// What the person is told in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<&'static str>,
}

/// A field before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FieldPreview {
    /// The field.
    pub field: String,
    /// In plain words, as the person reads it.
    pub label: String,
    /// Its text in runs, in order: all of them are the text before, those not withheld the text after.
    pub runs: Vec<RunView>,
}

/// A record before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct RecordPreview {
    /// The record.
    pub record: String,
    /// What it is called in the answer: another name, if its own would tell what is redacted.
    pub named: String,
    /// `goes_out`, `withheld` or `undecided`.
    pub outcome: &'static str,
    /// Why it is withheld, as the person is told, or why it is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Its fields, as they would go out, even if it is withheld.
    pub fields: Vec<FieldPreview>,
}

/// Something withheld, in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct WithheldCount {
    /// The reason that the person is told.
    pub reason: String,
    /// The exemption.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How many.
    pub count: u64,
}

/// A collection in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CollectionPreview {
    /// The source.
    pub source: String,
    /// The collection.
    pub collection: String,
    /// In plain words.
    pub label: String,
    /// `found`, `nothing_held`, `failed` or `not_reached`.
    #[schema(value_type = String)]
    pub status: crate::bundle::Status,
    /// Records found.
    pub found: u64,
    /// Records that go out.
    pub goes_out: u64,
    /// Records that do not.
    pub withheld: Vec<WithheldCount>,
    /// Records of which a part does not go out.
    pub redacted_records: u64,
    /// Parts that do not go out, by code.
    pub redactions: Vec<WithheldCount>,
}

/// The answer in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct AnswerPreview {
    /// By collection.
    pub collections: Vec<CollectionPreview>,
    /// Records found.
    pub found: u64,
    /// Records that go out.
    pub goes_out: u64,
    /// Records of which a part does not go out.
    pub redacted_records: u64,
    /// Everything that is withheld, records and parts together, by code.
    pub codes: Vec<WithheldCount>,
    /// The case's version that this is the preview of.
    pub version: i64,
}

/// One record, before and after. That it was read is written down.
///
/// # Errors
/// [`ActError::Missing`] if the newest search holds no such record.
pub fn record_preview(desk: &Desk, id: CaseId, staff: &str, record: &str) -> Result<RecordPreview, ActError> {
    super::records::was_read(desk, id, staff)?;
    let review = Review::load(desk, id, None)?;
    let missing = || ActError::Missing("record in the newest search of this case");
    let rules = review.rules();
    let (place, row) = review.spool.place(record, &rules)?.ok_or_else(missing)?;
    let report = review.spool.report(row.collection).ok_or_else(missing)?;
    let cuts = rules.cuts.get(record).map(Vec::as_slice).unwrap_or_default();
    let read = Fields::read(row.record.fields.get()).ok_or_else(missing)?;
    let fields = read
        .0
        .iter()
        .map(|(name, raw)| {
            let own: Vec<_> = cuts.iter().filter(|cut| cut.field == *name).collect();
            let label = report.columns.iter().find(|column| column.name == *name).map(|column| column.label.clone());
            FieldPreview { field: name.clone(), label: label.unwrap_or_else(|| name.clone()), runs: runs_of(raw, &own) }
        })
        .collect();
    let (outcome, why) = match &row.standing {
        Standing::Disclose => ("goes_out", None),
        Standing::Excluded { reason, .. } => ("withheld", Some(reason.clone())),
        Standing::Held { reason } | Standing::Possible { reason } => ("undecided", Some(reason.clone())),
    };
    drop(read);
    let number = place - (0..row.collection).map(|before| review.spool.rows(before)).sum::<u64>() + 1;
    let named = cut_out(row.record, cuts, number)?.id;
    Ok(RecordPreview { record: record.to_owned(), named, outcome, why, fields })
}

fn runs_of(raw: &str, cuts: &[&Cut]) -> Vec<RunView> {
    let view = |run: Run| RunView {
        title: run.withheld.as_deref().and_then(exemption_title),
        text: run.text,
        withheld: run.withheld,
    };
    runs(raw, cuts).into_iter().map(view).collect()
}

/// The whole answer in numbers. That it was looked at is written down, and counts for the checklist.
///
/// # Errors
/// [`ActError::Refused`] if nothing was gathered yet.
pub fn answer_preview(desk: &Desk, id: CaseId, staff: &str) -> Result<AnswerPreview, ActError> {
    let review = Review::load(desk, id, None)?;
    let view = numbers(&review)?;
    let now = desk.now();
    let actor = Actor::Staff(staff.to_owned());
    desk.store.write(|conn| -> Result<(), ActError> {
        Ok(audit_append(conn, now, &actor, Some(id), &Event::PreviewRead)?)
    })?;
    Ok(view)
}

/// The same numbers for a list of records. It is no look at the answer, and does not count as one.
///
/// # Errors
/// [`ActError::Refused`] if nothing was gathered yet.
pub fn answer_numbers(desk: &Desk, id: CaseId) -> Result<AnswerPreview, ActError> {
    numbers(&Review::load(desk, id, None)?)
}

fn numbers(review: &Review) -> Result<AnswerPreview, ActError> {
    let rules = review.rules();
    let decided = review.spool.under(rules.clone())?;
    let mut codes: BTreeMap<(String, Option<String>), u64> = BTreeMap::new();
    let mut collections = Vec::new();
    for (at, report) in decided.collections().iter().enumerate() {
        let (records, parts) = parts_of(review, &rules, at)?;
        for withheld in &report.withheld {
            *codes.entry((withheld.reason.clone(), withheld.code.clone())).or_default() += withheld.count;
        }
        for (code, count) in &parts {
            *codes.entry((title(code), Some(code.clone()))).or_default() += count;
        }
        let withheld = report
            .withheld
            .iter()
            .map(|w| WithheldCount { reason: w.reason.clone(), code: w.code.clone(), count: w.count })
            .collect();
        collections.push(CollectionPreview {
            source: report.source.clone(),
            collection: report.collection.clone(),
            label: report.label.clone(),
            status: report.status,
            found: report.found,
            goes_out: report.disclosed,
            withheld,
            redacted_records: records,
            redactions: parts
                .into_iter()
                .map(|(code, count)| WithheldCount { reason: title(&code), code: Some(code), count })
                .collect(),
        });
    }
    Ok(AnswerPreview {
        found: collections.iter().map(|c| c.found).sum(),
        goes_out: collections.iter().map(|c| c.goes_out).sum(),
        redacted_records: collections.iter().map(|c| c.redacted_records).sum(),
        codes: codes.into_iter().map(|((reason, code), count)| WithheldCount { reason, code, count }).collect(),
        collections,
        version: review.case.version,
    })
}

fn title(code: &str) -> String {
    exemption_title(code).unwrap_or(code).to_owned()
}

/// The records of a collection that go out in part, and the parts that do not, by code.
fn parts_of(review: &Review, rules: &Rules, collection: usize) -> Result<(u64, BTreeMap<String, u64>), ActError> {
    let (mut records, mut parts) = (0, BTreeMap::new());
    if rules.cuts.is_empty() {
        return Ok((records, parts));
    }
    review.spool.each_row(collection, &mut |row, mark| {
        let Some(cuts) = rules.cuts.get(row.id.as_ref()) else { return Ok(()) };
        if rules.standing(&row.id, mark) != Standing::Disclose {
            return Ok(());
        }
        records += 1;
        let Some(fields) = Fields::read(row.fields) else { return Ok(()) };
        for (name, raw) in &fields.0 {
            let own: Vec<_> = cuts.iter().filter(|cut| cut.field == *name).collect();
            match outcome(raw, &own) {
                Outcome::Whole => {}
                Outcome::Withheld(code) => *parts.entry(code).or_default() += 1,
                Outcome::Pieces(pieces) => {
                    for piece in pieces {
                        if let Piece::Withheld { redacted } = piece {
                            *parts.entry(redacted).or_default() += 1;
                        }
                    }
                }
            }
        }
        Ok(())
    })?;
    Ok((records, parts))
}

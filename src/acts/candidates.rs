//! Records that only might be the person's, as a caseworker reads them: likeliest first, with the evidence, each beside what
//! is known of the person.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::value::RawValue;

use crate::base::{Moment, u64_from};
use crate::case::CaseId;
use crate::datamap::Collection;
use crate::files::spool::{Candidate, Reviewed, Rules, Standing};
use crate::matching::Tier;
use crate::review::{Fields, field_text, is_empty_value};
use crate::store::{CaseRow, Conn, RulingRow, confirmed_of, identifiers, rulings_of};
use crate::subject::{Identifier, IdentifierKind};

use super::desk::Desk;
use super::error::ActError;
use super::matching::RulingView;
use super::records::was_read;
use super::reviewing::Review;

/// What is known of the person, beside what a record says: one kind of particular.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ComparedView {
    /// `email`, `phone`, `name`, `date_of_birth`, `postcode` or `address`.
    pub kind: String,
    /// What is known of the person.
    pub person: Vec<String>,
    /// What stands in the record.
    pub record: Vec<String>,
    /// Those of the record that are known of the person, in whatever writing.
    pub known: Vec<String>,
    /// The columns in which the record says it.
    pub columns: Vec<String>,
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
    /// What is known of the person, and what the record says.
    pub compared: Vec<ComparedView>,
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
    /// How many the filter takes.
    pub total: u64,
    /// How many nobody has decided about, whatever the filter.
    pub open: u64,
    /// Ask again with `after` set to this; null at the end.
    pub next: Option<u64>,
}

/// Which candidates; all that is given must hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CandidateFilter {
    /// Of this tier.
    pub tier: Option<Tier>,
    /// True: nobody has decided about them. False: somebody has.
    pub open: Option<bool>,
}

impl CandidateFilter {
    fn takes(self, tier: Tier, ruled: bool) -> bool {
        self.tier.is_none_or(|wanted| wanted == tier) && self.open.is_none_or(|open| open != ruled)
    }
}

/// The records of the newest search that a caseworker decides about and the filter takes, from number `after` on, at most
/// `limit`. That they were read is written down.
///
/// # Errors
/// [`ActError::Missing`] if nothing was gathered yet.
pub fn candidates_list(
    desk: &Desk,
    id: CaseId,
    staff: &str,
    filter: CandidateFilter,
    after: u64,
    limit: u64,
) -> Result<CandidatePage, ActError> {
    was_read(desk, id, staff)?;
    let review = Review::load(desk, id, None)?;
    let (rulings, known) = desk
        .store
        .read(|conn| -> Result<_, ActError> { Ok((rulings_of(conn, id)?, particulars(conn, id, &review.case)?)) })?;
    let rulings: HashMap<&str, &RulingRow> = rulings.iter().map(|row| (row.record.as_str(), row)).collect();
    let mut found: Vec<(i32, u64)> = Vec::new();
    let (mut place, mut open) = (0_u64, 0_u64);
    for collection in 0..review.spool.len() {
        review.spool.each_row(collection, &mut |row, mark| {
            if let Some(candidate) = &mark.candidate {
                let ruled = rulings.contains_key(row.id.as_ref());
                open += u64::from(!ruled);
                if filter.takes(candidate.tier, ruled) {
                    found.push((candidate.score, place));
                }
            }
            place += 1;
            Ok(())
        })?;
    }
    found.sort_by_key(|(score, place)| (std::cmp::Reverse(*score), *place));
    let mut candidates = Vec::new();
    let (from, most) = (usize::try_from(after).unwrap_or(usize::MAX), usize::try_from(limit).unwrap_or(usize::MAX));
    for (_, place) in found.iter().skip(from).take(most) {
        let row = review.spool.page(*place, 1, &Rules::default())?.pop();
        candidates.extend(row.and_then(|row| view(desk, &review, &known, &rulings, row)));
    }
    let total = u64_from(found.len());
    let end = after.saturating_add(limit);
    Ok(CandidatePage { candidates, total, open, next: (end < total).then_some(end) })
}

/// Everything that is known of the person.
fn particulars(conn: &mut Conn, id: CaseId, case: &CaseRow) -> Result<Vec<Identifier>, ActError> {
    let mut known = vec![Identifier { kind: IdentifierKind::Name, value: case.subject_name.clone() }];
    let born = case.date_of_birth.map(|date| date.to_string());
    known.extend(born.map(|value| Identifier { kind: IdentifierKind::DateOfBirth, value }));
    for row in identifiers(conn, id)? {
        known.push(row.identifier()?);
    }
    for row in confirmed_of(conn, id)? {
        known.push(row.identifier()?);
    }
    Ok(known)
}

/// The particulars that the collection has columns for, side by side.
fn compared(collection: Option<&Collection>, known: &[Identifier], fields: &RawValue) -> Vec<ComparedView> {
    let (Some(collection), Some(fields)) = (collection, Fields::read(fields.get())) else { return Vec::new() };
    let said = |column: &str| {
        let found = fields.0.iter().find(|(name, raw)| name == column && !is_empty_value(raw));
        found.map(|(_, raw)| field_text(raw))
    };
    let view = |kind: IdentifierKind| {
        let columns: Vec<String> =
            collection.matches.iter().filter(|entry| entry.kind == kind).map(|entry| entry.column.clone()).collect();
        let record: Vec<String> = columns.iter().filter_map(|column| said(column)).collect();
        let person: Vec<&Identifier> = known.iter().filter(|one| one.kind == kind).collect();
        let is_known = |value: &&String| {
            let normal = Identifier { kind, value: (*value).clone() }.normal();
            person.iter().any(|one| one.normal() == normal)
        };
        ComparedView {
            kind: kind.as_str().to_owned(),
            known: record.iter().filter(is_known).cloned().collect(),
            person: person.iter().map(|one| one.value.clone()).collect(),
            record,
            columns,
        }
    };
    IdentifierKind::ALL.map(view).into_iter().filter(|side| !side.columns.is_empty()).collect()
}

fn view(
    desk: &Desk,
    review: &Review,
    known: &[Identifier],
    rulings: &HashMap<&str, &RulingRow>,
    row: Reviewed,
) -> Option<CandidateView> {
    let report = review.spool.report(row.collection)?;
    let dataset = desk.settings.data_map.datasets.iter().find(|dataset| dataset.key == report.dataset);
    let collection = dataset.and_then(|dataset| dataset.collections.iter().find(|one| one.name == report.collection));
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
        compared: compared(collection, known, &row.record.fields),
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

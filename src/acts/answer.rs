//! The answer as its requester reads it here: what the bundle discloses, collection by collection, with a search. Read as
//! the bundle was built, so that nothing that is withheld can be seen; opened only by the answer's own code.

use crate::audit::{Actor, Event};
use crate::base::{Moment, u64_from, usize_from};
use crate::bundle::{
    BundleError, CollectionReport, ColumnKind, Record, RecordSource, Shown, Span, Status, Value, in_words,
};
use crate::case::CaseId;
use crate::letter::Answered;
use crate::store::{BundleRow, Conn, audit_append, case_by_id};

use super::desk::Desk;
use super::error::ActError;
use super::release::{released_bundle, with_disclosed};
use super::verify::Opened;

/// The front of an answer.
#[derive(Debug, Clone)]
pub struct AnswerView {
    /// The case's reference.
    pub reference: String,
    /// The last moment to open it.
    pub until: Moment,
    /// How often the bundle was downloaded.
    pub downloads: i64,
    /// The bundle's size.
    pub size_bytes: i64,
    /// Every collection, searched or not, in the order of the data map.
    pub parts: Vec<AnswerPart>,
}

/// One collection of an answer.
#[derive(Debug, Clone)]
pub struct AnswerPart {
    /// Its place, by which its records are asked for.
    pub number: usize,
    /// In plain words.
    pub label: String,
    /// The dataset in plain words.
    pub source: String,
    /// Why the data are held.
    pub purpose: String,
    /// What became of the search.
    pub status: Status,
    /// Records that can be read.
    pub disclosed: u64,
    /// Records left out: the reason in plain words, and how many.
    pub withheld: Vec<(String, u64)>,
}

/// A record that can be read.
#[derive(Debug, Clone)]
pub struct AnswerRecord {
    /// The place of its collection.
    pub part: usize,
    /// Its collection in plain words.
    pub label: String,
    /// Its place among the collection's disclosed records, from 0.
    pub number: u64,
    /// What it says.
    pub fields: Vec<AnswerField>,
}

/// A field of a record.
#[derive(Debug, Clone)]
pub struct AnswerField {
    /// As the source calls it.
    pub name: String,
    /// In plain words.
    pub label: String,
    /// What it says.
    pub says: Says,
}

/// What a field says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says {
    /// Nothing.
    Nothing,
    /// Yes or no.
    Truth(bool),
    /// A number or text as the source has it, or a structure as JSON.
    Text(String),
    /// Text of which parts are covered: each piece is text, or the code of the exemption that covers it.
    Covered(Vec<Result<String, String>>),
    /// All of it is covered, under this exemption.
    Withheld(String),
}

/// One page of records.
#[derive(Debug, Clone)]
pub struct AnswerPage {
    /// The collection.
    pub part: AnswerPart,
    /// The records.
    pub records: Vec<AnswerRecord>,
    /// The place of the first.
    pub from: u64,
}

/// What a search found.
#[derive(Debug, Clone)]
pub struct AnswerFound {
    /// The first of the records.
    pub records: Vec<AnswerRecord>,
    /// How many there are.
    pub count: u64,
}

/// Records on one page.
pub const ANSWER_PAGE: u64 = 25;
/// Records that a search shows; the rest is counted.
pub const FOUND_PAGE: u64 = 50;

/// The front of the answer. That it was opened is written down.
///
/// # Errors
/// [`ActError::Refused`] before the release, [`ActError::Gone`] after the last day, [`ActError::Unauthenticated`] without
/// the answer's code.
pub fn answer_view(desk: &Desk, opened: Opened) -> Result<AnswerView, ActError> {
    let bundle = opened_bundle(desk, opened)?;
    note_reading(desk, opened.case())?;
    let reference = desk.store.read(|conn| case_by_id(conn, opened.case()))?.reference;
    let parts = with_disclosed(desk, opened.case(), |records| {
        Ok(records.collections().iter().enumerate().map(|(number, report)| part(number, report)).collect())
    })?;
    let until = Moment::from_naive_utc(bundle.expires_at.unwrap_or(bundle.built_at));
    Ok(AnswerView { reference, until, downloads: bundle.downloads, size_bytes: bundle.size_bytes, parts })
}

/// Up to [`ANSWER_PAGE`] records of one collection, from the one at `from` on.
///
/// # Errors
/// As [`answer_view`]; [`ActError::Missing`] if there is no such collection.
pub fn answer_page(desk: &Desk, opened: Opened, number: usize, from: u64) -> Result<AnswerPage, ActError> {
    opened_bundle(desk, opened)?;
    with_disclosed(desk, opened.case(), |source| {
        let report = source.collections().get(number).ok_or(ActError::Missing("part of the answer"))?;
        let mut records = Vec::new();
        walk(source, number, |at, record| {
            if at >= from {
                records.push(shown(number, report, at, record)?);
            }
            Ok(u64_from(records.len()) < ANSWER_PAGE)
        })?;
        Ok(AnswerPage { part: part(number, report), records, from })
    })
}

/// One record, with the collection that it belongs to.
///
/// # Errors
/// As [`answer_view`]; [`ActError::Missing`] if there is no such record.
pub fn answer_record(desk: &Desk, opened: Opened, number: usize, at: u64) -> Result<AnswerRecord, ActError> {
    opened_bundle(desk, opened)?;
    with_disclosed(desk, opened.case(), |source| {
        let report = source.collections().get(number).ok_or(ActError::Missing("part of the answer"))?;
        let mut found = None;
        walk(source, number, |place, record| {
            if place == at {
                found = Some(shown(number, report, place, record)?);
            }
            Ok(found.is_none())
        })?;
        found.ok_or(ActError::Missing("record in the answer"))
    })
}

/// The records in which every word of `words` stands, without regard to letter case. That the answer was searched is
/// written down; the words are not.
///
/// # Errors
/// As [`answer_view`].
pub fn answer_search(desk: &Desk, opened: Opened, words: &str) -> Result<AnswerFound, ActError> {
    opened_bundle(desk, opened)?;
    note_reading(desk, opened.case())?;
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    with_disclosed(desk, opened.case(), |source| {
        let (mut records, mut count) = (Vec::new(), 0_u64);
        for (number, report) in source.collections().iter().enumerate() {
            walk(source, number, |at, record| {
                let shown = shown(number, report, at, record)?;
                if matches(&shown, &words) {
                    count += 1;
                    if u64_from(records.len()) < FOUND_PAGE {
                        records.push(shown);
                    }
                }
                Ok(true)
            })?;
        }
        Ok(AnswerFound { records, count })
    })
}

fn matches(record: &AnswerRecord, words: &[String]) -> bool {
    let mut text = record.label.to_lowercase();
    for field in &record.fields {
        text.push('\n');
        match &field.says {
            Says::Text(says) => text.push_str(&says.to_lowercase()),
            Says::Covered(pieces) => pieces.iter().flatten().for_each(|piece| text.push_str(&piece.to_lowercase())),
            Says::Nothing | Says::Truth(_) | Says::Withheld(_) => {}
        }
    }
    !words.is_empty() && words.iter().all(|word| text.contains(word.as_str()))
}

fn opened_bundle(desk: &Desk, opened: Opened) -> Result<BundleRow, ActError> {
    let now = desk.now();
    desk.store.read(|conn| released_bundle(conn, desk, opened, now))
}

fn note_reading(desk: &Desk, id: CaseId) -> Result<(), ActError> {
    let now = desk.now();
    desk.store.write(|conn| Ok(audit_append(conn, now, &Actor::Requester, Some(id), &Event::AnswerRead)?))
}

fn part(number: usize, report: &CollectionReport) -> AnswerPart {
    AnswerPart {
        number,
        label: report.label.clone(),
        source: report.dataset_label.clone(),
        purpose: report.purpose.clone(),
        status: report.status,
        disclosed: report.disclosed,
        withheld: report.withheld.iter().map(|withheld| (withheld.reason.clone(), withheld.count)).collect(),
    }
}

/// Calls `each` with the disclosed records of a collection and their places, until it says that it has enough.
fn walk(
    source: &impl RecordSource,
    number: usize,
    mut each: impl FnMut(u64, &Record) -> Result<bool, ActError>,
) -> Result<(), ActError> {
    let (mut at, mut ended) = (0, None);
    let walked = source.replay(number, &mut |record| {
        let more = each(at, record);
        at += 1;
        match more {
            Ok(true) => Ok(()),
            // The walk has no other way to be stopped.
            stop => {
                ended = Some(stop.map(|_| ()));
                Err(BundleError::Spool("enough was read".to_owned()))
            }
        }
    });
    match ended {
        Some(ended) => ended,
        None => Ok(walked?),
    }
}

fn shown(number: usize, report: &CollectionReport, at: u64, record: &Record) -> Result<AnswerRecord, ActError> {
    let column = |name: &str| report.columns.iter().find(|column| column.name == name);
    let label = |name: &str| column(name).map_or_else(|| name.to_owned(), |column| column.label.clone());
    let kind = |name: &str| column(name).map_or(ColumnKind::Text, |column| column.kind);
    let fields = record
        .values()?
        .into_iter()
        .map(|(name, value)| AnswerField { label: label(&name), says: says(kind(&name), &value), name })
        .collect();
    Ok(AnswerRecord { part: number, label: report.label.clone(), number: at, fields })
}

/// As the PDF says it.
fn says(kind: ColumnKind, value: &Value) -> Says {
    match in_words(kind, value) {
        Shown::Nothing(_) => Says::Nothing,
        Shown::Truth(truth) => Says::Truth(truth),
        Shown::Value(text) => Says::Text(text),
        Shown::Partly(spans) => Says::Covered(pieces(spans)),
        Shown::Withheld(code) => Says::Withheld(code),
    }
}

/// What of a text was left, as `Ok`, and the codes of what was cut out, as `Err`.
fn pieces(spans: Vec<Span>) -> Vec<Result<String, String>> {
    spans
        .into_iter()
        .map(|span| match span {
            Span::Text(text) => Ok(text),
            Span::Withheld(field) => Err(field.redacted),
        })
        .collect()
}

/// What an answer amounts to, for the letter that comes with it: all, nothing, or a part with what is left out under an
/// exemption. A record that was looked at and is not the person's is not left out of their answer.
pub(super) fn answered(conn: &mut Conn, desk: &Desk, id: CaseId) -> Result<Answered, ActError> {
    case_by_id(conn, id)?;
    with_disclosed(desk, id, |source| {
        let mut withheld: Vec<(String, u64)> = Vec::new();
        let (mut disclosed, mut failed, mut covers) = (0, false, false);
        for (number, report) in source.collections().iter().enumerate() {
            disclosed += report.disclosed;
            failed |= report.status == Status::Failed;
            for left in report.withheld.iter().filter(|left| left.code.is_some()) {
                match withheld.iter_mut().find(|(reason, _)| *reason == left.reason) {
                    Some((_, count)) => *count += left.count,
                    None => withheld.push((left.reason.clone(), left.count)),
                }
            }
            walk(source, number, |_, record| {
                // Within a string of JSON the quotation mark would be escaped.
                covers |= record.fields.get().contains("{\"redacted");
                Ok(!covers)
            })?;
        }
        Ok(if !withheld.is_empty() || covers {
            Answered::Part { withheld, covered: covers }
        } else if disclosed == 0 && !failed {
            Answered::Nothing
        } else {
            Answered::Whole
        })
    })
}

/// A record of the answer by its identifier, as `event_bookings/42`: its collection's place, its own, and its dataset and
/// collection.
pub(super) struct Located {
    pub(super) dataset: String,
    pub(super) collection: String,
    pub(super) record: String,
    pub(super) says: String,
}

/// A field of the record at this place of the answer, as the source has it.
///
/// # Errors
/// As [`answer_view`]; [`ActError::Invalid`] if the answer shows no such record or field.
pub(super) fn locate(desk: &Desk, opened: Opened, wrong: &Place, field: &str) -> Result<Located, ActError> {
    opened_bundle(desk, opened)?;
    with_disclosed(desk, opened.case(), |source| {
        for (number, report) in source.collections().iter().enumerate() {
            let mut found = None;
            if matches!(wrong, Place::At { part, .. } if *part != number) {
                continue;
            }
            walk(source, number, |at, record| {
                let this = match wrong {
                    Place::At { number, .. } => at == *number,
                    Place::Record(id) => record.id == *id,
                };
                if this {
                    found = Some((record.id.clone(), record.values()?));
                }
                Ok(found.is_none())
            })?;
            let Some((record, values)) = found else { continue };
            let says = values.into_iter().find(|(name, _)| name == field).map(|(_, value)| value);
            let says = match says {
                Some(Value::Null) => "null".to_owned(),
                Some(Value::Boolean(truth)) => truth.to_string(),
                Some(Value::Number(text)) => text,
                Some(Value::Text(text)) => serde_json::Value::String(text).to_string(),
                Some(Value::Structured(json)) => json,
                Some(Value::Partly(_) | Value::Redacted(_)) | None => {
                    return Err(ActError::field("field", "the answer does not show this field: use one that it shows"));
                }
            };
            return Ok(Located {
                dataset: report.dataset.clone(),
                collection: report.collection.clone(),
                record,
                says,
            });
        }
        Err(ActError::field("record", "the answer has no such record: use an identifier from records.json"))
    })
}

/// Which record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// By its identifier.
    Record(String),
    /// By its place in the answer.
    At {
        /// The collection's.
        part: usize,
        /// The record's.
        number: u64,
    },
}

/// The first record of the page on which the record at `number` stands.
#[must_use]
pub fn answer_page_of(number: u64) -> u64 {
    let page = usize_from(ANSWER_PAGE).max(1);
    number - number % u64_from(page)
}

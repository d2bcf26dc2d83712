//! Reading what a search found, as the review stands: which records, what is decided and redacted in each.

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use serde_json::value::RawValue;

use crate::audit::Event;
use crate::base::{Moment, u64_from, words};
use crate::case::CaseId;
use crate::files::spool::{Reviewed, Rules, Standing, Suggestions};
use crate::review::suggest::{Kind, Suggestion};
use crate::review::{Fields, is_stale, text_hash, text_of};
use crate::store::{
    DecisionRow, RedactionRow, RejectionRow, audit_append, case_by_id, decisions_about, redactions_about,
};

use super::desk::Desk;
use super::error::ActError;
use super::redacting::covers;
use super::reviewing::{Review, as_cut, as_span};

words! {
    /// What a list of records is narrowed to.
    Flag, "the flag" {
        /// Held or only possible, and not decided: each must be decided before sign-off.
        Undecided = "undecided",
        /// Somebody decided about it.
        Decided = "decided",
        /// Goes out as things stand, whole or in part.
        GoesOut = "goes_out",
        /// Does not go out as things stand.
        Withheld = "withheld",
        /// Parts of it are redacted.
        Redacted = "redacted",
        /// A suggestion in it is neither accepted nor rejected.
        Suggested = "suggested",
        /// A redaction does not fit any more: the text changed.
        Stale = "stale",
    }
}

/// How the gather left a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Left {
    /// To be disclosed.
    Disclose,
    /// Held.
    Held,
    /// Only possible.
    Possible,
}

impl Left {
    /// The word of the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Disclose => "disclose",
            Self::Held => "held",
            Self::Possible => "possible",
        }
    }
}

impl std::str::FromStr for Left {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Disclose, Self::Held, Self::Possible]
            .into_iter()
            .find(|left| left.as_str() == text)
            .ok_or_else(|| "use disclose, held or possible".to_owned())
    }
}

/// What a list of records, or an act on many, is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordFilter {
    /// These records only; empty for all.
    pub records: Vec<String>,
    /// Of this collection.
    pub collection: Option<String>,
    /// Of this source.
    pub source: Option<String>,
    /// As the gather left them.
    pub standing: Option<Left>,
    /// As the review has them.
    pub flag: Option<Flag>,
}

/// A part of a record that does not go out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct RedactionView {
    /// Its identifier.
    pub redaction: String,
    /// The field.
    pub field: String,
    /// The first character of the span (Unicode scalar values, from 0); none for the whole field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<i64>,
    /// The first character after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<i64>,
    /// The exemption, which the person is told.
    pub code: String,
    /// Why; not told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The opinion that it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opinion: Option<String>,
    /// How it came: `person`, `suggestion`, `everywhere` or `rule:ID`.
    pub origin: String,
    /// Who decided.
    pub decided_by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub decided_at: Moment,
    /// True if the field's text changed since: the whole field is withheld until it is redacted anew.
    pub stale: bool,
}

/// A suggested redaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SuggestionView {
    /// The field.
    pub field: String,
    /// The first character of the span; none for the whole field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// The first character after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
    /// What it is taken for.
    pub kind: Kind,
    /// How sure that is, 0 to 100; no probability.
    pub confidence: u8,
    /// Why.
    pub why: String,
    /// What speaks against redacting it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The exemption's code that is proposed.
    pub code: String,
    /// The standing rule that asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The words in the form that all their writings share.
    pub words: String,
    /// `open`, `accepted` or `rejected`. Accepted is also what a person redacted without having been told to.
    pub answer: &'static str,
}

/// A text field of a record, for who wants to redact a part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct TextView {
    /// The field.
    pub field: String,
    /// How many characters (Unicode scalar values) it has.
    pub length: usize,
    /// What a redaction of a span of it must send along, so that a text that changed is not cut in the wrong place.
    pub text_hash: String,
}

/// A gathered record as staff see it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RecordView {
    /// Its identifier, as `event_bookings/42`.
    pub record: String,
    /// Its place in the search, from 0.
    pub place: u64,
    /// The source it came from.
    pub source: String,
    /// The collection.
    pub collection: String,
    /// The collection in plain words.
    pub collection_label: String,
    /// Why it is taken to be the person's.
    pub matched_on: Vec<String>,
    /// Whom else it concerns, one sentence each: who owns it, whose address or name stands in it.
    pub third_parties: Vec<String>,
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
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The opinion that the exemption rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opinion: Option<String>,
    /// Who decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    /// When.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<Moment>,
    /// `goes_out`, `withheld` or `undecided`: what becomes of it as things stand.
    pub outcome: &'static str,
    /// What of it does not go out.
    pub redactions: Vec<RedactionView>,
    /// What in it looks like somebody else's personal data; null while that is being worked out.
    pub suggestions: Option<Vec<SuggestionView>>,
    /// Its text fields.
    pub texts: Vec<TextView>,
    /// The fields, as the source has them.
    #[schema(value_type = Object)]
    pub fields: Box<RawValue>,
}

/// A page of records.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RecordPage {
    /// In the order of the bundle.
    pub records: Vec<RecordView>,
    /// Ask again with `after` set to this; null at the end.
    pub next: Option<u64>,
}

/// What was decided about a record, at any time.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RecordHistory {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Moment,
    /// Who.
    pub by: String,
    /// In plain words.
    pub what: String,
    /// The step that made it.
    pub step: String,
    /// The step that ended it; none if it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<String>,
}

/// One record with everything that was ever decided about it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RecordDetail {
    /// As it stands.
    #[serde(flatten)]
    pub record: RecordView,
    /// Oldest first.
    pub history: Vec<RecordHistory>,
}

/// The review's rows by record, for looking up.
pub(super) struct Lookup<'r> {
    pub(super) decisions: HashMap<&'r str, &'r DecisionRow>,
    pub(super) redactions: HashMap<&'r str, Vec<&'r RedactionRow>>,
    pub(super) rejections: HashMap<&'r str, Vec<&'r RejectionRow>>,
    /// The suggestions, once they are worked out.
    pub(super) suggestions: Option<Suggestions>,
}

impl<'r> Lookup<'r> {
    pub(super) fn of(review: &'r Review) -> Self {
        let decisions = review.decisions.iter().map(|row| (row.record.as_str(), row)).collect();
        let mut redactions: HashMap<&str, Vec<&RedactionRow>> = HashMap::new();
        for row in &review.redactions {
            redactions.entry(&row.record).or_default().push(row);
        }
        let mut rejections: HashMap<&str, Vec<&RejectionRow>> = HashMap::new();
        for row in &review.rejections {
            rejections.entry(&row.record).or_default().push(row);
        }
        // What is damaged counts as not worked out: the checklist says so, and they can be worked out again.
        let suggestions = Suggestions::open(&review.spool).ok().flatten();
        Self { decisions, redactions, rejections, suggestions }
    }

    /// What was answered to a suggestion for this record.
    pub(super) fn answer(&self, record: &str, suggestion: &Suggestion) -> &'static str {
        let cuts = self.redactions.get(record).map(Vec::as_slice).unwrap_or_default();
        if cuts.iter().any(|cut| {
            cut.field == suggestion.field
                && (cut.start_at.is_none() || cut.text_hash == suggestion.text_hash)
                && covers(as_span(cut.start_at, cut.end_at), suggestion.span)
        }) {
            return "accepted";
        }
        let rejected = self.rejections.get(record).map(Vec::as_slice).unwrap_or_default();
        let same = |row: &&&RejectionRow| {
            row.field == suggestion.field
                && row.text_hash == suggestion.text_hash
                && as_span(row.start_at, row.end_at) == suggestion.span
        };
        if rejected.iter().any(|row| same(&row)) { "rejected" } else { "open" }
    }

    /// The suggestions for the record at `place` of the search; none while they are being worked out.
    fn suggested(&self, place: u64) -> Option<Vec<Suggestion>> {
        self.suggestions.as_ref()?.at(place).ok()
    }

    /// What becomes of the record.
    pub(super) fn outcome(&self, row: &Reviewed) -> &'static str {
        match (self.decisions.get(row.record.id.as_str()), &row.standing) {
            (Some(decision), _) if decision.decision == "include" => "goes_out",
            (Some(_), _) => "withheld",
            (None, Standing::Disclose) => "goes_out",
            // A caseworker said that it is somebody else's, or the request does not ask for it.
            (None, Standing::Excluded { .. }) => "withheld",
            (None, Standing::Held { .. } | Standing::Possible { .. }) => "undecided",
        }
    }

    fn is_stale(&self, row: &Reviewed) -> bool {
        let Some(own) = self.redactions.get(row.record.id.as_str()) else { return false };
        let fields = Fields::read(row.record.fields.get());
        own.iter().any(|cut| fields.as_ref().is_none_or(|fields| is_stale(fields, &as_cut(cut))))
    }
}

/// Does the filter take this row? `report` is its collection's source and name; `wanted` the records asked for.
fn takes(
    filter: &RecordFilter,
    wanted: &HashSet<&str>,
    lookup: &Lookup<'_>,
    (source, collection): (&str, &str),
    place: u64,
    row: &Reviewed,
) -> bool {
    let id = row.record.id.as_str();
    (wanted.is_empty() || wanted.contains(id))
        && filter.collection.as_deref().is_none_or(|wanted| wanted == collection)
        && filter.source.as_deref().is_none_or(|wanted| wanted == source)
        && filter.standing.is_none_or(|wanted| wanted == left(&row.standing))
        && filter.flag.is_none_or(|flag| match flag {
            Flag::Undecided => lookup.outcome(row) == "undecided",
            Flag::Decided => lookup.decisions.contains_key(id),
            Flag::GoesOut => lookup.outcome(row) == "goes_out",
            Flag::Withheld => lookup.outcome(row) == "withheld",
            Flag::Redacted => lookup.redactions.contains_key(id),
            Flag::Suggested => lookup
                .suggested(place)
                .is_some_and(|all| all.iter().any(|suggestion| lookup.answer(id, suggestion) == "open")),
            Flag::Stale => lookup.is_stale(row),
        })
}

fn left(standing: &Standing) -> Left {
    match standing {
        Standing::Disclose => Left::Disclose,
        Standing::Held { .. } | Standing::Excluded { .. } => Left::Held,
        Standing::Possible { .. } => Left::Possible,
    }
}

/// Calls `each` with every row that the filter takes, from position `after` on, and its position; stops where `each` says
/// so. Rows are read some at a time.
pub(super) fn each_of(
    review: &Review,
    filter: &RecordFilter,
    lookup: &Lookup<'_>,
    after: u64,
    each: &mut dyn FnMut(u64, Reviewed) -> Result<bool, ActError>,
) -> Result<(), ActError> {
    const AT_ONCE: u64 = 500;
    // The standing as the gather left it; what was decided stands beside it.
    let rules = Rules::default();
    let wanted: HashSet<&str> = filter.records.iter().map(String::as_str).collect();
    let mut from = after;
    loop {
        let rows = review.spool.page(from, AT_ONCE, &rules)?;
        let read = u64_from(rows.len());
        for (place, row) in (from..).zip(rows) {
            let Some(report) = review.spool.report(row.collection) else { continue };
            let of = (report.source.as_str(), report.collection.as_str());
            if takes(filter, &wanted, lookup, of, place, &row) && !each(place, row)? {
                return Ok(());
            }
        }
        if read < AT_ONCE {
            return Ok(());
        }
        from += read;
    }
}

/// The gathered records that the filter takes, from position `after` on, at most `limit`, held ones too. That they were
/// read is written down.
///
/// # Errors
/// [`ActError::Refused`] if nothing was gathered yet.
pub fn records_page(
    desk: &Desk,
    id: CaseId,
    staff: &str,
    filter: &RecordFilter,
    after: u64,
    limit: u64,
) -> Result<RecordPage, ActError> {
    was_read(desk, id, staff)?;
    let review = Review::load(desk, id, None)?;
    let lookup = Lookup::of(&review);
    let (mut records, mut next) = (Vec::new(), None);
    each_of(&review, filter, &lookup, after, &mut |place, row| {
        if u64_from(records.len()) == limit {
            next = Some(place);
            return Ok(false);
        }
        records.extend(view(&review, &lookup, place, row));
        Ok(true)
    })?;
    Ok(RecordPage { records, next })
}

/// One record, with its history. That it was read is written down.
///
/// # Errors
/// [`ActError::Missing`] if the newest search holds no such record.
pub fn record_detail(desk: &Desk, id: CaseId, staff: &str, record: &str) -> Result<RecordDetail, ActError> {
    was_read(desk, id, staff)?;
    let review = Review::load(desk, id, None)?;
    let missing = ActError::Missing("record in the newest search of this case");
    let Some((place, row)) = review.spool.place(record, &Rules::default())? else { return Err(missing) };
    let view = view(&review, &Lookup::of(&review), place, row).ok_or(missing)?;
    let (decided, redacted) = desk.store.read(|conn| -> Result<_, ActError> {
        Ok((decisions_about(conn, id, record)?, redactions_about(conn, id, record)?))
    })?;
    Ok(RecordDetail { record: view, history: history(decided, redacted) })
}

fn history(decided: Vec<DecisionRow>, redacted: Vec<RedactionRow>) -> Vec<RecordHistory> {
    let mut all: Vec<RecordHistory> = decided
        .into_iter()
        .map(|row| RecordHistory {
            at: Moment::from_naive_utc(row.decided_at),
            by: row.decided_by,
            what: [Some(row.decision), row.code, row.reason].into_iter().flatten().collect::<Vec<_>>().join(": "),
            step: row.step_id,
            ended_by: row.ended_step,
        })
        .chain(redacted.into_iter().map(|row| RecordHistory {
            at: Moment::from_naive_utc(row.decided_at),
            by: row.decided_by,
            what: match (row.start_at, row.end_at) {
                (Some(start), Some(end)) => format!("redact {} {start}-{end}: {}", row.field, row.code),
                _ => format!("redact {}: {}", row.field, row.code),
            },
            step: row.step_id,
            ended_by: row.ended_step,
        }))
        .collect();
    all.sort_by_key(|entry| entry.at);
    all
}

/// Writes down that records of the case were read.
pub(super) fn was_read(desk: &Desk, id: CaseId, staff: &str) -> Result<(), ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        case_by_id(conn, id)?;
        let actor = crate::audit::Actor::Staff(staff.to_owned());
        Ok(audit_append(conn, now, &actor, Some(id), &Event::RecordsRead)?)
    })
}

fn view(review: &Review, lookup: &Lookup<'_>, place: u64, row: Reviewed) -> Option<RecordView> {
    let report = review.spool.report(row.collection)?;
    let outcome = lookup.outcome(&row);
    let fields = Fields::read(row.record.fields.get());
    let texts = fields
        .iter()
        .flat_map(|fields| &fields.0)
        .filter_map(|(name, raw)| {
            let text = text_of(raw).filter(|text| !text.is_empty())?;
            Some(TextView { field: name.clone(), length: text.chars().count(), text_hash: text_hash(&text) })
        })
        .collect();
    let redactions = lookup
        .redactions
        .get(row.record.id.as_str())
        .into_iter()
        .flatten()
        .map(|cut| redaction_view(cut, fields.as_ref().is_none_or(|fields| is_stale(fields, &as_cut(cut)))))
        .collect();
    let suggestions = lookup.suggested(place).map(|all| {
        all.into_iter()
            .map(|suggestion| {
                let answer = lookup.answer(&row.record.id, &suggestion);
                suggestion_view(suggestion, answer)
            })
            .collect()
    });
    let decision = lookup.decisions.get(row.record.id.as_str());
    let standing = left(&row.standing).as_str();
    let why = match row.standing {
        Standing::Disclose => None,
        Standing::Held { reason } | Standing::Possible { reason } | Standing::Excluded { reason, .. } => Some(reason),
    };
    drop(fields);
    Some(RecordView {
        record: row.record.id,
        place,
        source: report.source.clone(),
        collection: report.collection.clone(),
        collection_label: report.label.clone(),
        matched_on: row.record.matched_on,
        third_parties: row.third_parties,
        standing,
        why,
        decision: decision.map(|d| d.decision.clone()),
        code: decision.and_then(|d| d.code.clone()),
        reason: decision.and_then(|d| d.reason.clone()),
        opinion: decision.and_then(|d| d.opinion_id.clone()),
        decided_by: decision.map(|d| d.decided_by.clone()),
        decided_at: decision.map(|d| Moment::from_naive_utc(d.decided_at)),
        outcome,
        redactions,
        suggestions,
        texts,
        fields: row.record.fields,
    })
}

fn suggestion_view(suggestion: Suggestion, answer: &'static str) -> SuggestionView {
    SuggestionView {
        field: suggestion.field,
        start: suggestion.span.map(|span| span.start),
        end: suggestion.span.map(|span| span.end),
        kind: suggestion.kind,
        confidence: suggestion.confidence,
        why: suggestion.why,
        note: suggestion.note,
        code: suggestion.code,
        rule: suggestion.rule,
        words: suggestion.words,
        answer,
    }
}

fn redaction_view(row: &RedactionRow, stale: bool) -> RedactionView {
    RedactionView {
        redaction: format!("{}.{}", row.step_id, row.n),
        field: row.field.clone(),
        start: row.start_at,
        end: row.end_at,
        code: row.code.clone(),
        reason: row.reason.clone(),
        opinion: row.opinion_id.clone(),
        origin: row.origin.clone(),
        decided_by: row.decided_by.clone(),
        decided_at: Moment::from_naive_utc(row.decided_at),
        stale,
    }
}

//! Suggestions are answered: accepted, which makes redactions of them, or rejected; one, many, or the same words everywhere.

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use serde_json::json;

use crate::audit::Event;
use crate::case::{CaseId, Move, step};
use crate::files::spool::{Rules, Suggested, Suggestions};
use crate::review::suggest::{Kind, Suggestion};
use crate::review::{Fields, Finder, Span, field_text, words_at};
use crate::store::{RejectionRow, audit_append, rejections_put};

use super::deciding::Touched;
use super::desk::Desk;
use super::error::{ActError, FieldFault};
use super::moving::{By, load};
use super::queue::Job;
use super::records::{Lookup, RecordFilter};
use super::redacting::{EverywhereView, Place, Planned, Seeker, covers, keep_redactions, plan_everywhere};
use super::reviewing::{Ground, NewStep, Review, Step, make_step, row_number};

/// What is said to a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It becomes a redaction.
    Accept,
    /// It goes out.
    Reject,
}

/// One suggestion, by where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SuggestionAt {
    /// The record.
    pub record: String,
    /// The field.
    pub field: String,
    /// Its place; none for the whole field.
    pub span: Option<Span>,
}

/// Which suggestions: all that is given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SuggestionFilter {
    /// These; empty for all.
    pub at: Vec<SuggestionAt>,
    /// Of this kind.
    pub kind: Option<Kind>,
    /// At least so sure.
    pub at_least: Option<u8>,
    /// At most so sure.
    pub at_most: Option<u8>,
    /// With these words, in the form that all their writings share.
    pub words: Option<String>,
    /// Asked for by this standing rule.
    pub rule: Option<String>,
    /// In this record.
    pub record: Option<String>,
    /// In this collection.
    pub collection: Option<String>,
}

impl SuggestionFilter {
    fn takes(&self, record: &str, collection: &str, suggestion: &Suggestion, listed: &HashSet<SuggestionAt>) -> bool {
        self.kind.is_none_or(|kind| kind == suggestion.kind)
            && self.at_least.is_none_or(|least| suggestion.confidence >= least)
            && self.at_most.is_none_or(|most| suggestion.confidence <= most)
            && self.words.as_ref().is_none_or(|words| *words == suggestion.words)
            && self.rule.as_ref().is_none_or(|rule| Some(rule) == suggestion.rule.as_ref())
            && self.record.as_deref().is_none_or(|wanted| wanted == record)
            && self.collection.as_deref().is_none_or(|wanted| wanted == collection)
            && (listed.is_empty() || listed.contains(&at(record, suggestion)))
    }
}

fn at(record: &str, suggestion: &Suggestion) -> SuggestionAt {
    SuggestionAt { record: record.to_owned(), field: suggestion.field.clone(), span: suggestion.span }
}

/// What answering did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct AnsweredView {
    /// Suggestions answered.
    pub suggestions: usize,
    /// Further places with the same words.
    pub elsewhere: usize,
    /// Records and collections.
    #[serde(flatten)]
    pub touched: Touched,
}

/// The same words, suggested in one place or many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SuggestedWords {
    /// As they stand in the first place.
    pub example: String,
    /// In the form that all their writings share.
    pub words: String,
    /// What they are taken for.
    pub kind: Kind,
    /// Open places.
    pub places: u64,
    /// Records with them.
    pub records: u64,
    /// The first of these.
    pub first_record: String,
    /// How sure the surest of them is.
    pub confidence: u8,
    /// Why.
    pub why: String,
    /// What speaks against redacting them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The suggestions of a case, by words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SuggestionsView {
    /// False while they are being worked out.
    pub ready: bool,
    /// Neither accepted nor rejected, in records that go out or are not decided.
    pub open: u64,
    /// Accepted.
    pub accepted: u64,
    /// Rejected.
    pub rejected: u64,
    /// Datasets whose names could not be read to the end: names held there may be missed.
    pub unread: Vec<String>,
    /// The open ones by words, those in most places first.
    pub words: Vec<SuggestedWords>,
    /// Words that are left out of the list, since it is full.
    pub more: u64,
}

fn worked_out<'l>(lookup: &'l Lookup<'_>) -> Result<&'l Suggestions, ActError> {
    let pending = "suggestions are still being worked out: try again in a moment";
    lookup.suggestions.as_ref().ok_or_else(|| ActError::Refused(pending.to_owned()))
}

/// What becomes of the record as far as suggestions matter: those in what is withheld need no answer.
fn needs_answers(lookup: &Lookup<'_>, record: &str) -> bool {
    lookup.decisions.get(record).is_none_or(|decision| decision.decision == "include")
}

/// Calls `each` with every open suggestion in a record that is not withheld.
pub(super) fn each_open(
    lookup: &Lookup<'_>,
    each: &mut dyn FnMut(&Suggested, &Suggestion) -> Result<(), ActError>,
) -> Result<(), ActError> {
    worked_out(lookup)?.each(0, &mut |row| -> Result<bool, ActError> {
        if needs_answers(lookup, &row.record) {
            for suggestion in row.suggestions.iter().filter(|s| lookup.answer(&row.record, s) == "open") {
                each(&row, suggestion)?;
            }
        }
        Ok(true)
    })
}

/// The suggestions of a case, by words.
///
/// # Errors
/// [`ActError::Refused`] if nothing was gathered yet.
pub fn suggestions_list(desk: &Desk, id: CaseId, staff: &str, kind: Option<Kind>) -> Result<SuggestionsView, ActError> {
    const MOST: usize = 1_000;
    super::records::was_read(desk, id, staff)?;
    let review = Review::load(desk, id, None)?;
    let lookup = Lookup::of(&review);
    let Some(suggestions) = &lookup.suggestions else { return Ok(SuggestionsView::default()) };
    let mut view =
        SuggestionsView { ready: true, unread: suggestions.summary.unread.clone(), ..SuggestionsView::default() };
    let mut groups: HashMap<(Kind, String), SuggestedWords> = HashMap::new();
    let mut last: HashMap<(Kind, String), u64> = HashMap::new();
    suggestions.each(0, &mut |row| -> Result<bool, ActError> {
        for suggestion in &row.suggestions {
            match lookup.answer(&row.record, suggestion) {
                "accepted" => view.accepted += 1,
                "rejected" => view.rejected += 1,
                _ if !needs_answers(&lookup, &row.record) => {}
                _ => {
                    view.open += 1;
                    if kind.is_some_and(|kind| kind != suggestion.kind) {
                        continue;
                    }
                    let key = (suggestion.kind, suggestion.words.clone());
                    if !groups.contains_key(&key) && groups.len() == MOST {
                        view.more += 1;
                        continue;
                    }
                    let group = groups.entry(key.clone()).or_insert_with(|| SuggestedWords {
                        example: String::new(),
                        words: suggestion.words.clone(),
                        kind: suggestion.kind,
                        places: 0,
                        records: 0,
                        first_record: row.record.clone(),
                        confidence: 0,
                        why: suggestion.why.clone(),
                        note: suggestion.note.clone(),
                    });
                    group.places += 1;
                    if last.insert(key, row.place) != Some(row.place) {
                        group.records += 1;
                    }
                    if suggestion.confidence > group.confidence {
                        group.confidence = suggestion.confidence;
                        group.why.clone_from(&suggestion.why);
                    }
                }
            }
        }
        Ok(true)
    })?;
    view.words = groups.into_values().collect();
    view.words.sort_by(|a, b| b.places.cmp(&a.places).then_with(|| (a.kind, &a.words).cmp(&(b.kind, &b.words))));
    for group in &mut view.words {
        let first = review.spool.find(&group.first_record, &Rules::default())?;
        group.example =
            first.and_then(|row| example(row.record.fields.get(), group)).unwrap_or_else(|| group.words.clone());
    }
    Ok(view)
}

fn example(json: &str, group: &SuggestedWords) -> Option<String> {
    let fields = Fields::read(json)?;
    let finder = Finder::new(&[&group.words]);
    fields.0.iter().find_map(|(_, raw)| {
        let text = field_text(raw);
        let (_, span) = finder.find(&text).into_iter().next()?;
        Some(words_at(&text, span))
    })
}

/// Answers every open suggestion that the filter takes. Accepting makes a redaction of each, under the suggestion's code or
/// under `ground`; with `everywhere` also of every other place where the same words stand, or rejects them there too.
/// With `preview` nothing is done.
///
/// # Errors
/// [`ActError::Refused`] if the filter takes none; [`ActError::Invalid`] for a ground that lacks something or a listed
/// suggestion that is not there.
pub fn suggestions_answer(
    desk: &Desk,
    id: CaseId,
    filter: &SuggestionFilter,
    (answer, ground): (Answer, &Ground),
    (everywhere, preview): (bool, bool),
    by: &By,
) -> Result<AnsweredView, ActError> {
    let review = Review::load(desk, id, Some(by))?;
    let lookup = Lookup::of(&review);
    let suggestions = worked_out(&lookup)?;
    let mut faults = Vec::new();
    if answer == Answer::Accept {
        review.check(desk, ground, "", &mut faults)?;
    } else if ground.code.is_some() {
        let problem = "a rejected suggestion goes out: leave the code out".to_owned();
        faults.push(FieldFault { field: "code".to_owned(), problem });
    }
    let listed: HashSet<SuggestionAt> = filter.at.iter().cloned().collect();
    let (mut chosen, mut all): (Vec<(u64, String, Suggestion)>, HashSet<SuggestionAt>) = (Vec::new(), HashSet::new());
    suggestions.each(0, &mut |row| -> Result<bool, ActError> {
        let collection = collection_at(&review, row.place);
        for suggestion in row.suggestions {
            if !filter.takes(&row.record, collection, &suggestion, &listed) {
                continue;
            }
            if !listed.is_empty() {
                all.insert(at(&row.record, &suggestion));
            }
            if lookup.answer(&row.record, &suggestion) == "open" {
                chosen.push((row.place, row.record.clone(), suggestion));
            }
        }
        Ok(true)
    })?;
    if let Some(missing) = filter.at.iter().position(|wanted| !all.contains(wanted)) {
        faults.push(FieldFault {
            field: format!("suggestions[{missing}]"),
            problem: "there is no such suggestion: read the record again".to_owned(),
        });
    }
    if !faults.is_empty() {
        return Err(ActError::Invalid(faults));
    }
    if chosen.is_empty() {
        return Err(ActError::Refused("the filter takes no suggestion that is open: widen it".to_owned()));
    }
    match answer {
        Answer::Accept => accept(desk, id, &review, chosen, ground, (everywhere, preview), by),
        Answer::Reject => reject(desk, id, &review, &lookup, chosen, (everywhere, preview), by),
    }
}

fn collection_at(review: &Review, place: u64) -> &str {
    let mut before = 0;
    for collection in 0..review.spool.len() {
        before += review.spool.rows(collection);
        if place < before {
            return review.spool.report(collection).map_or("", |report| report.collection.as_str());
        }
    }
    ""
}

fn accept(
    desk: &Desk,
    id: CaseId,
    review: &Review,
    chosen: Vec<(u64, String, Suggestion)>,
    ground: &Ground,
    (everywhere, preview): (bool, bool),
    by: &By,
) -> Result<AnsweredView, ActError> {
    let mut view = AnsweredView { suggestions: chosen.len(), ..AnsweredView::default() };
    let mut planned = Planned::default();
    let mut words: Vec<String> = Vec::new();
    let mut seen = HashSet::new();
    let mut counted = HashSet::new();
    for (place, record, suggestion) in chosen {
        if counted.insert(place) {
            view.touched.count(collection_at(review, place));
        }
        if everywhere && seen.insert(suggestion.words.clone()) {
            words.push(suggestion.words.clone());
        }
        let (code, reason) = match &ground.code {
            Some(code) => (Some(code.clone()), ground.reason.clone()),
            None => (Some(suggestion.code), ground.reason.clone().or(Some(suggestion.why))),
        };
        planned.new.push(Place {
            record,
            field: suggestion.field,
            span: suggestion.span,
            text_hash: suggestion.text_hash,
            ground: Ground { code, reason, opinion: ground.opinion.clone() },
            origin: suggestion.rule.map_or_else(|| "suggestion".to_owned(), |rule| format!("rule:{rule}")),
        });
    }
    if everywhere {
        let code = planned.new.first().and_then(|place| place.ground.code.clone());
        let ground = Ground { code, ..ground.clone() };
        let mut found = EverywhereView::default();
        let seeker = Seeker::Words(Finder::new(&words));
        let more = plan_everywhere(review, &RecordFilter::default(), &seeker, &ground, "everywhere", &mut found)?;
        let standing: HashMap<(&str, &str), Vec<Option<Span>>> =
            planned.new.iter().fold(HashMap::new(), |mut all, place| {
                all.entry((place.record.as_str(), place.field.as_str())).or_default().push(place.span);
                all
            });
        let fresh: Vec<Place> = more
            .new
            .into_iter()
            .filter(|place| {
                let own = standing.get(&(place.record.as_str(), place.field.as_str()));
                !own.is_some_and(|spans| spans.iter().any(|span| covers(*span, place.span)))
            })
            .collect();
        view.elsewhere = fresh.len();
        planned.new.extend(fresh);
    }
    if preview {
        return Ok(view);
    }
    let made = NewStep {
        kind: "accept",
        detail: json!({"everywhere": everywhere, "code": ground.code}),
        records: view.touched.records,
        places: planned.new.len(),
        code: ground.code.as_deref(),
        undoes: None,
    };
    make_step(desk, id, by, &made, |conn, step| keep_redactions(conn, step, &planned))?;
    Ok(view)
}

fn reject(
    desk: &Desk,
    id: CaseId,
    review: &Review,
    lookup: &Lookup<'_>,
    mut chosen: Vec<(u64, String, Suggestion)>,
    (everywhere, preview): (bool, bool),
    by: &By,
) -> Result<AnsweredView, ActError> {
    let mut view = AnsweredView { suggestions: chosen.len(), ..AnsweredView::default() };
    if everywhere {
        let words: HashSet<(Kind, String)> = chosen.iter().map(|(_, _, s)| (s.kind, s.words.clone())).collect();
        let already: HashSet<SuggestionAt> = chosen.iter().map(|(_, record, s)| at(record, s)).collect();
        each_open(lookup, &mut |row, suggestion| {
            if words.contains(&(suggestion.kind, suggestion.words.clone()))
                && !already.contains(&at(&row.record, suggestion))
            {
                chosen.push((row.place, row.record.clone(), suggestion.clone()));
            }
            Ok(())
        })?;
        view.elsewhere = chosen.len() - view.suggestions;
    }
    let mut counted = HashSet::new();
    for (place, ..) in &chosen {
        if counted.insert(*place) {
            view.touched.count(collection_at(review, *place));
        }
    }
    if preview {
        return Ok(view);
    }
    let made = NewStep {
        kind: "reject",
        detail: json!({"everywhere": everywhere}),
        records: view.touched.records,
        places: chosen.len(),
        code: None,
        undoes: None,
    };
    make_step(desk, id, by, &made, |conn, step| {
        let rows: Vec<RejectionRow> =
            chosen.iter().enumerate().map(|(at, (_, record, s))| rejection(step, row_number(at), record, s)).collect();
        Ok(rejections_put(conn, &rows)?)
    })?;
    Ok(view)
}

fn rejection(step: &Step, n: i64, record: &str, suggestion: &Suggestion) -> RejectionRow {
    let place = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    RejectionRow {
        step_id: step.id.clone(),
        n,
        case_id: step.case.to_string(),
        record: record.to_owned(),
        field: suggestion.field.clone(),
        start_at: suggestion.span.map(|span| place(span.start)),
        end_at: suggestion.span.map(|span| place(span.end)),
        text_hash: suggestion.text_hash.clone(),
        decided_by: step.maker.clone(),
        decided_at: step.now.naive_utc(),
        ended_step: None,
    }
}

/// Has the suggestions of a case worked out again: after a standing rule was made, or if the job was given up.
///
/// # Errors
/// [`ActError::Refused`] if the case is not in review.
pub fn suggest_again(desk: &Desk, id: CaseId, by: &By) -> Result<(), ActError> {
    let now = desk.now();
    desk.store.write(|conn| -> Result<(), ActError> {
        let case = load(conn, id, by)?;
        step(case.stage()?, Move::DecideRecord)?;
        let event = Event::JobRetried { job: "suggest".to_owned() };
        audit_append(conn, now, &by.actor, Some(id), &event)?;
        Job::Suggest { case: id }.enqueue(conn, None, now)
    })
}

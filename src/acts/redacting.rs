//! Parts of records are cut out: whole fields, spans of text, and the same words or a pattern in every record of the case.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::json;

use crate::bundle::Record;
use crate::case::{CaseId, Move, step};
use crate::files::spool::Rules;
use crate::review::{
    Fields, Finder, Pattern, Span, can_be_redacted, field_text, is_stale, text_hash, text_of, words_at,
};
use crate::store::{CaseRow, Conn, RedactionRow, case_update, redaction_end, redactions_put};

use super::deciding::Touched;
use super::desk::Desk;
use super::error::{ActError, FieldFault};
use super::moving::{By, load};
use super::records::{Lookup, RecordFilter, each_of};
use super::reviewing::{Ground, NewStep, Review, Step, as_cut, as_span, keep_step, make_step, row_number};

/// A part of a record that is to be cut out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRedaction {
    /// The field.
    pub field: String,
    /// Characters of its text; none for the whole field.
    pub span: Option<Span>,
    /// The hash of the text that was read; needed for a span.
    pub text_hash: Option<String>,
    /// Why.
    pub ground: Ground,
}

/// Redactions that may be made: all was checked.
#[derive(Debug, Default)]
pub(super) struct Planned {
    /// What is cut out.
    pub(super) new: Vec<Place>,
    /// Earlier ones that do not fit any more and end with this step, by step and number.
    pub(super) ended: Vec<(String, i64)>,
}

/// One place that is cut out.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) record: String,
    pub(super) field: String,
    pub(super) span: Option<Span>,
    pub(super) text_hash: String,
    pub(super) ground: Ground,
    pub(super) origin: String,
}

/// Checks redactions of one record against its text and the statute; what is wrong goes to `faults`.
pub(super) fn plan_redactions(
    review: &Review,
    desk: &Desk,
    record: &Record,
    wanted: &[NewRedaction],
    origin: &str,
    faults: &mut Vec<FieldFault>,
) -> Result<Planned, ActError> {
    let mut planned = Planned::default();
    let Some(fields) = Fields::read(record.fields.get()) else {
        return Err(ActError::Broken("a gathered record cannot be read".to_owned()));
    };
    for (at, new) in wanted.iter().enumerate() {
        let prefix = format!("redactions[{at}].");
        let mut fault = |field: &str, problem: &str| {
            faults.push(FieldFault { field: format!("{prefix}{field}"), problem: problem.to_owned() });
        };
        let Some(raw) = fields.get(&new.field) else {
            fault("field", "the record has no such field");
            continue;
        };
        if !can_be_redacted(raw) {
            fault("field", "the field is empty: there is nothing to redact");
            continue;
        }
        let hash = text_hash(&field_text(raw));
        match (&new.text_hash, new.span) {
            (Some(seen), _) if *seen != hash => {
                fault("text_hash", "the text is not the one that was read: read the record again");
            }
            (None, Some(_)) => fault("text_hash", "this field is missing: send the text_hash that came with the text"),
            (Some(_), Some(span)) => match text_of(raw) {
                None => fault("start", "this field is no text: redact the whole field"),
                Some(text) if span.start >= span.end || span.end > text.chars().count() => {
                    fault("end", "the span does not lie within the text: start is before end, end at most its length");
                }
                Some(_) => {}
            },
            (Some(_) | None, None) => {}
        }
        if new.ground.code.is_none() {
            fault("code", "this field is missing: give the exemption's code");
        }
        review.check(desk, &new.ground, &prefix, faults)?;
        planned.new.push(Place {
            record: record.id.clone(),
            field: new.field.clone(),
            span: new.span,
            text_hash: hash,
            ground: new.ground.clone(),
            origin: origin.to_owned(),
        });
    }
    // A redaction of a text that is no longer there gives way to one of the text that is.
    planned.ended = review
        .redactions
        .iter()
        .filter(|row| row.record == record.id && planned.new.iter().any(|new| new.field == row.field))
        .filter(|row| is_stale(&fields, &as_cut(row)))
        .map(|row| (row.step_id.clone(), row.n))
        .collect();
    Ok(planned)
}

/// Keeps what was planned, as part of `step`.
pub(super) fn keep_redactions(conn: &mut Conn, step: &Step, planned: &Planned) -> Result<(), ActError> {
    for (other, n) in &planned.ended {
        redaction_end(conn, step.case, (other, *n), &step.id)?;
    }
    let place = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let rows: Vec<RedactionRow> = planned
        .new
        .iter()
        .enumerate()
        .map(|(at, new)| RedactionRow {
            step_id: step.id.clone(),
            n: row_number(at),
            case_id: step.case.to_string(),
            record: new.record.clone(),
            field: new.field.clone(),
            start_at: new.span.map(|span| place(span.start)),
            end_at: new.span.map(|span| place(span.end)),
            text_hash: new.text_hash.clone(),
            code: new.ground.code.clone().unwrap_or_default(),
            reason: new.ground.reason.clone(),
            opinion_id: new.ground.opinion.clone(),
            origin: new.origin.clone(),
            decided_by: step.maker.clone(),
            decided_at: step.now.naive_utc(),
            ended_step: None,
        })
        .collect();
    Ok(redactions_put(conn, &rows)?)
}

/// Cuts parts out of one record.
///
/// # Errors
/// [`ActError::Missing`] if the newest search holds no such record; [`ActError::Invalid`] naming each wrong part.
pub fn redact(desk: &Desk, id: CaseId, record: &str, wanted: &[NewRedaction], by: &By) -> Result<CaseRow, ActError> {
    let review = Review::load(desk, id, Some(by))?;
    let Some(found) = review.spool.find(record, &Rules::default())? else {
        return Err(ActError::Missing("record in the newest search of this case"));
    };
    if wanted.is_empty() {
        return Err(ActError::field("redactions", "name at least one part to redact"));
    }
    let mut faults = Vec::new();
    let planned = plan_redactions(&review, desk, &found.record, wanted, "person", &mut faults)?;
    if !faults.is_empty() {
        return Err(ActError::Invalid(faults));
    }
    let code = wanted.first().and_then(|new| new.ground.code.as_deref());
    let made = NewStep {
        kind: "redact",
        detail: json!({"record": record, "code": code}),
        records: 1,
        places: planned.new.len(),
        code,
        undoes: None,
    };
    make_step(desk, id, by, &made, |conn, step| keep_redactions(conn, step, &planned))
}

/// Takes one redaction back: the part goes out again.
///
/// # Errors
/// [`ActError::Missing`] if it does not stand.
pub fn redaction_remove(desk: &Desk, id: CaseId, redaction: &str, by: &By) -> Result<CaseRow, ActError> {
    let missing = || ActError::Missing("redaction that stands in this case");
    let (other, n) = redaction.rsplit_once('.').ok_or_else(missing)?;
    let n: i64 = n.parse().map_err(|_| missing())?;
    let now = desk.now();
    let maker = by.staff_id()?.to_owned();
    desk.store.write(|conn| {
        let case = load(conn, id, by)?;
        step(case.stage()?, Move::DecideRecord)?;
        let detail = json!({"redaction": redaction});
        let made = NewStep { kind: "unredact", detail, records: 1, places: 1, code: None, undoes: None };
        keep_step(conn, id, &maker, by, &made, now, |conn, step| {
            if redaction_end(conn, id, (other, n), &step.id)? { Ok(()) } else { Err(missing()) }
        })?;
        Ok(case_update(conn, case, now)?)
    })
}

/// What is looked for in every record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Everywhere {
    /// Words, in all their writings.
    Words(Vec<String>),
    /// A regular expression.
    Pattern(String),
}

/// Where something stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Occurrence {
    /// The record.
    pub record: String,
    /// The field.
    pub field: String,
    /// The first character; none if the whole field would be withheld, since it is no text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// The first character after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
    /// Some words before it.
    pub before: String,
    /// As it stands there.
    pub found: String,
    /// Some words after it.
    pub after: String,
}

/// What "the same everywhere" would redact, or did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct EverywhereView {
    /// Places where it stands and is not redacted yet.
    pub places: usize,
    /// Records and collections with such places.
    #[serde(flatten)]
    pub touched: Touched,
    /// Places that are redacted already.
    pub already: usize,
    /// The first twenty places, each with its surroundings.
    pub examples: Vec<Occurrence>,
}

/// The most places that one act redacts.
const MOST_PLACES: usize = 200_000;
const EXAMPLES: usize = 20;

/// Redacts the same words, or all that a pattern finds, in every record that the filter takes. With `preview` nothing is
/// redacted: the answer says what would be.
///
/// # Errors
/// [`ActError::Invalid`] for a pattern that cannot be read or a ground that lacks something; [`ActError::Refused`] if
/// nothing is found that is not redacted already.
pub fn redact_everywhere(
    desk: &Desk,
    id: CaseId,
    what: &Everywhere,
    filter: &RecordFilter,
    ground: &Ground,
    preview: bool,
    by: &By,
) -> Result<EverywhereView, ActError> {
    let review = Review::load(desk, id, Some(by))?;
    let mut faults = Vec::new();
    if ground.code.is_none() {
        let problem = "this field is missing: give the exemption's code".to_owned();
        faults.push(FieldFault { field: "code".to_owned(), problem });
    }
    review.check(desk, ground, "", &mut faults)?;
    let seeker = Seeker::of(what, &mut faults);
    let Some(seeker) = seeker.filter(|_| faults.is_empty()) else { return Err(ActError::Invalid(faults)) };
    let mut view = EverywhereView::default();
    let planned = plan_everywhere(&review, filter, &seeker, ground, "everywhere", &mut view)?;
    if preview {
        return Ok(view);
    }
    if planned.new.is_empty() {
        return Err(ActError::Refused("nothing is found that is not redacted already: look at the preview".to_owned()));
    }
    let made = NewStep {
        kind: "everywhere",
        // The words are personal data: the redactions themselves say where they stood.
        detail: json!({"code": ground.code, "pattern": matches!(what, Everywhere::Pattern(_))}),
        records: view.touched.records,
        places: view.places,
        code: ground.code.as_deref(),
        undoes: None,
    };
    make_step(desk, id, by, &made, |conn, step| keep_redactions(conn, step, &planned))?;
    Ok(view)
}

/// Looks for words or a pattern in a text.
pub(super) enum Seeker {
    Words(Finder),
    Pattern(Pattern),
}

impl Seeker {
    pub(super) fn of(what: &Everywhere, faults: &mut Vec<FieldFault>) -> Option<Self> {
        let mut fault = |field: &str, problem: String| faults.push(FieldFault { field: field.to_owned(), problem });
        match what {
            Everywhere::Words(words) => {
                let finder = Finder::new(words);
                if finder.is_empty() {
                    fault("words", "give at least one word with a letter or a digit".to_owned());
                    return None;
                }
                Some(Self::Words(finder))
            }
            Everywhere::Pattern(pattern) => match Pattern::new(pattern) {
                Ok(pattern) => Some(Self::Pattern(pattern)),
                Err(problem) => {
                    fault("pattern", problem);
                    None
                }
            },
        }
    }

    pub(super) fn find(&self, text: &str) -> Vec<Span> {
        let mut spans = match self {
            Self::Words(finder) => finder.find(text).into_iter().map(|(_, span)| span).collect(),
            Self::Pattern(pattern) => pattern.find(text),
        };
        spans.sort_unstable();
        spans.dedup();
        spans
    }
}

/// Every place that the seeker finds and that is not redacted yet; the view is filled in.
pub(super) fn plan_everywhere(
    review: &Review,
    filter: &RecordFilter,
    seeker: &Seeker,
    ground: &Ground,
    origin: &str,
    view: &mut EverywhereView,
) -> Result<Planned, ActError> {
    let lookup = Lookup::of(review);
    let mut planned = Planned::default();
    each_of(review, filter, &lookup, 0, &mut |_, row| {
        let Some(fields) = Fields::read(row.record.fields.get()) else { return Ok(true) };
        let own = lookup.redactions.get(row.record.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        let before = planned.new.len();
        for (name, raw) in &fields.0 {
            let text = text_of(raw);
            let readable = text.clone().unwrap_or_else(|| (*raw).to_owned());
            let mut done: HashMap<Option<Span>, ()> = HashMap::new();
            for found in seeker.find(&readable) {
                let span = text.is_some().then_some(found);
                if done.insert(span, ()).is_some() {
                    continue;
                }
                if own.iter().any(|cut| cut.field == *name && covers(as_span(cut.start_at, cut.end_at), span)) {
                    view.already += 1;
                    continue;
                }
                if view.examples.len() < EXAMPLES {
                    view.examples.push(occurrence(&row.record.id, name, &readable, found, span.is_some()));
                }
                planned.new.push(Place {
                    record: row.record.id.clone(),
                    field: name.clone(),
                    span,
                    text_hash: text_hash(&readable),
                    ground: ground.clone(),
                    origin: origin.to_owned(),
                });
            }
        }
        if planned.new.len() > before
            && let Some(report) = review.spool.report(row.collection)
        {
            view.touched.count(&report.collection);
        }
        if planned.new.len() > MOST_PLACES {
            return Err(ActError::Refused(format!(
                "this stands in over {MOST_PLACES} places: narrow it to a collection, or withhold the field by a standing \
                 rule"
            )));
        }
        Ok(true)
    })?;
    view.places = planned.new.len();
    Ok(planned)
}

/// True if all of `wanted` is in what stands.
pub(super) fn covers(standing: Option<Span>, wanted: Option<Span>) -> bool {
    match (standing, wanted) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(standing), Some(wanted)) => standing.covers(wanted),
    }
}

fn occurrence(record: &str, field: &str, text: &str, at: Span, is_text: bool) -> Occurrence {
    const AROUND: usize = 30;
    let before = Span { start: at.start.saturating_sub(AROUND), end: at.start };
    let after = Span { start: at.end, end: at.end + AROUND };
    Occurrence {
        record: record.to_owned(),
        field: field.to_owned(),
        start: is_text.then_some(at.start),
        end: is_text.then_some(at.end),
        before: words_at(text, before),
        found: words_at(text, at),
        after: words_at(text, after),
    }
}

//! Suggestions are worked out for a case by a job, in passes over its rows, each in bounded memory; standing rules that
//! apply by themselves are applied with them.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::audit::Event;
use crate::bundle::{BundleError, CollectionReport, ColumnKind};
use crate::case::{CaseId, Relationship, Stage};
use crate::datamap::{Collection, DataMap};
use crate::files::spool::{Spool, SpoolError, SuggestionsWriter};
use crate::gather::{SourceSet, held_names};
use crate::review::suggest::{Column, Kind, KnownNames, Own, Suggester, Suggestion, name_words};
use crate::review::{Fields, Folded, can_be_redacted, field_text, same_words, text_hash, text_of, words_at};
use crate::store::{
    CaseRow, Lease, StandingRuleRow, audit_append, case_for_change, case_update, gather_latest, identifiers, job_done,
    standing_rules_list,
};
use crate::subject::IdentifierKind;

use super::desk::Desk;
use super::error::ActError;
use super::moving::By;
use super::redacting::{Everywhere, Place, Planned, Seeker, covers, keep_redactions};
use super::reviewing::{Ground, NewStep, Review, as_span, keep_step};

/// What a standing rule looks for.
pub(super) struct Rule {
    pub(super) row: StandingRuleRow,
    seeker: Option<Seeker>,
}

impl Rule {
    pub(super) fn of(row: StandingRuleRow) -> Self {
        let words = row.words.clone().unwrap_or_default();
        let what = match row.kind.as_str() {
            "words" => Some(Everywhere::Words(vec![words])),
            "pattern" => Some(Everywhere::Pattern(words)),
            _ => None,
        };
        let seeker = what.and_then(|what| Seeker::of(&what, &mut Vec::new()));
        Self { row, seeker }
    }

    /// Where it applies in this field.
    fn places(&self, collection: &str, field: &str, raw: &str) -> Vec<Option<crate::review::Span>> {
        let here = self.row.collection.as_deref().is_none_or(|own| own == collection)
            && self.row.field.as_deref().is_none_or(|own| own == field);
        if !here || !can_be_redacted(raw) {
            return Vec::new();
        }
        match &self.seeker {
            None if self.row.kind == "field" => vec![None],
            None => Vec::new(),
            Some(seeker) => match text_of(raw) {
                Some(text) => seeker.find(&text).into_iter().map(Some).collect(),
                None if seeker.find(raw).is_empty() => Vec::new(),
                None => vec![None],
            },
        }
    }
}

/// Works out the suggestions of a case's newest search.
///
/// # Errors
/// [`ActError`], after which the job is tried again.
pub fn suggest_case(desk: &Desk, id: CaseId, lease: &Lease) -> Result<(), ActError> {
    let (gather, rules) = desk
        .store
        .read(|conn| -> Result<_, ActError> { Ok((gather_latest(conn, id)?, standing_rules_list(conn, false)?)) })?;
    if gather.is_none() {
        return desk.store.write(|conn| Ok(job_done(conn, lease, desk.now())?));
    }
    let review = Review::load(desk, id, None)?;
    let rules: Vec<Rule> = rules.into_iter().map(Rule::of).collect();
    let (suggester, unread) = suggester(desk, &review)?;
    let summary = write(desk, &review, &suggester, &rules, unread).map_err(|e| ActError::Broken(e.to_string()))?;
    let applied = applied(&review, &rules)?;
    let now = desk.now();
    desk.store.write(|conn| {
        let case = case_for_change(conn, id)?;
        job_done(conn, lease, now)?;
        if gather_latest(conn, id)?.is_none_or(|gather| gather.id != review.gather.id) {
            // A newer search stands: its own job works it out.
            return Ok(());
        }
        let event = Event::SuggestionsMade { suggestions: summary.suggestions, records: summary.records };
        audit_append(conn, now, &By::system().actor, Some(id), &event)?;
        if case.stage()? != Stage::Review || applied.new.is_empty() || case.version != review.case.version {
            // Rules are applied to the review that was read, or not at all; the checklist says if they are due.
            return Ok(());
        }
        let records = distinct(&applied);
        let made = NewStep {
            kind: "rules",
            detail: serde_json::json!({}),
            records,
            places: applied.new.len(),
            code: None,
            undoes: None,
        };
        keep_step(conn, id, "system", &By::system(), &made, now, |conn, step| keep_redactions(conn, step, &applied))?;
        case_update(conn, case, now)?;
        Ok(())
    })
}

fn distinct(planned: &Planned) -> usize {
    planned.new.iter().map(|place| place.record.as_str()).collect::<std::collections::HashSet<_>>().len()
}

/// The suggester of a case: what is the person's own, and which names of others occur in its texts.
fn suggester(desk: &Desk, review: &Review) -> Result<(Suggester, Vec<String>), ActError> {
    let map = &desk.settings.data_map;
    let own = own_of(desk, &review.case)?.with(&in_own_records(&review.spool, map)?);
    let mut seen = Occurring::default();
    each_field(&review.spool, map, &mut |_, _, _, column, raw| {
        if matches!(column, Column::FreeText | Column::Text)
            && let Some(text) = text_of(raw)
        {
            seen.take(&text);
        }
    })?;
    let mut known = Known::default();
    each_field(&review.spool, map, &mut |_, _, _, column, raw| {
        if column == Column::Name
            && let Some(text) = text_of(raw)
        {
            known.take(&text, &seen, &own);
        }
    })?;
    let unread = match SourceSet::waited_for(map, &desk.settings.sources) {
        Ok(mut sources) => held_names(map, &mut sources, &mut |name| known.take(name, &seen, &own)),
        Err(error) => return Err(ActError::Broken(error.to_string())),
    };
    let requester = if review.case.relationship()? == Relationship::Myself {
        std::collections::HashSet::new()
    } else {
        name_words(&review.case.requester_name)
    };
    let full: Vec<String> = known.full.into_keys().collect();
    Ok((Suggester::new(own, KnownNames::new(&full, known.single)).knowing_requester(requester), unread))
}

/// Telephone numbers and postcodes in the columns for them of records whose owner is the person: theirs too, though nobody
/// gave them with the request.
fn in_own_records(spool: &Spool, map: &DataMap) -> Result<Vec<String>, BundleError> {
    const MOST: usize = 1_000;
    let mut found = std::collections::BTreeSet::new();
    for collection in 0..spool.len() {
        let Some(known) = spool.report(collection).and_then(|report| mapped(map, report)) else { continue };
        let particular: Vec<&str> = known
            .matches
            .iter()
            .filter(|m| matches!(m.kind, IdentifierKind::Phone | IdentifierKind::Postcode))
            .map(|m| m.column.as_str())
            .collect();
        if known.owner.is_empty() || particular.is_empty() {
            continue;
        }
        spool.each_row(collection, &mut |row, mark| {
            if mark.held.is_none()
                && mark.possible.is_none()
                && found.len() < MOST
                && let Some(fields) = Fields::read(row.fields)
            {
                let texts = particular.iter().filter_map(|column| fields.get(column).and_then(text_of));
                found.extend(texts.filter(|text| !text.trim().is_empty()));
            }
            Ok(())
        })?;
    }
    Ok(found.into_iter().collect())
}

/// What is the person's own, and the controller's own addresses, which are nobody's.
pub(super) fn own_of(desk: &Desk, case: &CaseRow) -> Result<Own, ActError> {
    let rows = desk.store.read(|conn| -> Result<_, ActError> { Ok(identifiers(conn, case.case_id()?)?) })?;
    let mut names = vec![case.subject_name.clone()];
    let controller = &desk.settings.controller;
    let mut others = vec![controller.email.clone(), controller.dpo_email.clone()];
    let mut born = case.date_of_birth;
    for row in rows {
        let identifier = row.identifier()?;
        match identifier.kind {
            IdentifierKind::Name => names.push(identifier.value),
            IdentifierKind::DateOfBirth => born = born.or(crate::base::parse_date(identifier.value.trim()).ok()),
            IdentifierKind::Email | IdentifierKind::Phone | IdentifierKind::Postcode | IdentifierKind::Address => {
                others.push(identifier.value)
            }
        }
    }
    Ok(Own::new(&names, &others, born))
}

/// Calls `each` with the place, collection, field, column and JSON of every field of every row.
fn each_field(
    spool: &Spool,
    map: &DataMap,
    each: &mut dyn FnMut(u64, &str, &str, Column, &str),
) -> Result<(), BundleError> {
    let mut place = 0;
    for collection in 0..spool.len() {
        let Some(report) = spool.report(collection) else { continue };
        let columns = columns(report, mapped(map, report));
        if spool.rows(collection) > 0 && columns.values().all(|column| *column == Column::Skip) {
            place += spool.rows(collection);
            continue;
        }
        spool.each_row(collection, &mut |row, _| {
            if let Some(fields) = Fields::read(row.fields) {
                for (name, raw) in &fields.0 {
                    let column = columns.get(name).copied().unwrap_or(Column::Text);
                    each(place, &report.collection, name, column, raw);
                }
            }
            place += 1;
            Ok(())
        })?;
    }
    Ok(())
}

pub(super) fn mapped<'m>(map: &'m DataMap, report: &CollectionReport) -> Option<&'m Collection> {
    let dataset = map.datasets.iter().find(|dataset| dataset.key == report.dataset)?;
    dataset.collections.iter().find(|collection| collection.name == report.collection)
}

/// What the data map says of each column.
fn columns(report: &CollectionReport, collection: Option<&Collection>) -> HashMap<String, Column> {
    report
        .columns
        .iter()
        .map(|column| {
            let is =
                |kind| collection.is_some_and(|c| c.matches.iter().any(|m| m.kind == kind && m.column == column.name));
            let category = |word: &str| {
                let field = collection.and_then(|c| c.field(&column.name));
                field.is_some_and(|field| {
                    field.data_categories.iter().any(|c| c == word || c.starts_with(&format!("{word}.")))
                })
            };
            let read = if is(IdentifierKind::Name) || category("user.name") {
                Column::Name
            } else if is(IdentifierKind::DateOfBirth) || category("user.demographic.date_of_birth") {
                Column::DateOfBirth
            } else {
                match column.kind {
                    ColumnKind::FreeText => Column::FreeText,
                    ColumnKind::Text => Column::Text,
                    ColumnKind::Number
                    | ColumnKind::Boolean
                    | ColumnKind::Date
                    | ColumnKind::DateTime
                    | ColumnKind::Bytes => Column::Skip,
                }
            };
            (column.name.clone(), read)
        })
        .collect()
}

/// Which words, and which two words one after the other, occur in the texts of a case: a filter of a fixed size that may
/// say yes by mistake, never no.
struct Occurring {
    bits: Vec<u64>,
}

/// Eight megabytes.
const BITS: u64 = 1 << 26;

impl Default for Occurring {
    fn default() -> Self {
        Self { bits: vec![0; crate::base::usize_from(BITS / 64)] }
    }
}

impl Occurring {
    fn places(of: impl Hash) -> [u64; 2] {
        let mut hasher = DefaultHasher::new();
        of.hash(&mut hasher);
        let hash = hasher.finish();
        [hash % BITS, (hash >> 32).wrapping_mul(0x9E37_79B9) % BITS]
    }

    fn insert(&mut self, of: impl Hash) {
        for place in Self::places(of) {
            if let Some(word) = self.bits.get_mut(crate::base::usize_from(place / 64)) {
                *word |= 1 << (place % 64);
            }
        }
    }

    fn has(&self, of: impl Hash) -> bool {
        Self::places(of).into_iter().all(|place| {
            self.bits.get(crate::base::usize_from(place / 64)).is_some_and(|word| word & (1 << (place % 64)) != 0)
        })
    }

    fn take(&mut self, text: &str) {
        let folded = Folded::of(text).text;
        let mut before = "";
        for word in folded.split(' ').filter(|word| !word.is_empty()) {
            self.insert(word);
            self.insert((before, word));
            before = word;
        }
    }
}

/// Names of others that occur in the case.
#[derive(Default)]
struct Known {
    full: HashMap<String, ()>,
    single: HashMap<String, u32>,
}

impl Known {
    fn take(&mut self, name: &str, seen: &Occurring, own: &Own) {
        const MOST: usize = 50_000;
        const LONGEST: usize = 200;
        if name.len() > LONGEST || own.is_own_name(name) {
            return;
        }
        let folded = Folded::of(name).text;
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        if let [first, .., last] = words.as_slice()
            && self.full.len() < MOST
        {
            if words.windows(2).all(|pair| matches!(pair, [a, b] if seen.has((*a, *b)))) {
                self.full.insert(words.join(" "), ());
            }
            if words.len() > 2 && seen.has((*first, *last)) {
                self.full.insert(format!("{first} {last}"), ());
            }
            if seen.has((*last, *first)) {
                self.full.insert(format!("{last} {first}"), ());
            }
        }
        for word in words.into_iter().filter(|word| word.chars().count() > 2 && seen.has(*word)) {
            if let Some(count) = self.single.get_mut(word) {
                *count += 1;
            } else if self.single.len() < MOST {
                self.single.insert(word.to_owned(), 1);
            }
        }
    }
}

/// Works out every row and writes what is suggested.
fn write(
    desk: &Desk,
    review: &Review,
    suggester: &Suggester,
    rules: &[Rule],
    unread: Vec<String>,
) -> Result<crate::files::spool::SuggestionSummary, SpoolError> {
    let spool = &review.spool;
    let mut out = SuggestionsWriter::create(spool)?;
    let mut place = 0;
    for collection in 0..spool.len() {
        let Some(report) = spool.report(collection) else { continue };
        let columns = columns(report, mapped(&desk.settings.data_map, report));
        let mut failed = None;
        let walked = spool.each_row(collection, &mut |row, _| {
            if let Some(fields) = Fields::read(row.fields) {
                let mut found = suggester.suggest(&fields, &columns);
                by_rules(rules, &report.collection, &fields, &mut found);
                if let Err(error) = out.append(place, &row.id, &found) {
                    failed = Some(error);
                    return Err(BundleError::Spool("suggestions".to_owned()));
                }
            }
            place += 1;
            Ok(())
        });
        if let Some(error) = failed {
            return Err(error);
        }
        walked.map_err(|_| SpoolError::Damaged("rows"))?;
    }
    out.finish(unread, rules.iter().map(|rule| rule.row.id.clone()).collect())
}

/// What the rules that suggest find in a record.
fn by_rules(rules: &[Rule], collection: &str, fields: &Fields<'_>, found: &mut Vec<Suggestion>) {
    for rule in rules.iter().filter(|rule| rule.row.mode == "suggest") {
        for (name, raw) in &fields.0 {
            let text = field_text(raw);
            for span in rule.places(collection, name, raw) {
                if found.iter().any(|other| other.field == *name && other.rule.is_none() && covers(other.span, span)) {
                    continue;
                }
                let words = span.map_or_else(|| text.clone(), |span| words_at(&text, span));
                found.push(Suggestion {
                    field: name.clone(),
                    span,
                    text_hash: text_hash(&text),
                    kind: Kind::Rule,
                    confidence: 100,
                    why: format!("a standing rule: {}", rule.row.reason),
                    note: None,
                    code: rule.row.code.clone(),
                    rule: Some(rule.row.id.clone()),
                    words: same_words(&words),
                });
            }
        }
    }
}

/// What the rules that apply by themselves cut out and is not cut out yet.
fn applied(review: &Review, rules: &[Rule]) -> Result<Planned, ActError> {
    let mut planned = Planned::default();
    let rules: Vec<&Rule> = rules.iter().filter(|rule| rule.row.mode == "apply").collect();
    if rules.is_empty() {
        return Ok(planned);
    }
    let lookup = super::records::Lookup::of(review);
    for collection in 0..review.spool.len() {
        let Some(report) = review.spool.report(collection) else { continue };
        let wanted: Vec<&&Rule> = rules
            .iter()
            .filter(|rule| rule.row.collection.as_deref().is_none_or(|own| own == report.collection))
            .collect();
        if wanted.is_empty() {
            continue;
        }
        review.spool.each_row(collection, &mut |row, _| {
            let Some(fields) = Fields::read(row.fields) else { return Ok(()) };
            let own = lookup.redactions.get(row.id.as_ref()).map(Vec::as_slice).unwrap_or_default();
            for rule in &wanted {
                for (name, raw) in &fields.0 {
                    for span in rule.places(&report.collection, name, raw) {
                        if own.iter().any(|cut| cut.field == *name && covers(as_span(cut.start_at, cut.end_at), span)) {
                            continue;
                        }
                        planned.new.push(Place {
                            record: row.id.clone().into_owned(),
                            field: name.clone(),
                            span,
                            text_hash: text_hash(&field_text(raw)),
                            ground: Ground {
                                code: Some(rule.row.code.clone()),
                                reason: Some(rule.row.reason.clone()),
                                opinion: None,
                            },
                            origin: format!("rule:{}", rule.row.id),
                        });
                    }
                }
            }
            Ok(())
        })?;
    }
    Ok(planned)
}

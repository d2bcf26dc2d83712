//! Warnings of a review: what does not go together in what is about to go out. Worked out anew each time, in passes over the
//! rows; an answer to a warning counts as long as the warning stays the same.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::base::{Moment, hex, words};
use crate::case::CaseId;
use crate::datamap::{DataMap, Direction};
use crate::files::spool::{Rules, Spool, SpooledRow, Standing};
use crate::review::{Fields, Finder, Outcome, Piece, field_text, is_stale, outcome, same_words, text_of, words_at};
use crate::store::{RedactionRow, WarningAnswerRow, warning_answers_of, warning_answers_put};
use crate::subject::IdentifierKind;

use super::desk::Desk;
use super::error::{ActError, FieldFault};
use super::moving::By;
use super::reviewing::{NewStep, Review, as_cut, make_step, row_number};
use super::suggesting::{mapped, own_of};

words! {
    /// What is warned of.
    WarningKind, "the kind of warning" {
        /// Words that are redacted in one place stand in another that goes out.
        RedactedElsewhere = "redacted_elsewhere",
        /// Somebody whose record is withheld is named in one that goes out.
        WithheldPersonNamed = "withheld_person_named",
        /// A record goes out although the record that it belongs to, or another that belongs with it, is withheld.
        SiblingWithheld = "sibling_withheld",
        /// An opinion that something rests on can no longer be relied on when the answer is due.
        OpinionExpires = "opinion_expires",
        /// The reason that the person is told for a withheld record holds words that are redacted.
        ReasonTells = "reason_tells",
    }
}

/// Something that does not go together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct WarningView {
    /// What an answer names: it changes when the warning changes.
    pub warning: String,
    /// Of what kind.
    pub kind: WarningKind,
    /// In plain words.
    pub plain: String,
    /// The words that it is about, as they stand where they are redacted or held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Where to look: at most twenty records.
    pub records: Vec<String>,
    /// How many there are.
    pub count: u64,
    /// Why the answer may go out all the same, if somebody said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<String>,
    /// When.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Moment>,
}

/// The warnings of a case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct WarningsView {
    /// Those that nobody answered come first.
    pub warnings: Vec<WarningView>,
    /// Not answered.
    pub open: u64,
    /// Warnings that are left out, since the list is full: deal with the others first.
    pub more: u64,
}

/// The most warnings that are listed, words that are looked for, and groups of records that are compared.
const MOST: usize = 500;
const MOST_WORDS: usize = 20_000;
const MOST_GROUPS: usize = 100_000;
const EXAMPLES: usize = 20;

/// The warnings of a case. That its records were read is written down.
///
/// # Errors
/// [`ActError::Refused`] if nothing was gathered yet.
pub fn warnings_list(desk: &Desk, id: CaseId, staff: &str) -> Result<WarningsView, ActError> {
    super::records::was_read(desk, id, staff)?;
    warnings(desk, &Review::load(desk, id, None)?)
}

/// The warnings as the review stands.
pub(super) fn warnings(desk: &Desk, review: &Review) -> Result<WarningsView, ActError> {
    let id = review.case.case_id()?;
    let rules = review.rules();
    let mut found = Vec::new();
    words_that_stand_elsewhere(desk, review, &rules, &mut found)?;
    siblings(&desk.settings.data_map, review, &rules, &mut found)?;
    opinions(review, &mut found)?;
    let answers = desk.store.read(|conn| -> Result<_, ActError> { Ok(warning_answers_of(conn, id)?) })?;
    let answers: HashMap<&str, &WarningAnswerRow> = answers.iter().map(|row| (row.warning.as_str(), row)).collect();
    for warning in &mut found {
        if let Some(answer) = answers.get(warning.warning.as_str()) {
            warning.reason = Some(answer.reason.clone());
            warning.answered_by = Some(answer.decided_by.clone());
            warning.answered_at = Some(Moment::from_naive_utc(answer.decided_at));
        }
    }
    found.sort_by(|a, b| {
        (a.reason.is_some(), a.kind, std::cmp::Reverse(a.count), &a.warning).cmp(&(
            b.reason.is_some(),
            b.kind,
            std::cmp::Reverse(b.count),
            &b.warning,
        ))
    });
    let open = crate::base::u64_from(found.iter().filter(|warning| warning.reason.is_none()).count());
    let more = crate::base::u64_from(found.len().saturating_sub(MOST));
    found.truncate(MOST);
    Ok(WarningsView { warnings: found, open, more })
}

fn warning(
    kind: WarningKind,
    plain: String,
    words: Option<String>,
    records: &BTreeSet<String>,
    count: u64,
) -> WarningView {
    let mut digest = Sha256::new();
    for part in [kind.as_str(), &words.as_deref().map(same_words).unwrap_or_default(), &count.to_string()] {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    for record in records {
        digest.update(record.as_bytes());
        digest.update([0]);
    }
    let key = hex(digest.finalize().get(..12).unwrap_or_default());
    let records = records.iter().take(EXAMPLES).cloned().collect();
    WarningView { warning: key, kind, plain, words, records, count, reason: None, answered_by: None, answered_at: None }
}

/// A word that must not stand in what goes out, and where it comes from.
struct Wanted {
    words: String,
    kind: WarningKind,
}

/// Words that are redacted somewhere, and names and addresses of people whose records are withheld.
fn wanted(desk: &Desk, review: &Review, rules: &Rules) -> Result<Vec<Wanted>, ActError> {
    let own = own_of(desk, &review.case)?;
    let mut found: HashMap<String, Wanted> = HashMap::new();
    let mut want = |words: String, kind: WarningKind| {
        let folded = same_words(&words);
        // Two letters stand in any text; long passages are not found again word by word.
        if folded.chars().count() > 2 && words.chars().count() <= 200 && found.len() < MOST_WORDS {
            found.entry(folded).or_insert(Wanted { words, kind });
        }
    };
    let cuts = &rules.cuts;
    for collection in 0..review.spool.len() {
        let Some(report) = review.spool.report(collection) else { continue };
        let map = mapped(&desk.settings.data_map, report);
        let particular: Vec<&str> = map
            .into_iter()
            .flat_map(|c| &c.matches)
            .filter(|m| matches!(m.kind, IdentifierKind::Name | IdentifierKind::Email | IdentifierKind::Phone))
            .map(|m| m.column.as_str())
            .collect();
        review.spool.each_row(collection, &mut |row: SpooledRow<'_>, mark| {
            let Some(fields) = Fields::read(row.fields) else { return Ok(()) };
            for cut in cuts.get(row.id.as_ref()).into_iter().flatten() {
                let Some(raw) = fields.get(&cut.field) else { continue };
                let text = field_text(raw);
                let words = cut.span.map_or_else(|| text.clone(), |span| words_at(&text, span));
                // A field that is withheld whole is looked for if it is a name, an address or a number.
                if cut.span.is_some() || words.split_whitespace().count() <= 6 {
                    want(words, WarningKind::RedactedElsewhere);
                }
            }
            let decided = rules.decisions.contains_key(row.id.as_ref());
            if decided && !matches!(rules.standing(&row.id, mark), Standing::Disclose) {
                for column in &particular {
                    let Some(text) = fields.get(column).and_then(text_of) else { continue };
                    if !text.trim().is_empty() && !own.is_own_particular(&text) {
                        want(text, WarningKind::WithheldPersonNamed);
                    }
                }
            }
            Ok(())
        })?;
    }
    Ok(found.into_values().collect())
}

#[derive(Default)]
struct Hits {
    places: u64,
    records: BTreeSet<String>,
}

fn words_that_stand_elsewhere(
    desk: &Desk,
    review: &Review,
    rules: &Rules,
    out: &mut Vec<WarningView>,
) -> Result<(), ActError> {
    let wanted = wanted(desk, review, rules)?;
    if wanted.is_empty() {
        return Ok(());
    }
    let words: Vec<&str> = wanted.iter().map(|wanted| wanted.words.as_str()).collect();
    let finder = Finder::new(&words);
    let mut hits: HashMap<usize, Hits> = HashMap::new();
    for collection in 0..review.spool.len() {
        review.spool.each_row(collection, &mut |row, mark| {
            if rules.standing(&row.id, mark) != Standing::Disclose {
                return Ok(());
            }
            let Some(fields) = Fields::read(row.fields) else { return Ok(()) };
            let cuts = rules.cuts.get(row.id.as_ref()).map(Vec::as_slice).unwrap_or_default();
            let mut see = |text: &str| {
                for (word, _) in finder.find(text) {
                    let hit = hits.entry(word).or_default();
                    hit.places += 1;
                    if hit.records.len() < EXAMPLES {
                        hit.records.insert(row.id.clone().into_owned());
                    }
                }
            };
            for (name, raw) in &fields.0 {
                let own: Vec<_> = cuts.iter().filter(|cut| cut.field == *name).collect();
                match outcome(raw, &own) {
                    Outcome::Whole => see(&field_text(raw)),
                    Outcome::Withheld(_) => {}
                    Outcome::Pieces(pieces) => {
                        for piece in pieces {
                            if let Piece::Kept(text) = piece {
                                see(&text);
                            }
                        }
                    }
                }
            }
            Ok(())
        })?;
    }
    for (at, hit) in hits {
        let Some(wanted) = wanted.get(at) else { continue };
        let places = if hit.places == 1 { "one place".to_owned() } else { format!("{} places", hit.places) };
        let plain = if wanted.kind == WarningKind::RedactedElsewhere {
            format!("these words are redacted in one place and go out in {places}")
        } else {
            format!("a record about this person is withheld, and they stand in {places} that go out")
        };
        out.push(warning(wanted.kind, plain, Some(wanted.words.clone()), &hit.records, hit.places));
    }
    for row in &review.decisions {
        let told = row.reason.as_deref().filter(|_| row.code.is_none() && row.decision == "exclude");
        let Some(reason) = told else { continue };
        if let Some((word, _)) = finder.find(reason).first()
            && let Some(wanted) = wanted.get(*word)
        {
            let plain = "the person is told the reason why this record is withheld, and it holds words that they must not \
                         learn";
            let records = BTreeSet::from([row.record.clone()]);
            out.push(warning(WarningKind::ReasonTells, plain.to_owned(), Some(wanted.words.clone()), &records, 1));
        }
    }
    Ok(())
}

/// Records that hang together by a reference: what belongs to one parent, and the parent itself.
#[derive(Default)]
struct Family {
    /// The parent, if it was found, and whether it goes out.
    parent: Option<(String, bool)>,
    out: u64,
    withheld: u64,
    records: BTreeSet<String>,
}

fn siblings(map: &DataMap, review: &Review, rules: &Rules, out: &mut Vec<WarningView>) -> Result<(), ActError> {
    let spool = &review.spool;
    for dataset in &map.datasets {
        for collection in &dataset.collections {
            for field in &collection.fields {
                for reference in &field.references {
                    // What many people share (a course) makes no family: such a reference only leads to it.
                    if reference.direction == Direction::To {
                        continue;
                    }
                    let child = position(spool, &dataset.key, &collection.name);
                    let parent = position(spool, &reference.dataset, &reference.collection);
                    let (Some(child), Some(parent)) = (child, parent) else { continue };
                    let families = families(spool, rules, (child, &field.name), (parent, &reference.field))?;
                    for family in families.into_values() {
                        tell(&family, out);
                    }
                }
            }
        }
    }
    Ok(())
}

fn tell(family: &Family, out: &mut Vec<WarningView>) {
    let parent_withheld = family.parent.as_ref().filter(|(_, goes_out)| !goes_out);
    let plain = match (parent_withheld, family.out, family.withheld) {
        (_, 0, _) => return,
        (Some((parent, _)), n, _) => format!("{parent} is withheld, and {n} records that belong to it go out"),
        (None, n, withheld) if withheld > 0 => {
            format!("{withheld} of the records that belong together are withheld, and {n} go out")
        }
        (None, ..) => return,
    };
    out.push(warning(WarningKind::SiblingWithheld, plain, None, &family.records, family.out));
}

fn position(spool: &Spool, dataset: &str, collection: &str) -> Option<usize> {
    (0..spool.len())
        .find(|at| spool.report(*at).is_some_and(|report| report.dataset == dataset && report.collection == collection))
}

fn families(
    spool: &Spool,
    rules: &Rules,
    (child, column): (usize, &str),
    (parent, key): (usize, &str),
) -> Result<HashMap<String, Family>, ActError> {
    let mut families: HashMap<String, Family> = HashMap::new();
    spool.each_row(child, &mut |row, mark| {
        let value = Fields::read(row.fields).and_then(|fields| fields.get(column).map(field_text));
        let Some(value) = value.filter(|value| value != "null") else { return Ok(()) };
        if families.len() >= MOST_GROUPS && !families.contains_key(&value) {
            return Ok(());
        }
        let family = families.entry(value).or_default();
        // What nobody decided about is not withheld yet: sign-off asks for that first.
        if rules.standing(&row.id, mark) == Standing::Disclose {
            family.out += 1;
        } else if rules.decisions.contains_key(row.id.as_ref()) {
            family.withheld += 1;
        }
        if family.records.len() < EXAMPLES {
            family.records.insert(row.id.clone().into_owned());
        }
        Ok(())
    })?;
    families.retain(|_, family| family.out > 0);
    spool.each_row(parent, &mut |row, mark| {
        let value = Fields::read(row.fields).and_then(|fields| fields.get(key).map(field_text));
        if let Some(family) = value.and_then(|value| families.get_mut(&value))
            && rules.decisions.contains_key(row.id.as_ref())
        {
            let goes_out = rules.standing(&row.id, mark) == Standing::Disclose;
            family.parent = Some((row.id.clone().into_owned(), goes_out));
        }
        Ok(())
    })?;
    families.retain(|_, family| family.withheld > 0 || family.parent.as_ref().is_some_and(|(_, out)| !out));
    Ok(families)
}

/// Opinions that something rests on, and that will be too old when the answer is due.
fn opinions(review: &Review, out: &mut Vec<WarningView>) -> Result<(), ActError> {
    let Some(due) = review.case.due_on else { return Ok(()) };
    for row in &review.opinions {
        let records: BTreeSet<String> = resting_on(review, &row.id);
        if records.is_empty() || row.withdrawn_at.is_some() {
            continue;
        }
        if let Some(last) = row.opinion()?.last_day().filter(|last| *last < due) {
            let plain = format!(
                "an opinion can be relied on to {last} only, and the answer is due on {due}: release before, or get a new one"
            );
            let count = crate::base::u64_from(records.len());
            out.push(warning(WarningKind::OpinionExpires, plain, None, &records, count));
        }
    }
    Ok(())
}

/// The records of which something rests on an opinion.
pub(super) fn resting_on(review: &Review, opinion: &str) -> BTreeSet<String> {
    let named = |named: &Option<String>| named.as_deref() == Some(opinion);
    let decided = review.decisions.iter().filter(|row| named(&row.opinion_id)).map(|row| row.record.clone());
    let redacted = review.redactions.iter().filter(|row| named(&row.opinion_id)).map(|row| row.record.clone());
    decided.chain(redacted).collect()
}

/// Says why the answer may go out although of these warnings.
///
/// # Errors
/// [`ActError::Invalid`] naming a warning that is not there, or not any more.
pub fn warnings_answer(desk: &Desk, id: CaseId, keys: &[String], reason: &str, by: &By) -> Result<(), ActError> {
    let review = Review::load(desk, id, Some(by))?;
    let standing = warnings(desk, &review)?;
    let known: HashSet<&str> = standing.warnings.iter().map(|warning| warning.warning.as_str()).collect();
    let faults: Vec<FieldFault> = keys
        .iter()
        .enumerate()
        .filter(|(_, key)| !known.contains(key.as_str()))
        .map(|(at, _)| FieldFault {
            field: format!("warnings[{at}]"),
            problem: "there is no such warning, or it changed: read the warnings again".to_owned(),
        })
        .collect();
    if !faults.is_empty() {
        return Err(ActError::Invalid(faults));
    }
    if keys.is_empty() {
        return Err(ActError::field("warnings", "name at least one warning"));
    }
    let made = NewStep {
        kind: "answer",
        detail: json!({"warnings": keys.len()}),
        records: 0,
        places: keys.len(),
        code: None,
        undoes: None,
    };
    make_step(desk, id, by, &made, |conn, step| {
        let rows: Vec<WarningAnswerRow> = keys
            .iter()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .enumerate()
            .map(|(at, key)| WarningAnswerRow {
                step_id: step.id.clone(),
                n: row_number(at),
                case_id: id.to_string(),
                warning: key.clone(),
                reason: reason.to_owned(),
                decided_by: step.maker.clone(),
                decided_at: step.now.naive_utc(),
                ended_step: None,
            })
            .collect();
        Ok(warning_answers_put(conn, id, &rows)?)
    })?;
    Ok(())
}

/// The records with redactions that do not fit any more, since the text changed: the whole field is withheld until they are
/// made anew.
pub(super) fn stale(review: &Review) -> Result<Vec<String>, ActError> {
    let mut by_record: HashMap<&str, Vec<&RedactionRow>> = HashMap::new();
    for row in &review.redactions {
        by_record.entry(&row.record).or_default().push(row);
    }
    let mut found: BTreeSet<String> = BTreeSet::new();
    if by_record.is_empty() {
        return Ok(Vec::new());
    }
    for collection in 0..review.spool.len() {
        review.spool.each_row(collection, &mut |row, _| {
            let Some(own) = by_record.get(row.id.as_ref()) else { return Ok(()) };
            let fields = Fields::read(row.fields);
            if own.iter().any(|cut| fields.as_ref().is_none_or(|fields| is_stale(fields, &as_cut(cut)))) {
                found.insert(row.id.clone().into_owned());
            }
            Ok(())
        })?;
    }
    // The redactions of a record that the newest search does not have wait for it: it goes out in no form.
    Ok(found.into_iter().collect())
}

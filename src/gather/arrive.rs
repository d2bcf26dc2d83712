//! A row arrives: it is spooled if it is new, gains reasons if it is not, and its references are followed if they may be.

use std::borrow::Cow;

use crate::base::{hundredths, u64_from};
use crate::datamap::{CollectionId, Disclosure};
use crate::files::spool::{Candidate, Held, SpoolError};
use crate::matching::{Comparison, Field, Frequencies, Judgement, Level, RowForm, Tier, Verdict, reasons};
use crate::sources::SourceRow;
use crate::subject::IdentifierKind;

use super::asked::unasked;
use super::collected::{Copies, Entry, Reason, identifier, owner, review, value};
use super::person::Person;
use super::plan::Plan;
use super::scan::columns;
use super::state::Gather;
use super::third_parties;

/// A row in whole, with the identifier of its record.
pub(super) struct Arrival<'r> {
    pub(super) keys: &'r [Option<Cow<'r, str>>],
    pub(super) fields: &'r str,
    pub(super) broken: bool,
    pub(super) name: String,
}

/// Why it arrives.
pub(super) enum Why<'w> {
    /// A reference led to it.
    Link(usize),
    /// A search for addresses and numbers gave it; it may only look like one of theirs.
    Identity,
    /// Its evidence was judged.
    Candidate(&'w Comparison, Judgement),
    /// The person is mentioned in it.
    Mention(Candidate),
}

/// What speaks for a row, and what of it is doubted.
#[derive(Default)]
struct Ground {
    reasons: Vec<Reason>,
    doubt: Option<Held>,
    candidate: Option<Candidate>,
}

impl Gather<'_> {
    /// The row as it came from a source.
    pub(super) fn arrival<'r>(
        &self,
        id: CollectionId,
        plan: &Plan,
        row: &'r SourceRow<'r>,
        copies: &mut Copies,
    ) -> Arrival<'r> {
        let prefix = self.prefixes.get(id).map_or("", String::as_str);
        let name = identifier(prefix, plan, row.keys, row.fields, copies);
        Arrival { keys: row.keys, fields: row.fields, broken: row.broken_text, name }
    }

    /// Takes in a row.
    pub(super) fn arrive(
        &mut self,
        id: CollectionId,
        plan: &Plan,
        row: &Arrival<'_>,
        why: Why<'_>,
    ) -> Result<(), SpoolError> {
        let mut ground = self.ground(id, plan, row, why);
        if ground.reasons.is_empty() {
            // The search was loose; this row only looked like one of theirs.
            return Ok(());
        }
        let rulings = self.inquiry.rulings;
        if rulings.theirs.contains(&row.name) {
            ground.reasons.push(Reason::Confirmed);
        }
        if rulings.not_theirs.contains(&row.name) {
            ground.doubt = Some(Held::NotTheirs);
        }
        let unasked = unasked(self.inquiry.asked, self.part(id), plan, row.keys);
        let Some(found) = self.collected.get_mut(id) else { return Ok(()) };
        let numbers: Vec<u16> = ground.reasons.iter().filter_map(|reason| found.reason(reason)).collect();
        let (at, is_new) = match found.rows.get(row.name.as_str()).copied() {
            Some(at) => (at, false),
            None => {
                let placed = self.spool.append(id, &row.name, row.keys, row.fields)?;
                let whole = self.links.collections.get(id).is_some_and(|(_, c)| c.disclose == Disclosure::Review);
                let review =
                    review(plan, whole, row.fields, row.keys, &self.person).map(|text| found.review_number(text));
                let owner = owner(plan, row.keys, &self.person);
                let third = third_parties::flags(plan, row, owner, &self.person, &self.people);
                found.bytes += u64_from(row.fields.len());
                found.broken += u64::from(row.broken);
                let third_parties = found.third_parties_number(third);
                let set = found.sets.of(numbers.clone());
                found.entries.push(Entry {
                    placed,
                    set,
                    owner,
                    review,
                    doubt: ground.doubt,
                    unasked,
                    candidate: None,
                    third_parties,
                });
                found.rows.insert(row.name.as_str().into(), found.entries.len() - 1);
                self.total += 1;
                if self.total.is_multiple_of(1_000) {
                    self.progress.found(self.total);
                }
                (found.entries.len() - 1, true)
            }
        };
        let known = found.entries.get(at).and_then(|entry| entry.candidate);
        let candidate = match (known, ground.candidate) {
            (Some(at), Some(more)) => {
                if let Some(known) = found.candidates.get_mut(at) {
                    join(known, more);
                }
                Some(at)
            }
            (None, Some(new)) => Some(found.candidate_number(new)),
            (known, None) => known,
        };
        let Some(entry) = found.entries.get_mut(at) else { return Ok(()) };
        entry.candidate = candidate;
        entry.doubt = ground.doubt.or(entry.doubt);
        let set = found.sets.with(entry.set, &numbers);
        if set == entry.set && !is_new {
            return Ok(());
        }
        entry.set = set;
        self.follow_from(id, at, plan, |key| value(row.keys, key), false);
        Ok(())
    }

    fn ground(&mut self, id: CollectionId, plan: &Plan, row: &Arrival<'_>, why: Why<'_>) -> Ground {
        match why {
            Why::Link(link) => Ground { reasons: vec![Reason::Link(link)], ..Ground::default() },
            Why::Mention(candidate) => {
                Ground { reasons: vec![Reason::Mention], candidate: Some(candidate), ..Ground::default() }
            }
            Why::Candidate(comparison, judgement) => {
                let person = &self.person;
                Ground {
                    reasons: possible(person, comparison),
                    candidate: Some(candidate(person, comparison, judgement, plan, row)),
                    ..Ground::default()
                }
            }
            Why::Identity => {
                let person = std::rc::Rc::clone(&self.person);
                let columns = columns(plan, row.keys);
                let form = RowForm::of(columns.iter().copied(), person.model().gmail_dots);
                let comparison = person.compare(&form);
                self.note_beside(plan, &person, &comparison, row.keys);
                let rows = self.read_through.get(&id).copied().unwrap_or(self.inquiry.reach.scan_rows);
                identity(&person, &comparison, &columns, plan, row, rows)
            }
        }
    }
}

/// What a row says in which an address or number of theirs may stand.
fn identity(
    person: &Person,
    comparison: &Comparison,
    columns: &[(IdentifierKind, &str)],
    plan: &Plan,
    row: &Arrival<'_>,
    rows: u64,
) -> Ground {
    let stands =
        |kind: IdentifierKind, is: &dyn Fn(&str) -> bool| columns.iter().any(|(of, text)| *of == kind && is(text));
    let mut reasons = Vec::new();
    for kind in [IdentifierKind::Email, IdentifierKind::Phone] {
        // What is delivered to the mailbox of another writing is theirs if the name says so too.
        let theirs = stands(kind, &|text| person.is_theirs(kind, text));
        let mailbox = kind == IdentifierKind::Email && stands(kind, &|text| person.is_their_mailbox(text));
        if theirs || (mailbox && comparison.name_agrees()) {
            reasons.push(Reason::Identity(kind));
        } else if mailbox || stands(kind, &|text| person.is_claimed(kind, text)) {
            reasons.push(Reason::Possible(kind));
        }
    }
    let certain = reasons.iter().any(|reason| matches!(reason, Reason::Identity(_)));
    let doubt = match Verdict::of(comparison) {
        _ if !certain => None,
        Verdict::Certain => None,
        Verdict::NameDisagrees => Some(Held::NameDisagrees),
        Verdict::BirthDisagrees => Some(Held::BirthDisagrees),
    };
    let asks = doubt.is_some() || (!certain && !reasons.is_empty());
    let candidate = asks.then(|| {
        let bits = comparison.bits(person.model(), &Frequencies::of(person.profile(), None));
        let mut judgement = Judgement::of(person.model(), comparison, bits, rows);
        if judgement.tier == Tier::No {
            judgement.tier = Tier::Possible;
        }
        candidate(person, comparison, judgement, plan, row)
    });
    Ground { reasons, doubt, candidate }
}

/// The kinds of particulars that agree.
fn possible(person: &Person, comparison: &Comparison) -> Vec<Reason> {
    let agrees =
        |fields: &[Field]| fields.iter().any(|field| person.model().weight(*field, comparison.level(*field)) > 0.0);
    [
        (IdentifierKind::Name, &[Field::Given, Field::Surname][..]),
        (IdentifierKind::DateOfBirth, &[Field::Born]),
        (IdentifierKind::Postcode, &[Field::Postcode]),
        (IdentifierKind::Address, &[Field::Address]),
        (IdentifierKind::Email, &[Field::Email]),
        (IdentifierKind::Phone, &[Field::Phone]),
    ]
    .into_iter()
    .filter(|(_, fields)| agrees(fields))
    .map(|(kind, _)| Reason::Possible(kind))
    .collect()
}

fn candidate(
    person: &Person,
    comparison: &Comparison,
    judgement: Judgement,
    plan: &Plan,
    row: &Arrival<'_>,
) -> Candidate {
    let columns = columns(plan, row.keys);
    let mut words = reasons(person.profile(), comparison, &columns);
    words.truncate(MOST_REASONS);
    Candidate {
        tier: judgement.tier,
        score: hundredths(judgement.bits),
        reasons: words,
        mentions: Vec::new(),
        levels: comparison.levels().collect::<Vec<(Field, Level)>>(),
    }
}

const MOST_REASONS: usize = 12;

/// What two searches say of one row, together.
fn join(known: &mut Candidate, more: Candidate) {
    if more.levels.is_empty() {
        known.mentions.extend(more.mentions);
        known.reasons.extend(more.reasons);
    } else {
        let mentions = std::mem::take(&mut known.mentions);
        *known = Candidate { mentions: mentions.into_iter().chain(more.mentions).collect(), ..more };
    }
    known.reasons.dedup();
}

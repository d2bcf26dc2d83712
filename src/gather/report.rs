//! What became of each collection, in words that a person is told.

use std::collections::{HashMap, VecDeque};

use crate::bundle::{CollectionReport, Column, ColumnKind, Period, SearchedFor, Status};
use crate::datamap::{Collection, CollectionId, Disclosure, Field, LiveKind};
use crate::files::spool::{Held, Mark, Sealed, SpoolWriter};
use crate::matching::Tier;
use crate::subject::IdentifierKind;

use super::asked::Part;
use super::collected::{BY_REFERENCE, Collected, Entry, Owner, Reason};
use super::reasons::SetId;
use super::source_set::SourceSet;
use super::state::Gather;

/// Everything that the spool keeps of each collection.
pub(super) fn seal(work: Gather<'_>, sources: &SourceSet) -> (SpoolWriter, Vec<Sealed>) {
    let reachable = reachable(&work);
    let cut_off = cut_off(&work, &reachable);
    let told: Vec<_> = work
        .collected
        .iter()
        .enumerate()
        .filter_map(|(id, found)| {
            let report = report(&work, sources, id, found, reachable.contains(&id), cut_off.get(&id))?;
            Some((report, marks(&work, id, found)))
        })
        .collect();
    let sealed = work.collected.into_iter().zip(told).map(|(found, (report, (marks, numbers)))| {
        let place = |(name, at): (Box<str>, usize)| {
            let entry = found.entries.get(at)?;
            Some((name, entry.placed, numbers.get(&key_of(entry)).copied()?))
        };
        Sealed {
            report,
            searched: found.plan.is_some() && found.problem.is_none(),
            rows: found.rows.into_iter().filter_map(place).collect(),
            marks,
            bytes: found.bytes,
        }
    });
    (work.spool, sealed.collect())
}

type MarkKey = (SetId, Owner, Option<usize>, Option<Held>, Option<Held>, Option<usize>, Option<usize>);

fn key_of(entry: &Entry) -> MarkKey {
    (entry.set, entry.owner, entry.review, entry.doubt, entry.unasked, entry.candidate, entry.third_parties)
}

/// The marks of a collection's rows, each once, and which rows have which.
fn marks(work: &Gather<'_>, id: CollectionId, found: &Collected) -> (Vec<Mark>, HashMap<MarkKey, u32>) {
    let mut marks = Vec::new();
    let mut numbers = HashMap::new();
    for entry in &found.entries {
        numbers.entry(key_of(entry)).or_insert_with(|| {
            let mut matched_on: Vec<String> = Vec::new();
            for reason in found.kinds(entry.set) {
                let words = match reason {
                    Reason::Identity(kind) | Reason::Possible(kind) => kind.as_str().to_owned(),
                    Reason::Link(at) => link_name(work, *at, id),
                    Reason::Confirmed => "confirmed".to_owned(),
                    Reason::Mention => "mention".to_owned(),
                };
                if !matched_on.contains(&words) {
                    matched_on.push(words);
                }
            }
            marks.push(Mark {
                matched_on,
                reasons: found.sets.get(entry.set).to_vec(),
                possible: found.is_possible_only(entry.set).then(|| possible_words(found, entry)),
                held: found.held(entry),
                // That it is not theirs is a ruling, which may be taken back: it is not kept as a doubt of the search.
                doubt: entry.doubt.filter(|doubt| *doubt != Held::NotTheirs),
                review: entry.review.and_then(|at| found.reviews.get(at).cloned()),
                unasked: entry.unasked,
                // Nobody need look at what is not asked for.
                candidate: entry
                    .candidate
                    .filter(|_| entry.unasked.is_none())
                    .and_then(|at| found.candidates.get(at).cloned()),
                third_parties: entry
                    .third_parties
                    .and_then(|at| found.third_parties.get(at).cloned())
                    .unwrap_or_default(),
            });
            u32::try_from(marks.len() - 1).unwrap_or(u32::MAX)
        });
    }
    (marks, numbers)
}

/// Why a row only might be theirs, without a value: the manifest counts by these words.
fn possible_words(found: &Collected, entry: &Entry) -> String {
    let candidate = entry.candidate.and_then(|at| found.candidates.get(at));
    let tier = candidate.map_or(Tier::Possible, |candidate| candidate.tier);
    let how = if tier == Tier::Probable { "probably" } else { "possibly" };
    let kinds: Vec<&str> = IdentifierKind::ALL
        .into_iter()
        .filter(|kind| found.kinds(entry.set).any(|reason| *reason == Reason::Possible(*kind)))
        .map(words)
        .collect();
    match kinds.as_slice() {
        [] => format!("{how} about them: they are mentioned in what somebody wrote"),
        [kind @ ("e-mail address" | "telephone number")] => {
            format!("{how} theirs: {kind} agrees with one that they gave, and that was not shown to be theirs")
        }
        ["e-mail address", "telephone number"] => format!(
            "{how} theirs: e-mail address and telephone number agree with ones that they gave, and that were not shown to be \
             theirs"
        ),
        [kind] => format!("{how} theirs: the {kind} alone agrees"),
        [kinds @ .., last] => {
            format!("{how} theirs: {} and {last} agree, and no verified identifier does", kinds.join(", "))
        }
    }
}

fn words(kind: IdentifierKind) -> &'static str {
    match kind {
        IdentifierKind::Email => "e-mail address",
        IdentifierKind::Phone => "telephone number",
        IdentifierKind::Name => "name",
        IdentifierKind::DateOfBirth => "date of birth",
        IdentifierKind::Postcode => "postcode",
        IdentifierKind::Address => "address",
    }
}

fn link_name(work: &Gather<'_>, link: usize, seen_from: CollectionId) -> String {
    work.links.links.get(link).map_or(String::new(), |l| work.links.name_of(l.from, &l.from_column, seen_from))
}

/// The collections that the map leads to from what is known of the person, whether or not a row was found.
fn reachable(work: &Gather<'_>) -> Vec<CollectionId> {
    let open = |id: CollectionId| {
        work.links.collections.get(id).is_some_and(|(_, c)| !c.skip && c.disclose != Disclosure::Never)
            && work.part(id) != Part::LeftOut
    };
    let begins = |collection: &Collection| {
        let named = work.person.profile().has_name();
        let by_name = named && collection.matches.iter().any(|m| m.kind == IdentifierKind::Name);
        let by_text = collection.disclosed_fields().any(|field| field.free_text);
        by_name || by_text || collection.matches.iter().any(|m| m.kind.leads() && work.person.knows(m.kind))
    };
    let first = work.links.collections.iter().enumerate().filter(|(id, (_, c))| open(*id) && begins(c));
    spread(work, first.map(|(id, _)| id).collect()).into_iter().filter(|id| open(*id)).collect()
}

/// The collections that cannot be complete because one that leads to them failed: each with the name of that one.
fn cut_off(work: &Gather<'_>, reachable: &[CollectionId]) -> HashMap<CollectionId, String> {
    let mut found = HashMap::new();
    for (id, (_, collection)) in work.links.collections.iter().enumerate() {
        let failed = work.collected.get(id).is_some_and(|c| c.problem.is_some()) && reachable.contains(&id);
        if failed {
            for after in spread(work, vec![id]).into_iter().filter(|after| *after != id) {
                found.entry(after).or_insert_with(|| collection.label.clone());
            }
        }
    }
    found
}

/// Everything that links lead to from these collections, themselves included.
fn spread(work: &Gather<'_>, from: Vec<CollectionId>) -> Vec<CollectionId> {
    let mut seen = from.clone();
    let mut queue = VecDeque::from(from);
    while let Some(here) = queue.pop_front() {
        let blocked = work.links.collections.get(here).is_none_or(|(_, c)| c.skip || c.disclose == Disclosure::Never);
        if blocked || work.part(here) == Part::LeftOut {
            continue;
        }
        for link in work.links.links.iter().filter(|link| link.from == here) {
            if !seen.contains(&link.to) {
                seen.push(link.to);
                queue.push_back(link.to);
            }
        }
    }
    seen
}

fn report(
    work: &Gather<'_>,
    sources: &SourceSet,
    id: CollectionId,
    found: &Collected,
    reachable: bool,
    cut_off: Option<&String>,
) -> Option<CollectionReport> {
    let (dataset, collection) = work.links.collections.get(id)?;
    let at = work.dataset_of.get(id).copied().unwrap_or_default();
    let (status, mut problems) = if !reachable {
        (Status::NotReached, vec![not_reached(work, id, collection)])
    } else if let Some(problem) = &found.problem {
        (Status::Failed, vec![problem.clone()])
    } else if let Some(before) = cut_off {
        let why = format!("“{before}”, which leads here, could not be searched to the end: there may be more");
        (Status::Failed, vec![why])
    } else if found.entries.is_empty() {
        (Status::NothingHeld, Vec::new())
    } else {
        (Status::Found, Vec::new())
    };
    problems.extend(collection.notices.iter().chain(&found.notices).cloned());
    let dates = work.inquiry.asked.has_dates() && work.part(id) == Part::Wanted;
    if dates && collection.dated.is_none() && !found.entries.is_empty() {
        problems.push(
            "the request asks for certain dates, and the data map names no date here: nothing was left out by its date"
                .into(),
        );
    }
    if reachable {
        problems.extend(sources.told(at));
    }
    if found.broken > 0 {
        problems.push(format!(
            "{} records have bytes that are no text; they are given as hexadecimal digits",
            found.broken
        ));
    }
    if found.alike > 0 {
        problems.push(format!(
            "{} rows carry a key that differs from one of theirs only in letter case, accents or spaces at its end; the \
             database takes the two for equal, we do not, and left them out: have them looked at",
            found.alike
        ));
    }
    let about = &collection.about;
    Some(CollectionReport {
        source: sources.name_of(at).to_owned(),
        dataset: dataset.key.clone(),
        dataset_label: dataset.label.clone(),
        collection: collection.name.clone(),
        label: collection.label.clone(),
        purpose: about.purpose.clone(),
        lawful_basis: about.lawful_basis.clone(),
        recipients: about.recipients.clone(),
        retention: about
            .retention
            .as_ref()
            .map(|r| Period { period: r.period.clone(), then: r.then.as_str().to_owned() }),
        origin: about.origin.clone(),
        automated_decisions: about.automated_decisions.clone(),
        transfers: about.transfers.clone(),
        status,
        problem: (!problems.is_empty()).then(|| problems.join(". ")),
        found: 0,
        disclosed: 0,
        withheld: Vec::new(),
        searched_for: searched_for(work, id, found),
        columns: collection.disclosed_fields().map(|field| column(field, found)).collect(),
        never_disclosed: collection
            .fields
            .iter()
            .filter(|field| field.disclose == Disclosure::Never)
            .map(|field| field.label.clone())
            .collect(),
    })
}

fn searched_for(work: &Gather<'_>, id: CollectionId, found: &Collected) -> Vec<SearchedFor> {
    let along = work
        .links
        .links
        .iter()
        .zip(&work.queues)
        .enumerate()
        .filter(|(_, (link, queue))| link.to == id && queue.searched > 0);
    found
        .searched
        .iter()
        .cloned()
        .chain(along.map(|(at, (link, queue))| SearchedFor {
            column: link.to_column.clone(),
            by: BY_REFERENCE.into(),
            from: link_name(work, at, id),
            values: queue.searched,
        }))
        .collect()
}

fn not_reached(work: &Gather<'_>, id: CollectionId, collection: &Collection) -> String {
    if work.part(id) == Part::LeftOut {
        return "the request asks for other kinds of records, so it was not searched".into();
    }
    if collection.skip {
        return "the data map says not to process it, so it was not searched".into();
    }
    if collection.disclose == Disclosure::Never {
        return "the data map says that its records are never disclosed, so it was not searched".into();
    }
    let missing = collection.matches.iter().find_map(|entry| match entry.kind {
        IdentifierKind::Email if !work.person.knows(entry.kind) => Some("an e-mail address"),
        IdentifierKind::Phone if !work.person.knows(entry.kind) => Some("a telephone number"),
        IdentifierKind::Email
        | IdentifierKind::Phone
        | IdentifierKind::Name
        | IdentifierKind::DateOfBirth
        | IdentifierKind::Postcode
        | IdentifierKind::Address => None,
    });
    let other = collection
        .fields
        .iter()
        .find_map(|field| field.identity.as_deref().filter(|kind| !["email", "phone", "phone_number"].contains(kind)));
    match (missing, other) {
        (Some(what), _) => format!("it is searched by {what}, and none was given, so it was not searched"),
        (None, Some(kind)) => {
            format!("it is found by the identity `{kind}`, which was not given, so it was not searched")
        }
        (None, None) => "no identity and no reference of the data map leads to it, so it was not searched".into(),
    }
}

fn column(field: &Field, found: &Collected) -> Column {
    let live = found.plan.as_ref().and_then(|p| p.fields.iter().find(|(name, _)| *name == field.name));
    // SQLite keeps dates and booleans as text and numbers: the map knows better what they are.
    let mapped = match field.data_type.as_deref() {
        Some("boolean") => Some(ColumnKind::Boolean),
        Some("date") => Some(ColumnKind::Date),
        Some("datetime" | "timestamp") => Some(ColumnKind::DateTime),
        Some(_) | None => None,
    };
    let kind = match live.map(|(_, column)| column.kind) {
        _ if field.free_text => ColumnKind::FreeText,
        _ if let Some(kind) = mapped => kind,
        Some(LiveKind::Integer | LiveKind::Decimal | LiveKind::Float) => ColumnKind::Number,
        Some(LiveKind::Boolean) => ColumnKind::Boolean,
        Some(LiveKind::Date) => ColumnKind::Date,
        Some(LiveKind::DateTime) => ColumnKind::DateTime,
        Some(LiveKind::Bytes) => ColumnKind::Bytes,
        Some(LiveKind::Text | LiveKind::Uuid | LiveKind::Json | LiveKind::Array | LiveKind::Other) | None => {
            ColumnKind::Text
        }
    };
    Column { name: field.name.clone(), label: field.label.clone(), kind }
}

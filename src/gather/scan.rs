//! Reads a table through, its matching columns alone, and keeps the rows that may be the person's until they are judged.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::rc::Rc;

use crate::base::u64_from;
use crate::datamap::{CollectionId, LiveColumn};
use crate::matching::{Comparison, Counts, Field, Frequencies, Judgement, Level, RowForm, Tier, Trust};
use crate::sources::{RowQuery, Search, SourceRow};
use crate::subject::IdentifierKind;

use super::arrive::{Arrival, Why};
use super::collected::{Copies, identifier, value};
use super::error::GatherError;
use super::look::{Look, with_needles};
use super::person::Person;
use super::plan::Plan;
use super::progress::Searched;
use super::source_set::SourceSet;
use super::state::Gather;

/// Keys of one search for rows to be read again.
const BATCH_KEYS: usize = 10_000;
/// While a table is read, so many times the candidates that will be kept are held.
const SLACK: usize = 4;

/// What has been kept of one table.
#[derive(Debug, Default)]
pub(super) struct Scan {
    counts: Counts,
    kept: HashMap<Box<str>, Kept>,
    /// Keys of rows in which an address or number of theirs stands.
    hits: HashSet<Box<str>>,
    /// More rows than may be read through.
    pub(super) over: bool,
    /// A row has no value in its key: the rows must be read in whole at once.
    unkeyed: bool,
    /// It has too many rows to be read through.
    pub(super) large: bool,
}

/// A row that may be the person's.
#[derive(Debug)]
struct Kept {
    columns: Vec<(IdentifierKind, Box<str>)>,
    /// The most that its evidence can come to.
    most: f64,
    /// The whole row, where it cannot be read again by its key.
    whole: Option<Whole>,
}

#[derive(Debug)]
struct Whole {
    keys: Vec<Option<Box<str>>>,
    fields: Box<str>,
    broken: bool,
}

/// What a row's matching columns say.
pub(super) fn columns<'r>(plan: &Plan, keys: &'r [Option<Cow<'_, str>>]) -> Vec<(IdentifierKind, &'r str)> {
    plan.particulars.iter().filter_map(|(kind, key)| Some((*kind, value(keys, *key)?))).collect()
}

impl Gather<'_> {
    /// Reads every row of the collection, at most `most`, or those that `looks` find.
    pub(super) fn scan(
        &mut self,
        id: CollectionId,
        plan: &Plan,
        looks: Option<&[Look]>,
        most: u64,
        sources: &mut SourceSet,
    ) -> Result<(), GatherError> {
        let dataset = self.dataset_of.get(id).copied().unwrap_or_default();
        let name = self.links.collections.get(id).map_or("", |(_, collection)| collection.name.as_str());
        self.progress.searching(sources.name_of(dataset), name);
        let source_name = sources.name_of(dataset).to_owned();
        let Some((_, source)) = sources.of_dataset(dataset) else { return Ok(()) };
        let again = plan.refetch().filter(|_| !self.unkeyed.contains(&id));
        // Rows that can be read again by their key are read without their fields first.
        let fields: Vec<(&str, &LiveColumn)> = match again {
            Some(_) => Vec::new(),
            None => plan.fields.iter().map(|(name, column)| (name.as_str(), column)).collect(),
        };
        let keys: Vec<&LiveColumn> = plan.keys.iter().collect();
        let person = Rc::clone(&self.person);
        let mut copies = Copies::default();
        let mut broke = None;
        let mut rows = 0_u64;
        let mut each = |row: SourceRow<'_>| {
            rows += 1;
            if rows > most {
                self.scans.entry(id).or_default().over = true;
                return ControlFlow::Break(());
            }
            match self.consider(id, plan, &person, &row, again, looks.is_none(), &mut copies) {
                Ok(()) if self.scans.get(&id).is_some_and(|scan| scan.unkeyed) => ControlFlow::Break(()),
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    broke = Some(error);
                    ControlFlow::Break(())
                }
            }
        };
        let mut logged = None;
        let mut ask = |search: Search<'_>| {
            let result = source.rows(&RowQuery { table: &plan.table, fields: &fields, keys: &keys, search }, &mut each);
            let problem = result.as_ref().err().map(ToString::to_string);
            logged = Some(Searched::of(&source_name, name, &search, 0, problem.as_ref()));
            result
        };
        let result = match looks {
            Some(looks) => with_needles(looks, |needles| ask(Search::Any(needles))),
            None => ask(Search::All),
        };
        if let Some(error) = broke {
            return Err(error);
        }
        if let Some(logged) = logged {
            self.progress.searched(logged);
        }
        if let (Err(error), Some(found)) = (result, self.collected.get_mut(id)) {
            found.problem = Some(error.to_string());
            return Ok(());
        }
        if self.scans.get(&id).is_some_and(|scan| scan.unkeyed) {
            self.unkeyed.insert(id);
            self.scans.remove(&id);
            return self.scan(id, plan, looks, most, sources);
        }
        Ok(())
    }

    /// Keeps the row if an identifier of theirs stands in it or its evidence may come to something.
    #[expect(clippy::too_many_arguments, reason = "one row of one read-through")]
    fn consider(
        &mut self,
        id: CollectionId,
        plan: &Plan,
        person: &Person,
        row: &SourceRow<'_>,
        again: Option<usize>,
        counted: bool,
        copies: &mut Copies,
    ) -> Result<(), GatherError> {
        let columns = columns(plan, row.keys);
        let form = RowForm::of(columns.iter().copied(), person.model().gmail_dots);
        let comparison = person.compare(&form);
        if comparison.name_disagrees() {
            form.names().iter().for_each(|name| self.people.add(name));
        }
        let scan = self.scans.entry(id).or_default();
        if counted {
            scan.counts.add(&comparison);
        }
        let hit = columns.iter().any(|(kind, text)| {
            kind.leads()
                && (person.is_theirs(*kind, text)
                    || person.is_claimed(*kind, text)
                    || (*kind == IdentifierKind::Email && person.is_their_mailbox(text)))
        });
        let most = most_bits(person, &comparison);
        let may_be = most >= person.model().least_bits && comparison.kinds(person.model()) > 0;
        if !hit && !may_be {
            if again.is_none() {
                // Equal rows are told apart by their order, those that are left alone among them.
                identifier("", plan, row.keys, row.fields, copies);
            }
            return Ok(());
        }
        let key = match again {
            Some(at) => match value(row.keys, at) {
                Some(key) => Box::from(key),
                // A primary key without a value, as SQLite has them: such a row cannot be read again.
                None => {
                    scan.unkeyed = true;
                    return Ok(());
                }
            },
            None => {
                let prefix = self.prefixes.get(id).map_or("", String::as_str);
                identifier(prefix, plan, row.keys, row.fields, copies).into_boxed_str()
            }
        };
        if hit {
            self.note_beside(plan, person, &comparison, row.keys);
        }
        let scan = self.scans.entry(id).or_default();
        match (hit, again) {
            (true, Some(_)) => {
                scan.hits.insert(key);
                Ok(())
            }
            (true, None) => {
                let arrival = Arrival { keys: row.keys, fields: row.fields, broken: row.broken_text, name: key.into() };
                Ok(self.arrive(id, plan, &arrival, Why::Identity)?)
            }
            (false, again) => {
                let whole = again.is_none().then(|| Whole {
                    keys: row.keys.iter().map(|key| key.as_deref().map(Box::from)).collect(),
                    fields: row.fields.into(),
                    broken: row.broken_text,
                });
                let columns = columns.iter().map(|(kind, text)| (*kind, Box::from(*text))).collect();
                scan.kept.insert(key, Kept { columns, most, whole });
                if scan.kept.len() > self.inquiry.reach.candidates.saturating_mul(SLACK) {
                    scan.thin();
                }
                Ok(())
            }
        }
    }

    /// Notes what stands on a row that is certainly theirs: what it says of its own person.
    pub(super) fn note_beside(
        &mut self,
        plan: &Plan,
        person: &Person,
        comparison: &Comparison,
        keys: &[Option<Cow<'_, str>>],
    ) {
        const MOST: usize = 200;
        let certain = crate::matching::Verdict::of(comparison) == crate::matching::Verdict::Certain;
        let theirs = plan
            .particulars
            .iter()
            .any(|(kind, at)| value(keys, *at).is_some_and(|text| person.is_theirs(*kind, text)));
        if !certain || !theirs || super::collected::owner(plan, keys, person).is_somebody_else() {
            return;
        }
        for (kind, at) in &plan.particulars {
            // A column speaks of the row's person if it is the owner's, or the only one of its kind.
            let only = plan.particulars.iter().filter(|(other, _)| other == kind).count() == 1;
            let owns = plan.owners.iter().any(|(_, owner)| owner == at);
            let Some(text) = value(keys, *at).filter(|_| owns || only || *kind == IdentifierKind::Name) else {
                continue;
            };
            let known = crate::matching::Known { kind: *kind, value: text.to_owned(), trust: Trust::Found };
            if self.beside.len() < MOST && !person.has(*kind, text) && !self.beside.contains(&known) {
                self.beside.push(known);
            }
        }
    }

    /// Judges what was kept of a table, reads the likeliest in whole, and lets them and the rows with identifiers arrive.
    pub(super) fn judge(&mut self, id: CollectionId, plan: &Plan, sources: &mut SourceSet) -> Result<(), GatherError> {
        let Some(scan) = self.scans.remove(&id) else { return Ok(()) };
        let person = Rc::clone(&self.person);
        let model = person.model();
        let counted = scan.counts.rows() > 0;
        let frequencies = Frequencies::of(person.profile(), counted.then_some(&scan.counts));
        // Where the rows were not counted, as many are supposed as would have been read through, or as most tables have.
        const MANY: u64 = 10_000;
        let rows = if counted {
            self.read_through.insert(id, scan.counts.rows());
            scan.counts.rows()
        } else if scan.large {
            self.inquiry.reach.scan_rows
        } else {
            MANY
        };
        let mut judged: Vec<(Box<str>, Kept, Comparison, Judgement)> = scan
            .kept
            .into_iter()
            .filter(|(key, _)| !scan.hits.contains(key))
            .map(|(key, kept)| {
                let form = RowForm::of(kept.columns.iter().map(|(kind, text)| (*kind, &**text)), model.gmail_dots);
                let comparison = person.compare(&form);
                let judgement = Judgement::of(model, &comparison, comparison.bits(model, &frequencies), rows);
                (key, kept, comparison, judgement)
            })
            .filter(|(.., judgement)| judgement.tier != Tier::No)
            .collect();
        judged.sort_by(|(a_key, .., a), (b_key, .., b)| b.bits.total_cmp(&a.bits).then_with(|| a_key.cmp(b_key)));
        let most = self.inquiry.reach.candidates;
        if judged.len() > most
            && let Some(found) = self.collected.get_mut(id)
        {
            found.notices.push(format!(
                "{} records might be theirs; the {most} likeliest are kept for a caseworker to look at",
                judged.len()
            ));
            judged.truncate(most);
        }
        let mut wanted: HashMap<Box<str>, (Comparison, Judgement)> = HashMap::new();
        for (key, kept, comparison, judgement) in judged {
            match kept.whole {
                None => {
                    wanted.insert(key, (comparison, judgement));
                }
                Some(whole) => {
                    let keys: Vec<Option<Cow<'_, str>>> =
                        whole.keys.iter().map(|k| k.as_deref().map(Cow::Borrowed)).collect();
                    let arrival =
                        Arrival { keys: &keys, fields: &whole.fields, broken: whole.broken, name: key.into() };
                    self.arrive(id, plan, &arrival, Why::Candidate(&comparison, judgement))?;
                }
            }
        }
        let mut keys: Vec<Box<str>> = wanted.keys().cloned().chain(scan.hits).collect();
        keys.sort();
        self.read_again(id, plan, &keys, &wanted, sources)
    }

    /// Reads rows in whole by their keys.
    fn read_again(
        &mut self,
        id: CollectionId,
        plan: &Plan,
        keys: &[Box<str>],
        wanted: &HashMap<Box<str>, (Comparison, Judgement)>,
        sources: &mut SourceSet,
    ) -> Result<(), GatherError> {
        let Some((at, column)) = plan.refetch().and_then(|at| Some((at, plan.keys.get(at)?.clone()))) else {
            return Ok(());
        };
        let known: HashSet<&str> = keys.iter().map(AsRef::as_ref).collect();
        for batch in keys.chunks(BATCH_KEYS) {
            if self.collected.get(id).is_some_and(|found| found.problem.is_some()) {
                return Ok(());
            }
            let values: Vec<&str> = batch.iter().map(AsRef::as_ref).collect();
            let search = Search::Keys { column: &column, values: &values };
            self.search(id, plan, search, sources, |work, row, copies| {
                // A collation may take another key for the same.
                let Some(key) = value(row.keys, at).filter(|key| known.contains(key)) else { return Ok(()) };
                let why = match wanted.get(key) {
                    Some((comparison, judgement)) => Why::Candidate(comparison, *judgement),
                    None => Why::Identity,
                };
                let arrival = work.arrival(id, plan, row, copies);
                work.arrive(id, plan, &arrival, why)
            })?;
        }
        let found = u64_from(keys.len());
        self.progress.found(self.total.max(found));
        Ok(())
    }
}

impl Scan {
    /// Lets go of the less likely half.
    fn thin(&mut self) {
        let mut scores: Vec<f64> = self.kept.values().map(|kept| kept.most).collect();
        scores.sort_by(f64::total_cmp);
        let middle = scores.get(scores.len() / 2).copied().unwrap_or_default();
        let mut left = scores.len() / 2;
        self.kept.retain(|_, kept| {
            let go = kept.most <= middle && left > 0;
            left -= usize::from(go);
            !go
        });
    }
}

/// The most that a row's evidence can come to once it is known how common its values are.
fn most_bits(person: &Person, comparison: &Comparison) -> f64 {
    let rare = [Field::Given, Field::Surname, Field::Born, Field::Postcode, Field::Address]
        .into_iter()
        .filter(|field| comparison.level(*field) == Level::Exact)
        .count();
    let rare = f64::from(u32::try_from(rare).unwrap_or_default());
    comparison.bits(person.model(), &Frequencies::default()) + rare * Frequencies::most()
}

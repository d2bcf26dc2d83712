//! The traversal: identities first, then references, batch by batch, until no reference has a value left that was
//! not searched for.

use std::ops::ControlFlow;
use std::rc::Rc;

use crate::base::u64_from;
use crate::bundle::SearchedFor;
use crate::datamap::{CollectionId, DataMap, Disclosure, LiveColumn};
use crate::files::spool::{Spool, SpoolError, SpoolWriter};
use crate::sources::{Needle, RowQuery, Search, SourceRow};
use crate::subject::{IdentifierKind, Subject, Verified};

use super::collected::{Copies, Entry, Reason, identifier, owner, review, value};
use super::error::GatherError;
use super::person::Person;
use super::plan::{Plan, plan_all};
use super::progress::{Progress, Searched};
use super::source_set::SourceSet;
use super::state::Gather;
use super::{report, resume};

/// Keys searched for in one query. Bounds what a query carries, and is far above where batches would cost.
const BATCH_KEYS: usize = 50_000;

/// Gathers every row held about the person into `spool`, or, if the spool goes on from a finished one, searches again
/// the collections whose search failed and follows whatever becomes reachable by that.
///
/// A row is reached by a verified e-mail address or telephone number in a column that the map names for it, or by a
/// reference from a row already reached. A reference is not followed straight back from a row that only it led to:
/// from my booking to the event, but not from the event to everybody's bookings. A row whose owner columns name
/// somebody else is held, and nothing is followed from it; so is a row, found by no identifier, whose owner columns
/// are blank. A row in which only an address or number stands that the person gave and nobody has checked, or in which the person's name and date of birth or postcode agree and nothing else leads to is
/// possible only: held, and nothing followed from it.
///
/// # Errors
/// [`GatherError`] if the spool fails or there is no identifier. A source that fails is reported in the result.
pub fn gather(
    map: &DataMap,
    sources: &mut SourceSet,
    subject: &Verified<Subject>,
    spool: SpoolWriter,
    progress: &dyn Progress,
) -> Result<Spool, GatherError> {
    let person = Person::of(subject.get());
    if !person.has_identity() {
        return Err(GatherError::NoIdentity);
    }
    let fingerprint = resume::fingerprint(map, subject.get());
    if spool.previous().is_some_and(|previous| previous.fingerprint() != fingerprint) {
        return Err(SpoolError::Foreign.into());
    }
    let mut work = Gather::new(map, person, spool, progress);
    plan_all(&mut work, map, sources);
    work.load_previous()?;
    work.search_identities(sources)?;
    work.follow_references(sources)?;
    let (spool, sealed) = report::seal(work, sources);
    Ok(spool.seal(fingerprint, sealed)?)
}

impl Gather<'_> {
    /// Searches every collection that has columns for it for the person's identifiers: one scan a collection.
    fn search_identities(&mut self, sources: &mut SourceSet) -> Result<(), GatherError> {
        let person = Rc::clone(&self.person);
        for id in 0..self.collected.len() {
            let Some(found) = self.collected.get_mut(id) else { continue };
            let Some(plan) = found.plan.clone().filter(|_| !found.kept && found.problem.is_none()) else { continue };
            let matches: &[crate::datamap::Match] =
                self.links.collections.get(id).map_or(&[], |(_, collection)| &collection.matches);
            let possible = person.may_be_found_by(matches);
            let wanted = |kind: IdentifierKind| match kind {
                IdentifierKind::Email | IdentifierKind::Phone => true,
                IdentifierKind::Name | IdentifierKind::DateOfBirth | IdentifierKind::Postcode => possible,
                IdentifierKind::Address => false,
            };
            let mut needles: Vec<Needle<'_>> = Vec::new();
            for (kind, key) in plan.particulars.iter().filter(|(kind, _)| wanted(*kind)) {
                let Some(column) = plan.keys.get(*key) else { continue };
                if person.knows(*kind) {
                    needles.extend(person.needles(*kind, column));
                }
                for (count, from) in [
                    (person.count(*kind), from_words(*kind)),
                    (person.count_claimed(*kind), "given, and not shown to be theirs"),
                ] {
                    if count > 0 {
                        found.searched.push(SearchedFor {
                            column: column.name.clone(),
                            by: kind.as_str().into(),
                            from: from.into(),
                            values: u64_from(count),
                        });
                    }
                }
            }
            if needles.is_empty() {
                continue;
            }
            self.search(id, &plan, Search::Any(&needles), None, sources)?;
        }
        Ok(())
    }

    /// Follows the references until no link has a value left.
    fn follow_references(&mut self, sources: &mut SourceSet) -> Result<(), GatherError> {
        loop {
            let next = self.queues.iter().position(|queue| !queue.pending.is_empty());
            let Some(at) = next else { return Ok(()) };
            let Some(link) = self.links.links.get(at).cloned() else { return Ok(()) };
            let Some(queue) = self.queues.get_mut(at) else { return Ok(()) };
            let rest = queue.pending.split_off(queue.pending.len().min(BATCH_KEYS));
            let mut batch = std::mem::replace(&mut queue.pending, rest);
            if !link.beside.is_empty() {
                // Of several columns the first is searched for; it may stand in several sets of values.
                batch.sort_unstable();
                batch.dedup();
            }
            let Some(found) = self.collected.get(link.to) else { continue };
            // A collection that failed is not searched further: it is reported as failed whatever more were found.
            let Some(plan) = found.plan.clone().filter(|_| found.problem.is_none()) else { continue };
            let Some(column) = plan.column(&link.to_column).cloned() else { continue };
            queue.searched += u64_from(batch.len());
            let values: Vec<&str> = batch.iter().map(AsRef::as_ref).collect();
            let search = Search::Keys { column: &column, values: &values };
            self.search(link.to, &plan, search, Some(at), sources)?;
        }
    }

    /// One search of one collection; every row found arrives.
    fn search(
        &mut self,
        id: CollectionId,
        plan: &Plan,
        search: Search<'_>,
        link: Option<usize>,
        sources: &mut SourceSet,
    ) -> Result<(), GatherError> {
        let dataset = self.dataset_of.get(id).copied().unwrap_or_default();
        let name = self.links.collections.get(id).map_or("", |(_, collection)| collection.name.as_str());
        self.progress.searching(sources.name_of(dataset), name);
        let source_name = sources.name_of(dataset).to_owned();
        let Some((at, most)) = sources.of_dataset(dataset).map(|(at, _)| at).map(|at| (at, sources.most_rows(at)))
        else {
            return Ok(());
        };
        let (before, mut full) = (self.taken.get(&at).copied().unwrap_or_default(), false);
        let earlier = self.total;
        let Some((_, source)) = sources.of_dataset(dataset) else { return Ok(()) };
        let fields: Vec<(&str, &LiveColumn)> =
            plan.fields.iter().map(|(name, column)| (name.as_str(), column)).collect();
        let keys: Vec<&LiveColumn> = plan.keys.iter().collect();
        let query = RowQuery { table: &plan.table, fields: &fields, keys: &keys, search };
        let mut copies = Copies::default();
        let mut broke = None;
        let result = source.rows(&query, &mut |row| match self.arrive(id, plan, &row, link, &mut copies) {
            Ok(()) if before + (self.total - earlier) > most => {
                full = true;
                ControlFlow::Break(())
            }
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                broke = Some(error);
                ControlFlow::Break(())
            }
        });
        if let Some(error) = broke {
            return Err(error.into());
        }
        self.taken.insert(at, before + (self.total - earlier));
        let Some(found) = self.collected.get_mut(id) else { return Ok(()) };
        if full {
            found.problem = Some(format!(
                "more than {most} rows were found in the source `{source_name}`, which is its row limit: there are more; raise \
                 the limit and search again"
            ));
        } else if let Err(error) = result {
            found.problem = Some(error.to_string());
        }
        let problem = found.problem.as_ref();
        self.progress.searched(Searched::of(&source_name, name, &search, self.total - earlier, problem));
        Ok(())
    }

    /// A row arrives: it is spooled if it is new, gains a reason if it is not, and its references are followed if they
    /// may be.
    fn arrive(
        &mut self,
        id: CollectionId,
        plan: &Plan,
        row: &SourceRow<'_>,
        link: Option<usize>,
        copies: &mut Copies,
    ) -> Result<(), SpoolError> {
        let Some(found) = self.collected.get_mut(id) else { return Ok(()) };
        if link.is_some() && !row.exact {
            // Only the source's collation takes it for the same key: it may be somebody else's, so it is told and left.
            found.alike += 1;
            return Ok(());
        }
        if let Some(at) = link
            && self.links.links.get(at).is_some_and(|link| !link.beside.is_empty())
        {
            // The first column agrees; the others must too, in the same row.
            let joined = plan.joined(at, |key| value(row.keys, key));
            let queue = self.queues.get(at);
            if !joined.is_some_and(|joined| queue.is_some_and(|queue| queue.together.contains(joined.as_str()))) {
                return Ok(());
            }
        }
        let why = match link {
            Some(link) => vec![Reason::Link(link)],
            None => identity_reasons(&self.person, plan, row),
        };
        let reasons: Vec<u16> = why.iter().filter_map(|reason| found.reason(reason)).collect();
        if reasons.is_empty() {
            // The search was loose; this row only looked like one of theirs.
            return Ok(());
        }
        let prefix = self.prefixes.get(id).map_or("", String::as_str);
        let name = identifier(prefix, plan, row.keys, row.fields, copies);
        let (at, is_new) = match found.rows.get(name.as_str()).copied() {
            Some(at) => (at, false),
            None => {
                let placed = self.spool.append(id, &name, row.keys, row.fields)?;
                let whole = self.links.collections.get(id).is_some_and(|(_, c)| c.disclose == Disclosure::Review);
                let review =
                    review(plan, whole, row.fields, row.keys, &self.person).map(|text| found.review_number(text));
                let set = found.sets.of(reasons.clone());
                let owner = owner(plan, row.keys, &self.person);
                found.bytes += u64_from(row.fields.len());
                found.broken += u64::from(row.broken_text);
                found.entries.push(Entry { placed, set, owner, review });
                found.rows.insert(name.into(), found.entries.len() - 1);
                self.total += 1;
                if self.total.is_multiple_of(1_000) {
                    self.progress.found(self.total);
                }
                (found.entries.len() - 1, true)
            }
        };
        let Some(entry) = found.entries.get_mut(at) else { return Ok(()) };
        let set = found.sets.with(entry.set, &reasons);
        if set == entry.set && !is_new {
            return Ok(());
        }
        entry.set = set;
        self.follow_from(id, at, plan, |key| value(row.keys, key), false);
        Ok(())
    }
}

/// Why a row that a search for identifiers gave is in the result; empty if it only looked like it.
fn identity_reasons(person: &Person, plan: &Plan, row: &SourceRow<'_>) -> Vec<Reason> {
    let theirs: Vec<IdentifierKind> = plan
        .particulars
        .iter()
        .filter(|(kind, key)| value(row.keys, *key).is_some_and(|text| person.is_theirs(*kind, text)))
        .map(|(kind, _)| *kind)
        .collect();
    let mut reasons: Vec<Reason> = [IdentifierKind::Email, IdentifierKind::Phone]
        .into_iter()
        .filter(|kind| theirs.contains(kind))
        .map(Reason::Identity)
        .collect();
    let claimed = |kind: IdentifierKind| {
        plan.particulars
            .iter()
            .any(|(of, key)| *of == kind && value(row.keys, *key).is_some_and(|text| person.is_claimed(kind, text)))
    };
    reasons.extend(
        [IdentifierKind::Email, IdentifierKind::Phone].into_iter().filter(|kind| claimed(*kind)).map(Reason::Possible),
    );
    let supporting = [IdentifierKind::DateOfBirth, IdentifierKind::Postcode];
    if theirs.contains(&IdentifierKind::Name) && supporting.iter().any(|kind| theirs.contains(kind)) {
        let all = [IdentifierKind::Name].into_iter().chain(supporting);
        reasons.extend(all.filter(|kind| theirs.contains(kind)).map(Reason::Possible));
    }
    reasons
}

fn from_words(kind: IdentifierKind) -> &'static str {
    match kind {
        IdentifierKind::Email => "the verified e-mail address",
        IdentifierKind::Phone => "the verified telephone number",
        IdentifierKind::Name => "the name given, together with the date of birth or postcode",
        IdentifierKind::DateOfBirth => "the date of birth given, together with the name",
        IdentifierKind::Postcode => "the postcode given, together with the name",
        IdentifierKind::Address => "the address given, together with the name",
    }
}

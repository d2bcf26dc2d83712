//! The traversal: identities first, then references, batch by batch, until no reference has a value left that was
//! not searched for.

use std::ops::ControlFlow;

use crate::base::u64_from;
use crate::datamap::{CollectionId, DataMap, LiveColumn};
use crate::files::spool::{Spool, SpoolError, SpoolWriter};
use crate::matching::Model;
use crate::sources::{RowQuery, Search, SourceRow};
use crate::subject::{Subject, Verified};

use super::arrive::Why;
use super::asked::Asked;
use super::collected::{Copies, value};
use super::error::GatherError;
use super::inquiry::{Inquiry, Reach, Rulings};
use super::person::Person;
use super::plan::{Plan, plan_all};
use super::progress::{Progress, Searched};
use super::report;
use super::resume::Fingerprint;
use super::source_set::SourceSet;
use super::state::Gather;

/// Keys searched for in one query. Bounds what a query carries, and is far above where batches would cost.
const BATCH_KEYS: usize = 50_000;

/// Gathers every row held about the person into `spool`, or, if the spool goes on from a finished one, searches again
/// the collections whose search failed and follows whatever becomes reachable by that.
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
    let (model, rulings, asked) = (Model::default(), Rulings::default(), Asked::default());
    let inquiry = Inquiry { map, subject, model: &model, reach: Reach::default(), rulings: &rulings, asked: &asked };
    inquire(&inquiry, sources, spool, progress)
}

/// Gathers as [`gather`] does, with the weights and limits of the inquiry and under what caseworkers have said.
///
/// A row is reached by a verified or confirmed e-mail address or telephone number in a column that the map names for it, by
/// a reference from a row already reached, or because a caseworker confirmed it. A reference is not followed straight back
/// from a row that only it led to: from my booking to the event, but not from the event to everybody's bookings. A row whose
/// owner columns name somebody else is held, and nothing is followed from it; so is a row, found by no identifier, whose owner
/// columns are blank, and one with a verified identifier under another name or date of birth. A row for which only agreeing
/// particulars speak, an address or number that nobody has checked, or a mention in what somebody wrote, is possible only:
/// held, and nothing followed from it.
///
/// A spool that goes on from a finished one keeps what was searched to the end there, and goes on from identifiers and
/// records that were confirmed since.
///
/// # Errors
/// [`GatherError`] as for [`gather`]; [`SpoolError::Foreign`] if the finished spool is for another person or map, or
/// something confirmed for it no longer is.
pub fn inquire(
    inquiry: &Inquiry<'_>,
    sources: &mut SourceSet,
    spool: SpoolWriter,
    progress: &dyn Progress,
) -> Result<Spool, GatherError> {
    let rulings = inquiry.rulings;
    let person = Person::of(inquiry.subject.get(), &rulings.confirmed, inquiry.model);
    if !person.has_identity() {
        return Err(GatherError::NoIdentity);
    }
    let fingerprint = Fingerprint::of(inquiry);
    let mut fresh = Vec::new();
    if let Some(previous) = spool.previous() {
        fresh = fingerprint.since(previous.fingerprint(), rulings).ok_or(SpoolError::Foreign)?;
    }
    let mut work = Gather::new(inquiry, person, spool, progress);
    work.fresh = fresh;
    plan_all(&mut work, inquiry.map, sources);
    work.load_previous()?;
    work.search_identities(sources)?;
    work.follow_references(sources)?;
    let (spool, sealed) = report::seal(work, sources);
    Ok(spool.seal(fingerprint.to_string(), sealed)?)
}

/// True if something was confirmed, or has changed otherwise, since the gather that the spool is of.
#[must_use]
pub fn knows_more(inquiry: &Inquiry<'_>, previous: &Spool) -> bool {
    previous.fingerprint() != Fingerprint::of(inquiry).to_string()
}

impl Gather<'_> {
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
            self.search(link.to, &plan, search, sources, |work, row, copies| {
                if !row.exact {
                    // Only the source's collation takes it for the same key: it may be somebody else's, so it is told and left.
                    if let Some(found) = work.collected.get_mut(link.to) {
                        found.alike += 1;
                    }
                    return Ok(());
                }
                if !link.beside.is_empty() {
                    // The first column agrees; the others must too, in the same row.
                    let joined = plan.joined(at, |key| value(row.keys, key));
                    let queue = work.queues.get(at);
                    if !joined.is_some_and(|joined| queue.is_some_and(|queue| queue.together.contains(joined.as_str())))
                    {
                        return Ok(());
                    }
                }
                let arrival = work.arrival(link.to, &plan, row, copies);
                work.arrive(link.to, &plan, &arrival, Why::Link(at))
            })?;
        }
    }

    /// One search of one collection; `each` takes every row found.
    pub(super) fn search(
        &mut self,
        id: CollectionId,
        plan: &Plan,
        search: Search<'_>,
        sources: &mut SourceSet,
        mut each: impl FnMut(&mut Self, &SourceRow<'_>, &mut Copies) -> Result<(), SpoolError>,
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
        let result = source.rows(&query, &mut |row| match each(self, &row, &mut copies) {
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
}

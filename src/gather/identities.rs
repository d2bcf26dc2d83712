//! The beginning of a gather: every collection is searched for what is known of the person, a second time for what stands
//! beside it on records that are certainly theirs, and what people wrote is searched for mentions.

use std::rc::Rc;

use crate::bundle::SearchedFor;
use crate::datamap::{CollectionId, LiveKind};
use crate::files::spool::{Candidate, FieldMention};
use crate::matching::{Known, Tier, mention_needles, mention_numbers, mentions};
use crate::sources::{Search, Shape};
use crate::subject::IdentifierKind;

use super::arrive::Why;
use super::error::GatherError;
use super::look::{self, Look, Way, way, with_needles};
use super::plan::Plan;
use super::source_set::SourceSet;
use super::state::Gather;
use super::third_parties::written;

impl Gather<'_> {
    /// Searches every collection that has columns for it.
    pub(super) fn search_identities(&mut self, sources: &mut SourceSet) -> Result<(), GatherError> {
        // Tables are read through first: the names of others that they hold are wanted when rows arrive.
        let mut open = self.searchable();
        open.sort_by_key(|(_, _, way)| !matches!(way, Way::Scan(_)));
        for (id, plan, way) in &open {
            self.first(*id, plan, *way, sources)?;
        }
        self.second(&open, sources)?;
        for (id, plan, _) in &open {
            self.judge(*id, plan, sources)?;
        }
        for (id, plan, way) in &open {
            let told = look::told(&self.person, plan, *way);
            if let Some(found) = self.collected.get_mut(*id) {
                found.searched.extend(told);
            }
        }
        self.go_on_from_confirmed(sources)?;
        self.search_texts(sources)
    }

    /// The collections whose own search has not been done, each with its plan and its way.
    fn searchable(&self) -> Vec<(CollectionId, Plan, Way)> {
        let mut open = Vec::new();
        for (id, found) in self.collected.iter().enumerate() {
            let Some(plan) = found.plan.clone().filter(|_| !found.kept && found.problem.is_none()) else { continue };
            let Some((_, collection)) = self.links.collections.get(id) else { continue };
            if collection.matches.is_empty() {
                continue;
            }
            let way = way(plan.search, &collection.matches, &self.person, self.inquiry.reach.scan_rows);
            open.push((id, plan, way));
        }
        open
    }

    fn first(&mut self, id: CollectionId, plan: &Plan, way: Way, sources: &mut SourceSet) -> Result<(), GatherError> {
        match way {
            Way::Contacts => {
                let looks = look::contacts(&self.person, plan, |_| true);
                self.look_for(id, plan, &looks, sources)
            }
            Way::Indexed(shape) => {
                let looks = look::indexed(&self.person, plan, shape);
                self.look_for(id, plan, &looks, sources)
            }
            Way::Scan(most) => {
                self.scan(id, plan, None, most, sources)?;
                if self.scans.get(&id).is_some_and(|scan| scan.over) {
                    // It has more rows than may be read through.
                    self.scans.remove(&id);
                    if let Some(found) = self.collected.get_mut(id) {
                        found.notices.push(format!(
                            "it has more than {most} rows: only rows that share an address, a number, a postcode, a date of \
                             birth, the beginning of a surname, or a given name with the year of birth were compared"
                        ));
                    }
                    return self.blocked(id, plan, sources);
                }
                Ok(())
            }
            Way::Blocked => self.blocked(id, plan, sources),
        }
    }

    fn blocked(&mut self, id: CollectionId, plan: &Plan, sources: &mut SourceSet) -> Result<(), GatherError> {
        let looks = look::blocks(&self.person, plan);
        if looks.is_empty() {
            return Ok(());
        }
        self.scans.entry(id).or_default().large = true;
        self.scan(id, plan, Some(&looks), u64::MAX, sources)
    }

    /// Rows with these addresses and numbers arrive in whole.
    fn look_for(
        &mut self,
        id: CollectionId,
        plan: &Plan,
        looks: &[Look],
        sources: &mut SourceSet,
    ) -> Result<(), GatherError> {
        if looks.is_empty() {
            return Ok(());
        }
        with_needles(looks, |needles| {
            self.search(id, plan, Search::Any(needles), sources, |work, row, copies| {
                let arrival = work.arrival(id, plan, row, copies);
                work.arrive(id, plan, &arrival, Why::Identity)
            })
        })
    }

    /// The second round: addresses, numbers, names and dates that stand on records that are certainly theirs find further
    /// records, which only might be theirs.
    fn second(&mut self, open: &[(CollectionId, Plan, Way)], sources: &mut SourceSet) -> Result<(), GatherError> {
        let beside = std::mem::take(&mut self.beside);
        let Some(person) = self.person.with(&beside) else { return Ok(()) };
        let fresh: Vec<Known> = beside.into_iter().filter(|one| !self.person.has(one.kind, &one.value)).collect();
        self.person = Rc::new(person);
        // A new address or number can be asked for; a new name or date of birth must be compared with every row again.
        let anew = fresh.iter().any(|one| matches!(one.kind, IdentifierKind::Name | IdentifierKind::DateOfBirth));
        for (id, plan, way) in open {
            if self.collected.get(*id).is_some_and(|found| found.problem.is_some()) {
                continue;
            }
            let over = self.collected.get(*id).is_some_and(|found| !found.notices.is_empty());
            match way {
                Way::Scan(most) if anew && !over => {
                    self.scans.remove(id);
                    self.scan(*id, plan, None, *most, sources)?;
                }
                Way::Scan(_) | Way::Blocked if anew => self.blocked(*id, plan, sources)?,
                Way::Scan(_) | Way::Blocked | Way::Contacts => {
                    let looks = look::contacts(&self.person, plan, |one| fresh.contains(one));
                    if !looks.is_empty() {
                        self.scan(*id, plan, Some(&looks), u64::MAX, sources)?;
                    }
                }
                Way::Indexed(_) => {}
            }
        }
        self.beside.clear();
        Ok(())
    }

    /// Goes on in the collections that an earlier gather searched from what a caseworker has confirmed since.
    fn go_on_from_confirmed(&mut self, sources: &mut SourceSet) -> Result<(), GatherError> {
        let fresh = std::mem::take(&mut self.fresh);
        if fresh.is_empty() {
            return Ok(());
        }
        let is_fresh = |one: &Known| fresh.iter().any(|other| other.kind == one.kind && other.value == one.value);
        let supports = fresh.iter().any(|one| !one.kind.leads());
        for id in 0..self.collected.len() {
            let Some(found) = self.collected.get(id).filter(|found| found.kept) else { continue };
            let Some(plan) = found.plan.clone() else { continue };
            let matches = self.links.collections.get(id).map(|(_, c)| c.matches.clone()).unwrap_or_default();
            let way = way(plan.search, &matches, &self.person, self.inquiry.reach.scan_rows);
            match way {
                Way::Scan(_) | Way::Blocked if supports => self.first(id, &plan, way, sources)?,
                Way::Scan(_) | Way::Blocked | Way::Contacts | Way::Indexed(_) => {
                    let looks = look::contacts(&self.person, &plan, is_fresh);
                    self.look_for(id, &plan, &looks, sources)?;
                }
            }
            self.judge(id, &plan, sources)?;
            if let Some(found) = self.collected.get_mut(id) {
                let lines = plan.particulars.iter().filter_map(|(kind, key)| {
                    let values = fresh.iter().filter(|one| one.kind == *kind).count();
                    let column = plan.keys.get(*key)?.name.clone();
                    (values > 0).then(|| SearchedFor {
                        column,
                        by: kind.as_str().into(),
                        from: "confirmed by a caseworker".into(),
                        values: crate::base::u64_from(values),
                    })
                });
                found.searched.extend(lines);
            }
        }
        Ok(())
    }

    /// Looks for the person in what people wrote.
    fn search_texts(&mut self, sources: &mut SourceSet) -> Result<(), GatherError> {
        let person = Rc::clone(&self.person);
        let names: Vec<&str> = person
            .known()
            .iter()
            .filter(|one| one.kind == IdentifierKind::Name)
            .map(|one| one.value.as_str())
            .collect();
        let pieces = mention_needles(person.profile(), names);
        let numbers = mention_numbers(person.profile());
        let most = self.inquiry.reach.candidates;
        for id in 0..self.collected.len() {
            let Some(found) = self.collected.get(id) else { continue };
            let Some(plan) = found.plan.clone().filter(|_| !found.kept && found.problem.is_none()) else { continue };
            let columns: Vec<_> = plan
                .free_text
                .iter()
                .filter_map(|(name, _)| plan.column(name))
                .filter(|column| matches!(column.kind, LiveKind::Text | LiveKind::Json | LiveKind::Other))
                .cloned()
                .collect();
            let looks: Vec<Look> = columns
                .iter()
                .flat_map(|column| {
                    let words = pieces.iter().map(|text| Look::new(column, text.clone(), Shape::Together));
                    words.chain(numbers.iter().map(|text| Look::new(column, text.clone(), Shape::InOrder)))
                })
                .collect();
            if looks.is_empty() {
                continue;
            }
            let mut taken = 0_usize;
            let mut left_out = 0_u64;
            with_needles(&looks, |needles| {
                self.search(id, &plan, Search::Any(needles), sources, |work, row, copies| {
                    let arrival = work.arrival(id, &plan, row, copies);
                    let reached = work.collected.get(id).is_some_and(|found| {
                        let entry = found.rows.get(arrival.name.as_str()).and_then(|at| found.entries.get(*at));
                        entry.is_some_and(|entry| !found.is_possible_only(entry.set))
                    });
                    let mut places = Vec::new();
                    if !reached {
                        for (field, text) in written(&plan, row.fields) {
                            let found = mentions(person.profile(), &text).into_iter();
                            places.extend(found.map(|mention| FieldMention { field: field.clone(), mention }));
                        }
                    }
                    if places.is_empty() {
                        return Ok(());
                    }
                    if taken == most {
                        left_out += 1;
                        return Ok(());
                    }
                    taken += 1;
                    work.arrive(id, &plan, &arrival, Why::Mention(mentioned(&plan, places)))
                })
            })?;
            if let Some(found) = self.collected.get_mut(id) {
                for column in &columns {
                    found.searched.push(SearchedFor {
                        column: column.name.clone(),
                        by: "mention".into(),
                        from: "names, addresses and numbers in what people wrote; leads to possible records only"
                            .into(),
                        values: crate::base::u64_from(pieces.len() + numbers.len()),
                    });
                }
                if left_out > 0 {
                    found.notices.push(format!("{left_out} further records mention them; the first {most} are kept"));
                }
            }
        }
        Ok(())
    }
}

fn mentioned(plan: &Plan, places: Vec<FieldMention>) -> Candidate {
    let label = |field: &str| {
        plan.free_text.iter().find(|(name, _)| name == field).map_or(field.to_owned(), |(_, label)| label.clone())
    };
    let reasons = places
        .iter()
        .map(|place| {
            format!(
                "\u{201c}{}\u{201d} stands in \u{201c}{}\u{201d}, from character {}",
                place.mention.words,
                label(&place.field),
                place.mention.start + 1
            )
        })
        .collect();
    Candidate { tier: Tier::Possible, score: 0, reasons, mentions: places, levels: Vec::new() }
}

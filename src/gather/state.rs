//! A gather under way: what every part of it reads and changes.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use serde_json::value::RawValue;

use crate::datamap::{CollectionId, DataMap, Links, LiveKind};
use crate::files::spool::SpoolWriter;
use crate::matching::{Known, People};
use crate::subject::Identifier;

use super::asked::{Part, parts};
use super::collected::{Collected, Reason};
use super::inquiry::Inquiry;
use super::person::Person;
use super::plan::Plan;
use super::progress::Progress;
use super::scan::Scan;

/// The values that a link still has to search for.
#[derive(Debug, Default)]
pub(super) struct Queue {
    seen: HashSet<Box<str>>,
    pub(super) pending: Vec<Box<str>>,
    pub(super) searched: u64,
    /// Of a link of several columns: the values that must stand together.
    pub(super) together: HashSet<Box<str>>,
}

impl Queue {
    /// Puts the first of several values in the queue, for each set of them once.
    pub(super) fn push_joined(&mut self, first: &str, joined: &str, done: bool) {
        if first.trim().is_empty() || !self.together.insert(joined.into()) {
            return;
        }
        if done {
            self.searched += 1;
        } else {
            self.pending.push(first.into());
        }
    }

    /// Puts a value in the queue, once. A blank one is no reference: it would join every row that has none.
    pub(super) fn push(&mut self, value: &str) {
        if !value.trim().is_empty() && self.seen.insert(value.into()) {
            self.pending.push(value.into());
        }
    }

    /// Notes a value that an earlier gather searched for.
    pub(super) fn done(&mut self, value: &str) {
        if !value.trim().is_empty() && self.seen.insert(value.into()) {
            self.searched += 1;
        }
    }
}

/// A gather under way.
pub(super) struct Gather<'a> {
    pub(super) links: Links<'a>,
    pub(super) person: Rc<Person>,
    pub(super) collected: Vec<Collected>,
    pub(super) queues: Vec<Queue>,
    /// The identifiers' prefix of each collection, and the place of its dataset in the map.
    pub(super) prefixes: Vec<String>,
    pub(super) dataset_of: Vec<usize>,
    pub(super) spool: SpoolWriter,
    pub(super) progress: &'a dyn Progress,
    pub(super) total: u64,
    pub(super) inquiry: &'a Inquiry<'a>,
    /// What each collection's read-through has kept for judging, by the collection.
    pub(super) scans: HashMap<CollectionId, Scan>,
    /// How each collection stands to what is asked for.
    pub(super) parts: Vec<Part>,
    /// How many rows were read of each collection that was read through.
    pub(super) read_through: HashMap<CollectionId, u64>,
    /// Collections in which some row has no value in its primary key.
    pub(super) unkeyed: HashSet<CollectionId>,
    /// What stands on records that are certainly theirs.
    pub(super) beside: Vec<Known>,
    /// The names of others, met while tables were read.
    pub(super) people: People,
    /// Confirmed identifiers that the gather this one goes on from did not know.
    pub(super) fresh: Vec<Identifier>,
    /// Rows found in each source, by its place among the sources.
    pub(super) taken: HashMap<usize, u64>,
}

impl<'a> Gather<'a> {
    /// How a collection stands to what is asked for.
    pub(super) fn part(&self, id: CollectionId) -> Part {
        self.parts.get(id).copied().unwrap_or(Part::Wanted)
    }

    pub(super) fn new(
        inquiry: &'a Inquiry<'a>,
        person: Person,
        spool: SpoolWriter,
        progress: &'a dyn Progress,
    ) -> Self {
        let map: &'a DataMap = inquiry.map;
        let links = Links::of(map);
        Self {
            prefixes: prefixes(&links),
            dataset_of: map
                .datasets
                .iter()
                .enumerate()
                .flat_map(|(at, d)| d.collections.iter().map(move |_| at))
                .collect(),
            parts: parts(inquiry.asked, &links),
            queues: links.links.iter().map(|_| Queue::default()).collect(),
            collected: Vec::new(),
            links,
            person: Rc::new(person),
            spool,
            progress,
            total: 0,
            inquiry,
            scans: HashMap::new(),
            read_through: HashMap::new(),
            unkeyed: HashSet::new(),
            beside: Vec::new(),
            people: People::default(),
            fresh: Vec::new(),
            taken: HashMap::new(),
        }
    }

    /// Puts the row's references in the queues, unless the row is held or the reference is the one that it came by.
    /// `kept` says that an earlier gather has already searched for what this row leads to.
    pub(super) fn follow_from<'k>(
        &mut self,
        id: CollectionId,
        at: usize,
        plan: &Plan,
        key: impl Fn(usize) -> Option<&'k str>,
        kept: bool,
    ) {
        let Some(found) = self.collected.get(id) else { return };
        let Some(entry) = found.entries.get(at) else { return };
        if found.is_possible_only(entry.set) || found.held(entry).is_some() {
            return;
        }
        for (link_at, key_at) in &plan.leaving {
            let Some(link) = self.links.links.get(*link_at) else { continue };
            let only_back = found.kinds(entry.set).all(|reason| match reason {
                Reason::Link(came_by) => self.links.links.get(*came_by).is_some_and(|by| link.is_return_of(by)),
                Reason::Identity(_) | Reason::Possible(_) | Reason::Confirmed | Reason::Mention => false,
            });
            let target = self.collected.get(link.to);
            let searchable = target.is_some_and(|target| target.plan.is_some());
            let Some(value) = key(*key_at).filter(|_| !only_back && searchable) else { continue };
            let Some(queue) = self.queues.get_mut(*link_at) else { continue };
            let kept = kept && target.is_some_and(|target| target.kept);
            if !link.beside.is_empty() {
                if let Some(joined) = plan.joined(*link_at, &key) {
                    queue.push_joined(value, &joined, kept);
                }
                continue;
            }
            let several = plan.keys.get(*key_at).is_some_and(|column| may_be_several(column.kind));
            for value in if several { each_value(value) } else { vec![Cow::Borrowed(value)] } {
                if kept {
                    queue.done(&value);
                } else {
                    queue.push(&value);
                }
            }
        }
    }
}

/// Whether one value of the column may be the keys of several rows.
fn may_be_several(kind: LiveKind) -> bool {
    matches!(kind, LiveKind::Array | LiveKind::Json)
}

/// The values of a JSON array, as text; the value itself where it is none.
fn each_value(value: &str) -> Vec<Cow<'_, str>> {
    let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(value) else { return vec![Cow::Borrowed(value)] };
    items
        .into_iter()
        .map(RawValue::get)
        .filter(|item| *item != "null")
        .map(|item| serde_json::from_str::<String>(item).map_or(Cow::Borrowed(item), Cow::Owned))
        .collect()
}

/// A collection's name, with its dataset's before it where two datasets have a collection of the name.
fn prefixes(links: &Links<'_>) -> Vec<String> {
    links
        .collections
        .iter()
        .map(|(dataset, collection)| {
            let same = links.collections.iter().filter(|(_, other)| other.name == collection.name).count();
            if same > 1 { format!("{}.{}", dataset.key, collection.name) } else { collection.name.clone() }
        })
        .collect()
}

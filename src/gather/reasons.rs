//! Sets of reasons, kept once each: a hundred thousand rows with the same reasons share one set.

use std::collections::HashMap;

/// A set of reasons, by its number in [`ReasonSets`].
pub(super) type SetId = u32;

/// Every set of reasons that some row has. A reason is its number in the collection's list of searches.
#[derive(Debug, Default)]
pub(super) struct ReasonSets {
    sets: Vec<Vec<u16>>,
    by_set: HashMap<Vec<u16>, SetId>,
}

impl ReasonSets {
    /// The set of these reasons.
    pub(super) fn of(&mut self, mut reasons: Vec<u16>) -> SetId {
        reasons.sort_unstable();
        reasons.dedup();
        if let Some(known) = self.by_set.get(&reasons) {
            return *known;
        }
        let id = SetId::try_from(self.sets.len()).unwrap_or(SetId::MAX);
        self.sets.push(reasons.clone());
        self.by_set.insert(reasons, id);
        id
    }

    /// The set with these reasons added; the same number if it had them all.
    pub(super) fn with(&mut self, set: SetId, more: &[u16]) -> SetId {
        let known = self.get(set);
        if more.iter().all(|reason| known.contains(reason)) {
            return set;
        }
        let joined = known.iter().chain(more).copied().collect();
        self.of(joined)
    }

    /// The reasons of a set, in order.
    pub(super) fn get(&self, set: SetId) -> &[u16] {
        usize::try_from(set).ok().and_then(|at| self.sets.get(at)).map_or(&[], Vec::as_slice)
    }
}

//! Goes on from a finished gather: what it searched to the end is kept, and its rows lead on.

use sha2::{Digest, Sha256};

use crate::base::hex;
use crate::datamap::DataMap;
use crate::subject::Subject;

use super::collected::{BY_REFERENCE, Entry, owner, value};
use super::error::GatherError;
use super::state::Gather;

/// A digest of person and map: a retry must be for the same ones.
pub(super) fn fingerprint(map: &DataMap, subject: &Subject) -> String {
    let mut digest = Sha256::new();
    digest.update(format!("{map:?}").as_bytes());
    digest.update(format!("{subject:?}").as_bytes());
    hex(&digest.finalize())
}

impl Gather<'_> {
    /// Takes over every collection that the previous gather searched to the end.
    pub(super) fn load_previous(&mut self) -> Result<(), GatherError> {
        let Some(previous) = self.spool.previous().cloned() else { return Ok(()) };
        for (id, found) in self.collected.iter_mut().enumerate() {
            // What cannot be reached now is reported as failed now, though it was searched then: a later retry starts it
            // afresh.
            found.kept = previous.was_searched(id) && found.plan.is_some();
        }
        for id in 0..self.collected.len() {
            let Some(found) = self.collected.get_mut(id) else { continue };
            let Some(plan) = found.plan.clone().filter(|_| found.kept) else { continue };
            if let Some(report) = previous.report(id) {
                found.searched = report.searched_for.iter().filter(|s| s.by != BY_REFERENCE).cloned().collect();
            }
            found.bytes = previous.bytes(id);
            previous.each_row(id, &mut |row, mark| {
                let Some(found) = self.collected.get_mut(id) else { return Ok(()) };
                let set = found.sets.of(mark.reasons.clone());
                let owner = owner(&plan, &row.keys, &self.person);
                let review = mark.review.clone().map(|text| found.review_number(text));
                found.entries.push(Entry { placed: row.placed, set, owner, review });
                let at = found.entries.len() - 1;
                found.rows.insert(row.id.as_ref().into(), at);
                self.follow_from(id, at, &plan, |key| value(&row.keys, key), true);
                Ok(())
            })?;
        }
        Ok(())
    }
}

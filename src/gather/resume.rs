//! Goes on from a finished gather: what it searched to the end is kept, and its rows lead on.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::base::hex;
use crate::files::spool::{Held, SpoolError};
use crate::subject::Identifier;

use super::collected::{BY_REFERENCE, Entry, Reason, owner, value};
use super::error::GatherError;
use super::inquiry::{Inquiry, Rulings};
use super::state::Gather;

/// What a gather was for: digests of person and map, and of everything that was confirmed for it. A gather can go on from
/// another for the same person and map for which nothing was confirmed that no longer is; what has been found to be about
/// somebody else since must not have led anywhere.
#[derive(Debug)]
pub(super) struct Fingerprint {
    base: String,
    confirmed: BTreeSet<String>,
    /// Records that were found to be about somebody else.
    not_theirs: BTreeSet<String>,
}

/// Before what was found to be about somebody else.
const NOT: char = '!';

impl Fingerprint {
    pub(super) fn of(inquiry: &Inquiry<'_>) -> Self {
        let mut digest = Sha256::new();
        digest.update(format!("{:?}", inquiry.map).as_bytes());
        digest.update(format!("{:?}", inquiry.subject.get()).as_bytes());
        digest.update(format!("{:?} {:?} {:?}", inquiry.model, inquiry.reach, inquiry.asked).as_bytes());
        let rulings = inquiry.rulings;
        let confirmed =
            rulings.confirmed.iter().map(of_identifier).chain(rulings.theirs.iter().map(|r| short(&["record", r])));
        let not_theirs = rulings.not_theirs.iter().map(|record| short(&["record", record])).collect();
        Self { base: hex(&digest.finalize()), confirmed: confirmed.collect(), not_theirs }
    }

    /// The confirmed identifiers that the gather with the fingerprint `earlier` did not know; none if this one cannot go on
    /// from it.
    pub(super) fn since(&self, earlier: &str, rulings: &Rulings) -> Option<Vec<Identifier>> {
        let mut parts = earlier.split(' ');
        if parts.next() != Some(self.base.as_str()) {
            return None;
        }
        let known: BTreeSet<&str> = parts.filter(|part| !part.starts_with(NOT)).collect();
        if !known.iter().all(|part| self.confirmed.contains(*part)) {
            return None;
        }
        Some(rulings.confirmed.iter().filter(|one| !known.contains(of_identifier(one).as_str())).cloned().collect())
    }
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.base)?;
        self.confirmed.iter().try_for_each(|part| write!(f, " {part}"))?;
        self.not_theirs.iter().try_for_each(|part| write!(f, " {NOT}{part}"))
    }
}

fn of_identifier(identifier: &Identifier) -> String {
    short(&[identifier.kind.as_str(), &identifier.normal()])
}

fn short(parts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    hex(digest.finalize().get(..12).unwrap_or_default())
}

impl Gather<'_> {
    /// Takes over every collection that the previous gather searched to the end.
    pub(super) fn load_previous(&mut self) -> Result<(), GatherError> {
        let Some(previous) = self.spool.previous().cloned() else { return Ok(()) };
        let not_theirs = &self.inquiry.rulings.not_theirs;
        if !not_theirs.is_empty() {
            let mut led_on = false;
            for id in 0..self.collected.len() {
                previous.each_row(id, &mut |row, mark| {
                    let followed = mark.possible.is_none() && mark.held.is_none();
                    led_on |= followed && not_theirs.contains(row.id.as_ref());
                    Ok(())
                })?;
            }
            if led_on {
                // What only it led to is no longer reached.
                return Err(SpoolError::Foreign.into());
            }
        }
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
                let rulings = self.inquiry.rulings;
                let confirmed = found.reason(&Reason::Confirmed);
                let mut reasons: Vec<u16> =
                    mark.reasons.iter().copied().filter(|reason| Some(*reason) != confirmed).collect();
                if rulings.theirs.contains(row.id.as_ref()) {
                    reasons.extend(confirmed);
                }
                let doubt =
                    if rulings.not_theirs.contains(row.id.as_ref()) { Some(Held::NotTheirs) } else { mark.doubt };
                let entry = Entry {
                    placed: row.placed,
                    set: found.sets.of(reasons),
                    owner: owner(&plan, &row.keys, &self.person),
                    review: mark.review.clone().map(|text| found.review_number(text)),
                    doubt,
                    unasked: mark.unasked,
                    candidate: mark.candidate.clone().map(|candidate| found.candidate_number(candidate)),
                    third_parties: found.third_parties_number(mark.third_parties.clone()),
                };
                found.entries.push(entry);
                let at = found.entries.len() - 1;
                found.rows.insert(row.id.as_ref().into(), at);
                // What it leads to was searched for only if it led anywhere then.
                let followed = mark.possible.is_none() && mark.held.is_none();
                self.follow_from(id, at, &plan, |key| value(&row.keys, key), followed);
                Ok(())
            })?;
        }
        Ok(())
    }
}

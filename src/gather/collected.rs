//! What has been found so far in one collection. The rows themselves are in the spool; here is what decides about
//! them: identity, reasons, owner.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::bundle::SearchedFor;
use crate::files::spool::{Candidate, Held, Placed};
use crate::subject::IdentifierKind;

use super::person::Person;
use super::plan::Plan;
use super::reasons::{ReasonSets, SetId};

/// How a search along a reference is called.
pub(super) const BY_REFERENCE: &str = "reference";

/// Why a row is in the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reason {
    /// A verified identifier stands in it.
    Identity(IdentifierKind),
    /// This agrees, or is an address or number that was given and not shown to be theirs: it only might be the person's.
    Possible(IdentifierKind),
    /// A reference leads to it: the link of the map by number.
    Link(usize),
    /// A caseworker looked and confirmed that it is theirs.
    Confirmed,
    /// The person is mentioned in what somebody wrote.
    Mention,
}

/// Whose row it is, by its owner columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Owner {
    /// The map names no owner column.
    Undeclared,
    /// One of them is the person.
    Theirs,
    /// Somebody stands there, and not the person.
    Other,
    /// Nobody stands there.
    Blank,
}

impl Owner {
    /// Somebody stands there, and not the person.
    pub(super) fn is_somebody_else(self) -> bool {
        self == Self::Other
    }
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) placed: Placed,
    pub(super) set: SetId,
    pub(super) owner: Owner,
    /// What a person must look at first: a number in [`Collected::reviews`].
    pub(super) review: Option<usize>,
    /// Why it is doubted although an identifier found it, or that a caseworker found it not to be theirs.
    pub(super) doubt: Option<Held>,
    /// Why it is not asked for.
    pub(super) unasked: Option<Held>,
    /// What a caseworker is shown to decide: a number in [`Collected::candidates`].
    pub(super) candidate: Option<usize>,
    /// Whom else it concerns: a number in [`Collected::third_parties`].
    pub(super) third_parties: Option<usize>,
}

/// What has been found so far in one collection.
#[derive(Debug, Default)]
pub(super) struct Collected {
    /// How it is searched; none where it is not.
    pub(super) plan: Option<Plan>,
    /// Every reason that a row of it can have, numbered.
    pub(super) reasons: Vec<Reason>,
    pub(super) sets: ReasonSets,
    /// Every row by its identifier.
    pub(super) rows: HashMap<Box<str>, usize>,
    pub(super) entries: Vec<Entry>,
    pub(super) reviews: Vec<String>,
    pub(super) candidates: Vec<Candidate>,
    pub(super) third_parties: Vec<Vec<String>>,
    /// What must be said of the search beside its result.
    pub(super) notices: Vec<String>,
    /// Why its own search failed.
    pub(super) problem: Option<String>,
    /// Rows with bytes that are no text.
    pub(super) broken: u64,
    /// Rows whose key is like one that was searched for and not the same text; not taken.
    pub(super) alike: u64,
    /// Bytes of the records' fields.
    pub(super) bytes: u64,
    pub(super) searched: Vec<SearchedFor>,
    /// An earlier gather searched it to the end.
    pub(super) kept: bool,
}

impl Collected {
    /// The number of a reason.
    pub(super) fn reason(&self, reason: &Reason) -> Option<u16> {
        self.reasons.iter().position(|known| known == reason).and_then(|at| u16::try_from(at).ok())
    }

    /// True if nothing but agreeing particulars or a mention speaks for the row.
    pub(super) fn is_possible_only(&self, set: SetId) -> bool {
        self.kinds(set).all(|reason| matches!(reason, Reason::Possible(_) | Reason::Mention))
    }

    /// Why the row is held, though reached.
    pub(super) fn held(&self, entry: &Entry) -> Option<Held> {
        if entry.doubt == Some(Held::NotTheirs) {
            return entry.doubt;
        }
        if self.kinds(entry.set).any(|reason| *reason == Reason::Confirmed) {
            return None;
        }
        if self.is_possible_only(entry.set) {
            // That it only might be theirs already holds it; the owner column is what it might be another writing of. But
            // nobody's leave frees a row of somebody else that only speaks of them.
            let mentioned = self.kinds(entry.set).all(|reason| *reason == Reason::Mention);
            return mentioned.then_some(Held::Mentioned);
        }
        match entry.owner {
            Owner::Undeclared | Owner::Theirs => entry.doubt,
            Owner::Other => Some(Held::SomebodyElse),
            Owner::Blank => {
                let by_identity = self.kinds(entry.set).any(|reason| matches!(reason, Reason::Identity(_)));
                if by_identity { entry.doubt } else { Some(Held::OwnerUnknown) }
            }
        }
    }

    /// The reasons of a set.
    pub(super) fn kinds(&self, set: SetId) -> impl Iterator<Item = &Reason> {
        self.sets.get(set).iter().filter_map(|number| self.reasons.get(usize::from(*number)))
    }

    /// The number of a text about what must be looked at.
    pub(super) fn review_number(&mut self, text: String) -> usize {
        self.reviews.iter().position(|known| *known == text).unwrap_or_else(|| {
            self.reviews.push(text);
            self.reviews.len() - 1
        })
    }

    /// The number of a list of words about third parties; none for an empty one.
    pub(super) fn third_parties_number(&mut self, list: Vec<String>) -> Option<usize> {
        if list.is_empty() {
            return None;
        }
        Some(self.third_parties.iter().position(|known| *known == list).unwrap_or_else(|| {
            self.third_parties.push(list);
            self.third_parties.len() - 1
        }))
    }

    /// The number of what a caseworker is shown about one row.
    pub(super) fn candidate_number(&mut self, candidate: Candidate) -> usize {
        self.candidates.push(candidate);
        self.candidates.len() - 1
    }
}

/// Whose row it is.
pub(super) fn owner(plan: &Plan, keys: &[Option<Cow<'_, str>>], person: &Person) -> Owner {
    if plan.owners.is_empty() {
        return Owner::Undeclared;
    }
    let mut verdict = Owner::Blank;
    for (kind, key) in &plan.owners {
        match value(keys, *key).filter(|text| !text.trim().is_empty()) {
            Some(text) if person.is_theirs(*kind, text) => return Owner::Theirs,
            Some(_) => verdict = Owner::Other,
            None => {}
        }
    }
    verdict
}

/// What in the row a person must look at before it is disclosed, in words. A field that is blank needs no look, nor
/// one that holds the person's own e-mail address or telephone number (who made a booking, when they made it).
pub(super) fn review(
    plan: &Plan,
    whole: bool,
    fields: &str,
    keys: &[Option<Cow<'_, str>>],
    person: &Person,
) -> Option<String> {
    if whole {
        return Some("held for review: a person looks at every record of this collection first".into());
    }
    if plan.review_fields.is_empty() {
        return None;
    }
    let read: HashMap<Cow<'_, str>, &RawValue> = serde_json::from_str(fields).ok()?;
    let filled = |name: &str| {
        read.get(name).is_some_and(|raw| match raw.get() {
            "null" => false,
            text => serde_json::from_str::<Cow<'_, str>>(text).map_or(true, |text| !text.trim().is_empty()),
        })
    };
    let own = |name: &str| {
        let column = plan.column(name);
        plan.particulars.iter().any(|(kind, key)| {
            matches!(kind, IdentifierKind::Email | IdentifierKind::Phone)
                && plan.keys.get(*key) == column
                && value(keys, *key).is_some_and(|text| person.is_theirs(*kind, text))
        })
    };
    let labels: Vec<String> = plan
        .review_fields
        .iter()
        .filter(|(name, _)| filled(name) && !own(name))
        .map(|(_, label)| format!("\u{201c}{label}\u{201d}"))
        .collect();
    (!labels.is_empty()).then(|| format!("held for review: a person looks at {} first", labels.join(", ")))
}

/// The value of the key at `at`.
pub(super) fn value<'k>(keys: &'k [Option<Cow<'_, str>>], at: usize) -> Option<&'k str> {
    keys.get(at).and_then(|key| key.as_deref())
}

/// Counts equal rows within one search, for tables without a primary key.
#[derive(Debug, Default)]
pub(super) struct Copies(HashMap<String, u64>);

/// A row's identifier, `prefix/` and its primary key. Where the table has none (or a part of it is NULL), a digest of
/// all that was read of the row stands in, and how many equal rows came before it in the same search: a search finds
/// all of them or none, so the second copy in one search is the second copy in another.
pub(super) fn identifier(
    prefix: &str,
    plan: &Plan,
    keys: &[Option<Cow<'_, str>>],
    fields: &str,
    copies: &mut Copies,
) -> String {
    let joined = |columns: &[usize]| -> Option<String> {
        let parts: Option<Vec<String>> = columns.iter().map(|at| value(keys, *at).map(escaped)).collect();
        parts.filter(|parts| !parts.is_empty()).map(|parts| parts.join(","))
    };
    if let Some(key) = joined(&plan.identity) {
        return format!("{prefix}/{key}");
    }
    let mut digest = Sha256::new();
    digest.update(fields.as_bytes());
    for key in keys {
        // The length keeps two neighbouring keys from running into each other; NULL has none.
        let text = key.as_deref();
        digest.update(text.map_or(u64::MAX, |t| crate::base::u64_from(t.len())).to_le_bytes());
        digest.update(text.unwrap_or_default().as_bytes());
    }
    let digest = digest.finalize();
    let short = crate::base::hex(digest.get(..8).unwrap_or_default());
    let mut id = match joined(&plan.mapped_key) {
        Some(key) => format!("{prefix}/{key}~{short}"),
        None => format!("{prefix}/~{short}"),
    };
    let copy = copies.0.entry(id.clone()).or_default();
    *copy += 1;
    if *copy > 1 {
        id.push_str(&format!("-{copy}"));
    }
    id
}

/// A part of a key within an identifier.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace(',', "%2C").replace('/', "%2F").replace('~', "%7E")
}

//! Facts about a clock as they were recorded: never edited, only corrected by a later fact, so that the program
//! can say what it believed at any past moment.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::answer::Facts;
use super::event::{Event, EventKind};
use super::regime::Regime;
use super::right::Right;
use crate::base::Moment;
use crate::calendar::Division;

crate::base::id!(FactId, "a recorded fact about a clock");

/// What a fact states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum FactKind {
    /// The request arrived.
    Received,
    /// Something happened to its clock.
    Event(EventKind),
    /// What the corrected fact states did not happen; its own date is without meaning.
    Withdrawn,
}

/// The text names no kind of fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write the fact as received, withdrawn or the name of an event, such as id_received")]
pub struct UnknownFactKind;

/// One recorded fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Names it, so that a later one can correct it.
    pub id: FactId,
    /// What it states.
    pub kind: FactKind,
    /// When it happened: the date on which the letter arrived, not the date on which it was logged.
    pub happened_on: NaiveDate,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// The earlier fact that this one replaces.
    pub corrects: Option<FactId>,
}

/// What was known at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownFacts {
    /// When the request arrived; the earliest date if several are recorded, since receipt by anybody in the
    /// organisation is receipt.
    pub received_on: Option<NaiveDate>,
    /// What happened since, by date and kind.
    pub events: Vec<Event>,
}

impl KnownFacts {
    /// These facts as the input of a computation; `None` as long as no receipt is known.
    #[must_use]
    pub fn under(self, right: Right, regime: Regime, division: Division) -> Option<Facts> {
        let received_on = self.received_on?;
        Some(Facts { right, regime, division, received_on, events: self.events })
    }
}

/// The facts that stood at `moment`: those recorded by then, each replaced by its latest correction.
///
/// A fact and all its corrections (and their corrections) are one line, in which only the last recorded counts;
/// if that is [`FactKind::Withdrawn`], the line states nothing. A correction of a fact that is not among `facts`
/// stands for itself. The order of `facts` is irrelevant.
#[must_use]
pub fn facts_as_known_at(facts: &[Fact], moment: Moment) -> KnownFacts {
    let mut received_on = None;
    let mut events = Vec::new();
    for fact in standing_at(facts, moment) {
        match fact.kind {
            FactKind::Received => {
                received_on = Some(received_on.map_or(fact.happened_on, |on: NaiveDate| on.min(fact.happened_on)));
            }
            FactKind::Event(kind) => events.push(Event { kind, happened_on: fact.happened_on }),
            FactKind::Withdrawn => {}
        }
    }
    events.sort_by_key(|event| (event.happened_on, event.kind));
    KnownFacts { received_on, events }
}

/// The last recorded fact of each line at `moment`, withdrawals among them.
#[must_use]
pub fn standing_at(facts: &[Fact], moment: Moment) -> Vec<&Fact> {
    let corrects: BTreeMap<FactId, FactId> =
        facts.iter().filter_map(|fact| fact.corrects.map(|earlier| (fact.id, earlier))).collect();
    let mut standing: BTreeMap<FactId, &Fact> = BTreeMap::new();
    for fact in facts.iter().filter(|fact| fact.recorded_at <= moment) {
        let last = standing.entry(first_of_line(fact.id, &corrects)).or_insert(fact);
        if (fact.recorded_at, fact.id) > (last.recorded_at, last.id) {
            *last = fact;
        }
    }
    standing.into_values().collect()
}

/// Follows the corrections back to the fact that began the line. Facts that correct each other in a circle, which
/// no store should hold, are taken as the line of the smallest identifier among them.
fn first_of_line(id: FactId, corrects: &BTreeMap<FactId, FactId>) -> FactId {
    let mut seen = BTreeSet::from([id]);
    let mut first = id;
    while let Some(earlier) = corrects.get(&first) {
        if !seen.insert(*earlier) {
            return seen.first().copied().unwrap_or(first);
        }
        first = *earlier;
    }
    first
}

impl FactKind {
    /// The word used in the API and in stored rows.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Event(kind) => kind.as_str(),
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl std::fmt::Display for FactKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for FactKind {
    type Err = UnknownFactKind;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "received" => Ok(Self::Received),
            "withdrawn" => Ok(Self::Withdrawn),
            event => event.parse().map(Self::Event).map_err(|_| UnknownFactKind),
        }
    }
}

impl From<FactKind> for String {
    fn from(kind: FactKind) -> Self {
        kind.as_str().to_owned()
    }
}

impl TryFrom<String> for FactKind {
    type Error = UnknownFactKind;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(kind: FactKind, happened_on: &str, recorded_at: &str, corrects: Option<&Fact>) -> Fact {
        Fact {
            id: FactId::new(),
            kind,
            happened_on: happened_on.parse().unwrap(),
            recorded_at: recorded_at.parse().unwrap(),
            corrects: corrects.map(|earlier| earlier.id),
        }
    }

    fn known(facts: &[Fact], at: &str) -> (Option<String>, Vec<String>) {
        let known = facts_as_known_at(facts, at.parse().unwrap());
        let events = known.events.iter().map(|e| format!("{} {}", e.kind, e.happened_on)).collect();
        (known.received_on.map(|on| on.to_string()), events)
    }

    #[test]
    fn what_was_believed_is_replayed_through_a_correction_and_a_withdrawal() {
        let received = fact(FactKind::Received, "2026-06-01", "2026-06-03T09:00:00Z", None);
        let letter = fact(FactKind::Event(EventKind::IdReceived), "2026-06-12", "2026-06-15T08:00:00Z", None);
        // Logged on Monday with Monday's date, put right to Friday on Tuesday; and the receipt put right too.
        let right = fact(FactKind::Event(EventKind::IdReceived), "2026-06-10", "2026-06-16T08:00:00Z", Some(&letter));
        let earlier = fact(FactKind::Received, "2026-05-29", "2026-06-17T08:00:00Z", Some(&received));
        let gone = fact(FactKind::Withdrawn, "2026-06-18", "2026-06-18T08:00:00Z", Some(&right));
        let facts = [gone, earlier, right, letter, received];

        assert_eq!(known(&facts, "2026-06-02T00:00:00Z"), (None, vec![]));
        assert_eq!(known(&facts, "2026-06-03T09:00:00Z"), (Some("2026-06-01".into()), vec![]));
        let believed = known(&facts, "2026-06-15T12:00:00Z");
        assert_eq!(believed, (Some("2026-06-01".into()), vec!["id_received 2026-06-12".into()]));
        let believed = known(&facts, "2026-06-17T12:00:00Z");
        assert_eq!(believed, (Some("2026-05-29".into()), vec!["id_received 2026-06-10".into()]));
        assert_eq!(known(&facts, "2026-07-01T00:00:00Z"), (Some("2026-05-29".into()), vec![]));
    }

    #[test]
    fn of_two_corrections_of_one_fact_the_later_counts_once() {
        let first = fact(FactKind::Event(EventKind::FeePaid), "2026-06-01", "2026-06-01T09:00:00Z", None);
        let second = fact(FactKind::Event(EventKind::FeePaid), "2026-06-02", "2026-06-02T09:00:00Z", Some(&first));
        let third = fact(FactKind::Event(EventKind::FeePaid), "2026-06-03", "2026-06-03T09:00:00Z", Some(&first));
        let facts = [third, first, second];
        assert_eq!(known(&facts, "2026-06-04T00:00:00Z").1, ["fee_paid 2026-06-03"]);
    }

    #[test]
    fn facts_that_correct_each_other_end_as_one_line() {
        let mut first = fact(FactKind::Event(EventKind::FeePaid), "2026-06-01", "2026-06-01T09:00:00Z", None);
        let second = fact(FactKind::Event(EventKind::FeePaid), "2026-06-02", "2026-06-02T09:00:00Z", Some(&first));
        first.corrects = Some(second.id);
        assert_eq!(known(&[first, second], "2026-06-04T00:00:00Z").1, ["fee_paid 2026-06-02"]);
    }

    #[test]
    fn a_kind_of_fact_is_one_word() {
        for text in ["received", "withdrawn", "id_received"] {
            let kind: FactKind = text.parse().unwrap();
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{text}\""));
        }
        assert!(serde_json::from_str::<FactKind>("\"posted\"").is_err());
    }
}

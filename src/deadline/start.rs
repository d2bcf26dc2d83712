//! What starts the clock: the latest of the request, proof of identity, proof of authority and a fee. These reset
//! the start; they are not pauses (UK GDPR Art. 12A(2)).

use chrono::NaiveDate;

use super::answer::{Facts, Step, StepKind};
use super::event::EventKind;
use super::law::Law;
use super::words::plain_date;

/// Something that the clock can wait for before it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Condition {
    Identity,
    Authority,
    Fee,
}

/// When the clock starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// At this relevant time.
    At(NaiveDate),
    /// Something asked for is outstanding.
    Waiting,
}

impl Condition {
    const ALL: [Self; 3] = [Self::Identity, Self::Authority, Self::Fee];

    fn asked(self) -> EventKind {
        match self {
            Self::Identity => EventKind::IdRequested,
            Self::Authority => EventKind::AuthorityRequested,
            Self::Fee => EventKind::FeeRequested,
        }
    }

    fn met(self) -> EventKind {
        match self {
            Self::Identity => EventKind::IdReceived,
            Self::Authority => EventKind::AuthorityReceived,
            Self::Fee => EventKind::FeePaid,
        }
    }

    fn steps(self) -> (StepKind, StepKind) {
        match self {
            Self::Identity => (StepKind::IdentityRequested, StepKind::IdentityReceived),
            Self::Authority => (StepKind::AuthorityRequested, StepKind::AuthorityReceived),
            Self::Fee => (StepKind::FeeRequested, StepKind::FeePaid),
        }
    }

    fn rule(self, law: Law) -> &'static str {
        match self {
            Self::Identity => law.identity(),
            Self::Authority => {
                "ICO guidance on the right of access lists proof of authority; the statute names identity only"
            }
            Self::Fee => law.fee(),
        }
    }

    fn asked_words(self) -> &'static str {
        match self {
            Self::Identity => "We asked you for proof of who you are",
            Self::Authority => "We asked you for proof that you may act for the person",
            Self::Fee => "We asked you to pay a fee",
        }
    }

    fn met_words(self) -> &'static str {
        match self {
            Self::Identity => "We got the proof of who you are",
            Self::Authority => "We got the proof that you may act for the person",
            Self::Fee => "You paid the fee",
        }
    }

    fn waiting_words(self) -> &'static str {
        match self {
            Self::Identity => "We are waiting for proof of who you are.",
            Self::Authority => "We are waiting for proof that you may act for the person.",
            Self::Fee => "We are waiting for the fee.",
        }
    }
}

fn on_days(facts: &Facts, kind: EventKind) -> impl Iterator<Item = NaiveDate> {
    facts.events.iter().filter(move |event| event.kind == kind).map(|event| event.happened_on)
}

/// On which day we asked for proof of identity or authority that is still outstanding; the latest, if for both.
#[must_use]
pub fn proof_asked_on(facts: &Facts) -> Option<NaiveDate> {
    [Condition::Identity, Condition::Authority]
        .into_iter()
        .filter(|condition| outstanding(facts, *condition))
        .filter_map(|condition| on_days(facts, condition.asked()).max())
        .max()
}

/// What the clock waits for before it starts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Proof of who the person is was asked for, and is outstanding.
    pub identity: bool,
    /// Proof of authority to act for the person is.
    pub authority: bool,
    /// The fee is.
    pub fee: bool,
}

/// What was asked for and is outstanding.
#[must_use]
pub fn waiting_for(facts: &Facts) -> Waiting {
    Waiting {
        identity: outstanding(facts, Condition::Identity),
        authority: outstanding(facts, Condition::Authority),
        fee: outstanding(facts, Condition::Fee),
    }
}

/// On which day we asked the latest question that may still wait for its answer.
#[must_use]
pub fn question_asked_on(facts: &Facts) -> Option<NaiveDate> {
    on_days(facts, EventKind::ClarificationRequested).max()
}

/// Whether something is outstanding: it was never met, or asked for again after it was last met.
fn outstanding(facts: &Facts, condition: Condition) -> bool {
    let asked = on_days(facts, condition.asked()).max();
    let met = on_days(facts, condition.met()).max();
    asked > met
}

/// The relevant time.
pub(super) fn start(facts: &Facts) -> Start {
    if Condition::ALL.into_iter().any(|condition| outstanding(facts, condition)) {
        return Start::Waiting;
    }
    let met = Condition::ALL.into_iter().filter_map(|condition| on_days(facts, condition.met()).max());
    Start::At(met.fold(facts.received_on, NaiveDate::max))
}

/// The days on which something was asked for, in order.
pub(super) fn asked_on(facts: &Facts) -> Vec<NaiveDate> {
    let mut days: Vec<_> = Condition::ALL.into_iter().flat_map(|condition| on_days(facts, condition.asked())).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// Shows what was asked for and what arrived.
pub(super) fn show(facts: &Facts, law: Law, working: &mut Vec<Step>) {
    for condition in Condition::ALL {
        let (asked_step, met_step) = condition.steps();
        let rule = condition.rule(law);
        let mut asked: Vec<_> = on_days(facts, condition.asked()).collect();
        asked.sort_unstable();
        for day in &asked {
            let plain = format!("{} on {}.", condition.asked_words(), plain_date(*day));
            working.push(Step { step: asked_step, date: Some(*day), rule, plain });
        }
        if let Some(day) = on_days(facts, condition.met()).max() {
            let came = format!("{} on {}", condition.met_words(), plain_date(day));
            let plain = if day <= facts.received_on {
                format!("{came}, no later than the request itself, so it does not change the start.")
            } else if asked.is_empty() {
                format!("{came}. The record does not say when it was asked for.")
            } else {
                format!("{came}.")
            };
            working.push(Step { step: met_step, date: Some(day), rule, plain });
        }
        if outstanding(facts, condition) {
            let plain = format!(
                "{} The time for our answer has not started, so there is no due date yet.",
                condition.waiting_words()
            );
            working.push(Step { step: StepKind::NotStarted, date: None, rule, plain });
        }
    }
}

//! The statutory clock against published and own vectors, against an independent day-walking reference, by its
//! properties, and through the command.

mod command;
mod effects;
mod properties;
pub mod reference;
mod vectors;

use chrono::NaiveDate;
use rightsdesk::calendar::{Division, Holidays};
use rightsdesk::deadline::{Deadline, Event, EventKind, Facts, Regime, Right, compute};

use reference::{Case, Page, Verdict};

pub const HOLIDAYS: &str = include_str!("../../assets/law/bank-holidays.json");

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn access(received: &str, events: &[(EventKind, &str)]) -> Facts {
    Facts {
        right: Right::Access,
        regime: Regime::UkGdpr,
        division: Division::EnglandAndWales,
        received_on: day(received),
        events: events.iter().map(|(kind, on)| Event { kind: *kind, happened_on: day(on) }).collect(),
    }
}

fn computed(facts: &Facts) -> Deadline {
    compute(facts, &Holidays::embedded()).unwrap()
}

fn case(facts: &Facts) -> Case {
    Case {
        right: facts.right.to_string(),
        regime: facts.regime.to_string(),
        division: facts.division.to_string(),
        received: Page::read(&facts.received_on.to_string()),
        events: facts.events.iter().map(|e| (e.kind.to_string(), Page::read(&e.happened_on.to_string()))).collect(),
    }
}

fn verdict(deadline: &Deadline) -> Verdict {
    let iso = |date: Option<NaiveDate>| date.map(|d| d.to_string());
    Verdict {
        state: deadline.state.as_str(),
        due: iso(deadline.due),
        latest: iso(deadline.statutory_latest),
        notice: iso(deadline.extension_notice_by),
    }
}

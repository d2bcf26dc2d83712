//! The controller's own target, earlier than the statutory date.

use chrono::NaiveDate;

use super::answer::Deadline;
use crate::calendar::{add_days, add_months};

/// The internal target: `days` after the relevant time, moved by the days that do not count and by the two months of an
/// extension as the statutory date is, and never after it. None where the clock has no date, or if `days` is 0.
#[must_use]
pub fn internal_target(deadline: &Deadline, days: u32) -> Option<NaiveDate> {
    let (due, relevant_on) = (deadline.due?, deadline.relevant_on?);
    if days == 0 {
        return None;
    }
    let months = if deadline.extended_on.is_some() { 2 } else { 0 };
    let target = add_days(add_months(relevant_on, months)?, u64::from(days).saturating_add(deadline.pause_days))?;
    Some(target.min(due))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Division, Holidays};
    use crate::deadline::{Event, EventKind, Facts, Regime, Right, compute};

    #[test]
    fn the_target_moves_with_the_clock_and_never_passes_it() {
        use EventKind::{ClarificationReceived, ClarificationRequested, ExtensionNotified, IdReceived, IdRequested};
        for (events, days, target) in [
            (vec![], 21, Some("2026-12-14")),
            (vec![], 0, None),
            (vec![], 60, Some("2026-12-23")),
            (vec![(IdRequested, "2026-11-24"), (IdReceived, "2026-11-30")], 21, Some("2026-12-21")),
            (vec![(IdRequested, "2026-11-24")], 21, None),
            (
                vec![(ClarificationRequested, "2026-11-25"), (ClarificationReceived, "2026-11-28")],
                21,
                Some("2026-12-17"),
            ),
            (vec![(ExtensionNotified, "2026-12-01")], 21, Some("2027-02-13")),
        ] {
            let events: Vec<Event> =
                events.into_iter().map(|(kind, on)| Event { kind, happened_on: on.parse().unwrap() }).collect();
            let facts = Facts {
                right: Right::Access,
                regime: Regime::UkGdpr,
                division: Division::EnglandAndWales,
                received_on: "2026-11-23".parse().unwrap(),
                events: events.clone(),
            };
            let deadline = compute(&facts, &Holidays::embedded()).unwrap();
            let expected: Option<NaiveDate> = target.map(|text| text.parse().unwrap());
            assert_eq!(internal_target(&deadline, days), expected, "{events:?} {days}");
        }
    }
}

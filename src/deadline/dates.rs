//! The dates of [`compute`](super::compute::compute) without the working, for whoever counts a million cases: the same
//! steps, no sentences. A property test holds the two together.

use chrono::NaiveDate;

use super::answer::{DeadlineError, Facts, State};
use super::compute::{COMPLAINT_DAYS, missed};
use super::law::Clock;
use super::start::{self, Start};
use super::timeline::{self, Effect, period_end};
use crate::calendar::{Holidays, add_days};

/// The dates of a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dates {
    /// The last day to answer.
    pub due: Option<NaiveDate>,
    /// The last day on the literal reading of Art. 12A(5)(b).
    pub statutory_latest: Option<NaiveDate>,
    /// Whether the clock runs.
    pub state: State,
    /// The relevant time.
    pub relevant_on: Option<NaiveDate>,
    /// When an extension was notified in time.
    pub extended_on: Option<NaiveDate>,
    /// The days that do not count.
    pub pause_days: u64,
    /// A due date that had passed when proof or a fee was first asked for.
    pub missed_on: Option<NaiveDate>,
    /// A notice of extension that came too late to count.
    pub late_notice_on: Option<NaiveDate>,
    /// A question that was asked too late to count.
    pub late_question_on: Option<NaiveDate>,
}

impl Dates {
    fn none(state: State) -> Self {
        Self {
            due: None,
            statutory_latest: None,
            state,
            relevant_on: None,
            extended_on: None,
            pause_days: 0,
            missed_on: None,
            late_notice_on: None,
            late_question_on: None,
        }
    }
}

/// The dates that [`compute`](super::compute::compute) gives for the same facts and holidays.
///
/// # Errors
/// As there.
pub fn dates(facts: &Facts, holidays: &Holidays) -> Result<Dates, DeadlineError> {
    timeline::check_size(facts)?;
    let law = match Clock::of(facts) {
        Clock::Nothing(_) => return Ok(Dates::none(State::NoStatutoryDeadline)),
        Clock::Complaint => {
            let raw = add_days(facts.received_on, COMPLAINT_DAYS).ok_or(DeadlineError::DateOutOfRange)?;
            let due = Some(holidays.roll_forward(facts.division, raw)?);
            let relevant_on = Some(facts.received_on);
            return Ok(Dates { due, statutory_latest: due, relevant_on, ..Dates::none(State::Running) });
        }
        Clock::Month(law) => law,
    };
    let missed_on = missed(facts, law, holidays)?;
    let Start::At(relevant_on) = start::start(facts) else {
        return Ok(Dates { missed_on, ..Dates::none(State::NotStarted) });
    };
    let line = timeline::follow(facts, law, relevant_on, holidays)?;
    let first = |wanted: fn(Effect) -> bool| line.moves.iter().find(|moved| wanted(moved.effect)).map(|m| m.on);
    let mut dates = Dates {
        relevant_on: Some(relevant_on),
        extended_on: line.extended_on,
        pause_days: line.days,
        missed_on,
        late_notice_on: first(|effect| matches!(effect, Effect::NoticeTooLate { .. })),
        late_question_on: first(|effect| matches!(effect, Effect::QuestionTooLate { .. })),
        ..Dates::none(State::Paused)
    };
    if line.paused_since.is_some() {
        return Ok(dates);
    }
    dates.state = State::Running;
    let end = |days| -> Result<NaiveDate, DeadlineError> {
        Ok(holidays.roll_forward(facts.division, period_end(relevant_on, line.months(), days)?)?)
    };
    dates.due = Some(end(line.days)?);
    dates.statutory_latest =
        Some(if line.literal_days == line.days { end(line.days)? } else { end(line.literal_days)? });
    if law.extends() {
        // The last day for a notice is worked out only to be refused where the whole computation would be.
        holidays.roll_forward(facts.division, period_end(relevant_on, 1, line.first_month_days)?)?;
    }
    Ok(dates)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::Division;
    use crate::deadline::{Event, EventKind, Regime, Right, compute};

    fn any_facts() -> impl Strategy<Value = Facts> {
        let event = (0_usize..EventKind::ALL.len(), -5_i64..140);
        (0_usize..Right::ALL.len(), 0_usize..3, 0_i64..1_500, proptest::collection::vec(event, 0..6)).prop_map(
            |(right, regime, received, events)| {
                let received_on: NaiveDate = "2025-01-01".parse().unwrap();
                let received_on = received_on + chrono::TimeDelta::days(received);
                Facts {
                    right: Right::ALL[right],
                    regime: [Regime::UkGdpr, Regime::UkGdprPreDuaa, Regime::Dpa2018Part3][regime],
                    division: Division::EnglandAndWales,
                    received_on,
                    events: events
                        .into_iter()
                        .map(|(kind, after)| Event {
                            kind: EventKind::ALL[kind],
                            happened_on: received_on + chrono::TimeDelta::days(after),
                        })
                        .collect(),
                }
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]
        #[test]
        fn the_dates_are_those_of_the_whole_computation(facts in any_facts()) {
            let holidays = Holidays::embedded();
            match (dates(&facts, &holidays), compute(&facts, &holidays)) {
                (Ok(dates), Ok(whole)) => prop_assert_eq!(
                    (dates.due, dates.statutory_latest, dates.state, dates.relevant_on, dates.extended_on,
                     dates.pause_days, dates.missed_on),
                    (whole.due, whole.statutory_latest, whole.state, whole.relevant_on, whole.extended_on,
                     whole.pause_days, whole.missed_on)
                ),
                (dates, whole) => prop_assert_eq!(dates.is_err(), whole.is_err()),
            }
        }
    }
}

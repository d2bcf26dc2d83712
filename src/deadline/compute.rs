//! From facts to the due date.
//!
//! The order matters and is where other tools go wrong: clamp the month first, then add the days that do not
//! count, then pass over weekend and bank holidays once, last.

use chrono::{Datelike, NaiveDate};

use super::answer::{Deadline, DeadlineError, Facts, State, Step, StepKind};
use super::law::{Clock, Law, Nothing};
use super::narrate;
use super::start::{self, Start};
use super::timeline::{self, Timeline, period_end};
use super::words::{days, long_date, month, ordinal, plain_date};
use crate::calendar::{Holidays, add_days};

/// Days to acknowledge a complaint (DPA 2018 s.164A(3)).
pub(super) const COMPLAINT_DAYS: u64 = 30;
/// The rule of those days.
const COMPLAINT_RULE: &str = "DPA 2018 s.164A(3) (inserted by DUAA 2025 s.103; SI 2026/82 regs 3, 7)";
/// The rule by which they end on a working day.
const COMPLAINT_ROLL: &str = "Regulation 1182/71 Art. 2(1), 3(1), 3(4), applied by DPA 2018 s.205(2)";

/// The due date of a request, with its working. The same facts and holidays always give the same answer.
///
/// # Errors
/// [`DeadlineError::HolidaysUnknown`] if a date is needed in a year whose bank holidays are not known; the others
/// for facts that no case can have.
pub fn compute(facts: &Facts, holidays: &Holidays) -> Result<Deadline, DeadlineError> {
    timeline::check_size(facts)?;
    let clock = Clock::of(facts);
    let mut working = Vec::with_capacity(10);
    narrate::received(facts, &mut working);
    match clock {
        Clock::Nothing(nothing) => Ok(no_date(nothing, working)),
        Clock::Complaint => complaint(facts, holidays, working),
        Clock::Month(law) => month_clock(facts, law, holidays, working),
    }
}

/// A right for which the law sets no date.
fn no_date(nothing: Nothing, mut working: Vec<Step>) -> Deadline {
    working.push(narrate::no_date(nothing));
    Deadline {
        due: None,
        statutory_latest: None,
        extension_notice_by: None,
        state: State::NoStatutoryDeadline,
        relevant_on: None,
        extended_on: None,
        pause_days: 0,
        missed_on: None,
        working,
    }
}

/// Thirty days to acknowledge a complaint; nothing starts, stops or extends them.
fn complaint(facts: &Facts, holidays: &Holidays, mut working: Vec<Step>) -> Result<Deadline, DeadlineError> {
    let raw = add_days(facts.received_on, COMPLAINT_DAYS).ok_or(DeadlineError::DateOutOfRange)?;
    working.push(Step {
        step: StepKind::DaysEnd,
        date: Some(raw),
        rule: COMPLAINT_RULE,
        plain: format!(
            "The law gives us {} to tell you that we have your complaint, counted from the day after it came: {}.",
            days(COMPLAINT_DAYS),
            plain_date(raw)
        ),
    });
    narrate::events_without_effect(facts, COMPLAINT_RULE, &mut working);
    let due = roll(facts, holidays, raw, COMPLAINT_ROLL, &mut working)?;
    working.push(Step {
        step: StepKind::Due,
        date: Some(due),
        rule: COMPLAINT_RULE,
        plain: format!(
            "We must tell you that we have your complaint by the end of {}. The law sets no date for its outcome: \
             we must deal with it without undue delay and keep you informed.",
            long_date(due)
        ),
    });
    Ok(Deadline {
        due: Some(due),
        statutory_latest: Some(due),
        extension_notice_by: None,
        state: State::Running,
        relevant_on: Some(facts.received_on),
        extended_on: None,
        pause_days: 0,
        missed_on: None,
        working,
    })
}

/// One month from the relevant time, with what can move it.
fn month_clock(
    facts: &Facts,
    law: Law,
    holidays: &Holidays,
    mut working: Vec<Step>,
) -> Result<Deadline, DeadlineError> {
    narrate::law(facts, law, &mut working);
    start::show(facts, law, &mut working);
    let missed_on = missed(facts, law, holidays)?;
    if let Some(missed) = missed_on {
        working.push(narrate::asked_too_late(missed, law));
    }
    let mut answer = Deadline {
        due: None,
        statutory_latest: None,
        extension_notice_by: None,
        state: State::NotStarted,
        relevant_on: None,
        extended_on: None,
        pause_days: 0,
        missed_on,
        working,
    };
    let Start::At(relevant_on) = start::start(facts) else { return Ok(answer) };
    let line = timeline::follow(facts, law, relevant_on, holidays)?;
    answer.relevant_on = Some(relevant_on);
    answer.extended_on = line.extended_on;
    answer.pause_days = line.days;
    first_month(facts, law, relevant_on, &mut answer.working)?;
    narrate::moves(&line, law, &mut answer.working);
    if line.paused_since.is_some() {
        answer.state = State::Paused;
        return Ok(answer);
    }
    answer.state = State::Running;
    let raw = extended_and_paused(law, relevant_on, &line, &mut answer.working)?;
    let due = roll(facts, holidays, raw, law.roll(), &mut answer.working)?;
    answer.working.push(narrate::due(due, &line, law));
    let latest = holidays.roll_forward(facts.division, period_end(relevant_on, line.months(), line.literal_days)?)?;
    if latest != due {
        answer.working.push(narrate::latest(latest, law));
    }
    if law.extends() {
        let notice = period_end(relevant_on, 1, line.first_month_days)?;
        let notice = holidays.roll_forward(facts.division, notice)?;
        answer.extension_notice_by = Some(notice);
        if line.extended_on.is_none() {
            answer.working.push(narrate::notice_by(notice, law));
        }
    }
    answer.due = Some(due);
    answer.statutory_latest = Some(latest);
    Ok(answer)
}

/// A due date that had passed before proof or a fee was asked for. Asking then moves the start, as the statute has
/// it, but the time limit had been missed and the record must not hide that.
pub(super) fn missed(facts: &Facts, law: Law, holidays: &Holidays) -> Result<Option<NaiveDate>, DeadlineError> {
    for asked_on in start::asked_on(facts) {
        let events = facts.events.iter().filter(|event| event.happened_on < asked_on).copied().collect();
        let earlier = Facts { events, ..*facts };
        let Start::At(relevant_on) = start::start(&earlier) else { continue };
        let line = timeline::follow(&earlier, law, relevant_on, holidays)?;
        let end = period_end(relevant_on, line.months(), line.days)?;
        if line.paused_since.is_some() || end >= asked_on {
            continue;
        }
        let due = holidays.roll_forward(facts.division, end)?;
        if due < asked_on {
            return Ok(Some(due));
        }
    }
    Ok(None)
}

/// Shows the start and the corresponding date one month later.
fn first_month(facts: &Facts, law: Law, relevant_on: NaiveDate, working: &mut Vec<Step>) -> Result<(), DeadlineError> {
    let plain = if relevant_on == facts.received_on {
        format!("The time for our answer is counted from {}, the day your request came.", plain_date(relevant_on))
    } else {
        format!(
            "The time for our answer is counted from {}, when we had all we needed to start.",
            plain_date(relevant_on)
        )
    };
    working.push(Step { step: StepKind::ClockStarts, date: Some(relevant_on), rule: law.start(), plain });
    let end = period_end(relevant_on, 1, 0)?;
    let plain = format!("The law gives us one month. {}", corresponding(relevant_on, end));
    working.push(Step { step: StepKind::MonthEnds, date: Some(end), rule: law.month(), plain });
    Ok(())
}

/// Says which date corresponds, and why it is not the same day of the month if it is not.
fn corresponding(from: NaiveDate, to: NaiveDate) -> String {
    if from.day() == to.day() {
        format!("The same date in {} is {}.", month(to), plain_date(to))
    } else {
        format!(
            "{} {} has no {}, so the time runs to its last day: {}.",
            month(to),
            to.year(),
            ordinal(from.day()),
            plain_date(to)
        )
    }
}

/// The end of the period before weekends and bank holidays are passed over.
fn extended_and_paused(
    law: Law,
    relevant_on: NaiveDate,
    line: &Timeline,
    working: &mut Vec<Step>,
) -> Result<NaiveDate, DeadlineError> {
    let end = period_end(relevant_on, line.months(), 0)?;
    if line.extended_on.is_some() {
        let plain = format!("Two more months make three months from the start. {}", corresponding(relevant_on, end));
        working.push(Step { step: StepKind::ExtendedPeriodEnds, date: Some(end), rule: law.extension(), plain });
    }
    let raw = period_end(relevant_on, line.months(), line.days)?;
    if line.days > 0 {
        let plain = format!(
            "{} did not count while a question was with you, so we add {} to {}: {}.",
            days(line.days),
            if line.days == 1 { "it" } else { "them" },
            plain_date(end),
            plain_date(raw)
        );
        working.push(Step { step: StepKind::PauseAdded, date: Some(raw), rule: law.pause(), plain });
    }
    Ok(raw)
}

/// Passes over weekend and bank holidays, and shows which.
fn roll(
    facts: &Facts,
    holidays: &Holidays,
    raw: NaiveDate,
    rule: &'static str,
    working: &mut Vec<Step>,
) -> Result<NaiveDate, DeadlineError> {
    let due = holidays.roll_forward(facts.division, raw)?;
    if due != raw {
        working.push(narrate::rolled(facts.division, holidays, raw, due, rule));
    }
    Ok(due)
}

//! What happens while the clock runs, in the order of its dates: questions to the person and notices of extension.
//! Each is judged by the due date that stood on its day, so that nothing done too late has an effect.

use std::collections::VecDeque;

use chrono::NaiveDate;

use super::answer::{DeadlineError, Facts};
use super::event::EventKind;
use super::law::Law;
use super::right::Right;
use crate::calendar::{Holidays, add_days, add_months};

/// One thing that happened, and what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moved {
    pub on: NaiveDate,
    pub effect: Effect,
}

/// What a question or a notice does to the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// A question, answered: so many further days do not count.
    Paused { answered: NaiveDate, days: u64 },
    /// A question, not answered: the clock stands still.
    PauseOpen,
    /// A question about a request of another right.
    QuestionNotForRight,
    /// A question under a law that knows no pause.
    QuestionNotInLaw,
    /// A question asked after `due` had passed.
    QuestionTooLate { due: NaiveDate },
    /// An answer without a question before it.
    AnswerUnasked,
    /// Two further months.
    Extended,
    /// A notice under a law that knows no extension.
    NoticeNotInLaw,
    /// A notice dated before the request.
    NoticeBeforeRequest,
    /// A further notice: the period is extended once.
    NoticeRepeated,
    /// A notice after `limit`; `arguable` if it was in time on the literal reading of the pause.
    NoticeTooLate { limit: NaiveDate, arguable: bool },
}

/// The sum of all that.
#[derive(Debug, Clone)]
pub(super) struct Timeline {
    pub moves: Vec<Moved>,
    pub extended_on: Option<NaiveDate>,
    /// Since when a question has been outstanding.
    pub paused_since: Option<NaiveDate>,
    /// Days that do not count, on the shorter count that the due date uses.
    pub days: u64,
    /// The same on the literal count.
    pub literal_days: u64,
    /// Days that do not count towards the first month, which ends the time for notice.
    pub first_month_days: u64,
}

/// A union of runs of days, counted as the runs come in order of their first day.
#[derive(Debug, Clone, Copy)]
struct Excluded {
    through: NaiveDate,
    days: u64,
}

impl Excluded {
    /// Nothing yet. The relevant day itself lies before the period (Regulation 1182/71 Art. 3(1)), so no run can
    /// take it out once more.
    fn after(relevant_on: NaiveDate) -> Self {
        Self { through: relevant_on, days: 0 }
    }

    /// Takes out the days from after `before` to `last`.
    fn add(&mut self, before: NaiveDate, last: NaiveDate) {
        let fresh = last.signed_duration_since(before.max(self.through)).num_days();
        self.days += u64::try_from(fresh).unwrap_or(0);
        self.through = self.through.max(last);
    }
}

#[derive(Debug, Clone, Copy)]
enum Happened {
    Notice,
    Question { answered: Option<NaiveDate> },
    AnswerUnasked,
}

/// Pairs questions with answers, first in, first out; an answer on the day of its question belongs to it.
fn in_order(facts: &Facts) -> Vec<(NaiveDate, Happened)> {
    let mut sorted: Vec<_> = facts
        .events
        .iter()
        .filter_map(|event| match event.kind {
            EventKind::ExtensionNotified => Some((event.happened_on, 0)),
            EventKind::ClarificationRequested => Some((event.happened_on, 1)),
            EventKind::ClarificationReceived => Some((event.happened_on, 2)),
            EventKind::IdRequested
            | EventKind::IdReceived
            | EventKind::AuthorityRequested
            | EventKind::AuthorityReceived
            | EventKind::FeeRequested
            | EventKind::FeePaid => None,
        })
        .collect();
    sorted.sort_unstable();
    let mut happened: Vec<(NaiveDate, Happened)> = Vec::with_capacity(sorted.len());
    let mut unanswered: VecDeque<usize> = VecDeque::new();
    for (on, kind) in sorted {
        match kind {
            0 => happened.push((on, Happened::Notice)),
            1 => {
                unanswered.push_back(happened.len());
                happened.push((on, Happened::Question { answered: None }));
            }
            _ => match unanswered.pop_front().and_then(|question| happened.get_mut(question)) {
                Some(question) => question.1 = Happened::Question { answered: Some(on) },
                None => happened.push((on, Happened::AnswerUnasked)),
            },
        }
    }
    happened
}

/// The corresponding date `months` after the relevant time, and `days` further on: not yet rolled.
pub(super) fn period_end(relevant_on: NaiveDate, months: u32, days: u64) -> Result<NaiveDate, DeadlineError> {
    add_months(relevant_on, months).and_then(|date| add_days(date, days)).ok_or(DeadlineError::DateOutOfRange)
}

impl Timeline {
    /// How many months the period has.
    pub(super) fn months(&self) -> u32 {
        if self.extended_on.is_some() { 3 } else { 1 }
    }
}

/// Follows the clock from its relevant time.
pub(super) fn follow(
    facts: &Facts,
    law: Law,
    relevant_on: NaiveDate,
    holidays: &Holidays,
) -> Result<Timeline, DeadlineError> {
    let nothing_out = Excluded::after(relevant_on);
    let mut walk = Walk {
        facts,
        law,
        relevant_on,
        holidays,
        extended_on: None,
        paused_since: None,
        out: nothing_out,
        literally_out: nothing_out,
        out_of_first: nothing_out,
        literally_out_of_first: nothing_out,
    };
    let mut moves = Vec::new();
    for (on, happened) in in_order(facts) {
        let effect = match happened {
            Happened::AnswerUnasked => Effect::AnswerUnasked,
            Happened::Notice => walk.notice(on)?,
            Happened::Question { answered } => walk.question(on, answered)?,
        };
        moves.push(Moved { on, effect });
    }
    Ok(Timeline {
        moves,
        extended_on: walk.extended_on,
        paused_since: walk.paused_since,
        days: walk.out.days,
        literal_days: walk.literally_out.days,
        first_month_days: walk.out_of_first.days,
    })
}

/// The clock as it stands on the day of the next thing that happened.
struct Walk<'a> {
    facts: &'a Facts,
    law: Law,
    relevant_on: NaiveDate,
    holidays: &'a Holidays,
    extended_on: Option<NaiveDate>,
    paused_since: Option<NaiveDate>,
    out: Excluded,
    literally_out: Excluded,
    out_of_first: Excluded,
    literally_out_of_first: Excluded,
}

impl Walk<'_> {
    fn notice(&mut self, on: NaiveDate) -> Result<Effect, DeadlineError> {
        if !self.law.extends() {
            return Ok(Effect::NoticeNotInLaw);
        }
        if on < self.facts.received_on {
            return Ok(Effect::NoticeBeforeRequest);
        }
        if self.extended_on.is_some() {
            return Ok(Effect::NoticeRepeated);
        }
        if self.stands_still(on) || self.in_time(on, 1, self.out_of_first)? {
            self.extended_on = Some(on);
            return Ok(Effect::Extended);
        }
        let arguable = self.in_time(on, 1, self.literally_out_of_first)?;
        Ok(Effect::NoticeTooLate { limit: self.last_day(1, self.out_of_first)?, arguable })
    }

    fn question(&mut self, on: NaiveDate, answered: Option<NaiveDate>) -> Result<Effect, DeadlineError> {
        if self.facts.right != Right::Access {
            return Ok(Effect::QuestionNotForRight);
        }
        if !self.law.pauses() {
            return Ok(Effect::QuestionNotInLaw);
        }
        let months = if self.extended_on.is_some() { 3 } else { 1 };
        if !self.stands_still(on) && !self.in_time(on, months, self.out)? {
            return Ok(Effect::QuestionTooLate { due: self.last_day(months, self.out)? });
        }
        let Some(answered) = answered else {
            self.paused_since.get_or_insert(on);
            return Ok(Effect::PauseOpen);
        };
        // A question in the two further months comes too late to move the end of the first.
        if self.extended_on.is_none() || on <= self.out_of_first.through || self.in_time(on, 1, self.out_of_first)? {
            self.out_of_first.add(on, answered);
            self.literally_out_of_first.add(day_before(on), answered);
        }
        let before = self.out.days;
        self.out.add(on, answered);
        self.literally_out.add(day_before(on), answered);
        Ok(Effect::Paused { answered, days: self.out.days - before })
    }

    /// While a question is open, or on the days of one that was, the period cannot run out.
    fn stands_still(&self, on: NaiveDate) -> bool {
        self.paused_since.is_some() || on <= self.out.through
    }

    /// Rolls only where the day is past the bare end, so that no case is refused for a year it does not reach.
    fn in_time(&self, on: NaiveDate, months: u32, out: Excluded) -> Result<bool, DeadlineError> {
        Ok(on <= period_end(self.relevant_on, months, out.days)? || on <= self.last_day(months, out)?)
    }

    fn last_day(&self, months: u32, out: Excluded) -> Result<NaiveDate, DeadlineError> {
        let end = period_end(self.relevant_on, months, out.days)?;
        Ok(self.holidays.roll_forward(self.facts.division, end)?)
    }
}

fn day_before(day: NaiveDate) -> NaiveDate {
    day.pred_opt().unwrap_or(day)
}

/// The most events a clock takes; far above any real case, far below what would slow a desk.
pub(super) const MOST_EVENTS: usize = 1_000;

/// Refuses an input that no case can have.
pub(super) fn check_size(facts: &Facts) -> Result<(), DeadlineError> {
    if facts.events.len() > MOST_EVENTS {
        return Err(DeadlineError::TooManyEvents { limit: MOST_EVENTS });
    }
    Ok(())
}

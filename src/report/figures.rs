//! The figures of a set of cases: counters only, so that a set of any size takes the memory of one.

use chrono::NaiveDate;

use super::case_line::Line;
use super::days::{DayCounts, Tenths};
use super::figure::{Figure, Value};
use super::history::{How, WithheldHow};
use super::period::Period;
use super::stood::{ClockState, Timing};

/// Counters of one set of cases.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    received: u64,
    open: u64,
    answered: u64,
    refused: u64,
    withdrawn: u64,
    lapsed: u64,
    closed_in_time: u64,
    closed_late: u64,
    closed_in_literal_time: u64,
    no_deadline: u64,
    answers_in_time: u64,
    answers_late: u64,
    in_first_month: u64,
    extended: u64,
    extended_in_time: u64,
    questioned: u64,
    paused: u64,
    awaiting_identity: u64,
    awaiting_authority: u64,
    awaiting_fee: u64,
    open_in_time: u64,
    overdue: Bands,
    late: Bands,
    days: DayCounts,
    exempted: u64,
    redacted: u64,
    oldest_open: Option<(NaiveDate, u64)>,
    complaints: u64,
    complaints_in_time: u64,
    complaints_late: u64,
    complaints_closed: u64,
    complaints_upheld: u64,
    complaints_not_upheld: u64,
}

/// Lateness in bands of days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Bands {
    to_30: u64,
    to_90: u64,
    to_180: u64,
    to_365: u64,
    more: u64,
}

impl Bands {
    fn add(&mut self, days: u64) {
        match days {
            0 => {}
            1..=30 => self.to_30 += 1,
            31..=90 => self.to_90 += 1,
            91..=180 => self.to_180 += 1,
            181..=365 => self.to_365 += 1,
            _ => self.more += 1,
        }
    }

    fn sum(self) -> u64 {
        self.to_30 + self.to_90 + self.to_180 + self.to_365 + self.more
    }
}

impl Figures {
    /// Counts a case. `period` is the one whose receipts the figure `received` counts; all, if none is given.
    pub fn add(&mut self, line: &Line, period: Option<&Period>) {
        if line.is_complaint() {
            return self.add_complaint(line);
        }
        self.received += u64::from(period.is_none_or(|period| period.holds(line.received_on)));
        let answer = matches!(line.how, Some(How::Released | How::Refused));
        match line.how {
            Some(How::Released) => self.answered += 1,
            Some(How::Refused) => self.refused += 1,
            Some(How::Withdrawn) => self.withdrawn += 1,
            Some(How::Lapsed) => self.lapsed += 1,
            Some(How::Reopened) | None => {}
        }
        let extended = line.extended_on.is_some();
        self.extended += u64::from(extended);
        self.questioned += u64::from(line.pause_days > 0);
        match line.timing {
            Timing::ClosedInTime => {
                self.closed_in_time += 1;
                self.answers_in_time += u64::from(answer);
                self.in_first_month += u64::from(!extended);
                self.extended_in_time += u64::from(extended);
            }
            Timing::ClosedLate => {
                self.closed_late += 1;
                self.answers_late += u64::from(answer);
                self.closed_in_literal_time += u64::from(line.in_literal_time);
                self.late.add(line.late_days);
            }
            Timing::OpenInTime => self.open_in_time += 1,
            Timing::Overdue => self.overdue.add(line.late_days),
            Timing::NoDeadline => self.no_deadline += 1,
        }
        if line.is_open() { self.add_open(line) } else { self.add_closed(line) }
    }

    fn add_open(&mut self, line: &Line) {
        self.open += 1;
        self.paused += u64::from(line.state == ClockState::Paused);
        self.awaiting_identity += u64::from(line.waiting.identity);
        self.awaiting_authority += u64::from(line.waiting.authority);
        self.awaiting_fee += u64::from(line.waiting.fee);
        if self.oldest_open.is_none_or(|(on, _)| line.received_on < on) {
            self.oldest_open = Some((line.received_on, line.days));
        }
    }

    fn add_closed(&mut self, line: &Line) {
        self.days.add(line.days);
        if line.how == Some(How::Released) {
            let any = |how| u64::from(line.withheld.iter().any(|withheld| withheld.how == how));
            self.exempted += any(WithheldHow::Exempted);
            self.redacted += any(WithheldHow::Redacted);
        }
    }

    fn add_complaint(&mut self, line: &Line) {
        self.complaints += 1;
        self.complaints_closed += u64::from(!line.is_open());
        self.complaints_upheld += u64::from(!line.is_open() && line.upheld == Some(true));
        self.complaints_not_upheld += u64::from(!line.is_open() && line.upheld == Some(false));
        match line.timing {
            Timing::ClosedLate | Timing::Overdue => self.complaints_late += 1,
            Timing::ClosedInTime => self.complaints_in_time += 1,
            Timing::OpenInTime => self.complaints_in_time += u64::from(line.acknowledged_on.is_some()),
            Timing::NoDeadline => {}
        }
    }

    /// The value of a figure.
    #[must_use]
    pub fn value(&self, figure: Figure) -> Value {
        let cases = |n: u64| Value::Whole(Some(n));
        let closed = self.answered + self.refused + self.withdrawn + self.lapsed;
        let dated = self.closed_in_time + self.closed_late;
        let overdue = self.overdue.sum();
        let share = |part, whole| Value::Tenths(Tenths::share(part, whole));
        match figure {
            Figure::Received => cases(self.received),
            Figure::Closed => cases(closed),
            Figure::Open => cases(self.open),
            Figure::Answered => cases(self.answered),
            Figure::Refused => cases(self.refused),
            Figure::Withdrawn => cases(self.withdrawn),
            Figure::Lapsed => cases(self.lapsed),
            Figure::ClosedInTime => cases(self.closed_in_time),
            Figure::ClosedLate => cases(self.closed_late),
            Figure::ClosedInLiteralTime => cases(self.closed_in_literal_time),
            Figure::NoDeadline => cases(self.no_deadline),
            Figure::ShareInTime => share(self.closed_in_time, dated),
            Figure::ShareAnswersInTime => share(self.answers_in_time, self.answers_in_time + self.answers_late),
            Figure::ShareInFirstMonth => share(self.in_first_month, dated),
            Figure::ShareAchievable => {
                let still = self.closed_in_time + self.open_in_time;
                share(still, still + self.closed_late + overdue)
            }
            Figure::Extended => cases(self.extended),
            Figure::ExtendedInTime => cases(self.extended_in_time),
            Figure::Questioned => cases(self.questioned),
            Figure::Paused => cases(self.paused),
            Figure::AwaitingIdentity => cases(self.awaiting_identity),
            Figure::AwaitingAuthority => cases(self.awaiting_authority),
            Figure::AwaitingFee => cases(self.awaiting_fee),
            Figure::OpenInTime => cases(self.open_in_time),
            Figure::Overdue => cases(overdue),
            Figure::Overdue30 => cases(self.overdue.to_30),
            Figure::Overdue90 => cases(self.overdue.to_90),
            Figure::Overdue180 => cases(self.overdue.to_180),
            Figure::Overdue365 => cases(self.overdue.to_365),
            Figure::OverdueMore => cases(self.overdue.more),
            Figure::Late30 => cases(self.late.to_30),
            Figure::Late90 => cases(self.late.to_90),
            Figure::Late180 => cases(self.late.to_180),
            Figure::Late365 => cases(self.late.to_365),
            Figure::LateMore => cases(self.late.more),
            Figure::MeanDays => Value::Tenths(self.days.mean()),
            Figure::MedianDays => Value::Whole(self.days.percentile(50)),
            Figure::P90Days => Value::Whole(self.days.percentile(90)),
            Figure::LongestDays => Value::Whole(self.days.longest()),
            Figure::Exempted => cases(self.exempted),
            Figure::Redacted => cases(self.redacted),
            Figure::OldestOpenOn => Value::Date(self.oldest_open.map(|(on, _)| on)),
            Figure::OldestOpenDays => Value::Whole(self.oldest_open.map(|(_, days)| days)),
            Figure::Complaints => cases(self.complaints),
            Figure::ComplaintsInTime => cases(self.complaints_in_time),
            Figure::ComplaintsLate => cases(self.complaints_late),
            Figure::ComplaintsClosed => cases(self.complaints_closed),
            Figure::ComplaintsUpheld => cases(self.complaints_upheld),
            Figure::ComplaintsNotUpheld => cases(self.complaints_not_upheld),
        }
    }
}

//! Periods, and the moment as of which a report is made.

use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta};
use serde::Serialize;

use crate::base::{Moment, words};
use crate::deadline::ends_at;

words! {
    /// Which day puts a case into a period.
    Basis, "the basis" {
        /// The day the request was received.
        Received = "received",
        /// The day the case was closed.
        Closed = "closed",
    }
}

/// From a first to a last day, both within.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

/// Not a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// It would end before it begins.
    #[error("the last day is before the first: exchange from and to")]
    Backwards,
    /// More than anybody reports on.
    #[error("the period is longer than {MOST_YEARS} years: choose a shorter one")]
    TooLong,
}

/// The longest period of a report, in years. It bounds the number of months that are counted apart.
pub const MOST_YEARS: u32 = 30;

impl Period {
    /// From `from` to `to`, both within.
    ///
    /// # Errors
    /// [`PeriodError`].
    pub fn new(from: NaiveDate, to: NaiveDate) -> Result<Self, PeriodError> {
        if to < from {
            return Err(PeriodError::Backwards);
        }
        match from.checked_add_months(Months::new(12 * MOST_YEARS)) {
            Some(end) if to < end => Ok(Self { from, to }),
            _ => Err(PeriodError::TooLong),
        }
    }

    /// True if `day` is within.
    #[must_use]
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// The period before this one: as many whole months if this one is whole months, else as many days; none at the
    /// beginning of the calendar.
    #[must_use]
    pub fn previous(&self) -> Option<Self> {
        let to = self.from.pred_opt()?;
        let after = self.to.succ_opt()?;
        let from = if self.from.day() == 1 && after.day() == 1 {
            let months = (after.year() - self.from.year()) * 12 + after.month0().cast_signed()
                - self.from.month0().cast_signed();
            self.from.checked_sub_months(Months::new(u32::try_from(months).ok()?))?
        } else {
            let days = u64::try_from(after.signed_duration_since(self.from).num_days()).ok()?;
            self.from.checked_sub_days(Days::new(days))?
        };
        Some(Self { from, to })
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} to {}", self.from, self.to)
    }
}

words! {
    /// The reports.
    ReportKind, "the report" {
        /// The auditors' report.
        Deadlines = "deadlines",
        /// Every open case.
        Backlog = "backlog",
        /// The answer to freedom-of-information questions.
        Foi = "foi",
    }
}

words! {
    /// How often a report is sent.
    Every, "the rhythm" {
        /// Monday to Sunday.
        Week = "week",
        /// A calendar month.
        Month = "month",
        /// Three months; the first begins on 1 January.
        Quarter = "quarter",
        /// A financial year, April to March.
        Year = "year",
    }
}

impl Every {
    /// The last such period that ended before `today`; none at the beginning of the calendar.
    #[must_use]
    pub fn last_ended(self, today: NaiveDate) -> Option<Period> {
        let months_back = |first: NaiveDate, months: u32| {
            let from = first.checked_sub_months(Months::new(months))?;
            Some(Period { from, to: first.pred_opt()? })
        };
        let first_of_month = today.with_day(1)?;
        match self {
            Self::Week => {
                let monday = today.checked_sub_days(Days::new(u64::from(today.weekday().num_days_from_monday())))?;
                Some(Period { from: monday.checked_sub_days(Days::new(7))?, to: monday.pred_opt()? })
            }
            Self::Month => months_back(first_of_month, 1),
            Self::Quarter => months_back(first_of_month.checked_sub_months(Months::new(today.month0() % 3))?, 3),
            Self::Year => {
                // April is the first month of a financial year.
                months_back(first_of_month.checked_sub_months(Months::new((today.month0() + 9) % 12))?, 12)
            }
        }
    }
}

/// The moment as of which a report is made: only what had been recorded by then counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsAt {
    /// The last instant whose records count.
    pub moment: Moment,
    /// The London day of that instant: what is due before it, and not answered, is overdue.
    pub today: NaiveDate,
}

impl AsAt {
    /// At an instant.
    #[must_use]
    pub fn at(moment: Moment) -> Self {
        Self { moment, today: moment.london_date() }
    }

    /// At the end of a day in London.
    #[must_use]
    pub fn end_of(day: NaiveDate) -> Self {
        Self { moment: ends_at(day).plus(TimeDelta::microseconds(-1)), today: day }
    }
}

/// The month of a day, as `2026-11`.
#[must_use]
pub fn month_of(day: NaiveDate) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// The financial year of a day, April to March, as `2026/27`.
#[must_use]
pub fn financial_year(day: NaiveDate) -> String {
    let first = if day.month() < 4 { day.year() - 1 } else { day.year() };
    format!("{first:04}/{:02}", (first + 1).rem_euclid(100))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn period(from: &str, to: &str) -> Period {
        Period::new(day(from), day(to)).unwrap()
    }

    #[test]
    fn the_previous_period_is_as_many_months_or_as_many_days() {
        for (from, to, before) in [
            ("2026-04-01", "2026-06-30", "2026-01-01 to 2026-03-31"),
            ("2026-02-01", "2026-02-28", "2026-01-01 to 2026-01-31"),
            ("2025-04-01", "2026-03-31", "2024-04-01 to 2025-03-31"),
            ("2026-06-03", "2026-06-09", "2026-05-27 to 2026-06-02"),
            ("2026-06-03", "2026-06-03", "2026-06-02 to 2026-06-02"),
            ("2026-06-01", "2026-06-29", "2026-05-03 to 2026-05-31"),
        ] {
            assert_eq!(period(from, to).previous().unwrap().to_string(), before, "{from} {to}");
        }
    }

    #[test]
    fn the_last_ended_period_of_each_rhythm() {
        for (every, today, expected) in [
            (Every::Week, "2026-11-23", "2026-11-16 to 2026-11-22"),
            (Every::Week, "2026-11-29", "2026-11-16 to 2026-11-22"),
            (Every::Month, "2026-11-23", "2026-10-01 to 2026-10-31"),
            (Every::Month, "2026-03-01", "2026-02-01 to 2026-02-28"),
            (Every::Quarter, "2026-11-23", "2026-07-01 to 2026-09-30"),
            (Every::Quarter, "2027-01-01", "2026-10-01 to 2026-12-31"),
            (Every::Year, "2026-11-23", "2025-04-01 to 2026-03-31"),
            (Every::Year, "2026-03-31", "2024-04-01 to 2025-03-31"),
            (Every::Year, "2026-04-01", "2025-04-01 to 2026-03-31"),
        ] {
            assert_eq!(every.last_ended(day(today)).unwrap().to_string(), expected, "{every} {today}");
        }
    }

    #[test]
    fn a_financial_year_begins_in_april() {
        for (on, year) in [("2026-03-31", "2025/26"), ("2026-04-01", "2026/27"), ("2099-12-31", "2099/00")] {
            assert_eq!(financial_year(day(on)), year);
        }
        assert_eq!(month_of(day("2026-04-01")), "2026-04");
    }

    #[test]
    fn what_is_no_period_is_refused() {
        assert_eq!(Period::new(day("2026-02-01"), day("2026-01-31")), Err(PeriodError::Backwards));
        assert_eq!(Period::new(day("1996-01-01"), day("2026-01-01")), Err(PeriodError::TooLong));
        assert!(Period::new(day("1996-01-01"), day("2025-12-31")).is_ok());
    }

    #[test]
    fn a_day_ends_at_midnight_in_london() {
        for (on, last) in [("2026-07-01", "2026-07-01T22:59:59.999999Z"), ("2026-01-01", "2026-01-01T23:59:59.999999Z")]
        {
            let as_at = AsAt::end_of(day(on));
            assert_eq!(as_at.moment.to_string(), last);
            assert_eq!(as_at.moment.london_date(), as_at.today);
        }
    }
}

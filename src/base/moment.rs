//! Time: a [`Moment`] is an instant in UTC, a statutory date is the local date in Europe/London,
//! and both come from a [`Clock`] that is passed in. The one place where the machine's clock is read.

use std::sync::Mutex;

use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat, SubsecRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// An instant in UTC, truncated to microseconds (what PostgreSQL keeps), so that it survives every store unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "DateTime<Utc>", from = "DateTime<Utc>")]
pub struct Moment(DateTime<Utc>);

impl Moment {
    /// The local calendar date in Europe/London at this instant.
    #[must_use]
    pub fn london_date(self) -> NaiveDate {
        london_date(self.0)
    }

    /// The instant as a naive UTC timestamp, for a database column.
    #[must_use]
    pub fn naive_utc(self) -> NaiveDateTime {
        self.0.naive_utc()
    }

    /// The instant of a naive UTC timestamp, from a database column.
    #[must_use]
    pub fn from_naive_utc(naive: NaiveDateTime) -> Self {
        Self::from(naive.and_utc())
    }

    /// As a chrono instant.
    #[must_use]
    pub fn utc(self) -> DateTime<Utc> {
        self.0
    }

    /// This instant plus `span`; stays where it is if the sum cannot be represented.
    #[must_use]
    pub fn plus(self, span: TimeDelta) -> Self {
        Self(self.0.checked_add_signed(span).unwrap_or(self.0))
    }

    /// So many whole seconds after 1970-01-01T00:00:00Z; that instant itself, if there is none so far away.
    #[must_use]
    pub fn from_unix_seconds(seconds: i64) -> Self {
        Self(DateTime::from_timestamp(seconds, 0).unwrap_or_default())
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn unix_seconds(self) -> i64 {
        self.0.timestamp()
    }
}

impl From<DateTime<Utc>> for Moment {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.trunc_subsecs(6))
    }
}

impl From<Moment> for DateTime<Utc> {
    fn from(moment: Moment) -> Self {
        moment.0
    }
}

impl std::fmt::Display for Moment {
    /// RFC 3339 in UTC with microseconds: `2026-11-23T09:30:00.000000Z`, always of one length.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::Micros, true))
    }
}

impl std::str::FromStr for Moment {
    type Err = chrono::ParseError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        DateTime::parse_from_rfc3339(text).map(|at| Self::from(at.with_timezone(&Utc)))
    }
}

/// The local calendar date in Europe/London at `at`: the date that a statutory period counts from.
#[must_use]
pub fn london_date(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&chrono_tz::Europe::London).date_naive()
}

/// Reads an ISO 8601 calendar date, `2026-11-23`, and nothing else.
///
/// # Errors
/// The sentence to show: what was wrong and what to write instead.
pub fn parse_date(text: &str) -> Result<NaiveDate, String> {
    let shape_is_iso = text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .filter(|_| shape_is_iso)
        .ok_or_else(|| "write the date as YYYY-MM-DD, for example 2026-11-23".to_owned())
}

/// Where time comes from. Everything that depends on the time takes one of these or a [`Moment`].
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Moment;

    /// The present local date in Europe/London.
    fn today(&self) -> NaiveDate {
        self.now().london_date()
    }
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Moment {
        Moment::from(Utc::now())
    }
}

/// A clock that stands still until it is moved; for tests, replays and generated samples.
#[derive(Debug)]
pub struct FixedClock(Mutex<Moment>);

impl FixedClock {
    /// A clock that shows `at`.
    #[must_use]
    pub fn at(at: Moment) -> Self {
        Self(Mutex::new(at))
    }

    /// Moves the clock forward (or back, with a negative span).
    pub fn advance(&self, span: TimeDelta) {
        let mut now = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *now = now.plus(span);
    }

    /// Sets the clock.
    pub fn set(&self, at: Moment) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = at;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Moment {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_evening_in_summer_is_the_next_london_day() {
        let at: Moment = "2026-07-01T23:30:00Z".parse().unwrap();
        assert_eq!(at.london_date(), NaiveDate::from_ymd_opt(2026, 7, 2).unwrap());
    }

    #[test]
    fn both_readings_of_the_repeated_hour_are_one_date() {
        let first: Moment = "2026-10-25T00:30:00Z".parse().unwrap();
        let second: Moment = "2026-10-25T01:30:00Z".parse().unwrap();
        assert_eq!(first.london_date(), second.london_date());
    }

    #[test]
    fn only_iso_dates_are_read() {
        assert!(parse_date("2026-11-23").is_ok());
        for bad in ["23/11/2026", "2026-11-3", "2026-02-30", "+2026-11-3", "", "2026-11-23T00:00"] {
            assert!(parse_date(bad).is_err(), "{bad}");
        }
    }
}

//! The instant at which a date ends.

use chrono::{NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Europe::London;

use crate::base::Moment;

/// The first instant after `date` in Europe/London. A request due on `date` is overdue from then on
/// (Regulation 1182/71 Art. 3(2): the period ends "with the expiry of the last hour" of its last day).
#[must_use]
pub fn ends_at(date: NaiveDate) -> Moment {
    let midnight = date.succ_opt().unwrap_or(NaiveDate::MAX).and_time(NaiveTime::MIN);
    // The clocks change at one in the morning, so London has exactly one midnight each day.
    let instant = London.from_local_datetime(&midnight).earliest().map(|at| at.with_timezone(&Utc));
    Moment::from(instant.unwrap_or_else(|| midnight.and_utc()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_midnight_in_london_in_winter_in_summer_and_when_the_clocks_change() {
        for (date, end) in [
            ("2026-12-31", "2027-01-01T00:00:00.000000Z"),
            ("2026-07-01", "2026-07-01T23:00:00.000000Z"),
            ("2026-03-28", "2026-03-29T00:00:00.000000Z"),
            ("2026-03-29", "2026-03-29T23:00:00.000000Z"),
            ("2026-10-24", "2026-10-24T23:00:00.000000Z"),
            ("2026-10-25", "2026-10-26T00:00:00.000000Z"),
        ] {
            assert_eq!(ends_at(date.parse().unwrap()).to_string(), end, "{date}");
        }
    }
}

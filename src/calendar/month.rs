//! Calendar arithmetic: the corresponding date in a later month, and days.

use chrono::{Days, Months, NaiveDate};

/// The corresponding date `months` later; where that month is too short, its last day
/// (Regulation 1182/71 Art. 3(2)(c)). `None` past the end of chrono's calendar.
#[must_use]
pub fn add_months(date: NaiveDate, months: u32) -> Option<NaiveDate> {
    date.checked_add_months(Months::new(months))
}

/// The date `days` calendar days later. `None` past the end of chrono's calendar.
#[must_use]
pub fn add_days(date: NaiveDate, days: u64) -> Option<NaiveDate> {
    date.checked_add_days(Days::new(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_ends_on_the_same_date_or_on_the_last_day() {
        for (from, months, to) in [
            ("2026-11-23", 1, "2026-12-23"),
            ("2026-01-31", 1, "2026-02-28"),
            ("2028-01-31", 1, "2028-02-29"),
            ("2028-01-29", 1, "2028-02-29"),
            ("2026-11-30", 3, "2027-02-28"),
            ("2027-02-28", 1, "2027-03-28"),
            ("2026-12-31", 1, "2027-01-31"),
        ] {
            assert_eq!(add_months(day(from), months), Some(day(to)), "{from} + {months}");
        }
    }

    #[test]
    fn three_months_are_counted_from_the_start_and_not_from_a_clamped_month() {
        let once = add_months(day("2027-01-31"), 3).unwrap();
        let by_steps = add_months(add_months(day("2027-01-31"), 1).unwrap(), 2).unwrap();
        assert_eq!((once, by_steps), (day("2027-04-30"), day("2027-04-28")));
    }
}

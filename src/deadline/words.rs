//! Dates and counts in the words of a letter.

use chrono::{Datelike, NaiveDate, Weekday};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The name of the date's month.
pub(super) fn month(date: NaiveDate) -> &'static str {
    usize::try_from(date.month0()).ok().and_then(|index| MONTHS.get(index)).copied().unwrap_or_default()
}

/// The name of the date's weekday.
pub(super) fn weekday(date: NaiveDate) -> &'static str {
    match date.weekday() {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// A date as a letter writes it: `23 November 2026`.
#[must_use]
pub fn plain_date(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// A date with its weekday: `Monday 23 November 2026`.
#[must_use]
pub fn long_date(date: NaiveDate) -> String {
    format!("{} {} {} {}", weekday(date), date.day(), month(date), date.year())
}

/// A day of the month as an ordinal: `31st`.
pub(super) fn ordinal(day: u32) -> String {
    let ending = match (day % 10, day % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{day}{ending}")
}

/// A number of days: `1 day`, `10 days`.
pub(super) fn days(count: u64) -> String {
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_counts_read_as_in_a_letter() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        assert_eq!(plain_date(date), "23 November 2026");
        assert_eq!(long_date(date), "Monday 23 November 2026");
        assert_eq!(
            [1, 2, 3, 11, 12, 13, 21, 30, 31].map(ordinal).join(" "),
            "1st 2nd 3rd 11th 12th 13th 21st 30th 31st"
        );
        assert_eq!((days(0), days(1), days(2)), ("0 days".into(), "1 day".into(), "2 days".into()));
    }
}

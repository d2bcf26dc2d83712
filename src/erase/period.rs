//! When the time of a record has ended, by what the data map says of its retention.

use chrono::{Days, Months, NaiveDate};

/// A period of time as ISO 8601 writes it, of years, months, weeks and days: `P3Y`, `P1Y6M`, `P30D`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    months: u32,
    days: u32,
}

impl Period {
    /// Reads it; none for anything else, such as words. A period of nothing is none.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut rest = text.trim().strip_prefix('P')?;
        let (mut months, mut days) = (0_u32, 0_u32);
        let mut order = ['Y', 'M', 'W', 'D'].into_iter();
        while !rest.is_empty() {
            let end = rest.find(|c: char| !c.is_ascii_digit())?;
            let number: u32 = rest.get(..end)?.parse().ok()?;
            let unit = rest.get(end..)?.chars().next()?;
            order.find(|known| *known == unit)?;
            match unit {
                'Y' => months = months.checked_add(number.checked_mul(12)?)?,
                'M' => months = months.checked_add(number)?,
                'W' => days = days.checked_add(number.checked_mul(7)?)?,
                _ => days = days.checked_add(number)?,
            }
            rest = rest.get(end + 1..)?;
        }
        (months > 0 || days > 0).then_some(Self { months, days })
    }

    /// The last day on which what began on or before it has ended on `today`; none past the calendar.
    #[must_use]
    pub fn before(self, today: NaiveDate) -> Option<NaiveDate> {
        today.checked_sub_months(Months::new(self.months))?.checked_sub_days(Days::new(u64::from(self.days)))
    }
}

/// The day at the beginning of a date or a moment as a source writes it: `2026-01-31`, `2026-01-31T09:30:00Z`. None for
/// anything else, so that what cannot be read is never taken for old.
#[must_use]
pub fn day_of(text: &str) -> Option<NaiveDate> {
    let (day, rest) = text.trim().split_at_checked(10)?;
    let ends = rest.is_empty() || rest.starts_with(['T', ' ']);
    NaiveDate::parse_from_str(day, "%Y-%m-%d").ok().filter(|_| ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn periods_are_those_of_iso_8601_and_words_are_none() {
        let back = |text: &str| Period::read(text).and_then(|period| period.before(date("2026-03-31")));
        assert_eq!(back("P3Y"), Some(date("2023-03-31")));
        assert_eq!(back("P1M"), Some(date("2026-02-28")));
        assert_eq!(back("P1Y6M"), Some(date("2024-09-30")));
        assert_eq!(back("P2W"), Some(date("2026-03-17")));
        assert_eq!(back("P30D"), Some(date("2026-03-01")));
        for bad in ["", "P", "3Y", "P3", "PY", "P0D", "P1D1Y", "P1Y after you leave", "P-1Y", "PT1H", "P99999999999Y"] {
            assert_eq!(Period::read(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_is_no_day_is_never_old() {
        assert_eq!(day_of("2020-01-31T09:30:00Z"), Some(date("2020-01-31")));
        assert_eq!(day_of("2020-01-31 09:30:00+00"), Some(date("2020-01-31")));
        for bad in ["", "2020", "2020-13-01", "31/01/2020", "2020-01-311", "0000-00-00"] {
            assert_eq!(day_of(bad), None, "{bad}");
        }
    }
}

//! The bank holidays known to the program, what can be added to them, and the working days that follow.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, Weekday};

use super::division::Division;
use super::govuk::HolidayFile;
use crate::base::{excerpt, one_line};

/// Bank holidays of 2018 to 2028; source and licence (Open Government Licence v3.0) in `assets/law/README.md`.
const EMBEDDED: &str = include_str!("../../assets/law/bank-holidays.json");

/// The longest title kept, in characters.
const TITLE_CHARS: usize = 80;

/// The bank holidays of this day's year are not known, so the program refuses to say whether it is a working day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a date here falls in {year}, and the bank holidays of {} are known only {}: check the dates, or give a newer file \
     from www.gov.uk/bank-holidays.json (`rightsdesk holidays import FILE` for the desk, `--holidays FILE` for one \
     computation)",
    division.name(),
    span(*known)
)]
pub struct HolidaysUnknown {
    /// The division asked about.
    pub division: Division,
    /// The year whose bank holidays are missing.
    pub year: i32,
    /// The first and last year known, if any.
    pub known: Option<(i32, i32)>,
}

fn span(known: Option<(i32, i32)>) -> String {
    known.map_or_else(|| "for no year".to_owned(), |(first, last)| format!("from {first} to {last}"))
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Day {
    title: String,
    /// Added by hand, so that a file that does not list it cannot take it away.
    proclaimed: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Known {
    days: BTreeMap<NaiveDate, Day>,
    years: BTreeSet<i32>,
}

/// The bank holidays of the three divisions. A value: additions make a new one, so that open cases can be
/// computed on the old and on the new and the moved dates listed.
///
/// The empty value knows no year and therefore refuses every date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holidays {
    england_and_wales: Known,
    scotland: Known,
    northern_ireland: Known,
}

/// Whether a day became or ceased to be a bank holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is one now and was not before.
    Added,
    /// It was one before and is not now.
    Removed,
}

/// One difference between two [`Holidays`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolidayChange {
    /// Where.
    pub division: Division,
    /// Which day.
    pub date: NaiveDate,
    /// What the day is called.
    pub title: String,
    /// Which way.
    pub change: Change,
}

impl Holidays {
    /// What is compiled in: 2018 to 2028, all three divisions.
    #[must_use]
    pub fn embedded() -> Self {
        // If the file were damaged, the empty value would refuse every date: never a wrong one.
        static PARSED: LazyLock<Holidays> = LazyLock::new(|| {
            HolidayFile::parse(EMBEDDED).map(|file| Holidays::default().with_file(&file)).unwrap_or_default()
        });
        PARSED.clone()
    }

    /// These bank holidays with a newer file laid over them. For every whole year in the file the file decides
    /// (a moved holiday leaves its old date), except that days proclaimed by hand stay; days of a year listed in
    /// part are added.
    #[must_use]
    pub fn with_file(&self, file: &HolidayFile) -> Self {
        let mut merged = self.clone();
        for division in Division::ALL {
            let known = merged.of_mut(division);
            let whole = file.whole_years(division);
            known.days.retain(|date, day| day.proclaimed || !whole.contains(&date.year()));
            for (date, title) in file.days(division) {
                known.days.entry(date).or_insert_with(|| Day { title: title.to_owned(), proclaimed: false });
            }
            known.years.extend(whole);
        }
        merged
    }

    /// These bank holidays with one more day, proclaimed for a division and entered by hand. It does not make its
    /// year known if it was not.
    #[must_use]
    pub fn with_proclaimed(&self, division: Division, date: NaiveDate, title: &str) -> Self {
        let mut merged = self.clone();
        let title = excerpt(&one_line(title), TITLE_CHARS);
        merged.of_mut(division).days.insert(date, Day { title, proclaimed: true });
        merged
    }

    /// What changed from `self` to `newer`, by division, then date.
    #[must_use]
    pub fn difference(&self, newer: &Self) -> Vec<HolidayChange> {
        let one_way = |division, from: &Known, to: &Known, change| {
            from.days
                .iter()
                .filter(|(date, _)| !to.days.contains_key(date))
                .map(|(date, day)| HolidayChange { division, date: *date, title: day.title.clone(), change })
                .collect::<Vec<_>>()
        };
        let mut changes = Vec::new();
        for division in Division::ALL {
            changes.extend(one_way(division, newer.of(division), self.of(division), Change::Added));
            changes.extend(one_way(division, self.of(division), newer.of(division), Change::Removed));
        }
        changes.sort_by_key(|change| (change.division, change.date));
        changes
    }

    /// The first and last year for which every year between is known.
    #[must_use]
    pub fn known_years(&self, division: Division) -> Option<(i32, i32)> {
        let years = &self.of(division).years;
        let first = *years.first()?;
        let last = years.iter().zip(first..).take_while(|(year, expected)| **year == *expected).last()?;
        Some((first, *last.0))
    }

    /// The name of the bank holiday on `date`, if it is one.
    #[must_use]
    pub fn title(&self, division: Division, date: NaiveDate) -> Option<&str> {
        self.of(division).days.get(&date).map(|day| day.title.as_str())
    }

    /// Whether `date` is neither a Saturday, nor a Sunday, nor a bank holiday of the division.
    ///
    /// # Errors
    /// [`HolidaysUnknown`] if the bank holidays of that year are not known.
    pub fn is_working_day(&self, division: Division, date: NaiveDate) -> Result<bool, HolidaysUnknown> {
        let known = self.of(division);
        if !known.years.contains(&date.year()) {
            return Err(HolidaysUnknown { division, year: date.year(), known: self.known_years(division) });
        }
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        Ok(!weekend && !known.days.contains_key(&date))
    }

    /// `date` itself if it is a working day, else the next one (Regulation 1182/71 Art. 3(4)).
    ///
    /// # Errors
    /// [`HolidaysUnknown`] if the way there leaves the years whose bank holidays are known.
    pub fn roll_forward(&self, division: Division, date: NaiveDate) -> Result<NaiveDate, HolidaysUnknown> {
        let mut day = date;
        // Ends: every day is in a known year, and the known years are finite.
        while !self.is_working_day(division, day)? {
            day = day.succ_opt().unwrap_or(NaiveDate::MAX);
        }
        Ok(day)
    }

    /// The day that lies `count` working days before `date`; `date` itself for 0.
    ///
    /// # Errors
    /// [`HolidaysUnknown`] if the way there leaves the years whose bank holidays are known.
    pub fn working_days_before(
        &self,
        division: Division,
        date: NaiveDate,
        count: u32,
    ) -> Result<NaiveDate, HolidaysUnknown> {
        let (mut day, mut left) = (date, count);
        // Ends: every day is in a known year, and the known years are finite.
        while left > 0 {
            day = day.pred_opt().unwrap_or(NaiveDate::MIN);
            if self.is_working_day(division, day)? {
                left -= 1;
            }
        }
        Ok(day)
    }

    /// True if this day was proclaimed by hand.
    #[must_use]
    pub fn is_proclaimed(&self, division: Division, date: NaiveDate) -> bool {
        self.of(division).days.get(&date).is_some_and(|day| day.proclaimed)
    }

    fn of(&self, division: Division) -> &Known {
        match division {
            Division::EnglandAndWales => &self.england_and_wales,
            Division::Scotland => &self.scotland,
            Division::NorthernIreland => &self.northern_ireland,
        }
    }

    fn of_mut(&mut self, division: Division) -> &mut Known {
        match division {
            Division::EnglandAndWales => &mut self.england_and_wales,
            Division::Scotland => &mut self.scotland,
            Division::NorthernIreland => &mut self.northern_ireland,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// A whole year of eight days, as GOV.UK would list it, with Easter left out to keep it short.
    fn year_2029() -> HolidayFile {
        let days = ["01-01", "03-30", "04-02", "05-07", "05-28", "08-27", "12-25", "12-26"]
            .map(|d| format!(r#"{{"title":"Holiday {d}","date":"2029-{d}","notes":"","bunting":true}}"#))
            .join(",");
        let section = |name: &str| format!(r#""{name}":{{"division":"{name}","events":[{days}]}}"#);
        let text = format!("{{{},{}}}", section("england-and-wales"), section("scotland"));
        HolidayFile::parse(&text).unwrap()
    }

    #[test]
    fn the_embedded_file_knows_eleven_years_of_three_divisions() {
        let holidays = Holidays::embedded();
        for (division, count) in
            [(Division::EnglandAndWales, 91), (Division::Scotland, 103), (Division::NorthernIreland, 113)]
        {
            assert_eq!(holidays.known_years(division), Some((2018, 2028)));
            assert_eq!(holidays.of(division).years.len(), 11);
            assert_eq!(holidays.of(division).days.len(), count);
        }
    }

    #[test]
    fn one_off_days_belong_to_the_division_that_proclaimed_them() {
        let holidays = Holidays::embedded();
        let works = |division, date| holidays.is_working_day(division, day(date)).unwrap();
        assert!(works(Division::EnglandAndWales, "2026-06-15"));
        assert!(!works(Division::Scotland, "2026-06-15"));
        assert!(!works(Division::NorthernIreland, "2026-03-17"));
        for division in Division::ALL {
            assert!(!works(division, "2022-09-19"));
            assert!(!works(division, "2023-05-08"));
            assert!(!works(division, "2026-12-28"));
        }
        // Easter Monday is not a bank holiday in Scotland.
        assert!(works(Division::Scotland, "2026-04-06") && !works(Division::EnglandAndWales, "2026-04-06"));
    }

    #[test]
    fn a_roll_that_leaves_the_known_years_is_refused() {
        let holidays = Holidays::embedded();
        // 30 and 31 December 2028 are a weekend, so the next working day is in an unknown year.
        let refusal = holidays.roll_forward(Division::EnglandAndWales, day("2028-12-30")).unwrap_err();
        assert_eq!((refusal.year, refusal.known), (2029, Some((2018, 2028))));
        assert!(refusal.to_string().contains("rightsdesk holidays import"), "{refusal}");
        assert!(holidays.roll_forward(Division::Scotland, day("2017-12-31")).is_err());
        assert!(Holidays::default().is_working_day(Division::Scotland, day("2026-01-05")).is_err());
    }

    #[test]
    fn a_newer_file_extends_what_is_known_in_the_divisions_it_lists() {
        let newer = Holidays::embedded().with_file(&year_2029());
        assert_eq!(newer.known_years(Division::EnglandAndWales), Some((2018, 2029)));
        assert_eq!(newer.known_years(Division::NorthernIreland), Some((2018, 2028)));
        assert_eq!(newer.roll_forward(Division::EnglandAndWales, day("2028-12-30")), Ok(day("2029-01-02")));
    }

    #[test]
    fn a_file_that_moves_a_holiday_frees_its_old_date_but_never_a_proclaimed_one() {
        let first = Holidays::embedded().with_file(&year_2029()).with_proclaimed(
            Division::EnglandAndWales,
            day("2029-06-04"),
            "Day of\nthanks",
        );
        let moved: Vec<_> = ["01-01", "03-30", "04-02", "05-08", "05-28", "08-27", "12-25", "12-26"]
            .iter()
            .map(|d| format!(r#"{{"title":"Holiday {d}","date":"2029-{d}"}}"#))
            .collect();
        let file = format!(r#"{{"england-and-wales":{{"events":[{}]}}}}"#, moved.join(","));
        let second = first.with_file(&HolidayFile::parse(&file).unwrap());
        let changes: Vec<_> = first.difference(&second).into_iter().map(|c| (c.date.to_string(), c.change)).collect();
        assert_eq!(changes, [("2029-05-07".to_owned(), Change::Removed), ("2029-05-08".to_owned(), Change::Added)]);
        assert_eq!(second.title(Division::EnglandAndWales, day("2029-06-04")), Some("Day of thanks"));
        assert_eq!(second.difference(&second), vec![]);
    }

    #[test]
    fn working_days_are_counted_back_over_christmas() {
        let holidays = Holidays::embedded();
        for (count, expected) in [(0, "2026-12-29"), (1, "2026-12-24"), (2, "2026-12-23"), (5, "2026-12-18")] {
            let day = holidays.working_days_before(Division::EnglandAndWales, day("2026-12-29"), count);
            assert_eq!(day.unwrap().to_string(), expected, "{count}");
        }
        assert!(holidays.working_days_before(Division::EnglandAndWales, day("2018-01-03"), 3).is_err());
    }

    #[test]
    fn a_gap_in_the_years_is_not_bridged() {
        let text = include_str!("../../assets/law/bank-holidays.json").replace("2027-", "2031-");
        let gappy = Holidays::default().with_file(&HolidayFile::parse(&text).unwrap());
        assert_eq!(gappy.known_years(Division::EnglandAndWales), Some((2018, 2026)));
        assert!(gappy.is_working_day(Division::EnglandAndWales, day("2027-02-03")).is_err());
        assert!(gappy.is_working_day(Division::EnglandAndWales, day("2028-02-03")).is_ok());
    }
}

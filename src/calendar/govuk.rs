//! Reads a file of bank holidays in the format of `www.gov.uk/bank-holidays.json`.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use serde_json::Value;

use super::division::Division;
use crate::base::{excerpt, one_line, parse_date};

/// The longest file read, in bytes. GOV.UK's own is about 35,000.
const LONGEST_BYTES: usize = 4_000_000;
/// The longest title kept, in characters.
const TITLE_CHARS: usize = 80;
/// The fewest bank holidays that any division has had in a year since 2018.
const FEWEST_IN_A_YEAR: usize = 8;

/// Why a file of bank holidays was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HolidayFileError {
    /// Too long to be one.
    #[error("the file is longer than 4 MB: give the file from www.gov.uk/bank-holidays.json")]
    TooLong,
    /// Not JSON of that shape.
    #[error("the file is not in GOV.UK's format (line {line}): give the file from www.gov.uk/bank-holidays.json")]
    Format {
        /// Where reading stopped, from 1.
        line: usize,
    },
    /// A top-level key that is no division: a misspelling would otherwise lose a division in silence.
    #[error(
        "the file has a section that is no division: name each one england-and-wales, scotland or northern-ireland"
    )]
    UnknownDivision,
    /// A division whose part of the file cannot be read.
    #[error("the part for {0} is not in GOV.UK's format: it needs \"events\", each with a \"title\" and a \"date\"")]
    Division(Division),
    /// An event without a calendar date.
    #[error("the part for {0} has an event whose date cannot be read: write it as YYYY-MM-DD")]
    Date(Division),
    /// Nothing in it.
    #[error("the file lists no bank holidays: give the file from www.gov.uk/bank-holidays.json")]
    Empty,
}

/// The days of one file, by division.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolidayFile {
    days: BTreeMap<Division, BTreeMap<NaiveDate, String>>,
}

#[derive(Deserialize)]
struct Section {
    events: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    title: String,
    date: String,
    #[serde(default)]
    notes: String,
}

impl Listed {
    /// The title, with what GOV.UK notes of the day ("Substitute day"): a reader who knows when Boxing Day is would
    /// otherwise take 28 December for a mistake.
    fn name(&self) -> String {
        let name = match one_line(&self.notes) {
            notes if notes.is_empty() => one_line(&self.title),
            notes => format!("{}, {}", one_line(&self.title), notes.to_lowercase()),
        };
        excerpt(&name, TITLE_CHARS)
    }
}

impl HolidayFile {
    /// Reads the text of a file. Sections whose name begins with `_` are notes and are passed over.
    ///
    /// # Errors
    /// [`HolidayFileError`] with the sentence to show; nothing of a faulty file is used.
    pub fn parse(text: &str) -> Result<Self, HolidayFileError> {
        if text.len() > LONGEST_BYTES {
            return Err(HolidayFileError::TooLong);
        }
        let sections: BTreeMap<String, Value> =
            serde_json::from_str(text).map_err(|e| HolidayFileError::Format { line: e.line() })?;
        let mut days = BTreeMap::new();
        for (name, section) in sections {
            if name.starts_with('_') {
                continue;
            }
            let division: Division = name.parse().map_err(|_| HolidayFileError::UnknownDivision)?;
            let section: Section = serde_json::from_value(section).map_err(|_| HolidayFileError::Division(division))?;
            let mut listed = BTreeMap::new();
            for event in section.events {
                let date = parse_date(&event.date).map_err(|_| HolidayFileError::Date(division))?;
                listed.insert(date, event.name());
            }
            days.insert(division, listed);
        }
        if days.values().all(BTreeMap::is_empty) {
            return Err(HolidayFileError::Empty);
        }
        Ok(Self { days })
    }

    /// The days listed for a division.
    pub(super) fn days(&self, division: Division) -> impl Iterator<Item = (NaiveDate, &str)> {
        self.days.get(&division).into_iter().flatten().map(|(date, title)| (*date, title.as_str()))
    }

    /// The years that the file lists from New Year to Christmas. GOV.UK publishes whole years; a year that stands
    /// in the file only in part (its first days, or a single proclaimed one) must not be taken for known.
    pub(super) fn whole_years(&self, division: Division) -> Vec<i32> {
        let mut by_year: BTreeMap<i32, (usize, bool, bool)> = BTreeMap::new();
        for (date, _) in self.days(division) {
            let (count, new_year, christmas) = by_year.entry(date.year()).or_default();
            *count += 1;
            *new_year |= date.month() == 1 && date.day() <= 4;
            *christmas |= date.month() == 12 && (25..=28).contains(&date.day());
        }
        by_year
            .into_iter()
            .filter(|(_, (count, new_year, christmas))| *count >= FEWEST_IN_A_YEAR && *new_year && *christmas)
            .map(|(year, _)| year)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_faulty_file_is_refused_with_a_cure() {
        let cases = [
            ("", HolidayFileError::Format { line: 1 }),
            ("[]", HolidayFileError::Format { line: 1 }),
            ("{}", HolidayFileError::Empty),
            (r#"{"scotland":{"events":[]}}"#, HolidayFileError::Empty),
            (r#"{"england_and_wales":{"events":[]}}"#, HolidayFileError::UnknownDivision),
            (r#"{"scotland":[]}"#, HolidayFileError::Division(Division::Scotland)),
            (r#"{"scotland":{"events":[{"title":"x"}]}}"#, HolidayFileError::Division(Division::Scotland)),
            (
                r#"{"scotland":{"events":[{"title":"x","date":"1/1/2029"}]}}"#,
                HolidayFileError::Date(Division::Scotland),
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(HolidayFile::parse(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn a_substitute_day_is_named_as_one() {
        let text = r#"{"scotland":{"events":[
            {"title":"Boxing Day","date":"2026-12-28","notes":"Substitute day","bunting":true},
            {"title":"Good\nFriday","date":"2026-04-03","notes":""}]}}"#;
        let file = HolidayFile::parse(text).unwrap();
        let names: Vec<_> = file.days(Division::Scotland).map(|(_, name)| name).collect();
        assert_eq!(names, ["Good Friday", "Boxing Day, substitute day"]);
    }

    #[test]
    fn a_year_listed_in_part_is_not_a_whole_year() {
        let file = HolidayFile::parse(r#"{"scotland":{"events":[{"title":"New Year’s Day","date":"2029-01-01"}]}}"#);
        assert_eq!(file.unwrap().whole_years(Division::Scotland), Vec::<i32>::new());
    }
}

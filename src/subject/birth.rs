//! Dates of birth as people and programs write them.

use chrono::NaiveDate;

/// A date of birth as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Birth {
    /// The year; of a year written with two digits those alone (`80`).
    pub year: i32,
    /// The year was written with two digits.
    pub short_year: bool,
    /// 1 to 12, unless day and month were exchanged: then up to 31.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
}

impl Birth {
    /// The date.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        use chrono::Datelike;
        Self { year: date.year(), short_year: false, month: date.month(), day: date.day() }
    }

    /// Reads a date: ISO 8601 with or without a time after it, eight digits, day before month with any sign between, the
    /// month in English words, a year of two digits. A month above 12 is taken to be the day. None for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let parts = parts(text);
        let whole = |at: usize| parts.get(at).filter(|p| p.month_word.is_none()).map(|p| (p.number, p.digits));
        let word = parts.iter().take(3).position(|p| p.month_word.is_some());
        match (parts.len(), word) {
            (1, None) => {
                let (number, digits) = whole(0)?;
                (digits == 8).then(|| Self::checked(number / 10_000, 4, number / 100 % 100, number % 100))?
            }
            (n, None) if n >= 3 => {
                let ((a, a_digits), (b, _), (c, c_digits)) = (whole(0)?, whole(1)?, whole(2)?);
                if a_digits == 4 { Self::checked(a, 4, b, c) } else { Self::checked(c, c_digits, b, a) }
            }
            (n, Some(at)) if n >= 3 => {
                let month = parts.get(at)?.month_word?;
                let mut others = (0..3).filter(|other| *other != at).filter_map(whole);
                let ((a, a_digits), (b, b_digits)) = (others.next()?, others.next()?);
                if a_digits == 4 { Self::checked(a, 4, month, b) } else { Self::checked(b, b_digits, month, a) }
            }
            _ => None,
        }
    }

    fn checked(year: u32, year_digits: usize, month: u32, day: u32) -> Option<Self> {
        let (month, day) = if month > 12 && day <= 12 { (day, month) } else { (month, day) };
        let sound = (1..=12).contains(&month) && (1..=31).contains(&day) && (year_digits == 2 || year_digits == 4);
        // Year 0 and day 0 stand where nothing was known.
        (sound && (year_digits == 2 || year > 0)).then_some(Self {
            year: i32::try_from(year).ok()?,
            short_year: year_digits == 2,
            month,
            day,
        })
    }

    /// The years can be the same: a year of two digits fits every century.
    #[must_use]
    pub fn same_year(&self, other: &Self) -> bool {
        if self.short_year || other.short_year {
            self.year.rem_euclid(100) == other.year.rem_euclid(100)
        } else {
            self.year == other.year
        }
    }
}

impl std::fmt::Display for Birth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let width = if self.short_year { 2 } else { 4 };
        write!(f, "{:0width$}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

struct Part {
    number: u32,
    digits: usize,
    month_word: Option<u32>,
}

/// The first numbers and month words of a text.
fn parts(text: &str) -> Vec<Part> {
    const MOST: usize = 6;
    let mut found = Vec::with_capacity(3);
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        if found.len() == MOST {
            break;
        }
        let kind = |c: char| (c.is_ascii_digit(), c.is_ascii_alphabetic());
        let end = rest.find(|c| kind(c) != kind(first)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        if first.is_ascii_digit() {
            let Some(number) = run.parse().ok().filter(|_| run.len() <= 8) else { return Vec::new() };
            found.push(Part { number, digits: if run.len() == 1 { 2 } else { run.len() }, month_word: None });
        } else if first.is_ascii_alphabetic() {
            let word = run.to_ascii_lowercase();
            const MONTHS: [&str; 12] =
                ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
            let month =
                MONTHS.iter().position(|month| word.starts_with(month)).and_then(|at| u32::try_from(at + 1).ok());
            match month {
                Some(month) => found.push(Part { number: 0, digits: 0, month_word: Some(month) }),
                None if ["st", "nd", "rd", "th", "of", "t", "z"].contains(&word.as_str()) => {}
                None if found.len() >= 3 => break,
                None => return Vec::new(),
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_in_the_writings_people_use() {
        for text in [
            "1980-05-17",
            " 1980-05-17T00:00:00Z",
            "1980-05-17 00:00:00+01",
            "1980/5/17",
            "17/05/1980",
            "17.5.1980",
            "17-05-1980",
            "05/17/1980",
            "17 May 1980",
            "17th of May, 1980",
            "May 17, 1980",
            "19800517",
        ] {
            assert_eq!(Birth::parse(text).map(|b| b.to_string()).as_deref(), Some("1980-05-17"), "{text}");
        }
        let short = Birth::parse("17/5/80").unwrap();
        assert!(short.short_year && short.same_year(&Birth::parse("17/5/1980").unwrap()));
        assert!(!short.same_year(&Birth::parse("17/5/1981").unwrap()));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in
            ["", "unknown", "0000-00-00", "1980", "1980-05", "17/05", "32/01/1980", "99999999999", "born 1980-05-17"]
        {
            assert_eq!(Birth::parse(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_date_read_and_written_is_read_as_the_same(text in "[0-9/. -]{0,12}") {
            if let Some(birth) = Birth::parse(&text).filter(|birth| !birth.short_year) {
                proptest::prop_assert_eq!(Birth::parse(&birth.to_string()), Some(birth));
            }
        }
    }
}

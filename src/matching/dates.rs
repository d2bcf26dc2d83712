//! Compares dates of birth.

use crate::subject::Birth;

use super::level::Level;
use super::similar::one_edit;

pub(super) fn level(own: &Birth, row: &Birth) -> Level {
    let same_year = own.same_year(row);
    let (same_month, same_day) = (own.month == row.month, own.day == row.day);
    if same_year && same_month && same_day {
        return Level::Exact;
    }
    if same_year && own.month == row.day && own.day == row.month {
        return Level::Exchanged;
    }
    let near = one_edit(&digits(own), &digits(row)) && (same_year || !own.short_year && !row.short_year);
    if near {
        return Level::Near;
    }
    match (same_year, same_month, same_day) {
        (true, true, false) | (true, false, true) | (false, true, true) => Level::Parts,
        (true, false, false) => Level::Year,
        _ => Level::Differs,
    }
}

fn digits(birth: &Birth) -> String {
    format!("{:04}{:02}{:02}", birth.year, birth.month, birth.day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_agree_by_degrees() {
        use Level::{Differs, Exact, Exchanged, Near, Parts, Year};
        for (own, row, expected) in [
            ("1980-05-07", "1980-05-07", Exact),
            ("1980-05-07", "07/05/80", Exact),
            ("1980-05-07", "1980-07-05", Exchanged),
            ("1980-05-17", "1980-05-18", Near),
            ("1980-05-17", "1990-05-17", Near),
            ("1980-05-17", "1980-05-29", Parts),
            ("1980-05-17", "1980-11-17", Parts),
            ("1980-05-17", "1967-05-17", Parts),
            ("1980-05-17", "1980-11-02", Year),
            ("1980-05-17", "1967-11-02", Differs),
            ("1980-05-17", "17/05/67", Parts),
        ] {
            let (own, row) = (Birth::parse(own).unwrap(), Birth::parse(row).unwrap());
            assert_eq!(level(&own, &row), expected, "{own} {row}");
            assert_eq!(level(&row, &own), expected, "{row} {own}");
        }
    }
}

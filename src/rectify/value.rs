//! Values as text: the same value in two writings, and whether a text may stand in a column.

use chrono::{DateTime, NaiveDate, NaiveDateTime};

use crate::base::{char_count, u64_from};
use crate::datamap::{LiveColumn, LiveKind};

/// The text of a value that a source gave as JSON; none for NULL. Numbers stay as they were written.
#[must_use]
pub fn plain(json: &str) -> Option<String> {
    match json.trim() {
        "null" => None,
        text => Some(serde_json::from_str::<String>(text).unwrap_or_else(|_| text.to_owned())),
    }
}

/// Whether a correction of a column of this kind can be written by the program. Documents, lists and bytes are for who
/// looks after the source.
#[must_use]
pub fn writable(kind: LiveKind) -> bool {
    match kind {
        LiveKind::Text
        | LiveKind::Integer
        | LiveKind::Decimal
        | LiveKind::Float
        | LiveKind::Boolean
        | LiveKind::Date
        | LiveKind::DateTime
        | LiveKind::Uuid => true,
        LiveKind::Bytes | LiveKind::Json | LiveKind::Array | LiveKind::Other => false,
    }
}

/// Whether two texts are the same value of a column of this kind: `1.50` is `1.5`, `t` is `true`; a text is the same only
/// letter for letter.
#[must_use]
pub fn same(kind: LiveKind, left: Option<&str>, right: Option<&str>) -> bool {
    match (left, right) {
        (None, None) => true,
        (Some(left), Some(right)) => {
            left == right || normal(kind, left).is_some_and(|n| normal(kind, right) == Some(n))
        }
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// The one writing of a value, where its kind has one.
fn normal(kind: LiveKind, text: &str) -> Option<String> {
    match kind {
        LiveKind::Integer | LiveKind::Decimal => number(text),
        LiveKind::Float => text.parse::<f64>().ok().map(|number| number.to_string()),
        LiveKind::Boolean => truth(text).map(|truth| truth.to_string()),
        LiveKind::Date => day(text).map(|day| day.to_string()),
        LiveKind::DateTime => moment(text),
        LiveKind::Uuid => uuid::Uuid::try_parse(text).ok().map(|id| id.to_string()),
        LiveKind::Text | LiveKind::Bytes | LiveKind::Json | LiveKind::Array | LiveKind::Other => None,
    }
}

/// A decimal number without signs that change nothing; none if it is no number.
fn number(text: &str) -> Option<String> {
    let (negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    let sign = if negative && (whole != "0" || !fraction.is_empty()) { "-" } else { "" };
    Some(if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") })
}

fn truth(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "t" | "1" | "yes" => Some(true),
        "false" | "f" | "0" | "no" => Some(false),
        _ => None,
    }
}

/// A date; the date of a moment at midnight is that date.
fn day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}

/// A date and time: an instant in UTC where the text says the offset, else as it stands.
fn moment(text: &str) -> Option<String> {
    if let Ok(instant) = DateTime::parse_from_rfc3339(&text.replacen(' ', "T", 1)) {
        return Some(instant.to_utc().to_rfc3339());
    }
    let plain = text.replacen('T', " ", 1);
    ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(&plain, format).ok())
        .map(|moment| moment.to_string())
}

/// The text as it is written to `column`.
///
/// # Errors
/// What to write instead, in one sentence.
pub fn validated(column: &LiveColumn, text: &str) -> Result<String, String> {
    let or = |read: Option<String>, what: &str| read.ok_or_else(|| format!("write {what}"));
    let trimmed = text.trim();
    match column.kind {
        LiveKind::Text => {
            if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
                return Err("leave out control characters".to_owned());
            }
            match column.room() {
                Some(most) if u64_from(char_count(text)) > most => {
                    Err(format!("write at most {most} characters: the record has no room for more"))
                }
                Some(_) | None => Ok(text.to_owned()),
            }
        }
        LiveKind::Integer => {
            let whole = number(trimmed).filter(|number| !number.contains('.'));
            or(whole.filter(|number| number.parse::<i64>().is_ok() || number.parse::<u64>().is_ok()), "a whole number")
        }
        LiveKind::Decimal => or(number(trimmed), "a number, as 12.50"),
        LiveKind::Float => {
            let finite = trimmed.parse::<f64>().ok().filter(|number| number.is_finite());
            or(finite.map(|_| trimmed.to_owned()), "a number, as 12.5")
        }
        LiveKind::Boolean => or(truth(trimmed).map(|truth| truth.to_string()), "true or false"),
        LiveKind::Date => or(day(trimmed).map(|day| day.to_string()), "a date, as 1990-01-31"),
        LiveKind::DateTime => or(
            moment(trimmed).map(|_| trimmed.to_owned()),
            "a date and time, as 1990-01-31 09:30:00, with +00:00 where the record says the offset",
        ),
        LiveKind::Uuid => or(normal(LiveKind::Uuid, trimmed), "a UUID"),
        LiveKind::Bytes | LiveKind::Json | LiveKind::Array | LiveKind::Other => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(kind: LiveKind, type_name: &str) -> LiveColumn {
        LiveColumn { name: "c".into(), type_name: type_name.into(), kind }
    }

    #[test]
    fn a_value_is_the_same_in_each_of_its_writings_and_in_no_other() {
        use LiveKind as K;
        let alike = [
            (K::Decimal, "1.50", "1.5"),
            (K::Decimal, "-0.0", "0"),
            (K::Decimal, "12345678901234567890.10", "12345678901234567890.1"),
            (K::Integer, "007", "7"),
            (K::Boolean, "t", "1"),
            (K::DateTime, "2026-06-01T11:00:00", "2026-06-01 11:00:00"),
            (K::DateTime, "2026-06-01T12:00:00+01:00", "2026-06-01 11:00:00+00:00"),
            (K::Uuid, "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
        ];
        for (kind, left, right) in alike {
            assert!(same(kind, Some(left), Some(right)), "{left} {right}");
        }
        let apart = [
            (K::Text, "Ann", "ann"),
            (K::Text, "Ann", "Ann "),
            (K::Text, "1.50", "1.5"),
            (K::Decimal, "12345678901234567890.10", "12345678901234567890.2"),
            (K::DateTime, "2026-06-01T11:00:00", "2026-06-01T11:00:00+00:00"),
            (K::Other, "A", "a"),
        ];
        for (kind, left, right) in apart {
            assert!(!same(kind, Some(left), Some(right)), "{left} {right}");
        }
        assert!(same(K::Text, None, None) && !same(K::Text, None, Some("")));
    }

    #[test]
    fn only_what_the_columns_type_holds_is_taken() {
        use LiveKind as K;
        let good = [
            (K::Text, "character varying(3)", "Łód", "Łód"),
            (K::Integer, "integer", " 42 ", "42"),
            (K::Decimal, "numeric(5,2)", "12.50", "12.5"),
            (K::Boolean, "BOOLEAN", "Yes", "true"),
            (K::Date, "date", "1990-01-31", "1990-01-31"),
            (K::DateTime, "timestamp", "1990-01-31T09:30:00", "1990-01-31T09:30:00"),
        ];
        for (kind, type_name, text, expected) in good {
            assert_eq!(validated(&column(kind, type_name), text).as_deref(), Ok(expected), "{text}");
        }
        let bad = [
            (K::Text, "varchar(3)", "four"),
            (K::Text, "TEXT", "a\0b"),
            (K::Integer, "integer", "4.5"),
            (K::Integer, "integer", "1; DROP TABLE x"),
            (K::Decimal, "numeric", "1e3"),
            (K::Float, "real", "inf"),
            (K::Boolean, "boolean", "perhaps"),
            (K::Date, "date", "31/01/1990"),
            (K::Date, "date", "1990-02-30"),
            (K::DateTime, "timestamp", "yesterday"),
            (K::Uuid, "uuid", "x"),
        ];
        for (kind, type_name, text) in bad {
            assert!(validated(&column(kind, type_name), text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn json_gives_the_text_of_a_value() {
        assert_eq!(plain("null"), None);
        assert_eq!(plain("\"a\\u0142\""), Some("ał".into()));
        assert_eq!(plain("1.10"), Some("1.10".into()));
        assert_eq!(plain("\"null\""), Some("null".into()));
    }
}

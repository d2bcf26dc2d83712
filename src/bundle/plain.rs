//! Values as people write them: dates in words and in London's time, yes and no, periods, counts. The exact value
//! stands in the JSON.

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use serde_json::Value as Json;

use super::model::{ColumnKind, Span, Value};

/// `23 November 2026`.
#[must_use]
pub fn date(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// `100,000`.
#[must_use]
pub fn count(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 record`, `2,500 records`.
#[must_use]
pub fn records(n: u64) -> String {
    if n == 1 { "1 record".to_owned() } else { format!("{} records", count(n)) }
}

/// `P3Y` as `3 years`, `P2Y after you leave` as `2 years after you leave`; what begins with no simple ISO 8601 period
/// stays as it is.
#[must_use]
pub fn period(text: &str) -> String {
    fn read(text: &str) -> Option<String> {
        let rest = text.strip_prefix('P')?;
        let mut words = vec![];
        let mut digits = String::new();
        for c in rest.chars() {
            if c.is_ascii_digit() {
                digits.push(c);
                continue;
            }
            let unit = match c {
                'Y' => "year",
                'M' => "month",
                'W' => "week",
                'D' => "day",
                _ => return None,
            };
            let number: u32 = std::mem::take(&mut digits).parse().ok()?;
            words.push(if number == 1 { format!("1 {unit}") } else { format!("{number} {unit}s") });
        }
        (digits.is_empty() && !words.is_empty()).then(|| words.join(" and "))
    }
    let (first, rest) = text.split_once(' ').map_or((text, ""), |(first, rest)| (first, rest));
    match read(first) {
        Some(words) if rest.is_empty() => words,
        Some(words) => format!("{words} {rest}"),
        None => text.to_owned(),
    }
}

/// A value in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// What the record says.
    Value(String),
    /// It says yes or no.
    Truth(bool),
    /// It says nothing.
    Nothing(&'static str),
    /// What it says is withheld, under this exemption code.
    Withheld(String),
    /// Some of what it says is withheld.
    Partly(Vec<Span>),
}

/// What a person is shown for a value.
#[must_use]
pub fn shown(kind: ColumnKind, value: &Value) -> Shown {
    let plain = Shown::Value;
    match value {
        Value::Null => Shown::Nothing("Not recorded"),
        Value::Text(text) if text.is_empty() => Shown::Nothing("Empty"),
        Value::Boolean(yes) => Shown::Truth(*yes),
        Value::Redacted(code) => Shown::Withheld(code.clone()),
        Value::Partly(spans) => Shown::Partly(spans.clone()),
        Value::Structured(json) => plain(serde_json::from_str(json).map_or_else(|_| json.clone(), |json| words(&json))),
        Value::Number(digits) | Value::Text(digits) if kind == ColumnKind::Boolean => match digits.as_str() {
            "1" | "t" | "true" => Shown::Truth(true),
            "0" | "f" | "false" => Shown::Truth(false),
            other => plain(other.to_owned()),
        },
        Value::Number(digits) | Value::Text(digits) => plain(match kind {
            ColumnKind::Date => date_in_words(digits),
            ColumnKind::DateTime => moment_in_words(digits),
            ColumnKind::Bytes => format!("{} bytes", count(decoded_length(digits))),
            // SQLite keeps dates as text: a text that is an ISO date or instant and nothing else is shown as one.
            ColumnKind::Text => iso_in_words(digits).unwrap_or_else(|| digits.clone()),
            ColumnKind::Number | ColumnKind::FreeText | ColumnKind::Boolean => digits.clone(),
        }),
    }
}

/// A truth in a word.
pub fn yes_or_no(yes: bool) -> &'static str {
    if yes { "Yes" } else { "No" }
}

/// A date, or a date and time whose time is not shown; anything else as it is.
fn date_in_words(text: &str) -> String {
    match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        Ok(day) => date(day),
        Err(_) => moment(text).map_or_else(|| text.to_owned(), |at| date(at.date())),
    }
}

/// `23 November 2026 at 09:30`.
fn moment_in_words(text: &str) -> String {
    moment(text).map_or_else(|| date_in_words(text), |at| format!("{} at {}", date(at.date()), at.format("%H:%M")))
}

/// The local time in London of an instant; a time without an offset is local already.
fn moment(text: &str) -> Option<NaiveDateTime> {
    let offset =
        DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f%#z"));
    if let Ok(at) = offset {
        return Some(at.with_timezone(&chrono_tz::Europe::London).naive_local());
    }
    ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
}

/// A text that is exactly `2026-11-23` or an RFC 3339 instant.
fn iso_in_words(text: &str) -> Option<String> {
    if text.len() == 10 {
        return crate::base::parse_date(text).ok().map(date);
    }
    let instant = DateTime::parse_from_rfc3339(text).ok().filter(|_| text.as_bytes().get(10) == Some(&b'T'))?;
    let at = instant.with_timezone(&chrono_tz::Europe::London).naive_local();
    Some(format!("{} at {}", date(at.date()), at.format("%H:%M")))
}

/// How many bytes a text of `\x` and two hexadecimal digits each stands for.
fn decoded_length(text: &str) -> u64 {
    crate::base::u64_from(text.strip_prefix("\\x").unwrap_or(text).len()) / 2
}

/// A list or object in words: `a, b`, `key: value; other: value`.
fn words(json: &Json) -> String {
    match json {
        Json::Null => "not recorded".to_owned(),
        Json::Bool(yes) => yes_or_no(*yes).to_owned(),
        Json::Number(number) => number.to_string(),
        Json::String(text) => text.clone(),
        Json::Array(items) if items.is_empty() => "none".to_owned(),
        Json::Array(items) => items.iter().map(words).collect::<Vec<_>>().join(", "),
        Json::Object(fields) => {
            fields.iter().map(|(key, value)| format!("{key}: {}", words(value))).collect::<Vec<_>>().join("; ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_as_people_write_them() {
        use ColumnKind::{Boolean, Bytes, Date, DateTime, FreeText, Number, Text};
        let text = |text: &str| Value::Text(text.to_owned());
        for (kind, value, shown) in [
            (Date, text("2026-11-23"), "23 November 2026"),
            (Date, text("2026-11-03T00:00:00"), "3 November 2026"),
            (DateTime, text("2026-07-01T23:30:00Z"), "2 July 2026 at 00:30"),
            (DateTime, text("2026-11-23 09:30:00+00"), "23 November 2026 at 09:30"),
            (DateTime, text("2026-11-23T09:30:00.123456"), "23 November 2026 at 09:30"),
            (DateTime, text("2026-11-23"), "23 November 2026"),
            (DateTime, text("soon"), "soon"),
            (Number, Value::Number("1.10".into()), "1.10"),
            (Text, text("2026-11-23"), "23 November 2026"),
            (Text, text("2026-07-01T23:30:00Z"), "2 July 2026 at 00:30"),
            (Text, text("2026-11-23 came"), "2026-11-23 came"),
            (FreeText, text("2026-11-23"), "2026-11-23"),
            (Text, Value::Structured(r#"{"a":[1,"b"],"c":null}"#.into()), "a: 1, b; c: not recorded"),
            (Bytes, text("\\x68656c6c6f"), "5 bytes"),
        ] {
            assert_eq!(super::shown(kind, &value), Shown::Value(shown.to_owned()));
        }
        for (value, yes) in [(Value::Boolean(true), true), (Value::Number("0".into()), false), (text("t"), true)] {
            assert_eq!(super::shown(Boolean, &value), Shown::Truth(yes));
        }
        assert_eq!(super::shown(Text, &Value::Null), Shown::Nothing("Not recorded"));
        assert_eq!(super::shown(Text, &Value::Redacted("LPP".into())), Shown::Withheld("LPP".into()));
    }

    #[test]
    fn periods_and_counts() {
        assert_eq!(period("P3Y"), "3 years");
        assert_eq!(period("P1Y6M"), "1 year and 6 months");
        assert_eq!(period("until the child is 25"), "until the child is 25");
        assert_eq!(period("PT5M"), "PT5M");
        assert_eq!(period("P2Y after you leave"), "2 years after you leave");
        assert_eq!((count(7), count(1000), count(1_234_567)), ("7".into(), "1,000".into(), "1,234,567".into()));
    }
}

//! One value as the server gave it, as JSON and as a key's text.

use std::borrow::Cow;

use mysql_async::consts::ColumnType;
use mysql_async::{Column, Value};
use serde_json::value::RawValue;

use crate::sources::json;

/// The character set that is none: bytes.
const BINARY: u16 = 63;
/// The number of decimals of a value whose type does not fix it.
const FREE_DECIMALS: u8 = 31;

/// A value in its JSON shape.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cell<'v> {
    Null,
    /// A number, or a document of a JSON column: JSON text as it stands.
    Json(Cow<'v, str>),
    /// Text, a date, bytes in hexadecimal digits.
    Text(Cow<'v, str>),
    /// Text by its type and not by its bytes: hexadecimal digits.
    BrokenText(String),
}

impl<'v> Cell<'v> {
    /// `document` says that the column holds JSON.
    pub(super) fn of(value: &'v Value, column: &Column, document: bool) -> Self {
        match value {
            Value::NULL => Self::Null,
            Value::Int(number) => Self::Json(number.to_string().into()),
            Value::UInt(number) => Self::Json(number.to_string().into()),
            // By way of text: as a double a single would show digits that it does not have.
            Value::Float(number) => match serde_json::to_string(number) {
                Ok(text) if number.is_finite() => Self::Json(whole(text).into()),
                Ok(_) | Err(_) => Self::Text(json::float_word(f64::from(*number)).into()),
            },
            Value::Double(number) => match serde_json::Number::from_f64(*number) {
                Some(finite) => Self::Json(whole(finite.to_string()).into()),
                None => Self::Text(json::float_word(*number).into()),
            },
            Value::Date(year, month, day, hour, minute, second, micros) => {
                let date = format!("{year:04}-{month:02}-{day:02}");
                let kind = column.column_type();
                if matches!(kind, ColumnType::MYSQL_TYPE_DATE | ColumnType::MYSQL_TYPE_NEWDATE) {
                    return Self::Text(date.into());
                }
                let fraction = fraction(*micros, column.decimals());
                // An instant is given in UTC, since the session's zone is UTC; the all-zero one is no instant.
                let instant = matches!(kind, ColumnType::MYSQL_TYPE_TIMESTAMP | ColumnType::MYSQL_TYPE_TIMESTAMP2);
                let offset = if instant && (*year, *month, *day) != (0, 0, 0) { "+00:00" } else { "" };
                Self::Text(format!("{date}T{hour:02}:{minute:02}:{second:02}{fraction}{offset}").into())
            }
            Value::Time(negative, days, hours, minutes, seconds, micros) => {
                let sign = if *negative { "-" } else { "" };
                let hours = u64::from(*days) * 24 + u64::from(*hours);
                let fraction = fraction(*micros, column.decimals());
                Self::Text(format!("{sign}{hours:02}:{minutes:02}:{seconds:02}{fraction}").into())
            }
            Value::Bytes(bytes) => Self::of_bytes(bytes, column, document),
        }
    }

    fn of_bytes(bytes: &'v [u8], column: &Column, document: bool) -> Self {
        let kind = column.column_type();
        let is_json = document || kind == ColumnType::MYSQL_TYPE_JSON;
        if kind == ColumnType::MYSQL_TYPE_BIT {
            // At most 64 bits, the highest first.
            let number = bytes.iter().fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
            return Self::Json(number.to_string().into());
        }
        if matches!(kind, ColumnType::MYSQL_TYPE_DECIMAL | ColumnType::MYSQL_TYPE_NEWDECIMAL) {
            let text = String::from_utf8_lossy(bytes);
            // ZEROFILL writes zeros in front, which no JSON number has.
            let plain = serde_json::from_str::<&RawValue>(&text).is_ok();
            return if plain { Self::Json(text) } else { Self::Text(text) };
        }
        let is_bytes = column.character_set() == BINARY && !is_json;
        if is_bytes || kind == ColumnType::MYSQL_TYPE_GEOMETRY {
            return Self::Text(json::bytes_text(bytes).into());
        }
        let Ok(text) = std::str::from_utf8(bytes) else { return Self::BrokenText(json::bytes_text(bytes)) };
        if is_json && serde_json::from_str::<&RawValue>(text).is_ok() {
            // A row is one line; between the tokens of a document a line break is as good as a space.
            let broken = text.contains(['\n', '\r']);
            return Self::Json(if broken { text.replace(['\n', '\r'], " ").into() } else { text.into() });
        }
        Self::Text(text.into())
    }

    /// Appends it as JSON.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Null => out.extend_from_slice(b"null"),
            Self::Json(text) => out.extend_from_slice(text.trim().as_bytes()),
            Self::Text(text) => json::string(out, text),
            Self::BrokenText(text) => json::string(out, text),
        }
    }

    /// As the text of a key.
    pub(super) fn into_key(self) -> Option<Cow<'v, str>> {
        match self {
            Self::Null => None,
            Self::Json(text) | Self::Text(text) => Some(text),
            Self::BrokenText(text) => Some(text.into()),
        }
    }
}

/// A whole number without the `.0` that the server does not write either.
fn whole(text: String) -> String {
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// The fraction of a second with as many digits as the column has.
fn fraction(micros: u32, decimals: u8) -> String {
    let digits = format!("{micros:06}");
    match decimals {
        0 => String::new(),
        FREE_DECIMALS if micros == 0 => String::new(),
        more => format!(".{}", digits.get(..usize::from(more.min(6))).unwrap_or(&digits)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(value: &Value, kind: ColumnType, set: u16, decimals: u8, document: bool) -> String {
        let column = Column::new(kind).with_character_set(set).with_decimals(decimals);
        let mut out = Vec::new();
        Cell::of(value, &column, document).write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_kind_of_value_has_its_text() {
        use ColumnType as T;
        let bytes = |text: &str| Value::Bytes(text.as_bytes().to_vec());
        let table = [
            (Value::Float(0.1), T::MYSQL_TYPE_FLOAT, BINARY, 31, "0.1"),
            (Value::Double(-0.0), T::MYSQL_TYPE_DOUBLE, BINARY, 31, "-0"),
            (Value::Double(f64::NAN), T::MYSQL_TYPE_DOUBLE, BINARY, 31, "\"NaN\""),
            (bytes("-0.50"), T::MYSQL_TYPE_NEWDECIMAL, BINARY, 2, "-0.50"),
            (bytes("000.50"), T::MYSQL_TYPE_NEWDECIMAL, BINARY, 2, "\"000.50\""),
            (Value::Date(0, 0, 0, 0, 0, 0, 0), T::MYSQL_TYPE_DATE, BINARY, 0, "\"0000-00-00\""),
            (Value::Date(0, 0, 0, 0, 0, 0, 0), T::MYSQL_TYPE_TIMESTAMP, BINARY, 0, "\"0000-00-00T00:00:00\""),
            (Value::Date(2026, 6, 1, 11, 0, 0, 0), T::MYSQL_TYPE_TIMESTAMP, BINARY, 0, "\"2026-06-01T11:00:00+00:00\""),
            (Value::Date(2026, 6, 1, 11, 0, 0, 1), T::MYSQL_TYPE_DATETIME, BINARY, 6, "\"2026-06-01T11:00:00.000001\""),
            (
                Value::Date(2026, 6, 1, 11, 0, 0, 500_000),
                T::MYSQL_TYPE_DATETIME,
                BINARY,
                1,
                "\"2026-06-01T11:00:00.5\"",
            ),
            (Value::Time(true, 34, 22, 59, 59, 0), T::MYSQL_TYPE_TIME, BINARY, 0, "\"-838:59:59\""),
            (Value::Bytes(vec![1, 0]), T::MYSQL_TYPE_BIT, BINARY, 0, "256"),
            (Value::Bytes(vec![0, 255]), T::MYSQL_TYPE_BLOB, BINARY, 0, "\"\\\\x00ff\""),
            (Value::Bytes(vec![0, 65]), T::MYSQL_TYPE_BLOB, 45, 0, "\"\\u0000A\""),
            (Value::Bytes(vec![0xff]), T::MYSQL_TYPE_VAR_STRING, 45, 0, "\"\\\\xff\""),
        ];
        for (value, kind, set, decimals, expected) in table {
            assert_eq!(cell(&value, kind, set, decimals, false), expected, "{value:?}");
        }
        let document = bytes("{\"a\":\n 1.10}");
        assert_eq!(cell(&document, T::MYSQL_TYPE_BLOB, 45, 0, true), "{\"a\":  1.10}");
        assert_eq!(cell(&bytes("{no json"), T::MYSQL_TYPE_BLOB, 45, 0, true), "\"{no json\"");
        assert_eq!(cell(&document, T::MYSQL_TYPE_BLOB, 45, 0, false), "\"{\\\"a\\\":\\n 1.10}\"");
    }
}

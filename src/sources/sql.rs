//! Pieces of SQL: quoted names and the patterns of LIKE. No value ever stands in them.

use crate::datamap::LiveTable;

/// A name in double quotes, as the SQL standard, SQLite and PostgreSQL have it.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A name in back quotes, as MariaDB and MySQL have it whatever their mode.
pub(super) fn backquoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// A table with its schema, quoted.
pub(super) fn table(table: &LiveTable) -> String {
    match &table.schema {
        Some(schema) => format!("{}.{}", quoted(schema), quoted(&table.name)),
        None => quoted(&table.name),
    }
}

/// The LIKE pattern for letters (lowered) and digits in this order with anything between; bound as a value.
pub(super) fn in_order(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.chars().filter(char::is_ascii_alphanumeric) {
        pattern.push(c.to_ascii_lowercase());
        pattern.push('%');
    }
    pattern
}

/// The LIKE pattern for values that begin with the text, `\\` being the escape; bound as a value.
pub(super) fn start(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// The whole number that a key's text means, where it is one: `7`, `-7`, and `7.00` as decimals write it.
pub(super) fn whole_number(text: &str) -> Option<i64> {
    let whole = match text.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() && fraction.bytes().all(|b| b == b'0') => whole,
        Some(_) => return None,
        None => text,
    };
    let number: i64 = whole.parse().ok()?;
    (number.to_string() == whole).then_some(number)
}

/// Whether a key's text is a decimal number: digits, perhaps with a sign and a fraction.
pub(super) fn is_decimal(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    match unsigned.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(unsigned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_in_a_name_cannot_end_the_name() {
        assert_eq!(quoted(r#"a"; DROP TABLE b; --"#), r#""a""; DROP TABLE b; --""#);
        assert_eq!(backquoted("a`; DROP TABLE b; --"), "`a``; DROP TABLE b; --`");
    }

    #[test]
    fn only_whole_numbers_are_whole() {
        let table = [
            ("7", Some(7)),
            ("-7", Some(-7)),
            ("7.00", Some(7)),
            ("7.5", None),
            ("7.", None),
            ("007", None),
            ("+7", None),
            (" 7", None),
            ("", None),
            ("1e3", None),
            ("9223372036854775807", Some(i64::MAX)),
            ("9223372036854775808", None),
        ];
        for (text, expected) in table {
            assert_eq!(whole_number(text), expected, "{text}");
        }
    }

    #[test]
    fn a_pattern_has_only_letters_and_digits_of_the_value() {
        assert_eq!(in_order("07%_\\7"), "%0%7%7%");
    }
}

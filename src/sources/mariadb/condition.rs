//! The WHERE condition of a search, in the SQL that MariaDB and MySQL share.

use mysql_async::Value;

use crate::datamap::{LiveColumn, LiveKind, LiveTable};
use crate::sources::query::{Needle, Search, Shape};
use crate::sources::sql;

/// A table with its database, quoted.
pub(super) fn table(table: &LiveTable) -> String {
    match &table.schema {
        Some(schema) => format!("{}.{}", sql::backquoted(schema), sql::backquoted(&table.name)),
        None => sql::backquoted(&table.name),
    }
}

/// A column of the table that the query calls `t`.
pub(super) fn column(column: &LiveColumn) -> String {
    format!("t.{}", sql::backquoted(&column.name))
}

/// The condition and what is bound to it; none if no row can match.
pub(super) fn of(search: Search<'_>) -> Option<(String, Vec<Value>)> {
    match search {
        Search::All => Some(("TRUE".to_owned(), Vec::new())),
        Search::First(rows) => Some((format!("TRUE LIMIT {rows}"), Vec::new())),
        Search::Any([]) => None,
        Search::Any(needles) => {
            let mut bound = Vec::new();
            let conditions: Vec<String> = needles.iter().map(|needle| found(needle, &mut bound)).collect();
            Some((conditions.join(" OR "), bound))
        }
        Search::Keys { column, values } => exact(column, values),
    }
}

/// The condition for one needle, with what must be found beside it.
fn found(needle: &Needle<'_>, bound: &mut Vec<Value>) -> String {
    let (condition, value) = loose(needle);
    bound.push(value);
    match needle.also {
        Some(also) => format!("({condition} AND {})", found(also, bound)),
        None => condition,
    }
}

/// Any type is read as text. Its lower case is that of the character set, not that of the column's collation, which
/// might be Turkish; bytes have no case, so they are read as Latin-1 first.
fn loose(needle: &Needle<'_>) -> (String, Value) {
    let name = column(needle.column);
    let (set, bind) = match needle.column.kind {
        LiveKind::Bytes => ("latin1", "CONVERT(? USING latin1)"),
        LiveKind::Text
        | LiveKind::Integer
        | LiveKind::Decimal
        | LiveKind::Float
        | LiveKind::Boolean
        | LiveKind::Date
        | LiveKind::DateTime
        | LiveKind::Uuid
        | LiveKind::Json
        | LiveKind::Array
        | LiveKind::Other => ("utf8mb4", "?"),
    };
    let lowered = format!("LOWER(CONVERT({name} USING {set})) COLLATE {set}_bin");
    match needle.shape {
        Shape::Together => (format!("LOCATE({bind}, {lowered}) > 0"), text(needle.text)),
        Shape::InOrder => (format!("{lowered} LIKE {bind}"), text(&sql::in_order(needle.text))),
        Shape::Start => (format!("{lowered} LIKE {bind}"), text(&sql::start(needle.text))),
        // By the column's collation, so that an index serves: it gives more rows where letter case says nothing.
        Shape::Whole | Shape::Lowered if needle.column.kind == LiveKind::Text => {
            (format!("{name} = ?"), text(needle.text))
        }
        Shape::Whole | Shape::Lowered => (format!("{lowered} = {bind}"), text(&needle.text.to_lowercase())),
    }
}

/// Values are bound in the column's own type, so that an index serves and nothing is compared as a floating-point
/// number, which is what the server does with a number and a text. Text is found by the column's collation, so that an
/// index serves; whether it is the same text is told with each row.
fn exact(of: &LiveColumn, values: &[&str]) -> Option<(String, Vec<Value>)> {
    let name = column(of);
    let list = |left: String, item: &str, bound: Vec<Value>| -> Option<(String, Vec<Value>)> {
        let items = vec![item; bound.len()].join(", ");
        (!bound.is_empty()).then(|| (format!("{left} IN ({items})"), bound))
    };
    match of.kind {
        LiveKind::Integer | LiveKind::Boolean => {
            list(name, "?", values.iter().filter_map(|value| whole(value)).collect())
        }
        LiveKind::Decimal => {
            // A DECIMAL has at most 65 digits, 38 of them after the point.
            let fits = |value: &&&str| sql::is_decimal(value) && value.len() <= 65;
            list(name, "CAST(? AS DECIMAL(65, 30))", values.iter().filter(fits).map(|value| text(value)).collect())
        }
        LiveKind::Float => {
            let single = of.type_name.to_ascii_lowercase().starts_with("float");
            let number = |value: &&str| -> Option<Value> {
                let number = if single { f64::from(value.parse::<f32>().ok()?) } else { value.parse().ok()? };
                number.is_finite().then_some(Value::Double(number))
            };
            list(name, "?", values.iter().filter_map(number).collect())
        }
        LiveKind::Uuid => {
            let parsed = |value: &&str| uuid::Uuid::try_parse(value).ok().map(|id| text(&id.to_string()));
            list(name, "?", values.iter().filter_map(parsed).collect())
        }
        LiveKind::Text => list(name, "?", values.iter().map(|value| text(value)).collect()),
        LiveKind::Bytes => {
            let digits = |value: &str| {
                let digits = value.strip_prefix("\\x")?;
                (digits.len() % 2 == 0 && digits.bytes().all(|b| b.is_ascii_hexdigit())).then(|| text(digits))
            };
            let (items, bound): (Vec<&str>, Vec<Value>) = values
                .iter()
                .map(|value| match digits(value) {
                    Some(digits) => ("UNHEX(?)", digits),
                    None => ("CAST(? AS BINARY)", text(value)),
                })
                .unzip();
            (!items.is_empty()).then(|| (format!("{name} IN ({})", items.join(", ")), bound))
        }
        LiveKind::Json | LiveKind::Array => {
            // The keys stand in a JSON array, as texts or as numbers; a document that is none is compared whole.
            let numbers: Vec<i64> = values.iter().filter_map(|value| sql::whole_number(value)).collect();
            let whole = format!("CONVERT({name} USING utf8mb4) COLLATE utf8mb4_bin = ?");
            let overlap = format!("(JSON_VALID({name}) AND JSON_TYPE({name}) = 'ARRAY' AND JSON_OVERLAPS({name}, ?))");
            let mut conditions = vec![overlap; 2];
            conditions.extend(vec![whole; values.len()]);
            let json = |text: Result<String, serde_json::Error>| text.ok().map(|text| Value::Bytes(text.into_bytes()));
            let mut bound = vec![json(serde_json::to_string(values))?, json(serde_json::to_string(&numbers))?];
            bound.extend(values.iter().map(|value| text(value)));
            Some((format!("({})", conditions.join(" OR ")), bound))
        }
        LiveKind::Date | LiveKind::DateTime | LiveKind::Other => {
            // As the connector writes them: a `T` within, and an offset on an instant.
            let plain = |value: &&str| {
                let instant = value.strip_suffix("+00:00").unwrap_or(value).replacen('T', " ", 1);
                if of.kind == LiveKind::DateTime { text(&instant) } else { text(value) }
            };
            let left = format!("CONVERT({name} USING utf8mb4) COLLATE utf8mb4_bin");
            list(left, "?", values.iter().map(plain).collect())
        }
    }
}

/// A whole number within the range of either integer type.
fn whole(value: &str) -> Option<Value> {
    if let Some(number) = sql::whole_number(value) {
        return Some(Value::Int(number));
    }
    let number: u64 = value.parse().ok()?;
    (number.to_string() == value).then_some(Value::UInt(number))
}

fn text(value: &str) -> Value {
    Value::Bytes(value.as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn live(kind: LiveKind, type_name: &str) -> LiveColumn {
        LiveColumn { name: "k`; --".into(), type_name: type_name.into(), kind }
    }

    fn keys(kind: LiveKind, type_name: &str, values: &[&str]) -> Option<(String, Vec<Value>)> {
        of(Search::Keys { column: &live(kind, type_name), values })
    }

    #[test]
    fn a_name_cannot_end_itself_and_a_value_is_only_bound() {
        let (sql, bound) = keys(LiveKind::Text, "varchar(9)", &["a' OR 1=1", "b"]).unwrap();
        assert_eq!(sql, "t.`k``; --` IN (?, ?)");
        assert_eq!(bound, [text("a' OR 1=1"), text("b")]);
    }

    #[test]
    fn what_cannot_stand_in_the_column_is_not_asked_for() {
        assert_eq!(keys(LiveKind::Integer, "int", &["x", "1.5", ""]), None);
        let (_, bound) = keys(LiveKind::Integer, "bigint unsigned", &["7.00", "18446744073709551615", "-7"]).unwrap();
        assert_eq!(bound, [Value::Int(7), Value::UInt(u64::MAX), Value::Int(-7)]);
        assert_eq!(keys(LiveKind::Decimal, "decimal", &["abc", "1e3"]), None);
        assert_eq!(keys(LiveKind::Float, "double", &["NaN", "Infinity"]), None);
        assert_eq!(keys(LiveKind::Uuid, "uuid", &["no"]), None);
    }

    #[test]
    fn bytes_are_told_by_their_writing() {
        let (sql, bound) = keys(LiveKind::Bytes, "binary(2)", &["ab", "\\x00ff", "\\x0"]).unwrap();
        assert_eq!(sql, "t.`k``; --` IN (CAST(? AS BINARY), UNHEX(?), CAST(? AS BINARY))");
        assert_eq!(bound, [text("ab"), text("00ff"), text("\\x0")]);
    }
}

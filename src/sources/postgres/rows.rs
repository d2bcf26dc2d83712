//! Searches a PostgreSQL table and gives its rows one at a time, as the server sends them.

use std::borrow::Cow;
use std::ops::ControlFlow;

use diesel::connection::LoadConnection;
use diesel::pg::{Pg, PgConnection, PgRowByRowLoadingMode, PgValue};
use diesel::row::{Field, Row};
use diesel::sql_query;
use diesel::sql_types::{Array, Text};

use crate::datamap::{LiveColumn, LiveKind};
use crate::sources::query::{Needle, RowQuery, Search, Shape, SourceRow};
use crate::sources::sql;

use super::connect::Failure;

/// Whether the rows that are found stay as they are until the transaction ends.
#[derive(Debug, Clone, Copy)]
pub(super) enum Lock {
    Free,
    Held,
}

impl Lock {
    fn words(self) -> &'static str {
        match self {
            Self::Free => "",
            Self::Held => " FOR UPDATE OF t",
        }
    }
}

pub(super) fn read(
    conn: &mut PgConnection,
    query: &RowQuery<'_>,
    lock: Lock,
    each: &mut dyn FnMut(SourceRow<'_>) -> ControlFlow<()>,
) -> Result<(), Failure> {
    let Some((condition, bound)) = condition(query.search) else { return Ok(()) };
    let fields: Vec<String> =
        query.fields.iter().map(|(name, column)| format!("{} AS {}", column_sql(column), sql::quoted(name))).collect();
    let keys: String = query.keys.iter().map(|column| format!(", {}", key_sql(column))).collect();
    // The lateral row has only the mapped columns; the planner makes it one expression, not a query for each row.
    let (from, held) = (sql::table(query.table), lock.words());
    let text = if fields.is_empty() {
        format!("SELECT '{{}}'{keys} FROM {from} AS t WHERE {condition}{held}")
    } else {
        let fields = fields.join(", ");
        format!(
            "SELECT row_to_json(r)::text{keys} FROM {from} AS t CROSS JOIN LATERAL (SELECT {fields}) AS r \
             WHERE {condition}{held}"
        )
    };
    let mut statement = sql_query(text).into_boxed::<Pg>();
    match bound {
        Bound::Texts(texts) => {
            for text in texts {
                statement = statement.bind::<Text, _>(text);
            }
        }
        Bound::Set(values) => statement = statement.bind::<Array<Text>, _>(values),
    }
    let rows = LoadConnection::<PgRowByRowLoadingMode>::load(conn, statement)?;
    for row in rows {
        let row = row?;
        let cells: Vec<_> = (0..=query.keys.len()).map(|at| row.get(at)).collect();
        let mut values = cells.iter().map(|cell| cell.as_ref().and_then(Field::value));
        let mut broken_text = false;
        let line = values.next().flatten().ok_or(Failure::Garbled)?;
        let fields = on_one_line(text_of(&line, &mut broken_text));
        let held: Vec<Option<PgValue<'_>>> = values.collect();
        let keys: Vec<Option<Cow<'_, str>>> =
            held.iter().map(|value| value.as_ref().map(|value| text_of(value, &mut broken_text))).collect();
        if each(SourceRow { fields: &fields, keys: &keys, broken_text, exact: true }).is_break() {
            return Ok(());
        }
    }
    Ok(())
}

/// A value sent as text. A database of encoding SQL_ASCII may send bytes that are no text.
fn text_of<'v>(value: &'v PgValue<'_>, broken: &mut bool) -> Cow<'v, str> {
    let text = String::from_utf8_lossy(value.as_bytes());
    *broken |= matches!(text, Cow::Owned(_));
    text
}

/// A `json` column keeps its text as it was written, line breaks between its tokens included; a row is one line.
fn on_one_line(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains(['\n', '\r']) { Cow::Owned(text.replace(['\n', '\r'], " ")) } else { text }
}

fn column_sql(column: &LiveColumn) -> String {
    format!("t.{}", sql::quoted(&column.name))
}

/// A key as text; the keys in an array as the text of a JSON array.
fn key_sql(column: &LiveColumn) -> String {
    let name = column_sql(column);
    if column.kind == LiveKind::Array { format!("array_to_json({name})::text") } else { format!("{name}::text") }
}

enum Bound<'a> {
    Texts(Vec<String>),
    Set(Vec<Cow<'a, str>>),
}

/// The WHERE condition and what is bound to it; none if no row can match.
fn condition(search: Search<'_>) -> Option<(String, Bound<'_>)> {
    match search {
        Search::All => Some(("true".to_owned(), Bound::Texts(Vec::new()))),
        Search::First(rows) => Some((format!("true LIMIT {rows}"), Bound::Texts(Vec::new()))),
        Search::Any(needles) => {
            let mut texts = Vec::new();
            let conditions: Vec<String> = needles.iter().map(|needle| found(needle, &mut texts)).collect();
            (!conditions.is_empty()).then(|| (conditions.join(" OR "), Bound::Texts(texts)))
        }
        Search::Keys { column, values } => {
            let (set, left) = typed(column, values);
            let name = column_sql(column);
            // The parameter is cast to the column's type, not the column to the parameter's, so that an index serves;
            // only where no cast is sure to succeed is the column read as text.
            let condition = match left {
                None if column.kind == LiveKind::Array => {
                    format!("EXISTS (SELECT 1 FROM unnest({name}) AS u(key) WHERE u.key::text = ANY ($1))")
                }
                None if column.kind == LiveKind::Json => format!(
                    "({name}::text = ANY ($1) OR (jsonb_typeof({name}::jsonb) = 'array' AND EXISTS (SELECT 1 \
                     FROM jsonb_array_elements_text({name}::jsonb) AS u(key) WHERE u.key = ANY ($1))))"
                ),
                Some(cast) => format!("{name} IN (SELECT unnest($1::text[]::{cast}[]))"),
                None => format!("{name}::text IN (SELECT unnest($1::text[]))"),
            };
            (!set.is_empty()).then_some((condition, Bound::Set(set)))
        }
    }
}

/// The condition for one needle, with what must be found beside it.
fn found(needle: &Needle<'_>, texts: &mut Vec<String>) -> String {
    let column = column_sql(needle.column);
    let bind = texts.len() + 1;
    // The "C" collation lowers ASCII alone, the same on every server and quickly.
    let lowered = format!("lower({column}::text COLLATE \"C\")");
    let (condition, text) = match needle.shape {
        Shape::Together => (format!("strpos({lowered}, ${bind}) > 0"), needle.text.to_owned()),
        Shape::InOrder => (format!("{lowered} LIKE ${bind}"), sql::in_order(needle.text)),
        Shape::Start => (format!("{lowered} LIKE ${bind}"), sql::start(needle.text)),
        // Written as an index of the table would be, so that the planner takes it.
        Shape::Whole if needle.column.kind == LiveKind::Text => (format!("{column} = ${bind}"), needle.text.to_owned()),
        Shape::Whole => (format!("{column}::text = ${bind}"), needle.text.to_owned()),
        Shape::Lowered => (format!("lower({column}) = ${bind}"), needle.text.to_owned()),
    };
    texts.push(text);
    match needle.also {
        Some(also) => format!("({condition} AND {})", found(also, texts)),
        None => condition,
    }
}

/// The values that can stand in the column, and the type to cast them to.
fn typed<'a>(column: &LiveColumn, values: &[&'a str]) -> (Vec<Cow<'a, str>>, Option<&'static str>) {
    let all = || values.iter().map(|value| Cow::Borrowed(*value)).collect();
    match column.kind {
        LiveKind::Integer => {
            let whole = |value: &&str| sql::whole_number(value).map(|number| Cow::Owned(number.to_string()));
            (values.iter().filter_map(whole).collect(), Some("int8"))
        }
        LiveKind::Decimal => {
            (values.iter().copied().filter(|v| sql::is_decimal(v)).map(Cow::Borrowed).collect(), Some("numeric"))
        }
        LiveKind::Uuid => {
            let parsed = |value: &&str| uuid::Uuid::try_parse(value).ok().map(|id| Cow::Owned(id.to_string()));
            (values.iter().filter_map(parsed).collect(), Some("uuid"))
        }
        LiveKind::Text if column.type_name.starts_with("character(") => (all(), Some("bpchar")),
        LiveKind::Text => (all(), Some("text")),
        LiveKind::Float
        | LiveKind::Boolean
        | LiveKind::Date
        | LiveKind::DateTime
        | LiveKind::Bytes
        | LiveKind::Json
        | LiveKind::Array
        | LiveKind::Other => (all(), None),
    }
}

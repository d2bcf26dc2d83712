//! Searches a SQLite table and gives its rows one at a time.

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use diesel::connection::LoadConnection;
use diesel::row::{Field, Row};
use diesel::sql_query;
use diesel::sql_types::Text;
use diesel::sqlite::{Sqlite, SqliteConnection, SqliteType, SqliteValue};

use crate::datamap::LiveKind;
use crate::sources::error::SourceError;
use crate::sources::query::{Needle, RowQuery, Search, Shape, SourceRow};
use crate::sources::{json, sql};

pub(super) fn read(
    conn: &mut SqliteConnection,
    query: &RowQuery<'_>,
    limit: Duration,
    each: &mut dyn FnMut(SourceRow<'_>) -> ControlFlow<()>,
) -> Result<(), SourceError> {
    let (condition, binds) = condition(query)?;
    let columns: Vec<String> =
        query.fields.iter().map(|(_, column)| *column).chain(query.keys.iter().copied()).map(column_sql).collect();
    let text = format!("SELECT {} FROM {} AS t WHERE {condition}", columns.join(", "), sql::table(query.table));
    let mut statement = sql_query(text).into_boxed::<Sqlite>();
    for bind in binds {
        statement = statement.bind::<Text, _>(bind);
    }
    let began = Instant::now();
    let rows = LoadConnection::load(conn, statement).map_err(|_| SourceError::Refused)?;
    let mut line = Vec::new();
    for row in rows {
        // A page that cannot be read or decoded ends the cursor, in the middle as well as at the start.
        let row = row.map_err(|_| SourceError::Garbled)?;
        line.clear();
        let mut broken_text = false;
        line.push(b'{');
        for (at, (name, _)) in query.fields.iter().enumerate() {
            if at > 0 {
                line.push(b',');
            }
            json::string(&mut line, name);
            line.push(b':');
            let field = row.get(at).ok_or(SourceError::Garbled)?;
            match Cell::of(field.value()) {
                Cell::Null => line.extend_from_slice(b"null"),
                Cell::Whole(number) => line.extend_from_slice(number.to_string().as_bytes()),
                Cell::Real(number) => json::float(&mut line, number),
                Cell::Text(text) => json::string(&mut line, &text),
                Cell::Bytes(bytes) => json::string(&mut line, &bytes),
                Cell::BrokenText(bytes) => {
                    broken_text = true;
                    json::string(&mut line, &bytes);
                }
            }
        }
        line.push(b'}');
        let keys: Vec<Option<Cow<'_, str>>> = (0..query.keys.len())
            .map(|at| {
                let field = row.get(query.fields.len() + at).ok_or(SourceError::Garbled)?;
                Ok(Cell::of(field.value()).into_key().map(Cow::Owned))
            })
            .collect::<Result<_, SourceError>>()?;
        let fields = std::str::from_utf8(&line).map_err(|_| SourceError::Garbled)?;
        if each(SourceRow { fields, keys: &keys, broken_text, exact: true }).is_break() {
            return Ok(());
        }
        if began.elapsed() > limit {
            return Err(SourceError::TimedOut(limit));
        }
    }
    Ok(())
}

fn column_sql(column: &crate::datamap::LiveColumn) -> String {
    format!("t.{}", sql::quoted(&column.name))
}

/// The WHERE condition, and what is bound to it.
fn condition(query: &RowQuery<'_>) -> Result<(String, Vec<String>), SourceError> {
    match query.search {
        Search::All => Ok(("1".into(), Vec::new())),
        Search::First(rows) => Ok((format!("1 LIMIT {rows}"), Vec::new())),
        Search::Any([]) => Ok(("0".into(), Vec::new())),
        Search::Any(needles) => {
            let mut binds = Vec::new();
            let all: Vec<String> = needles.iter().map(|needle| found(needle, &mut binds)).collect();
            Ok((all.join(" OR "), binds))
        }
        Search::Keys { column, values } => {
            // A column keeps whatever it was given: the same key may stand there as text, as a number or as bytes.
            // A BLOB key is told from text by PostgreSQL's writing of bytes, which is how a source gives it.
            let numbers: Vec<i64> = values.iter().filter_map(|value| sql::whole_number(value)).collect();
            let texts = serde_json::to_string(values).map_err(|_| SourceError::Garbled)?;
            let mut sets = vec!["SELECT value FROM json_each(?)"];
            let mut binds = vec![texts.clone()];
            if !numbers.is_empty() {
                sets.push("SELECT value FROM json_each(?)");
                binds.push(serde_json::to_string(&numbers).map_err(|_| SourceError::Garbled)?);
            }
            if values.iter().any(|value| value.starts_with("\\x")) {
                sets.push("SELECT unhex(substr(value, 3)) FROM json_each(?) WHERE substr(value, 1, 2) = '\\x'");
                binds.push(texts);
            }
            let (name, set) = (column_sql(column), sets.join(" UNION ALL "));
            if matches!(column.kind, LiveKind::Json | LiveKind::Array) {
                // The keys stand in a JSON array, as texts or as numbers.
                let condition = format!(
                    "({name} IN ({set}) OR EXISTS (SELECT 1 FROM json_each(CASE WHEN json_valid({name}) THEN {name} ELSE '[]' END) \
                     AS u WHERE u.atom IN ({set})))"
                );
                return Ok((condition, [binds.clone(), binds].concat()));
            }
            Ok((format!("{name} IN ({set})"), binds))
        }
    }
}

/// The condition for one needle, with what must be found beside it.
fn found(needle: &Needle<'_>, binds: &mut Vec<String>) -> String {
    let column = column_sql(needle.column);
    let (condition, bind) = match needle.shape {
        Shape::Together => (format!("instr(lower({column}), ?) > 0"), needle.text.to_owned()),
        Shape::InOrder => (format!("{column} LIKE ?"), sql::in_order(needle.text)),
        Shape::Start => (format!("{column} LIKE ? ESCAPE '\\'"), sql::start(needle.text)),
        Shape::Whole => (format!("{column} = ?"), needle.text.to_owned()),
        Shape::Lowered => (format!("lower({column}) = ?"), needle.text.to_owned()),
    };
    binds.push(bind);
    match needle.also {
        Some(also) => format!("({condition} AND {})", found(also, binds)),
        None => condition,
    }
}

/// A value as SQLite keeps it, whatever its column's type.
enum Cell {
    Null,
    Whole(i64),
    Real(f64),
    Text(String),
    Bytes(String),
    BrokenText(String),
}

impl Cell {
    fn of(value: Option<SqliteValue<'_, '_, '_>>) -> Self {
        let Some(mut value) = value else { return Self::Null };
        match value.value_type() {
            None => Self::Null,
            Some(SqliteType::Binary) => Self::Bytes(json::bytes_text(value.read_blob())),
            Some(SqliteType::Float | SqliteType::Double) => Self::Real(value.read_double()),
            Some(SqliteType::SmallInt | SqliteType::Integer | SqliteType::Long) => Self::Whole(value.read_long()),
            Some(SqliteType::Text) => {
                let text = value.read_text().to_owned();
                // Reading puts a replacement character where the bytes are no UTF-8: only then look at the bytes.
                if text.contains(char::REPLACEMENT_CHARACTER) && std::str::from_utf8(value.read_blob()).is_err() {
                    Self::BrokenText(json::bytes_text(value.read_blob()))
                } else {
                    Self::Text(text)
                }
            }
        }
    }

    fn into_key(self) -> Option<String> {
        match self {
            Self::Null => None,
            Self::Whole(number) => Some(number.to_string()),
            Self::Real(number) => {
                let mut out = Vec::new();
                json::float(&mut out, number);
                String::from_utf8(out).ok()
            }
            Self::Text(text) | Self::Bytes(text) | Self::BrokenText(text) => Some(text),
        }
    }
}

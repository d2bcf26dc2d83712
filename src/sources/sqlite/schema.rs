//! Reads the tables and columns of a SQLite database.

use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::sqlite::SqliteConnection;
use diesel::{QueryableByName, RunQueryDsl, sql_query};

use crate::datamap::{LiveColumn, LiveKind, LiveSchema, LiveTable};
use crate::sources::error::SourceError;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    type_name: String,
    #[diesel(sql_type = BigInt)]
    key_position: i64,
}

/// Hidden columns of virtual tables (`hidden` 1) are not data; generated ones (2 and 3) are.
const COLUMNS: &str = "SELECT m.name AS table_name, c.name AS column_name, c.type AS type_name, \
     c.pk AS key_position FROM sqlite_schema m JOIN pragma_table_xinfo(m.name) c \
     WHERE m.type IN ('table', 'view') AND c.hidden <> 1 \
     AND (?1 IS NULL AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
     OR lower(m.name) IN (SELECT lower(value) FROM json_each(?1))) ORDER BY m.rowid, c.cid";

/// The tables with these names; every table if there are none.
pub(super) fn read(conn: &mut SqliteConnection, names: Option<&[&str]>) -> Result<LiveSchema, SourceError> {
    let wanted = names.map(serde_json::to_string).transpose().map_err(|_| SourceError::Garbled)?;
    let rows: Vec<Row> =
        sql_query(COLUMNS).bind::<Nullable<Text>, _>(wanted).load(conn).map_err(|_| SourceError::NoFile)?;
    let mut tables: Vec<(LiveTable, Vec<(i64, String)>)> = Vec::new();
    for row in rows {
        if tables.last().is_none_or(|(table, _)| table.name != row.table_name) {
            let table = LiveTable {
                schema: None,
                name: row.table_name,
                visible: true,
                readable: true,
                columns: Vec::new(),
                primary_key: Vec::new(),
            };
            tables.push((table, Vec::new()));
        }
        let Some((table, key)) = tables.last_mut() else { continue };
        if row.key_position > 0 {
            key.push((row.key_position, row.column_name.clone()));
        }
        table.columns.push(LiveColumn {
            name: row.column_name,
            kind: kind(&row.type_name),
            type_name: if row.type_name.is_empty() { "(none)".into() } else { row.type_name },
        });
    }
    let tables = tables
        .into_iter()
        .map(|(mut table, mut key)| {
            key.sort();
            table.primary_key = key.into_iter().map(|(_, name)| name).collect();
            table
        })
        .collect();
    Ok(LiveSchema { tables, case_sensitive: false, columns_case_sensitive: false })
}

/// SQLite's own rules of affinity (datatype3.html section 3.1), after the names that say more.
fn kind(type_name: &str) -> LiveKind {
    let upper = type_name.to_ascii_uppercase();
    let has = |words: &[&str]| words.iter().any(|word| upper.contains(word));
    if has(&["BOOL"]) {
        LiveKind::Boolean
    } else if has(&["TIMESTAMP", "DATETIME"]) {
        LiveKind::DateTime
    } else if upper == "DATE" {
        LiveKind::Date
    } else if has(&["UUID"]) {
        LiveKind::Uuid
    } else if has(&["JSON"]) {
        LiveKind::Json
    } else if has(&["INT"]) {
        LiveKind::Integer
    } else if has(&["CHAR", "CLOB", "TEXT"]) {
        LiveKind::Text
    } else if has(&["BLOB"]) {
        LiveKind::Bytes
    } else if has(&["REAL", "FLOA", "DOUB"]) {
        LiveKind::Float
    } else if has(&["DEC", "NUM"]) {
        LiveKind::Decimal
    } else {
        LiveKind::Other
    }
}

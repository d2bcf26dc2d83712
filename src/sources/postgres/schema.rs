//! Reads the tables and columns of a PostgreSQL database from its catalogue.

use diesel::pg::PgConnection;
use diesel::sql_types::{Array, Bool, Integer, Nullable, Text};
use diesel::{QueryableByName, RunQueryDsl, sql_query};

use crate::datamap::{LiveColumn, LiveKind, LiveSchema, LiveTable};

use super::connect::Failure;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    schema_name: String,
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Bool)]
    visible: bool,
    #[diesel(sql_type = Bool)]
    readable: bool,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    type_name: String,
    #[diesel(sql_type = Text)]
    base_type: String,
    #[diesel(sql_type = Text)]
    category: String,
    #[diesel(sql_type = Nullable<Integer>)]
    key_position: Option<i32>,
}

/// Tables, partitioned and foreign tables, views and materialised views, outside the server's own schemas. A domain
/// counts as the type beneath it. Columns that a primary key only INCLUDEs are no part of the key.
const COLUMNS: &str = "\
SELECT n.nspname::text AS schema_name, c.relname::text AS table_name, pg_table_is_visible(c.oid) AS visible, \
  has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT') AS readable, \
  a.attname::text AS column_name, format_type(a.atttypid, a.atttypmod) AS type_name, \
  coalesce(b.typname, t.typname)::text AS base_type, coalesce(b.typcategory, t.typcategory)::text AS category, \
  array_position((i.indkey::int2[])[0:i.indnkeyatts - 1], a.attnum) AS key_position \
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
  JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type b ON b.oid = t.typbasetype \
  LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary \
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ($2 OR c.relname = ANY ($1)) \
  AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' \
ORDER BY c.oid, a.attnum";

/// The tables with these names; every table if there are none.
pub(super) fn read(conn: &mut PgConnection, names: Option<&[&str]>) -> Result<LiveSchema, Failure> {
    let every = names.is_none();
    let names = names.unwrap_or_default();
    let bare = names.iter().filter_map(|name| name.split_once('.').map(|(_, bare)| bare));
    let wanted: Vec<&str> = names.iter().copied().chain(bare).collect();
    let rows: Vec<Row> = sql_query(COLUMNS).bind::<Array<Text>, _>(wanted).bind::<Bool, _>(every).load(conn)?;
    let mut tables: Vec<(LiveTable, Vec<(i32, String)>)> = Vec::new();
    for row in rows {
        let same = tables.last().is_some_and(|(table, _)| {
            table.name == row.table_name && table.schema.as_deref() == Some(row.schema_name.as_str())
        });
        if !same {
            let table = LiveTable {
                schema: Some(row.schema_name),
                name: row.table_name,
                visible: row.visible,
                readable: row.readable,
                columns: Vec::new(),
                primary_key: Vec::new(),
            };
            tables.push((table, Vec::new()));
        }
        let Some((table, key)) = tables.last_mut() else { continue };
        if let Some(position) = row.key_position {
            key.push((position, row.column_name.clone()));
        }
        table.columns.push(LiveColumn {
            name: row.column_name,
            kind: kind(&row.base_type, &row.category),
            type_name: row.type_name,
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
    Ok(LiveSchema { tables, case_sensitive: true, columns_case_sensitive: true })
}

fn kind(base_type: &str, category: &str) -> LiveKind {
    match base_type {
        "text" | "varchar" | "bpchar" | "citext" | "name" => LiveKind::Text,
        "int2" | "int4" | "int8" => LiveKind::Integer,
        "numeric" => LiveKind::Decimal,
        "float4" | "float8" => LiveKind::Float,
        "bool" => LiveKind::Boolean,
        "date" => LiveKind::Date,
        "timestamp" | "timestamptz" => LiveKind::DateTime,
        "uuid" => LiveKind::Uuid,
        "bytea" => LiveKind::Bytes,
        "json" | "jsonb" => LiveKind::Json,
        _ if category == "A" => LiveKind::Array,
        _ => LiveKind::Other,
    }
}

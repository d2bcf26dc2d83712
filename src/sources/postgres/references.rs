//! Reads how the tables of a PostgreSQL database refer to each other from its catalogue.

use diesel::pg::PgConnection;
use diesel::sql_types::{Array, Text};
use diesel::{QueryableByName, RunQueryDsl, sql_query};

use crate::datamap::ForeignKey;

use super::connect::Failure;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Array<Text>)]
    columns: Vec<String>,
    #[diesel(sql_type = Text)]
    to_table: String,
    #[diesel(sql_type = Array<Text>)]
    to_columns: Vec<String>,
}

/// A table outside the search path has its schema before its name, as a data map writes it. The parts of a partitioned table
/// repeat its keys and are left out.
const KEYS: &str = "\
WITH names AS (SELECT c.oid, CASE WHEN pg_table_is_visible(c.oid) THEN c.relname::text \
    ELSE n.nspname || '.' || c.relname END AS name \
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
  WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_') \
SELECT f.name AS table_name, t.name AS to_table, \
  ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS u(num, at) \
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.num ORDER BY u.at) AS columns, \
  ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS u(num, at) \
    JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.num ORDER BY u.at) AS to_columns \
FROM pg_constraint k JOIN names f ON f.oid = k.conrelid JOIN names t ON t.oid = k.confrelid \
WHERE k.contype = 'f' AND k.conparentid = 0 ORDER BY f.name, k.conname";

pub(super) fn read(conn: &mut PgConnection) -> Result<Vec<ForeignKey>, Failure> {
    let rows: Vec<Row> = sql_query(KEYS).load(conn)?;
    Ok(rows
        .into_iter()
        .map(|row| ForeignKey {
            table: row.table_name,
            columns: row.columns,
            to_table: row.to_table,
            to_columns: row.to_columns,
        })
        .collect())
}

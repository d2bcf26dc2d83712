//! Reads how the tables of a SQLite database refer to each other.

use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::sqlite::SqliteConnection;
use diesel::{QueryableByName, RunQueryDsl, sql_query};

use crate::datamap::{ForeignKey, LiveSchema};
use crate::sources::error::SourceError;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    to_table: String,
    #[diesel(sql_type = Text)]
    from_column: String,
    #[diesel(sql_type = Nullable<Text>)]
    to_column: Option<String>,
}

const KEYS: &str = "SELECT m.name AS table_name, f.id AS id, f.\"table\" AS to_table, f.\"from\" AS from_column, \
     f.\"to\" AS to_column FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f \
     WHERE m.type = 'table' ORDER BY m.rowid, f.id, f.seq";

/// A reference that names no column means the primary key; a table may be written in another letter case than its own.
pub(super) fn read(conn: &mut SqliteConnection, schema: &LiveSchema) -> Result<Vec<ForeignKey>, SourceError> {
    let rows: Vec<Row> = sql_query(KEYS).load(conn).map_err(|_| SourceError::NoFile)?;
    let mut keys: Vec<(String, i64, ForeignKey)> = Vec::new();
    for row in rows {
        let target = schema.table(None, &row.to_table);
        let to_table = target.map_or_else(|| row.to_table.clone(), |table| table.name.clone());
        if !keys.last().is_some_and(|(table, id, _)| *table == row.table_name && *id == row.id) {
            let key = ForeignKey { table: row.table_name.clone(), columns: vec![], to_table, to_columns: vec![] };
            keys.push((row.table_name.clone(), row.id, key));
        }
        let Some((_, _, key)) = keys.last_mut() else { continue };
        let primary = target.and_then(|table| table.primary_key.get(key.columns.len()));
        let named = |name: &String, table: Option<&crate::datamap::LiveTable>| {
            table
                .and_then(|table| schema.column(table, name))
                .map_or_else(|| name.clone(), |column| column.name.clone())
        };
        let to = row.to_column.as_ref().map(|name| named(name, target)).or_else(|| primary.cloned());
        key.columns.push(named(&row.from_column, schema.table(None, &row.table_name)));
        key.to_columns.push(to.unwrap_or_default());
    }
    Ok(keys.into_iter().map(|(_, _, key)| key).collect())
}

//! Every table of the desk as JSON rows, out of one database and into another, SQLite or PostgreSQL: what a backup is made
//! of. The list of tables and columns comes from the live schema, so that a new table is never forgotten.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::connection::Conn;
use super::error::StoreError;

/// Kept by the migrations themselves.
const MIGRATIONS: &str = "__diesel_schema_migrations";

/// A table as it stands in the live schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortableTable {
    /// Its name.
    pub name: String,
    columns: Vec<PortableColumn>,
    /// The columns of its primary key, in which order rows are written.
    key: Vec<String>,
    /// The tables that it refers to.
    refers_to: BTreeSet<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct PortableColumn {
    name: String,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Written as it is: text, number, truth, date.
    Plain,
    /// `2026-11-23 09:30:00.123`, with as many decimals as are needed, as Diesel writes it on SQLite.
    Moment,
    /// Hexadecimal.
    Bytes,
}

#[derive(QueryableByName)]
struct SchemaRow {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    about: String,
}

#[derive(QueryableByName)]
struct JsonRow {
    #[diesel(sql_type = Text)]
    row: String,
}

/// Every table, each after those that it refers to.
///
/// # Errors
/// [`StoreError`]; [`StoreError::Query`] if tables refer to each other in a circle.
pub fn portable_tables(conn: &mut Conn) -> Result<Vec<PortableTable>, StoreError> {
    let (columns, keys, references) = match conn {
        Conn::Sqlite(inner) => {
            let of_tables = "FROM sqlite_master AS t JOIN";
            let tables = "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";
            let query = |text: String| diesel::sql_query(text);
            (
                query(format!(
                    "SELECT t.name AS table_name, c.name AS name, lower(c.type) AS about {of_tables} \
                     pragma_table_info(t.name) AS c {tables} ORDER BY t.name, c.cid"
                ))
                .load::<SchemaRow>(inner)?,
                query(format!(
                    "SELECT t.name AS table_name, c.name AS name, '' AS about {of_tables} pragma_table_info(t.name) AS c \
                     {tables} AND c.pk > 0 ORDER BY t.name, c.pk"
                ))
                .load::<SchemaRow>(inner)?,
                query(format!(
                    "SELECT t.name AS table_name, f.\"table\" AS name, '' AS about {of_tables} \
                     pragma_foreign_key_list(t.name) AS f {tables}"
                ))
                .load::<SchemaRow>(inner)?,
            )
        }
        #[cfg(feature = "postgres")]
        Conn::Postgres(inner) => (
            diesel::sql_query(
                "SELECT c.table_name::text, c.column_name::text AS name, c.data_type::text AS about \
                 FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name) \
                 WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' \
                 ORDER BY c.table_name, c.ordinal_position",
            )
            .load::<SchemaRow>(inner)?,
            diesel::sql_query(
                "SELECT k.table_name::text, k.column_name::text AS name, '' AS about \
                 FROM information_schema.table_constraints c \
                 JOIN information_schema.key_column_usage k USING (constraint_schema, constraint_name) \
                 WHERE c.constraint_type = 'PRIMARY KEY' AND c.table_schema = current_schema() \
                 ORDER BY k.table_name, k.ordinal_position",
            )
            .load::<SchemaRow>(inner)?,
            diesel::sql_query(
                "SELECT a.relname::text AS table_name, b.relname::text AS name, '' AS about \
                 FROM pg_constraint c JOIN pg_class a ON a.oid = c.conrelid JOIN pg_class b ON b.oid = c.confrelid \
                 JOIN pg_namespace n ON n.oid = a.relnamespace WHERE c.contype = 'f' AND n.nspname = current_schema()",
            )
            .load::<SchemaRow>(inner)?,
        ),
    };
    let mut tables: BTreeMap<String, PortableTable> = BTreeMap::new();
    for row in columns.into_iter().filter(|row| row.table_name != MIGRATIONS) {
        let table = tables.entry(row.table_name.clone()).or_insert_with(|| PortableTable {
            name: row.table_name,
            columns: Vec::new(),
            key: Vec::new(),
            refers_to: BTreeSet::new(),
        });
        let kind = match row.about.as_str() {
            "timestamp without time zone" => Kind::Moment,
            "blob" | "bytea" => Kind::Bytes,
            _ => Kind::Plain,
        };
        table.columns.push(PortableColumn { name: row.name, kind });
    }
    for row in keys {
        if let Some(table) = tables.get_mut(&row.table_name) {
            table.key.push(row.name);
        }
    }
    for row in references.into_iter().filter(|row| row.table_name != row.name) {
        if let Some(table) = tables.get_mut(&row.table_name) {
            table.refers_to.insert(row.name);
        }
    }
    in_order(tables)
}

/// Each table after those that it refers to.
fn in_order(mut tables: BTreeMap<String, PortableTable>) -> Result<Vec<PortableTable>, StoreError> {
    let mut ordered: Vec<PortableTable> = Vec::with_capacity(tables.len());
    while !tables.is_empty() {
        let free = tables
            .values()
            .find(|table| !table.refers_to.iter().any(|other| tables.contains_key(other)))
            .map(|table| table.name.clone());
        let table = free.and_then(|name| tables.remove(&name));
        ordered.push(table.ok_or_else(|| StoreError::Query("tables refer to each other in a circle".to_owned()))?);
    }
    Ok(ordered)
}

impl PortableTable {
    fn selection(&self, postgres: bool) -> String {
        let shown = |column: &PortableColumn| {
            let name = quoted(&column.name);
            match (column.kind, postgres) {
                (Kind::Plain, _) | (Kind::Moment, false) => name,
                (Kind::Bytes, false) => format!("hex({name})"),
                (Kind::Bytes, true) => format!("encode({name}, 'hex') AS {name}"),
                (Kind::Moment, true) => format!(
                    "to_char({name}, 'YYYY-MM-DD HH24:MI:SS') || CASE \
                     WHEN date_part('microseconds', {name})::bigint % 1000000 = 0 THEN '' \
                     WHEN date_part('microseconds', {name})::bigint % 1000 = 0 THEN to_char({name}, '.MS') \
                     ELSE to_char({name}, '.US') END AS {name}"
                ),
            }
        };
        let order: Vec<String> = self.key.iter().map(|name| quoted(name)).collect();
        let order = if order.is_empty() { String::new() } else { format!(" ORDER BY {}", order.join(", ")) };
        let table = quoted(&self.name);
        if postgres {
            let columns: Vec<String> = self.columns.iter().map(shown).collect();
            format!("SELECT row_to_json(r)::text AS row FROM (SELECT {} FROM {table}{order}) AS r", columns.join(", "))
        } else {
            let pairs: Vec<String> =
                self.columns.iter().map(|column| format!("{}, {}", literal(&column.name), shown(column))).collect();
            format!("SELECT json_object({}) AS row FROM {table}{order}", pairs.join(", "))
        }
    }

    /// The statement that takes a JSON array of rows as its one variable.
    fn insertion(&self, postgres: bool) -> String {
        let table = quoted(&self.name);
        let names: Vec<String> = self.columns.iter().map(|column| quoted(&column.name)).collect();
        let names = names.join(", ");
        if postgres {
            let bytes = |column: &PortableColumn| match column.kind {
                Kind::Bytes => format!("decode(value ->> {}, 'hex')", literal(&column.name)),
                Kind::Plain | Kind::Moment => format!("r.{}", quoted(&column.name)),
            };
            let has_bytes = self.columns.iter().any(|column| column.kind == Kind::Bytes);
            let values: Vec<String> = self.columns.iter().map(bytes).collect();
            let from = if has_bytes {
                format!(
                    "json_array_elements($1::json) AS e(value) \
                     CROSS JOIN LATERAL json_populate_record(null::{table}, value) AS r"
                )
            } else {
                format!("json_populate_recordset(null::{table}, $1::json) AS r")
            };
            format!("INSERT INTO {table} ({names}) SELECT {} FROM {from}", values.join(", "))
        } else {
            let value = |column: &PortableColumn| {
                let path = literal(&format!("$.\"{}\"", column.name));
                match column.kind {
                    Kind::Bytes => format!("unhex(json_extract(value, {path}))"),
                    Kind::Plain | Kind::Moment => format!("json_extract(value, {path})"),
                }
            };
            let values: Vec<String> = self.columns.iter().map(value).collect();
            format!("INSERT INTO {table} ({names}) SELECT {} FROM json_each($1)", values.join(", "))
        }
    }
}

/// A name from the live schema, quoted for SQL.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Every row of a table as one JSON object each, in the order of its key, one at a time in memory.
///
/// # Errors
/// [`StoreError`], or what `each` returns.
pub fn rows_export<E: From<StoreError>>(
    conn: &mut Conn,
    table: &PortableTable,
    mut each: impl FnMut(&str) -> Result<(), E>,
) -> Result<(), E> {
    match conn {
        Conn::Sqlite(inner) => {
            let rows =
                diesel::sql_query(table.selection(false)).load_iter::<JsonRow, _>(inner).map_err(StoreError::from)?;
            for row in rows {
                each(&row.map_err(StoreError::from)?.row)?;
            }
        }
        #[cfg(feature = "postgres")]
        Conn::Postgres(inner) => {
            let rows = diesel::sql_query(table.selection(true))
                .load_iter::<JsonRow, diesel::pg::PgRowByRowLoadingMode>(inner)
                .map_err(StoreError::from)?;
            for row in rows {
                each(&row.map_err(StoreError::from)?.row)?;
            }
        }
    }
    Ok(())
}

/// Puts rows into a table: `rows` is a JSON array of objects as [`rows_export`] gives them. Columns that a row does not
/// name are null.
///
/// # Errors
/// [`StoreError`] if one does not fit; then none is kept.
pub fn rows_import(conn: &mut Conn, table: &PortableTable, rows: &str) -> Result<usize, StoreError> {
    Ok(match conn {
        Conn::Sqlite(inner) => diesel::sql_query(table.insertion(false)).bind::<Text, _>(rows).execute(inner)?,
        #[cfg(feature = "postgres")]
        Conn::Postgres(inner) => diesel::sql_query(table.insertion(true)).bind::<Text, _>(rows).execute(inner)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str, refers_to: &[&str]) -> PortableTable {
        PortableTable {
            name: name.to_owned(),
            columns: vec![],
            key: vec![],
            refers_to: refers_to.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    #[test]
    fn a_table_comes_after_those_it_refers_to_and_a_circle_is_refused() {
        let of = |tables: Vec<PortableTable>| {
            in_order(tables.into_iter().map(|table| (table.name.clone(), table)).collect())
                .map(|tables| tables.into_iter().map(|table| table.name).collect::<Vec<_>>())
        };
        assert_eq!(of(vec![table("a", &["b", "c"]), table("b", &["c"]), table("c", &[])]).unwrap(), ["c", "b", "a"]);
        assert!(of(vec![table("a", &["b"]), table("b", &["a"])]).is_err());
    }

    #[test]
    fn names_cannot_leave_their_quotes() {
        assert_eq!(quoted("a\"; DROP TABLE x; --"), "\"a\"\"; DROP TABLE x; --\"");
        assert_eq!(literal("it's"), "'it''s'");
    }
}

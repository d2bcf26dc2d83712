//! Reads the tables, columns and keys of a MariaDB or MySQL database from its information schema.

use mysql_async::prelude::Queryable;
use mysql_async::{Conn, Error, Params, Value};

use crate::datamap::{LiveColumn, LiveKind, LiveSchema, LiveTable};

use super::connect::Failure;

/// The condition on schema and table; each server answers it from its dictionary.
fn within(names: usize) -> String {
    let list = vec!["?"; names].join(", ");
    format!("TABLE_SCHEMA IN ({list}) AND TABLE_NAME IN ({list})")
}

/// The tables with these names; every table of the database if there are none.
pub(super) async fn read(conn: &mut Conn, names: Option<&[&str]>) -> Result<LiveSchema, Failure> {
    let (own, folded): (Option<String>, u8) =
        conn.query_first("SELECT DATABASE(), @@lower_case_table_names").await?.ok_or(Failure::Garbled)?;
    let own = own.ok_or(Failure::Garbled)?;
    // A name may have its database before it, and a dot may be part of a name: both readings are asked for.
    let mut schemas = vec![own.clone()];
    let mut tables: Vec<String> = Vec::new();
    for name in names.unwrap_or_default() {
        tables.push((*name).to_owned());
        if let Some((schema, bare)) = name.split_once('.') {
            schemas.push(schema.to_owned());
            tables.push(bare.to_owned());
        }
    }
    let most = schemas.len().max(tables.len()).max(1);
    let padded = |texts: &[String]| -> Vec<Value> {
        let last = texts.last().cloned().unwrap_or_default();
        let pad = std::iter::repeat_n(&last, most.saturating_sub(texts.len()));
        texts.iter().chain(pad).map(|text| Value::Bytes(text.clone().into_bytes())).collect()
    };
    let bound = || Params::Positional([padded(&schemas), padded(&tables)].concat());
    let (condition, bound): (String, &dyn Fn() -> Params) = match names {
        Some(_) => (within(most), &bound),
        None => ("TABLE_SCHEMA = DATABASE()".to_owned(), &|| Params::Empty),
    };

    let columns: Vec<(String, String, String, String, String, String)> = conn
        .exec(
            format!(
                "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, PRIVILEGES \
                 FROM information_schema.COLUMNS WHERE {condition} \
                 ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION"
            ),
            bound(),
        )
        .await?;
    let keys: Vec<(String, String, String)> = conn
        .exec(
            format!(
                "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME FROM information_schema.KEY_COLUMN_USAGE \
                 WHERE CONSTRAINT_NAME = 'PRIMARY' AND {condition} \
                 ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION"
            ),
            bound(),
        )
        .await?;
    let documents = documents(conn, &schemas).await?;

    let mut found: Vec<LiveTable> = Vec::new();
    for (schema, name, column, data_type, column_type, privileges) in columns {
        let same = |table: &LiveTable| table.name == name && table.schema.as_deref() == Some(schema.as_str());
        if !found.last().is_some_and(same) {
            found.push(LiveTable {
                visible: schema == own,
                readable: false,
                columns: Vec::new(),
                primary_key: Vec::new(),
                schema: Some(schema.clone()),
                name: name.clone(),
            });
        }
        let Some(table) = found.last_mut() else { continue };
        table.readable |= privileges.split(',').any(|word| word.trim().eq_ignore_ascii_case("select"));
        let is_document = documents.contains(&(schema, name, column.clone()));
        table.columns.push(LiveColumn {
            kind: if is_document { LiveKind::Json } else { kind(&data_type, &column_type) },
            type_name: column_type,
            name: column,
        });
    }
    for (schema, name, column) in keys {
        let of = |table: &&mut LiveTable| table.name == name && table.schema.as_deref() == Some(schema.as_str());
        if let Some(table) = found.iter_mut().find(of) {
            table.primary_key.push(column);
        }
    }
    Ok(LiveSchema { tables: found, case_sensitive: folded == 0, columns_case_sensitive: false })
}

/// The columns that MariaDB keeps as JSON: text with a check that it is a document.
async fn documents(conn: &mut Conn, schemas: &[String]) -> Result<Vec<(String, String, String)>, Failure> {
    let list = vec!["?"; schemas.len()].join(", ");
    let text = format!(
        "SELECT CONSTRAINT_SCHEMA, TABLE_NAME, CONSTRAINT_NAME FROM information_schema.CHECK_CONSTRAINTS \
         WHERE CONSTRAINT_SCHEMA IN ({list}) \
         AND REPLACE(REPLACE(CHECK_CLAUSE, '``', '`'), ' ', '') = CONCAT('json_valid(`', CONSTRAINT_NAME, '`)')"
    );
    let bound = schemas.iter().map(|schema| Value::Bytes(schema.clone().into_bytes())).collect();
    match conn.exec(text, Params::Positional(bound)).await {
        Ok(found) => Ok(found),
        // MySQL has a type of its own for JSON, and no such table or column of it.
        Err(Error::Server(_)) => Ok(Vec::new()),
        Err(error @ (Error::Driver(_) | Error::Io(_) | Error::Other(_) | Error::Url(_))) => Err(error.into()),
    }
}

fn kind(data_type: &str, column_type: &str) -> LiveKind {
    match data_type.to_ascii_lowercase().as_str() {
        "char" | "varchar" | "tinytext" | "text" | "mediumtext" | "longtext" | "enum" | "set" => LiveKind::Text,
        // How both servers keep BOOLEAN.
        "tinyint" | "bit" if column_type.to_ascii_lowercase().starts_with(&format!("{data_type}(1)")) => {
            LiveKind::Boolean
        }
        "tinyint" | "smallint" | "mediumint" | "int" | "integer" | "bigint" | "year" | "bit" => LiveKind::Integer,
        "decimal" | "numeric" => LiveKind::Decimal,
        "float" | "double" | "real" => LiveKind::Float,
        "date" => LiveKind::Date,
        "datetime" | "timestamp" => LiveKind::DateTime,
        "uuid" => LiveKind::Uuid,
        "binary" | "varbinary" | "tinyblob" | "blob" | "mediumblob" | "longblob" => LiveKind::Bytes,
        "json" => LiveKind::Json,
        _ => LiveKind::Other,
    }
}

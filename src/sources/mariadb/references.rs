//! Reads how the tables of a MariaDB or MySQL database refer to each other.

use mysql_async::Conn;
use mysql_async::prelude::Queryable;

use crate::datamap::ForeignKey;

use super::connect::Failure;

const KEYS: &str = "SELECT k.CONSTRAINT_NAME, k.TABLE_NAME, k.COLUMN_NAME, \
     IF(k.REFERENCED_TABLE_SCHEMA = DATABASE(), k.REFERENCED_TABLE_NAME, \
       CONCAT(k.REFERENCED_TABLE_SCHEMA, '.', k.REFERENCED_TABLE_NAME)), k.REFERENCED_COLUMN_NAME \
     FROM information_schema.KEY_COLUMN_USAGE k \
     WHERE k.TABLE_SCHEMA = DATABASE() AND k.REFERENCED_TABLE_NAME IS NOT NULL \
     ORDER BY k.TABLE_NAME, k.CONSTRAINT_NAME, k.ORDINAL_POSITION";

pub(super) async fn read(conn: &mut Conn) -> Result<Vec<ForeignKey>, Failure> {
    let rows: Vec<(String, String, String, String, String)> = conn.query(KEYS).await?;
    let mut keys: Vec<(String, ForeignKey)> = Vec::new();
    for (constraint, table, column, to_table, to_column) in rows {
        if !keys.last().is_some_and(|(name, key)| *name == constraint && key.table == table) {
            keys.push((constraint, ForeignKey { table, columns: vec![], to_table, to_columns: vec![] }));
        }
        let Some((_, key)) = keys.last_mut() else { continue };
        key.columns.push(column);
        key.to_columns.push(to_column);
    }
    Ok(keys.into_iter().map(|(_, key)| key).collect())
}

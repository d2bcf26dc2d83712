//! Rows as SQL text for MySQL and MariaDB, to be fed to their own command-line client.

use std::io::Write;

use super::cell::{instant, money, table_at};
use super::{Cell, ColumnSpec, FillError, RowWriter, TableSpec};

/// The version, `up.sql` and `down.sql` of one MySQL migration.
macro_rules! migration {
    ($version:literal) => {
        (
            $version,
            include_str!(concat!("../../../migrations/website/mysql/", $version, "/up.sql")),
            include_str!(concat!("../../../migrations/website/mysql/", $version, "/down.sql")),
        )
    };
}
/// The website's migrations for MySQL in their order: version, up, down.
pub const WEBSITE_MYSQL: [(&str, &str, &str); 4] = [
    migration!("2026-01-05-090000_accounts"),
    migration!("2026-01-05-100000_events"),
    migration!("2026-01-05-110000_newsletter"),
    migration!("2026-01-05-120000_enquiries"),
];

/// Bytes of rows to a statement: below the 1 MiB that the oldest servers take in one packet.
const MOST_BYTES: usize = 512 * 1024;

/// Writes the tables and rows as SQL text. Memory is bounded by one statement a table.
pub struct MysqlText<W> {
    out: W,
    tables: &'static [TableSpec],
    waiting: Vec<String>,
}

impl<W: Write> MysqlText<W> {
    /// Starts the text: the session's settings and the website's tables.
    ///
    /// # Errors
    /// [`FillError::Io`] if `out` fails.
    pub fn begin(mut out: W, tables: &'static [TableSpec]) -> Result<Self, FillError> {
        writeln!(out, "SET NAMES utf8mb4;\nSET time_zone = '+00:00';\nSET sql_mode = 'STRICT_ALL_TABLES';")?;
        for (version, up, _) in WEBSITE_MYSQL {
            writeln!(out, "-- {version}\n{up}")?;
        }
        writeln!(out, "START TRANSACTION;")?;
        Ok(Self { out, tables, waiting: tables.iter().map(|_| String::new()).collect() })
    }

    fn flush(&mut self, last: usize) -> Result<(), FillError> {
        for (table, waiting) in self.tables.iter().zip(&mut self.waiting).take(last.saturating_add(1)) {
            if !waiting.is_empty() {
                let names: Vec<_> = table.columns.iter().map(|c| c.name).collect();
                writeln!(self.out, "INSERT INTO {} ({}) VALUES\n{waiting};", table.name, names.join(","))?;
                waiting.clear();
            }
        }
        Ok(())
    }

    /// Ends the text and gives the output back.
    ///
    /// # Errors
    /// [`FillError::Io`] if the output fails.
    pub fn finish(mut self) -> Result<W, FillError> {
        self.flush(usize::MAX)?;
        writeln!(self.out, "COMMIT;")?;
        self.out.flush()?;
        Ok(self.out)
    }
}

impl<W: Write> RowWriter for MysqlText<W> {
    fn row(&mut self, table: usize, cells: &[Cell<'_>]) -> Result<(), FillError> {
        let spec = table_at(self.tables, table, cells)?;
        let Some(waiting) = self.waiting.get_mut(table) else { return Ok(()) };
        waiting.push_str(if waiting.is_empty() { "(" } else { ",\n(" });
        for (position, (column, cell)) in spec.columns.iter().zip(cells).enumerate() {
            if position > 0 {
                waiting.push(',');
            }
            literal(waiting, column, cell);
        }
        waiting.push(')');
        if waiting.len() > MOST_BYTES { self.flush(table) } else { Ok(()) }
    }
}

fn literal(out: &mut String, column: &ColumnSpec, cell: &Cell<'_>) {
    match *cell {
        Cell::Null => out.push_str("NULL"),
        Cell::Whole(n) => out.push_str(&n.to_string()),
        Cell::Bool(b) => out.push(if b { '1' } else { '0' }),
        Cell::Real(x) => out.push_str(&x.to_string()),
        Cell::Pence(p) => out.push_str(&money(p)),
        Cell::Text(text) => quoted(out, text),
        Cell::Day(day) => quoted(out, &day.to_string()),
        // MySQL's DATETIME knows no zone: the text leaves it out, and the columns are UTC by agreement.
        Cell::At(at) => quoted(out, &instant(column.kind, at).replace('T', " ").replace('Z', "")),
        Cell::List(words) => quoted(out, &serde_json::json!(words).to_string()),
    }
}

/// A string literal under the default mode, in which a backslash escapes.
fn quoted(out: &mut String, text: &str) {
    out.push('\'');
    for c in text.chars() {
        match c {
            '\'' => out.push_str("''"),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\0' => out.push_str("\\0"),
            '\u{1a}' => out.push_str("\\Z"),
            _ => out.push(c),
        }
    }
    out.push('\'');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_cannot_end_early() {
        let mut out = String::new();
        quoted(&mut out, "O'Neill \\'; DROP\n😀");
        assert_eq!(out, r"'O''Neill \\''; DROP\n😀'");
    }
}

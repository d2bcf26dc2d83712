//! What columns the records of a collection have, learnt by reading them.

use crate::datamap::{LiveColumn, LiveKind, LiveTable};

use super::record::{Cell, Record};

/// Names at most; a file of names that never repeat is no table.
const MOST: usize = 2_000;
/// How deep values within values are named.
const DEPTH: u8 = 4;

/// The columns met so far.
#[derive(Debug, Default)]
pub(in crate::sources) struct Shape {
    columns: Vec<(String, Option<LiveKind>)>,
}

impl Shape {
    /// A column of a header.
    pub(in crate::sources) fn name(&mut self, name: &str, kind: LiveKind) {
        self.meet(name, Some(kind));
    }

    /// Learns from a record.
    pub(in crate::sources) fn learn(&mut self, record: &Record<'_>) {
        self.learn_within("", record, 0);
    }

    fn learn_within(&mut self, prefix: &str, record: &Record<'_>, depth: u8) {
        for (name, cell) in record.cells() {
            let name = format!("{prefix}{name}");
            self.meet(&name, kind(cell));
            if let Cell::Json(raw) = cell
                && raw.starts_with('{')
                && depth < DEPTH
                && let Ok(raw) = serde_json::from_str(raw)
                && let Some(inner) = Record::of_json(raw, false)
            {
                self.learn_within(&format!("{name}."), &inner, depth + 1);
            }
        }
    }

    fn meet(&mut self, name: &str, kind: Option<LiveKind>) {
        let full = self.columns.len() >= MOST;
        match self.columns.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => {
                *known = match (*known, kind) {
                    (None, kind) | (kind, None) => kind,
                    (Some(before), Some(now)) if before == now => Some(now),
                    (Some(LiveKind::Integer), Some(LiveKind::Decimal))
                    | (Some(LiveKind::Decimal), Some(LiveKind::Integer)) => Some(LiveKind::Decimal),
                    (Some(_), Some(_)) => Some(LiveKind::Other),
                };
            }
            None if full => {}
            None => self.columns.push((name.to_owned(), kind)),
        }
    }

    /// The table called `name` with these columns.
    pub(in crate::sources) fn table(self, name: &str) -> LiveTable {
        let columns = self
            .columns
            .into_iter()
            .map(|(name, kind)| {
                let kind = kind.unwrap_or(LiveKind::Other);
                LiveColumn { type_name: words(kind).to_owned(), name, kind }
            })
            .collect();
        LiveTable { schema: None, name: name.to_owned(), visible: true, readable: true, columns, primary_key: vec![] }
    }
}

fn kind(cell: &Cell) -> Option<LiveKind> {
    match cell {
        Cell::Null => None,
        Cell::Text(_) => Some(LiveKind::Text),
        Cell::Json(raw) => Some(match raw.as_bytes().first() {
            Some(b'[') => LiveKind::Array,
            Some(b'{') => LiveKind::Json,
            Some(b't' | b'f') => LiveKind::Boolean,
            _ if raw.contains(['.', 'e', 'E']) => LiveKind::Decimal,
            _ => LiveKind::Integer,
        }),
    }
}

fn words(kind: LiveKind) -> &'static str {
    match kind {
        LiveKind::Text => "text",
        LiveKind::Integer => "whole number",
        LiveKind::Decimal | LiveKind::Float => "number",
        LiveKind::Boolean => "yes or no",
        LiveKind::Json => "object",
        LiveKind::Array => "array",
        LiveKind::Date | LiveKind::DateTime | LiveKind::Uuid | LiveKind::Bytes | LiveKind::Other => "mixed",
    }
}

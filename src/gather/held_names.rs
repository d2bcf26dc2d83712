//! The names that the sources hold of anybody: what a text about one person may mention of others. Only the columns that the
//! data map names for it are read, one row at a time; none is kept here.

use std::ops::ControlFlow;

use crate::datamap::{Collection, DataMap, LiveColumn, LiveSchema};
use crate::sources::{RowQuery, Search};
use crate::subject::IdentifierKind;

use super::source_set::SourceSet;

/// Calls `each` with every name that the sources hold: a column's value, or, where several columns of a row make up a name,
/// their values with a space between. Gives the datasets that could not be read to the end.
pub fn held_names(map: &DataMap, sources: &mut SourceSet, each: &mut dyn FnMut(&str)) -> Vec<String> {
    let mut failed = Vec::new();
    for (at, dataset) in map.datasets.iter().enumerate() {
        let named: Vec<(&Collection, Vec<&str>)> = dataset
            .collections
            .iter()
            .filter(|collection| !collection.skip)
            .map(|collection| (collection, name_columns(collection)))
            .filter(|(_, columns)| !columns.is_empty())
            .collect();
        if named.is_empty() {
            continue;
        }
        let Some((_, source)) = sources.of_dataset(at) else { continue };
        let tables: Vec<&str> = named.iter().map(|(collection, _)| collection.name.as_str()).collect();
        let Ok(schema) = source.schema(&tables) else {
            failed.push(dataset.key.clone());
            continue;
        };
        let mut whole = true;
        for (collection, columns) in &named {
            let Some(query) = Query::of(&schema, dataset.schema.as_deref(), collection, columns) else { continue };
            let keys: Vec<&LiveColumn> = query.columns.iter().collect();
            let rows = RowQuery { table: &query.table, fields: &[], keys: &keys, search: Search::All };
            let read = source.rows(&rows, &mut |row| {
                let parts: Vec<&str> =
                    row.keys.iter().flatten().map(|part| part.trim()).filter(|p| !p.is_empty()).collect();
                match parts.as_slice() {
                    [] => {}
                    [only] => each(only),
                    several => each(&several.join(" ")),
                }
                ControlFlow::Continue(())
            });
            whole &= read.is_ok();
        }
        if !whole {
            failed.push(dataset.key.clone());
        }
    }
    failed
}

fn name_columns(collection: &Collection) -> Vec<&str> {
    let matched = collection.matches.iter().filter(|m| m.kind == IdentifierKind::Name).map(|m| m.column.as_str());
    matched.collect()
}

struct Query {
    table: crate::datamap::LiveTable,
    columns: Vec<LiveColumn>,
}

impl Query {
    fn of(schema: &LiveSchema, dataset: Option<&str>, collection: &Collection, columns: &[&str]) -> Option<Self> {
        let table = schema.table(dataset, &collection.name)?;
        let columns = columns.iter().filter_map(|name| schema.column(table, name).cloned()).collect::<Vec<_>>();
        (table.readable && !columns.is_empty()).then(|| Self { table: table.clone(), columns })
    }
}

//! What has come between a data map and the databases that it describes: columns that are new, gone or changed, and columns
//! that the map does not have and that look personal. It stops nobody; it is shown until the map is mended or somebody says
//! why it need not be.

use std::collections::BTreeMap;

use super::guess::{Guess, by_name};
use super::live::{Everything, LiveTable};
use super::model::{Collection, Dataset};

/// What has come between map and database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DriftKind {
    /// The map has it and the database does not: what it held is not found.
    Gone,
    /// Its type is not what it was when it was last looked at.
    Changed,
    /// The map does not have it, and it looks personal.
    Personal,
    /// The map does not have it, and neither had the database when it was last looked at.
    New,
}

impl DriftKind {
    /// The word in stored rows and answers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Changed => "changed",
            Self::Personal => "personal",
            Self::New => "new",
        }
    }
}

/// One thing that has come between them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Drift {
    /// The dataset, by its key.
    pub dataset: String,
    /// The table, with its schema where it is not on the search path.
    pub table: String,
    /// The column; none where it is the whole table.
    pub column: Option<String>,
    /// What.
    pub kind: DriftKind,
    /// In words, without any value.
    pub detail: String,
}

/// A column by table and name.
pub type Place = (String, String);

/// What a look at a database found, as far as the next look must know it: each column's type.
pub type Types = BTreeMap<Place, String>;

/// How a table of the live schema is called in a data map.
#[must_use]
pub fn table_name(table: &LiveTable) -> String {
    match &table.schema {
        Some(schema) if !table.visible => format!("{schema}.{}", table.name),
        Some(_) | None => table.name.clone(),
    }
}

/// The type of every column.
#[must_use]
pub fn types(live: &Everything) -> Types {
    let columns = live
        .schema
        .tables
        .iter()
        .flat_map(|table| table.columns.iter().map(|c| ((table_name(table), c.name.clone()), c.type_name.clone())));
    columns.collect()
}

/// The columns of the tables that the account may read and the map does not have: they are worth a look at their values.
/// `others` are further datasets of the same database: what they have is not this one's.
#[must_use]
pub fn unmapped(dataset: &Dataset, others: &[&Dataset], live: &Everything) -> Vec<(LiveTable, Vec<String>)> {
    live.schema
        .tables
        .iter()
        .filter(|table| table.readable && is_ours(dataset, others, live, table))
        .filter_map(|table| {
            let mapped = collection_of(dataset, live, table);
            let columns: Vec<String> = table
                .columns
                .iter()
                .filter(|column| !has(mapped, live, &column.name))
                .map(|column| column.name.clone())
                .collect();
            (!columns.is_empty()).then(|| (table.clone(), columns))
        })
        .collect()
}

/// Compares. `before` is what the last look found, none at the first; `shapes` is what the values of unmapped columns look
/// like.
#[must_use]
pub fn drift(
    dataset: &Dataset,
    others: &[&Dataset],
    live: &Everything,
    before: Option<&Types>,
    shapes: &BTreeMap<Place, Guess>,
) -> Vec<Drift> {
    let mut found = Vec::new();
    let mut add = |table: &str, column: Option<&str>, kind, detail: String| {
        found.push(Drift {
            dataset: dataset.key.clone(),
            table: table.to_owned(),
            column: column.map(ToOwned::to_owned),
            kind,
            detail,
        });
    };
    for collection in &dataset.collections {
        let Some(table) = live.schema.table(dataset.schema.as_deref(), &collection.name) else {
            add(&collection.name, None, DriftKind::Gone, "the map has this table and the database does not".into());
            continue;
        };
        for field in &collection.fields {
            if live.schema.column(table, &field.name).is_none() {
                let detail = "the map has this column and the database does not".to_owned();
                add(&collection.name, Some(&field.name), DriftKind::Gone, detail);
            }
        }
    }
    for table in live.schema.tables.iter().filter(|table| is_ours(dataset, others, live, table)) {
        let name = table_name(table);
        let mapped = collection_of(dataset, live, table);
        let known_before = |types: &Types| types.keys().any(|(of, _)| *of == name);
        let table_is_new = before.is_some_and(|types| !known_before(types));
        for column in &table.columns {
            let place = (name.clone(), column.name.clone());
            let earlier = before.and_then(|types| types.get(&place));
            if let Some(earlier) = earlier.filter(|earlier| **earlier != column.type_name) {
                let detail = format!("its type was {earlier} and is {}", column.type_name);
                add(&name, Some(&column.name), DriftKind::Changed, detail);
            }
            if has(mapped, live, &column.name) {
                continue;
            }
            let by_shape = shapes.get(&place).copied();
            // A secret is not the person's data; that it is not mapped is right.
            let guess = by_shape.or_else(|| by_name(&column.name)).filter(|guess| *guess != Guess::Secret);
            match guess {
                Some(guess) => {
                    let by = if by_shape.is_some() { "by its values" } else { "by its name" };
                    let detail = format!("looks like {} ({by}), and the map does not have it", guess.words());
                    add(&name, Some(&column.name), DriftKind::Personal, detail);
                }
                None if before.is_some() && earlier.is_none() && !table_is_new => {
                    let detail = "came since the last look, and the map does not have it".to_owned();
                    add(&name, Some(&column.name), DriftKind::New, detail);
                }
                None => {}
            }
        }
        if table_is_new && mapped.is_none() {
            add(&name, None, DriftKind::New, "came since the last look, and the map does not have it".into());
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Whether the dataset answers for the table: it has it, or nobody else does and it stands in the dataset's schema.
fn is_ours(dataset: &Dataset, others: &[&Dataset], live: &Everything, table: &LiveTable) -> bool {
    if collection_of(dataset, live, table).is_some() {
        return true;
    }
    let elsewhere = others.iter().any(|other| {
        collection_of(other, live, table).is_some() || (other.schema.is_some() && other.schema == table.schema)
    });
    !elsewhere && dataset.schema.as_ref().is_none_or(|schema| table.schema.as_ref() == Some(schema))
}

/// The collection of the dataset that means the table.
fn collection_of<'d>(dataset: &'d Dataset, live: &Everything, table: &LiveTable) -> Option<&'d Collection> {
    dataset
        .collections
        .iter()
        .find(|collection| live.schema.table(dataset.schema.as_deref(), &collection.name).is_some_and(|of| of == table))
}

fn has(collection: Option<&Collection>, live: &Everything, column: &str) -> bool {
    let same =
        |name: &str| name == column || (!live.schema.columns_case_sensitive && name.eq_ignore_ascii_case(column));
    collection.is_some_and(|collection| collection.fields.iter().any(|field| same(&field.name)))
}

/// Whether what an earlier look found still stands, where this look has not found it again: what came or changed since an
/// earlier look is no longer new to this one.
#[must_use]
pub fn goes_on(kind: &str, table: &str, column: Option<&str>, dataset: &Dataset, live: &Everything) -> bool {
    if ![DriftKind::New.as_str(), DriftKind::Changed.as_str()].contains(&kind) {
        return false;
    }
    let Some(found) = live.schema.tables.iter().find(|of| table_name(of) == table) else { return false };
    let mapped = collection_of(dataset, live, found);
    match column {
        Some(column) => {
            let there = found.columns.iter().any(|of| of.name == column);
            there && (kind == DriftKind::Changed.as_str() || !has(mapped, live, column))
        }
        None => mapped.is_none(),
    }
}

//! Compares a data map with what a database really holds.

use crate::subject::IdentifierKind;

use super::fault::Fault;
use super::links::{CollectionId, Links};
use super::live::{LiveColumn, LiveKind, LiveSchema};
use super::model::{Collection, DataMap, Dataset};

/// Every way in which the map does not fit the databases: tables and columns that are missing or may not be read,
/// and types that cannot be searched as the map asks. `schema_of` gives the live schema of a dataset by its key;
/// none where its source could not be read at all, which is reported elsewhere. Each fault comes with the
/// collection it stands in the way of.
#[must_use]
pub fn check<'s>(map: &DataMap, schema_of: impl Fn(&str) -> Option<&'s LiveSchema>) -> Vec<(CollectionId, Fault)> {
    let links = Links::of(map);
    let mut faults = Vec::new();
    for (id, (dataset, collection)) in links.collections.iter().enumerate() {
        if let Some(schema) = schema_of(&dataset.key) {
            check_collection(dataset, collection, schema, &mut |fault| faults.push((id, fault)));
        }
    }
    let column = |id: CollectionId, name: &str| -> Option<&LiveColumn> {
        let (dataset, collection) = links.collections.get(id)?;
        let schema = schema_of(&dataset.key)?;
        schema.column(schema.table(dataset.schema.as_deref(), &collection.name)?, name)
    };
    for link in &links.links {
        let (Some(from), Some(to)) = (column(link.from, &link.from_column), column(link.to, &link.to_column)) else {
            continue;
        };
        if !comparable(from.kind, to.kind) {
            faults.push((
                link.to,
                Fault {
                    file: String::new(),
                    place: links.name_of(link.to, &link.to_column, usize::MAX),
                    what: format!(
                        "is of type {} and is referred to from `{}` of type {}, so that nothing can ever match",
                        to.type_name,
                        links.name_of(link.from, &link.from_column, link.to),
                        from.type_name
                    ),
                    cure: "correct the reference".into(),
                },
            ));
        }
    }
    faults
}

fn check_collection(dataset: &Dataset, collection: &Collection, schema: &LiveSchema, add: &mut dyn FnMut(Fault)) {
    let fault = |field: Option<&str>, what: String, cure: &str| Fault {
        file: String::new(),
        place: [Some(dataset.key.as_str()), Some(&collection.name), field]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("."),
        what,
        cure: cure.into(),
    };
    let Some(table) = schema.table(dataset.schema.as_deref(), &collection.name) else {
        let elsewhere: Vec<String> = schema
            .tables
            .iter()
            .filter(|t| t.name == collection.name)
            .filter_map(|t| t.schema.as_ref().map(|s| format!("`{s}.{}`", t.name)))
            .collect();
        add(if elsewhere.is_empty() {
            fault(None, "the database has no such table or view".into(), "correct the name, or take it out of the map")
        } else {
            fault(None, format!("the name could mean {}", elsewhere.join(" or ")), "write the name with its schema")
        });
        return;
    };
    if !table.readable {
        add(fault(None, "the account may not read it".into(), "grant the account SELECT on it"));
    }
    for field in &collection.fields {
        let Some(live) = schema.column(table, &field.name) else {
            add(fault(
                Some(&field.name),
                "the table has no such column".into(),
                "correct the name, or take it out of the map",
            ));
            continue;
        };
        let owner = collection.owner.contains(&field.name);
        for entry in collection.matches.iter().filter(|entry| entry.column == field.name) {
            if !holds(live.kind, entry.kind) {
                add(fault(
                    Some(&field.name),
                    format!("is of type {} and cannot hold the {}", live.type_name, words(entry.kind)),
                    "match on another column",
                ));
            }
        }
        let is_particular = collection.matches.iter().any(|entry| entry.column == field.name);
        if owner && !is_particular && !holds(live.kind, IdentifierKind::Email) {
            add(fault(
                Some(&field.name),
                format!("is of type {} and cannot say by e-mail address whose row it is", live.type_name),
                "name the column with the e-mail address as `owner`",
            ));
        }
    }
}

/// Whether a column of `kind` can hold the particular.
fn holds(kind: LiveKind, particular: IdentifierKind) -> bool {
    let text = matches!(kind, LiveKind::Text | LiveKind::Other);
    match particular {
        IdentifierKind::Email | IdentifierKind::Name | IdentifierKind::Postcode | IdentifierKind::Address => text,
        IdentifierKind::Phone => text || matches!(kind, LiveKind::Integer | LiveKind::Decimal),
        IdentifierKind::DateOfBirth => text || matches!(kind, LiveKind::Date | LiveKind::DateTime),
    }
}

fn words(particular: IdentifierKind) -> &'static str {
    match particular {
        IdentifierKind::Email => "e-mail address",
        IdentifierKind::Phone => "telephone number",
        IdentifierKind::Name => "name",
        IdentifierKind::DateOfBirth => "date of birth",
        IdentifierKind::Postcode => "postcode",
        IdentifierKind::Address => "address",
    }
}

/// Whether values of one column can ever equal values of the other.
fn comparable(from: LiveKind, to: LiveKind) -> bool {
    let number = |kind| matches!(kind, LiveKind::Integer | LiveKind::Decimal | LiveKind::Float);
    let open = |kind| matches!(kind, LiveKind::Text | LiveKind::Other);
    // An array, or a JSON document that is one, may hold the keys of several rows.
    let several = |kind| matches!(kind, LiveKind::Array | LiveKind::Json);
    from == to || several(from) || several(to) || open(from) || open(to) || (number(from) && number(to))
}

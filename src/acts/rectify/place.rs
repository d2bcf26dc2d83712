//! Where a correction points: the field of the data map, the row of the person, the source behind it. Whatever a request
//! says, a place is only made of a row that the search took to be the person's and of a field that is correctable.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::time::Duration;

use serde_json::value::RawValue;

use crate::bundle::Record;
use crate::datamap::{Collection, Dataset, Disclosure, Field, LiveColumn, LiveSchema, LiveTable};
use crate::files::spool::Standing;
use crate::rectify::{State, plain, writable};
use crate::sources::write::{Guard, RowAt};
use crate::sources::{RowQuery, Search, SourceSpec};
use crate::store::RectificationRow;
use crate::subject::IdentifierKind;

use crate::acts::desk::Desk;
use crate::acts::error::ActError;
use crate::acts::reviewing::Review;

/// How long a look at a source waits for a free connection.
pub(in crate::acts) const PATIENCE: Duration = Duration::from_secs(10);

/// Where a correction points.
pub(super) struct Place<'d> {
    pub(super) dataset: &'d Dataset,
    pub(super) collection: &'d Collection,
    pub(super) field: &'d Field,
    pub(super) spec: &'d SourceSpec,
    pub(super) record: Record,
}

/// The place as it is in the live schema.
pub(super) struct Live {
    pub(super) table: LiveTable,
    pub(super) key: Vec<(LiveColumn, String)>,
    pub(super) column: LiveColumn,
    pub(super) guards: Vec<(LiveColumn, Option<String>)>,
}

/// The field of a record of the person's.
///
/// # Errors
/// [`ActError::Invalid`] naming `record` or `field` if it is not theirs or not correctable.
pub(super) fn place<'d>(desk: &'d Desk, review: &Review, record: &str, field: &str) -> Result<Place<'d>, ActError> {
    let rules = review.rules();
    let Some(found) = review.spool.find(record, &rules)? else {
        return Err(ActError::field("record", "the newest search holds no such record: give its identifier as listed"));
    };
    if found.standing != Standing::Disclose {
        return Err(ActError::field(
            "record",
            "this record does not go out to the person: decide first that it is theirs",
        ));
    }
    let map = &desk.settings.data_map;
    let mapped = map.datasets.iter().flat_map(|d| d.collections.iter().map(move |c| (d, c))).nth(found.collection);
    let report = review.spool.report(found.collection);
    let same = |(dataset, collection): &(&Dataset, &Collection)| {
        report.is_some_and(|report| report.dataset == dataset.key && report.collection == collection.name)
    };
    let Some((dataset, collection)) = mapped.filter(same) else {
        return Err(ActError::Refused("the data map has changed since the search: gather again".to_owned()));
    };
    let field = collection.field(field).filter(|field| field.disclose != Disclosure::Never);
    let Some(field) = field else {
        return Err(ActError::field("field", "the record has no such field: give its name as listed"));
    };
    if !field.correctable || field.primary_key {
        return Err(ActError::field(
            "field",
            "this field cannot be corrected: it records what happened, or is no data about the person",
        ));
    }
    let spec = source_of(desk, dataset)?;
    Ok(Place { dataset, collection, field, spec, record: found.record })
}

impl Place<'_> {
    /// What the search read in a field of the record; none for NULL.
    pub(super) fn searched(&self, field: &str) -> Option<String> {
        let fields: HashMap<String, &RawValue> = serde_json::from_str(self.record.fields.get()).ok()?;
        plain(fields.get(field)?.get())
    }

    /// The place in a live schema. `corrected` are the corrections of the case: what they wrote to this record stands in
    /// place of what the search read.
    ///
    /// # Errors
    /// Why the row cannot be found again by the program, in words.
    pub(super) fn live(&self, schema: &LiveSchema, corrected: &[RectificationRow]) -> Result<Live, String> {
        let missing = || "the data map does not fit the database any more: run rightsdesk check".to_owned();
        let table = schema.table(self.dataset.schema.as_deref(), &self.collection.name).ok_or_else(missing)?.clone();
        let column = schema.column(&table, &self.field.name).ok_or_else(missing)?.clone();
        if table.primary_key.contains(&column.name) {
            return Err("the field is a part of the table's key".to_owned());
        }
        let values = key_of(&self.record.id).filter(|values| values.len() == table.primary_key.len());
        let Some(values) = values else {
            return Err("the table has no primary key, so that no single row of it can be named".to_owned());
        };
        let mut key = Vec::new();
        for (name, value) in table.primary_key.iter().zip(values) {
            key.push((schema.column(&table, name).ok_or_else(missing)?.clone(), value));
        }
        let mut guards: Vec<(LiveColumn, Option<String>)> = Vec::new();
        for name in guarding(self.collection) {
            let live = schema.column(&table, name).ok_or_else(missing)?;
            let known = guards.iter().any(|(guard, _)| guard.name == live.name);
            if live.name != column.name && !known && !table.primary_key.contains(&live.name) {
                guards.push((live.clone(), self.expected(name, corrected)));
            }
        }
        Ok(Live { table, key, column, guards })
    }

    fn expected(&self, field: &str, corrected: &[RectificationRow]) -> Option<String> {
        let ours = |row: &&RectificationRow| {
            row.record == self.record.id && row.field == field && row.state == State::Written.as_str()
        };
        match corrected.iter().filter(ours).max_by_key(|row| row.ended_at) {
            Some(row) => row.new_value.clone(),
            None => self.searched(field),
        }
    }
}

/// The fields by which a row is taken to be the person's.
pub(in crate::acts) fn guarding(collection: &Collection) -> impl Iterator<Item = &str> {
    let by_identity = collection
        .matches
        .iter()
        .filter(|entry| matches!(entry.kind, IdentifierKind::Email | IdentifierKind::Phone))
        .map(|entry| entry.column.as_str());
    let by_reference =
        collection.fields.iter().filter(|field| !field.references.is_empty()).map(|field| field.name.as_str());
    collection.owner.iter().map(String::as_str).chain(by_identity).chain(by_reference)
}

/// The source of a dataset.
///
/// # Errors
/// [`ActError::Refused`] if none serves it.
pub(in crate::acts) fn source_of<'d>(desk: &'d Desk, dataset: &Dataset) -> Result<&'d SourceSpec, ActError> {
    let (sources, map) = (&desk.settings.sources, &desk.settings.data_map);
    let only = || sources.first().filter(|_| sources.len() == 1 && map.datasets.len() == 1);
    sources
        .iter()
        .find(|spec| spec.name == dataset.key)
        .or_else(only)
        .ok_or_else(|| ActError::Refused("no source serves this record any more: see the configuration".to_owned()))
}

impl Live {
    /// The key as it is asked for.
    pub(super) fn key(&self) -> Vec<(&LiveColumn, &str)> {
        self.key.iter().map(|(column, value)| (column, value.as_str())).collect()
    }

    /// What else must stand.
    pub(super) fn guards(&self) -> Vec<Guard<'_>> {
        self.guards.iter().map(|(column, value)| Guard { column, value: value.as_deref() }).collect()
    }

    /// The row.
    pub(super) fn row<'a>(&'a self, key: &'a [(&'a LiveColumn, &'a str)]) -> RowAt<'a> {
        RowAt { table: &self.table, key }
    }
}

/// The values of the primary key in a record's identifier; none if it has none (a digest stands in it).
pub(in crate::acts) fn key_of(record: &str) -> Option<Vec<String>> {
    let (_, key) = record.rsplit_once('/')?;
    if key.contains('~') {
        return None;
    }
    let part = |text: &str| text.replace("%7E", "~").replace("%2F", "/").replace("%2C", ",").replace("%25", "%");
    Some(key.split(',').map(part).collect())
}

/// The value of a place now.
pub(super) struct Now {
    /// What stands there; none for NULL.
    pub(super) value: Option<String>,
    /// True if it was read from the source just now; else it is what the search read.
    pub(super) live: bool,
    /// The column, where it could be read.
    pub(super) column: Option<LiveColumn>,
    /// Why the program cannot write it; none if it can.
    pub(super) not_writable: Option<String>,
}

/// Reads what the source says now, with the account that only reads.
///
/// # Errors
/// [`ActError::Refused`] if the source cannot be read, or the row is gone.
pub(super) fn now(place: &Place<'_>, corrected: &[RectificationRow]) -> Result<Now, ActError> {
    let _permit = place.spec.permits.take(PATIENCE).ok_or(ActError::Busy)?;
    let mut source = place.spec.open();
    let refused = |error: crate::sources::SourceError| ActError::Refused(format!("the source cannot be read: {error}"));
    let schema = source.schema(&[place.collection.name.as_str()]).map_err(refused)?;
    let live = match place.live(&schema, corrected) {
        Ok(live) => live,
        Err(why) => {
            let value = place.searched(&place.field.name);
            let table = schema.table(place.dataset.schema.as_deref(), &place.collection.name);
            let column = table.and_then(|table| schema.column(table, &place.field.name)).cloned();
            return Ok(Now { value, live: false, column, not_writable: Some(why) });
        }
    };
    let not_writable = if place.spec.write_url.is_none() {
        Some("the source has no write account (sources.NAME.write_url)".to_owned())
    } else if !writable(live.column.kind) {
        Some(format!("the column is of type {}, which the program does not write", live.column.type_name))
    } else {
        None
    };
    let key = live.key();
    let Some((first, value)) = key.first() else { return Err(ActError::Missing("row of the record")) };
    let (keys, values): (Vec<&LiveColumn>, [&str; 1]) = (key.iter().map(|(column, _)| *column).collect(), [*value]);
    let mut found = None;
    let fields = [("value", &live.column)];
    let search = Search::Keys { column: first, values: &values };
    source
        .rows(&RowQuery { table: &live.table, fields: &fields, keys: &keys, search }, &mut |row| {
            if row.keys.iter().map(Option::as_deref).eq(key.iter().map(|(_, value)| Some(*value))) {
                let cells: HashMap<String, &RawValue> = serde_json::from_str(row.fields).unwrap_or_default();
                found = cells.get("value").map(|cell| plain(cell.get()));
            }
            ControlFlow::Continue(())
        })
        .map_err(refused)?;
    match found {
        Some(value) => Ok(Now { value, live: true, column: Some(live.column.clone()), not_writable }),
        None => Err(ActError::Refused("the record is not in the source any more: gather again".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::key_of;

    #[test]
    fn a_key_is_read_back_from_an_identifier() {
        assert_eq!(key_of("accounts/12"), Some(vec!["12".to_owned()]));
        assert_eq!(key_of("d.t/a%2Cb,c%2F%7E%25"), Some(vec!["a,b".to_owned(), "c/~%".to_owned()]));
        assert_eq!(key_of("visits/~0011223344556677"), None);
        assert_eq!(key_of("visits/3~0011223344556677-2"), None);
    }
}

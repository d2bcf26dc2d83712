//! What was found, as a plan needs it: every row with whose it is, its key, and what refers to what. Made of the spool, the
//! decisions, the data map and the live schemas alone, so that it comes out the same until one of them changes.

use std::collections::HashMap;

use serde_json::value::RawValue;

use crate::bundle::Status;
use crate::datamap::{Collection, Dataset, Everything, LiveTable};
use crate::erase::{Plan, Row, Tie, Whose, plan};
use crate::files::spool::Standing;
use crate::rectify::plain;
use crate::store::corrections_of;

use super::super::rectify::{PATIENCE, guarding, key_of, source_of};
use crate::acts::desk::Desk;
use crate::acts::error::ActError;
use crate::acts::reviewing::Review;

/// Most records of one plan.
const MOST: usize = 100_000;

/// What was found, and what is planned for it.
pub(super) struct Found<'d> {
    /// Every collection of the map with its dataset.
    pub(super) mapped: Vec<(&'d Dataset, &'d Collection)>,
    pub(super) rows: Vec<Row>,
    pub(super) plan: Plan,
    pub(super) digest: String,
    /// What the databases hold that the program writes to, by dataset.
    pub(super) live: HashMap<String, Everything>,
}

/// The databases that the program writes to, as they are now, and why it does not write to the others.
pub(super) struct Sources {
    live: HashMap<String, Everything>,
    by_owner: HashMap<String, String>,
}

/// Looks at every source of the data map.
///
/// # Errors
/// [`ActError::Refused`] if one cannot be read now.
pub(super) fn sources(desk: &Desk) -> Result<Sources, ActError> {
    let (mut live, mut by_owner) = (HashMap::new(), HashMap::new());
    for dataset in &desk.settings.data_map.datasets {
        let spec = source_of(desk, dataset)?;
        if spec.write_url.is_none() {
            by_owner.insert(dataset.key.clone(), "the source has no write account (sources.NAME.write_url)".to_owned());
            continue;
        }
        let _permit = spec.permits.take(PATIENCE).ok_or(ActError::Busy)?;
        let names: Vec<&str> = dataset.collections.iter().map(|collection| collection.name.as_str()).collect();
        let everything = spec
            .open()
            .everything(&names)
            .map_err(|error| ActError::Refused(format!("the source {} cannot be read: {error}", spec.name)))?;
        live.insert(dataset.key.clone(), everything);
    }
    Ok(Sources { live, by_owner })
}

/// Looks at what the newest search found.
///
/// # Errors
/// [`ActError::Refused`] with what is to be done first.
pub(super) fn found<'d>(desk: &'d Desk, review: &Review, sources: Sources) -> Result<Found<'d>, ActError> {
    let map = &desk.settings.data_map;
    let mapped: Vec<(&Dataset, &Collection)> =
        map.datasets.iter().flat_map(|d| d.collections.iter().map(move |c| (d, c))).collect();
    as_searched(review, &mapped)?;
    let Sources { live, by_owner } = sources;
    let ties = ties(&mapped, &live);
    let rows = rows(review, &mapped, &live, &by_owner, &ties)?;
    let plan = plan(map, &rows, &ties);
    let digest = plan.digest(map, &rows);
    Ok(Found { mapped, rows, plan, digest, live })
}

/// The spool must be of the map as it is, and whole.
fn as_searched(review: &Review, mapped: &[(&Dataset, &Collection)]) -> Result<(), ActError> {
    let same = mapped.len() == review.spool.len()
        && mapped.iter().enumerate().all(|(at, (dataset, collection))| {
            review
                .spool
                .report(at)
                .is_some_and(|report| report.dataset == dataset.key && report.collection == collection.name)
        });
    if !same {
        return Err(ActError::Refused("the data map has changed since the search: gather again".to_owned()));
    }
    let failed = (0..mapped.len())
        .filter(|at| review.spool.report(*at).is_some_and(|report| report.status == Status::Failed))
        .count();
    if failed > 0 {
        return Err(ActError::Refused(format!(
            "{failed} collections could not be searched, so that nobody knows what is in them: gather again"
        )));
    }
    Ok(())
}

fn table<'l>(
    live: &'l HashMap<String, Everything>,
    dataset: &Dataset,
    collection: &Collection,
) -> Option<&'l LiveTable> {
    live.get(&dataset.key)?.schema.table(dataset.schema.as_deref(), &collection.name)
}

/// The name of a column in the database, as the values of rows are kept under; the map's own where there is none.
fn column_name(live: &HashMap<String, Everything>, dataset: &Dataset, collection: &Collection, field: &str) -> String {
    let schema = live.get(&dataset.key).map(|everything| &everything.schema);
    let column = schema.zip(table(live, dataset, collection)).and_then(|(schema, table)| schema.column(table, field));
    column.map_or_else(|| field.to_owned(), |column| column.name.clone())
}

fn ties(mapped: &[(&Dataset, &Collection)], live: &HashMap<String, Everything>) -> Vec<Tie> {
    let mut ties: Vec<Tie> = Vec::new();
    for (key, everything) in live {
        let at = |name: &str| {
            let wanted = everything.schema.table(None, name)?;
            mapped.iter().position(|(dataset, collection)| {
                dataset.key == *key && table(live, dataset, collection).is_some_and(|t| same_table(t, wanted))
            })
        };
        for reference in &everything.references {
            if let (Some(child), Some(parent)) = (at(&reference.table), at(&reference.to_table)) {
                ties.push(Tie {
                    child,
                    child_columns: reference.columns.clone(),
                    parent,
                    parent_columns: reference.to_columns.clone(),
                });
            }
        }
    }
    for (child, (dataset, collection)) in mapped.iter().enumerate() {
        for field in &collection.fields {
            for reference in field.references.iter().filter(|reference| reference.dataset == dataset.key) {
                let parent = mapped
                    .iter()
                    .position(|(other, to)| other.key == reference.dataset && to.name == reference.collection);
                let Some((parent, (of, to))) = parent.and_then(|at| mapped.get(at).map(|entry| (at, entry))) else {
                    continue;
                };
                // What refers to a key would point at nothing; two equal addresses point at nothing anyway.
                let is_key = to.field(&reference.field).is_some_and(|field| field.primary_key);
                if !is_key {
                    continue;
                }
                let ours = |name: &str| column_name(live, dataset, collection, name);
                let theirs = |name: &str| column_name(live, of, to, name);
                let mut tie = Tie {
                    child,
                    child_columns: vec![ours(&field.name)],
                    parent,
                    parent_columns: vec![theirs(&reference.field)],
                };
                for (own, other) in &reference.beside {
                    tie.child_columns.push(ours(own));
                    tie.parent_columns.push(theirs(other));
                }
                if !ties.contains(&tie) {
                    ties.push(tie);
                }
            }
        }
    }
    ties.sort_by(|a, b| (a.child, a.parent, &a.child_columns).cmp(&(b.child, b.parent, &b.child_columns)));
    ties
}

pub(super) fn same_table(left: &LiveTable, right: &LiveTable) -> bool {
    left.name == right.name && left.schema == right.schema
}

fn rows(
    review: &Review,
    mapped: &[(&Dataset, &Collection)],
    live: &HashMap<String, Everything>,
    by_owner: &HashMap<String, String>,
    ties: &[Tie],
) -> Result<Vec<Row>, ActError> {
    let rules = review.rules();
    let (mut rows, mut undecided, mut too_many) = (Vec::new(), 0_u64, false);
    for (at, (dataset, collection)) in mapped.iter().enumerate() {
        let table = table(live, dataset, collection);
        let mut wanted: Vec<(String, &str)> = Vec::new();
        for field in &collection.fields {
            let name = column_name(live, dataset, collection, &field.name);
            let tied = ties.iter().any(|tie| {
                (tie.child == at && tie.child_columns.contains(&name))
                    || (tie.parent == at && tie.parent_columns.contains(&name))
            });
            let kept_out = collection.suppress.as_deref() == Some(field.name.as_str());
            if tied || kept_out || guarding(collection).any(|guard| guard == field.name) {
                wanted.push((name, field.name.as_str()));
            }
        }
        review.spool.each_row(at, &mut |spooled, mark| {
            let whose = match rules.standing(&spooled.id, mark) {
                Standing::Disclose => Whose::Theirs,
                Standing::Excluded { reason, .. } => Whose::Stays(reason),
                Standing::Held { .. } | Standing::Possible { .. } => {
                    undecided += 1;
                    return Ok(());
                }
            };
            if rows.len() >= MOST {
                too_many = true;
                return Ok(());
            }
            let fields: HashMap<String, &RawValue> = serde_json::from_str(spooled.fields).unwrap_or_default();
            let mut values: HashMap<String, Option<String>> = wanted
                .iter()
                .map(|(name, field)| (name.clone(), fields.get(*field).and_then(|raw| plain(raw.get()))))
                .collect();
            let key = key_of(&spooled.id);
            let mut why = by_owner.get(dataset.key.as_str()).cloned();
            match (table, key) {
                (Some(table), Some(key)) if !key.is_empty() && key.len() == table.primary_key.len() => {
                    values.extend(table.primary_key.iter().cloned().zip(key.into_iter().map(Some)));
                }
                (Some(_), _) => {
                    why = Some("the table has no primary key, so that no single row of it can be named".to_owned());
                }
                (None, key) => {
                    let keys = collection.fields.iter().filter(|field| field.primary_key).map(|f| f.name.clone());
                    values.extend(keys.zip(key.unwrap_or_default().into_iter().map(Some)));
                    why.get_or_insert_with(|| {
                        "the data map does not fit the database: run rightsdesk check".to_owned()
                    });
                }
            }
            rows.push(Row { id: spooled.id.clone().into_owned(), collection: at, whose, values, by_owner: why });
            Ok(())
        })?;
    }
    if undecided > 0 {
        return Err(ActError::Refused(format!(
            "{undecided} records wait for a decision whether they are the person's: decide about them first"
        )));
    }
    if too_many {
        return Err(ActError::Refused(format!(
            "more than {MOST} records were found, which are too many for one plan: ask who looks after the sources"
        )));
    }
    Ok(rows)
}

/// Corrections that are not written yet would be lost, or bring back what is gone.
///
/// # Errors
/// [`ActError`] of the store, and [`ActError::Refused`] while some are being written.
pub(super) fn nothing_is_being_written(desk: &Desk, id: crate::case::CaseId) -> Result<(), ActError> {
    let rows = desk.store.read(|conn| -> Result<_, ActError> { Ok(corrections_of(conn, id)?) })?;
    if rows.iter().any(|row| row.state == crate::rectify::State::Signed.as_str()) {
        return Err(ActError::Refused(
            "a correction of this case is being written: wait until that has ended".to_owned(),
        ));
    }
    Ok(())
}

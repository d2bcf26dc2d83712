//! Looks at the sources' databases and keeps what has come between them and the data map. It stops nobody: it is shown until
//! the map is mended, or somebody says why it need not be.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::time::Duration;

use serde::Serialize;

use crate::audit::{Actor, Event};
use crate::base::{Moment, u64_from};
use crate::datamap::{
    Dataset, Drift, Everything, Guess, LiveColumn, Place, Shapes, drift, goes_on, table_name, types, unmapped,
};
use crate::sources::{RowQuery, Search, Source, SourceSpec};
use crate::store::{
    Conn, DriftRow, Lease, audit_append, drift_end, drift_insert, drift_waive, drifts_open, job_done, seen_columns_of,
    seen_columns_set,
};

use super::desk::Desk;
use super::error::{ActError, FieldFault};
use super::inspection::source_of;
use super::moving::By;
use super::queue::Job;

/// Values of one unmapped column that are looked at, at most.
const SAMPLE: u64 = 200;
/// Tables of one database that are looked into, at most.
const TABLES: usize = 1_000;
/// How long the nightly look waits for a connection.
const PATIENCE: Duration = Duration::from_secs(300);

/// Something that has come between a database and the data map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct DriftView {
    /// Its identifier.
    pub drift: String,
    /// The dataset, by its key.
    pub dataset: String,
    /// The table.
    pub table: String,
    /// The column; none where it is the whole table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// `gone`, `changed`, `personal` (not in the map, and looks it) or `new`.
    pub kind: String,
    /// In words.
    pub detail: String,
    /// When it was found.
    #[schema(value_type = String, format = DateTime)]
    pub found_at: Moment,
    /// When somebody said why it may stay.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waived_at: Option<Moment>,
    /// Who.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waived_by: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waive_reason: Option<String>,
}

impl From<DriftRow> for DriftView {
    fn from(row: DriftRow) -> Self {
        Self {
            drift: row.id,
            dataset: row.dataset,
            table: row.table_name,
            column: Some(row.column_name).filter(|name| !name.is_empty()),
            kind: row.kind,
            detail: row.detail,
            found_at: Moment::from_naive_utc(row.found_at),
            waived_at: row.waived_at.map(Moment::from_naive_utc),
            waived_by: row.waived_by,
            waive_reason: row.waive_reason,
        }
    }
}

impl std::fmt::Display for DriftView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.dataset, self.table)?;
        if let Some(column) = &self.column {
            write!(f, ".{column}")?;
        }
        write!(f, ": {} ({})", self.detail, self.drift)
    }
}

/// What stands between databases and map, by dataset and table; what was waived too, if asked.
///
/// # Errors
/// [`ActError`] of the store.
pub fn drift_list(desk: &Desk, waived_too: bool) -> Result<Vec<DriftView>, ActError> {
    let rows = desk.store.read(drifts_open)?;
    Ok(rows.into_iter().filter(|row| waived_too || row.waived_at.is_none()).map(DriftView::from).collect())
}

/// Says why one may stay.
///
/// # Errors
/// [`ActError`] if there is no reason, or no such one that is not waived.
pub fn drift_waived(desk: &Desk, id: &str, reason: &str, by: &Actor) -> Result<(), ActError> {
    if reason.trim().is_empty() {
        return Err(ActError::Invalid(vec![FieldFault {
            field: "reason".to_owned(),
            problem: "say why it may stay as it is".to_owned(),
        }]));
    }
    let now = desk.now();
    desk.store.write(|conn| {
        if !drift_waive(conn, id, &by.to_string(), now.naive_utc(), reason.trim())? {
            return Err(ActError::Missing("drift that is not waived"));
        }
        audit_append(conn, now, by, None, &Event::DriftWaived { drift: id.to_owned() })?;
        Ok(())
    })
}

/// Queues the look of the day, once a day whoever asks.
///
/// # Errors
/// [`ActError`] of the store.
pub(super) fn look_tonight(desk: &Desk) -> Result<(), ActError> {
    if desk.settings.sources.is_empty() {
        return Ok(());
    }
    let key = format!("drift-{}", desk.clock.today());
    desk.store.write(|conn| Job::Drift.enqueue(conn, Some(key), desk.now()))
}

/// The job of the nightly look.
///
/// # Errors
/// [`ActError`], after which it is tried again. A source that cannot be read is none: the next night looks again.
pub fn drift_job(desk: &Desk, lease: &Lease) -> Result<(), ActError> {
    let unread = look_for_drift(desk, PATIENCE)?;
    for (dataset, problem) in unread {
        tracing::warn!(dataset, problem, "a source could not be compared with the data map");
    }
    desk.store.write(|conn| Ok(job_done(conn, lease, desk.now())?))
}

/// Compares the data map with every database and keeps what it finds. Gives the datasets that could not be read, with why.
///
/// # Errors
/// [`ActError`] of the store.
pub fn look_for_drift(desk: &Desk, patience: Duration) -> Result<Vec<(String, String)>, ActError> {
    let mut unread = Vec::new();
    for dataset in &desk.settings.data_map.datasets {
        let Some(spec) = source_of(desk, &dataset.key) else { continue };
        let others: Vec<&Dataset> = desk
            .settings
            .data_map
            .datasets
            .iter()
            .filter(|other| {
                other.key != dataset.key && source_of(desk, &other.key).is_some_and(|of| of.url == spec.url)
            })
            .collect();
        match look(spec, dataset, &others, patience) {
            Ok((live, shapes)) => desk.store.write(|conn| keep(conn, desk, (dataset, &others), &live, &shapes))?,
            Err(problem) => unread.push((dataset.key.clone(), problem)),
        }
    }
    Ok(unread)
}

type Looks = BTreeMap<Place, Guess>;

fn look(
    spec: &SourceSpec,
    dataset: &Dataset,
    others: &[&Dataset],
    patience: Duration,
) -> Result<(Everything, Looks), String> {
    let _permit = spec.permits.take(patience).ok_or("every connection is taken by searches")?;
    let mut source = spec.open();
    let names: Vec<&str> = dataset.collections.iter().map(|collection| collection.name.as_str()).collect();
    let live = source.everything(&names).map_err(|error| error.to_string())?;
    let columns = unmapped(dataset, others, &live);
    let shapes = shapes(
        source.as_mut(),
        columns.iter().take(TABLES).map(|(table, names)| {
            (table, table.columns.iter().filter(|column| names.contains(&column.name)).collect())
        }),
    );
    Ok((live, shapes))
}

/// What the values of these columns look like, by a bounded sample; no value is kept. A table that cannot be read has none.
pub(super) fn shapes<'t>(
    source: &mut dyn Source,
    tables: impl Iterator<Item = (&'t crate::datamap::LiveTable, Vec<&'t LiveColumn>)>,
) -> Looks {
    let mut found = Looks::new();
    for (table, columns) in tables {
        let mut seen: Vec<Shapes> = columns.iter().map(|_| Shapes::default()).collect();
        let query = RowQuery { table, fields: &[], keys: &columns, search: Search::First(SAMPLE) };
        let read = source.rows(&query, &mut |row| {
            for (shapes, value) in seen.iter_mut().zip(row.keys) {
                if let Some(value) = value {
                    shapes.see(value);
                }
            }
            ControlFlow::Continue(())
        });
        if read.is_err() {
            continue;
        }
        for (column, shapes) in columns.iter().zip(seen) {
            if let Some(guess) = shapes.guess() {
                found.insert((table_name(table), column.name.clone()), guess);
            }
        }
    }
    found
}

fn keep(
    conn: &mut Conn,
    desk: &Desk,
    (dataset, others): (&Dataset, &[&Dataset]),
    live: &Everything,
    shapes: &BTreeMap<Place, Guess>,
) -> Result<(), ActError> {
    let now = desk.now();
    let before = seen_columns_of(conn, &dataset.key)?;
    let found = drift(dataset, others, live, before.as_ref(), shapes);
    let open: Vec<DriftRow> = drifts_open(conn)?.into_iter().filter(|row| row.dataset == dataset.key).collect();
    let same = |row: &DriftRow, one: &Drift| {
        row.table_name == one.table
            && row.column_name == one.column.clone().unwrap_or_default()
            && row.kind == one.kind.as_str()
    };
    let mut ended = 0;
    for row in &open {
        let column = Some(row.column_name.as_str()).filter(|name| !name.is_empty());
        let stays =
            found.iter().any(|one| same(row, one)) || goes_on(&row.kind, &row.table_name, column, dataset, live);
        if !stays {
            drift_end(conn, &row.id, now.naive_utc())?;
            ended += 1;
        }
    }
    let fresh: Vec<Drift> = found.into_iter().filter(|one| !open.iter().any(|row| same(row, one))).collect();
    let new = u64_from(fresh.len());
    for one in fresh {
        let row = DriftRow {
            id: uuid::Uuid::now_v7().to_string(),
            dataset: one.dataset,
            table_name: one.table,
            column_name: one.column.unwrap_or_default(),
            kind: one.kind.as_str().to_owned(),
            detail: one.detail,
            found_at: now.naive_utc(),
            ended_at: None,
            waived_at: None,
            waived_by: None,
            waive_reason: None,
        };
        drift_insert(conn, row)?;
    }
    let types = types(live);
    if before.as_ref() != Some(&types) {
        seen_columns_set(conn, &dataset.key, &types)?;
    }
    if new + ended > 0 {
        let event = Event::DriftFound { dataset: dataset.key.clone(), found: new, ended };
        audit_append(conn, now, &By::system().actor, None, &event)?;
    }
    Ok(())
}

//! Erasures as staff see them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::{Moment, u64_from};
use crate::case::CaseId;
use crate::datamap::{DataMap, Forget};
use crate::erase::{ErasureId, ErasureState, What};
use crate::files::spool::{Rules, Standing};
use crate::store::{
    ErasureItemRow, ErasureRow, GatherRow, case_by_id, decisions, erasure_by_id, erasure_items_of, erasure_runs_of,
    erasures_of, gather_latest,
};

use super::found::Found;
use crate::acts::desk::Desk;
use crate::acts::error::ActError;
use crate::acts::reviewing::as_decided;

/// Records of a plan that are listed one by one.
const MOST_ITEMS: usize = 500;

/// An erasure as staff see it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ErasureView {
    /// Its identifier.
    pub erasure: String,
    /// Where it stands.
    pub state: ErasureState,
    /// Who planned it.
    pub made_by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Moment,
    /// Who signed or returned it.
    pub signed_by: Option<String>,
    /// When it was signed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub signed_at: Option<Moment>,
    /// When it was carried out.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended_at: Option<Moment>,
    /// What stood in the way when the plan was tried out; null if every source would do its part.
    pub tried: Option<String>,
    /// Why it was returned, or could not be carried out.
    pub problem: Option<String>,
    /// How who looks after a source showed that their part was done.
    pub proof: Option<String>,
    /// Records that are deleted.
    pub deletes: u64,
    /// Records that stay without saying whose they are.
    pub anonymises: u64,
    /// Records that stay as they are.
    pub stays: u64,
    /// Of the first two, those that who looks after the source has to do.
    pub by_owner: u64,
}

/// What a plan says of a collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ErasureCollection {
    /// In plain words.
    pub collection_label: String,
    /// `delete`, `anonymise` or `stay`.
    pub what: String,
    /// How many records.
    pub records: u64,
    /// Why they stay.
    pub reason: Option<String>,
    /// Why who looks after the source has to do it.
    pub by_owner: Option<String>,
}

/// What becomes of a column of the records that stay without saying whose they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ErasureWay {
    /// The collection in plain words.
    pub collection_label: String,
    /// The field in plain words.
    pub field_label: String,
    /// `null`, `fixed`, `hash`, `generalise` or `keep`.
    pub way: String,
}

/// What a plan says of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ErasureItem {
    /// The record.
    pub record: String,
    /// `delete`, `anonymise` or `stay`.
    pub what: String,
    /// Why it stays.
    pub reason: Option<String>,
    /// Why who looks after the source has to do it.
    pub by_owner: Option<String>,
}

/// An entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ErasureRun {
    /// At which source.
    pub dataset: String,
    /// When it was begun.
    #[schema(value_type = String, format = DateTime)]
    pub begun_at: Moment,
    /// When its outcome was known.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended_at: Option<Moment>,
    /// `made`, `stands` (it was done before), `differs` or `refused`; null while it is not known.
    pub outcome: Option<String>,
    /// Records that were deleted or anonymised.
    pub done: u64,
    /// Records of which nothing was left to do.
    pub already: u64,
}

/// What a search since then still finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Remaining {
    /// The collection in plain words.
    pub collection_label: String,
    /// How many records.
    pub records: u64,
    /// Why they are there; null for what should have gone.
    pub reason: Option<String>,
}

/// An erasure with everything that a signature needs.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ErasureDetail {
    /// The erasure.
    #[serde(flatten)]
    pub erasure: ErasureView,
    /// What goes and what stays, by collection.
    pub collections: Vec<ErasureCollection>,
    /// What becomes of the columns of what stays without saying whose it is.
    pub ways: Vec<ErasureWay>,
    /// The records, in the order in which they are done; at most 500.
    pub items: Vec<ErasureItem>,
    /// How many more there are.
    pub more_items: u64,
    /// The journal.
    pub runs: Vec<ErasureRun>,
    /// What a search after it still finds; null while there was none.
    pub remaining: Option<Vec<Remaining>>,
}

/// What becomes of the columns, for a plan that is kept.
pub(super) fn ways(found: &Found<'_>) -> String {
    let mut ways: Vec<ErasureWay> = Vec::new();
    for (at, (_, collection)) in found.mapped.iter().enumerate() {
        let touched = found.plan.steps.iter().any(|step| {
            step.what == What::Anonymise && found.rows.get(step.row).is_some_and(|row| row.collection == at)
        });
        if touched {
            ways.extend(collection.fields.iter().map(|field| ErasureWay {
                collection_label: collection.label.clone(),
                field_label: field.label.clone(),
                way: way(&collection.forgets(field)).to_owned(),
            }));
        }
    }
    serde_json::to_string(&ways).unwrap_or_default()
}

fn way(how: &Forget) -> &'static str {
    match how {
        Forget::Null => "null",
        Forget::Fixed(_) => "fixed",
        Forget::Hash => "hash",
        Forget::Generalise => "generalise",
        Forget::Keep => "keep",
    }
}

fn view(row: ErasureRow, items: &[ErasureItemRow]) -> Result<ErasureView, ActError> {
    let count = |what: &str| u64_from(items.iter().filter(|item| item.what == what).count());
    Ok(ErasureView {
        state: row.state()?,
        erasure: row.id,
        made_by: row.made_by,
        made_at: Moment::from_naive_utc(row.made_at),
        signed_by: row.signed_by,
        signed_at: row.signed_at.map(Moment::from_naive_utc),
        ended_at: row.ended_at.map(Moment::from_naive_utc),
        tried: row.tried,
        problem: row.problem,
        proof: row.proof,
        deletes: count("delete"),
        anonymises: count("anonymise"),
        stays: count("stay"),
        by_owner: u64_from(items.iter().filter(|item| item.by_owner.is_some()).count()),
    })
}

/// The erasures of a case, oldest first.
///
/// # Errors
/// [`ActError::Missing`] if there is no such case.
pub fn erasures_list(desk: &Desk, id: CaseId) -> Result<Vec<ErasureView>, ActError> {
    desk.store.read(|conn| {
        case_by_id(conn, id)?;
        erasures_of(conn, id)?
            .into_iter()
            .map(|row| {
                let items = erasure_items_of(conn, row.erasure_id()?)?;
                view(row, &items)
            })
            .collect()
    })
}

/// An erasure with its plan, its journal and what is left.
///
/// # Errors
/// [`ActError::Missing`] if the case has no such erasure.
pub fn erasure_detail(desk: &Desk, id: CaseId, erasure: ErasureId) -> Result<ErasureDetail, ActError> {
    let (row, items, runs, gather, decided) = desk.store.read(|conn| -> Result<_, ActError> {
        Ok((
            erasure_by_id(conn, id, erasure)?,
            erasure_items_of(conn, erasure)?,
            erasure_runs_of(conn, erasure)?,
            gather_latest(conn, id)?,
            decisions(conn, id)?,
        ))
    })?;
    let map = &desk.settings.data_map;
    let since = gather.filter(|gather| row.ended_at.is_some_and(|ended| gather.finished_at >= ended));
    let rules = Rules { decisions: as_decided(&decided), ..Rules::default() };
    let remaining = since.map(|gather| remaining(desk, &gather, &items, &rules)).transpose()?;
    let mut collections: Vec<ErasureCollection> = Vec::new();
    for item in &items {
        let of = ErasureCollection {
            collection_label: label(map, item),
            what: item.what.clone(),
            records: 0,
            reason: item.reason.clone(),
            by_owner: item.by_owner.clone(),
        };
        match collections.iter_mut().find(|known| ErasureCollection { records: 0, ..(*known).clone() } == of) {
            Some(known) => known.records += 1,
            None => collections.push(ErasureCollection { records: 1, ..of }),
        }
    }
    let ways = serde_json::from_str(&row.ways).map_err(|_| ActError::Broken("a stored plan cannot be read".into()))?;
    let listed = items.iter().take(MOST_ITEMS).map(|item| ErasureItem {
        record: item.record.clone(),
        what: item.what.clone(),
        reason: item.reason.clone(),
        by_owner: item.by_owner.clone(),
    });
    let number = |count: i64| u64::try_from(count).unwrap_or(0);
    Ok(ErasureDetail {
        collections,
        ways,
        items: listed.collect(),
        more_items: u64_from(items.len().saturating_sub(MOST_ITEMS)),
        runs: runs
            .into_iter()
            .map(|run| ErasureRun {
                dataset: run.dataset,
                begun_at: Moment::from_naive_utc(run.begun_at),
                ended_at: run.ended_at.map(Moment::from_naive_utc),
                outcome: run.outcome,
                done: number(run.done),
                already: number(run.already),
            })
            .collect(),
        remaining,
        erasure: view(row, &items)?,
    })
}

fn label(map: &DataMap, item: &ErasureItemRow) -> String {
    let dataset = map.datasets.iter().find(|dataset| dataset.key == item.dataset);
    let found = dataset.and_then(|dataset| dataset.collections.iter().find(|one| one.name == item.collection));
    found.map_or_else(|| item.collection.clone(), |collection| collection.label.clone())
}

/// What a search found, each with why it is there.
fn remaining(
    desk: &Desk,
    gather: &GatherRow,
    items: &[ErasureItemRow],
    rules: &Rules,
) -> Result<Vec<Remaining>, ActError> {
    let planned: BTreeMap<&str, &ErasureItemRow> = items.iter().map(|item| (item.record.as_str(), item)).collect();
    let spool = desk.files.spool_open(&gather.spool).map_err(|error| ActError::Broken(error.to_string()))?;
    let collections = desk.settings.data_map.datasets.iter().flat_map(|dataset| &dataset.collections);
    let mut found: Vec<Remaining> = Vec::new();
    for (at, collection) in collections.enumerate() {
        let mut counts: BTreeMap<Option<String>, u64> = BTreeMap::new();
        spool.each_row(at, &mut |row, mark| {
            let reason = match (planned.get(row.id.as_ref()), rules.standing(&row.id, mark)) {
                (Some(item), _) if item.what == "stay" => item.reason.clone(),
                (Some(item), _) => item.by_owner.clone(),
                (
                    None,
                    Standing::Held { reason } | Standing::Possible { reason } | Standing::Excluded { reason, .. },
                ) => Some(reason),
                (None, Standing::Disclose) => None,
            };
            *counts.entry(reason).or_default() += 1;
            Ok(())
        })?;
        found.extend(counts.into_iter().map(|(reason, records)| Remaining {
            collection_label: collection.label.clone(),
            records,
            reason,
        }));
    }
    Ok(found)
}

/// How many of the records that were to go a search still finds.
pub(super) fn still_found(desk: &Desk, gather: &GatherRow, items: &[ErasureItemRow]) -> Result<u64, ActError> {
    let spool = desk.files.spool_open(&gather.spool).map_err(|error| ActError::Broken(error.to_string()))?;
    let rules = Rules::default();
    let mut left = 0;
    for item in items.iter().filter(|item| item.what != "stay") {
        left += u64::from(spool.find(&item.record, &rules)?.is_some());
    }
    Ok(left)
}

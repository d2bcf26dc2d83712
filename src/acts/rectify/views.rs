//! Corrections as staff and as the person see them.

use serde::Serialize;

use crate::base::Moment;
use crate::case::CaseId;
use crate::datamap::{Collection, DataMap, Disclosure};
use crate::files::spool::Standing;
use crate::rectify::{CorrectionId, State, plain};
use crate::store::{
    RectificationRow, case_by_id, cases_grown_from, correction_by_id, corrections_of, source_changes_of,
};

use super::place::{now, place};
use crate::acts::desk::Desk;
use crate::acts::error::ActError;
use crate::acts::reviewing::Review;
use crate::acts::verify::Opened;

/// Records named for holding the same value.
const MOST_SAME: usize = 200;

/// A correction as staff see it. Values are texts; null is no value.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct RectificationView {
    /// Its identifier.
    pub correction: String,
    /// The record.
    pub record: String,
    /// The collection in plain words.
    pub collection_label: String,
    /// The field.
    pub field: String,
    /// The field in plain words.
    pub field_label: String,
    /// What the record said when it was asked for.
    pub said: Option<String>,
    /// What the person wants it to say.
    pub wanted: Option<String>,
    /// Why.
    pub why: String,
    /// What shows it.
    pub evidence: Option<String>,
    /// Who asked.
    pub asked_by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub asked_at: Moment,
    /// Where it stands.
    pub state: State,
    /// `apply`, `part`, `refuse` or `statement`.
    pub decision: Option<String>,
    /// What the source said when it was decided: what stood before.
    pub before: Option<String>,
    /// What is, or was, written.
    pub after: Option<String>,
    /// Why it was decided so.
    pub reason: Option<String>,
    /// The person's statement.
    pub statement: Option<String>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// Who signed.
    pub signed_by: Option<String>,
    /// When it ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended_at: Option<Moment>,
    /// Why it could not be written, or was returned.
    pub problem: Option<String>,
    /// How who looks after the source showed that it was done.
    pub proof: Option<String>,
    /// The correction that it takes back.
    pub undoes: Option<String>,
}

/// What stands at the place of a correction now.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct NowView {
    /// The value; null is no value. Send it along with the decision as `shown`.
    pub value: Option<String>,
    /// True if it was read from the source just now; else it is what the search read.
    pub live: bool,
    /// The column's type, as the source calls it.
    pub column_type: Option<String>,
    /// True if the program can write it; else it becomes a task for who looks after the source.
    pub writable: bool,
    /// Why it cannot.
    pub not_writable: Option<String>,
    /// Why it could not be read.
    pub problem: Option<String>,
}

/// Another place that holds the same value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SameValue {
    /// The record.
    pub record: String,
    /// The collection in plain words.
    pub collection_label: String,
    /// The field.
    pub field: String,
    /// The field in plain words.
    pub field_label: String,
    /// True if a correction of it can be asked for.
    pub correctable: bool,
}

/// An entry of the journal of writing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct JournalView {
    /// What stood there.
    pub before: Option<String>,
    /// What was to stand there.
    pub after: Option<String>,
    /// When it was begun.
    #[schema(value_type = String, format = DateTime)]
    pub begun_at: Moment,
    /// When its outcome was known.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended_at: Option<Moment>,
    /// `made`, `stands` (an earlier try was kept, or somebody else was faster), `differs`, `gone`, `refused`, `not_kept`;
    /// null while it is not known.
    pub outcome: Option<String>,
}

/// A correction with what a decision needs.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct RectificationDetail {
    /// The correction.
    #[serde(flatten)]
    pub correction: RectificationView,
    /// What the source says now.
    pub now: NowView,
    /// Where else the person's records hold the value that is said to be wrong.
    pub same_value: Vec<SameValue>,
    /// The journal of writing it.
    pub journal: Vec<JournalView>,
}

/// A correction as the person sees it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct OwnCorrection {
    /// Its identifier.
    pub correction: String,
    /// The reference of the request that it is on.
    pub reference: String,
    /// The record.
    pub record: String,
    /// The collection in plain words.
    pub collection_label: String,
    /// The field.
    pub field: String,
    /// The field in plain words.
    pub field_label: String,
    /// What the record said.
    pub said: Option<String>,
    /// What you want it to say.
    pub wanted: Option<String>,
    /// Where it stands, in plain words.
    pub status_plain: &'static str,
    /// What we wrote, once it is written.
    pub now_says: Option<String>,
    /// Why we did not do it, or not all of it.
    pub reason: Option<String>,
    /// Your statement, once it stands beside the data.
    pub statement: Option<String>,
}

fn collection<'m>(map: &'m DataMap, row: &RectificationRow) -> Option<&'m Collection> {
    map.datasets.iter().find(|d| d.key == row.dataset)?.collections.iter().find(|c| c.name == row.collection)
}

/// The collection and the field in plain words; their names where the map has them no more.
pub(super) fn labels(desk: &Desk, row: &RectificationRow) -> (String, String) {
    let found = collection(&desk.settings.data_map, row);
    let field = found.and_then(|collection| collection.field(&row.field)).map(|field| field.label.clone());
    (found.map_or_else(|| row.collection.clone(), |c| c.label.clone()), field.unwrap_or_else(|| row.field.clone()))
}

fn view(desk: &Desk, row: RectificationRow) -> Result<RectificationView, ActError> {
    let (collection_label, field_label) = labels(desk, &row);
    Ok(RectificationView {
        state: row.state()?,
        correction: row.id,
        record: row.record,
        collection_label,
        field: row.field,
        field_label,
        said: row.said,
        wanted: row.wanted,
        why: row.why,
        evidence: row.evidence,
        asked_by: row.asked_by,
        asked_at: Moment::from_naive_utc(row.asked_at),
        decision: row.decision,
        before: row.shown,
        after: row.new_value,
        reason: row.reason,
        statement: row.statement,
        decided_by: row.decided_by,
        signed_by: row.signed_by,
        ended_at: row.ended_at.map(Moment::from_naive_utc),
        problem: row.problem,
        proof: row.proof,
        undoes: row.undoes,
    })
}

/// The corrections of a case, oldest first.
///
/// # Errors
/// [`ActError::Missing`] if there is no such case.
pub fn rectifications_list(desk: &Desk, id: CaseId) -> Result<Vec<RectificationView>, ActError> {
    let rows = desk.store.read(|conn| -> Result<_, ActError> {
        case_by_id(conn, id)?;
        Ok(corrections_of(conn, id)?)
    })?;
    rows.into_iter().map(|row| view(desk, row)).collect()
}

/// A correction with the value as it is now and everything else that a decision needs. Reads the source.
///
/// # Errors
/// [`ActError::Missing`] if the case has no such correction.
pub fn correction_detail(desk: &Desk, id: CaseId, correction: CorrectionId) -> Result<RectificationDetail, ActError> {
    let (row, others, journal) = desk.store.read(|conn| -> Result<_, ActError> {
        Ok((correction_by_id(conn, id, correction)?, corrections_of(conn, id)?, source_changes_of(conn, correction)?))
    })?;
    let review = Review::load(desk, id, None);
    let read = match &review {
        Ok(review) => place(desk, review, &row.record, &row.field).and_then(|place| now(&place, &others)),
        Err(_) => Err(ActError::Refused("nothing was gathered yet: gather the records first".to_owned())),
    };
    let now = match read {
        Ok(now) => NowView {
            value: now.value,
            live: now.live,
            column_type: now.column.map(|column| column.type_name),
            writable: now.not_writable.is_none(),
            not_writable: now.not_writable,
            problem: None,
        },
        Err(error) => NowView {
            value: None,
            live: false,
            column_type: None,
            writable: false,
            not_writable: None,
            problem: Some(match error {
                ActError::Invalid(faults) => faults.into_iter().map(|fault| fault.problem).collect(),
                ActError::Refused(why) => why,
                ActError::Busy => ActError::Busy.to_string(),
                other @ (ActError::Unauthenticated(_)
                | ActError::Forbidden(_)
                | ActError::Missing(_)
                | ActError::Gone(_)
                | ActError::Stale(_)
                | ActError::TooMany(_)
                | ActError::Broken(_)) => return Err(other),
            }),
        },
    };
    let wrong = row.shown.clone().or_else(|| row.said.clone());
    let same_value = match (&review, wrong) {
        (Ok(review), Some(wrong)) => same_values(desk, review, &row, &wrong)?,
        (Ok(_) | Err(_), _) => Vec::new(),
    };
    let journal = journal
        .into_iter()
        .map(|entry| JournalView {
            before: entry.value_before,
            after: entry.value_after,
            begun_at: Moment::from_naive_utc(entry.begun_at),
            ended_at: entry.ended_at.map(Moment::from_naive_utc),
            outcome: entry.outcome,
        })
        .collect();
    Ok(RectificationDetail { correction: view(desk, row)?, now, same_value, journal })
}

/// The form in which two writings of a wrong value are one: letter case and space apart.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn same_values(desk: &Desk, review: &Review, row: &RectificationRow, wrong: &str) -> Result<Vec<SameValue>, ActError> {
    let wrong = folded(wrong);
    let mut found = Vec::new();
    if wrong.is_empty() {
        return Ok(found);
    }
    let rules = review.rules();
    let mapped = desk.settings.data_map.datasets.iter().flat_map(|dataset| dataset.collections.iter());
    for (at, collection) in mapped.enumerate() {
        review.spool.each_row(at, &mut |spooled, mark| {
            let own = spooled.id == row.record.as_str();
            if found.len() >= MOST_SAME || rules.standing(&spooled.id, mark) != Standing::Disclose {
                return Ok(());
            }
            let fields: std::collections::HashMap<String, &serde_json::value::RawValue> =
                serde_json::from_str(spooled.fields).unwrap_or_default();
            for field in collection.fields.iter().filter(|field| field.disclose != Disclosure::Never) {
                let text = fields.get(&field.name).and_then(|raw| plain(raw.get()));
                if !(own && field.name == row.field) && text.is_some_and(|text| folded(&text) == wrong) {
                    found.push(SameValue {
                        record: spooled.id.clone().into_owned(),
                        collection_label: collection.label.clone(),
                        field: field.name.clone(),
                        field_label: field.label.clone(),
                        correctable: field.correctable && !field.primary_key,
                    });
                }
            }
            Ok(())
        })?;
    }
    Ok(found)
}

/// What became of the corrections that the person asked for, on this request and on those that follow it.
///
/// # Errors
/// [`ActError`] of the store.
pub fn own_corrections(desk: &Desk, opened: Opened) -> Result<Vec<OwnCorrection>, ActError> {
    let rows = desk.store.read(|conn| -> Result<_, ActError> {
        let mut rows = Vec::new();
        let mut cases = vec![case_by_id(conn, opened.case())?];
        cases.extend(cases_grown_from(conn, opened.case())?.into_iter().map(|(_, case)| case));
        for case in cases {
            let corrections = corrections_of(conn, case.case_id()?)?;
            rows.extend(corrections.into_iter().map(|row| (case.reference.clone(), row)));
        }
        Ok(rows)
    })?;
    rows.into_iter()
        .filter(|(_, row)| row.undoes.is_none())
        .map(|(reference, row)| {
            let state = row.state()?;
            let (collection_label, field_label) = labels(desk, &row);
            let told = matches!(state, State::Written | State::Refused | State::Stated | State::Undone);
            Ok(OwnCorrection {
                correction: row.id,
                reference,
                record: row.record,
                collection_label,
                field: row.field,
                field_label,
                said: row.said,
                wanted: row.wanted,
                status_plain: state.plain(),
                now_says: row.new_value.filter(|_| state == State::Written),
                reason: row.reason.filter(|_| told),
                statement: row.statement.filter(|_| state == State::Stated),
            })
        })
        .collect()
}

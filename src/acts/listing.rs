//! What stands in a review, record by record: the listing that a sign-off keeps and whose hash it states, and the difference
//! between two of them.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::base::hex;
use crate::bundle::BundleError;
use crate::case::CaseId;
use crate::files::FilesError;
use crate::files::spool::Standing;
use crate::review::{Cut, Span, redacted};
use crate::store::{SignOffRow, case_by_id, sign_offs_of};

use super::desk::Desk;
use super::error::ActError;
use super::reviewing::Review;

/// One record of a listing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Listed {
    record: String,
    /// `goes_out`, `withheld` or `undecided`.
    outcome: String,
    /// Why it does not go out, as the person is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    /// SHA-256 of its fields as they go out, or of the fields as they were found if it does not.
    fields: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cuts: Vec<(String, Option<Span>, String)>,
}

/// Calls `each` with the listing's lines: first what the search was, then every record, then the grounds in the caseworkers'
/// words.
fn lines(review: &Review, each: &mut dyn FnMut(&[u8]) -> Result<(), ActError>) -> Result<(), ActError> {
    let rules = review.rules();
    each(serde_json::json!({"format": "rightsdesk-sign-off/1"}).to_string().as_bytes())?;
    for collection in 0..review.spool.len() {
        let mut failed = None;
        let walked = review.spool.each_row(collection, &mut |row, mark| {
            let cuts = rules.cuts.get(row.id.as_ref()).map(Vec::as_slice).unwrap_or_default();
            let (outcome, reason, code) = match rules.standing(&row.id, mark) {
                Standing::Disclose => ("goes_out", None, None),
                Standing::Excluded { reason, code } => ("withheld", Some(reason), code),
                Standing::Held { reason } | Standing::Possible { reason } => ("undecided", Some(reason), None),
            };
            let shown = if outcome == "goes_out" { redacted(row.fields, cuts) } else { Some(row.fields.to_owned()) };
            let fields = hex(&Sha256::digest(shown.unwrap_or_default().as_bytes()));
            let line = Listed {
                record: row.id.clone().into_owned(),
                outcome: outcome.to_owned(),
                reason,
                code,
                fields,
                cuts: sorted(cuts),
            };
            let kept =
                serde_json::to_vec(&line).map_err(|e| ActError::Broken(e.to_string())).and_then(|line| each(&line));
            if let Err(error) = kept {
                failed = Some(error);
                return Err(BundleError::Spool("listing".to_owned()));
            }
            Ok(())
        });
        if let Some(error) = failed {
            return Err(error);
        }
        walked?;
    }
    for row in &review.decisions {
        let ground = (&row.record, &row.decision, &row.code, &row.reason, &row.opinion_id, &row.decided_by);
        each(&serde_json::to_vec(&ground).map_err(|e| ActError::Broken(e.to_string()))?)?;
    }
    Ok(())
}

fn sorted(cuts: &[Cut]) -> Vec<(String, Option<Span>, String)> {
    let mut all: Vec<_> = cuts.iter().map(|cut| (cut.field.clone(), cut.span, cut.code.clone())).collect();
    all.sort();
    all.dedup();
    all
}

/// The hash of what stands.
pub(super) fn digest(review: &Review) -> Result<String, ActError> {
    let mut digest = Sha256::new();
    lines(review, &mut |line| {
        digest.update(line);
        digest.update(b"\n");
        Ok(())
    })?;
    Ok(hex(&digest.finalize()))
}

/// Keeps what stands as a file; its name and its hash.
pub(super) fn keep(desk: &Desk, review: &Review) -> Result<(String, String), ActError> {
    let name = format!("{}.ndjson", uuid::Uuid::now_v7());
    let written = desk.files.listing_write::<ActError>(&name, |out| {
        lines(review, &mut |line| {
            out.write_all(line).and_then(|()| out.write_all(b"\n")).map_err(FilesError::from)?;
            Ok(())
        })
    })?;
    Ok((name, written.sha256))
}

/// A sign-off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SignOffView {
    /// Its identifier.
    pub sign_off: String,
    /// `sent`, `approved` or `sent_back`.
    pub kind: String,
    /// Who.
    pub by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: crate::base::Moment,
    /// SHA-256 of what stood, hexadecimal.
    pub digest: String,
    /// Why, where something was missing or it was sent back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl From<SignOffRow> for SignOffView {
    fn from(row: SignOffRow) -> Self {
        Self {
            sign_off: row.id,
            kind: row.kind,
            by: row.made_by,
            at: crate::base::Moment::from_naive_utc(row.made_at),
            digest: row.digest,
            reason: row.reason,
        }
    }
}

/// A record that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ChangedRecord {
    /// The record.
    pub record: String,
    /// `added`, `removed`, `now_goes_out`, `now_withheld`, `other_ground`, `redactions` or `text`: the first that fits.
    pub change: &'static str,
    /// Its code before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_before: Option<String>,
    /// Its code now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_now: Option<String>,
    /// What is redacted now and was not.
    pub redacted: Vec<ChangedPart>,
    /// What was redacted and is no more: it goes out.
    pub unredacted: Vec<ChangedPart>,
}

/// A part of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ChangedPart {
    /// The field.
    pub field: String,
    /// The first character; none for the whole field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// The first character after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
    /// The code.
    pub code: String,
}

/// What has changed since a sign-off.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct DiffView {
    /// Since when; null if the case was never sent for sign-off, and everything is new.
    pub since: Option<SignOffView>,
    /// Records that changed, in the order of the bundle, those that are gone last; at most five hundred.
    pub records: Vec<ChangedRecord>,
    /// How many changed.
    pub changed: u64,
    /// How many did not.
    pub unchanged: u64,
}

/// What has changed since the last sign-off: since the case was last sent or approved, or, while it waits for approval,
/// since the time before.
///
/// # Errors
/// [`ActError::Missing`] if `since` names no sign-off of the case.
pub fn sign_off_diff(desk: &Desk, id: CaseId, since: Option<&str>) -> Result<DiffView, ActError> {
    const MOST: usize = 500;
    let review = Review::load(desk, id, None)?;
    let all = desk.store.read(|conn| -> Result<_, ActError> { Ok(sign_offs_of(conn, id)?) })?;
    let waiting = matches!(review.case.stage()?, crate::case::Stage::AwaitingApproval | crate::case::Stage::Approved);
    let now = all.iter().find(|row| row.kind == "sent").map(|row| row.listing.clone());
    let base = match since {
        Some(wanted) => {
            Some(all.iter().find(|row| row.id == wanted).ok_or(ActError::Missing("sign-off of this case"))?)
        }
        None if waiting => all.iter().find(|row| row.kind != "sent_back" && Some(&row.listing) != now.as_ref()),
        None => all.iter().find(|row| row.kind != "sent_back"),
    };
    let mut before: HashMap<String, Listed> = HashMap::new();
    if let Some(base) = base {
        for line in BufReader::new(desk.files.listing_open(&base.listing)?).lines() {
            let line = line.map_err(FilesError::from)?;
            if let Ok(listed) = serde_json::from_str::<Listed>(&line) {
                before.insert(listed.record.clone(), listed);
            }
        }
    }
    let mut view = DiffView { since: base.cloned().map(SignOffView::from), ..DiffView::default() };
    let put = |view: &mut DiffView, changed: ChangedRecord| {
        view.changed += 1;
        if view.records.len() < MOST {
            view.records.push(changed);
        }
    };
    lines(&review, &mut |line| {
        let Ok(listed) = serde_json::from_slice::<Listed>(line) else { return Ok(()) };
        match before.remove(&listed.record) {
            Some(earlier) => match change(&earlier, &listed) {
                Some(changed) => put(&mut view, changed),
                None => view.unchanged += 1,
            },
            None => put(&mut view, only("added", &listed)),
        }
        Ok(())
    })?;
    let mut gone: Vec<Listed> = before.into_values().collect();
    gone.sort_by(|a, b| a.record.cmp(&b.record));
    for listed in gone {
        put(&mut view, only("removed", &listed));
    }
    Ok(view)
}

fn only(change: &'static str, listed: &Listed) -> ChangedRecord {
    ChangedRecord {
        record: listed.record.clone(),
        change,
        code_before: None,
        code_now: listed.code.clone(),
        redacted: parts(&listed.cuts, &[]),
        unredacted: Vec::new(),
    }
}

fn parts(of: &[(String, Option<Span>, String)], without: &[(String, Option<Span>, String)]) -> Vec<ChangedPart> {
    of.iter()
        .filter(|part| !without.contains(part))
        .map(|(field, span, code)| ChangedPart {
            field: field.clone(),
            start: span.map(|span| span.start),
            end: span.map(|span| span.end),
            code: code.clone(),
        })
        .collect()
}

fn change(before: &Listed, now: &Listed) -> Option<ChangedRecord> {
    let change = match (before.outcome.as_str(), now.outcome.as_str()) {
        ("goes_out", "goes_out") if before.cuts != now.cuts => "redactions",
        ("goes_out", "goes_out") if before.fields != now.fields => "text",
        (_, "goes_out") if before.outcome != "goes_out" => "now_goes_out",
        ("goes_out", _) if now.outcome != "goes_out" => "now_withheld",
        _ if (&before.outcome, &before.reason, &before.code) != (&now.outcome, &now.reason, &now.code) => {
            "other_ground"
        }
        _ if before.fields != now.fields => "text",
        _ => return None,
    };
    Some(ChangedRecord {
        record: now.record.clone(),
        change,
        code_before: before.code.clone(),
        code_now: now.code.clone(),
        redacted: parts(&now.cuts, &before.cuts),
        unredacted: parts(&before.cuts, &now.cuts),
    })
}

/// The sign-offs of a case, newest first.
///
/// # Errors
/// [`ActError::Missing`] if there is no such case.
pub fn sign_offs_list(desk: &Desk, id: CaseId) -> Result<Vec<SignOffView>, ActError> {
    desk.store.read(|conn| {
        case_by_id(conn, id)?;
        Ok(sign_offs_of(conn, id)?.into_iter().map(SignOffView::from).collect())
    })
}

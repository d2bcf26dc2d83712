//! The audit trail, for auditors.

use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::bridge::{SharedDesk, act};
use super::super::guard::{Allowed, ReadAudit};
use super::super::problem::Problem;
use super::forms::Checks;
use crate::acts;
use crate::case::CaseId;

/// Which part of the trail.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AuditQuery {
    /// Of this case only.
    case: Option<String>,
    /// After the entry with this number.
    after: Option<String>,
    /// At most this many, 1 to 100; 50 if left out.
    limit: Option<String>,
}

/// An entry with its hashes.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AuditEntry {
    seq: i64,
    at: String,
    actor: String,
    case: Option<String>,
    kind: String,
    /// The event, exactly as it was hashed.
    detail: String,
    previous_hash: String,
    hash: String,
}

/// A page of the trail.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AuditList {
    events: Vec<AuditEntry>,
    /// Ask again with `after` set to this; null at the end.
    next: Option<i64>,
}

/// The audit trail, oldest first.
#[utoipa::path(
    get, path = "/api/v1/audit", tag = "auditor", security(("staff" = [])), params(AuditQuery),
    responses((status = 200, body = AuditList), (status = 403, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn list(
    desk: SharedDesk,
    _allowed: Allowed<ReadAudit>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = super::query::<AuditQuery>(&request)?;
    let mut checks = Checks::default();
    let case = checks.word::<CaseId>("case", query.case.as_deref());
    let after = checks.word::<i64>("after", query.after.as_deref()).unwrap_or(0);
    let limit = checks.limit(query.limit.as_deref());
    checks.end()?;
    let links = act(&desk, move |desk| acts::audit_list(desk, case, after, limit)).await?;
    let next = if crate::base::i64_from(links.len()) == limit { links.last().map(|link| link.entry.seq) } else { None };
    let events = links
        .into_iter()
        .map(|link| AuditEntry {
            seq: link.entry.seq,
            at: link.entry.at.to_string(),
            actor: link.entry.actor,
            case: link.entry.case,
            kind: link.entry.kind,
            detail: link.entry.detail,
            previous_hash: link.previous,
            hash: link.hash,
        })
        .collect();
    Ok(HttpResponse::Ok().json(AuditList { events, next }))
}

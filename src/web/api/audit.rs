//! The audit trail, for auditors.

use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::body::Body;
use super::super::bridge::{SharedDesk, act};
use super::super::guard::{Allowed, ReadAudit, Then};
use super::super::problem::Problem;
use super::forms::Checks;
use crate::acts::{self, AuditFilter, AuditReport};
use crate::audit::{Actor, Link};
use crate::base::Moment;
use crate::case::CaseId;
use crate::deadline::ends_at;

/// Which part of the trail.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AuditQuery {
    /// Of this case only.
    case: Option<String>,
    /// By this actor only: `staff:IDENTIFIER`, `requester`, `operator` or `system`.
    actor: Option<String>,
    /// Of this kind only, as `case_read`.
    kind: Option<String>,
    /// From this address or network only, as it is kept: `203.0.113.0/24`.
    origin: Option<String>,
    /// Not before this day (ISO 8601) or instant (RFC 3339).
    from: Option<String>,
    /// Not after this day or instant.
    to: Option<String>,
    /// After the entry with this number.
    after: Option<String>,
    /// At most this many, 1 to 100; 50 if left out.
    limit: Option<String>,
}

/// A moment from a day or an instant; of a day its first or last instant in London.
fn moment(checks: &mut Checks, field: &str, text: Option<&str>, last: bool) -> Option<Moment> {
    let text = text?;
    if let Ok(moment) = text.parse::<Moment>() {
        return Some(moment);
    }
    let Ok(day) = crate::base::parse_date(text) else {
        checks.fault(field, "write a day like 2026-11-23 or an instant like 2026-11-23T12:00:00Z");
        return None;
    };
    let instant = |on| ends_at(on).plus(chrono::TimeDelta::microseconds(if last { -1 } else { 0 }));
    if last { Some(instant(day)) } else { day.pred_opt().map(instant) }
}

impl AuditQuery {
    fn filter(&self, checks: &mut Checks) -> AuditFilter {
        let case = checks.word::<CaseId>("case", self.case.as_deref());
        let from = moment(checks, "from", self.from.as_deref(), false);
        let to = moment(checks, "to", self.to.as_deref(), true);
        AuditFilter { case, actor: self.actor.clone(), kind: self.kind.clone(), origin: self.origin.clone(), from, to }
    }
}

/// An entry with its hashes.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AuditEntry {
    seq: i64,
    at: String,
    actor: String,
    /// The client's address, as much of it as is kept.
    origin: Option<String>,
    case: Option<String>,
    kind: String,
    /// The event, exactly as it was hashed.
    detail: String,
    /// In which canonical form it was hashed.
    form: i64,
    previous_hash: String,
    hash: String,
}

impl From<Link> for AuditEntry {
    fn from(link: Link) -> Self {
        let Link { entry, previous, hash } = link;
        Self {
            seq: entry.seq,
            at: entry.at.to_string(),
            actor: entry.actor,
            origin: entry.origin,
            case: entry.case,
            kind: entry.kind,
            detail: entry.detail,
            form: entry.form.number(),
            previous_hash: previous,
            hash,
        }
    }
}

/// A page of the trail.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AuditList {
    events: Vec<AuditEntry>,
    /// Ask again with `after` set to this; null at the end.
    next: Option<i64>,
}

/// Search the audit trail, oldest first.
#[utoipa::path(
    get, path = "/api/v1/audit", tag = "auditor", security(("staff" = [])), params(AuditQuery),
    responses(
        (status = 200, body = AuditList), (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(
    desk: SharedDesk,
    _allowed: Allowed<ReadAudit>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = super::query::<AuditQuery>(&request)?;
    let mut checks = Checks::default();
    let filter = query.filter(&mut checks);
    let after = checks.word::<i64>("after", query.after.as_deref()).unwrap_or(0);
    let limit = checks.limit(query.limit.as_deref());
    checks.end()?;
    let links = act(&desk, move |desk| acts::audit_find(desk, &filter, after, limit)).await?;
    let next = if crate::base::i64_from(links.len()) == limit { links.last().map(|link| link.entry.seq) } else { None };
    Ok(HttpResponse::Ok().json(AuditList { events: links.into_iter().map(AuditEntry::from).collect(), next }))
}

/// Take a copy of the trail, or of a part of it, as JSON Lines: each entry with the exact bytes that are hashed, so that it
/// can be checked without this program. `docs/AUDIT.md` says how.
#[utoipa::path(
    get, path = "/api/v1/audit/export", tag = "auditor", security(("staff" = [])), params(AuditQuery),
    responses(
        (status = 200, content_type = "application/jsonl", body = String),
        (status = 403, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn export(
    desk: SharedDesk,
    allowed: Allowed<ReadAudit>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = super::query::<AuditQuery>(&request)?;
    let mut checks = Checks::default();
    let filter = query.filter(&mut checks);
    if query.after.is_some() || query.limit.is_some() {
        checks.fault("limit", "an export has no pages: leave after and limit out");
    }
    checks.end()?;
    let actor = Actor::Staff(allowed.staff.id);
    let (file, _, _) = act(&desk, move |desk| acts::audit_export(desk, &filter, &actor)).await?;
    Ok(HttpResponse::Ok()
        .content_type("application/jsonl")
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"audit.jsonl\""))
        .streaming(super::super::stream::file_chunks(file)))
}

/// Anchors that were kept elsewhere.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct VerificationBody {
    /// The texts of anchor files.
    #[serde(default)]
    #[schema(max_items = 100)]
    anchors: Vec<String>,
}

/// Check the whole trail: the chain, the anchors that the desk keeps and those that you send, how far it had come, and that
/// the tables which figures come from say what it says. A problem is an answer, not an error.
#[utoipa::path(
    post, path = "/api/v1/audit/verification", tag = "auditor", security(("staff" = [])),
    request_body = VerificationBody,
    responses(
        (status = 200, body = AuditReport), (status = 403, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn verify(
    desk: SharedDesk,
    Then(_allowed, body): Then<Allowed<ReadAudit>, Body<VerificationBody>>,
) -> Result<HttpResponse, Problem> {
    let sent = body.value.anchors.into_iter().zip(1..).map(|(text, n)| (format!("number {n} of those sent"), text));
    let others: Vec<(String, String)> = sent.collect();
    let report = act(&desk, move |desk| acts::audit_inspect(desk, &others)).await?;
    Ok(HttpResponse::Ok().json(report))
}

/// An anchor.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AnchorView {
    /// The entry that it speaks of.
    seq: i64,
    /// When it was made.
    #[schema(format = DateTime)]
    at: String,
    /// What to call its file.
    file: String,
    /// The anchor itself; keep it elsewhere.
    text: String,
}

/// A page of anchors.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AnchorList {
    anchors: Vec<AnchorView>,
    /// Ask again with `after` set to this; null at the end.
    next: Option<i64>,
}

/// Which anchors.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AnchorsQuery {
    /// After the entry with this number.
    after: Option<String>,
    /// At most this many, 1 to 100; 50 if left out.
    limit: Option<String>,
}

/// The signed anchors of the trail, oldest first.
#[utoipa::path(
    get, path = "/api/v1/audit/anchors", tag = "auditor", security(("staff" = [])), params(AnchorsQuery),
    responses(
        (status = 200, body = AnchorList), (status = 403, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn anchors(
    desk: SharedDesk,
    _allowed: Allowed<ReadAudit>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = super::query::<AnchorsQuery>(&request)?;
    let mut checks = Checks::default();
    let after = checks.word::<i64>("after", query.after.as_deref()).unwrap_or(0);
    let limit = checks.limit(query.limit.as_deref());
    checks.end()?;
    let anchors = act(&desk, move |desk| acts::anchors_list(desk, after, limit)).await?;
    let full = crate::base::i64_from(anchors.len()) == limit;
    let next = if full { anchors.last().map(|anchor| anchor.seq) } else { None };
    let anchors = anchors
        .into_iter()
        .map(|anchor| AnchorView {
            seq: anchor.seq,
            at: anchor.at.to_string(),
            file: anchor.file_name(),
            text: anchor.to_string(),
        })
        .collect();
    Ok(HttpResponse::Ok().json(AnchorList { anchors, next }))
}

/// The public key that anchors are signed with, as OpenSSL reads it. Anybody may have it.
#[utoipa::path(
    get, path = "/api/v1/audit/key", tag = "auditor",
    responses((status = 200, content_type = "application/x-pem-file", body = String))
)]
pub(super) async fn key(desk: SharedDesk) -> HttpResponse {
    HttpResponse::Ok().content_type("application/x-pem-file").body(desk.audit_key.public().pem())
}

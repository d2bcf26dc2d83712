//! Staff: the gathered records of a case, and what is decided about each.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::body::Body;
use super::super::bridge::{SharedDesk, act};
use super::super::conditional::{Seen, etag};
use super::super::guard::{Allowed, ReadCases, Then, WorkCases, case_id};
use super::super::problem::Problem;
use super::forms::Checks;
use crate::acts::{self, By, CaseView, Decision, RecordView};

/// Which records.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct RecordsQuery {
    /// Continue after this position: `next` of the page before.
    after: Option<String>,
    /// At most this many, 1 to 100; 50 if left out.
    limit: Option<String>,
}

/// A page of records.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RecordList {
    records: Vec<RecordView>,
    /// Ask again with `after` set to this; null at the end.
    next: Option<u64>,
}

/// A decision about one record.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionBody {
    /// `include`: the person gets it. `exclude`: they do not.
    decision: Decision,
    /// The exemption that is claimed, as `THIRD-PARTY`.
    code: Option<String>,
    /// Why.
    reason: Option<String>,
}

/// The gathered records, held ones too, a page at a time. Reading them is written down.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/records", tag = "staff", security(("staff" = [])),
    params(("id" = String, Path, description = "The case's identifier"), RecordsQuery),
    responses((status = 200, body = RecordList), (status = 409, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn records(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let query = super::query::<RecordsQuery>(&request)?;
    let mut checks = Checks::default();
    let after = checks.word::<u64>("after", query.after.as_deref()).unwrap_or(0);
    let limit = u64::try_from(checks.limit(query.limit.as_deref())).unwrap_or(1);
    checks.end()?;
    let records = act(&desk, move |desk| acts::records_page(desk, id, &allowed.staff.id, after, limit)).await?;
    let count = crate::base::u64_from(records.len());
    let next = (count == limit).then_some(after + count);
    Ok(HttpResponse::Ok().json(RecordList { records, next }))
}

/// Include or exclude one record.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/records/{record}/decision", tag = "staff", security(("staff" = [])),
    request_body = DecisionBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("record" = String, Path, description = "The record's identifier, its slash written as %2F"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses((status = 200, body = CaseView), (status = 409, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn decide_record(
    desk: SharedDesk,
    path: web::Path<(String, String)>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<DecisionBody>>>,
) -> Result<HttpResponse, Problem> {
    let (id, record) = path.into_inner();
    let id = case_id(&id, "case")?;
    let DecisionBody { decision, code, reason } = body.value;
    let mut checks = Checks::default();
    let reason = reason.map(|text| checks.prose("reason", &text, 4_000));
    if let Some(code) = &code
        && (code.is_empty()
            || code.len() > 40
            || !code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-'))
    {
        checks.fault("code", "write an exemption code such as THIRD-PARTY");
    }
    if decision == Decision::Exclude && reason.is_none() && code.is_none() {
        checks.fault("reason", "this field is missing: say why the person does not get the record, or give a code");
    }
    checks.end()?;
    let view = act(&desk, move |desk| {
        let by = By::staff(&allowed.staff.id, seen.0);
        acts::decide_record(desk, id, &record, decision, code.as_deref(), reason.as_deref(), &by)?;
        acts::case_view(desk, id)
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header(etag(view.version)).json(view))
}

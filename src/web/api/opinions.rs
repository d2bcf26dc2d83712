//! Staff: the exemptions with what the statute wants for each, and the opinions of a case.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::body::Body;
use super::super::bridge::{SharedDesk, act};
use super::super::conditional::Seen;
use super::super::guard::{Allowed, ReadCases, Then, UseDesk, WorkCases, case_id};
use super::super::problem::Problem;
use super::forms::Checks;
use crate::acts::{self, By, CasePart, ExemptionView, NewOpinion, OpinionView};
use crate::review::{Finding, OpinionKind};

/// The exemptions.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ExemptionList {
    exemptions: Vec<ExemptionView>,
}

/// The opinions of a case.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OpinionList {
    /// Oldest first, those taken back too.
    opinions: Vec<OpinionView>,
}

/// An opinion to be put on a case.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OpinionBody {
    /// `health`: the appropriate health professional's. `social_work`: a social worker's view.
    kind: OpinionKind,
    /// Who gave it.
    author: String,
    /// What they are, as `consultant paediatrician`.
    profession: String,
    /// The day it was given, ISO 8601. A health professional's may be relied on for six months.
    given_on: String,
    /// `met`: disclosure would be likely to cause serious harm. `not_met`: it would not.
    finding: Finding,
    /// What it says, in short.
    summary: String,
}

/// An opinion that was put on a case.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OpinionMade {
    /// Its identifier: name it with the exemption that rests on it.
    opinion: String,
}

/// The exemptions that can be claimed, with what the statute wants for each.
#[utoipa::path(
    get, path = "/api/v1/exemptions", tag = "staff", security(("staff" = [])),
    responses((status = 200, body = ExemptionList))
)]
pub(super) async fn exemptions(_allowed: Allowed<UseDesk>) -> HttpResponse {
    HttpResponse::Ok().json(ExemptionList { exemptions: acts::exemptions_list() })
}

/// The opinions of a case.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/opinions", tag = "staff", security(("staff" = [])),
    params(("id" = String, Path, description = "The case's identifier")),
    responses((status = 200, body = OpinionList), (status = 404, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn list(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let opinions = act(&desk, move |desk| {
        acts::reading(desk, id, CasePart::Review, &allowed.staff)?;
        acts::opinions_list(desk, id)
    })
    .await?;
    Ok(HttpResponse::Ok().json(OpinionList { opinions }))
}

/// Put an opinion on a case.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/opinions", tag = "staff", security(("staff" = [])), request_body = OpinionBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses((status = 201, body = OpinionMade), (status = 422, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn record(
    desk: SharedDesk,
    id: web::Path<String>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<OpinionBody>>>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let body = body.value;
    let mut checks = Checks::default();
    let author = checks.prose("author", &body.author, 200);
    let profession = checks.prose("profession", &body.profession, 200);
    let given_on = checks.date("given_on", Some(&body.given_on)).unwrap_or_default();
    let summary = checks.prose("summary", &body.summary, 4_000);
    checks.end()?;
    let new = NewOpinion { kind: body.kind, author, profession, given_on, finding: body.finding, summary };
    let opinion =
        act(&desk, move |desk| acts::opinion_record(desk, id, new, &By::staff(&allowed.staff.id, seen.0))).await?;
    Ok(HttpResponse::Created().json(OpinionMade { opinion }))
}

/// Take an opinion back. What rests on it stands in the way of sign-off.
#[utoipa::path(
    delete, path = "/api/v1/cases/{id}/opinions/{opinion}", tag = "staff", security(("staff" = [])),
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("opinion" = String, Path, description = "The opinion's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn take_back(
    desk: SharedDesk,
    path: web::Path<(String, String)>,
    Then(allowed, seen): Then<Allowed<WorkCases>, Seen>,
) -> Result<HttpResponse, Problem> {
    let (id, opinion) = path.into_inner();
    let id = case_id(&id, "case")?;
    act(&desk, move |desk| acts::opinion_take_back(desk, id, &opinion, &By::staff(&allowed.staff.id, seen.0))).await?;
    Ok(HttpResponse::NoContent().finish())
}

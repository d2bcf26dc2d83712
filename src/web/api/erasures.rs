//! Erasures: planned, signed, carried out, looked at; and whether an address is kept out of a list.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::body::Body;
use super::super::bridge::{SharedDesk, act};
use super::super::conditional::{Seen, etag};
use super::super::guard::{Allowed, Approve, ReadCases, Then, WorkCases, case_id};
use super::super::problem::Problem;
use super::forms::Checks;
use crate::acts::{self, ActError, By, CasePart, ErasureDetail, ErasureView, KeptOut};
use crate::case::CaseId;
use crate::erase::ErasureId;

/// The erasures of a case.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ErasureList {
    /// Oldest first; the last one that is not `replaced` counts.
    erasures: Vec<ErasureView>,
}

/// Nothing further is needed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ErasureBody {}

/// Why a plan is returned.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ErasureReasonBody {
    /// In plain words.
    reason: String,
}

/// That who looks after a source has done their part.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ErasureProofBody {
    /// What shows it: a ticket, a confirmation, who said so and when.
    proof: String,
}

/// A question about an address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SuppressionBody {
    /// The list, as `dataset.collection` of the data map.
    #[schema(example = "csap.newsletter_subscriptions")]
    list: String,
    /// The address that is about to be put into it. It is not kept.
    #[schema(example = "ann@example.org")]
    email: String,
}

/// The erasures of a case.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/erasures", tag = "staff", security(("staff" = [])),
    params(("id" = String, Path, description = "The case's identifier")),
    responses(
        (status = 200, body = ErasureList), (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let erasures = act(&desk, move |desk| {
        acts::reading(desk, id, CasePart::Erasures, &allowed.staff)?;
        acts::erasures_list(desk, id)
    })
    .await?;
    Ok(HttpResponse::Ok().json(ErasureList { erasures }))
}

/// Plan what goes and what stays, and try it out at every source without keeping anything. A plan from before is replaced.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/erasures", tag = "staff", security(("staff" = [])), request_body = ErasureBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses(
        (status = 201, body = ErasureDetail), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 412, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn plan(
    desk: SharedDesk,
    id: web::Path<String>,
    Then(allowed, Then(seen, _body)): Then<Allowed<WorkCases>, Then<Seen, Body<ErasureBody>>>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let by = By::staff(&allowed.staff.id, seen.0);
    let (version, detail) = act(&desk, move |desk| {
        let made = acts::erasure_plan(desk, id, &by)?;
        Ok((acts::case_view(desk, id)?.version, acts::erasure_detail(desk, id, made)?))
    })
    .await?;
    Ok(HttpResponse::Created().insert_header(etag(version)).json(detail))
}

/// An erasure: what goes, what stays and why, what became of it, and what a search since still finds.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/erasures/{erasure}", tag = "staff", security(("staff" = [])),
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("erasure" = String, Path, description = "The erasure's identifier"),
    ),
    responses(
        (status = 200, body = ErasureDetail), (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn read(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (id, erasure) = ids(path)?;
    let detail = act(&desk, move |desk| {
        acts::reading(desk, id, CasePart::Erasures, &allowed.staff)?;
        acts::erasure_detail(desk, id, erasure)
    })
    .await?;
    Ok(HttpResponse::Ok().json(detail))
}

/// Sign what somebody else planned: it is carried out, and its addresses are kept out of their lists.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/erasures/{erasure}/signature", tag = "staff", security(("staff" = [])),
    request_body = ErasureBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("erasure" = String, Path, description = "The erasure's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses(
        (status = 200, body = ErasureDetail), (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn sign(
    desk: SharedDesk,
    path: web::Path<(String, String)>,
    Then(allowed, Then(seen, _body)): Then<Allowed<Approve>, Then<Seen, Body<ErasureBody>>>,
) -> Result<HttpResponse, Problem> {
    let (id, erasure) = ids(path)?;
    let by = By::staff(&allowed.staff.id, seen.0);
    done_to(desk, id, erasure, move |desk| acts::erasure_sign(desk, id, erasure, &by)).await
}

/// Return what somebody else planned.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/erasures/{erasure}/return", tag = "staff", security(("staff" = [])),
    request_body = ErasureReasonBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("erasure" = String, Path, description = "The erasure's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses(
        (status = 200, body = ErasureDetail), (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn send_back(
    desk: SharedDesk,
    path: web::Path<(String, String)>,
    Then(allowed, Then(seen, body)): Then<Allowed<Approve>, Then<Seen, Body<ErasureReasonBody>>>,
) -> Result<HttpResponse, Problem> {
    let (id, erasure) = ids(path)?;
    let mut checks = Checks::default();
    let reason = checks.prose("reason", &body.value.reason, 4_000);
    checks.end()?;
    let by = By::staff(&allowed.staff.id, seen.0);
    done_to(desk, id, erasure, move |desk| acts::erasure_return(desk, id, erasure, &reason, &by)).await
}

/// Say that who looks after a source has erased what the program could not; a search since must not find it any more.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/erasures/{erasure}/done", tag = "staff", security(("staff" = [])),
    request_body = ErasureProofBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("erasure" = String, Path, description = "The erasure's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses(
        (status = 200, body = ErasureDetail), (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn done(
    desk: SharedDesk,
    path: web::Path<(String, String)>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<ErasureProofBody>>>,
) -> Result<HttpResponse, Problem> {
    let (id, erasure) = ids(path)?;
    let mut checks = Checks::default();
    let proof = checks.prose("proof", &body.value.proof, 4_000);
    checks.end()?;
    let by = By::staff(&allowed.staff.id, seen.0);
    done_to(desk, id, erasure, move |desk| acts::erasure_done(desk, id, erasure, &proof, &by)).await
}

/// Whether an address must not be put into a list: somebody had it erased from there, or objected to direct marketing. For
/// the program that keeps the list.
#[utoipa::path(
    post, path = "/api/v1/suppressions/check", tag = "staff", security(("staff" = [])), request_body = SuppressionBody,
    responses(
        (status = 200, body = KeptOut), (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn suppressed(
    desk: SharedDesk,
    Then(_allowed, body): Then<Allowed<ReadCases>, Body<SuppressionBody>>,
) -> Result<HttpResponse, Problem> {
    let body = body.value;
    Ok(HttpResponse::Ok().json(act(&desk, move |desk| acts::kept_out(desk, &body.list, &body.email)).await?))
}

fn ids(path: web::Path<(String, String)>) -> Result<(CaseId, ErasureId), Problem> {
    let (id, erasure) = path.into_inner();
    let erasure = erasure.parse().map_err(|_| Problem::from(ActError::Missing("erasure of this case")))?;
    Ok((case_id(&id, "case")?, erasure))
}

/// Does it, and answers with the erasure as it is then and the case's new tag.
async fn done_to(
    desk: SharedDesk,
    id: CaseId,
    erasure: ErasureId,
    work: impl FnOnce(&acts::Desk) -> Result<i64, ActError> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let (version, detail) = act(&desk, move |desk| {
        let version = work(desk)?;
        Ok((version, acts::erasure_detail(desk, id, erasure)?))
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header(etag(version)).json(detail))
}

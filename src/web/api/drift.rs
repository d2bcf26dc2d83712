//! Staff: what has come between the data map and the sources' databases.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::body::Body;
use super::super::bridge::{SharedDesk, act};
use super::super::guard::{Allowed, ReadCases, Then, WorkCases};
use super::super::problem::Problem;
use super::forms::Checks;
use crate::acts::{self, By, DriftView};

/// Which.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct DriftQuery {
    /// `true`: what was waived too.
    waived: Option<String>,
}

/// What has come between the data map and the databases.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DriftList {
    drift: Vec<DriftView>,
}

/// Why one may stay.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WaiveBody {
    /// Why.
    reason: String,
}

/// What has come between the data map and the databases, as the last look found it. A look is made every night.
#[utoipa::path(
    get, path = "/api/v1/drift", tag = "staff", security(("staff" = [])), params(DriftQuery),
    responses((status = 200, body = DriftList))
)]
pub(super) async fn list(
    desk: SharedDesk,
    _allowed: Allowed<ReadCases>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = super::query::<DriftQuery>(&request)?;
    let mut checks = Checks::default();
    let waived = checks.word::<bool>("waived", query.waived.as_deref()).unwrap_or(false);
    checks.end()?;
    let drift = act(&desk, move |desk| acts::drift_list(desk, waived)).await?;
    Ok(HttpResponse::Ok().json(DriftList { drift }))
}

/// Say why one may stay as it is; it is not listed any more.
#[utoipa::path(
    post, path = "/api/v1/drift/{drift}/waive", tag = "staff", security(("staff" = [])), request_body = WaiveBody,
    params(("drift" = String, Path, description = "Its identifier")),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn waive(
    desk: SharedDesk,
    drift: web::Path<String>,
    Then(allowed, body): Then<Allowed<WorkCases>, Body<WaiveBody>>,
) -> Result<HttpResponse, Problem> {
    let mut checks = Checks::default();
    let reason = checks.prose("reason", &body.value.reason, 4_000);
    checks.end()?;
    let by = By::staff_only(&allowed.staff.id).actor;
    act(&desk, move |desk| acts::drift_waived(desk, &drift, &reason, &by)).await?;
    Ok(HttpResponse::NoContent().finish())
}

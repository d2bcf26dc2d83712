//! Staff: what was searched for a case, and how far a search has come.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::bridge::{SharedDesk, act};
use super::super::guard::{Allowed, ReadCases, case_id};
use super::super::problem::Problem;
use super::forms::Checks;
use crate::acts::{self, ProgressView, SearchView};

/// Which part.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct LogQuery {
    /// Continue after so many: `next` of the page before.
    after: Option<String>,
}

/// The searches made for a case.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SearchLog {
    searches: Vec<SearchView>,
    /// Where the next page begins; missing at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<i64>,
}

/// How far a search has come.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProgressList {
    collections: Vec<ProgressView>,
}

/// What was searched for, where, when and by which rule. No value stands in it.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/search-log", tag = "staff", security(("staff" = [])), params(LogQuery, ("id" = String, Path, description = "The case")),
    responses((status = 200, body = SearchLog))
)]
pub(super) async fn log(
    desk: SharedDesk,
    _allowed: Allowed<ReadCases>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let query = super::query::<LogQuery>(&request)?;
    let mut checks = Checks::default();
    let after = checks.word::<u32>("after", query.after.as_deref()).unwrap_or(0);
    checks.end()?;
    let (searches, next) = act(&desk, move |desk| acts::search_log(desk, id, i64::from(after))).await?;
    Ok(HttpResponse::Ok().json(SearchLog { searches, next }))
}

/// How far the search of a case has come, collection by collection.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/progress", tag = "staff", security(("staff" = [])), params(("id" = String, Path, description = "The case")),
    responses((status = 200, body = ProgressList))
)]
pub(super) async fn progress(
    desk: SharedDesk,
    _allowed: Allowed<ReadCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let collections = act(&desk, move |desk| acts::gather_progress(desk, id)).await?;
    Ok(HttpResponse::Ok().json(ProgressList { collections }))
}

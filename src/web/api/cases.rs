//! Staff: reading cases, and logging one.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::body::Body;
use super::super::bridge::{SharedDesk, act};
use super::super::conditional::{etag, once};
use super::super::guard::{Allowed, ReadCases, Then, WorkCases, case_id};
use super::super::problem::Problem;
use super::forms::{Checks, LoggedBody};
use crate::acts::{self, CaseFilter, CaseView, Received};
use crate::case::{CaseId, Stage};
use crate::deadline::Right;

/// What a list is narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// At this stage.
    stage: Option<String>,
    /// Of this right.
    right: Option<String>,
    /// Due before this date, ISO 8601.
    due_before: Option<String>,
    /// Given to this member of staff (identifier).
    assignee: Option<String>,
    /// `true`: open, and the due date has passed.
    overdue: Option<String>,
    /// The reference, part of a name, or an e-mail address.
    q: Option<String>,
    /// Continue after this case: `next` of the page before.
    after: Option<String>,
    /// At most this many, 1 to 100; 50 if left out.
    limit: Option<String>,
}

/// A page of cases.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CaseList {
    /// In the order they were logged.
    cases: Vec<CaseView>,
    /// Ask again with `after` set to this; null at the end.
    next: Option<String>,
}

/// Cases, a page at a time.
#[utoipa::path(
    get, path = "/api/v1/cases", tag = "staff", security(("staff" = [])), params(ListQuery),
    responses((status = 200, body = CaseList), (status = 422, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn list(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = super::query::<ListQuery>(&request)?;
    let mut checks = Checks::default();
    let stage = checks.word::<Stage>("stage", query.stage.as_deref());
    let right = checks.word::<Right>("right", query.right.as_deref());
    let due_before = checks.date("due_before", query.due_before.as_deref());
    let overdue = checks.word::<bool>("overdue", query.overdue.as_deref()).unwrap_or(false);
    let after = checks.word::<CaseId>("after", query.after.as_deref());
    let limit = checks.limit(query.limit.as_deref());
    checks.end()?;
    let (assignee, text) = (query.assignee, query.q.filter(|text| !crate::base::is_blank(text)));
    let mut cases = act(&desk, move |desk| {
        let overdue_on = overdue.then(|| desk.clock.today());
        let filter = CaseFilter { stage, right, due_before, assignee, overdue_on, text };
        acts::cases_list(desk, &filter, after, limit + 1, &allowed.staff)
    })
    .await?;
    let more = crate::base::i64_from(cases.len()) > limit;
    if more {
        cases.pop();
    }
    let next = if more { cases.last().map(|case| case.id.clone()) } else { None };
    Ok(HttpResponse::Ok().json(CaseList { cases, next }))
}

/// One case: its clock with the working, identifiers, the newest search, and the moves that are possible now.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}", tag = "staff", security(("staff" = [])),
    params(("id" = String, Path, description = "The case's identifier")),
    responses((status = 200, body = CaseView), (status = 404, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn read(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let view = act(&desk, move |desk| acts::case_read(desk, id, &allowed.staff)).await?;
    Ok(HttpResponse::Ok().insert_header(etag(view.version)).json(view))
}

/// Log a request that came by post, phone, in person or social media, with its true date.
#[utoipa::path(
    post, path = "/api/v1/cases", tag = "staff", security(("staff" = [])), request_body = LoggedBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key logs one case only")),
    responses((status = 201, body = Received), (status = 422, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn log(
    desk: SharedDesk,
    request: HttpRequest,
    Then(allowed, body): Then<Allowed<WorkCases>, Body<LoggedBody>>,
) -> Result<HttpResponse, Problem> {
    let key = once(&request, "POST /cases", &allowed.staff.id, &body.hash)?;
    let new = body.value.read()?;
    let received = act(&desk, move |desk| acts::log_request(desk, &new, &allowed.staff.id, key.as_ref())).await?;
    Ok(HttpResponse::Created().insert_header(("Location", format!("/api/v1/cases/{}", received.id))).json(received))
}

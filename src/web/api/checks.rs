//! Staff: what to look at before an answer goes out: the preview, the warnings, the checklist, what changed since the last
//! sign-off, the approver's comments.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::body::Body;
use super::super::bridge::{SharedDesk, act};
use super::super::conditional::Seen;
use super::super::guard::{Allowed, ReadCases, Then, WorkCases, case_id};
use super::super::problem::Problem;
use super::forms::Checks;
use crate::acts::{
    self, AnswerPreview, By, CasePart, ChecklistView, CommentView, DiffView, RecordPreview, SignOffView, WarningsView,
};

/// What is said to warnings.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WarningAnswerBody {
    /// The warnings, as the list names them.
    #[schema(max_items = 500)]
    warnings: Vec<String>,
    /// Why the answer may go out all the same.
    reason: String,
}

/// What was done about a comment.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CommentAnswerBody {
    /// What was done, or why nothing.
    answer: String,
}

/// Since when.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct DiffQuery {
    /// A sign-off by its identifier; the last one if left out.
    since: Option<String>,
}

/// The sign-offs of a case.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SignOffList {
    /// Newest first.
    sign_offs: Vec<SignOffView>,
}

/// The comments of a case.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CommentList {
    /// Oldest first.
    comments: Vec<CommentView>,
}

/// The whole answer in numbers, as it would go out. That it was looked at counts for the checklist.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/preview", tag = "staff", security(("staff" = [])),
    params(("id" = String, Path, description = "The case's identifier")),
    responses((status = 200, body = AnswerPreview), (status = 409, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn preview(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    Ok(HttpResponse::Ok().json(act(&desk, move |desk| acts::answer_preview(desk, id, &allowed.staff.id)).await?))
}

/// One record before and after, in runs of text. Reading it is written down.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/records/{record}/preview", tag = "staff", security(("staff" = [])),
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("record" = String, Path, description = "The record's identifier, its slash written as %2F"),
    ),
    responses((status = 200, body = RecordPreview), (status = 404, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn record_preview(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (id, record) = path.into_inner();
    let id = case_id(&id, "case")?;
    let view = act(&desk, move |desk| acts::record_preview(desk, id, &allowed.staff.id, &record)).await?;
    Ok(HttpResponse::Ok().json(view))
}

/// What does not go together in what is about to go out. Reading it is written down.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/warnings", tag = "staff", security(("staff" = [])),
    params(("id" = String, Path, description = "The case's identifier")),
    responses((status = 200, body = WarningsView), (status = 409, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn warnings(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    Ok(HttpResponse::Ok().json(act(&desk, move |desk| acts::warnings_list(desk, id, &allowed.staff.id)).await?))
}

/// Say why the answer may go out although of warnings. An answer counts as long as the warning stays the same.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/warnings", tag = "staff", security(("staff" = [])), request_body = WarningAnswerBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses((status = 200, body = WarningsView), (status = 422, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn warnings_answer(
    desk: SharedDesk,
    id: web::Path<String>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<WarningAnswerBody>>>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let mut checks = Checks::default();
    let reason = checks.prose("reason", &body.value.reason, 4_000);
    checks.end()?;
    let keys = body.value.warnings;
    let view = act(&desk, move |desk| {
        acts::warnings_answer(desk, id, &keys, &reason, &By::staff(&allowed.staff.id, seen.0))?;
        acts::warnings_list(desk, id, &allowed.staff.id)
    })
    .await?;
    Ok(HttpResponse::Ok().json(view))
}

/// What must be done before the case can be sent for sign-off, and what the approver should know.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/checklist", tag = "staff", security(("staff" = [])),
    params(("id" = String, Path, description = "The case's identifier")),
    responses((status = 200, body = ChecklistView), (status = 409, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn checklist(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    Ok(HttpResponse::Ok().json(
        act(&desk, move |desk| {
            acts::reading(desk, id, CasePart::Review, &allowed.staff)?;
            acts::checklist(desk, id)
        })
        .await?,
    ))
}

/// What changed since the last sign-off: since the case was last sent or approved, or, while it waits for approval, since
/// the time before.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/diff", tag = "staff", security(("staff" = [])),
    params(("id" = String, Path, description = "The case's identifier"), DiffQuery),
    responses((status = 200, body = DiffView), (status = 404, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn diff(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let query = super::query::<DiffQuery>(&request)?;
    Ok(HttpResponse::Ok().json(
        act(&desk, move |desk| {
            acts::reading(desk, id, CasePart::Review, &allowed.staff)?;
            acts::sign_off_diff(desk, id, query.since.as_deref())
        })
        .await?,
    ))
}

/// When the case was sent for sign-off, approved or sent back, with the hash of what stood.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/sign-offs", tag = "staff", security(("staff" = [])),
    params(("id" = String, Path, description = "The case's identifier")),
    responses((status = 200, body = SignOffList), (status = 404, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn sign_offs(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let sign_offs = act(&desk, move |desk| {
        acts::reading(desk, id, CasePart::Review, &allowed.staff)?;
        acts::sign_offs_list(desk, id)
    })
    .await?;
    Ok(HttpResponse::Ok().json(SignOffList { sign_offs }))
}

/// What approvers wanted looked at again.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/comments", tag = "staff", security(("staff" = [])),
    params(("id" = String, Path, description = "The case's identifier")),
    responses((status = 200, body = CommentList), (status = 404, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn comments(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let comments = act(&desk, move |desk| {
        acts::reading(desk, id, CasePart::Review, &allowed.staff)?;
        acts::comments_list(desk, id)
    })
    .await?;
    Ok(HttpResponse::Ok().json(CommentList { comments }))
}

/// Say what was done about a comment.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/comments/{comment}/answer", tag = "staff", security(("staff" = [])),
    request_body = CommentAnswerBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("comment" = String, Path, description = "The comment's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn comment_answer(
    desk: SharedDesk,
    path: web::Path<(String, String)>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<CommentAnswerBody>>>,
) -> Result<HttpResponse, Problem> {
    let (id, comment) = path.into_inner();
    let id = case_id(&id, "case")?;
    let mut checks = Checks::default();
    let answer = checks.prose("answer", &body.value.answer, 4_000);
    checks.end()?;
    let by = By::staff(&allowed.staff.id, seen.0);
    act(&desk, move |desk| acts::comment_answer(desk, id, &comment, &answer, &by)).await?;
    Ok(HttpResponse::NoContent().finish())
}

//! Recipients that are told of what was done, and who was told.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::body::Body;
use super::super::bridge::{SharedDesk, act};
use super::super::conditional::{Seen, etag};
use super::super::guard::{Allowed, ReadCases, Requester, Then, WorkCases, case_id};
use super::super::problem::Problem;
use super::forms::Checks;
use crate::acts::{self, ActError, By, CasePart, NewNotice, NoticeView, ToldRecipient};
use crate::rectify::{NoticeId, Told};

/// The notices of a case.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NoticeList {
    /// Oldest first.
    notices: Vec<NoticeView>,
}

/// Who was told.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ToldList {
    /// On this request and on those that follow it, oldest first.
    recipients: Vec<ToldRecipient>,
}

/// A recipient that the data map does not name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NoticeBody {
    /// Of which correction they are told.
    correction: String,
    /// Who.
    recipient: String,
    /// Where by e-mail; left out for a letter.
    email: Option<String>,
}

/// A step of a notice.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NoticeStepBody {
    /// `sent`: the letter was posted. `acknowledged`: they have it. `waived`: telling them is impossible or a
    /// disproportionate effort, with the reason in `note`.
    state: Told,
    /// Why, or what they said. Needed with `waived`; the person is told it then.
    note: Option<String>,
}

/// A notice that was made.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NoticeMade {
    /// Its identifier.
    notice: String,
}

/// A letter to be printed.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NoticeLetter {
    /// Its text. It names the person and the values: print it, do not e-mail it.
    text: String,
}

/// Who was told of what we put right.
#[utoipa::path(
    get, path = "/api/v1/requests/{id}/recipients", tag = "requester", security(("requester" = [])),
    params(("id" = String, Path, description = "The request's identifier")),
    responses((status = 200, body = ToldList))
)]
pub(super) async fn told(desk: SharedDesk, requester: Requester) -> Result<HttpResponse, Problem> {
    let recipients = act(&desk, move |desk| acts::told_recipients(desk, requester.0)).await?;
    Ok(HttpResponse::Ok().json(ToldList { recipients }))
}

/// The recipients that are told of what was done on a case.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/notices", tag = "staff", security(("staff" = [])),
    params(("id" = String, Path, description = "The case's identifier")),
    responses(
        (status = 200, body = NoticeList), (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let notices = act(&desk, move |desk| {
        acts::reading(desk, id, CasePart::Corrections, &allowed.staff)?;
        acts::notices_list(desk, id)
    })
    .await?;
    Ok(HttpResponse::Ok().json(NoticeList { notices }))
}

/// Add a recipient that the data map does not name.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/notices", tag = "staff", security(("staff" = [])), request_body = NoticeBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses(
        (status = 201, body = NoticeMade), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn add(
    desk: SharedDesk,
    id: web::Path<String>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<NoticeBody>>>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let body = body.value;
    let mut checks = Checks::default();
    let recipient = checks.prose("recipient", &body.recipient, 200);
    let email = body.email.map(|text| checks.email("email", &text));
    checks.end()?;
    let correction =
        body.correction.parse().map_err(|_| Problem::from(ActError::Missing("correction of this case")))?;
    let new = NewNotice { correction, recipient, email };
    let by = By::staff(&allowed.staff.id, seen.0);
    let notice = act(&desk, move |desk| acts::notice_add(desk, id, &new, &by)).await?;
    Ok(HttpResponse::Created().json(NoticeMade { notice: notice.to_string() }))
}

/// The letter of a notice, to be printed.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/notices/{notice}/letter", tag = "staff", security(("staff" = [])),
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("notice" = String, Path, description = "The notice's identifier"),
    ),
    responses(
        (status = 200, body = NoticeLetter), (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn letter(
    desk: SharedDesk,
    allowed: Allowed<WorkCases>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (id, notice) = path.into_inner();
    let (id, notice) = (case_id(&id, "case")?, notice_id(&notice)?);
    let text = act(&desk, move |desk| {
        acts::reading(desk, id, CasePart::Corrections, &allowed.staff)?;
        acts::notice_letter(desk, id, notice)
    })
    .await?;
    Ok(HttpResponse::Ok().json(NoticeLetter { text }))
}

/// Note that a letter went out, that the recipient has it, or why they are not told.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/notices/{notice}/state", tag = "staff", security(("staff" = [])),
    request_body = NoticeStepBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("notice" = String, Path, description = "The notice's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses(
        (status = 200, body = NoticeList), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn step(
    desk: SharedDesk,
    path: web::Path<(String, String)>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<NoticeStepBody>>>,
) -> Result<HttpResponse, Problem> {
    let (id, notice) = path.into_inner();
    let (id, notice) = (case_id(&id, "case")?, notice_id(&notice)?);
    let mut checks = Checks::default();
    let note = body.value.note.map(|text| checks.prose("note", &text, 2_000));
    checks.end()?;
    let (to, by) = (body.value.state, By::staff(&allowed.staff.id, seen.0));
    let (version, notices) = act(&desk, move |desk| {
        let version = acts::notice_step(desk, id, notice, to, note.as_deref(), &by)?;
        Ok((version, acts::notices_list(desk, id)?))
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header(etag(version)).json(NoticeList { notices }))
}

fn notice_id(text: &str) -> Result<NoticeId, Problem> {
    text.parse().map_err(|_| ActError::Missing("notice of this case").into())
}

//! The requester's calls.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::body::Body;
use super::super::bridge::{SharedDesk, act};
use super::super::client::Caller;
use super::super::conditional::once;
use super::super::guard::{Requester, Then, case_id};
use super::super::problem::Problem;
use super::forms::{Checks, RequestBody};
use crate::acts::{self, By, Door, Received, StatusView};

/// A one-time code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CodeBody {
    /// The six digits from the e-mail.
    #[schema(example = "493027")]
    code: String,
}

/// A token for one request.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TokenView {
    /// Send it as `Authorization: Bearer TOKEN`.
    token: String,
    /// When it ends.
    #[schema(format = DateTime)]
    expires_at: String,
}

/// A message to the controller.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MessageBody {
    /// In the requester's own words, at most 4,000 characters.
    #[schema(example = "I mean the courses of the year 2024.")]
    words: String,
}

/// Why a request is stopped.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WithdrawalBody {
    /// In the requester's words, if they wish to say.
    reason: Option<String>,
}

/// Make a request. The answer is the same whether the person is known or not; a code is sent to the e-mail address.
#[utoipa::path(
    post, path = "/api/v1/requests", tag = "requester", request_body = RequestBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key makes one request only")),
    responses(
        (status = 201, body = Received), (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn create(
    desk: SharedDesk,
    request: HttpRequest,
    caller: Caller,
    body: Body<RequestBody>,
) -> Result<HttpResponse, Problem> {
    let key = once(&request, "POST /requests", "anyone", &body.hash)?;
    let new = body.value.read()?;
    let received = act(&desk, move |desk| acts::receive(desk, &new, key.as_ref(), &caller.0)).await?;
    Ok(HttpResponse::Created().insert_header(("Location", format!("/api/v1/requests/{}", received.id))).json(received))
}

/// Show that the e-mail address is yours, with the code that was sent to it.
#[utoipa::path(
    post, path = "/api/v1/requests/{id}/verification", tag = "requester", request_body = CodeBody,
    params(("id" = String, Path, description = "The request's identifier")),
    responses(
        (status = 200, body = TokenView), (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn verify(
    desk: SharedDesk,
    id: web::Path<String>,
    caller: Caller,
    body: Body<CodeBody>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "request")?;
    let code = body.value.code;
    let issued = act(&desk, move |desk| acts::verify_code(desk, id, Door::Api, &code, &caller.0)).await?;
    Ok(HttpResponse::Ok().json(TokenView { token: issued.token, expires_at: issued.expires_at.to_string() }))
}

/// Send a new code. The old one ends.
#[utoipa::path(
    post, path = "/api/v1/requests/{id}/code", tag = "requester",
    params(("id" = String, Path, description = "The request's identifier")),
    responses((status = 202), (status = 429, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn resend(desk: SharedDesk, id: web::Path<String>, caller: Caller) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "request")?;
    act(&desk, move |desk| acts::resend_code(desk, id, Door::Api, &caller.0)).await?;
    Ok(HttpResponse::Accepted().finish())
}

/// Where the request stands: due date with its working, what happened, what we need from you.
#[utoipa::path(
    get, path = "/api/v1/requests/{id}", tag = "requester", security(("requester" = [])),
    params(("id" = String, Path, description = "The request's identifier")),
    responses(
        (status = 200, body = StatusView), (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn read(desk: SharedDesk, requester: Requester) -> Result<HttpResponse, Problem> {
    let view = act(&desk, move |desk| acts::status(desk, requester.0)).await?;
    Ok(HttpResponse::Ok().json(view))
}

/// The answer: a zip. Each download is written down.
#[utoipa::path(
    get, path = "/api/v1/requests/{id}/bundle", tag = "requester", security(("requester" = [])),
    params(("id" = String, Path, description = "The request's identifier")),
    responses(
        (status = 200, content_type = "application/zip", body = Vec<u8>),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 410, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn bundle(desk: SharedDesk, requester: Requester) -> Result<HttpResponse, Problem> {
    let download = act(&desk, move |desk| acts::bundle_for_download(desk, requester.0)).await?;
    let chunks = super::super::stream::file_chunks(download.file);
    Ok(HttpResponse::Ok()
        .content_type("application/zip")
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{}.zip\"", download.reference)))
        .insert_header((CONTENT_LENGTH, download.size_bytes.to_string()))
        .insert_header(("Repr-Digest", format!("sha-256=:{}:", super::super::stream::base64_of_hex(&download.sha256))))
        .insert_header(("Content-Encoding", "identity"))
        .streaming(chunks))
}

/// Write to us about the request. If we asked a question, this answers it; if the request had stopped because we heard
/// nothing, it goes on.
#[utoipa::path(
    post, path = "/api/v1/requests/{id}/messages", tag = "requester", security(("requester" = [])),
    request_body = MessageBody,
    params(("id" = String, Path, description = "The request's identifier")),
    responses(
        (status = 200, body = StatusView), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn message(
    desk: SharedDesk,
    Then(requester, body): Then<Requester, Body<MessageBody>>,
) -> Result<HttpResponse, Problem> {
    let mut checks = Checks::default();
    let words = checks.prose("words", &body.value.words, 4_000);
    checks.end()?;
    let view = act(&desk, move |desk| {
        acts::message_from_requester(desk, requester.0, &words)?;
        acts::status(desk, requester.0)
    })
    .await?;
    Ok(HttpResponse::Ok().json(view))
}

/// Stop the request.
#[utoipa::path(
    post, path = "/api/v1/requests/{id}/withdrawal", tag = "requester", security(("requester" = [])),
    request_body = WithdrawalBody,
    params(("id" = String, Path, description = "The request's identifier")),
    responses((status = 200, body = StatusView), (status = 409, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn withdraw(
    desk: SharedDesk,
    Then(requester, body): Then<Requester, Body<WithdrawalBody>>,
) -> Result<HttpResponse, Problem> {
    let mut checks = Checks::default();
    let reason = body.value.reason.map(|text| checks.prose("reason", &text, 1_000));
    checks.end()?;
    let view = act(&desk, move |desk| {
        acts::withdraw(desk, requester.0.case(), reason.as_deref(), &By::requester())?;
        acts::status(desk, requester.0)
    })
    .await?;
    Ok(HttpResponse::Ok().json(view))
}

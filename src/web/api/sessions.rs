//! Signing in and out.

use actix_web::HttpResponse;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::body::Body;
use super::super::bridge::{SharedDesk, act};
use super::super::guard::{Allowed, UseDesk};
use super::super::problem::Problem;
use crate::access::Role;
use crate::acts;

/// Who signs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SessionBody {
    /// The user name.
    username: String,
    /// The password.
    #[schema(value_type = String, format = Password)]
    password: SecretString,
    /// The code of the authenticator app, or a recovery code, where a second factor is set up.
    #[schema(example = "287082")]
    otp: Option<String>,
}

/// A signed-in session.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SessionView {
    /// Send it as `Authorization: Bearer TOKEN`.
    token: String,
    /// When it ends.
    #[schema(format = DateTime)]
    expires_at: String,
    /// What the member of staff may do.
    role: Role,
}

/// Sign in as a member of staff.
#[utoipa::path(
    post, path = "/api/v1/sessions", tag = "staff", request_body = SessionBody,
    responses(
        (status = 201, body = SessionView), (status = 401, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn create(desk: SharedDesk, body: Body<SessionBody>) -> Result<HttpResponse, Problem> {
    let SessionBody { username, password, otp } = body.value;
    let signed_in = act(&desk, move |desk| acts::sign_in_with(desk, &username, &password, otp.as_deref())).await?;
    Ok(HttpResponse::Created().json(SessionView {
        token: signed_in.issued.token,
        expires_at: signed_in.issued.expires_at.to_string(),
        role: signed_in.role,
    }))
}

/// Sign out: the token opens nothing from now on.
#[utoipa::path(
    delete, path = "/api/v1/sessions/current", tag = "staff", security(("staff" = [])),
    responses((status = 204), (status = 401, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn end(desk: SharedDesk, allowed: Allowed<UseDesk>) -> Result<HttpResponse, Problem> {
    act(&desk, move |desk| acts::sign_out(desk, &allowed.staff)).await?;
    Ok(HttpResponse::NoContent().finish())
}

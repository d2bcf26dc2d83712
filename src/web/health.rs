//! Is it alive, is it ready? For the operator and the proxy. And which key does it sign with? For who checks a bundle.

use actix_web::{HttpResponse, get};
use serde::Serialize;

use super::bridge::{SharedDesk, act};
use super::problem::Problem;
use crate::acts::{Readiness, readiness};

#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Alive {
    status: &'static str,
}

/// The process answers.
#[utoipa::path(tag = "operator", responses((status = 200, body = Alive)))]
#[get("/healthz")]
pub(super) async fn healthz() -> HttpResponse {
    HttpResponse::Ok().json(Alive { status: "alive" })
}

/// The database, the storage and the queue can be used; 503 if one cannot.
#[utoipa::path(tag = "operator", responses((status = 200, body = Readiness), (status = 503, body = Readiness)))]
#[get("/readyz")]
pub(super) async fn readyz(desk: SharedDesk) -> Result<HttpResponse, Problem> {
    let readiness = act(&desk, |desk| Ok(readiness(desk))).await?;
    Ok(if readiness.ready { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() }.json(readiness))
}

/// The public key that bundles are signed with, as OpenSSL reads it. Who has a bundle compares it with the key in there.
#[utoipa::path(tag = "requester", responses((status = 200, content_type = "application/x-pem-file", body = String)))]
#[get("/signing-key.pem")]
pub(super) async fn signing_key(desk: SharedDesk) -> HttpResponse {
    HttpResponse::Ok().content_type("application/x-pem-file").body(desk.audit_key.public().pem())
}

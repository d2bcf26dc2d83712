//! Is it alive, is it ready? For the operator and the proxy.

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

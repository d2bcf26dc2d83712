//! The front page, and the style sheet that goes with it.

use actix_web::{HttpResponse, get, web};
use askama::Template;

use super::super::bridge::SharedDesk;
use super::super::problem::Problem;
use crate::acts::ActError;
use crate::bundle::Controller;

#[derive(Template)]
#[template(path = "public/home.html")]
struct HomePage<'a> {
    controller: &'a Controller,
    version: &'static str,
}

/// What is running here, and where to go.
#[get("/")]
async fn home(desk: SharedDesk) -> Result<HttpResponse, Problem> {
    let page = HomePage { controller: &desk.settings.controller, version: env!("CARGO_PKG_VERSION") };
    let html = page.render().map_err(|e| ActError::Broken(e.to_string()))?;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html))
}

#[get("/assets/page.css")]
async fn style() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .insert_header(("Cache-Control", "public, max-age=3600"))
        .body(include_str!("../../../assets/web/page.css"))
}

pub(in super::super) fn routes(config: &mut web::ServiceConfig) {
    config.service(home).service(style);
}

//! The front page.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use askama::Template;

use super::super::bridge::SharedDesk;
use super::super::pages::{Shell, page};
use super::super::problem::Problem;

#[derive(Template)]
#[template(path = "public/home.html")]
struct HomePage<'a> {
    shell: &'a Shell,
    version: &'static str,
}

/// What is running here, and where to go.
#[get("/")]
async fn home(desk: SharedDesk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk);
    let title = shell.t.say("home-title");
    let shell = shell.titled(title);
    page(&shell, StatusCode::OK, &HomePage { shell: &shell, version: env!("CARGO_PKG_VERSION") })
}

pub(in super::super) fn routes(config: &mut web::ServiceConfig) {
    config.service(home);
}

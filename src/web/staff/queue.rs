//! The queue: the open cases.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::super::bridge::{SharedDesk, act};
use super::super::guard::ReadCases;
use super::super::pages::{Shell, page};
use super::super::problem::Problem;
use super::guard::Signed;
use crate::acts::{self, CaseFilter, CaseView};

/// Cases on one page.
const PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "staff/queue.html")]
struct QueuePage<'a> {
    shell: &'a Shell,
    cases: Vec<CaseView>,
}

async fn show(desk: SharedDesk, request: HttpRequest, signed: Signed<ReadCases>) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk).titled("Cases").signed_in(&signed.staff.display_name);
    let cases = act(&desk, |desk| acts::cases_list(desk, &CaseFilter::default(), None, PAGE)).await?;
    page(&shell, StatusCode::OK, &QueuePage { shell: &shell, cases })
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource("/desk").route(web::get().to(show)));
}

//! Faults as pages: what an API caller gets as JSON, a reader gets in words.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{LOCATION, RETRY_AFTER};
use actix_web::middleware::Next;
use askama::Template;

use super::super::bridge::SharedDesk;
use super::super::problem::Problem;
use super::shell::{Shell, page};
use crate::base::capitalised;

#[derive(Template)]
#[template(path = "public/problem.html")]
struct ProblemPage<'a> {
    shell: &'a Shell,
    heading: String,
    text: Option<String>,
    detail: Option<String>,
}

/// Turns each fault of a page into a page. Calls of the API and of the operator keep their JSON.
pub(in super::super) async fn faults_as_pages(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<actix_web::body::BoxBody>, actix_web::Error> {
    let path = request.path();
    let machine = ["/api/", "/healthz", "/readyz", "/metrics"].iter().any(|start| path.starts_with(start));
    let answer = next.call(request).await?.map_into_boxed_body();
    let problem = answer.response().extensions().get::<Problem>().cloned();
    let (Some(problem), false) = (problem, machine) else { return Ok(answer) };
    let (request, old) = answer.into_parts();
    let Some(desk) = request.app_data::<SharedDesk>().cloned() else { return Ok(ServiceResponse::new(request, old)) };
    if problem.status == 401 && request.path().starts_with("/desk") {
        let next: String = form_urlencoded::byte_serialize(request.path().as_bytes()).collect();
        let answer = actix_web::HttpResponse::SeeOther()
            .insert_header((LOCATION, format!("/desk/sign-in?next={next}")))
            .finish();
        return Ok(ServiceResponse::new(request, answer));
    }
    let mut made = match problem_page(&problem, Shell::of(&request, &desk)) {
        Ok(made) => made,
        Err(_) => return Ok(ServiceResponse::new(request, old)),
    };
    if let Some(value) = old.headers().get(RETRY_AFTER) {
        made.headers_mut().insert(RETRY_AFTER, value.clone());
    }
    Ok(ServiceResponse::new(request, made))
}

fn problem_page(problem: &Problem, shell: Shell) -> Result<actix_web::HttpResponse, Problem> {
    let key = match problem.status {
        // A form of another page, or of one that stood open too long, is not a door that is closed to somebody.
        403 if problem.is_foreign_form() => 428,
        405 | 404 => 404,
        415 | 428 => 400,
        known @ (400 | 401 | 403 | 409 | 410 | 412 | 413 | 422 | 429 | 503) => known,
        _ => 500,
    };
    let heading = shell.t.say(&format!("problem-{key}-title"));
    let text = Some(format!("problem-{key}-text")).filter(|key| shell.t.knows(key)).map(|key| shell.t.say(&key));
    // What an act refuses is said in words for people; what a parser refuses is not.
    let detail = matches!(key, 409 | 410 | 429).then(|| sentence(&problem.detail));
    let shell = shell.titled(heading.clone());
    let status = actix_web::ResponseError::status_code(problem);
    page(&shell, status, &ProblemPage { shell: &shell, heading, text, detail })
}

/// `text` as a sentence: a capital first, a stop at the end.
fn sentence(text: &str) -> String {
    let stop = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    capitalised(text) + stop
}

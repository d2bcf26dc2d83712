//! Signing in and out.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use secrecy::SecretString;

use super::super::bridge::{SharedDesk, act};
use super::super::guard::{Then, UseDesk};
use super::super::pages::{Jar, Posted, Shell, page};
use super::super::problem::Problem;
use super::guard::{COOKIE, Signed};
use crate::acts::{self, ActError};

#[derive(Template)]
#[template(path = "staff/sign_in.html")]
struct SignInPage<'a> {
    shell: &'a Shell,
    username: &'a str,
    next: &'a str,
    problem: Option<&'a str>,
}

#[derive(serde::Deserialize)]
struct Next {
    next: Option<String>,
}

/// Where to go after signing in: a page of the desk, and nowhere else.
fn inside(next: &str) -> &str {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-_.?&=%".contains(c);
    let own = next == "/desk" || next.starts_with("/desk/") || next.starts_with("/desk?");
    if own && next.chars().all(plain) { next } else { "/desk" }
}

fn shown(shell: Shell, username: &str, next: &str, problem: Option<&str>) -> Result<HttpResponse, Problem> {
    let shell = shell.titled("Sign in").wrong_if(problem.is_some());
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page(&shell, status, &SignInPage { shell: &shell, username, next: inside(next), problem })
}

async fn ask(desk: SharedDesk, request: HttpRequest, query: web::Query<Next>) -> Result<HttpResponse, Problem> {
    shown(Shell::of(&request, &desk), "", query.next.as_deref().unwrap_or("/desk"), None)
}

async fn enter(desk: SharedDesk, request: HttpRequest, form: Posted) -> Result<HttpResponse, Problem> {
    let (username, next) = (form.0.text("username").to_owned(), form.0.text("next").to_owned());
    let (name, password) = (username.clone(), SecretString::from(form.0.raw("password").to_owned()));
    let code = form.0.text("code").to_owned();
    let signed_in = desk_sign_in(&desk, name, password, code).await;
    match signed_in {
        Ok(signed_in) => {
            let minutes = i64::from(desk.settings.tokens.staff_minutes);
            let cookie = Jar::of(&desk.settings.base_url).make(COOKIE, &signed_in.issued.token, minutes);
            Ok(HttpResponse::SeeOther().insert_header((LOCATION, inside(&next))).cookie(cookie).finish())
        }
        Err(problem) if problem.status == StatusCode::UNAUTHORIZED.as_u16() => {
            shown(Shell::of(&request, &desk), &username, &next, Some(&problem.detail))
        }
        Err(problem) => Err(problem),
    }
}

async fn desk_sign_in(
    desk: &SharedDesk,
    name: String,
    password: SecretString,
    code: String,
) -> Result<acts::SignedIn, Problem> {
    act(desk, move |desk| acts::sign_in_with(desk, &name, &password, Some(&code))).await
}

async fn leave(desk: SharedDesk, Then(signed, _): Then<Signed<UseDesk>, Posted>) -> Result<HttpResponse, Problem> {
    act(&desk, move |desk| -> Result<(), ActError> { acts::sign_out(desk, &signed.staff) }).await?;
    let cookie = Jar::of(&desk.settings.base_url).forget(COOKIE);
    Ok(HttpResponse::SeeOther().insert_header((LOCATION, "/desk/sign-in")).cookie(cookie).finish())
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/desk/sign-in").route(web::get().to(ask)).route(web::post().to(enter)))
        .service(web::resource("/desk/sign-out").route(web::post().to(leave)));
}

#[cfg(test)]
mod tests {
    use super::inside;

    #[test]
    fn signing_in_leads_nowhere_but_to_the_desk() {
        assert_eq!(inside("/desk/cases/1?page=2"), "/desk/cases/1?page=2");
        for bad in ["https://evil.example", "//evil.example", "/desk\\evil", "/deskevil", "/desk/\r\nX: y", "", "/"] {
            assert_eq!(inside(bad), "/desk", "{bad:?}");
        }
    }
}

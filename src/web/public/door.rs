//! The doors of a request: what a browser may see once the right code was typed. Before that every address looks the same,
//! whether there is such a request or not.

use actix_web::{HttpRequest, HttpResponse, web};

use super::super::bridge::{SharedDesk, act};
use super::super::client::Caller;
use super::super::guard::{Then, case_id};
use super::super::pages::{Jar, Posted, Shell};
use super::super::problem::Problem;
use super::super::ui::{Button, Input, Label, NotificationBanner};
use super::leaf::{Form, Leaf, go, html, link, no_errors, para, send, title};
use crate::acts::{self, ActError, Door, Opened};
use crate::case::CaseId;

/// The cookie of a door.
fn cookie(door: Door) -> &'static str {
    match door {
        Door::Answer => "answer",
        Door::Page | Door::Api => "request",
    }
}

/// The address below a request's that a door's forms are sent to.
fn under(door: Door) -> &'static str {
    match door {
        Door::Answer => "/answer",
        Door::Page | Door::Api => "",
    }
}

/// The case in the path.
pub(super) fn case_of(request: &HttpRequest) -> Result<CaseId, Problem> {
    case_id(request.match_info().query("id"), "page")
}

/// The case in the path, if this browser has opened `door` of it.
pub(super) async fn opened(
    desk: &SharedDesk,
    request: &HttpRequest,
    door: Door,
) -> Result<Result<Opened, CaseId>, Problem> {
    let id = case_of(request)?;
    let Some(token) = Jar::of(&desk.settings.base_url).read(request, cookie(door)) else { return Ok(Err(id)) };
    let found = act(desk, move |desk| match acts::open_with_token(desk, id, door, &token) {
        Ok(opened) => Ok(Some(opened)),
        Err(ActError::Unauthenticated(_) | ActError::Forbidden(_)) => Ok(None),
        Err(error) => Err(error),
    })
    .await?;
    Ok(found.ok_or(id))
}

/// The page that asks for the code of `door`.
pub(super) fn ask(
    desk: &SharedDesk,
    shell: Shell,
    id: CaseId,
    door: Door,
    wrong: bool,
    sent: bool,
) -> Result<HttpResponse, Problem> {
    let t = shell.t;
    let mut errors = no_errors(t);
    if wrong {
        errors.add("code", t.say("code-wrong"));
    }
    let base = format!("/requests/{id}{}", under(door));
    let heading = t.say(if door == Door::Answer { "door-answer-title" } else { "door-title" });
    let minutes = u64::from(desk.settings.tokens.code_minutes);
    let (action, new) = (format!("{base}/code"), format!("{base}/new-code"));
    let mut code = Input::code("code", Label::from(t.say("code-label"))).hint(t.count("code-hint", minutes));
    code.error_message = errors.of("code");
    let mut body = Vec::new();
    if sent {
        body.push(html(&NotificationBanner::success(t.say("done-title"), t.say("code-on-its-way"))));
    }
    body.push(title(&heading));
    body.push(para(t.say(if door == Door::Answer { "door-answer" } else { "door" })));
    let button = Form::to(&shell, &new, [html(&Button::send(t.say("code-new")).secondary())]).html();
    let form = Form::to(&shell, &action, [html(&code), send(t.say("continue"))]).html();
    // The answer's own code is sent only when somebody asks for it: its button comes first.
    if door == Door::Answer && !sent && !wrong {
        body.push(Form::to(&shell, &new, [send(t.say("code-send"))]).html());
        body.push(para(t.say("code-have")));
        body.push(form);
    } else {
        body.push(form);
        body.push(para(t.say("code-not-come")));
        body.push(button);
    }
    let contact = t.with("problem-contact", &[("email", &shell.controller.email)]);
    body.push(para(contact));
    body.push(para(link("/", t.say("problem-home"))));
    Leaf::of(body).wrong(&errors).show(shell, heading)
}

async fn enter(
    desk: SharedDesk,
    request: HttpRequest,
    door: Door,
    form: Posted,
    Caller(client): Caller,
) -> Result<HttpResponse, Problem> {
    let id = case_of(&request)?;
    let code: String = form.0.text("code").chars().filter(|c| !c.is_whitespace()).collect();
    let issued = act(&desk, move |desk| match acts::verify_code(desk, id, door, &code, &client) {
        Ok(issued) => Ok(Some(issued)),
        // A wrong code, one that has run out, and a request that there is not: nobody learns which.
        Err(ActError::Invalid(_) | ActError::Refused(_) | ActError::Missing(_)) => Ok(None),
        Err(error) => Err(error),
    })
    .await?;
    let Some(issued) = issued else { return ask(&desk, Shell::of(&request, &desk), id, door, true, false) };
    let minutes = match door {
        Door::Answer => desk.settings.tokens.answer_minutes,
        Door::Page | Door::Api => desk.settings.tokens.requester_minutes,
    };
    let mut response = go(&format!("/requests/{id}{}", under(door)));
    let cookie = Jar::of(&desk.settings.base_url).make(cookie(door), &issued.token, i64::from(minutes));
    response.add_cookie(&cookie).map_err(|e| ActError::Broken(format!("a cookie could not be written: {e}")))?;
    Ok(response)
}

async fn renew(
    desk: SharedDesk,
    request: HttpRequest,
    door: Door,
    Caller(client): Caller,
) -> Result<HttpResponse, Problem> {
    let id = case_of(&request)?;
    act(&desk, move |desk| match acts::resend_code(desk, id, door, &client) {
        Ok(()) | Err(ActError::Missing(_) | ActError::Refused(_)) => Ok(()),
        Err(error) => Err(error),
    })
    .await?;
    ask(&desk, Shell::of(&request, &desk), id, door, false, true)
}

async fn enter_page(
    desk: SharedDesk,
    request: HttpRequest,
    Then(caller, form): Then<Caller, Posted>,
) -> Result<HttpResponse, Problem> {
    enter(desk, request, Door::Page, form, caller).await
}

async fn enter_answer(
    desk: SharedDesk,
    request: HttpRequest,
    Then(caller, form): Then<Caller, Posted>,
) -> Result<HttpResponse, Problem> {
    enter(desk, request, Door::Answer, form, caller).await
}

async fn renew_page(
    desk: SharedDesk,
    request: HttpRequest,
    Then(caller, _): Then<Caller, Posted>,
) -> Result<HttpResponse, Problem> {
    renew(desk, request, Door::Page, caller).await
}

async fn renew_answer(
    desk: SharedDesk,
    request: HttpRequest,
    Then(caller, _): Then<Caller, Posted>,
) -> Result<HttpResponse, Problem> {
    renew(desk, request, Door::Answer, caller).await
}

/// Closes both doors: for who shares a computer.
async fn leave(desk: SharedDesk, _form: Posted) -> Result<HttpResponse, Problem> {
    let jar = Jar::of(&desk.settings.base_url);
    let mut response = go("/");
    for door in [Door::Page, Door::Answer] {
        response
            .add_cookie(&jar.forget(cookie(door)))
            .map_err(|e| ActError::Broken(format!("a cookie could not be written: {e}")))?;
    }
    Ok(response)
}

/// A reload after a code was typed or asked for: the page itself.
async fn again(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let id = case_of(&request)?;
    let answer = request.path().contains("/answer/");
    Ok(go(&format!("/requests/{id}{}", if answer { "/answer" } else { "" })))
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/requests/{id}/code").route(web::get().to(again)).route(web::post().to(enter_page)))
        .service(web::resource("/requests/{id}/new-code").route(web::get().to(again)).route(web::post().to(renew_page)))
        .service(
            web::resource("/requests/{id}/answer/code").route(web::get().to(again)).route(web::post().to(enter_answer)),
        )
        .service(
            web::resource("/requests/{id}/answer/new-code")
                .route(web::get().to(again))
                .route(web::post().to(renew_answer)),
        )
        .service(web::resource("/requests/{id}/leave").route(web::get().to(again)).route(web::post().to(leave)));
}

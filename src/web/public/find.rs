//! Somebody who lost the link: by reference and e-mail address. The answer is the same whether they belong together or not.

use actix_web::{HttpRequest, HttpResponse, web};

use super::super::bridge::{SharedDesk, act};
use super::super::client::Caller;
use super::super::guard::Then;
use super::super::pages::{Posted, Shell};
use super::super::problem::Problem;
use super::super::ui::Input;
use super::leaf::{Form, Leaf, html, no_errors, para, send, title};
use crate::acts;
use crate::intake;

fn shown(shell: Shell, reference: &str, email: &str, asked: bool) -> Result<HttpResponse, Problem> {
    let t = shell.t;
    let mut errors = no_errors(t);
    if asked && reference.is_empty() {
        errors.add("reference", t.say("find-reference-missing"));
    }
    if asked && intake::email(email).is_err() {
        errors.add("email", t.say("fault-email-form"));
    }
    let mut number = Input::literal("reference", t.say("find-reference")).hint(t.say("ask-about-hint"));
    number.value = reference.to_owned();
    number.error_message = errors.of("reference");
    let mut address = Input::email("email", t.say("find-email"));
    address.value = email.to_owned();
    address.error_message = errors.of("email");
    let form = Form::to(&shell, "/find", [html(&number), html(&address), send(t.say("find-button"))]).html();
    let heading = t.say("find-title");
    Leaf::of([title(&heading), para(t.say("find-hint")), form]).back("/").wrong(&errors).show(shell, heading)
}

async fn ask(desk: SharedDesk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    shown(Shell::of(&request, &desk), "", "", false)
}

async fn find(
    desk: SharedDesk,
    request: HttpRequest,
    Then(Caller(client), form): Then<Caller, Posted>,
) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk);
    let reference: String = form.0.text("reference").to_uppercase().chars().take(40).collect();
    let typed = form.0.text("email").to_owned();
    let Ok(email) = intake::email(&typed) else { return shown(shell, &reference, &typed, true) };
    if reference.is_empty() {
        return shown(shell, &reference, &typed, true);
    }
    act(&desk, move |desk| acts::find_request(desk, &reference, &email, &client)).await?;
    let t = shell.t;
    let heading = t.say("found-title");
    let contact = t.with("problem-contact", &[("email", &shell.controller.email)]);
    Leaf::of([title(&heading), para(t.say("found")), para(contact)]).back("/").show(shell, heading)
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource("/find").route(web::get().to(ask)).route(web::post().to(find)));
}

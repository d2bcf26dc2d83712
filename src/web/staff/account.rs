//! One's own account: sessions, password, second factor.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use secrecy::SecretString;

use super::super::bridge::{SharedDesk, act};
use super::super::guard::{Then, UseDesk};
use super::super::pages::{Posted, Shell, page};
use super::super::problem::Problem;
use super::super::ui::{Errors, Input, PasswordInput};
use super::form::{errors, faults};
use super::guard::Signed;
use super::words;
use crate::acts::{self, AccountView, FactorToSet, Staff};

#[derive(Template)]
#[template(path = "staff/account.html")]
struct AccountPage<'a> {
    shell: &'a Shell,
    staff: &'a Staff,
    view: AccountView,
    sessions: Vec<(String, String, bool)>,
    old: PasswordInput,
    new: PasswordInput,
    end: PasswordInput,
    summary: Option<super::super::ui::ErrorSummary>,
    told: Option<String>,
}

async fn shown(
    desk: &SharedDesk,
    request: &HttpRequest,
    staff: Staff,
    wrong: Errors,
    told: Option<String>,
) -> Result<HttpResponse, Problem> {
    let me = staff.clone();
    let view = act(desk, move |desk| acts::account(desk, &me)).await?;
    let shell =
        Shell::of(request, desk).titled("Your account").desk_of(&staff, "/desk/account").wrong_if(!wrong.is_empty());
    let sessions = view
        .sessions
        .iter()
        .map(|one| {
            (one.id.clone(), format!("Since {}, until {}", words::moment(one.since), words::moment(one.until)), one.own)
        })
        .collect();
    let password = |name: &str, label: &str| PasswordInput::of(name, label).error(wrong.of(name));
    let view_of = AccountPage {
        old: password("old", "Present password").autocomplete("current-password"),
        new: password("new", "New password")
            .hint("At least 12 characters. Three random words are good.")
            .autocomplete("new-password"),
        end: password("password", "Your password").autocomplete("current-password"),
        summary: wrong.summary(),
        sessions,
        view,
        told,
        staff: &staff,
        shell: &shell,
    };
    let status = if view_of.summary.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page(&shell, status, &view_of)
}

fn back() -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, "/desk/account")).finish()
}

async fn show(desk: SharedDesk, request: HttpRequest, signed: Signed<UseDesk>) -> Result<HttpResponse, Problem> {
    shown(&desk, &request, signed.staff, errors(), None).await
}

async fn end_session(
    desk: SharedDesk,
    Then(signed, form): Then<Signed<UseDesk>, Posted>,
) -> Result<HttpResponse, Problem> {
    let which = form.0.text("session").to_owned();
    act(&desk, move |desk| {
        if which == "others" {
            acts::sessions_end(desk, &signed.staff).map(|_| ())
        } else {
            acts::session_end(desk, &signed.staff, &which)
        }
    })
    .await?;
    Ok(back())
}

async fn password(
    desk: SharedDesk,
    request: HttpRequest,
    Then(signed, form): Then<Signed<UseDesk>, Posted>,
) -> Result<HttpResponse, Problem> {
    let (old, new) = (form.0.raw("old").to_owned(), form.0.raw("new").to_owned());
    let me = signed.staff.clone();
    let done =
        act(&desk, move |desk| acts::password_change(desk, &me, &SecretString::from(old), &SecretString::from(new)))
            .await;
    match done {
        Ok(()) => {
            let told = "Your password is changed, and your other sessions have ended.".to_owned();
            shown(&desk, &request, signed.staff, errors(), Some(told)).await
        }
        Err(problem) => match faults(&problem, &str::to_owned) {
            Some(wrong) => shown(&desk, &request, signed.staff, wrong, None).await,
            None => Err(problem),
        },
    }
}

#[derive(Template)]
#[template(path = "staff/factor.html")]
struct FactorPage<'a> {
    shell: &'a Shell,
    factor: FactorToSet,
    code: Input,
    summary: Option<super::super::ui::ErrorSummary>,
}

async fn factor_page(
    desk: &SharedDesk,
    request: &HttpRequest,
    staff: Staff,
    wrong: Errors,
) -> Result<HttpResponse, Problem> {
    let me = staff.clone();
    let factor = act(desk, move |desk| acts::factor_begin(desk, &me)).await?;
    let shell = Shell::of(request, desk)
        .titled("Set up a second factor")
        .desk_of(&staff, "/desk/account")
        .wrong_if(!wrong.is_empty());
    let view = FactorPage {
        code: Input::code("code", "The six digits that the app shows now").error(wrong.of("code")),
        summary: wrong.summary(),
        factor,
        shell: &shell,
    };
    let status = if view.summary.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page(&shell, status, &view)
}

async fn factor(desk: SharedDesk, request: HttpRequest, signed: Signed<UseDesk>) -> Result<HttpResponse, Problem> {
    factor_page(&desk, &request, signed.staff, errors()).await
}

/// The address that an app reads, as a picture.
async fn picture(desk: SharedDesk, signed: Signed<UseDesk>) -> Result<HttpResponse, Problem> {
    let factor = act(&desk, move |desk| acts::factor_begin(desk, &signed.staff)).await?;
    let code = qrcode::QrCode::new(factor.address.as_bytes())
        .map_err(|_| acts::ActError::Broken("the picture of a second factor could not be made".to_owned()))?;
    let svg = code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(220, 220).build();
    Ok(HttpResponse::Ok().content_type("image/svg+xml").body(svg))
}

#[derive(Template)]
#[template(path = "staff/recovery.html")]
struct RecoveryPage<'a> {
    shell: &'a Shell,
    codes: Vec<String>,
}

async fn confirm(
    desk: SharedDesk,
    request: HttpRequest,
    Then(signed, form): Then<Signed<UseDesk>, Posted>,
) -> Result<HttpResponse, Problem> {
    let (me, code) = (signed.staff.clone(), form.0.text("code").to_owned());
    match act(&desk, move |desk| acts::factor_confirm(desk, &me, &code)).await {
        Ok(codes) => {
            let shell =
                Shell::of(&request, &desk).titled("Your recovery codes").desk_of(&signed.staff, "/desk/account");
            page(&shell, StatusCode::OK, &RecoveryPage { shell: &shell, codes })
        }
        Err(problem) => match faults(&problem, &str::to_owned) {
            Some(wrong) => factor_page(&desk, &request, signed.staff, wrong).await,
            None => Err(problem),
        },
    }
}

async fn remove(
    desk: SharedDesk,
    request: HttpRequest,
    Then(signed, form): Then<Signed<UseDesk>, Posted>,
) -> Result<HttpResponse, Problem> {
    let (me, password) = (signed.staff.clone(), form.0.raw("password").to_owned());
    match act(&desk, move |desk| acts::factor_end(desk, &me, &SecretString::from(password))).await {
        Ok(()) => Ok(back()),
        Err(problem) => match faults(&problem, &str::to_owned) {
            Some(wrong) => shown(&desk, &request, signed.staff, wrong, None).await,
            None => Err(problem),
        },
    }
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/desk/account").route(web::get().to(show)))
        .service(web::resource("/desk/account/sessions").route(web::post().to(end_session)))
        .service(web::resource("/desk/account/password").route(web::post().to(password)))
        .service(web::resource("/desk/account/factor").route(web::get().to(factor)).route(web::post().to(confirm)))
        .service(web::resource("/desk/account/factor.svg").route(web::get().to(picture)))
        .service(web::resource("/desk/account/factor/remove").route(web::post().to(remove)));
}

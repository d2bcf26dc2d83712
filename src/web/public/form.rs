//! The form: one question on each page. What was typed is kept by the desk, so that it survives a closed browser and a page
//! without scripts.

use actix_web::{HttpRequest, HttpResponse, web};
use secrecy::ExposeSecret;

use super::super::bridge::{SharedDesk, act};
use super::super::client::Caller;
use super::super::guard::Then;
use super::super::pages::{Jar, Posted, Shell};
use super::super::problem::Problem;
use super::super::ui::{Action, Button, Content, Input, Label, SummaryList};
use super::ask::{Ask, errors, title};
use super::leaf::{Form, Leaf, go, html, link, no_errors, para, section, send};
use crate::acts::{self, Draft, Sending};
use crate::intake::{self, Answers, Given, Offer, Question};
use crate::wording::Wording;

/// The cookie that finds what was typed.
const COOKIE: &str = "form";
/// As long as the desk keeps it for this browser.
const COOKIE_MINUTES: i64 = 14 * 24 * 60;

fn jar(desk: &SharedDesk) -> Jar {
    Jar::of(&desk.settings.base_url)
}

fn token(desk: &SharedDesk, request: &HttpRequest) -> Option<String> {
    jar(desk).read(request, COOKIE)
}

async fn draft(desk: &SharedDesk, request: &HttpRequest) -> Result<Option<Draft>, Problem> {
    let Some(token) = token(desk, request) else { return Ok(None) };
    act(desk, move |desk| acts::draft(desk, &token)).await
}

fn address(question: Question) -> String {
    format!("/request/{question}")
}

/// Where to go when `next` is to be asked; all is answered if none is.
fn onward(next: Option<Question>) -> String {
    next.map_or_else(|| "/request/check".to_owned(), address)
}

/// Begins the form, or goes on with it.
async fn begin(desk: SharedDesk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let draft = draft(&desk, &request).await?.filter(|draft| draft.sent.is_none());
    let offer = acts::offer(&desk);
    Ok(match draft {
        Some(draft) => go(&onward(intake::next(&draft.answers, &offer))),
        None => go(&address(Question::What)),
    })
}

async fn question(desk: SharedDesk, request: HttpRequest, path: web::Path<String>) -> Result<HttpResponse, Problem> {
    let Ok(question) = path.parse::<Question>() else { return Err(Problem::unknown_path()) };
    let offer = acts::offer(&desk);
    let draft = draft(&desk, &request).await?.filter(|draft| draft.sent.is_none());
    let kept = draft.is_some();
    let answers = draft.map(|draft| draft.answers).unwrap_or_default();
    if !intake::may_ask(question, &answers, &offer) {
        return Ok(go(&onward(intake::next(&answers, &offer))));
    }
    let shell = Shell::of(&request, &desk);
    let given = answers.given(question);
    shown(&desk, shell, &Page { question, answers: &answers, offer: &offer, given: &given, faults: &[], kept })
}

struct Page<'a> {
    question: Question,
    answers: &'a Answers,
    offer: &'a Offer,
    given: &'a Given,
    faults: &'a [intake::Fault],
    kept: bool,
}

fn shown(desk: &SharedDesk, shell: Shell, page: &Page<'_>) -> Result<HttpResponse, Problem> {
    let t = shell.t;
    let errors = errors(t, page.faults);
    let ask = Ask {
        t,
        question: page.question,
        answers: page.answers,
        offer: page.offer,
        given: page.given,
        errors: &errors,
    };
    let mut fields = ask.fields();
    fields.push(send(t.say("continue")));
    let action = address(page.question);
    let mut body = vec![Form::to(&shell, &action, fields).html()];
    if page.kept {
        body.push(para(link("/request/save", t.say("save-for-later"))));
    }
    let back = intake::before(page.question, page.answers, page.offer).map_or_else(|| "/".to_owned(), address);
    let mut leaf = Leaf::of(body).back(back).wrong(&errors);
    leaf.idle_minutes = Some(desk.settings.pages.idle_minutes);
    let title = title(t, page.question, page.answers);
    leaf.show(shell, title)
}

async fn answer(
    desk: SharedDesk,
    request: HttpRequest,
    path: web::Path<String>,
    form: Posted,
) -> Result<HttpResponse, Problem> {
    let Ok(question) = path.parse::<Question>() else { return Err(Problem::unknown_path()) };
    let shell = Shell::of(&request, &desk);
    let language = shell.language();
    let given = Given(form.0.pairs().to_vec());
    let (token, typed) = (token(&desk, &request), given.clone());
    let taken = act(&desk, move |desk| acts::draft_answer(desk, token.as_deref(), question, &typed, language)).await?;
    let faults = match taken.next {
        Ok(next) => {
            let mut response = go(&onward(next));
            if let Some(begun) = taken.begun {
                keep(&desk, &mut response, begun.expose_secret())?;
            }
            return Ok(response);
        }
        Err(faults) => faults,
    };
    let draft = draft(&desk, &request).await?.filter(|draft| draft.sent.is_none());
    let kept = draft.is_some();
    let answers = draft.map(|draft| draft.answers).unwrap_or_default();
    let offer = acts::offer(&desk);
    shown(&desk, shell, &Page { question, answers: &answers, offer: &offer, given: &given, faults: &faults, kept })
}

fn keep(desk: &SharedDesk, response: &mut HttpResponse, token: &str) -> Result<(), Problem> {
    response
        .add_cookie(&jar(desk).make(COOKIE, token, COOKIE_MINUTES))
        .map_err(|e| acts::ActError::Broken(format!("a cookie could not be written: {e}")).into())
}

/// The answers as one reads them.
fn said(t: Wording, question: Question, answers: &Answers, offer: &Offer) -> Content {
    let none = || t.say("not-given");
    let text = |text: &str| if text.is_empty() { none() } else { text.to_owned() };
    let list = |items: Vec<String>| {
        if items.is_empty() { Content::from(none()) } else { html(&super::super::ui::List::plain(items)) }
    };
    let key = |word: &str| word.replace('_', "-");
    match question {
        Question::What => {
            answers.right.map_or_else(none, |right| t.say(&format!("right-{}", key(right.as_str())))).into()
        }
        Question::For => answers.relationship.map_or_else(none, |who| t.say(&format!("who-{who}"))).into(),
        Question::YourName => text(&answers.your_name).into(),
        Question::Authority => {
            let said = |authority: intake::Authority| t.say(&format!("authority-{}", key(authority.as_str())));
            answers.authority.map_or_else(none, said).into()
        }
        Question::Name => text(&answers.name).into(),
        Question::OtherNames => list(answers.other_names.clone()),
        Question::Email => text(&answers.email).into(),
        Question::Contact => {
            let mut items = answers.other_emails.clone();
            items.extend([&answers.phone, &answers.postcode].into_iter().filter(|item| !item.is_empty()).cloned());
            list(items)
        }
        Question::Birth => answers.birth.map_or_else(none, |date| t.date(&date)).into(),
        Question::Which => t.say(if answers.all == Some(false) { "which-some" } else { "which-all" }).into(),
        Question::Kinds => {
            let named = offer.kinds.iter().filter(|kind| answers.kinds.contains(&kind.name));
            list(named.map(|kind| kind.label.clone()).collect())
        }
        Question::Dates => {
            let side = |key: &str, date: Option<chrono::NaiveDate>| {
                date.map(|date| t.with(key, &[("date", &t.date(&date))])).into_iter()
            };
            list(side("dates-from", answers.from).chain(side("dates-to", answers.to)).collect())
        }
        Question::Details => {
            let about = Some(&answers.about).filter(|about| !about.is_empty());
            let lines = answers.details.lines().map(str::to_owned).filter(|line| !line.is_empty());
            list(about.cloned().into_iter().chain(lines).collect())
        }
        Question::Answer => {
            let by = answers.answer_by.map_or_else(none, |by| t.say(&format!("answer-{}", key(by.as_str()))));
            let more = answers.address.lines().chain(answers.needs.lines()).map(str::to_owned);
            list(std::iter::once(by).chain(more.filter(|line| !line.is_empty())).collect())
        }
    }
}

async fn check(desk: SharedDesk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let offer = acts::offer(&desk);
    let Some(draft) = draft(&desk, &request).await? else { return Ok(go("/request")) };
    if draft.sent.is_some() {
        return Ok(go("/request/sent"));
    }
    if let Some(next) = intake::next(&draft.answers, &offer) {
        return Ok(go(&address(next)));
    }
    let shell = Shell::of(&request, &desk);
    let t = shell.t;
    let list = intake::path(&draft.answers, &offer).into_iter().fold(SummaryList::new(), |list, question| {
        let asked = title(t, question, &draft.answers);
        let change = Action::to(address(question), t.say("change"), format!(" – {asked}"));
        list.row_with(asked, said(t, question, &draft.answers, &offer), change)
    });
    let controller = shell.controller.name.clone();
    let body = vec![
        super::leaf::title(t.say("check-title")),
        html(&list),
        section(t.say("check-send-title")),
        para(t.say("check-send")),
        para(t.with("check-send-use", &[("controller", &controller)])),
        para(link("/privacy", t.say("footer-privacy"))),
        Form::to(&shell, "/request/check", [send(t.say("check-send-button"))]).html(),
        para(link("/request/save", t.say("save-for-later"))),
        Form::to(&shell, "/request/forget", [html(&Button::send(t.say("forget-button")).secondary())]).html(),
    ];
    let back = intake::path(&draft.answers, &offer).last().map_or_else(|| "/".to_owned(), |last| address(*last));
    let mut leaf = Leaf::of(body).back(back);
    leaf.idle_minutes = Some(desk.settings.pages.idle_minutes);
    let title = t.say("check-title");
    leaf.show(shell, title)
}

async fn send_it(
    desk: SharedDesk,
    request: HttpRequest,
    Then(Caller(client), _): Then<Caller, Posted>,
) -> Result<HttpResponse, Problem> {
    let Some(token) = token(&desk, &request) else { return Ok(go("/request")) };
    let sending = act(&desk, move |desk| acts::draft_send(desk, &token, &client)).await?;
    Ok(go(&match sending {
        Sending::Done(_) => "/request/sent".to_owned(),
        Sending::Unfinished(question) => address(question),
        Sending::Gone => "/request".to_owned(),
    }))
}

/// The request is made: its reference, what happens next, and the field for the code.
async fn sent(desk: SharedDesk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let Some(sent) = draft(&desk, &request).await?.and_then(|draft| draft.sent) else { return Ok(go("/request")) };
    let shell = Shell::of(&request, &desk);
    let t = shell.t;
    let panel = super::super::ui::Panel::of(
        t.say("sent-title"),
        Content::from(t.say("sent-reference"))
            .and(html(&super::super::ui::LineBreak))
            .and(html(&super::super::ui::Strong::of(&sent.reference))),
    );
    let action = format!("/requests/{}/code", sent.id);
    let minutes = u64::from(desk.settings.tokens.code_minutes);
    let code = Input::code("code", Label::from(t.say("code-label"))).hint(t.count("code-hint", minutes));
    let mut body = vec![
        html(&panel),
        section(t.say("sent-code-title")),
        para(t.with("sent-code", &[("email", &sent.email)])),
        Form::to(&shell, &action, [html(&code), send(t.say("continue"))]).html(),
        para(link(format!("/requests/{}", sent.id), t.say("code-none"))),
        section(t.say("sent-next-title")),
        para(t.say("sent-next")),
    ];
    if let Some(due) = sent.due_on {
        body.push(para(t.with("sent-due", &[("date", &t.date(&due))])));
    }
    body.push(para(t.with("sent-keep", &[("reference", &sent.reference)])));
    let title = t.say("sent-title");
    Leaf::of(body).show(shell, title)
}

/// Asks for the address that the link back is sent to.
async fn save(desk: SharedDesk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let Some(draft) = draft(&desk, &request).await?.filter(|draft| draft.sent.is_none()) else {
        return Ok(go("/request"));
    };
    saving(&desk, Shell::of(&request, &desk), &draft.answers.email, false)
}

fn saving(desk: &SharedDesk, shell: Shell, typed: &str, wrong: bool) -> Result<HttpResponse, Problem> {
    let t = shell.t;
    let mut errors = no_errors(t);
    if wrong {
        errors.add("email", t.say("fault-email-form"));
    }
    let days = u64::from(desk.settings.pages.resume_days);
    let mut input = Input::email("email", Label::heading(t.say("save-title"))).hint(t.count("save-hint", days));
    input.value = typed.to_owned();
    input.error_message = errors.of("email");
    let form = Form::to(&shell, "/request/save", [html(&input), send(t.say("save-button"))]).html();
    let title = t.say("save-title");
    Leaf::of([form]).back("/request").wrong(&errors).show(shell, title)
}

async fn save_it(
    desk: SharedDesk,
    request: HttpRequest,
    Then(Caller(client), form): Then<Caller, Posted>,
) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk);
    let typed = form.0.text("email").to_owned();
    let (Some(token), Ok(email)) = (token(&desk, &request), intake::email(&typed)) else {
        return saving(&desk, shell, &typed, true);
    };
    act(&desk, move |desk| acts::draft_email(desk, &token, &email, &client)).await?;
    let t = shell.t;
    let title = t.say("saved-title");
    Leaf::of([super::leaf::title(&title), para(t.say("saved")), para(link("/request", t.say("saved-go-on")))])
        .show(shell, title)
}

/// A link from a letter asks first: programs that look at e-mail follow links, and each works once.
async fn resume(desk: SharedDesk, request: HttpRequest, path: web::Path<String>) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk);
    let t = shell.t;
    let action = format!("/request/resume/{}", hexadecimal(&path)?);
    let title = t.say("resume-title");
    let form = Form::to(&shell, &action, [send(t.say("continue"))]).html();
    Leaf::of([super::leaf::title(&title), para(t.say("resume")), form]).show(shell, title)
}

fn hexadecimal(link: &str) -> Result<&str, Problem> {
    let plain = link.len() == 64 && link.bytes().all(|b| b.is_ascii_hexdigit());
    if plain { Ok(link) } else { Err(Problem::unknown_path()) }
}

async fn resume_it(
    desk: SharedDesk,
    request: HttpRequest,
    path: web::Path<String>,
    _form: Posted,
) -> Result<HttpResponse, Problem> {
    let link_token = hexadecimal(&path)?.to_owned();
    let resumed = act(&desk, move |desk| acts::draft_resume(desk, &link_token)).await?;
    let Some(resumed) = resumed else {
        let shell = Shell::of(&request, &desk);
        let t = shell.t;
        let title = t.say("resume-gone-title");
        return Leaf::of([
            super::leaf::title(&title),
            para(t.say("resume-gone")),
            para(link("/", t.say("problem-home"))),
        ])
        .show(shell, title);
    };
    let mut response = go("/request");
    keep(&desk, &mut response, resumed.expose_secret())?;
    Ok(response)
}

/// After a long rest: what was typed is not shown until somebody asks for it.
async fn paused(desk: SharedDesk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk);
    let t = shell.t;
    let title = t.say("paused-title");
    Leaf::of([
        super::leaf::title(&title),
        para(t.say("paused")),
        html(&Button::link("/request", t.say("paused-go-on"))),
        Form::to(&shell, "/request/forget", [html(&Button::send(t.say("forget-button")).secondary())]).html(),
    ])
    .show(shell, title)
}

async fn forget(desk: SharedDesk, request: HttpRequest, _form: Posted) -> Result<HttpResponse, Problem> {
    if let Some(token) = token(&desk, &request) {
        act(&desk, move |desk| acts::draft_forget(desk, &token)).await?;
    }
    let mut response = go("/");
    response
        .add_cookie(&jar(&desk).forget(COOKIE))
        .map_err(|e| acts::ActError::Broken(format!("a cookie could not be written: {e}")))?;
    Ok(response)
}

/// The form on paper: every question with room to write.
async fn paper(desk: SharedDesk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk);
    let t = shell.t;
    let title = t.say("paper-title");
    super::paper::show(&desk, shell, title)
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/request").route(web::get().to(begin)))
        .service(web::resource("/request/check").route(web::get().to(check)).route(web::post().to(send_it)))
        .service(web::resource("/request/sent").route(web::get().to(sent)))
        .service(web::resource("/request/save").route(web::get().to(save)).route(web::post().to(save_it)))
        .service(web::resource("/request/resume/{link}").route(web::get().to(resume)).route(web::post().to(resume_it)))
        .service(web::resource("/request/paused").route(web::get().to(paused)))
        .service(web::resource("/request/forget").route(web::post().to(forget)))
        .service(web::resource("/request/paper").route(web::get().to(paper)))
        .service(web::resource("/request/{question}").route(web::get().to(question)).route(web::post().to(answer)));
}

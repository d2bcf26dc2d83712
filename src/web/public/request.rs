//! A request as its requester follows it: how far it is, by when it is answered and why, what we need from them, what they
//! and we write to each other, stopping, complaining.

use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use askama::filters::HtmlSafe;

use super::super::bridge::{SharedDesk, act};
use super::super::client::Caller;
use super::super::guard::Then;
use super::super::pages::{Posted, Shell};
use super::super::problem::Problem;
use super::super::ui::{
    Button, Choice, Content, Details, Errors, FileUpload, InsetText, Label, Legend, List, NotificationBanner, Part,
    Radios, SummaryList, Textarea,
};
use super::door::{ask, opened};
use super::leaf::{Form, Leaf, go, html, link, no_errors, para, section, send, title};
use super::upload::upload;
use crate::acts::{self, AnswerState, By, Door, NotTaken, Progress, RequestPage};
use crate::identity::{ProofKind, Unfit};
use crate::intake;
use crate::wording::{Language, Wording};

/// Most characters of a message, a complaint.
const MOST_WORDS: usize = 4_000;

/// What stands above the page after something was done: the key of its sentence.
const DONE: [&str; 3] = ["done-message", "done-evidence", "done-complaint"];

#[derive(Template)]
#[template(
    source = r#"<ol class="rd-progress">{% for (class, current, words) in steps %}<li class="rd-progress__step {{ class }}"{% if current %} aria-current="step"{% endif %}>{{ words }}</li>{% endfor %}</ol>"#,
    ext = "html"
)]
struct ProgressLine {
    steps: Vec<(&'static str, bool, String)>,
}

impl HtmlSafe for ProgressLine {}
impl Part for ProgressLine {}

fn progress(t: Wording, progress: Progress) -> Content {
    let at = match progress {
        Progress::Who => 0,
        Progress::Work => 1,
        Progress::Check => 2,
        Progress::Answered => 4,
        Progress::Stopped => return html(&InsetText::of(t.say("progress-stopped"))),
    };
    let steps = ["progress-who", "progress-work", "progress-check", "progress-answered"].iter().enumerate();
    let steps = steps.map(|(n, key)| {
        let (class, state) = match n {
            n if n < at => ("rd-progress__step--done", "progress-done"),
            n if n == at => ("rd-progress__step--now", "progress-now"),
            _ => ("", "progress-later"),
        };
        (class, n == at, t.with(state, &[("step", &t.say(key))]))
    });
    html(&ProgressLine { steps: steps.collect() })
}

/// The working in the words of the page's language. English has each step's own sentence; others say the kind of step.
fn working(t: Wording, page: &RequestPage) -> Option<Content> {
    let deadline = page.deadline.as_ref()?;
    let steps = deadline.working.iter().map(|step| {
        if t.language() == Language::English {
            return step.plain.clone();
        }
        let kind = serde_json::to_value(step.step).ok().and_then(|kind| kind.as_str().map(|k| k.replace('_', "-")));
        let date = step.date.map(|date| t.date(&date)).unwrap_or_default();
        t.with(&format!("step-{}", kind.unwrap_or_default()), &[("date", &date)])
    });
    Some(html(&Details::of(t.say("working-title"), html(&List::numbers(steps)))))
}

fn needs(shell: &Shell, page: &RequestPage) -> Vec<Content> {
    let t = shell.t;
    let base = format!("/requests/{}", page.id);
    let mut body = Vec::new();
    if page.needs.proof.identity || page.needs.proof.authority {
        if page.needs.proof.identity {
            body.push(para(t.say("need-identity")));
        }
        if page.needs.proof.authority {
            body.push(para(t.say("need-authority")));
        }
        if let Some(words) = &page.needs.proof_words {
            body.push(html(&InsetText::of(words)));
        }
        body.push(html(&Button::link(format!("{base}/evidence"), t.say("need-send"))));
    }
    if let Some(question) = &page.needs.question {
        body.push(para(t.say("need-question")));
        body.push(html(&InsetText::of(question)));
        body.push(html(&Button::link(format!("{base}/messages"), t.say("need-answer"))));
    }
    if body.is_empty() {
        body.push(para(t.say("need-nothing")));
    }
    body
}

fn answer(t: Wording, page: &RequestPage) -> Vec<Content> {
    let Some(answer) = &page.answer else { return Vec::new() };
    let heading = section(t.say("answer-title"));
    match answer {
        AnswerState::Open(until) => vec![
            heading,
            para(t.with("answer-open", &[("date", &t.date(&until.london_date()))])),
            html(&Button::link(format!("/requests/{}/answer", page.id), t.say("answer-open-button"))),
        ],
        AnswerState::Ended => vec![heading, para(t.say("answer-ended"))],
        AnswerState::Elsewhere => vec![heading, para(t.say("answer-elsewhere"))],
        AnswerState::ByLetter => vec![heading, para(t.say("answer-by-letter"))],
    }
}

fn overview(shell: &Shell, page: &RequestPage, done: Option<&str>) -> Vec<Content> {
    let t = shell.t;
    let base = format!("/requests/{}", page.id);
    let mut body = Vec::new();
    if let Some(key) = done.and_then(|word| DONE.iter().find(|key| key.ends_with(word))) {
        body.push(html(&NotificationBanner::success(t.say("done-title"), t.say(key))));
    }
    body.push(title(t.with("request-title", &[("reference", &page.reference)])));
    body.push(para(t.say(&format!("right-{}", page.right.as_str().replace('_', "-")))));
    body.push(section(t.say("progress-title")));
    body.push(progress(t, page.progress));
    body.push(para(t.say(&format!("stage-{}", page.stage.as_str().replace('_', "-")))));
    body.extend(answer(t, page));
    body.push(section(t.say("need-title")));
    body.extend(needs(shell, page));
    body.push(section(t.say("due-title")));
    body.push(para(t.with("due-received", &[("date", &t.date(&page.received_on))])));
    let due = page.deadline.as_ref().and_then(|deadline| deadline.due);
    body.push(match due {
        Some(due) if page.right == crate::deadline::Right::ComplaintAck => {
            para(t.with("due-complaint", &[("date", &t.date(&due))]))
        }
        Some(due) => para(t.with("due-by", &[("date", &t.date(&due))])),
        None => para(t.say("due-none")),
    });
    body.extend(working(t, page));
    body.push(section(t.say("messages-title")));
    if page.unread > 0 {
        body.push(para(t.count("messages-unread", crate::base::u64_from(page.unread))));
    }
    body.push(para(link(format!("{base}/messages"), t.say("messages-link"))));
    body.push(para(link(format!("{base}/evidence"), t.say("evidence-link"))));
    if page.origin.is_some() || !page.grown.is_empty() {
        body.push(section(t.say("related-title")));
        let related = page.origin.iter().map(|related| ("related-origin".to_owned(), related));
        let grown = page.grown.iter().map(|related| (format!("related-{}", related.why), related));
        let items = related.chain(grown).map(|(key, related)| {
            link(format!("/requests/{}", related.id), t.with(&key, &[("reference", &related.reference)]))
        });
        body.push(html(&List::bullets(items)));
    }
    body.push(section(t.say("happened-title")));
    let steps = page.timeline.iter().map(|(at, what)| format!("{}: {}", t.date(&at.london_date()), what.say(t)));
    body.push(html(&List::plain(steps)));
    body.push(section(t.say("unhappy-title")));
    body.push(para(link(format!("{base}/complain"), t.say("complain-link"))));
    let (regulator, url) = (shell.controller.regulator.clone(), shell.controller.regulator_complaints_url.clone());
    body.push(para(link(url, t.with("complain-regulator", &[("regulator", &regulator)]))));
    if page.stage.is_open() {
        body.push(para(link(format!("{base}/withdraw"), t.say("withdraw-link"))));
    }
    body.push(Form::to(shell, &format!("{base}/leave"), [html(&Button::send(t.say("leave")).secondary())]).html());
    body
}

#[derive(serde::Deserialize)]
struct Did {
    done: Option<String>,
}

async fn front(desk: SharedDesk, request: HttpRequest, did: web::Query<Did>) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk);
    let open = match opened(&desk, &request, Door::Page).await? {
        Ok(open) => open,
        Err(id) => return ask(&desk, shell, id, Door::Page, false, false),
    };
    let page = act(&desk, move |desk| acts::request_page(desk, open)).await?;
    let heading = shell.t.with("request-title", &[("reference", &page.reference)]);
    Leaf::of(overview(&shell, &page, did.done.as_deref())).show(shell, heading)
}

/// Words in a field, or what is wrong with them.
fn words(t: Wording, typed: &str, needed: bool) -> Result<String, Errors> {
    let mut errors = no_errors(t);
    let key = match intake::prose(typed, MOST_WORDS) {
        Ok(words) => return Ok(words),
        Err(intake::Flaw::Empty) if !needed => return Ok(String::new()),
        Err(intake::Flaw::Empty) => "words-missing",
        Err(intake::Flaw::Form) => "words-form",
        Err(intake::Flaw::Long) => "words-long",
    };
    errors.add("words", t.say(key));
    Err(errors)
}

fn area(label: Label, hint: String, typed: &str, errors: &Errors) -> Content {
    let mut area = Textarea::of("words", label).hint(hint);
    area.rows = Some(6);
    area.value = typed.to_owned();
    area.error_message = errors.of("words");
    html(&area)
}

/// The pages of a request with one field of words.
#[derive(Clone, Copy)]
enum Write {
    Message,
    Complaint,
    Withdrawal,
}

impl Write {
    fn word(self) -> &'static str {
        match self {
            Self::Message => "messages",
            Self::Complaint => "complain",
            Self::Withdrawal => "withdraw",
        }
    }
}

async fn writing(
    desk: &SharedDesk,
    shell: Shell,
    open: acts::Opened,
    what: Write,
    typed: &str,
    errors: &Errors,
) -> Result<HttpResponse, Problem> {
    let t = shell.t;
    let id = open.case();
    let word = what.word();
    let mut body = vec![title(t.say(&format!("{word}-title")))];
    if let Write::Message = what {
        let page = act(desk, move |desk| acts::request_page(desk, open)).await?;
        let all = act(desk, move |desk| acts::messages_for_requester(desk, open)).await?;
        if let Some(question) = &page.needs.question {
            body.push(para(t.say("need-question")));
            body.push(html(&InsetText::of(question)));
        }
        let list = all.iter().fold(SummaryList::new(), |list, message| {
            let who = t.say(if message.from_requester { "message-yours" } else { "message-ours" });
            let key = format!("{who}, {}", t.date(&message.written_at.london_date()));
            list.row(key, html(&List::plain(message.body.lines().map(str::to_owned))))
        });
        if !all.is_empty() {
            body.push(html(&list));
        }
    }
    let hint = t.say(&format!("{word}-hint"));
    let field = area(Label::from(t.say(&format!("{word}-label"))), hint, typed, errors);
    let button = Button::send(t.say(&format!("{word}-button")));
    let button = if let Write::Withdrawal = what { button.warning() } else { button };
    let action = format!("/requests/{id}/{word}");
    body.push(Form::to(&shell, &action, [field, html(&button)]).html());
    let heading = t.say(&format!("{word}-title"));
    Leaf::of(body).back(format!("/requests/{id}")).wrong(errors).show(shell, heading)
}

async fn write_page(desk: SharedDesk, request: HttpRequest, what: Write) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk);
    match opened(&desk, &request, Door::Page).await? {
        Ok(open) => {
            let errors = no_errors(shell.t);
            writing(&desk, shell, open, what, "", &errors).await
        }
        Err(id) => ask(&desk, shell, id, Door::Page, false, false),
    }
}

async fn messages(desk: SharedDesk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    write_page(desk, request, Write::Message).await
}

async fn complaint(desk: SharedDesk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    write_page(desk, request, Write::Complaint).await
}

async fn withdrawal(desk: SharedDesk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    write_page(desk, request, Write::Withdrawal).await
}

async fn written(
    desk: SharedDesk,
    request: HttpRequest,
    what: Write,
    form: Posted,
    Caller(client): Caller,
) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk);
    let open = match opened(&desk, &request, Door::Page).await? {
        Ok(open) => open,
        Err(id) => return ask(&desk, shell, id, Door::Page, false, false),
    };
    let typed = form.0.text("words").to_owned();
    let said = match words(shell.t, &typed, !matches!(what, Write::Withdrawal)) {
        Ok(said) => said,
        Err(errors) => return writing(&desk, shell, open, what, &typed, &errors).await,
    };
    let done = act(&desk, move |desk| match what {
        Write::Message => acts::message_from_requester(desk, open, &said).map(|_| "?done=message"),
        Write::Complaint => acts::complain(desk, open, &said, &client).map(|_| "?done=complaint"),
        Write::Withdrawal => {
            let why = Some(said.as_str()).filter(|why| !why.is_empty());
            acts::withdraw(desk, open.case(), why, &By::requester()).map(|_| "")
        }
    })
    .await?;
    Ok(go(&format!("/requests/{}{done}", open.case())))
}

async fn message_it(
    desk: SharedDesk,
    request: HttpRequest,
    Then(caller, form): Then<Caller, Posted>,
) -> Result<HttpResponse, Problem> {
    written(desk, request, Write::Message, form, caller).await
}

async fn complain_it(
    desk: SharedDesk,
    request: HttpRequest,
    Then(caller, form): Then<Caller, Posted>,
) -> Result<HttpResponse, Problem> {
    written(desk, request, Write::Complaint, form, caller).await
}

async fn withdraw_it(
    desk: SharedDesk,
    request: HttpRequest,
    Then(caller, form): Then<Caller, Posted>,
) -> Result<HttpResponse, Problem> {
    written(desk, request, Write::Withdrawal, form, caller).await
}

async fn evidence_page(
    desk: &SharedDesk,
    shell: Shell,
    open: acts::Opened,
    kind: &str,
    errors: &Errors,
) -> Result<HttpResponse, Problem> {
    let t = shell.t;
    let id = open.case();
    let page = act(desk, move |desk| acts::request_page(desk, open)).await?;
    let sent = act(desk, move |desk| acts::evidence_list(desk, id)).await?;
    let mut body = vec![title(t.say("evidence-title"))];
    if page.needs.proof.identity {
        body.push(para(t.say("need-identity")));
    }
    if page.needs.proof.authority {
        body.push(para(t.say("need-authority")));
    }
    if let Some(words) = &page.needs.proof_words {
        body.push(html(&InsetText::of(words)));
    }
    body.push(para(t.say("evidence-deleted")));
    let items = ProofKind::ALL.iter().map(|kind| Choice::of(kind.as_str(), t.say(&format!("proof-{kind}"))));
    let asked = if page.needs.proof.authority && !page.needs.proof.identity { "authority" } else { "identity" };
    let mut radios = Radios::of("kind", Legend::from(t.say("evidence-kind")), items);
    radios = radios.value(if kind.is_empty() { asked } else { kind });
    radios.error_message = errors.of("kind");
    let megabytes = (acts::file_limits(desk).most_bytes / 1_048_576).max(1).to_string();
    let mut file = FileUpload::of(
        "file",
        Label::from(t.say("evidence-file")),
        ".pdf,.jpg,.jpeg,.png,.heic,application/pdf,image/jpeg,image/png,image/heic",
    )
    .hint(t.with("evidence-file-hint", &[("megabytes", &megabytes)]));
    file.error_message = errors.of("file");
    let action = format!("/requests/{id}/evidence");
    let pieces = [html(&radios), html(&file), send(t.say("evidence-button"))];
    body.push(Form::to(&shell, &action, pieces).with_files().html());
    body.push(para(t.say("evidence-else")));
    if !sent.is_empty() {
        body.push(section(t.say("evidence-sent")));
        let items = sent.iter().map(|file| {
            let day = t.date(&file.received_at.london_date());
            let key = if file.removed_at.is_some() { "evidence-was-deleted" } else { "evidence-is-here" };
            t.with(key, &[("kind", &t.say(&format!("proof-{}", file.kind))), ("date", &day)])
        });
        body.push(html(&List::bullets(items)));
    }
    let heading = t.say("evidence-title");
    Leaf::of(body).back(format!("/requests/{id}")).wrong(errors).show(shell, heading)
}

async fn evidence(desk: SharedDesk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk);
    match opened(&desk, &request, Door::Page).await? {
        Ok(open) => {
            let errors = no_errors(shell.t);
            evidence_page(&desk, shell, open, "", &errors).await
        }
        Err(id) => ask(&desk, shell, id, Door::Page, false, false),
    }
}

async fn evidence_it(
    desk: SharedDesk,
    request: HttpRequest,
    Caller(client): Caller,
    form: Multipart,
) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk);
    let t = shell.t;
    // Who may not send is told so before the bytes are read.
    let open = match opened(&desk, &request, Door::Page).await? {
        Ok(open) => open,
        Err(id) => return ask(&desk, shell, id, Door::Page, false, false),
    };
    let most = acts::file_limits(&desk).most_bytes;
    let uploaded = upload(&request, form, most).await?;
    let word = uploaded.text("kind").to_owned();
    let mut errors = no_errors(t);
    let Ok(kind) = word.parse::<ProofKind>() else {
        errors.add("kind", t.say("evidence-kind-missing"));
        return evidence_page(&desk, shell, open, "", &errors).await;
    };
    let bytes = uploaded.bytes;
    let taken = act(&desk, move |desk| Ok(acts::send_evidence(desk, open, kind, &bytes, &client))).await?;
    let key = match taken {
        Ok(_) => return Ok(go(&format!("/requests/{}?done=evidence", open.case()))),
        Err(NotTaken::Act(error)) => return Err(error.into()),
        Err(NotTaken::Unfit(unfit)) => unfit_key(unfit),
        Err(NotTaken::Unscanned) => "file-unscanned".to_owned(),
        Err(NotTaken::TooMany) => "file-too-many".to_owned(),
    };
    let megabytes = (most / 1_048_576).max(1).to_string();
    errors.add("file", t.with(&key, &[("megabytes", &megabytes)]));
    evidence_page(&desk, shell, open, &word, &errors).await
}

fn unfit_key(unfit: Unfit) -> String {
    format!("file-{}", unfit.as_str().replace('_', "-"))
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/requests/{id}").route(web::get().to(front)))
        .service(
            web::resource("/requests/{id}/messages").route(web::get().to(messages)).route(web::post().to(message_it)),
        )
        .service(
            web::resource("/requests/{id}/complain").route(web::get().to(complaint)).route(web::post().to(complain_it)),
        )
        .service(
            web::resource("/requests/{id}/withdraw")
                .route(web::get().to(withdrawal))
                .route(web::post().to(withdraw_it)),
        )
        .service(
            web::resource("/requests/{id}/evidence").route(web::get().to(evidence)).route(web::post().to(evidence_it)),
        );
}

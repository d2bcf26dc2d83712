//! The answer in the browser, behind a code of its own: what was searched, every disclosed record, a search, the download,
//! and on each field "this is wrong". It shows what the bundle shows and nothing else.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH};
use actix_web::{HttpRequest, HttpResponse, web};

use super::super::bridge::{SharedDesk, act};
use super::super::client::Caller;
use super::super::guard::Then;
use super::super::pages::{Posted, Shell};
use super::super::problem::Problem;
use super::super::stream::file_chunks;
use super::super::ui::{
    Action, Button, Content, Input, Label, List, NotificationBanner, Strong, SummaryList, Textarea,
};
use super::door::{ask, opened};
use super::leaf::{Form, Leaf, go, html, link, no_errors, para, section, send, title};
use crate::acts::{
    self, ANSWER_PAGE, AnswerField, AnswerPart, AnswerRecord, Door, FOUND_PAGE, NewCorrection, Opened, Place, Says,
};
use crate::bundle::Status;
use crate::intake;
use crate::wording::{Part, Wording};

/// Most characters of what a field should say, or of why.
const MOST_WORDS: usize = 4_000;

fn status(t: Wording, part: &AnswerPart) -> String {
    match part.status {
        Status::Found => t.count("answer-found", part.disclosed),
        Status::NothingHeld => t.say("answer-nothing-held"),
        Status::Failed => t.say("answer-failed"),
        Status::NotReached => t.say("answer-not-reached"),
    }
}

fn says(t: Wording, says: &Says) -> Content {
    match says {
        Says::Nothing => t.say("answer-empty").into(),
        Says::Truth(true) => t.say("yes").into(),
        Says::Truth(false) => t.say("no").into(),
        Says::Text(text) => {
            let lines: Vec<String> = text.lines().map(str::to_owned).collect();
            if lines.len() > 1 { html(&List::plain(lines)) } else { text.into() }
        }
        Says::Covered(pieces) => Content::joined(pieces.iter().map(|piece| match piece {
            Ok(text) => text.into(),
            Err(code) => covered(t, code),
        })),
        Says::Withheld(code) => covered(t, code),
    }
}

fn covered(t: Wording, code: &str) -> Content {
    html(&Strong::of(t.with("answer-covered", &[("code", code)])))
}

fn can_be_wrong(field: &AnswerField) -> bool {
    matches!(field.says, Says::Nothing | Says::Truth(_) | Says::Text(_))
}

fn record(t: Wording, base: &str, record: &AnswerRecord) -> Content {
    let list = record.fields.iter().fold(SummaryList::new(), |list, field| {
        let said = says(t, &field.says);
        if !can_be_wrong(field) {
            return list.row(field.label.as_str(), said);
        }
        let name: String = form_urlencoded::byte_serialize(field.name.as_bytes()).collect();
        let to = format!("{base}/wrong/{}/{}?field={name}", record.part, record.number);
        list.row_with(field.label.as_str(), said, Action::to(to, t.say("wrong-link"), format!(": {}", field.label)))
    });
    let number = (record.number + 1).to_string();
    let heading = t.with("answer-record", &[("label", &record.label), ("number", &number)]);
    let mut list = list.card(heading, []);
    list.classes = "rd-record".into();
    html(&list)
}

/// Opens the answer's door, or answers with the page that asks for its code.
macro_rules! open_or_ask {
    ($desk:expr, $request:expr, $shell:ident) => {
        match opened(&$desk, &$request, Door::Answer).await? {
            Ok(open) => open,
            Err(id) => return ask(&$desk, $shell, id, Door::Answer, false, false),
        }
    };
}

async fn front(desk: SharedDesk, request: HttpRequest, did: web::Query<Did>) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk);
    let open = open_or_ask!(desk, request, shell);
    let view = act(&desk, move |desk| acts::answer_view(desk, open)).await?;
    let t = shell.t;
    let base = format!("/requests/{}/answer", open.case());
    let heading = t.with("answer-page-title", &[("reference", &view.reference)]);
    let mut body = Vec::new();
    if did.done.is_some() {
        body.push(html(&NotificationBanner::success(t.say("done-title"), t.say("done-correction"))));
    }
    body.push(title(&heading));
    body.push(para(t.with("answer-until", &[("date", &t.date(&view.until.london_date()))])));
    let size = in_words(view.size_bytes);
    body.push(html(&Button::link(format!("{base}/download"), t.with("answer-fetch", &[("size", &size)]))));
    body.push(para(t.count("answer-downloads", u64::try_from(view.downloads).unwrap_or(0))));
    body.push(section(t.say("answer-search-title")));
    body.push(search_form(&shell, &format!("{base}/search"), "").html());
    body.push(section(t.say("answer-parts-title")));
    let list = view.parts.iter().fold(SummaryList::new(), |list, part| {
        let mut lines: Vec<Content> = vec![status(t, part).into(), part.purpose.as_str().into()];
        for (reason, count) in &part.withheld {
            lines.push(t.count_with("answer-withheld", *count, &[("reason", reason)]).into());
        }
        let value = html(&List::plain(lines));
        if part.disclosed == 0 {
            return list.row(part.label.as_str(), value);
        }
        let action =
            Action::to(format!("{base}/part/{}", part.number), t.say("answer-read"), format!(": {}", part.label));
        list.row_with(part.label.as_str(), value, action)
    });
    body.push(html(&list));
    body.push(section(t.say("letter-routes-heading")));
    let controller = &shell.controller;
    let slots = |slot: usize| match slot {
        0 => link(format!("mailto:{}", controller.email), controller.email.as_str()),
        1 => controller.regulator.as_str().into(),
        _ => link(controller.regulator_complaints_url.as_str(), controller.regulator_complaints_url.as_str()),
    };
    let routes = ["letter-routes-us", "letter-routes-regulator", "letter-routes-court"].map(|key| {
        Content::joined(t.parts(key, &["email", "regulator", "url"]).into_iter().map(|part| match part {
            Part::Text(text) => text.into(),
            Part::Slot(slot) => slots(slot),
        }))
    });
    body.push(html(&List::bullets(routes)));
    let leave = format!("/requests/{}/leave", open.case());
    body.push(Form::to(&shell, &leave, [html(&Button::send(t.say("leave")).secondary())]).html());
    Leaf::of(body).back(format!("/requests/{}", open.case())).show(shell, heading)
}

fn search_form<'a>(shell: &'a Shell, action: &'a str, typed: &str) -> Form<'a> {
    let t = shell.t;
    let mut input = Input::text("words", t.say("answer-search-label"));
    input.value = typed.to_owned();
    Form::to(shell, action, [html(&input), html(&Button::send(t.say("answer-search-button")).secondary())])
}

#[derive(serde::Deserialize)]
struct Did {
    done: Option<String>,
}

#[derive(serde::Deserialize)]
struct From {
    from: Option<u64>,
}

async fn part(
    desk: SharedDesk,
    request: HttpRequest,
    path: web::Path<(String, usize)>,
    from: web::Query<From>,
) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk);
    let open = open_or_ask!(desk, request, shell);
    let (number, from) = (path.1, from.from.unwrap_or(0));
    let page = act(&desk, move |desk| acts::answer_page(desk, open, number, from)).await?;
    let t = shell.t;
    let base = format!("/requests/{}/answer", open.case());
    let mut body = vec![title(&page.part.label), para(&page.part.purpose), para(status(t, &page.part))];
    for (reason, count) in &page.part.withheld {
        body.push(para(t.count_with("answer-withheld", *count, &[("reason", reason)])));
    }
    body.extend(page.records.iter().map(|each| record(t, &base, each)));
    if page.from > 0 {
        let before = page.from.saturating_sub(ANSWER_PAGE);
        body.push(para(link(format!("{base}/part/{number}?from={before}"), t.say("answer-before"))));
    }
    let next = page.from + ANSWER_PAGE;
    if next < page.part.disclosed {
        body.push(para(link(format!("{base}/part/{number}?from={next}"), t.say("answer-next"))));
    }
    let heading = page.part.label.clone();
    Leaf::of(body).back(base).show(shell, heading)
}

/// What is looked for is sent in the body: an address would keep it in the browser's history and in logs.
async fn search(desk: SharedDesk, request: HttpRequest, form: Posted) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk);
    let open = open_or_ask!(desk, request, shell);
    let typed: String = form.0.text("words").chars().take(200).collect();
    let words = typed.clone();
    let found = act(&desk, move |desk| acts::answer_search(desk, open, &words)).await?;
    let t = shell.t;
    let base = format!("/requests/{}/answer", open.case());
    let heading = t.say("answer-search-title");
    let mut body = vec![
        title(&heading),
        search_form(&shell, &format!("{base}/search"), &typed).html(),
        para(t.count("answer-search-found", found.count)),
    ];
    if found.count > FOUND_PAGE {
        body.push(para(t.count("answer-search-first", FOUND_PAGE)));
    }
    body.extend(found.records.iter().map(|each| record(t, &base, each)));
    Leaf::of(body).back(base).show(shell, heading)
}

async fn search_again(request: HttpRequest) -> Result<HttpResponse, Problem> {
    Ok(go(&format!("/requests/{}/answer", super::door::case_of(&request)?)))
}

async fn download(desk: SharedDesk, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk);
    let open = open_or_ask!(desk, request, shell);
    let download = act(&desk, move |desk| acts::bundle_for_download(desk, open)).await?;
    Ok(HttpResponse::Ok()
        .content_type("application/zip")
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{}.zip\"", download.reference)))
        .insert_header((CONTENT_LENGTH, download.size_bytes.to_string()))
        .insert_header(("Content-Encoding", "identity"))
        .streaming(file_chunks(download.file)))
}

#[derive(serde::Deserialize)]
struct Wrong {
    field: String,
}

struct Typed<'a> {
    should_say: &'a str,
    why: &'a str,
}

async fn wrong_page(
    desk: &SharedDesk,
    shell: Shell,
    open: Opened,
    place: (usize, u64),
    field: &str,
    typed: Option<Typed<'_>>,
) -> Result<HttpResponse, Problem> {
    let (number, at) = place;
    let record = act(desk, move |desk| acts::answer_record(desk, open, number, at)).await?;
    let Some(found) = record.fields.iter().find(|each| each.name == field && can_be_wrong(each)) else {
        return Err(Problem::unknown_path());
    };
    let t = shell.t;
    let mut errors = no_errors(t);
    if let Some(typed) = &typed {
        let flaw = |text: &str| intake::prose(text, MOST_WORDS).err();
        if let Some(flaw) = flaw(typed.should_say) {
            errors.add("should-say", t.say(words_key(flaw)));
        }
        if let Some(flaw) = flaw(typed.why).filter(|flaw| *flaw != intake::Flaw::Empty) {
            errors.add("why", t.say(words_key(flaw)));
        }
    }
    let should_say = typed.as_ref().map(|typed| typed.should_say.to_owned()).unwrap_or_default();
    let why = typed.as_ref().map(|typed| typed.why.to_owned()).unwrap_or_default();
    let area = |name: &str, key: &str, value: String| {
        let mut area = Textarea::of(name, Label::from(t.say(key)));
        area.rows = Some(3);
        area.value = value;
        area.error_message = errors.of(name);
        html(&area)
    };
    let base = format!("/requests/{}/answer", open.case());
    let name: String = form_urlencoded::byte_serialize(field.as_bytes()).collect();
    let action = format!("{base}/wrong/{number}/{at}?field={name}");
    let heading = t.with("wrong-title", &[("label", &found.label)]);
    let list = SummaryList::new().row(t.say("wrong-says"), says(t, &found.says));
    let pieces = [
        area("should-say", "wrong-should-say", should_say),
        area("why", "wrong-why", why),
        send(t.say("wrong-button")),
    ];
    let body = [
        title(&heading),
        para(&record.label),
        html(&list),
        Form::to(&shell, &action, pieces).html(),
        para(t.say("wrong-next")),
    ];
    let back = format!("{base}/part/{number}?from={}", acts::answer_page_of(at));
    Leaf::of(body).back(back).wrong(&errors).show(shell, heading)
}

fn words_key(flaw: intake::Flaw) -> &'static str {
    match flaw {
        intake::Flaw::Empty => "words-missing",
        intake::Flaw::Form => "words-form",
        intake::Flaw::Long => "words-long",
    }
}

async fn wrong(
    desk: SharedDesk,
    request: HttpRequest,
    path: web::Path<(String, usize, u64)>,
    query: web::Query<Wrong>,
) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk);
    let open = open_or_ask!(desk, request, shell);
    wrong_page(&desk, shell, open, (path.1, path.2), &query.field, None).await
}

async fn wrong_it(
    desk: SharedDesk,
    request: HttpRequest,
    path: web::Path<(String, usize, u64)>,
    query: web::Query<Wrong>,
    Then(Caller(client), form): Then<Caller, Posted>,
) -> Result<HttpResponse, Problem> {
    let shell = Shell::of(&request, &desk);
    let open = open_or_ask!(desk, request, shell);
    let (should_say, why) = (form.0.text("should-say").to_owned(), form.0.text("why").to_owned());
    let kept = intake::prose(&why, MOST_WORDS);
    let (Ok(new), true) = (intake::prose(&should_say, MOST_WORDS), matches!(kept, Ok(_) | Err(intake::Flaw::Empty)))
    else {
        let typed = Typed { should_say: &should_say, why: &why };
        return wrong_page(&desk, shell, open, (path.1, path.2), &query.field, Some(typed)).await;
    };
    let correction = NewCorrection {
        place: Place::At { part: path.1, number: path.2 },
        field: query.field.clone(),
        should_say: new,
        why: kept.ok(),
    };
    act(&desk, move |desk| acts::ask_correction(desk, open, &correction, &client)).await?;
    Ok(go(&format!("/requests/{}/answer?done=correction", open.case())))
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/requests/{id}/answer").route(web::get().to(front)))
        .service(web::resource("/requests/{id}/answer/part/{part}").route(web::get().to(part)))
        .service(
            web::resource("/requests/{id}/answer/search")
                .route(web::get().to(search_again))
                .route(web::post().to(search)),
        )
        .service(web::resource("/requests/{id}/answer/download").route(web::get().to(download)))
        .service(
            web::resource("/requests/{id}/answer/wrong/{part}/{number}")
                .route(web::get().to(wrong))
                .route(web::post().to(wrong_it)),
        );
}
/// A file's size as people read it: whole kilobytes (at least one), from a megabyte on with one decimal.
fn in_words(bytes: i64) -> String {
    let bytes = bytes.max(0);
    if bytes < 1_048_576 {
        return format!("{} KB", (bytes / 1024).max(1));
    }
    let tenths = bytes.saturating_mul(10) / 1_048_576;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn sizes_are_said_as_people_read_them() {
        for (bytes, says) in [(0, "1 KB"), (40_000, "39 KB"), (1_048_576, "1.0 MB"), (5_400_000, "5.1 MB")] {
            assert_eq!(in_words(bytes), says);
        }
    }
}

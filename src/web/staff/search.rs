//! The search of a case: how far it has come, source by source, what was searched for, searching again, and the identifiers
//! that it goes on from.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::super::bridge::{SharedDesk, act};
use super::super::guard::{ReadCases, Then, WorkCases, case_id};
use super::super::pages::{Fields, Posted, Shell, page};
use super::super::problem::Problem;
use super::super::ui::{Content, Input, Select, SelectItem, SubNavigation, Tag, Textarea};
use super::case::{tabs, to_case};
use super::form::{Basis, FormPage, changed_since, faults};
use super::guard::Signed;
use super::words;
use crate::access::{Action, may};
use crate::acts::{self, By, CaseView, IdentifierView, NewAlias, SearchView, Staff};
use crate::case::{CaseId, Move, Stage, step};
use crate::subject::IdentifierKind;

/// A collection's line.
struct Line {
    source: String,
    collection: String,
    state: Tag,
    found: String,
    when: String,
}

/// An identifier's line.
struct Known {
    kind: String,
    value: String,
    standing: &'static str,
    told: Option<String>,
    step: Option<String>,
}

#[derive(Template)]
#[template(path = "staff/search.html")]
struct SearchPage<'a> {
    shell: &'a Shell,
    case: &'a CaseView,
    tabs: SubNavigation,
    running: bool,
    done: usize,
    lines: Vec<Line>,
    failed: usize,
    searches: Vec<SearchView>,
    known: Vec<Known>,
    basis: Basis,
    again: bool,
    changes: bool,
    told: Option<String>,
}

/// How far a collection has come, as a tag.
fn state(word: &str) -> Tag {
    match word {
        "waiting" => Tag::of("Waiting").colour("grey"),
        "searching" => Tag::of("Being searched").colour("blue"),
        "searched" => Tag::of("Searched").colour("green"),
        "failed" => Tag::of("Failed").colour("red"),
        _ => Tag::of("Nothing led there").colour("grey"),
    }
}

/// What is known of an identifier, in words.
fn standing(word: &str) -> &'static str {
    match word {
        "verified" => "Shown to be theirs",
        "confirmed" => "Confirmed by a caseworker",
        _ => "Given, and not checked",
    }
}

fn known(one: IdentifierView, names: &[acts::Colleague]) -> Known {
    let said = one.confirmed;
    Known {
        kind: words::identifier(&one.kind).to_owned(),
        value: one.value,
        standing: standing(one.standing),
        told: said.as_ref().map(|said| {
            let by = names.iter().find(|name| name.id == said.by).map_or("somebody", |name| name.display_name.as_str());
            let on = one.record.as_deref().map(|record| format!(" Found on {record}.")).unwrap_or_default();
            format!("By {by}, {}: {}{on}", words::moment(said.at), said.reason)
        }),
        step: said.map(|said| said.step),
    }
}

pub(super) async fn shown(
    desk: &SharedDesk,
    request: &HttpRequest,
    staff: Staff,
    id: CaseId,
    told: Option<String>,
) -> Result<HttpResponse, Problem> {
    let (file, progress, searches, identifiers, names) = act(desk, move |desk| {
        Ok((
            acts::case_file(desk, id)?,
            acts::gather_progress(desk, id)?,
            acts::search_log(desk, id, 0)?.0,
            acts::identifiers_list(desk, id)?,
            acts::colleagues(desk)?,
        ))
    })
    .await?;
    let case = &file.case;
    let shell = Shell::of(request, desk).titled(format!("Search of {}", case.reference)).desk_of(&staff, "/desk");
    let works = may(staff.role, Action::WorkCases);
    let lines: Vec<Line> = progress
        .iter()
        .map(|one| Line {
            source: one.source.clone(),
            collection: words::sentence(&one.collection),
            state: state(&one.state),
            found: one.found.to_string(),
            when: words::moment(one.changed_at),
        })
        .collect();
    let view = SearchPage {
        tabs: tabs(&case.id, "search", case.gather.is_some()),
        running: case.stage == Stage::Gathering,
        done: progress.iter().filter(|one| one.state != "waiting" && one.state != "searching").count(),
        failed: progress.iter().filter(|one| one.state == "failed").count(),
        lines,
        searches,
        known: identifiers.into_iter().map(|one| known(one, &names)).collect(),
        basis: Basis { version: case.version, seq: file.seq },
        again: works && step(case.stage, Move::Gather).is_ok(),
        changes: works && step(case.stage, Move::DecideRecord).is_ok(),
        told,
        shell: &shell,
        case,
    };
    page(&shell, StatusCode::OK, &view)
}

async fn show(
    desk: SharedDesk,
    request: HttpRequest,
    signed: Signed<ReadCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    shown(&desk, &request, signed.staff, id, None).await
}

/// Has the sources searched; after a search in which some failed, those alone.
async fn again(
    desk: SharedDesk,
    request: HttpRequest,
    id: web::Path<String>,
    Then(signed, form): Then<Signed<WorkCases>, Posted>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let basis = Basis::of(&form.0);
    let by = By::staff(&signed.staff.id, basis.version);
    match act(&desk, move |desk| acts::gather_start(desk, id, &by)).await {
        Ok(_) => Ok(to_case(id, "/search")),
        Err(problem) if problem.is_stale() => {
            let (changed, _) = changed_since(&desk, id, basis).await?;
            let told = format!("Nothing was begun: somebody else changed this case. {}", changed.join(" "));
            shown(&desk, &request, signed.staff, id, Some(told)).await
        }
        Err(problem) => Err(problem),
    }
}

/// The form that confirms an identifier, with what was sent.
fn alias_form(id: CaseId, sent: &Fields, basis: Basis) -> FormPage {
    let mut hidden = basis.hidden();
    hidden.push(("record", sent.text("record").to_owned()));
    let on = sent.text("record");
    let mut intro: Vec<Content> = vec![
        "Confirm only what you can show to be theirs: records that bear it go out as if the requester had shown it to be \
         theirs, and the sources are searched again from it. You can undo it afterwards."
            .into(),
    ];
    if !on.is_empty() {
        intro.push(format!("It stands on {on}.").into());
    }
    FormPage {
        title: "Confirm an identifier".to_owned(),
        back: format!("/desk/cases/{id}/search"),
        action: format!("/desk/cases/{id}/identifiers"),
        intro,
        hidden,
        ..FormPage::default()
    }
}

fn alias_fields(form: FormPage, sent: &Fields) -> FormPage {
    let wrong = form.errors.clone().unwrap_or_else(super::form::errors);
    let kinds = IdentifierKind::ALL.map(|kind| SelectItem::of(kind.as_str(), words::identifier(kind.as_str())));
    let fields: Vec<Content> = vec![
        Select::of("kind", "What is it?", kinds).value(sent.text("kind")).error(wrong.of("kind")).into(),
        Input::text("value", "The identifier, as it is written")
            .value(sent.text("value"))
            .error(wrong.of("value"))
            .into(),
        Textarea::of("reason", "How do you know that it is theirs?")
            .hint("For the case, not for the person")
            .rows(3_u32)
            .value(sent.text("reason"))
            .error(wrong.of("reason"))
            .into(),
    ];
    FormPage { fields, ..form }.send("Confirm it and search on")
}

/// The empty form, or that of what stands on a record.
pub(super) async fn ask(
    desk: &SharedDesk,
    request: &HttpRequest,
    staff: &Staff,
    id: CaseId,
    sent: &Fields,
) -> Result<HttpResponse, Problem> {
    let file = act(desk, move |desk| acts::case_file(desk, id)).await?;
    let basis = Basis { version: file.case.version, seq: file.seq };
    alias_fields(alias_form(id, sent, basis), sent).shown(desk, request, staff, "/desk")
}

async fn new(
    desk: SharedDesk,
    request: HttpRequest,
    signed: Signed<WorkCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    ask(&desk, &request, &signed.staff, id, &Fields::of(b"")).await
}

async fn confirm(
    desk: SharedDesk,
    request: HttpRequest,
    id: web::Path<String>,
    Then(signed, form): Then<Signed<WorkCases>, Posted>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let (sent, staff) = (form.0, signed.staff);
    let basis = Basis::of(&sent);
    let Ok(kind) = sent.text("kind").parse::<IdentifierKind>() else {
        return ask(&desk, &request, &staff, id, &sent).await;
    };
    let mut page = alias_form(id, &sent, basis);
    if sent.text("reason").is_empty() {
        let mut wrong = super::form::errors();
        wrong.add("reason", "Say how you know that it is theirs");
        page.errors = Some(wrong);
        return alias_fields(page, &sent).shown(&desk, &request, &staff, "/desk");
    }
    let new = NewAlias {
        kind,
        value: sent.text("value").to_owned(),
        record: Some(sent.text("record").to_owned()).filter(|record| !record.is_empty()),
        reason: sent.text("reason").to_owned(),
    };
    let by = By::staff(&staff.id, basis.version);
    match act(&desk, move |desk| acts::identifier_confirm(desk, id, &new, &by)).await {
        Ok(_) => Ok(to_case(id, "/search")),
        Err(problem) if problem.is_stale() => {
            let (changed, basis) = changed_since(&desk, id, basis).await?;
            let page = FormPage { changed, ..alias_form(id, &sent, basis) };
            alias_fields(page, &sent).shown(&desk, &request, &staff, "/desk")
        }
        Err(problem) => match faults(&problem, &|field| if field == "record" { "value" } else { field }.to_owned()) {
            Some(wrong) => {
                page.errors = Some(wrong);
                alias_fields(page, &sent).shown(&desk, &request, &staff, "/desk")
            }
            None => Err(problem),
        },
    }
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/desk/cases/{id}/search").route(web::get().to(show)).route(web::post().to(again)))
        .service(
            web::resource("/desk/cases/{id}/identifiers").route(web::get().to(new)).route(web::post().to(confirm)),
        );
}

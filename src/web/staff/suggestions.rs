//! Suggested redactions of a case by their words, and the warnings of what does not go together: answered for all places at
//! once.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::super::bridge::{SharedDesk, act};
use super::super::guard::{ReadCases, Then, WorkCases, case_id};
use super::super::pages::{Fields, Posted, Shell, page};
use super::super::problem::Problem;
use super::super::ui::{Errors, SubNavigation, Textarea};
use super::case::{tabs, to_case};
use super::form::{Basis, changed_since, errors};
use super::guard::Signed;
use super::records::record_address;
use super::words;
use crate::access::{Action, may};
use crate::acts::{self, Answer, By, CaseView, Ground, Staff, SuggestionFilter, SuggestionsView};
use crate::base::capitalised;
use crate::case::{CaseId, Move, step};
use crate::review::suggest::Kind;

struct Row {
    value: String,
    example: String,
    kind: String,
    why: String,
    note: Option<String>,
    places: String,
    first: String,
    sure: &'static str,
}

#[derive(Template)]
#[template(path = "staff/suggestions.html")]
struct SuggestionsPage<'a> {
    shell: &'a Shell,
    case: &'a CaseView,
    tabs: SubNavigation,
    view: SuggestionsView,
    rows: Vec<Row>,
    kinds: Vec<(String, String, bool)>,
    kind: &'static str,
    basis: Basis,
    changes: bool,
    told: Option<String>,
}

/// How sure a suggestion is, in a word.
fn sure(confidence: u8) -> &'static str {
    match confidence {
        90.. => "Very likely",
        60..=89 => "Likely",
        _ => "Possible",
    }
}

async fn suggestions(
    desk: &SharedDesk,
    request: &HttpRequest,
    staff: Staff,
    (id, kind): (CaseId, Option<Kind>),
    told: Option<String>,
) -> Result<HttpResponse, Problem> {
    let me = staff.id.clone();
    let (file, view) =
        act(desk, move |desk| Ok((acts::case_file(desk, id)?, acts::suggestions_list(desk, id, &me, kind)?))).await?;
    let case = &file.case;
    let shell = Shell::of(request, desk).titled(format!("Suggestions for {}", case.reference)).desk_of(&staff, "/desk");
    let rows = view
        .words
        .iter()
        .map(|one| Row {
            value: format!("{}|{}", one.kind, one.words),
            example: one.example.clone(),
            kind: words::sentence(one.kind.as_str()),
            why: capitalised(&one.why),
            note: one.note.clone(),
            places: match (one.places, one.records) {
                (1, _) => "1 place".to_owned(),
                (places, 1) => format!("{places} places in 1 record"),
                (places, records) => format!("{places} places in {records} records"),
            },
            first: record_address(&case.id, &one.first_record),
            sure: sure(one.confidence),
        })
        .collect();
    let address = format!("/desk/cases/{id}/suggestions");
    let kinds = [(address.clone(), "All".to_owned(), kind.is_none())]
        .into_iter()
        .chain(
            Kind::ALL
                .iter()
                .map(|one| (format!("{address}?kind={one}"), words::sentence(one.as_str()), Some(*one) == kind)),
        )
        .collect();
    let page_of = SuggestionsPage {
        tabs: tabs(&case.id, "suggestions", true),
        rows,
        kinds,
        kind: kind.map_or("", |kind| kind.as_str()),
        basis: Basis { version: case.version, seq: file.seq },
        changes: may(staff.role, Action::WorkCases) && step(case.stage, Move::DecideRecord).is_ok(),
        told,
        view,
        shell: &shell,
        case,
    };
    page(&shell, StatusCode::OK, &page_of)
}

async fn show(
    desk: SharedDesk,
    request: HttpRequest,
    signed: Signed<ReadCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let kind = Fields::of(request.query_string().as_bytes()).text("kind").parse().ok();
    suggestions(&desk, &request, signed.staff, (id, kind), None).await
}

async fn answer(
    desk: SharedDesk,
    request: HttpRequest,
    id: web::Path<String>,
    Then(signed, form): Then<Signed<WorkCases>, Posted>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let (sent, staff) = (form.0, signed.staff);
    let kind: Option<Kind> = sent.text("kind").parse().ok();
    let basis = Basis::of(&sent);
    let by = By::staff(&staff.id, basis.version);
    let (action, what) = sent.text("do").split_once(':').unwrap_or((sent.text("do"), ""));
    if action == "again" {
        act(&desk, move |desk| acts::suggest_again(desk, id, &by)).await?;
        return Ok(to_case(id, "/suggestions"));
    }
    let chosen: Vec<String> =
        if what.is_empty() { sent.all("words").map(str::to_owned).collect() } else { vec![what.to_owned()] };
    if chosen.is_empty() {
        let told = Some("Choose words first.".to_owned());
        return suggestions(&desk, &request, staff, (id, kind), told).await;
    }
    let given = if action == "accept" { Answer::Accept } else { Answer::Reject };
    let me = staff.id.clone();
    let done = act(&desk, move |desk| {
        let (mut by, mut places) = (by, 0);
        for one in &chosen {
            let (kind, words) = one.split_once('|').unwrap_or(("", one));
            let filter = SuggestionFilter {
                kind: kind.parse().ok(),
                words: Some(words.to_owned()),
                ..SuggestionFilter::default()
            };
            places += acts::suggestions_answer(desk, id, &filter, (given, &Ground::default()), (false, false), &by)?
                .suggestions;
            // Each answer is a step of its own, that can be undone; the next is made on the case as it is after it.
            by = By::staff(&me, acts::case_view(desk, id)?.version);
        }
        Ok(places)
    })
    .await;
    let told = match done {
        Ok(1) => "1 suggestion was answered. You can undo it on the page of records.".to_owned(),
        Ok(places) => format!("{places} suggestions were answered. You can undo each step on the page of records."),
        Err(problem) if problem.is_stale() => {
            let (changed, _) = changed_since(&desk, id, basis).await?;
            format!("Nothing was saved: somebody else changed this case. {}", changed.join(" "))
        }
        Err(problem) => return Err(problem),
    };
    suggestions(&desk, &request, staff, (id, kind), Some(told)).await
}

struct Warned {
    key: String,
    plain: String,
    words: Option<String>,
    records: Vec<(String, String)>,
    more: u64,
    answered: Option<String>,
}

#[derive(Template)]
#[template(path = "staff/warnings.html")]
struct WarningsPage<'a> {
    shell: &'a Shell,
    case: &'a CaseView,
    tabs: SubNavigation,
    warnings: Vec<Warned>,
    open: u64,
    reason: Textarea,
    summary: Option<super::super::ui::ErrorSummary>,
    basis: Basis,
    changes: bool,
    told: Option<String>,
}

async fn warned(
    desk: &SharedDesk,
    request: &HttpRequest,
    staff: Staff,
    id: CaseId,
    (reason, wrong, told): (String, Errors, Option<String>),
) -> Result<HttpResponse, Problem> {
    let me = staff.id.clone();
    let (file, view, names) = act(desk, move |desk| {
        Ok((acts::case_file(desk, id)?, acts::warnings_list(desk, id, &me)?, acts::colleagues(desk)?))
    })
    .await?;
    let case = &file.case;
    let shell = Shell::of(request, desk)
        .titled(format!("Warnings for {}", case.reference))
        .desk_of(&staff, "/desk")
        .wrong_if(!wrong.is_empty());
    let warnings = view
        .warnings
        .into_iter()
        .map(|one| Warned {
            more: one.count.saturating_sub(crate::base::u64_from(one.records.len())),
            records: one.records.into_iter().map(|record| (record_address(&case.id, &record), record)).collect(),
            answered: one.reason.map(|reason| {
                let by = one.answered_by.as_deref().and_then(|by| names.iter().find(|name| name.id == by));
                format!("{}: {reason}", by.map_or("Answered", |by| by.display_name.as_str()))
            }),
            plain: capitalised(&one.plain),
            key: one.warning,
            words: one.words,
        })
        .collect();
    let page_of = WarningsPage {
        tabs: tabs(&case.id, "warnings", true),
        warnings,
        open: view.open,
        reason: Textarea::of("reason", "Why may the answer go out all the same?")
            .rows(2_u32)
            .value(reason)
            .error(wrong.of("reason")),
        summary: wrong.summary(),
        basis: Basis { version: case.version, seq: file.seq },
        changes: may(staff.role, Action::WorkCases) && step(case.stage, Move::DecideRecord).is_ok(),
        told,
        shell: &shell,
        case,
    };
    let status = if page_of.summary.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page(&shell, status, &page_of)
}

async fn warnings(
    desk: SharedDesk,
    request: HttpRequest,
    signed: Signed<ReadCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    warned(&desk, &request, signed.staff, id, (String::new(), errors(), None)).await
}

async fn warnings_answer(
    desk: SharedDesk,
    request: HttpRequest,
    id: web::Path<String>,
    Then(signed, form): Then<Signed<WorkCases>, Posted>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let (sent, staff) = (form.0, signed.staff);
    let (reason, basis) = (sent.text("reason").to_owned(), Basis::of(&sent));
    let keys: Vec<String> = sent.all("warning").map(str::to_owned).collect();
    let mut wrong = errors();
    if keys.is_empty() {
        wrong.add("reason", "Choose the warnings that you answer");
    } else if reason.is_empty() {
        wrong.add("reason", "Say why the answer may go out all the same");
    } else if reason.chars().count() > 4_000 {
        wrong.add("reason", "Write at most 4,000 characters");
    }
    if !wrong.is_empty() {
        return warned(&desk, &request, staff, id, (reason, wrong, None)).await;
    }
    let (by, why) = (By::staff(&staff.id, basis.version), reason.clone());
    match act(&desk, move |desk| acts::warnings_answer(desk, id, &keys, &why, &by)).await {
        Ok(()) => Ok(to_case(id, "/warnings")),
        Err(problem) if problem.is_stale() => {
            let (changed, _) = changed_since(&desk, id, basis).await?;
            let told = format!("Nothing was saved: somebody else changed this case. {}", changed.join(" "));
            warned(&desk, &request, staff, id, (reason, errors(), Some(told))).await
        }
        Err(problem) if !problem.errors.is_empty() => {
            let mut wrong = errors();
            wrong.add("reason", problem.errors.first().map(|fault| capitalised(&fault.problem)).unwrap_or_default());
            warned(&desk, &request, staff, id, (reason, wrong, None)).await
        }
        Err(problem) => Err(problem),
    }
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/desk/cases/{id}/suggestions").route(web::get().to(show)).route(web::post().to(answer)))
        .service(
            web::resource("/desk/cases/{id}/warnings")
                .route(web::get().to(warnings))
                .route(web::post().to(warnings_answer)),
        );
}

//! The case page: the clock with its working, what is to be done next, people, messages, notes, tasks, other cases of the
//! same person, and every move with why not where it cannot be taken.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::super::bridge::{SharedDesk, act};
use super::super::guard::{ReadCases, Then, WorkCases, case_id};
use super::super::pages::{Posted, Shell, page};
use super::super::problem::Problem;
use super::super::ui::{
    Content, DateInput, Errors, NavigationItem, Select, SelectItem, SubNavigation, Tag, Textarea, Timeline,
    TimelineItem,
};
use super::form::{date, date_names, errors, typed};
use super::guard::Signed;
use super::words;
use crate::access::{Action, may};
use crate::acts::{self, ActError, CaseFile, LINKS, Staff};
use crate::base::capitalised;
use crate::case::{CaseId, Move, Stage};

/// The pages of one case.
pub(super) fn tabs(id: &str, at: &str, gathered: bool) -> SubNavigation {
    const PARTS: [(&str, &str, bool); 8] = [
        ("", "Overview", false),
        ("search", "Search", false),
        ("matches", "Matches", true),
        ("records", "Records", true),
        ("suggestions", "Suggestions", true),
        ("warnings", "Warnings", true),
        ("answer", "Answer", true),
        ("history", "History", false),
    ];
    let shown = PARTS.iter().filter(|(_, _, needs)| gathered || !needs).map(|(part, text, _)| {
        let href = if part.is_empty() { format!("/desk/cases/{id}") } else { format!("/desk/cases/{id}/{part}") };
        NavigationItem::to(href, *text).active(*part == at)
    });
    SubNavigation::of("Parts of the case", shown)
}

/// A move as the page offers it.
struct Offered {
    href: String,
    text: &'static str,
    main: bool,
}

/// A move that cannot be taken now.
struct NotNow {
    text: &'static str,
    why: String,
}

struct Other {
    id: String,
    reference: String,
    about: String,
    said: Option<(String, &'static str)>,
}

struct Task {
    id: String,
    text: String,
    about: String,
    done: Option<String>,
}

struct WorkingStep {
    date: String,
    plain: String,
    rule: &'static str,
}

#[derive(Template)]
#[template(path = "staff/case.html")]
struct CasePage<'a> {
    shell: &'a Shell,
    file: &'a CaseFile,
    tabs: SubNavigation,
    stage: Tag,
    light: Tag,
    right: &'a str,
    waits_for: &'static str,
    dates: Vec<(&'static str, String)>,
    working: Vec<WorkingStep>,
    people: Vec<(String, String)>,
    details: Option<Content>,
    scope: Option<String>,
    offered: Vec<Offered>,
    not_now: Vec<NotNow>,
    others: Vec<Other>,
    link_choice: Select,
    tasks: Vec<Task>,
    notes: Vec<(String, Content)>,
    recent: Vec<(String, String)>,
    note: Textarea,
    task: Textarea,
    task_due: DateInput,
    summary: Option<super::super::ui::ErrorSummary>,
    works: bool,
    mine: bool,
    bundle: Option<String>,
    found: Option<String>,
}

/// The move that carries a case on from where it stands.
fn main_move(stage: Stage, built: bool) -> Option<Move> {
    match stage {
        Stage::AwaitingVerification => Some(Move::Verify),
        Stage::Verified => Some(Move::Gather),
        Stage::AwaitingClarification => Some(Move::RecordClarification),
        Stage::Approved if built => Some(Move::Release),
        Stage::Released | Stage::Refused | Stage::Withdrawn => Some(Move::Close),
        Stage::Lapsed => Some(Move::Reopen),
        Stage::Gathering | Stage::Review | Stage::AwaitingApproval | Stage::Approved | Stage::Closed => None,
    }
}

fn offered(file: &CaseFile, staff: &Staff) -> (Vec<Offered>, Vec<NotNow>) {
    let main = main_move(file.case.stage, file.bundle.is_some());
    let (mut can, mut cannot) = (Vec::new(), Vec::new());
    for now in &file.moves {
        let text = words::action(now.action);
        let needs = if now.action == Move::Approve { Action::Approve } else { Action::WorkCases };
        match &now.why_not {
            Some(why) => cannot.push(NotNow { text, why: capitalised(why) }),
            None if !may(staff.role, needs) => {
                let why =
                    if needs == Action::Approve { "Only an approver can do this" } else { "Your role only reads" };
                cannot.push(NotNow { text, why: why.to_owned() });
            }
            None => can.push(Offered {
                href: format!("/desk/cases/{}/moves/{}", file.case.id, now.action),
                text,
                main: Some(now.action) == main,
            }),
        }
    }
    let erases = matches!(file.case.right.as_str(), "erasure" | "objection") && file.case.gather.is_some();
    if erases {
        can.push(Offered {
            href: format!("/desk/cases/{}/erasure", file.case.id),
            text: "See what is erased and what stays",
            main: file.case.stage == Stage::Review && file.case.right == "erasure",
        });
    }
    can.sort_by_key(|offered| !offered.main);
    (can, cannot)
}

fn dates(file: &CaseFile) -> Vec<(&'static str, String)> {
    let case = &file.case;
    let mut dates = vec![("Received", words::day(case.received_on))];
    let mut add = |says, date: Option<chrono::NaiveDate>| dates.extend(date.map(|date| (says, words::day(date))));
    add("Answer due", case.due_on);
    add("Our own target", case.target_on);
    add("Last lawful day", case.statutory_latest.filter(|last| Some(*last) != case.due_on));
    add("Last day for a notice of extension", case.extension_notice_by);
    add("Due date that was missed", case.missed_on);
    if case.due_on.is_none() {
        let why = match case.clock.as_str() {
            "not_started" => "The clock has not started",
            "paused" => "The clock is paused",
            "no_statutory_deadline" => "There is no statutory date",
            _ => "Not computed yet",
        };
        dates.push(("Answer due", why.to_owned()));
    }
    dates
}

fn people(file: &CaseFile) -> Vec<(String, String)> {
    let case = &file.case;
    let mut people = vec![("Whose data".to_owned(), case.subject_name.clone())];
    if let Some(born) = file.date_of_birth {
        people.push(("Date of birth".to_owned(), words::day(born)));
    }
    for own in &case.identifiers {
        let shown = if own.verified { "shown to be theirs" } else { "only claimed" };
        people.push((words::identifier(&own.kind).to_owned(), format!("{} ({shown})", own.value)));
    }
    people.push(("Who asks".to_owned(), words::relationship(&case.relationship).to_owned()));
    if case.relationship != "self" {
        people.push(("Their name".to_owned(), case.requester_name.clone()));
    }
    let reached = if file.requester_email.is_empty() {
        "No email address: write, ring or speak to them".to_owned()
    } else {
        file.requester_email.clone()
    };
    people.push(("Reached at".to_owned(), reached));
    people.push(("How it came".to_owned(), words::channel(&case.channel).to_owned()));
    people
}

fn scope(file: &CaseFile) -> Option<String> {
    let scope = file.case.scope.as_ref()?;
    let mut said = Vec::new();
    if !scope.collections.is_empty() {
        said.push(format!("Only: {}", scope.collections.join(", ")));
    }
    said.extend(scope.from.map(|from| format!("From {}", words::day(from))));
    said.extend(scope.to.map(|to| format!("To {}", words::day(to))));
    said.extend(scope.words.clone());
    (!said.is_empty()).then(|| said.join(". "))
}

/// What stands in the page's small forms when they come back, and what is wrong with them.
#[derive(Default)]
struct Back {
    note: String,
    task: String,
    due: [String; 3],
    errors: Option<Errors>,
}

async fn shown(
    desk: &SharedDesk,
    request: &HttpRequest,
    staff: Staff,
    id: CaseId,
    back: Back,
) -> Result<HttpResponse, Problem> {
    let file = act(desk, move |desk| acts::case_file(desk, id)).await?;
    let wrong = back.errors.unwrap_or_else(errors);
    let title = format!("{} {}", file.case.reference, file.case.subject_name);
    let shell = Shell::of(request, desk).titled(title).desk_of(&staff, "/desk").wrong_if(!wrong.is_empty());
    let (offered, not_now) = offered(&file, &staff);
    let [due_day, due_month, due_year] = &back.due;
    let working = file
        .case
        .working
        .iter()
        .map(|step| WorkingStep {
            date: step.date.map(words::day).unwrap_or_default(),
            plain: step.plain.clone(),
            rule: step.rule,
        })
        .collect();
    let others = file
        .others
        .iter()
        .map(|other| Other {
            about: format!(
                "{}. {}, received {}. {}.",
                other.subject_name,
                words::right(&other.right),
                words::day(other.received_on),
                words::stage(other.stage)
            ),
            said: other.link.as_ref().map(|(link, why)| {
                let says = LINKS.iter().find(|(word, _)| word == why).map_or("Linked", |(_, says)| *says);
                (link.clone(), says)
            }),
            id: other.id.clone(),
            reference: other.reference.clone(),
        })
        .collect();
    let tasks = file
        .tasks
        .iter()
        .map(|task| Task {
            about: match task.due_on {
                Some(due) => format!("By {}. Written down by {}.", words::day(due), task.by),
                None => format!("Written down by {}.", task.by),
            },
            done: task.done.as_ref().map(|(by, at)| format!("Done by {by} on {}", words::moment(*at))),
            id: task.id.clone(),
            text: task.text.clone(),
        })
        .collect();
    let view = CasePage {
        tabs: tabs(&file.case.id, "", file.case.gather.is_some()),
        stage: words::stage_tag(file.case.stage),
        light: words::light_tag(file.light, file.days),
        right: words::right(&file.case.right),
        waits_for: words::waits_for(file.waits_for),
        dates: dates(&file),
        working,
        people: people(&file),
        details: file.case.details.as_deref().map(words::lines),
        scope: scope(&file),
        offered,
        not_now,
        others,
        link_choice: Select::of("why", "What is it?", LINKS.iter().map(|(word, says)| SelectItem::of(*word, *says))),
        tasks,
        notes: file
            .notes
            .iter()
            .map(|note| (format!("{}, {}", note.by, words::moment(note.at)), words::lines(&note.text)))
            .collect(),
        recent: file
            .history
            .iter()
            .filter(|entry| entry.event.kind() != "records_read")
            .take(6)
            .map(|entry| (words::happened(entry).0, format!("{}, {}", words::moment(entry.at), entry.by)))
            .collect(),
        note: Textarea::of("note", "Write a note")
            .hint("Colleagues see it. The person may ask for it, as for anything we hold about them.")
            .rows(3_u32)
            .value(back.note)
            .error(wrong.of("note")),
        task: Textarea::of("task", "Write down something to do").rows(2_u32).value(back.task).error(wrong.of("task")),
        task_due: DateInput::of("task-due", "By when (optional)", ["Day", "Month", "Year"])
            .values([due_day, due_month, due_year])
            .errors(&wrong),
        summary: wrong.summary(),
        works: may(staff.role, Action::WorkCases),
        mine: file.assignee.as_deref() == Some(staff.display_name.as_str()),
        bundle: file.bundle.as_ref().map(|bundle| {
            let fetched = match (bundle.expires_at, bundle.downloads) {
                (None, _) => "Not released yet.".to_owned(),
                (Some(until), 0) => format!("Not fetched yet. It can be until {}.", words::moment(until)),
                (Some(until), n) => format!("Fetched {n} times. It can be until {}.", words::moment(until)),
            };
            format!("Built {}, {} KB. {fetched}", words::moment(bundle.built_at), (bundle.size_bytes + 1_023) / 1_024)
        }),
        found: file.case.gather.as_ref().map(|gather| {
            let failed = if gather.failed > 0 {
                format!(" {} collections could not be searched.", gather.failed)
            } else {
                String::new()
            };
            format!(
                "{} records found, {} of them held back. {}.{failed}",
                gather.found,
                gather.held,
                words::moment(gather.finished_at)
            )
        }),
        shell: &shell,
        file: &file,
    };
    let status = if view.summary.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page(&shell, status, &view)
}

async fn show(
    desk: SharedDesk,
    request: HttpRequest,
    signed: Signed<ReadCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    shown(&desk, &request, signed.staff, id, Back::default()).await
}

#[derive(Template)]
#[template(path = "staff/history.html")]
struct HistoryPage<'a> {
    shell: &'a Shell,
    reference: &'a str,
    subject_name: &'a str,
    tabs: SubNavigation,
    timeline: Timeline,
    facts: Vec<(String, String, String, bool)>,
}

async fn history(
    desk: SharedDesk,
    request: HttpRequest,
    signed: Signed<ReadCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let (file, facts) = act(&desk, move |desk| Ok((acts::case_file(desk, id)?, acts::facts_list(desk, id)?))).await?;
    let shell = Shell::of(&request, &desk)
        .titled(format!("History of {}", file.case.reference))
        .desk_of(&signed.staff, "/desk");
    let timeline = Timeline::of(file.history.iter().map(|entry| {
        let (title, more) = words::happened(entry);
        TimelineItem::of(title, entry.at.to_string(), words::moment(entry.at)).content(more).byline(entry.by.as_str())
    }))
    .heading_level(3_u8);
    let facts = facts
        .into_iter()
        .map(|fact| {
            (words::sentence(&fact.kind), words::day(fact.happened_on), fact.note.unwrap_or_default(), fact.stands)
        })
        .collect();
    let view = HistoryPage {
        shell: &shell,
        reference: &file.case.reference,
        subject_name: &file.case.subject_name,
        tabs: tabs(&file.case.id, "history", file.case.gather.is_some()),
        timeline,
        facts,
    };
    page(&shell, StatusCode::OK, &view)
}

pub(super) fn to_case(id: CaseId, part: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, format!("/desk/cases/{id}{part}"))).finish()
}

/// A fault of a small form of the page goes back to the page; another is a page of its own.
fn wrong(problem: Problem, field: &str) -> Result<Errors, Problem> {
    if problem.errors.is_empty() {
        return Err(problem);
    }
    let mut all = errors();
    for fault in &problem.errors {
        all.add(field, capitalised(&fault.problem));
    }
    Ok(all)
}

async fn note(
    desk: SharedDesk,
    request: HttpRequest,
    id: web::Path<String>,
    Then(signed, form): Then<Signed<WorkCases>, Posted>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let (text, me) = (form.0.text("note").to_owned(), signed.staff.id.clone());
    let kept = text.clone();
    match act(&desk, move |desk| acts::note_add(desk, id, &text, &me)).await {
        Ok(()) => Ok(to_case(id, "#notes")),
        Err(problem) => {
            let back = Back { note: kept, errors: Some(wrong(problem, "note")?), ..Back::default() };
            shown(&desk, &request, signed.staff, id, back).await
        }
    }
}

async fn task(
    desk: SharedDesk,
    request: HttpRequest,
    id: web::Path<String>,
    Then(signed, form): Then<Signed<WorkCases>, Posted>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let me = signed.staff.id.clone();
    let done = form.0.text("done").to_owned();
    if !done.is_empty() {
        act(&desk, move |desk| acts::task_tick(desk, id, &done, &me)).await?;
        return Ok(to_case(id, "#tasks"));
    }
    let text = form.0.text("task").to_owned();
    let names = date_names("task-due");
    let due_typed = typed(&form.0, &names).map(str::to_owned);
    let failed = match date(&form.0, "task-due") {
        Err((parts, why)) => {
            let mut all = errors();
            all.add_date("task-due", &parts, why);
            all
        }
        Ok(due) => {
            let words = text.clone();
            match act(&desk, move |desk| acts::task_add(desk, id, &words, due, &me)).await {
                Ok(()) => return Ok(to_case(id, "#tasks")),
                Err(problem) => wrong(problem, "task")?,
            }
        }
    };
    let back = Back { task: text, due: due_typed, errors: Some(failed), ..Back::default() };
    shown(&desk, &request, signed.staff, id, back).await
}

async fn link(
    desk: SharedDesk,
    id: web::Path<String>,
    Then(signed, form): Then<Signed<WorkCases>, Posted>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let me = signed.staff.id.clone();
    let end = form.0.text("end").to_owned();
    if !end.is_empty() {
        act(&desk, move |desk| acts::cases_unlink(desk, id, &end, &me)).await?;
        return Ok(to_case(id, "#others"));
    }
    let other: CaseId = form.0.text("other").parse().map_err(|_| Problem::from(ActError::Missing("case")))?;
    let why = form.0.text("why").to_owned();
    act(&desk, move |desk| acts::cases_link(desk, id, other, &why, &me)).await?;
    Ok(to_case(id, "#others"))
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/desk/cases/{id}").route(web::get().to(show)))
        .service(web::resource("/desk/cases/{id}/history").route(web::get().to(history)))
        .service(web::resource("/desk/cases/{id}/notes").route(web::post().to(note)))
        .service(web::resource("/desk/cases/{id}/tasks").route(web::post().to(task)))
        .service(web::resource("/desk/cases/{id}/links").route(web::post().to(link)));
}

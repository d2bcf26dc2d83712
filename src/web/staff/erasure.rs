//! What is erased on a case and what stays: the plan, its signature, what became of it, and what a search since still finds.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::super::bridge::{SharedDesk, act};
use super::super::guard::{Approve, ReadCases, Then, WorkCases, case_id};
use super::super::pages::{Fields, Posted, Shell, page};
use super::super::problem::Problem;
use super::super::ui::{Cell, Content, Errors, SubNavigation, Table, Tag, Textarea};
use super::case::{tabs, to_case};
use super::form::{Basis, changed_since, errors};
use super::guard::Signed;
use super::words;
use crate::access::{Action, may};
use crate::acts::{self, ActError, By, CaseFile, CasePart, Colleague, ErasureDetail, ErasureView, Staff};
use crate::base::{char_count, is_blank};
use crate::case::{CaseId, Stage};
use crate::erase::{ErasureId, ErasureState};

/// Characters of what is written here.
const MOST: usize = 4_000;

struct Plan {
    erasure: String,
    tag: Tag,
    about: String,
    problem: Option<Content>,
    tried: Option<Content>,
    is_new: bool,
    collections: Table,
    ways: Option<Table>,
    items: Vec<String>,
    more: u64,
    runs: Vec<String>,
    remaining: Option<Vec<String>>,
}

#[derive(Template)]
#[template(path = "staff/erasure.html")]
struct ErasurePage<'a> {
    shell: &'a Shell,
    id: CaseId,
    reference: &'a str,
    subject_name: &'a str,
    tabs: SubNavigation,
    next: &'static str,
    why_not: Option<String>,
    can_plan: bool,
    can_sign: bool,
    can_end: bool,
    waits: bool,
    plan: Option<Plan>,
    earlier: Vec<String>,
    reason: Textarea,
    proof: Textarea,
    returning: bool,
    hidden: Vec<(&'static str, String)>,
    changed: Vec<String>,
    summary: Option<super::super::ui::ErrorSummary>,
}

fn state_tag(state: ErasureState) -> Tag {
    let (says, colour) = match state {
        ErasureState::Planned => ("Waits for a signature", "purple"),
        ErasureState::Returned => ("Returned", "yellow"),
        ErasureState::Signed => ("Being carried out", "blue"),
        ErasureState::Done => ("Done", "green"),
        ErasureState::WithOwner => ("A part is for who looks after the source", "yellow"),
        ErasureState::Changed => ("Changed: plan again", "red"),
        ErasureState::Blocked => ("A source refused", "red"),
        ErasureState::Replaced => ("Replaced", "grey"),
    };
    Tag::of(says).colour(colour)
}

fn next(file: &CaseFile, newest: Option<&ErasureView>) -> &'static str {
    let Some(newest) = newest else {
        return match file.case.stage {
            Stage::Review => "Plan what goes and what stays. Nothing is erased by a plan.",
            Stage::AwaitingVerification
            | Stage::Verified
            | Stage::AwaitingClarification
            | Stage::Gathering
            | Stage::AwaitingApproval
            | Stage::Approved
            | Stage::Released
            | Stage::Refused
            | Stage::Withdrawn
            | Stage::Closed
            | Stage::Lapsed => "An erasure is planned while the case is in review: search the sources first.",
        };
    };
    match newest.state {
        ErasureState::Planned if newest.tried.is_some() => {
            "Have what stands in the way put right at the source, then make a new plan."
        }
        ErasureState::Planned => "A second person looks at the plan, and signs or returns it.",
        ErasureState::Returned => "Look at why it was returned, decide about the records, and make a new plan.",
        ErasureState::Signed => "It is being carried out.",
        ErasureState::Done => "Look at what a search still finds, then answer the request.",
        ErasureState::WithOwner => {
            "Ask who looks after the source to erase the rest. Search again when they have, and write down how they showed it."
        }
        ErasureState::Changed => {
            "The records are not what was planned for any more. Search again, and make a new plan."
        }
        ErasureState::Blocked => {
            "Have what stands in the way put right at the source, search again, and make a new plan."
        }
        ErasureState::Replaced => "Make a new plan.",
    }
}

fn what(word: &str) -> &'static str {
    match word {
        "delete" => "Deleted",
        "anonymise" => "Stays without saying whose it is",
        _ => "Stays as it is",
    }
}

fn way(word: &str) -> &'static str {
    match word {
        "null" => "Emptied",
        "fixed" => "The same words in every record",
        "hash" => "A code that cannot be turned back without the key",
        "generalise" => "Made less exact",
        _ => "Stays",
    }
}

fn plan(detail: &ErasureDetail, named: &dyn Fn(&str) -> String) -> Plan {
    let view = &detail.erasure;
    let mut about = format!("Planned by {}, {}.", named(&view.made_by), words::moment(view.made_at));
    if let (Some(by), Some(at)) = (&view.signed_by, view.signed_at) {
        about.push_str(&format!(" Signed by {}, {}.", named(by), words::moment(at)));
    }
    if let Some(at) = view.ended_at {
        about.push_str(&format!(" Carried out {}.", words::moment(at)));
    }
    if let Some(proof) = &view.proof {
        about.push_str(&format!(" Shown by: {proof}"));
    }
    let rows = detail.collections.iter().map(|one| {
        let why = one.by_owner.as_ref().map(|why| format!("By who looks after the source: {why}"));
        vec![
            Cell::from(one.collection_label.clone()),
            Cell::from(what(&one.what)),
            Cell::number(one.records.to_string()),
            Cell::from(crate::base::capitalised(&one.reason.clone().or(why).unwrap_or_default())),
        ]
    });
    let collections =
        Table::of("What goes and what stays", ["Records", "What becomes of them", "How many", "Why"]).rows(rows);
    let ways = (!detail.ways.is_empty()).then(|| {
        let rows = detail.ways.iter().map(|one| {
            vec![
                Cell::from(one.collection_label.clone()),
                Cell::from(one.field_label.clone()),
                Cell::from(way(&one.way)),
            ]
        });
        Table::of("Fields", ["Records", "Field", "What becomes of it"]).rows(rows)
    });
    let runs = detail
        .runs
        .iter()
        .map(|run| {
            let became = match run.outcome.as_deref() {
                Some("made") => format!("{} records erased, {} had nothing left to erase", run.done, run.already),
                Some("stands") => "all of it had been done already".to_owned(),
                Some("differs") => "nothing was done: a record is another than was planned for".to_owned(),
                Some(_) => "nothing was done: the source refused".to_owned(),
                None => "begun; what became of it is read from the source next".to_owned(),
            };
            format!("{}: {became}", run.dataset)
        })
        .collect();
    let remaining = detail.remaining.as_ref().map(|all| {
        all.iter()
            .map(|one| {
                let why = one.reason.as_deref().unwrap_or("should have gone, or came since: plan again");
                format!("{}: {} records. {}", one.collection_label, one.records, crate::base::capitalised(why))
            })
            .collect()
    });
    Plan {
        erasure: view.erasure.clone(),
        tag: state_tag(view.state),
        about,
        problem: view.problem.as_deref().map(words::lines),
        tried: view.tried.as_deref().map(words::lines),
        is_new: view.state == ErasureState::Planned,
        collections,
        ways,
        items: detail
            .items
            .iter()
            .map(|item| format!("{}: {}", item.record, what(&item.what).to_lowercase()))
            .collect(),
        more: detail.more_items,
        runs,
        remaining,
    }
}

/// What stands in the page's small forms when they come back.
#[derive(Default)]
struct Back {
    reason: String,
    proof: String,
    errors: Option<Errors>,
    why_not: Option<String>,
    changed: Vec<String>,
    returning: bool,
}

async fn shown(
    desk: &SharedDesk,
    request: &HttpRequest,
    staff: &Staff,
    id: CaseId,
    back: Back,
) -> Result<HttpResponse, Problem> {
    let reader = staff.clone();
    let (file, all, detail, people) = act(desk, move |desk| {
        acts::reading(desk, id, CasePart::Erasures, &reader)?;
        let all = acts::erasures_list(desk, id)?;
        let newest = all.last().and_then(|one| one.erasure.parse::<ErasureId>().ok());
        let detail = newest.map(|newest| acts::erasure_detail(desk, id, newest)).transpose()?;
        Ok((acts::case_file(desk, id)?, all, detail, acts::colleagues(desk)?))
    })
    .await?;
    let named = |id: &str| {
        let found = people.iter().find(|one: &&Colleague| one.id == id);
        found.map_or_else(|| "a colleague who has left".to_owned(), |one| one.display_name.clone())
    };
    let wrong = back.errors.unwrap_or_else(errors);
    let case = &file.case;
    let newest = all.last();
    let state = newest.map(|one| one.state);
    let in_review = case.stage == Stage::Review;
    let mine = newest.is_some_and(|one| one.made_by == staff.id);
    let signs = state == Some(ErasureState::Planned) && in_review && newest.is_some_and(|one| one.tried.is_none());
    let approver = may(staff.role, Action::Approve);
    let why_not = back.why_not.or_else(|| {
        let why =
            if mine { "You planned this yourself: a second person must sign it." } else { "An approver signs it." };
        (signs && (mine || !approver)).then(|| why.to_owned())
    });
    let shell = Shell::of(request, desk)
        .titled(format!("What is erased: {}", case.reference))
        .desk_of(staff, "/desk")
        .wrong_if(!wrong.is_empty());
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view = ErasurePage {
        shell: &shell,
        id,
        reference: &case.reference,
        subject_name: &case.subject_name,
        tabs: tabs(&case.id, "erasure", case.gather.is_some()),
        next: next(&file, newest),
        why_not,
        can_plan: in_review && state != Some(ErasureState::Signed) && may(staff.role, Action::WorkCases),
        can_sign: signs && approver && !mine,
        can_end: state == Some(ErasureState::WithOwner) && may(staff.role, Action::WorkCases),
        waits: state == Some(ErasureState::Signed) || case.stage == Stage::Gathering,
        plan: detail.as_ref().map(|detail| plan(detail, &named)),
        earlier: all
            .iter()
            .rev()
            .skip(1)
            .map(|one| {
                let counts = format!("{} deleted, {} without a name, {} stay", one.deletes, one.anonymises, one.stays);
                let state = words::sentence(one.state.as_str());
                format!("{}: {state}. {counts}. Planned by {}.", words::moment(one.made_at), named(&one.made_by))
            })
            .collect(),
        reason: Textarea::of("reason", "Why is it returned?").rows(3_u32).value(back.reason).error(wrong.of("reason")),
        proof: Textarea::of("proof", "How did they show it?")
            .hint(
                "A ticket, a confirmation, who said so and when. A search since must not find these records any more.",
            )
            .rows(3_u32)
            .value(back.proof)
            .error(wrong.of("proof")),
        returning: back.returning,
        hidden: Basis { version: case.version, seq: file.seq }.hidden(),
        changed: back.changed,
        summary: wrong.summary(),
    };
    page(&shell, status, &view)
}

async fn show(
    desk: SharedDesk,
    request: HttpRequest,
    signed: Signed<ReadCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    shown(&desk, &request, &signed.staff, id, Back::default()).await
}

/// What was typed into `name`, or what is wrong with it.
fn typed(sent: &Fields, name: &str) -> Result<String, Errors> {
    let text = sent.text(name).trim().to_owned();
    let mut wrong = errors();
    if is_blank(&text) {
        wrong.add(name, "Write something here");
    } else if char_count(&text) > MOST {
        wrong.add(name, "Write at most 4,000 characters");
    }
    if wrong.is_empty() { Ok(text) } else { Err(wrong) }
}

fn erasure_of(sent: &Fields) -> Result<ErasureId, Problem> {
    sent.text("erasure").parse().map_err(|_| ActError::Missing("erasure of this case").into())
}

/// The page again if it was done, or with why not.
async fn after(
    desk: &SharedDesk,
    request: &HttpRequest,
    staff: &Staff,
    id: CaseId,
    basis: Basis,
    done: Result<(), Problem>,
) -> Result<HttpResponse, Problem> {
    match done {
        Ok(()) => Ok(to_case(id, "/erasure")),
        Err(problem) if problem.is_stale() => {
            let (changed, _) = changed_since(desk, id, basis).await?;
            shown(desk, request, staff, id, Back { changed, ..Back::default() }).await
        }
        Err(problem) if problem.status == 409 => {
            let why_not = Some(crate::base::capitalised(&problem.detail));
            shown(desk, request, staff, id, Back { why_not, ..Back::default() }).await
        }
        Err(problem) => Err(problem),
    }
}

async fn work(
    desk: SharedDesk,
    request: HttpRequest,
    path: web::Path<String>,
    Then(signed, Posted(sent)): Then<Signed<WorkCases>, Posted>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&path, "case")?;
    let basis = Basis::of(&sent);
    let by = By::staff(&signed.staff.id, basis.version);
    let done = match sent.text("do") {
        "plan" => act(&desk, move |desk| acts::erasure_plan(desk, id, &by).map(|_| ())).await,
        "done" => {
            let erasure = erasure_of(&sent)?;
            match typed(&sent, "proof") {
                Ok(proof) => {
                    act(&desk, move |desk| acts::erasure_done(desk, id, erasure, &proof, &by).map(|_| ())).await
                }
                Err(wrong) => {
                    let back = Back { proof: sent.text("proof").to_owned(), errors: Some(wrong), ..Back::default() };
                    return shown(&desk, &request, &signed.staff, id, back).await;
                }
            }
        }
        _ => Err(ActError::Missing("step of an erasure").into()),
    };
    after(&desk, &request, &signed.staff, id, basis, done).await
}

async fn sign(
    desk: SharedDesk,
    request: HttpRequest,
    path: web::Path<String>,
    Then(signed, Posted(sent)): Then<Signed<Approve>, Posted>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&path, "case")?;
    let (basis, erasure) = (Basis::of(&sent), erasure_of(&sent)?);
    let by = By::staff(&signed.staff.id, basis.version);
    let done = match sent.text("do") {
        "sign" => act(&desk, move |desk| acts::erasure_sign(desk, id, erasure, &by).map(|_| ())).await,
        "return" => match typed(&sent, "reason") {
            Ok(reason) => {
                act(&desk, move |desk| acts::erasure_return(desk, id, erasure, &reason, &by).map(|_| ())).await
            }
            Err(wrong) => {
                let reason = sent.text("reason").to_owned();
                let back = Back { reason, errors: Some(wrong), returning: true, ..Back::default() };
                return shown(&desk, &request, &signed.staff, id, back).await;
            }
        },
        _ => Err(ActError::Missing("step of an erasure").into()),
    };
    after(&desk, &request, &signed.staff, id, basis, done).await
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/desk/cases/{id}/erasure").route(web::get().to(show)).route(web::post().to(work)))
        .service(web::resource("/desk/cases/{id}/erasure/signature").route(web::post().to(sign)));
}

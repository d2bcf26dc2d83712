//! The answer as a whole: what goes out in numbers, the checklist, what changed since the last sign-off, comments, and the
//! bundle for who sends it by post.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::super::bridge::{SharedDesk, act};
use super::super::guard::{ReadCases, Then, WorkCases, case_id};
use super::super::pages::{Posted, Shell, page};
use super::super::problem::Problem;
use super::super::ui::{SubNavigation, Tag};
use super::case::{tabs, to_case};
use super::form::Basis;
use super::guard::Signed;
use super::records::record_address;
use super::words;
use crate::access::{Action, may};
use crate::acts::{self, AnswerPreview, By, CaseFile, ChangedPart, ChangedRecord, ItemState};
use crate::base::capitalised;
use crate::bundle::Status;
use crate::case::{Move, Stage, step};

struct Item {
    plain: String,
    tag: Tag,
    records: Vec<(String, String)>,
}

struct Changed {
    href: String,
    record: String,
    what: String,
}

struct Comment {
    id: String,
    text: String,
    about: String,
    record: Option<(String, String)>,
    answer: Option<String>,
}

struct Collection {
    label: String,
    status: &'static str,
    found: u64,
    goes_out: u64,
    withheld: String,
    redacted: u64,
}

#[derive(Template)]
#[template(path = "staff/answer.html")]
struct AnswerPage<'a> {
    shell: &'a Shell,
    file: &'a CaseFile,
    tabs: SubNavigation,
    preview: &'a AnswerPreview,
    collections: Vec<Collection>,
    codes: Vec<(String, u64)>,
    items: Vec<Item>,
    changed: Vec<Changed>,
    changes_said: String,
    comments: Vec<Comment>,
    signs: Vec<(String, String, String)>,
    moves: Vec<(String, &'static str, bool)>,
    not_you: Option<&'static str>,
    basis: Basis,
    can_answer: bool,
    post: bool,
    waits: bool,
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Found => "Found",
        Status::NothingHeld => "Nothing held",
        Status::Failed => "Could not be searched",
        Status::NotReached => "Not reached",
    }
}

fn changed_words(one: &ChangedRecord) -> String {
    let code = |code: &Option<String>| code.as_deref().unwrap_or("no exemption").to_owned();
    let parts = |parts: &[ChangedPart]| {
        let mut fields: Vec<&str> = parts.iter().map(|part| part.field.as_str()).collect();
        fields.dedup();
        fields.join(", ")
    };
    let mut said = match one.change {
        "added" => "New since then".to_owned(),
        "removed" => "No longer found".to_owned(),
        "now_goes_out" => "Now goes out".to_owned(),
        "now_withheld" => format!("Now withheld under {}", code(&one.code_now)),
        "other_ground" => format!("Another ground: {} instead of {}", code(&one.code_now), code(&one.code_before)),
        "redactions" => "Other redactions".to_owned(),
        _ => "The text changed".to_owned(),
    };
    if !one.redacted.is_empty() && one.change != "added" {
        said.push_str(&format!(". Redacted now: {}", parts(&one.redacted)));
    }
    if !one.unredacted.is_empty() {
        said.push_str(&format!(". Goes out again: {}", parts(&one.unredacted)));
    }
    said
}

async fn show(
    desk: SharedDesk,
    request: HttpRequest,
    signed: Signed<ReadCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let staff = signed.staff;
    let (me, looks) = (staff.id.clone(), may(staff.role, Action::WorkCases));
    let (file, preview, checklist, diff, comments, signs, names) = act(&desk, move |desk| {
        // Looking at the answer counts for the checklist, and so only for who works on cases.
        let preview = if looks { acts::answer_preview(desk, id, &me)? } else { acts::answer_numbers(desk, id)? };
        Ok((
            acts::case_file(desk, id)?,
            preview,
            acts::checklist(desk, id)?,
            acts::sign_off_diff(desk, id, None)?,
            acts::comments_list(desk, id)?,
            acts::sign_offs_list(desk, id)?,
            acts::colleagues(desk)?,
        ))
    })
    .await?;
    let named = |id: &str| {
        names.iter().find(|one| one.id == id).map_or_else(|| "rightsdesk".to_owned(), |one| one.display_name.clone())
    };
    let case = &file.case;
    let shell = Shell::of(&request, &desk).titled(format!("Answer to {}", case.reference)).desk_of(&staff, "/desk");
    let items = checklist
        .items
        .iter()
        .map(|item| Item {
            plain: capitalised(&item.plain),
            tag: match item.state {
                ItemState::Done => Tag::of("Done").colour("green"),
                ItemState::Open => Tag::of("To do").colour("red"),
                ItemState::Advice => Tag::of("To know").colour("yellow"),
            },
            records: item.records.iter().map(|record| (record_address(&case.id, record), record.clone())).collect(),
        })
        .collect();
    let mine = checklist.may_not_approve.contains(&staff.id) || file.decided_by.as_deref() == Some(&staff.display_name);
    let offered = [Move::Decide, Move::Approve, Move::Release, Move::SendBack]
        .into_iter()
        .filter(|action| step(case.stage, *action).is_ok())
        .filter(|action| may(staff.role, if *action == Move::Approve { Action::Approve } else { Action::WorkCases }))
        .filter(|action| {
            (*action != Move::Decide || checklist.ready)
                && (*action != Move::Approve || !mine)
                && (*action != Move::Release || file.bundle.is_some())
        });
    let moves = offered
        .enumerate()
        .map(|(at, action)| (format!("/desk/cases/{id}/moves/{action}"), words::action(action), at == 0))
        .collect();
    let waiting = case.stage == Stage::AwaitingApproval;
    let not_you = if waiting && !may(staff.role, Action::Approve) {
        Some("Somebody with the role of an approver must look at it.")
    } else if waiting && mine {
        Some("You decided something in this case yourself, or sent it: somebody else must approve it.")
    } else {
        None
    };
    let view = AnswerPage {
        tabs: tabs(&case.id, "answer", true),
        collections: preview
            .collections
            .iter()
            .map(|one| Collection {
                label: one.label.clone(),
                status: status(one.status),
                found: one.found,
                goes_out: one.goes_out,
                withheld: one
                    .withheld
                    .iter()
                    .map(|held| format!("{} ({})", held.count, held.code.as_deref().unwrap_or(&held.reason)))
                    .collect::<Vec<_>>()
                    .join(", "),
                redacted: one.redacted_records,
            })
            .collect(),
        codes: preview
            .codes
            .iter()
            .map(|one| {
                let code = one.code.as_deref().map(|code| format!(" ({code})")).unwrap_or_default();
                (format!("{}{code}", one.reason), one.count)
            })
            .collect(),
        items,
        changed: diff
            .records
            .iter()
            .map(|one| Changed {
                href: record_address(&case.id, &one.record),
                record: one.record.clone(),
                what: changed_words(one),
            })
            .collect(),
        changes_said: match &diff.since {
            None => "The case was never sent for sign-off before: everything is new.".to_owned(),
            Some(since) => format!(
                "{} records changed since {} ({}), {} did not.",
                diff.changed,
                words::moment(since.at),
                words::sentence(&since.kind).to_lowercase(),
                diff.unchanged
            ),
        },
        comments: comments
            .into_iter()
            .map(|one| Comment {
                about: format!("{}, {}", named(&one.by), words::moment(one.at)),
                record: one.record.map(|record| (record_address(&case.id, &record), record)),
                answer: one.settled_by.map(|by| format!("{}: {}", named(&by), one.answer.unwrap_or_default())),
                id: one.comment,
                text: one.text,
            })
            .collect(),
        signs: signs
            .into_iter()
            .map(|sign| {
                let about = format!("{}, {}", named(&sign.by), words::moment(sign.at));
                (words::sentence(&sign.kind), about, sign.reason.unwrap_or_default())
            })
            .collect(),
        moves,
        not_you,
        basis: Basis { version: case.version, seq: file.seq },
        can_answer: looks && step(case.stage, Move::DecideRecord).is_ok(),
        post: looks && file.bundle.as_ref().is_some_and(|bundle| bundle.expires_at.is_some()),
        waits: case.stage == Stage::Approved && file.bundle.is_none(),
        preview: &preview,
        shell: &shell,
        file: &file,
    };
    page(&shell, StatusCode::OK, &view)
}

async fn comment(
    desk: SharedDesk,
    path: web::Path<(String, String)>,
    Then(signed, form): Then<Signed<WorkCases>, Posted>,
) -> Result<HttpResponse, Problem> {
    let (id, comment) = path.into_inner();
    let id = case_id(&id, "case")?;
    let answer = form.0.text("answer").to_owned();
    let answer = if answer.is_empty() { "Done".to_owned() } else { answer };
    let by = By::staff(&signed.staff.id, Basis::of(&form.0).version);
    act(&desk, move |desk| acts::comment_answer(desk, id, &comment, &answer, &by)).await?;
    Ok(to_case(id, "/answer#comments"))
}

/// The released bundle, for who sends it by post or hands it over.
async fn bundle(desk: SharedDesk, signed: Signed<WorkCases>, id: web::Path<String>) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let download = act(&desk, move |desk| acts::bundle_for_post(desk, id, &signed.staff.id)).await?;
    let chunks = super::super::stream::file_chunks(download.file);
    Ok(HttpResponse::Ok()
        .content_type("application/zip")
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{}.zip\"", download.reference)))
        .insert_header((CONTENT_LENGTH, download.size_bytes.to_string()))
        .insert_header(("Content-Encoding", "identity"))
        .streaming(chunks))
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/desk/cases/{id}/answer").route(web::get().to(show)))
        .service(web::resource("/desk/cases/{id}/comments/{comment}").route(web::post().to(comment)))
        .service(web::resource("/desk/cases/{id}/bundle").route(web::get().to(bundle)));
}

//! The moves of a case, each with a page of its own: what it needs, the letter that it sends, and what somebody else changed
//! in the meantime.

use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use sha2::{Digest, Sha256};

use super::super::bridge::{SharedDesk, act};
use super::super::guard::{Approve, WorkCases, case_id};
use super::super::pages::{Fields, Posted};
use super::super::problem::Problem;
use super::super::ui::{Button, Content, DateInput, Errors, Select, SelectItem, Textarea};
use super::case::to_case;
use super::form::{Basis, FormPage, changed_since, date, date_names, errors, faults, typed};
use super::guard::Signed;
use super::words;
use crate::acts::{self, ActError, By, CaseFile, Colleague, LetterOrder, NewComment, Staff};
use crate::base::{char_count, hex, is_blank};
use crate::case::{CaseId, Move};

/// What the page of a move asks for.
struct Needs {
    /// The label of the words, and whether they must be given.
    words: Option<(&'static str, bool)>,
    hint: &'static str,
    /// The label of the day it happened.
    on: Option<&'static str>,
    intro: &'static [&'static str],
    button: &'static str,
    warning: bool,
}

const PLAIN: Needs = Needs { words: None, hint: "", on: None, intro: &[], button: "Continue", warning: false };

fn needs(action: Move) -> Needs {
    match action {
        Move::Verify => Needs {
            words: Some(("How did you confirm who they are?", true)),
            hint: "For example: rang back on the number we hold and asked two questions. Ask for documents only where there is \
                   real doubt. For a representative, say what authority you saw.",
            intro: &["Every identifier that was given with the request then counts as theirs, and is searched by."],
            button: "They are who they say",
            ..PLAIN
        },
        Move::RejectIdentity => Needs {
            words: Some(("What is missing?", true)),
            hint: "The requester is told this.",
            button: "Ask for better proof",
            ..PLAIN
        },
        Move::Gather => Needs {
            intro: &[
                "All sources of the data map are searched. What is certainly the person’s stands to be disclosed; what is \
                 somebody else’s, or unsure, or marked, is held back until you decide.",
            ],
            button: "Search now",
            ..PLAIN
        },
        Move::RequestClarification => Needs {
            words: Some(("What do you need to know?", true)),
            hint: "Write it as the requester should read it.",
            on: Some("When was it asked? (optional, if not today)"),
            intro: &["For an access request the days until the answer do not count."],
            button: "Record the question",
            ..PLAIN
        },
        Move::RecordClarification => Needs {
            words: Some(("What did they answer?", true)),
            on: Some("When did it come? (optional, if not today)"),
            button: "Record the answer",
            ..PLAIN
        },
        Move::Extend => Needs {
            words: Some(("Why is more time needed?", true)),
            hint: "The requester must be told the reasons: complexity, or the number of their requests.",
            on: Some("When were they told? (optional, if not today)"),
            button: "Take two further months",
            ..PLAIN
        },
        Move::Assign => Needs { button: "Give the case", ..PLAIN },
        Move::Decide => Needs {
            intro: &["A second person then looks at what you decided. Nothing can be changed while it is with them."],
            button: "Send for sign-off",
            ..PLAIN
        },
        Move::Approve => Needs {
            words: Some(("Anything to record? (optional)", false)),
            hint: "If a collection could not be searched, say why the answer may go out all the same.",
            intro: &["The answer is built next, exactly as it stands. It is released in a further step."],
            button: "Approve the answer",
            ..PLAIN
        },
        Move::SendBack => {
            Needs { words: Some(("What is to be looked at again?", true)), button: "Send back to review", ..PLAIN }
        }
        Move::Answer => Needs {
            intro: &["The requester is told what was done. Nothing is disclosed by it."],
            button: "Answer the request",
            warning: true,
            ..PLAIN
        },
        Move::Release => Needs {
            intro: &["This cannot be undone: the requester can fetch the answer from then on."],
            button: "Release the answer",
            warning: true,
            ..PLAIN
        },
        Move::Refuse => Needs {
            words: Some(("Why is the request refused?", true)),
            hint: "The requester reads this, with the ways to complain. Write in plain words.",
            intro: &["This refuses the whole request. To withhold single records or words, use the review."],
            button: "Refuse the request",
            warning: true,
            ..PLAIN
        },
        Move::Withdraw => Needs {
            words: Some(("What did they say? (optional)", false)),
            button: "Record that they withdrew",
            warning: true,
            ..PLAIN
        },
        Move::Lapse => Needs {
            words: Some(("How were they told beforehand?", true)),
            button: "Stop waiting",
            warning: true,
            ..PLAIN
        },
        Move::Reopen => Needs { words: Some(("Why is it reopened?", true)), button: "Reopen the case", ..PLAIN },
        Move::Close => {
            Needs { intro: &["Nothing more is done about a closed case."], button: "Close the case", ..PLAIN }
        }
        Move::FinishGather | Move::AbandonGather | Move::DecideRecord => PLAIN,
    }
}

/// The letter that the move sends, if it sends one.
fn letter(action: Move, words: &str) -> Option<LetterOrder> {
    match action {
        Move::Verify => Some(LetterOrder::Received),
        Move::Release => Some(LetterOrder::Ready),
        Move::Withdraw => Some(LetterOrder::Withdrawn),
        Move::Refuse if !is_blank(words) => Some(LetterOrder::Refused { reasons: words.to_owned() }),
        Move::Refuse
        | Move::RejectIdentity
        | Move::Gather
        | Move::FinishGather
        | Move::AbandonGather
        | Move::RequestClarification
        | Move::RecordClarification
        | Move::Extend
        | Move::Assign
        | Move::DecideRecord
        | Move::Decide
        | Move::SendBack
        | Move::Approve
        | Move::Answer
        | Move::Close
        | Move::Lapse
        | Move::Reopen => None,
    }
}

/// Who may take the move: to approve is more than to work on cases.
async fn allowed(request: &HttpRequest, action: Move) -> Result<Staff, Problem> {
    if !acts::STAFF_MOVES.contains(&action) {
        return Err(ActError::Missing("move").into());
    }
    if action == Move::Approve {
        return Ok(Signed::<Approve>::extract(request).await?.staff);
    }
    Ok(Signed::<WorkCases>::extract(request).await?.staff)
}

/// What was typed.
#[derive(Default)]
struct Typed {
    words: String,
    on: [String; 3],
    to: String,
    code: String,
    comments: String,
}

impl Typed {
    fn of(fields: &Fields) -> Self {
        let names = date_names("on");
        Self {
            words: fields.raw("reason").trim().to_owned(),
            on: typed(fields, &names).map(str::to_owned),
            to: fields.text("to").to_owned(),
            code: fields.text("code").to_owned(),
            comments: fields.text("comments").to_owned(),
        }
    }
}

fn fields(action: Move, needs: &Needs, typed: &Typed, people: &[Colleague], wrong: &Errors) -> Vec<Content> {
    let mut all: Vec<Content> = Vec::new();
    if action == Move::Assign {
        let people = people.iter().filter(|one| one.works).map(|one| SelectItem::of(&one.username, &one.display_name));
        all.push(Select::of("to", "Who gets it?", people).value(&typed.to).error(wrong.of("to")).into());
    }
    if let Some((label, _)) = needs.words {
        let mut area = Textarea::of("reason", label).rows(6_u32).value(&typed.words).error(wrong.of("reason"));
        if !needs.hint.is_empty() {
            area = area.hint(needs.hint);
        }
        all.push(area.into());
    }
    if action == Move::SendBack {
        all.push(
            Textarea::of("comments", "Comments on single records (optional)")
                .hint("One on each line: the record, a colon, and what to look at. For example: messages/12: the phone number is still there")
                .rows(3_u32)
                .value(&typed.comments)
                .error(wrong.of("comments"))
                .into(),
        );
    }
    if action == Move::Refuse {
        let grounds = acts::exemptions_list();
        let items = [SelectItem::of("", "Choose one")]
            .into_iter()
            .chain(grounds.iter().filter(|one| !one.for_records).map(|one| SelectItem::of(one.code, one.title)));
        let hint = "The reports count the refusal under it.";
        all.push(
            Select::of("code", "Ground (optional)", items).hint(hint).value(&typed.code).error(wrong.of("code")).into(),
        );
    }
    if let Some(label) = needs.on {
        let [day, month, year] = &typed.on;
        all.push(DateInput::of("on", label, ["Day", "Month", "Year"]).values([day, month, year]).errors(wrong).into());
    }
    all
}

/// Comments as they were typed, one on each line; a line that names no record is about the case.
fn comments(text: &str) -> Vec<NewComment> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| match line.split_once(": ") {
            Some((record, comment)) if record.contains('/') && !record.contains(' ') => {
                NewComment { record: Some(record.to_owned()), comment: comment.trim().to_owned() }
            }
            _ => NewComment { record: None, comment: line.to_owned() },
        })
        .collect()
}

fn digest(text: &str) -> String {
    hex(&Sha256::digest(text))
}

struct Asked<'a> {
    id: CaseId,
    action: Move,
    typed: &'a Typed,
    wrong: Errors,
    changed: Vec<String>,
    basis: Option<Basis>,
}

async fn form(
    desk: &SharedDesk,
    request: &HttpRequest,
    staff: &Staff,
    asked: Asked<'_>,
) -> Result<HttpResponse, Problem> {
    let Asked { id, action, typed, wrong, changed, basis } = asked;
    let order = letter(action, &typed.words).filter(|_| wrong.is_empty());
    let (file, people, letter): (CaseFile, Vec<Colleague>, _) = act(desk, move |desk| {
        let letter = order.map(|order| acts::letter_preview(desk, id, &order)).transpose()?.flatten();
        Ok((acts::case_file(desk, id)?, acts::colleagues(desk)?, letter))
    })
    .await?;
    if let Some(why) = file.moves.iter().find(|now| now.action == action).and_then(|now| now.why_not.clone())
        && changed.is_empty()
    {
        return Err(ActError::Refused(why).into());
    }
    let needs = needs(action);
    let basis = basis.unwrap_or(Basis { version: file.case.version, seq: file.seq });
    let mut hidden = basis.hidden();
    let mut buttons: Vec<Content> = Vec::new();
    let send = || {
        let send = Button::choose("do", "send", needs.button);
        if needs.warning { send.warning() } else { send }
    };
    let reached = !file.requester_email.is_empty();
    if action == Move::Refuse && reached {
        if letter.is_some() {
            hidden.push(("previewed", digest(&typed.words)));
            buttons.push(send().into());
            buttons.push(Button::choose("do", "preview", "Preview again").secondary().into());
        } else {
            buttons.push(Button::choose("do", "preview", "Preview the letter").into());
        }
    } else {
        buttons.push(send().into());
    }
    let mut intro: Vec<Content> = needs.intro.iter().map(|text| Content::from(*text)).collect();
    if !reached && self::letter(action, "x").is_some() {
        intro.push("The requester gave no email address: write to them by post, or tell them in person.".into());
    }
    FormPage {
        title: words::action(action).to_owned(),
        caption: format!("{} {}", file.case.reference, file.case.subject_name),
        back: format!("/desk/cases/{id}"),
        action: format!("/desk/cases/{id}/moves/{action}"),
        intro,
        changed,
        hidden,
        fields: fields(action, &needs, typed, &people, &wrong),
        errors: Some(wrong),
        letter,
        buttons,
    }
    .shown(desk, request, staff, "/desk")
}

fn parse(path: &(String, String)) -> Result<(CaseId, Move), Problem> {
    let action: Move = path.1.parse().map_err(|_| ActError::Missing("move"))?;
    Ok((case_id(&path.0, "case")?, action))
}

async fn ask(
    desk: SharedDesk,
    request: HttpRequest,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let action: Move = path.1.parse().map_err(|_| ActError::Missing("move"))?;
    let staff = allowed(&request, action).await?;
    let (id, action) = parse(&path)?;
    let typed = Typed { to: staff.username.clone(), ..Typed::default() };
    let asked = Asked { id, action, typed: &typed, wrong: errors(), changed: Vec::new(), basis: None };
    form(&desk, &request, &staff, asked).await
}

async fn take(
    desk: SharedDesk,
    request: HttpRequest,
    path: web::Path<(String, String)>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let action: Move = path.1.parse().map_err(|_| ActError::Missing("move"))?;
    let staff = allowed(&request, action).await?;
    let (id, action) = parse(&path)?;
    let sent = Posted::from_request(&request, &mut payload.into_inner()).await?.0;
    let (typed, basis, needs) = (Typed::of(&sent), Basis::of(&sent), needs(action));
    let mut wrong = errors();
    if let Some((_, needed)) = needs.words {
        if needed && is_blank(&typed.words) {
            wrong.add("reason", "Write something here");
        } else if char_count(&typed.words) > 4_000 {
            wrong.add("reason", "Write at most 4,000 characters");
        }
    }
    let on = date(&sent, "on").unwrap_or_else(|(parts, why)| {
        wrong.add_date("on", &parts, why);
        None
    });
    let preview = action == Move::Refuse && sent.text("do") != "send";
    let unseen = action == Move::Refuse && !preview && sent.text("previewed") != digest(&typed.words);
    if !wrong.is_empty() || preview || unseen {
        // Without an address no letter goes out, and none is to be seen first.
        let reached = act(&desk, move |desk| Ok(!acts::case_file(desk, id)?.requester_email.is_empty())).await?;
        if !wrong.is_empty() || reached {
            let asked = Asked { id, action, typed: &typed, wrong, changed: Vec::new(), basis: Some(basis) };
            return form(&desk, &request, &staff, asked).await;
        }
    }
    let (reason, to, code) = (typed.words.clone(), typed.to.clone(), typed.code.clone());
    let comments = comments(&typed.comments);
    let by = By::staff(&staff.id, basis.version);
    let done = act(&desk, move |desk| {
        let code = Some(code.as_str()).filter(|code| !code.is_empty());
        let said = Some(reason.as_str()).filter(|text| !text.is_empty());
        match action {
            Move::Verify => acts::verify_by_staff(desk, id, &reason, &by),
            Move::RejectIdentity => acts::reject_identity(desk, id, &reason, &by),
            Move::Gather => acts::gather_start(desk, id, &by),
            Move::RequestClarification => acts::request_clarification(desk, id, &reason, on, &by),
            Move::RecordClarification => acts::record_clarification(desk, id, &reason, on, &by),
            Move::Extend => acts::extend(desk, id, &reason, on, &by),
            Move::Assign => acts::assign(desk, id, &to, &by),
            Move::Decide => acts::decide(desk, id, &by),
            Move::SendBack => acts::send_back(desk, id, &reason, comments, &by),
            Move::Approve => acts::approve(desk, id, &reason, &by),
            Move::Answer => acts::answer(desk, id, &by),
            Move::Release => acts::release(desk, id, &by),
            Move::Refuse => acts::refuse(desk, id, &reason, code, &by),
            Move::Withdraw => acts::withdraw(desk, id, said, &by),
            Move::Close => acts::close(desk, id, &by),
            Move::Lapse => acts::lapse(desk, id, &reason, &by),
            Move::Reopen => acts::reopen(desk, id, &reason, &by),
            Move::FinishGather | Move::AbandonGather | Move::DecideRecord => Err(ActError::Missing("move")),
        }
        .map(|_| ())
    })
    .await;
    match done {
        Ok(()) => Ok(to_case(id, "")),
        Err(problem) if problem.is_stale() => {
            let (changed, now) = changed_since(&desk, id, basis).await?;
            let asked = Asked { id, action, typed: &typed, wrong: errors(), changed, basis: Some(now) };
            form(&desk, &request, &staff, asked).await
        }
        Err(problem) => {
            let id_of = |field: &str| match field {
                "assignee" => "to".to_owned(),
                "asked_on" | "received_on" | "notified_on" => "on-day".to_owned(),
                other if other.starts_with("comments") => "comments".to_owned(),
                other => other.to_owned(),
            };
            let Some(wrong) = faults(&problem, &id_of) else { return Err(problem) };
            let asked = Asked { id, action, typed: &typed, wrong, changed: Vec::new(), basis: Some(basis) };
            form(&desk, &request, &staff, asked).await
        }
    }
}

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/desk/cases/{id}/moves/{move}").route(web::get().to(ask)).route(web::post().to(take)));
}

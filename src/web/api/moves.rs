//! Staff: the moves of the transition table, each with what it needs.

use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::body::Body;
use super::super::bridge::{SharedDesk, act};
use super::super::conditional::{Seen, etag};
use super::super::guard::{Allowed, Approve, WorkCases, case_id};
use super::super::problem::Problem;
use super::forms::Checks;
use crate::acts::{self, ActError, By, CaseView, NewComment};
use crate::case::Move;

/// What a move needs; each move says in its own description which of these it takes.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MoveBody {
    /// Why, in plain words. Needed for `verify` (how the identity was confirmed), `reject_identity`, `extend`, `refuse`
    /// (both are told to the requester), `send_back`, `lapse` (how the requester was told beforehand), `reopen`; `request_clarification` (the question) and
    /// `record_clarification` (the answer). Also why a bundle may go out although a source failed (`approve`).
    reason: Option<String>,
    /// The day it happened, ISO 8601, if it was not today: `request_clarification`, `record_clarification`, `extend`.
    on: Option<String>,
    /// The user name of who gets the case: `assign`.
    assignee: Option<String>,
    /// The ground that the reports count a refusal under, as the code of an exemption, for example `EXCESSIVE`: `refuse`.
    code: Option<String>,
    /// What is to be looked at again, in single records or the case: `send_back`.
    #[serde(default)]
    #[schema(max_items = 200)]
    comments: Vec<CommentBody>,
}

/// What is to be looked at again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CommentBody {
    /// The record; left out for the case as a whole.
    record: Option<String>,
    /// What.
    comment: String,
}

/// Take a move: `verify`, `reject_identity`, `gather`, `request_clarification`, `record_clarification`, `extend`,
/// `assign`, `decide`, `send_back`, `approve`, `release`, `answer`, `refuse`, `withdraw`, `close`, `lapse`, `reopen`. Who sent a review for sign-off
/// cannot approve it.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/{move}", tag = "staff", security(("staff" = [])), request_body = MoveBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("move" = String, Path, description = "One of the moves"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses(
        (status = 200, body = CaseView), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 412, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 428, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn take(
    desk: SharedDesk,
    request: HttpRequest,
    path: web::Path<(String, String)>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let (id, word) = path.into_inner();
    // What is needed to approve is more than to work on cases: which one is known only with the move.
    let action: Move = word.parse().ok().filter(|m| for_staff(*m)).ok_or(ActError::Missing("move"))?;
    let staff = if action == Move::Approve {
        Allowed::<Approve>::extract(&request).await?.staff
    } else {
        Allowed::<WorkCases>::extract(&request).await?.staff
    };
    let id = case_id(&id, "case")?;
    let seen = Seen::extract(&request).await?;
    let body = Body::<MoveBody>::from_request(&request, &mut payload.into_inner()).await?.value;

    let mut checks = Checks::default();
    let reason = match (&body.reason, needs_reason(action)) {
        (Some(text), _) => Some(checks.prose("reason", text, 4_000)),
        (None, true) => {
            checks.fault("reason", "this field is missing: say why, in plain words");
            None
        }
        (None, false) => None,
    };
    let on = checks.date("on", body.on.as_deref());
    if action == Move::Assign && body.assignee.is_none() {
        checks.fault("assignee", "this field is missing: give the user name");
    }
    let comments: Vec<NewComment> = body
        .comments
        .into_iter()
        .enumerate()
        .map(|(at, body)| NewComment {
            record: body.record,
            comment: checks.prose(&format!("comments[{at}].comment"), &body.comment, 4_000),
        })
        .collect();
    if action != Move::SendBack && !comments.is_empty() {
        checks.fault("comments", "comments go with send_back: leave them out");
    }
    checks.end()?;
    let (reason, assignee) = (reason.unwrap_or_default(), body.assignee.clone().unwrap_or_default());

    let view = act(&desk, move |desk| {
        let by = By::staff(&staff.id, seen.0);
        match action {
            Move::Verify => acts::verify_by_staff(desk, id, &reason, &by),
            Move::RejectIdentity => acts::reject_identity(desk, id, &reason, &by),
            Move::Gather => acts::gather_start(desk, id, &by),
            Move::RequestClarification => acts::request_clarification(desk, id, &reason, on, &by),
            Move::RecordClarification => acts::record_clarification(desk, id, &reason, on, &by),
            Move::Extend => acts::extend(desk, id, &reason, on, &by),
            Move::Assign => acts::assign(desk, id, &assignee, &by),
            Move::Decide => acts::decide(desk, id, &by),
            Move::SendBack => acts::send_back(desk, id, &reason, comments, &by),
            Move::Approve => acts::approve(desk, id, &reason, &by),
            Move::Release => acts::release(desk, id, &by),
            Move::Answer => acts::answer(desk, id, &by),
            Move::Refuse => acts::refuse(desk, id, &reason, body.code.as_deref(), &by),
            Move::Withdraw => {
                acts::withdraw(desk, id, Some(&reason).filter(|r| !r.is_empty()).map(String::as_str), &by)
            }
            Move::Close => acts::close(desk, id, &by),
            Move::Lapse => acts::lapse(desk, id, &reason, &by),
            Move::Reopen => acts::reopen(desk, id, &reason, &by),
            Move::FinishGather | Move::AbandonGather | Move::DecideRecord => Err(ActError::Missing("move")),
        }?;
        acts::case_view(desk, id)
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header(etag(view.version)).json(view))
}

/// Moves that staff ask for by name; the others are taken by the program or have calls of their own.
fn for_staff(action: Move) -> bool {
    !matches!(action, Move::FinishGather | Move::AbandonGather | Move::DecideRecord)
}

fn needs_reason(action: Move) -> bool {
    matches!(
        action,
        Move::Verify
            | Move::RejectIdentity
            | Move::RequestClarification
            | Move::RecordClarification
            | Move::Extend
            | Move::SendBack
            | Move::Refuse
            | Move::Lapse
            | Move::Reopen
    )
}

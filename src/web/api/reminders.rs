//! Staff: what the timer reminds them of.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::bridge::{SharedDesk, act};
use super::super::guard::{Allowed, ReadCases, WorkCases};
use super::super::problem::Problem;
use super::forms::Checks;
use crate::acts::{self, ActError, ReminderView};
use crate::case::ReminderId;

/// Whose reminders.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct RemindersQuery {
    /// `true`: those of every case. Else of the cases you have and of those that nobody has.
    everybody: Option<String>,
    /// Continue after this reminder: `next` of the page before.
    after: Option<String>,
    /// At most this many, 1 to 100; 50 if left out.
    limit: Option<String>,
}

/// A page of open reminders.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReminderList {
    /// Oldest first.
    reminders: Vec<ReminderView>,
    /// Ask again with `after` set to this; null at the end.
    next: Option<String>,
}

/// Open reminders: targets and due dates that are near, overdue cases, notices of extension, silent requesters.
#[utoipa::path(
    get, path = "/api/v1/reminders", tag = "staff", security(("staff" = [])), params(RemindersQuery),
    responses(
        (status = 200, body = ReminderList), (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = super::query::<RemindersQuery>(&request)?;
    let mut checks = Checks::default();
    let everybody = checks.word::<bool>("everybody", query.everybody.as_deref()).unwrap_or(false);
    let after = checks.word::<ReminderId>("after", query.after.as_deref());
    let limit = checks.limit(query.limit.as_deref());
    checks.end()?;
    let mut reminders =
        act(&desk, move |desk| acts::reminders_list(desk, &allowed.staff, everybody, after, limit + 1)).await?;
    let more = crate::base::i64_from(reminders.len()) > limit;
    if more {
        reminders.pop();
    }
    let next = if more { reminders.last().map(|reminder| reminder.id.clone()) } else { None };
    Ok(HttpResponse::Ok().json(ReminderList { reminders, next }))
}

/// Tick off a reminder, for everybody.
#[utoipa::path(
    post, path = "/api/v1/reminders/{id}/done", tag = "staff", security(("staff" = [])),
    params(("id" = String, Path, description = "The reminder's identifier")),
    responses(
        (status = 204), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn done(
    desk: SharedDesk,
    allowed: Allowed<WorkCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id: ReminderId = id.parse().map_err(|_| ActError::Missing("reminder"))?;
    act(&desk, move |desk| acts::reminder_done(desk, id, &allowed.staff)).await?;
    Ok(HttpResponse::NoContent().finish())
}

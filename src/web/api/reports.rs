//! Reports, and what they count besides the clock.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::body::Body;
use super::super::bridge::{SharedDesk, act};
use super::super::conditional::{Seen, etag};
use super::super::guard::{Allowed, ReadCases, ReadReports, Then, WorkCases, case_id};
use super::super::problem::Problem;
use super::forms::Checks;
use crate::acts::{self, By, CasePart, CaseView, DeadlineOrder, MadeReport, NewWorkTime, ReportFormat, WorkTimeView};
use crate::audit::Actor;
use crate::report::{Basis, Format, LateReason, Period, SCHEMA};

/// Which report.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct DeadlinesQuery {
    /// The first day, ISO 8601.
    from: Option<String>,
    /// The last day, ISO 8601.
    to: Option<String>,
    /// `json`, `csv`, `xlsx` or `pdf`; `json` if left out.
    format: Option<String>,
    /// Which day puts a request into the period: `received` (if left out) or `closed`.
    by: Option<String>,
    /// As it stood at the end of this day, ISO 8601; now, if left out.
    as_at: Option<String>,
    /// Of CSV, which holds one table: `cases` (if left out), `figures`, `by_right`, `definitions`...
    part: Option<String>,
    /// `false`: without the list of cases.
    cases: Option<String>,
}

/// The format of a report, from its query.
fn format(checks: &mut Checks, format: Option<&str>, part: Option<String>, cases: Option<&str>) -> ReportFormat {
    ReportFormat {
        format: checks.word::<Format>("format", format).unwrap_or(Format::Json),
        part,
        cases: checks.word::<bool>("cases", cases).unwrap_or(true),
    }
}

/// A period; both days are needed.
fn period(checks: &mut Checks, from: Option<&str>, to: Option<&str>) -> Option<Period> {
    for (field, text) in [("from", from), ("to", to)] {
        if text.is_none() {
            checks.fault(field, "this parameter is missing: give the first and the last day of the period");
        }
    }
    let (from, to) = (checks.date("from", from)?, checks.date("to", to)?);
    Period::new(from, to).map_err(|e| checks.fault("to", e.to_string())).ok()
}

/// The auditors' report: every figure with its definition, every case with its dates, as it stands or stood at the end of a
/// past day.
#[utoipa::path(
    get, path = "/api/v1/reports/deadlines", tag = "auditor", security(("staff" = [])), params(DeadlinesQuery),
    responses(
        (status = 200, content_type = "application/json", body = Object),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn deadlines(
    desk: SharedDesk,
    allowed: Allowed<ReadReports>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = super::query::<DeadlinesQuery>(&request)?;
    let mut checks = Checks::default();
    let period = period(&mut checks, query.from.as_deref(), query.to.as_deref());
    let basis = checks.word::<Basis>("by", query.by.as_deref()).unwrap_or(Basis::Received);
    let as_at = checks.date("as_at", query.as_at.as_deref());
    let format = format(&mut checks, query.format.as_deref(), query.part, query.cases.as_deref());
    checks.end()?;
    let Some(period) = period else { return Err(Problem::fields(Vec::new())) };
    let made = act(&desk, move |desk| {
        let order = DeadlineOrder { period, basis, as_at, format };
        acts::deadline_report(desk, &order, &Actor::Staff(allowed.staff.id))
    })
    .await?;
    Ok(answer(made))
}

/// Which backlog.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct BacklogQuery {
    /// `json`, `csv`, `xlsx` or `pdf`; `json` if left out.
    format: Option<String>,
    /// As it stood at the end of this day, ISO 8601; now, if left out.
    as_at: Option<String>,
    /// Of CSV, which holds one table: `cases` (if left out), `summary`, `by_team`...
    part: Option<String>,
    /// `false`: without the list of cases.
    cases: Option<String>,
}

/// Every open case, the oldest first: what is due, the new date that the requester was told, and when desk and requester
/// last heard of each other.
#[utoipa::path(
    get, path = "/api/v1/reports/backlog", tag = "auditor", security(("staff" = [])), params(BacklogQuery),
    responses(
        (status = 200, content_type = "application/json", body = Object),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn backlog(
    desk: SharedDesk,
    allowed: Allowed<ReadReports>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = super::query::<BacklogQuery>(&request)?;
    let mut checks = Checks::default();
    let as_at = checks.date("as_at", query.as_at.as_deref());
    let format = format(&mut checks, query.format.as_deref(), query.part, query.cases.as_deref());
    checks.end()?;
    let actor = Actor::Staff(allowed.staff.id);
    Ok(answer(act(&desk, move |desk| acts::backlog_report(desk, as_at, &format, &actor)).await?))
}

/// Which answer.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct FoiQuery {
    /// The first day, ISO 8601.
    from: Option<String>,
    /// The last day, ISO 8601.
    to: Option<String>,
    /// `json`, `csv`, `xlsx` or `pdf`; `json` if left out.
    format: Option<String>,
    /// As it stood at the end of this day, ISO 8601; now, if left out.
    as_at: Option<String>,
    /// Of CSV, which holds one table: `answers` (if left out) or `definitions`.
    part: Option<String>,
}

/// The answer to the questions that councils are asked under the Freedom of Information Act, on one page.
#[utoipa::path(
    get, path = "/api/v1/reports/foi", tag = "auditor", security(("staff" = [])), params(FoiQuery),
    responses(
        (status = 200, content_type = "application/json", body = Object),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn foi(
    desk: SharedDesk,
    allowed: Allowed<ReadReports>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = super::query::<FoiQuery>(&request)?;
    let mut checks = Checks::default();
    let period = period(&mut checks, query.from.as_deref(), query.to.as_deref());
    let as_at = checks.date("as_at", query.as_at.as_deref());
    let format = format(&mut checks, query.format.as_deref(), query.part, None);
    checks.end()?;
    let Some(period) = period else { return Err(Problem::fields(Vec::new())) };
    let actor = Actor::Staff(allowed.staff.id);
    Ok(answer(act(&desk, move |desk| acts::foi_report(desk, &period, as_at, &format, &actor)).await?))
}

/// The JSON Schema of the reports in JSON.
#[utoipa::path(
    get, path = "/api/v1/reports/schema.json", tag = "auditor",
    responses((status = 200, content_type = "application/schema+json", body = Object))
)]
pub(super) async fn schema() -> HttpResponse {
    HttpResponse::Ok().content_type("application/schema+json").body(SCHEMA)
}

/// The file as it was made, in chunks.
fn answer(made: MadeReport) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response
        .content_type(made.media_type)
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", made.name)));
    // What is packed already is sent as it is.
    if !made.media_type.starts_with("text/") && made.media_type != "application/json" {
        response
            .insert_header((CONTENT_LENGTH, made.size_bytes.to_string()))
            .insert_header(("Content-Encoding", "identity"));
    }
    response.streaming(super::super::stream::file_chunks(made.file))
}

/// To which team a case is given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TeamBody {
    /// The team's name, at most 100 characters.
    #[schema(example = "Children's Services")]
    team: String,
}

/// Why a case is late.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LateReasonBody {
    /// `volume`, `complexity`, `consultation`, `source`, `staffing`, `system`, `sign_off`, `misdirected` or `other`.
    #[schema(example = "staffing")]
    reason: String,
    /// More about it, at most 1,000 characters; needed with `other`.
    note: Option<String>,
}

/// Staff time.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WorkTimeBody {
    /// The day of the work, ISO 8601.
    #[schema(example = "2026-11-20")]
    worked_on: Option<String>,
    /// Minutes, 1 to 1440.
    #[schema(example = 90)]
    minutes: Option<i64>,
    /// Instead of both: the entry that is taken back.
    corrects: Option<String>,
}

/// A new date.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewDateBody {
    /// The day by which the requester will be answered, ISO 8601.
    #[schema(example = "2026-12-18")]
    answer_by: String,
    /// The day on which they were told, ISO 8601; today if left out.
    told_on: Option<String>,
}

/// The staff time of a case.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WorkTimeList {
    /// In the order they were written down.
    entries: Vec<WorkTimeView>,
    /// All minutes together.
    minutes: i64,
}

/// Give the case to a team; the reports count it there from now on.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/team", tag = "staff", security(("staff" = [])), request_body = TeamBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses(
        (status = 200, body = CaseView), (status = 412, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn team(
    desk: SharedDesk,
    id: web::Path<String>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<TeamBody>>>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let mut checks = Checks::default();
    let team = checks.prose("team", &body.value.team, 100);
    checks.end()?;
    let view = act(&desk, move |desk| {
        acts::give_team(desk, id, &team, &By::staff(&allowed.staff.id, seen.0))?;
        acts::case_view(desk, id)
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header(etag(view.version)).json(view))
}

/// Record that the requester was told a new date by which they will be answered. It moves no deadline; the backlog shows it.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/new_date", tag = "staff", security(("staff" = [])), request_body = NewDateBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses(
        (status = 200, body = CaseView), (status = 412, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn new_date(
    desk: SharedDesk,
    id: web::Path<String>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<NewDateBody>>>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let mut checks = Checks::default();
    let answer_by = checks.date("answer_by", Some(&body.value.answer_by));
    let told_on = checks.date("told_on", body.value.told_on.as_deref());
    checks.end()?;
    let Some(answer_by) = answer_by else { return Err(Problem::fields(Vec::new())) };
    let view = act(&desk, move |desk| {
        acts::tell_new_date(desk, id, answer_by, told_on, &By::staff(&allowed.staff.id, seen.0))?;
        acts::case_view(desk, id)
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header(etag(view.version)).json(view))
}

/// Record why a case is or was late. The latest reason counts.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/late_reason", tag = "staff", security(("staff" = [])),
    request_body = LateReasonBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses(
        (status = 200, body = CaseView), (status = 412, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn late_reason(
    desk: SharedDesk,
    id: web::Path<String>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<LateReasonBody>>>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let LateReasonBody { reason, note } = body.value;
    let mut checks = Checks::default();
    let reason = reason.parse::<LateReason>().map_err(|e| checks.fault("reason", e)).ok();
    let note = note.map(|text| checks.prose("note", &text, 1_000));
    checks.end()?;
    let Some(reason) = reason else { return Err(Problem::fields(Vec::new())) };
    let view = act(&desk, move |desk| {
        acts::record_late_reason(desk, id, reason, note.as_deref(), &By::staff(&allowed.staff.id, seen.0))?;
        acts::case_view(desk, id)
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header(etag(view.version)).json(view))
}

/// The staff time of a case.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/work_times", tag = "staff", security(("staff" = [])),
    params(("id" = String, Path, description = "The case's identifier")),
    responses((status = 200, body = WorkTimeList), (status = 404, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn work_times(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let entries = act(&desk, move |desk| {
        acts::reading(desk, id, CasePart::WorkTimes, &allowed.staff)?;
        acts::work_times(desk, id)
    })
    .await?;
    let minutes = entries.iter().map(|entry| entry.minutes).sum();
    Ok(HttpResponse::Ok().json(WorkTimeList { entries, minutes }))
}

/// Record staff time spent on a case, or take an entry back. Nothing is edited.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/work_times", tag = "staff", security(("staff" = [])), request_body = WorkTimeBody,
    params(("id" = String, Path, description = "The case's identifier")),
    responses(
        (status = 201, body = WorkTimeView), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn log_work_time(
    desk: SharedDesk,
    id: web::Path<String>,
    Then(allowed, body): Then<Allowed<WorkCases>, Body<WorkTimeBody>>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let WorkTimeBody { worked_on, minutes, corrects } = body.value;
    let mut checks = Checks::default();
    let worked_on = checks.date("worked_on", worked_on.as_deref());
    checks.end()?;
    let entry = act(&desk, move |desk| {
        acts::log_work_time(desk, id, &NewWorkTime { worked_on, minutes, corrects }, &allowed.staff.id)
    })
    .await?;
    Ok(HttpResponse::Created().json(entry))
}

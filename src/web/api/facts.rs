//! Staff: the dated facts of a case's clock, and the deadline that was believed at any moment.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::body::Body;
use super::super::bridge::{SharedDesk, act};
use super::super::conditional::{Seen, etag};
use super::super::guard::{Allowed, ReadCases, Then, WorkCases, case_id};
use super::super::problem::Problem;
use super::forms::Checks;
use crate::acts::{self, By, CasePart, CaseView, FactView, NewFact};
use crate::base::Moment;
use crate::deadline::{FactId, FactKind};

/// A fact to be recorded.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FactBody {
    /// `received`, `id_requested`, `id_received`, `authority_requested`, `authority_received`, `fee_requested`, `fee_paid`,
    /// `clarification_requested`, `clarification_received`, `extension_notified`; or `withdrawn`: what `corrects` names did
    /// not happen.
    #[schema(example = "id_requested")]
    kind: String,
    /// The day it happened, ISO 8601. Needed, except for `withdrawn`.
    #[schema(example = "2026-11-20")]
    happened_on: Option<String>,
    /// Why it is recorded, at most 4,000 characters.
    note: Option<String>,
    /// The identifier of the fact that this one corrects or withdraws.
    corrects: Option<String>,
}

/// Every fact of a case.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FactList {
    /// In the order they were recorded.
    facts: Vec<FactView>,
}

/// Which moment.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AtQuery {
    /// A past instant, RFC 3339, as `2027-03-03T12:00:00Z`; now, if left out.
    at: Option<String>,
}

/// A deadline as it was believed at a moment.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BelievedDeadlineView {
    /// The case's reference.
    reference: String,
    /// The moment.
    #[schema(format = DateTime)]
    at: String,
    /// The due date of that moment.
    due: Option<chrono::NaiveDate>,
    /// The last lawful date on the literal reading.
    statutory_latest: Option<chrono::NaiveDate>,
    /// The last day for a notice of extension.
    extension_notice_by: Option<chrono::NaiveDate>,
    /// `running`, `not_started`, `paused` or `no_statutory_deadline`.
    state: String,
    /// The relevant time of UK GDPR Art. 12A(2).
    relevant_on: Option<chrono::NaiveDate>,
    /// When an extension was notified in time.
    extended_on: Option<chrono::NaiveDate>,
    /// Days that do not count.
    pause_days: u64,
    /// A due date that had passed before proof or a fee was asked for.
    missed_on: Option<chrono::NaiveDate>,
    /// How the dates came about.
    #[schema(value_type = Vec<Object>)]
    working: Vec<serde_json::Value>,
}

/// Every fact of a case's clock in the order of recording, corrected and withdrawn ones among them.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/facts", tag = "staff", security(("staff" = [])),
    params(("id" = String, Path, description = "The case's identifier")),
    responses((status = 200, body = FactList), (status = 404, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn list(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let facts = act(&desk, move |desk| {
        acts::reading(desk, id, CasePart::Facts, &allowed.staff)?;
        acts::facts_list(desk, id)
    })
    .await?;
    Ok(HttpResponse::Ok().json(FactList { facts }))
}

/// Record what happened and when, correct what was recorded, or withdraw it. Nothing is edited: a later fact takes the
/// place of the earlier one, and the due date follows.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/facts", tag = "staff", security(("staff" = [])), request_body = FactBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses(
        (status = 201, body = CaseView), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 412, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 428, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn record(
    desk: SharedDesk,
    id: web::Path<String>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<FactBody>>>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let body = body.value;
    let mut checks = Checks::default();
    let kind = match body.kind.parse::<FactKind>() {
        Ok(kind) => Some(kind),
        Err(e) => {
            checks.fault("kind", e.to_string());
            None
        }
    };
    let happened_on = checks.date("happened_on", body.happened_on.as_deref());
    let note = body.note.map(|text| checks.prose("note", &text, 4_000));
    let corrects = checks.word::<FactId>("corrects", body.corrects.as_deref());
    checks.end()?;
    let Some(kind) = kind else { return Err(Problem::fields(Vec::new())) };
    let view = act(&desk, move |desk| {
        let new = NewFact { kind, happened_on, note, corrects };
        acts::record_case_fact(desk, id, &new, &By::staff(&allowed.staff.id, seen.0))?;
        acts::case_view(desk, id)
    })
    .await?;
    Ok(HttpResponse::Created().insert_header(etag(view.version)).json(view))
}

/// The deadline of a case with its working, as it is believed now or was at a past moment: from the facts that were recorded
/// by then and the bank holidays that were known.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/deadline", tag = "staff", security(("staff" = [])),
    params(("id" = String, Path, description = "The case's identifier"), AtQuery),
    responses(
        (status = 200, body = BelievedDeadlineView),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn deadline(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let query = super::query::<AtQuery>(&request)?;
    let mut checks = Checks::default();
    let at = match query.at.as_deref().map(str::parse::<Moment>) {
        Some(Err(_)) => {
            checks.fault("at", "write the moment as RFC 3339, for example 2027-03-03T12:00:00Z");
            None
        }
        Some(Ok(at)) => Some(at),
        None => None,
    };
    checks.end()?;
    let believed = act(&desk, move |desk| {
        acts::reading(desk, id, CasePart::Deadline, &allowed.staff)?;
        acts::case_deadline(desk, id, at)
    })
    .await?;
    Ok(HttpResponse::Ok().json(believed))
}

//! Staff: parts of records are redacted, the same words everywhere; the history of a review and undoing.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::body::Body;
use super::super::bridge::{SharedDesk, act};
use super::super::conditional::{Seen, etag};
use super::super::guard::{Allowed, ReadCases, Then, WorkCases, case_id};
use super::super::problem::Problem;
use super::decisions::{FilterBody, RedactionBody};
use super::forms::Checks;
use crate::acts::{self, ActError, By, CasePart, CaseView, Everywhere, EverywhereView, StepPage};

/// Parts of a record to redact.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RedactBody {
    /// Each a whole field or a span of its text.
    #[schema(max_items = 500)]
    redactions: Vec<RedactionBody>,
}

/// The same words, or a pattern, in every record.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EverywhereBody {
    /// Words, found in all their writings: any letter case, accents, spaces, hyphens and line breaks; a number however its
    /// digits are grouped.
    #[serde(default)]
    #[schema(max_items = 50)]
    words: Vec<String>,
    /// Instead of words: a regular expression.
    pattern: Option<String>,
    /// Which records; all if left out.
    filter: Option<FilterBody>,
    /// The exemption, as `THIRD-PARTY`.
    code: String,
    /// Why.
    reason: Option<String>,
    /// The opinion that the exemption rests on, by identifier.
    opinion: Option<String>,
    /// `true`: nothing is redacted, the answer says what would be.
    #[serde(default)]
    preview: bool,
}

/// What was redacted everywhere, or would be.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EverywhereAnswer {
    /// True if nothing was done.
    preview: bool,
    #[serde(flatten)]
    view: EverywhereView,
    /// The case's version after it.
    version: i64,
}

/// Which steps.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct StepsQuery {
    /// Before the step with this number: `next` of the page before.
    after: Option<String>,
    /// At most this many, 1 to 100; 50 if left out.
    limit: Option<String>,
}

/// Redact parts of a record: whole fields, or spans of text.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/records/{record}/redactions", tag = "staff", security(("staff" = [])),
    request_body = RedactBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("record" = String, Path, description = "The record's identifier, its slash written as %2F"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses((status = 200, body = CaseView), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn redact(
    desk: SharedDesk,
    path: web::Path<(String, String)>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<RedactBody>>>,
) -> Result<HttpResponse, Problem> {
    let (id, record) = path.into_inner();
    let id = case_id(&id, "case")?;
    let mut checks = Checks::default();
    let wanted = checks.redactions(body.value.redactions);
    checks.end()?;
    let view = act(&desk, move |desk| {
        acts::redact(desk, id, &record, &wanted, &By::staff(&allowed.staff.id, seen.0))?;
        acts::case_view(desk, id)
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header(etag(view.version)).json(view))
}

/// Take one redaction back: the part goes out again. Its history stays.
#[utoipa::path(
    delete, path = "/api/v1/cases/{id}/redactions/{redaction}", tag = "staff", security(("staff" = [])),
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("redaction" = String, Path, description = "The redaction's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses((status = 200, body = CaseView), (status = 404, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn remove(
    desk: SharedDesk,
    path: web::Path<(String, String)>,
    Then(allowed, seen): Then<Allowed<WorkCases>, Seen>,
) -> Result<HttpResponse, Problem> {
    let (id, redaction) = path.into_inner();
    let id = case_id(&id, "case")?;
    let view = act(&desk, move |desk| {
        acts::redaction_remove(desk, id, &redaction, &By::staff(&allowed.staff.id, seen.0))?;
        acts::case_view(desk, id)
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header(etag(view.version)).json(view))
}

/// Redact the same words, or all that a pattern finds, in every record. Look at the `preview` first.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/redactions", tag = "staff", security(("staff" = [])), request_body = EverywhereBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses((status = 200, body = EverywhereAnswer), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn everywhere(
    desk: SharedDesk,
    id: web::Path<String>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<EverywhereBody>>>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let body = body.value;
    let mut checks = Checks::default();
    let ground = checks.ground("", Some(body.code), body.reason.as_deref(), body.opinion);
    let filter = checks.filter("filter.", body.filter.unwrap_or_default());
    let what = match (body.pattern, body.words.is_empty()) {
        (Some(pattern), true) => Some(Everywhere::Pattern(pattern)),
        (None, false) => Some(Everywhere::Words(body.words)),
        (Some(_), false) => {
            checks.fault("pattern", "give words or a pattern, not both");
            None
        }
        (None, true) => {
            checks.fault("words", "this field is missing: give the words, or a pattern");
            None
        }
    };
    checks.end()?;
    let Some(what) = what else { return Err(ActError::Missing("words").into()) };
    let preview = body.preview;
    let (view, version) = act(&desk, move |desk| {
        let by = By::staff(&allowed.staff.id, seen.0);
        let view = acts::redact_everywhere(desk, id, &what, &filter, &ground, preview, &by)?;
        Ok((view, acts::case_view(desk, id)?.version))
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header(etag(version)).json(EverywhereAnswer { preview, view, version }))
}

/// The steps of a review, newest first: who did what, and what was undone.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/steps", tag = "staff", security(("staff" = [])),
    params(("id" = String, Path, description = "The case's identifier"), StepsQuery),
    responses((status = 200, body = StepPage), (status = 404, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn steps(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let query = super::query::<StepsQuery>(&request)?;
    let mut checks = Checks::default();
    let after = checks.word::<i64>("after", query.after.as_deref());
    let limit = checks.limit(query.limit.as_deref());
    checks.end()?;
    Ok(HttpResponse::Ok().json(
        act(&desk, move |desk| {
            acts::reading(desk, id, CasePart::Review, &allowed.staff)?;
            acts::steps_list(desk, id, after, limit)
        })
        .await?,
    ))
}

/// Undo a step: what it decided or redacted ends, what it had ended stands again. The undoing can be undone.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/steps/{step}/undo", tag = "staff", security(("staff" = [])),
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("step" = String, Path, description = "The step's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses((status = 200, body = CaseView), (status = 409, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn undo(
    desk: SharedDesk,
    path: web::Path<(String, String)>,
    Then(allowed, seen): Then<Allowed<WorkCases>, Seen>,
) -> Result<HttpResponse, Problem> {
    let (id, step) = path.into_inner();
    let id = case_id(&id, "case")?;
    let view = act(&desk, move |desk| {
        acts::undo(desk, id, &step, &By::staff(&allowed.staff.id, seen.0))?;
        acts::case_view(desk, id)
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header(etag(view.version)).json(view))
}

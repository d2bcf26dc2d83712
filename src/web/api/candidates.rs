//! Staff: records that only might be the person's, and the identifiers of a case.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::body::Body;
use super::super::bridge::{SharedDesk, act};
use super::super::conditional::{Seen, etag};
use super::super::guard::{Allowed, ReadCases, Then, WorkCases, case_id};
use super::super::problem::Problem;
use super::forms::Checks;
use crate::acts::{
    self, ActError, By, CandidateFilter, CandidatePage, CasePart, CaseView, IdentifierView, NewAlias, NewRulings,
    Ruling,
};
use crate::matching::Tier;
use crate::subject::IdentifierKind;

/// Which candidates.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CandidatesQuery {
    /// `probable` or `possible`.
    tier: Option<String>,
    /// `true`: those that nobody has decided about. `false`: those that somebody has.
    open: Option<String>,
    /// Continue after so many: `next` of the page before.
    after: Option<String>,
    /// At most this many, 1 to 100; 50 if left out.
    limit: Option<String>,
}

/// What is said of records.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RulingBody {
    /// `theirs`: they go out, and what they lead to is searched for. `not_theirs`: they never go out.
    ruling: Ruling,
    /// The records, by identifier.
    #[schema(max_items = 1_000)]
    records: Vec<String>,
    /// How that is known; for the case, at most 4,000 characters.
    reason: String,
}

/// An identifier that a caseworker confirms.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AliasBody {
    /// `email`, `phone`, `name`, `date_of_birth`, `postcode` or `address`.
    kind: String,
    /// As it is written.
    value: String,
    /// The record on which it stands.
    record: Option<String>,
    /// How it is known to be theirs; for the case, at most 4,000 characters.
    reason: String,
}

/// The identifiers of a case.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct IdentifierList {
    identifiers: Vec<IdentifierView>,
}

impl Checks {
    /// Why, which must be said.
    fn why(&mut self, field: &str, text: &str) -> String {
        if text.trim().is_empty() {
            self.fault(field, "this field is missing: say how it is known");
            return String::new();
        }
        self.prose(field, text, 4_000)
    }
}

/// Records that might be the person's, likeliest first, with the evidence for and against each in words. Reading them is
/// written down.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/candidates", tag = "staff", security(("staff" = [])),
    params(("id" = String, Path, description = "The case's identifier"), CandidatesQuery),
    responses((status = 200, body = CandidatePage), (status = 409, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn list(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let query = super::query::<CandidatesQuery>(&request)?;
    let mut checks = Checks::default();
    let tier = match query.tier.as_deref() {
        None => None,
        Some("probable") => Some(Tier::Probable),
        Some("possible") => Some(Tier::Possible),
        Some(_) => {
            checks.fault("tier", "use probable or possible");
            None
        }
    };
    let filter = CandidateFilter { tier, open: checks.word("open", query.open.as_deref()) };
    let after = checks.word::<u64>("after", query.after.as_deref()).unwrap_or(0);
    let limit = u64::try_from(checks.limit(query.limit.as_deref())).unwrap_or(1);
    checks.end()?;
    let page = act(&desk, move |desk| acts::candidates_list(desk, id, &allowed.staff.id, filter, after, limit)).await?;
    Ok(HttpResponse::Ok().json(page))
}

/// Say of one record or of many whose they are, in one step that can be undone. The sources are searched again from what
/// that leads to: the case is gathering until they were.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/candidates", tag = "staff", security(("staff" = [])), request_body = RulingBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses((status = 200, body = CaseView), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn rule(
    desk: SharedDesk,
    id: web::Path<String>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<RulingBody>>>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let RulingBody { ruling, records, reason } = body.value;
    let mut checks = Checks::default();
    let reason = checks.why("reason", &reason);
    checks.end()?;
    let view = act(&desk, move |desk| {
        let new = NewRulings { ruling, records, reason };
        acts::rule_on_records(desk, id, &new, &By::staff(&allowed.staff.id, seen.0))?;
        acts::case_view(desk, id)
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header(etag(view.version)).json(view))
}

/// The identifiers of a case: those that the requester gave, and those that caseworkers confirmed. Reading them is written
/// down.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/identifiers", tag = "staff", security(("staff" = [])),
    params(("id" = String, Path, description = "The case's identifier")),
    responses((status = 200, body = IdentifierList), (status = 404, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn identifiers(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let identifiers = act(&desk, move |desk| {
        acts::reading(desk, id, CasePart::Case, &allowed.staff)?;
        acts::identifiers_list(desk, id)
    })
    .await?;
    Ok(HttpResponse::Ok().json(IdentifierList { identifiers }))
}

/// Confirm an identifier of the person's: a former name, another address or number. The gather goes on from it: the case is
/// gathering until the sources were searched.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/identifiers", tag = "staff", security(("staff" = [])), request_body = AliasBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses((status = 200, body = CaseView), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn confirm(
    desk: SharedDesk,
    id: web::Path<String>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<AliasBody>>>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let AliasBody { kind, value, record, reason } = body.value;
    let mut checks = Checks::default();
    let kind = match kind.parse::<IdentifierKind>() {
        Ok(kind) => Some(kind),
        Err(cure) => {
            checks.fault("kind", cure);
            None
        }
    };
    let value = match kind {
        Some(IdentifierKind::Email) => checks.email("value", &value),
        _ => checks.prose("value", &value, 200),
    };
    let reason = checks.why("reason", &reason);
    checks.end()?;
    let Some(kind) = kind else { return Err(ActError::Missing("kind of identifier").into()) };
    let view = act(&desk, move |desk| {
        let new = NewAlias { kind, value, record, reason };
        acts::identifier_confirm(desk, id, &new, &By::staff(&allowed.staff.id, seen.0))?;
        acts::case_view(desk, id)
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header(etag(view.version)).json(view))
}

//! Staff: suggested redactions and what is said to them; the desk's standing rules.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::body::Body;
use super::super::bridge::{SharedDesk, act};
use super::super::conditional::{Seen, etag};
use super::super::guard::{Allowed, Approve, ReadCases, Then, WorkCases, case_id};
use super::super::problem::Problem;
use super::forms::Checks;
use crate::acts::{
    self, Answer, AnsweredView, By, NewRule, RuleKind, RuleMode, RuleView, SuggestionAt, SuggestionFilter,
    SuggestionsView,
};
use crate::review::Span;
use crate::review::suggest::Kind;

/// Which suggestions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct SuggestionsQuery {
    /// Of this kind only: `name`, `email`, `phone`, `postcode`, `ni_number`, `nhs_number`, `date_of_birth`, `address`,
    /// `account`, `rule`.
    kind: Option<String>,
}

/// One suggestion, by where it stands.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SuggestionBody {
    /// The record.
    record: String,
    /// The field.
    field: String,
    /// The first character; left out, with `end`, where the suggestion is of the whole field.
    start: Option<u64>,
    /// The first character after it.
    end: Option<u64>,
}

/// An answer to suggestions: to those that are listed, or to all that the filter takes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerBody {
    /// `accept`: each becomes a redaction. `reject`: each goes out.
    answer: Answer,
    /// These.
    #[serde(default)]
    #[schema(max_items = 1_000)]
    suggestions: Vec<SuggestionBody>,
    /// Of this kind.
    kind: Option<Kind>,
    /// At least so sure, 0 to 100.
    at_least: Option<u8>,
    /// At most so sure, 0 to 100.
    at_most: Option<u8>,
    /// With these words, in the form that the suggestion gives them.
    words: Option<String>,
    /// Asked for by this standing rule.
    rule: Option<String>,
    /// In this record.
    record: Option<String>,
    /// In this collection.
    collection: Option<String>,
    /// Without any of the above: all of the case. Say so with `true`.
    #[serde(default)]
    all: bool,
    /// `true`: also wherever the same words stand in any record of the case.
    #[serde(default)]
    everywhere: bool,
    /// The exemption to redact under, if not the one that is suggested.
    code: Option<String>,
    /// Why.
    reason: Option<String>,
    /// The opinion that the exemption rests on, by identifier.
    opinion: Option<String>,
    /// `true`: nothing is done, the answer says what would be.
    #[serde(default)]
    preview: bool,
}

/// What answering did, or would do.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AnsweredAnswer {
    /// True if nothing was done.
    preview: bool,
    #[serde(flatten)]
    view: AnsweredView,
    /// The case's version after it.
    version: i64,
}

/// A standing rule to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleBody {
    /// `field`: a column, whatever it holds. `words`: in all their writings. `pattern`: a regular expression.
    kind: RuleKind,
    /// In this collection only.
    collection: Option<String>,
    /// In this column only; the column itself for `field`.
    field: Option<String>,
    /// The words or the pattern.
    words: Option<String>,
    /// The exemption.
    code: String,
    /// Why; stands with each redaction that the rule makes.
    reason: String,
    /// `suggest`: a person answers. `apply`: redacted by itself, and can be undone.
    mode: RuleMode,
}

/// A rule that was made.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RuleMade {
    /// Its identifier.
    rule: String,
}

/// Why a rule ends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleEndBody {
    /// Why.
    reason: String,
}

/// The standing rules.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RuleList {
    /// Oldest first.
    rules: Vec<RuleView>,
}

/// Which rules.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct RulesQuery {
    /// `true`: those that were ended too.
    ended: Option<String>,
}

/// The suggestions of a case by words, those in most places first. Reading them is written down.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/suggestions", tag = "staff", security(("staff" = [])),
    params(("id" = String, Path, description = "The case's identifier"), SuggestionsQuery),
    responses((status = 200, body = SuggestionsView), (status = 409, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn list(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let query = super::query::<SuggestionsQuery>(&request)?;
    let mut checks = Checks::default();
    let kind = checks.word::<Kind>("kind", query.kind.as_deref());
    checks.end()?;
    let view = act(&desk, move |desk| acts::suggestions_list(desk, id, &allowed.staff.id, kind)).await?;
    Ok(HttpResponse::Ok().json(view))
}

/// Accept or reject suggestions: one, many, or the same words everywhere. It is one step, which can be undone.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/suggestions", tag = "staff", security(("staff" = [])), request_body = AnswerBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses((status = 200, body = AnsweredAnswer), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn answer(
    desk: SharedDesk,
    id: web::Path<String>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<AnswerBody>>>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let body = body.value;
    let mut checks = Checks::default();
    let ground = checks.ground("", body.code, body.reason.as_deref(), body.opinion);
    let place = |n: Option<u64>| n.map(crate::base::usize_from);
    let filter = SuggestionFilter {
        at: body
            .suggestions
            .into_iter()
            .map(|one| SuggestionAt {
                record: one.record,
                field: one.field,
                span: place(one.start).zip(place(one.end)).map(|(start, end)| Span { start, end }),
            })
            .collect(),
        kind: body.kind,
        at_least: body.at_least,
        at_most: body.at_most,
        words: body.words,
        rule: body.rule,
        record: body.record,
        collection: body.collection,
    };
    match (filter == SuggestionFilter::default(), body.all) {
        (true, false) => checks.fault("suggestions", "name suggestions or a filter, or say that you mean all of them"),
        (false, true) => checks.fault("all", "all of them, or those that are named: not both"),
        (true, true) | (false, false) => {}
    }
    checks.end()?;
    let (answer, everywhere, preview) = (body.answer, body.everywhere, body.preview);
    let (view, version) = act(&desk, move |desk| {
        let by = By::staff(&allowed.staff.id, seen.0);
        let view = acts::suggestions_answer(desk, id, &filter, (answer, &ground), (everywhere, preview), &by)?;
        Ok((view, acts::case_view(desk, id)?.version))
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header(etag(version)).json(AnsweredAnswer { preview, view, version }))
}

/// Have the suggestions worked out again: after a standing rule was made, or if that was given up.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/suggestions/again", tag = "staff", security(("staff" = [])),
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses((status = 202), (status = 409, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn again(
    desk: SharedDesk,
    id: web::Path<String>,
    Then(allowed, seen): Then<Allowed<WorkCases>, Seen>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    act(&desk, move |desk| acts::suggest_again(desk, id, &By::staff(&allowed.staff.id, seen.0))).await?;
    Ok(HttpResponse::Accepted().finish())
}

/// The desk's standing rules of redaction.
#[utoipa::path(
    get, path = "/api/v1/rules", tag = "staff", security(("staff" = [])), params(RulesQuery),
    responses((status = 200, body = RuleList))
)]
pub(super) async fn rules(
    desk: SharedDesk,
    _allowed: Allowed<ReadCases>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let query = super::query::<RulesQuery>(&request)?;
    let mut checks = Checks::default();
    let ended = checks.word::<bool>("ended", query.ended.as_deref()).unwrap_or(false);
    checks.end()?;
    let rules = act(&desk, move |desk| acts::rules_list(desk, ended)).await?;
    Ok(HttpResponse::Ok().json(RuleList { rules }))
}

/// Make a standing rule. It counts for the cases whose suggestions are worked out from then on.
#[utoipa::path(
    post, path = "/api/v1/rules", tag = "staff", security(("staff" = [])), request_body = RuleBody,
    responses((status = 201, body = RuleMade), (status = 422, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn rule_make(
    desk: SharedDesk,
    Then(allowed, body): Then<Allowed<Approve>, Body<RuleBody>>,
) -> Result<HttpResponse, Problem> {
    let body = body.value;
    let mut checks = Checks::default();
    checks.code("code", Some(&body.code));
    let reason = checks.prose("reason", &body.reason, 4_000);
    let words = body.words.map(|words| checks.prose("words", &words, 1_000));
    checks.end()?;
    let new = NewRule {
        kind: body.kind,
        collection: body.collection,
        field: body.field,
        words,
        code: body.code,
        reason,
        mode: body.mode,
    };
    let rule = act(&desk, move |desk| acts::rule_make(desk, new, &By::staff_only(&allowed.staff.id))).await?;
    Ok(HttpResponse::Created().json(RuleMade { rule }))
}

/// End a standing rule. What it redacted stays redacted.
#[utoipa::path(
    post, path = "/api/v1/rules/{rule}/end", tag = "staff", security(("staff" = [])), request_body = RuleEndBody,
    params(("rule" = String, Path, description = "The rule's identifier")),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn rule_end(
    desk: SharedDesk,
    rule: web::Path<String>,
    Then(allowed, body): Then<Allowed<Approve>, Body<RuleEndBody>>,
) -> Result<HttpResponse, Problem> {
    let mut checks = Checks::default();
    let reason = checks.prose("reason", &body.value.reason, 4_000);
    checks.end()?;
    act(&desk, move |desk| acts::rule_end(desk, &rule, &reason, &By::staff_only(&allowed.staff.id))).await?;
    Ok(HttpResponse::NoContent().finish())
}

//! Staff: what requesters sent, wrote, showed and say is wrong, and what a caseworker makes of it.

use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::body::Body;
use super::super::bridge::{SharedDesk, act};
use super::super::conditional::{Seen, etag};
use super::super::guard::{Allowed, Then, WorkCases, case_id};
use super::super::problem::Problem;
use super::forms::Checks;
use crate::acts::{
    self, Asking, AssessmentView, By, CasePart, CaseView, CitizenView, EvidenceView, MessageView, NewAssessment,
    RectificationView,
};
use crate::identity::{AssessmentKind, AssessmentMethod, AssessmentOutcome};
use crate::letter::WhyAsked;

/// What the requester of a case wants and sent.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RequesterView {
    /// How the answer is wanted, and what waits.
    wishes: CitizenView,
    /// The files, oldest first.
    evidence: Vec<EvidenceView>,
    /// What was made of who the requester is, oldest first.
    assessments: Vec<AssessmentView>,
    /// Messages both ways, oldest first.
    messages: Vec<MessageView>,
    /// What they say is wrong, oldest first.
    corrections: Vec<RectificationView>,
}

/// What a caseworker makes of who somebody is, or of whether they may act.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AssessmentBody {
    /// `identity`, `authority`, `understanding` (of a child) or `interest` (of the person).
    kind: String,
    /// `document_sent`, `document_seen`, `known`, `called_back`, `questions`, `register`, `talk` or `other`.
    method: String,
    /// `enough` or `not_enough`.
    outcome: String,
    /// Why, at most 4,000 characters. No age and no form decides by itself.
    reasons: String,
}

/// What is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProofBody {
    /// Who the requester is: ask only where there is reasonable doubt (UK GDPR Art. 12(6)).
    #[serde(default)]
    identity: bool,
    /// That they may act for the subject.
    #[serde(default)]
    authority: bool,
    /// What is needed, in your words; the letter quotes it.
    words: Option<String>,
}

/// A message to the requester.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StaffMessageBody {
    /// At most 4,000 characters. They are told by e-mail that it is there.
    words: String,
}

/// What the requester wants, sent, wrote and says is wrong. Their messages count as seen from now on.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/requester", tag = "staff", security(("staff" = [])),
    params(("id" = String, Path, description = "The case's identifier")),
    responses((status = 200, body = RequesterView), (status = 404, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn requester(
    desk: SharedDesk,
    allowed: Allowed<WorkCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let view = act(&desk, move |desk| {
        acts::reading(desk, id, CasePart::Requester, &allowed.staff)?;
        Ok(RequesterView {
            wishes: acts::citizen_view(desk, id)?,
            evidence: acts::evidence_list(desk, id)?,
            assessments: acts::assessments_list(desk, id)?,
            messages: acts::messages_for_staff(desk, id)?,
            corrections: acts::rectifications_list(desk, id)?,
        })
    })
    .await?;
    Ok(HttpResponse::Ok().json(view))
}

/// A file that the requester sent. That it was looked at is written down.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/evidence/{evidence}", tag = "staff", security(("staff" = [])),
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("evidence" = String, Path, description = "The file's identifier"),
    ),
    responses(
        (status = 200, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 410, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn evidence(
    desk: SharedDesk,
    allowed: Allowed<WorkCases>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (id, evidence) = path.into_inner();
    let id = case_id(&id, "case")?;
    let file = act(&desk, move |desk| {
        let version = acts::case_view(desk, id)?.version;
        acts::evidence_read(desk, id, &evidence, &By::staff(&allowed.staff.id, version))
    })
    .await?;
    // Never shown in a page of ours: what somebody sent is saved, and opened by who looks at it.
    Ok(HttpResponse::Ok()
        .content_type(file.kind.media_type())
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.name)))
        .body(file.bytes))
}

/// Write down what you make of who the requester is, or of whether they may act. The files are removed then.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/assessments", tag = "staff", security(("staff" = [])),
    request_body = AssessmentBody,
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
pub(super) async fn assess(
    desk: SharedDesk,
    id: web::Path<String>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<AssessmentBody>>>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let body = body.value;
    let mut checks = Checks::default();
    let kind = checks.word::<AssessmentKind>("kind", Some(&body.kind));
    let method = checks.word::<AssessmentMethod>("method", Some(&body.method));
    let outcome = checks.word::<AssessmentOutcome>("outcome", Some(&body.outcome));
    let reasons = checks.prose("reasons", &body.reasons, 4_000);
    checks.end()?;
    let (Some(kind), Some(method), Some(outcome)) = (kind, method, outcome) else {
        return Err(Problem::fields(Vec::new()));
    };
    let view = act(&desk, move |desk| {
        let new = NewAssessment { kind, method, outcome, reasons };
        acts::assess(desk, id, &new, &By::staff(&allowed.staff.id, seen.0))?;
        acts::case_view(desk, id)
    })
    .await?;
    Ok(HttpResponse::Created().insert_header(etag(view.version)).json(view))
}

/// Ask the requester to show who they are, or that they may act. The time for the answer begins anew when it comes.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/proof", tag = "staff", security(("staff" = [])), request_body = ProofBody,
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
pub(super) async fn ask(
    desk: SharedDesk,
    id: web::Path<String>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<ProofBody>>>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let body = body.value;
    let mut checks = Checks::default();
    let words = body.words.map(|text| checks.prose("words", &text, 4_000));
    checks.end()?;
    let asking = Asking { identity: body.identity.then_some(WhyAsked::Doubt), authority: body.authority, words };
    let view = act(&desk, move |desk| {
        acts::ask_for_proof(desk, id, &asking, &By::staff(&allowed.staff.id, seen.0))?;
        acts::case_view(desk, id)
    })
    .await?;
    Ok(HttpResponse::Created().insert_header(etag(view.version)).json(view))
}

/// Write to the requester.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/messages", tag = "staff", security(("staff" = [])),
    request_body = StaffMessageBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses(
        (status = 201, body = CaseView),
        (status = 412, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 428, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn message(
    desk: SharedDesk,
    id: web::Path<String>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<StaffMessageBody>>>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let mut checks = Checks::default();
    let words = checks.prose("words", &body.value.words, 4_000);
    checks.end()?;
    let view = act(&desk, move |desk| {
        acts::message_from_staff(desk, id, &words, &By::staff(&allowed.staff.id, seen.0))?;
        acts::case_view(desk, id)
    })
    .await?;
    Ok(HttpResponse::Created().insert_header(etag(view.version)).json(view))
}

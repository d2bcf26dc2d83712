//! Corrections: asked for by the person, written down, decided, signed, done and taken back by staff.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::body::Body;
use super::super::bridge::{SharedDesk, act};
use super::super::conditional::{Seen, etag};
use super::super::guard::{Allowed, Approve, ReadCases, Requester, Then, WorkCases, case_id};
use super::super::problem::Problem;
use super::forms::Checks;
use crate::acts::{
    self, ActError, AskCorrection, AskedFor, By, CasePart, OwnCorrection, RectificationDetail, RectificationView,
    RectifyDecision,
};
use crate::case::CaseId;
use crate::rectify::{CorrectionId, Decided};

/// A correction that is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CorrectionBody {
    /// The record, as the answer names it.
    #[schema(example = "accounts/12")]
    record: String,
    /// The field, as the answer names it.
    #[schema(example = "phone")]
    field: String,
    /// What it should say; left out or null to have it emptied.
    #[schema(example = "07700 900123")]
    should: Option<String>,
    /// Why, in your own words.
    #[schema(example = "I have a new phone.")]
    why: String,
    /// What shows that it is so, in your own words.
    evidence: Option<String>,
}

impl CorrectionBody {
    fn read(self) -> Result<AskCorrection, Problem> {
        let mut checks = Checks::default();
        let wanted = self.should.map(|text| checks.value("should", text));
        let why = checks.prose("why", &self.why, 4_000);
        let evidence = self.evidence.map(|text| checks.prose("evidence", &text, 4_000));
        checks.end()?;
        Ok(AskCorrection { record: self.record, field: self.field, wanted, why, evidence })
    }
}

/// What is decided about a correction.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CorrectionDecisionBody {
    /// `apply`: write what was asked for. `part`: write something else. `refuse`. `statement`: put what the person says
    /// beside the data.
    decision: Decided,
    /// The value as you saw it (`now.value`), null for no value: needed with `apply` and `part`.
    shown: Option<String>,
    /// What is written, with `part`; null to empty the field.
    value: Option<String>,
    /// Why; the person is told. Needed with `part` and `refuse`.
    reason: Option<String>,
    /// What the person says, with `statement`.
    statement: Option<String>,
}

/// Why something is returned or taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CorrectionReasonBody {
    /// In plain words.
    reason: String,
}

/// That the source was changed by who looks after it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CorrectionProofBody {
    /// What shows it: a ticket, a confirmation, who said so and when.
    proof: String,
}

/// Nothing further is needed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CorrectionSignBody {}

/// The corrections of a case.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CorrectionList {
    /// Oldest first.
    corrections: Vec<RectificationView>,
}

/// The corrections that you asked for.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OwnCorrectionList {
    /// On this request and on those that follow it, oldest first.
    corrections: Vec<OwnCorrection>,
}

/// A correction that restores what stood before.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct UndoMade {
    /// Its identifier; a second person must sign it.
    correction: String,
}

/// Ask for a correction of a record that you have read. If this request is answered already, a new one is opened for it,
/// with a date of its own.
#[utoipa::path(
    post, path = "/api/v1/requests/{id}/corrections", tag = "requester", security(("requester" = [])),
    request_body = CorrectionBody,
    params(("id" = String, Path, description = "The request's identifier")),
    responses(
        (status = 201, body = AskedFor), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn ask(
    desk: SharedDesk,
    Then(requester, body): Then<Requester, Body<CorrectionBody>>,
) -> Result<HttpResponse, Problem> {
    let new = body.value.read()?;
    let asked = act(&desk, move |desk| acts::ask_as_requester(desk, requester.0, &new)).await?;
    Ok(HttpResponse::Created().json(asked))
}

/// What became of the corrections that you asked for.
#[utoipa::path(
    get, path = "/api/v1/requests/{id}/corrections", tag = "requester", security(("requester" = [])),
    params(("id" = String, Path, description = "The request's identifier")),
    responses((status = 200, body = OwnCorrectionList))
)]
pub(super) async fn own(desk: SharedDesk, requester: Requester) -> Result<HttpResponse, Problem> {
    let corrections = act(&desk, move |desk| acts::own_corrections(desk, requester.0)).await?;
    Ok(HttpResponse::Ok().json(OwnCorrectionList { corrections }))
}

/// The corrections of a case.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/corrections", tag = "staff", security(("staff" = [])),
    params(("id" = String, Path, description = "The case's identifier")),
    responses(
        (status = 200, body = CorrectionList), (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let corrections = act(&desk, move |desk| {
        acts::reading(desk, id, CasePart::Corrections, &allowed.staff)?;
        acts::rectifications_list(desk, id)
    })
    .await?;
    Ok(HttpResponse::Ok().json(CorrectionList { corrections }))
}

/// Write down a correction that the person asked for in words.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/corrections", tag = "staff", security(("staff" = [])),
    request_body = CorrectionBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses(
        (status = 201, body = AskedFor), (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn write_down(
    desk: SharedDesk,
    id: web::Path<String>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<CorrectionBody>>>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let new = body.value.read()?;
    let by = By::staff(&allowed.staff.id, seen.0);
    let asked = act(&desk, move |desk| acts::ask_as_staff(desk, id, &new, &by)).await?;
    Ok(HttpResponse::Created().json(asked))
}

/// A correction, what the source says now, and where else the person's records hold the same value.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/corrections/{correction}", tag = "staff", security(("staff" = [])),
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("correction" = String, Path, description = "The correction's identifier"),
    ),
    responses(
        (status = 200, body = RectificationDetail), (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn read(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (id, correction) = ids(path)?;
    let detail = act(&desk, move |desk| {
        acts::reading(desk, id, CasePart::Corrections, &allowed.staff)?;
        acts::correction_detail(desk, id, correction)
    })
    .await?;
    Ok(HttpResponse::Ok().json(detail))
}

/// Decide about a correction, on the value as you saw it. A second person must sign.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/corrections/{correction}/decision", tag = "staff", security(("staff" = [])),
    request_body = CorrectionDecisionBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("correction" = String, Path, description = "The correction's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses(
        (status = 200, body = RectificationDetail), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 412, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn decide(
    desk: SharedDesk,
    path: web::Path<(String, String)>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<CorrectionDecisionBody>>>,
) -> Result<HttpResponse, Problem> {
    let (id, correction) = ids(path)?;
    let body = body.value;
    let mut checks = Checks::default();
    let new = RectifyDecision {
        decision: body.decision,
        shown: body.shown,
        value: body.value.map(|text| checks.value("value", text)),
        reason: body.reason.map(|text| checks.prose("reason", &text, 4_000)),
        statement: body.statement.map(|text| checks.prose("statement", &text, 4_000)),
    };
    checks.end()?;
    let by = By::staff(&allowed.staff.id, seen.0);
    done_to(desk, id, correction, move |desk| acts::correction_decide(desk, id, correction, &new, &by)).await
}

/// Sign what somebody else decided: it is written to the source, or becomes a task for who looks after it.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/corrections/{correction}/signature", tag = "staff", security(("staff" = [])),
    request_body = CorrectionSignBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("correction" = String, Path, description = "The correction's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses(
        (status = 200, body = RectificationDetail), (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn sign(
    desk: SharedDesk,
    path: web::Path<(String, String)>,
    Then(allowed, Then(seen, _body)): Then<Allowed<Approve>, Then<Seen, Body<CorrectionSignBody>>>,
) -> Result<HttpResponse, Problem> {
    let (id, correction) = ids(path)?;
    let by = By::staff(&allowed.staff.id, seen.0);
    done_to(desk, id, correction, move |desk| acts::correction_sign(desk, id, correction, &by)).await
}

/// Return what somebody else decided.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/corrections/{correction}/return", tag = "staff", security(("staff" = [])),
    request_body = CorrectionReasonBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("correction" = String, Path, description = "The correction's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses(
        (status = 200, body = RectificationDetail), (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn send_back(
    desk: SharedDesk,
    path: web::Path<(String, String)>,
    Then(allowed, Then(seen, body)): Then<Allowed<Approve>, Then<Seen, Body<CorrectionReasonBody>>>,
) -> Result<HttpResponse, Problem> {
    let (id, correction) = ids(path)?;
    let mut checks = Checks::default();
    let reason = checks.prose("reason", &body.value.reason, 4_000);
    checks.end()?;
    let by = By::staff(&allowed.staff.id, seen.0);
    done_to(desk, id, correction, move |desk| acts::correction_return(desk, id, correction, &reason, &by)).await
}

/// Say that who looks after the source has changed it; the source is read to see it.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/corrections/{correction}/done", tag = "staff", security(("staff" = [])),
    request_body = CorrectionProofBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("correction" = String, Path, description = "The correction's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses(
        (status = 200, body = RectificationDetail), (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn done(
    desk: SharedDesk,
    path: web::Path<(String, String)>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<CorrectionProofBody>>>,
) -> Result<HttpResponse, Problem> {
    let (id, correction) = ids(path)?;
    let mut checks = Checks::default();
    let proof = checks.prose("proof", &body.value.proof, 4_000);
    checks.end()?;
    let by = By::staff(&allowed.staff.id, seen.0);
    done_to(desk, id, correction, move |desk| acts::correction_done(desk, id, correction, &proof, &by)).await
}

/// Take a written correction back: another one that restores what stood there. A second person must sign it.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/corrections/{correction}/undo", tag = "staff", security(("staff" = [])),
    request_body = CorrectionReasonBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("correction" = String, Path, description = "The correction's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses(
        (status = 201, body = UndoMade), (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn undo(
    desk: SharedDesk,
    path: web::Path<(String, String)>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<CorrectionReasonBody>>>,
) -> Result<HttpResponse, Problem> {
    let (id, correction) = ids(path)?;
    let mut checks = Checks::default();
    let reason = checks.prose("reason", &body.value.reason, 4_000);
    checks.end()?;
    let by = By::staff(&allowed.staff.id, seen.0);
    let made = act(&desk, move |desk| acts::correction_undo(desk, id, correction, &reason, &by)).await?;
    Ok(HttpResponse::Created().json(UndoMade { correction: made.to_string() }))
}

fn ids(path: web::Path<(String, String)>) -> Result<(CaseId, CorrectionId), Problem> {
    let (id, correction) = path.into_inner();
    let correction = correction.parse().map_err(|_| Problem::from(ActError::Missing("correction of this case")))?;
    Ok((case_id(&id, "case")?, correction))
}

/// Does it, and answers with the correction as it is then and the case's new tag.
async fn done_to(
    desk: SharedDesk,
    id: CaseId,
    correction: CorrectionId,
    work: impl FnOnce(&acts::Desk) -> Result<i64, ActError> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let (version, detail) = act(&desk, move |desk| {
        let version = work(desk)?;
        Ok((version, acts::correction_detail(desk, id, correction)?))
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header(etag(version)).json(detail))
}

//! Staff: the gathered records of a case, and what is decided about each or about many.

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
    self, By, CaseView, Decision, Flag, Ground, Left, NewDecision, NewRedaction, RecordDetail, RecordFilter,
    RecordPage, Touched,
};
use crate::review::Span;

/// Which records.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct RecordsQuery {
    /// Of this collection.
    collection: Option<String>,
    /// Of this source.
    source: Option<String>,
    /// As the gather left them: `disclose`, `held` or `possible`.
    standing: Option<String>,
    /// As the review has them: `undecided`, `decided`, `goes_out`, `withheld`, `redacted`, `suggested`, `stale`.
    flag: Option<String>,
    /// Continue after this position: `next` of the page before.
    after: Option<String>,
    /// At most this many, 1 to 100; 50 if left out.
    limit: Option<String>,
}

/// On what ground something is withheld.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RedactionBody {
    /// The field.
    field: String,
    /// The first character (Unicode scalar values, from 0). Without `start` and `end` the whole field is redacted.
    start: Option<u64>,
    /// The first character after the span.
    end: Option<u64>,
    /// The `text_hash` that came with the text; needed with `start` and `end`.
    text_hash: Option<String>,
    /// The exemption, as `THIRD-PARTY`. The person is told it.
    code: String,
    /// Why; for the case, not for the person.
    reason: Option<String>,
    /// The opinion that the exemption rests on, by identifier.
    opinion: Option<String>,
}

/// A decision about one record.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionBody {
    /// `include`: the person gets it. `exclude`: they do not. `exempt`: they do not, under an exemption.
    decision: Decision,
    /// The exemption that is claimed, as `THIRD-PARTY`.
    code: Option<String>,
    /// Why. Told to the person where there is no code.
    reason: Option<String>,
    /// The opinion that the exemption rests on, by identifier.
    opinion: Option<String>,
    /// What is cut out of a record that is included.
    #[serde(default)]
    #[schema(max_items = 500)]
    redactions: Vec<RedactionBody>,
}

/// What an act on many records is narrowed to; all that is given must hold.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FilterBody {
    /// These records.
    #[serde(default)]
    #[schema(max_items = 1_000)]
    records: Vec<String>,
    /// Of this collection.
    collection: Option<String>,
    /// Of this source.
    source: Option<String>,
    /// As the gather left them: `disclose`, `held` or `possible`.
    standing: Option<String>,
    /// As the review has them: `undecided`, `decided`, `goes_out`, `withheld`, `redacted`, `suggested`, `stale`.
    flag: Option<String>,
}

/// A decision about many records.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ManyBody {
    /// `include`, `exclude` or `exempt`.
    decision: Decision,
    /// The exemption that is claimed.
    code: Option<String>,
    /// Why.
    reason: Option<String>,
    /// The opinion that the exemption rests on, by identifier.
    opinion: Option<String>,
    /// Which records.
    filter: FilterBody,
    /// `true`: nothing is decided, the answer says what would be.
    #[serde(default)]
    preview: bool,
}

/// What an act on many records did, or would do.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ManyView {
    /// True if nothing was done.
    preview: bool,
    #[serde(flatten)]
    touched: Touched,
    /// The case's version after it.
    version: i64,
}

impl Checks {
    /// An exemption code by its form; whether there is such a one is for the act.
    pub(super) fn code(&mut self, field: &str, code: Option<&String>) {
        if let Some(code) = code
            && (code.is_empty()
                || code.len() > 40
                || !code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-'))
        {
            self.fault(field, "write an exemption code such as THIRD-PARTY");
        }
    }

    /// A ground: code, reason, opinion, each field under `prefix`.
    pub(super) fn ground(
        &mut self,
        prefix: &str,
        code: Option<String>,
        reason: Option<&str>,
        opinion: Option<String>,
    ) -> Ground {
        self.code(&format!("{prefix}code"), code.as_ref());
        let reason = reason.map(|text| self.prose(&format!("{prefix}reason"), text, 4_000));
        Ground { code, reason, opinion }
    }

    /// A filter, each field under `prefix`.
    pub(super) fn filter(&mut self, prefix: &str, body: FilterBody) -> RecordFilter {
        RecordFilter {
            records: body.records,
            collection: body.collection,
            source: body.source,
            standing: self.word::<Left>(&format!("{prefix}standing"), body.standing.as_deref()),
            flag: self.word::<Flag>(&format!("{prefix}flag"), body.flag.as_deref()),
        }
    }

    /// The parts to redact.
    pub(super) fn redactions(&mut self, bodies: Vec<RedactionBody>) -> Vec<NewRedaction> {
        let place = |n: u64| crate::base::usize_from(n);
        bodies
            .into_iter()
            .enumerate()
            .map(|(at, body)| {
                let prefix = format!("redactions[{at}].");
                let ground = self.ground(&prefix, Some(body.code), body.reason.as_deref(), body.opinion);
                let span = match (body.start, body.end) {
                    (Some(start), Some(end)) => Some(Span { start: place(start), end: place(end) }),
                    (None, None) => None,
                    (Some(_), None) => {
                        self.fault(&format!("{prefix}end"), "give start and end, or neither for the whole field");
                        None
                    }
                    (None, Some(_)) => {
                        self.fault(&format!("{prefix}start"), "give start and end, or neither for the whole field");
                        None
                    }
                };
                NewRedaction { field: body.field, span, text_hash: body.text_hash, ground }
            })
            .collect()
    }
}

/// The gathered records, held ones too, a page at a time, as the review stands. Reading them is written down.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/records", tag = "staff", security(("staff" = [])),
    params(("id" = String, Path, description = "The case's identifier"), RecordsQuery),
    responses((status = 200, body = RecordPage), (status = 409, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn records(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let query = super::query::<RecordsQuery>(&request)?;
    let mut checks = Checks::default();
    let after = checks.word::<u64>("after", query.after.as_deref()).unwrap_or(0);
    let limit = u64::try_from(checks.limit(query.limit.as_deref())).unwrap_or(1);
    let filter = checks.filter(
        "",
        FilterBody {
            records: Vec::new(),
            collection: query.collection,
            source: query.source,
            standing: query.standing,
            flag: query.flag,
        },
    );
    checks.end()?;
    let page = act(&desk, move |desk| acts::records_page(desk, id, &allowed.staff.id, &filter, after, limit)).await?;
    Ok(HttpResponse::Ok().json(page))
}

/// One record, as the review stands, with everything that was ever decided about it. Reading it is written down.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}/records/{record}", tag = "staff", security(("staff" = [])),
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("record" = String, Path, description = "The record's identifier, its slash written as %2F"),
    ),
    responses((status = 200, body = RecordDetail), (status = 404, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn record(
    desk: SharedDesk,
    allowed: Allowed<ReadCases>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (id, record) = path.into_inner();
    let id = case_id(&id, "case")?;
    let detail = act(&desk, move |desk| acts::record_detail(desk, id, &allowed.staff.id, &record)).await?;
    Ok(HttpResponse::Ok().json(detail))
}

/// Include, exclude or exempt one record; with `include`, redact parts of it. What the statute wants beside an exemption's
/// code is named if it is missing (`GET /exemptions`).
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/records/{record}/decision", tag = "staff", security(("staff" = [])),
    request_body = DecisionBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("record" = String, Path, description = "The record's identifier, its slash written as %2F"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses((status = 200, body = CaseView), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn decide_record(
    desk: SharedDesk,
    path: web::Path<(String, String)>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<DecisionBody>>>,
) -> Result<HttpResponse, Problem> {
    let (id, record) = path.into_inner();
    let id = case_id(&id, "case")?;
    let DecisionBody { decision, code, reason, opinion, redactions } = body.value;
    let mut checks = Checks::default();
    let ground = checks.ground("", code, reason.as_deref(), opinion);
    let redactions = checks.redactions(redactions);
    checks.end()?;
    let view = act(&desk, move |desk| {
        let by = By::staff(&allowed.staff.id, seen.0);
        acts::decide_record(desk, id, &record, &NewDecision { decision, ground, redactions }, &by)?;
        acts::case_view(desk, id)
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header(etag(view.version)).json(view))
}

/// Include, exclude or exempt every record that the filter takes, in one step that can be undone.
#[utoipa::path(
    post, path = "/api/v1/cases/{id}/decisions", tag = "staff", security(("staff" = [])), request_body = ManyBody,
    params(
        ("id" = String, Path, description = "The case's identifier"),
        ("If-Match" = String, Header, description = "The ETag of the case as you read it"),
    ),
    responses((status = 200, body = ManyView), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn decide_many(
    desk: SharedDesk,
    id: web::Path<String>,
    Then(allowed, Then(seen, body)): Then<Allowed<WorkCases>, Then<Seen, Body<ManyBody>>>,
) -> Result<HttpResponse, Problem> {
    let id = case_id(&id, "case")?;
    let ManyBody { decision, code, reason, opinion, filter, preview } = body.value;
    let mut checks = Checks::default();
    let ground = checks.ground("", code, reason.as_deref(), opinion);
    let filter = checks.filter("filter.", filter);
    checks.end()?;
    let (touched, version) = act(&desk, move |desk| {
        let by = By::staff(&allowed.staff.id, seen.0);
        let touched = acts::decide_many(desk, id, &filter, (decision, &ground), preview, &by)?;
        Ok((touched, acts::case_view(desk, id)?.version))
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header(etag(version)).json(ManyView { preview, touched, version }))
}

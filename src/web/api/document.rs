//! The OpenAPI 3.1 document, made from the handlers and the types. Bodies are checked against it.

use std::sync::LazyLock;

use actix_web::{HttpResponse, get};
use serde_json::Value;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::super::{health, metrics};
use super::{
    audit, candidates, cases, checks, citizen, corrections, decisions, drift, erasures, facts, moves, opinions,
    recipients, redactions, reminders, reports, requests, searches, sessions, suggestions,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "rightsdesk",
        description = "Takes a person's data-rights request from the question to the answer. Faults are \
                       application/problem+json (RFC 9457). Dates are ISO 8601, instants UTC.",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2"),
        contact()
    ),
    paths(
        requests::create, requests::verify, requests::resend, requests::read, requests::bundle, requests::withdraw,
        requests::message,
        facts::list, facts::record, facts::deadline,
        reminders::list, reminders::done,
        sessions::create, sessions::end,
        cases::list, cases::read, cases::log,
        decisions::records, decisions::record, decisions::decide_record, decisions::decide_many,
        redactions::redact, redactions::remove, redactions::everywhere, redactions::steps, redactions::undo,
        opinions::exemptions, opinions::list, opinions::record, opinions::take_back,
        suggestions::list, suggestions::answer, suggestions::again, suggestions::rules, suggestions::rule_make,
        suggestions::rule_end,
        checks::preview, checks::record_preview, checks::warnings, checks::warnings_answer, checks::checklist,
        checks::diff, checks::sign_offs, checks::comments, checks::comment_answer,
        citizen::requester, citizen::evidence, citizen::assess, citizen::ask, citizen::message,
        citizen::correction_requests,
        corrections::own, corrections::ask, corrections::list, corrections::write_down, corrections::read,
        corrections::decide, corrections::sign, corrections::send_back, corrections::done, corrections::undo,
        erasures::list, erasures::plan, erasures::read, erasures::sign, erasures::send_back, erasures::done,
        erasures::suppressed,
        recipients::told, recipients::list, recipients::add, recipients::letter, recipients::step,
        drift::list, drift::waive,
        searches::log, searches::progress,
        candidates::list, candidates::rule, candidates::identifiers, candidates::confirm,
        moves::take,
        audit::list, audit::export, audit::verify, audit::anchors, audit::key,
        reports::deadlines, reports::backlog, reports::foi, reports::schema, reports::new_date, reports::team,
        reports::late_reason, reports::work_times, reports::log_work_time,
        health::healthz, health::readyz, health::signing_key, metrics::metrics,
    ),
    modifiers(&Schemes),
    tags(
        (name = "requester", description = "What the person who asks calls"),
        (name = "staff", description = "What caseworkers and approvers call"),
        (name = "auditor", description = "What auditors call"),
        (name = "operator", description = "What the proxy and the monitoring call"),
    )
)]
struct Api;

struct Schemes;

impl Modify for Schemes {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let Some(components) = openapi.components.as_mut() else { return };
        for name in ["requester", "staff"] {
            let mut scheme = Http::new(HttpAuthScheme::Bearer);
            scheme.bearer_format = Some("JWT".to_owned());
            components.add_security_scheme(name, SecurityScheme::Http(scheme));
        }
    }
}

/// The document.
pub(super) fn openapi() -> utoipa::openapi::OpenApi {
    Api::openapi()
}

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(openapi()).unwrap_or_default());

/// The document as JSON, made once.
pub(in super::super) fn document() -> &'static Value {
    &DOCUMENT
}

/// The document as text, for `rightsdesk openapi`.
#[must_use]
pub fn openapi_json() -> String {
    serde_json::to_string_pretty(document()).unwrap_or_default()
}

#[get("/openapi.json")]
pub(super) async fn serve() -> HttpResponse {
    HttpResponse::Ok().json(document())
}

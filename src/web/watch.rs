//! One log line for each request, with a request id and no personal data: the route's pattern instead of the address.
//! And the headers that every answer carries.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web;

use super::metrics::Watched;
use super::origin::OriginRule;

/// Scripts and styles come from here alone, nothing may frame a page, a form goes nowhere else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// The API's page is made by a vendored viewer that sets styles on its elements.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                           font-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Watches over one request.
pub(super) async fn watch(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let started = Instant::now();
    let id = uuid::Uuid::new_v4().to_string();
    let method = request.method().clone();
    let route = request.match_pattern().unwrap_or_else(|| "(none)".to_owned());
    let docs = request.path().starts_with("/api/docs");
    let rule = request.app_data::<web::Data<OriginRule>>();
    let origin = rule.and_then(|rule| rule.origin(request.request()));
    let watched = request.app_data::<web::Data<Watched>>().cloned();
    let mut response = super::origin::answering(origin, next.call(request)).await?;
    if let Some(watched) = watched {
        watched.answered(method.as_str(), &route, response.status().as_u16(), started.elapsed().as_secs_f64());
    }
    tracing::info!(
        request = %id,
        %method,
        route,
        status = response.status().as_u16(),
        milliseconds = started.elapsed().as_secs_f64() * 1_000.0,
        "answered"
    );
    let headers = response.headers_mut();
    let mut set = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    };
    set("x-request-id", &id);
    set("content-security-policy", if docs { DOCS_POLICY } else { POLICY });
    set("x-content-type-options", "nosniff");
    set("referrer-policy", "no-referrer");
    set("cross-origin-opener-policy", "same-origin");
    set("permissions-policy", "camera=(), microphone=(), geolocation=()");
    if !headers.contains_key("cache-control") {
        headers.insert(HeaderName::from_static("cache-control"), HeaderValue::from_static("no-store"));
    }
    Ok(response)
}

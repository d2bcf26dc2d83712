//! `/metrics` for the operator's monitoring, in the text format of Prometheus. Counts and times alone: routes by pattern, no
//! case, no person.

use std::fmt::Write;

use actix_web::http::header::AUTHORIZATION;
use actix_web::{HttpRequest, HttpResponse, get, web};
use prometheus::{Encoder, HistogramOpts, HistogramVec, Registry, TextEncoder};
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

use super::bridge::{SharedDesk, act};
use super::problem::Problem;
use crate::acts::{ActError, DUE_SOON_DAYS, Measures, measures};
use crate::config::MetricsConfig;

/// The upper bounds of the histogram of answers, in seconds.
const BOUNDS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// How long this process took to answer, and who may see it.
pub(super) struct Watched {
    registry: Registry,
    latencies: Option<HistogramVec>,
    token: Option<SecretString>,
}

impl Watched {
    pub(super) fn new(config: &MetricsConfig) -> Self {
        let registry = Registry::new();
        let options = HistogramOpts::new(
            "rightsdesk_http_request_seconds",
            "How long answers of this process took, by method, route and status.",
        )
        .buckets(BOUNDS.to_vec());
        // The names are fixed and right, so neither can fail; without them the answers are served all the same.
        let latencies = HistogramVec::new(options, &["method", "route", "status"])
            .ok()
            .filter(|latencies| registry.register(Box::new(latencies.clone())).is_ok());
        Self { registry, latencies, token: config.token.clone() }
    }

    /// Notes an answer. `route` is a pattern.
    pub(super) fn answered(&self, method: &str, route: &str, status: u16, seconds: f64) {
        // A client can invent methods; it cannot make a series of each.
        let method = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"].into_iter().find(|m| *m == method);
        if let Some(latencies) = &self.latencies {
            latencies.with_label_values(&[method.unwrap_or("other"), route, &status.to_string()]).observe(seconds);
        }
    }

    /// With a token configured, whoever sends it; without one only this machine, not through a proxy.
    fn allows(&self, request: &HttpRequest) -> bool {
        if let Some(token) = &self.token {
            let sent = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
            let sent = sent.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
            return bool::from(sent.as_bytes().ct_eq(token.expose_secret().as_bytes()));
        }
        let here = request.peer_addr().is_some_and(|address| address.ip().to_canonical().is_loopback());
        let proxied = ["x-forwarded-for", "forwarded", "x-real-ip", "via"]
            .iter()
            .any(|name| request.headers().contains_key(*name));
        here && !proxied
    }
}

/// Figures for the operator's monitoring, in the text format of Prometheus: queue, searches by source, cases due and
/// overdue, mail failures, answers by route. For this machine alone, or with the configured token.
#[utoipa::path(
    tag = "operator",
    responses((status = 200, content_type = "text/plain", body = String), (status = 403, body = Problem, content_type = "application/problem+json"))
)]
#[get("/metrics")]
pub(super) async fn metrics(
    desk: SharedDesk,
    watched: web::Data<Watched>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    if !watched.allows(&request) {
        return Err(ActError::Forbidden(
            "the metrics are the operator's: ask from this machine, or send the token of metrics.token".to_owned(),
        )
        .into());
    }
    let measures = act(&desk, measures).await?;
    let mut text = of_the_desk(&measures);
    let mut own = Vec::new();
    TextEncoder::new()
        .encode(&watched.registry.gather(), &mut own)
        .map_err(|e| Problem::from(ActError::Broken(format!("the metrics could not be written: {e}"))))?;
    text.push_str(&String::from_utf8_lossy(&own));
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text))
}

/// A family of series being written.
struct Family<'t> {
    text: &'t mut String,
    name: &'static str,
}

impl<'t> Family<'t> {
    fn new(text: &'t mut String, name: &'static str, kind: &str, help: &str) -> Self {
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
        Self { text, name }
    }

    fn value(self, labels: &[(&str, &str)], value: impl std::fmt::Display) -> Self {
        self.series("", labels, value)
    }

    fn series(self, suffix: &str, labels: &[(&str, &str)], value: impl std::fmt::Display) -> Self {
        let labels: Vec<String> = labels.iter().map(|(name, value)| format!("{name}=\"{}\"", escaped(value))).collect();
        let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
        let _ = writeln!(self.text, "{}{suffix}{labels} {value}", self.name);
        self
    }
}

fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

fn seconds(milliseconds: u64) -> String {
    format!("{}.{:03}", milliseconds / 1_000, milliseconds % 1_000)
}

fn of_the_desk(measures: &Measures) -> String {
    let mut text = String::new();
    let mut family = Family::new(&mut text, "rightsdesk_jobs", "gauge", "Jobs that are not done, by kind and state.");
    for (kind, state, n) in &measures.jobs {
        family = family.value(&[("kind", kind), ("state", state)], n);
    }
    Family::new(
        &mut text,
        "rightsdesk_oldest_job_seconds",
        "gauge",
        "For how long the oldest job that should have run has waited.",
    )
    .value(&[], measures.oldest_job_seconds);
    let mut family = Family::new(&mut text, "rightsdesk_open_cases", "gauge", "Open cases by stage.");
    for (stage, n) in &measures.open {
        family = family.value(&[("stage", stage)], n);
    }
    Family::new(&mut text, "rightsdesk_overdue_cases", "gauge", "Open cases past their due date.")
        .value(&[], measures.overdue);
    let soon = format!("Open cases due today or in the next {DUE_SOON_DAYS} days.");
    Family::new(&mut text, "rightsdesk_due_soon_cases", "gauge", &soon).value(&[], measures.due_soon);
    searches(&mut text, measures);
    let mut family = Family::new(
        &mut text,
        "rightsdesk_mail_failures_total",
        "counter",
        "Tries to send an e-mail that failed, by the job's kind; each is tried again.",
    );
    for (kind, n) in &measures.mail_failures {
        family = family.value(&[("kind", kind)], n);
    }
    Family::new(&mut text, "rightsdesk_audit_entries", "counter", "Entries of the audit trail.")
        .value(&[], measures.audit_entries);
    if let Some(age) = measures.anchor_age_seconds {
        Family::new(
            &mut text,
            "rightsdesk_audit_anchor_age_seconds",
            "gauge",
            "How old the newest anchor of the audit trail is.",
        )
        .value(&[], age);
    }
    text
}

fn searches(text: &mut String, measures: &Measures) {
    let mut family = Family::new(
        text,
        "rightsdesk_gather_seconds",
        "histogram",
        "How long a search spent in each source, in all processes since the desk was set up.",
    );
    for (source, times) in &measures.searches {
        for (bound, n) in &times.at_most {
            family = family.series("_bucket", &[("source", source), ("le", &seconds(*bound))], n);
        }
        family = family
            .series("_bucket", &[("source", source), ("le", "+Inf")], times.count)
            .series("_sum", &[("source", source)], seconds(times.milliseconds))
            .series("_count", &[("source", source)], times.count);
    }
    let mut family = Family::new(
        text,
        "rightsdesk_gather_failures_total",
        "counter",
        "Collections that could not be searched, by source.",
    );
    for (source, times) in &measures.searches {
        family = family.value(&[("source", source)], times.failed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acts::SearchTimes;

    #[test]
    fn a_source_is_a_histogram_whose_name_cannot_leave_its_quotes() {
        let times = SearchTimes { at_most: vec![(100, 1), (500, 2)], count: 3, milliseconds: 1_234, failed: 1 };
        let measures = Measures { searches: [("a\"b".to_owned(), times)].into(), ..Measures::default() };
        let text = of_the_desk(&measures);
        for line in [
            "rightsdesk_gather_seconds_bucket{source=\"a\\\"b\",le=\"0.100\"} 1",
            "rightsdesk_gather_seconds_bucket{source=\"a\\\"b\",le=\"+Inf\"} 3",
            "rightsdesk_gather_seconds_sum{source=\"a\\\"b\"} 1.234",
            "rightsdesk_gather_failures_total{source=\"a\\\"b\"} 1",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
    }
}

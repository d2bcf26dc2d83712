//! What the operator's monitoring is told, and who may ask.

use rightsdesk::access::Role;
use serde_json::json;

use crate::harness::{Answer, Backend, Bench, Options};

fn with(backend: Backend, settings: &[(&str, &str)]) -> Bench {
    let settings = settings.iter().map(|(key, value)| (format!("RIGHTSDESK_{key}"), (*value).to_owned())).collect();
    Bench::with(backend, Options { settings, jobs_may_remain: true })
}

/// The value of a series.
#[track_caller]
fn value(text: &str, series: &str) -> f64 {
    let line = text.lines().find(|line| line.strip_prefix(series).is_some_and(|rest| rest.starts_with(' ')));
    line.unwrap_or_else(|| panic!("no series {series} in\n{text}")).rsplit(' ').next().unwrap().parse().unwrap()
}

both! {
    fn the_metrics_say_what_waits_what_is_due_and_what_failed(backend) {
        // Nobody listens there, so every letter fails.
        let bench = with(backend, &[("POST__SMTP_URL", "smtp://127.0.0.1:9"), ("JOBS__ATTEMPTS", "1")]);
        let jo = bench.staff("jo", Role::Caseworker);
        for (day, email) in [("2026-09-01", "ann@example.org"), ("2026-10-28", "bo@example.org"), ("2026-11-20", "cy@example.org")] {
            let body = json!({
                "right": "access", "received_on": day, "channel": "post",
                "subject": {"name": "Ann Lee", "email": email},
            });
            bench.post_as("/api/v1/cases", &body, &jo).expect(201);
        }
        for email in ["dee@example.org", "eve@example.org", "fay@example.org"] {
            let body = json!({"right": "access", "subject": {"name": "Ann Lee", "email": email}});
            bench.post("/api/v1/requests", &body).expect(201);
        }
        let read = || bench.get("/metrics", "").text();
        let before = read();
        let waiting: f64 = before.lines().filter(|line| line.starts_with("rightsdesk_jobs{") && line.contains("ready"))
            .map(|line| line.rsplit(' ').next().unwrap().parse::<f64>().unwrap()).sum();
        assert!(waiting >= 3.0, "{before}");
        bench.clock.advance(chrono::TimeDelta::seconds(90));
        assert_eq!(value(&read(), "rightsdesk_oldest_job_seconds"), 90.0);
        bench.work();
        let after = read();
        let failed: f64 = after.lines().filter(|line| line.starts_with("rightsdesk_mail_failures_total{"))
            .map(|line| line.rsplit(' ').next().unwrap().parse::<f64>().unwrap()).sum();
        assert!(failed >= 3.0, "{after}");
        assert!(after.contains("state=\"given_up\""), "{after}");
        assert_eq!(value(&after, "rightsdesk_oldest_job_seconds"), 0.0);
        assert_eq!(value(&after, "rightsdesk_overdue_cases"), 1.0, "{after}");
        assert_eq!(value(&after, "rightsdesk_due_soon_cases"), 1.0, "{after}");
        assert!(value(&after, "rightsdesk_http_request_seconds_count{method=\"POST\",route=\"/api/v1/cases\",status=\"201\"}") >= 3.0);
        // Routes by pattern, nobody's name, address or case.
        bench.get("/api/v1/cases/ann@example.org", &jo);
        for word in ["ann", "Ann", "Lee", "example.org", "DSR-"] {
            assert!(!read().contains(word), "{word}");
        }
    }

    fn only_this_machine_or_the_token_gets_the_metrics(backend) {
        let bench = with(backend, &[]);
        assert_eq!(bench.get("/metrics", "").status, 200);
        for header in ["X-Forwarded-For", "Forwarded", "Via"] {
            Answer::of(bench.request("GET", "/metrics").header(header, "203.0.113.9")).problem(403);
        }
        let bench = with(backend, &[("METRICS__TOKEN", "a long token of the operator")]);
        Answer::of(bench.request("GET", "/metrics")).problem(403);
        bench.get("/metrics", "a long token of the operato").problem(403);
        let answer = bench.get("/metrics", "a long token of the operator");
        assert_eq!(answer.status, 200);
        assert!(answer.header("content-type").starts_with("text/plain; version=0.0.4"));
        for line in answer.text().lines().filter(|line| !line.starts_with('#')) {
            let (series, number) = line.rsplit_once(' ').unwrap();
            assert!(number.parse::<f64>().is_ok() && series.starts_with("rightsdesk_"), "{line}");
        }
    }
}

/// What the dashboard and the alerts ask for is what there is.
#[test]
fn the_dashboard_and_the_alert_rules_name_series_that_there_are() {
    let bench = with(Backend::Sqlite, &[]);
    // The first answer counts in the second.
    bench.get("/healthz", "");
    let text = bench.get("/metrics", "").text();
    let known: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next()).collect();
    let mut named = 0;
    for file in ["docs/operate/dashboard.json", "docs/operate/alerts.yml"] {
        let text = std::fs::read_to_string(file).unwrap();
        for (at, _) in text.match_indices("rightsdesk_") {
            let name: String = text[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            let family = ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
            let optional = family == "rightsdesk_audit_anchor_age_seconds";
            assert!(optional || known.contains(&family) || known.contains(&name.as_str()), "{file} asks for {name}");
            named += 1;
        }
    }
    assert!(named > 10);
    let dashboard: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string("docs/operate/dashboard.json").unwrap()).unwrap();
    assert!(dashboard["panels"].as_array().unwrap().len() >= 6);
}

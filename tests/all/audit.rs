//! The audit trail: what it says, what it shows of tampering, and that others can check it.

mod anchors;
mod reading;
mod tampering;

use rightsdesk::acts::{AuditProblemKind, AuditReport, audit_inspect};
use serde_json::json;

use crate::harness::{Backend, Bench, Options};

/// A desk with some cases, whose tests tamper with the trail.
fn desk(backend: Backend) -> Bench {
    let bench = Bench::with(backend, Options { jobs_may_remain: true, ..Options::default() });
    for name in ["Ann Lee", "Bo Ray"] {
        bench.verified_request(json!({"name": name, "email": "ann@example.org"}));
    }
    bench
}

fn inspect(bench: &Bench) -> AuditReport {
    audit_inspect(&bench.desk, &[]).unwrap()
}

/// The problems as `kind: sentence`.
fn problems(bench: &Bench) -> Vec<String> {
    inspect(bench).problems.into_iter().map(|p| format!("{}: {}", p.kind, p.problem)).collect()
}

fn kinds(report: &AuditReport) -> Vec<AuditProblemKind> {
    report.problems.iter().map(|p| p.kind).collect()
}

/// Whoever owns the database can switch off what protects its tables.
fn unprotect(bench: &Bench) {
    for sql in match bench.desk.store.backend() {
        "sqlite" => &[
            "DROP TRIGGER audit_events_no_update",
            "DROP TRIGGER audit_events_no_delete",
            "DROP TRIGGER clock_events_no_update",
            "DROP TRIGGER clock_events_no_delete",
            "DROP TRIGGER audit_anchors_no_update",
            "DROP TRIGGER audit_anchors_no_delete",
            "PRAGMA foreign_keys = OFF",
        ][..],
        _ => &[
            "ALTER TABLE audit_events DISABLE TRIGGER ALL",
            "ALTER TABLE clock_events DISABLE TRIGGER ALL",
            "ALTER TABLE audit_anchors DISABLE TRIGGER ALL",
            "ALTER TABLE case_endings DISABLE TRIGGER ALL",
        ][..],
    } {
        bench.sql(sql).unwrap();
    }
}

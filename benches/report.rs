//! Time, peak memory and growth of the deadline report over generated years of cases, on SQLite and on PostgreSQL.
//!
//! `cargo bench --bench report` runs 10,000, 100,000 and 1,000,000 cases on SQLite, and on PostgreSQL where
//! `RIGHTSDESK_BENCH_POSTGRES` names an empty database; `cargo bench --bench report -- 10000` those sizes. Each run is a
//! process of its own, since peak memory is a process's.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::as_conversions, clippy::panic)]

use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use chrono::NaiveDate;
use rightsdesk::acts::{DeadlineOrder, Desk, ReportFormat, deadline_report};
use rightsdesk::audit::Actor;
use rightsdesk::base::FixedClock;
use rightsdesk::config::load;
use rightsdesk::report::{Basis, Format, Period};
use rightsdesk::sample::{HistoryPlan, HistoryRows, Trail};
use rightsdesk::store::{self, StoreError};
use rightsdesk::wiring;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn desk(url: &str, dir: &str) -> Desk {
    let settings = [
        ("DESK__BASE_URL", "https://rights.example.org"),
        ("DESK__DATA_DIR", dir),
        ("DATABASE__URL", url),
        ("CONTROLLER__ADDRESS", "County Hall"),
        ("CONTROLLER__NAME", "A Council"),
        ("CONTROLLER__SERVICE", "Information Governance"),
        ("CONTROLLER__REGISTRATION", "Z0000000"),
        ("CONTROLLER__EMAIL", "dp@example.org"),
        ("CONTROLLER__DPO_EMAIL", "dpo@example.org"),
        ("CONTROLLER__REGULATOR", "Information Commissioner"),
        ("CONTROLLER__REGULATOR_COMPLAINTS_URL", "https://ico.org.uk/make-a-complaint/"),
        ("POST__FROM", "rights@example.org"),
        ("POST__FOLDER", dir),
    ];
    let settings = settings.into_iter().map(|(key, value)| (format!("RIGHTSDESK_{key}"), value.to_owned()));
    let config = load(None, settings).unwrap_or_else(|e| panic!("{e}"));
    wiring::store(&config).unwrap().migrate().unwrap();
    let clock = Arc::new(FixedClock::at("2026-11-23T09:30:00Z".parse().unwrap()));
    wiring::desk(&config, clock).unwrap_or_else(|e| panic!("{e}"))
}

fn fill(desk: &Desk, cases: u64) {
    let plan = HistoryPlan { seed: 9, from: day("2021-02-01"), to: day("2026-11-20"), cases };
    let mut rows = HistoryRows::new(Trail::Endings);
    for first in (0..cases).step_by(5_000) {
        (first..(first + 5_000).min(cases)).for_each(|n| rows.add(&plan.history(n)));
        desk.store
            .write(|conn| -> Result<(), StoreError> {
                let tables = store::portable_tables(conn)?;
                for (name, rows) in rows.take() {
                    let table = tables.iter().find(|table| table.name == name).unwrap();
                    store::rows_import(conn, table, &serde_json::to_string(&rows).unwrap())?;
                }
                Ok(())
            })
            .unwrap();
    }
}

/// The most memory that this process ever had, in MB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1_024
}

/// One report in a process of its own: seconds, peak memory, bytes.
fn one(url: &str, dir: &str, format: &str, cases: bool) {
    let desk = desk(url, dir);
    let format: Format = format.parse().unwrap();
    let order = DeadlineOrder {
        period: Period::new(day("2021-04-01"), day("2026-11-20")).unwrap(),
        basis: Basis::Received,
        as_at: None,
        format: ReportFormat { format, part: None, cases },
    };
    let started = Instant::now();
    let made = deadline_report(&desk, &order, &Actor::Operator).unwrap();
    println!("{:.3} {} {}", started.elapsed().as_secs_f64(), peak(), made.size_bytes);
}

fn measured(url: &str, dir: &str, format: &str, cases: &str) -> (f64, u64, u64) {
    let output =
        Command::new(std::env::current_exe().unwrap()).args(["one", url, dir, format, cases]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let parts: Vec<&str> = text.trim().split(' ').collect();
    (parts[0].parse().unwrap(), parts[1].parse().unwrap(), parts[2].parse().unwrap())
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    if arguments.first().is_some_and(|a| a == "one") {
        return one(&arguments[1], &arguments[2], &arguments[3], arguments[4] == "cases");
    }
    let mut sizes: Vec<u64> = arguments.iter().filter_map(|a| a.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![10_000, 100_000, 1_000_000];
    }
    println!("| database | cases | report | seconds | growth | peak MB | file MB |\n|---|---|---|---|---|---|---|");
    let postgres = std::env::var("RIGHTSDESK_BENCH_POSTGRES").ok();
    for backend in ["sqlite", "postgres"] {
        let mut before: Option<(u64, Vec<f64>)> = None;
        for cases in &sizes {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().display().to_string();
            let url = match (backend, &postgres) {
                ("sqlite", _) => format!("sqlite://{path}/desk.sqlite"),
                (_, Some(url)) => url.clone(),
                _ => continue,
            };
            {
                let desk = desk(&url, &path);
                if backend == "postgres" {
                    desk.store.revert_all().unwrap();
                    desk.store.migrate().unwrap();
                }
                fill(&desk, *cases);
            }
            let mut times = Vec::new();
            for (format, lines) in [("json", "figures"), ("csv", "cases"), ("xlsx", "cases"), ("json", "cases")] {
                let (seconds, megabytes, bytes) = measured(&url, &path, format, lines);
                let growth = before.as_ref().map_or_else(String::new, |(n, earlier)| {
                    format!("{:.1} for {}", seconds / earlier[times.len()], cases / n)
                });
                println!(
                    "| {backend} | {cases} | {format}, {lines} | {seconds:.2} | {growth} | {megabytes} | {:.1} |",
                    bytes as f64 / 1e6
                );
                times.push(seconds);
            }
            before = Some((*cases, times));
        }
    }
}

//! The reports: figures against an independent count, the formats against each other, and what they count.

mod figures;
mod formats;
mod naive;
mod pages;
mod recording;
mod scheduled;

use std::io::Read;

use chrono::NaiveDate;
use rightsdesk::acts::{DeadlineOrder, MadeReport, ReportFormat, deadline_report};
use rightsdesk::audit::Actor;
use rightsdesk::report::{Basis, Format, History, Period};
use rightsdesk::sample::{HistoryPlan, HistoryRows, Trail};
use rightsdesk::store::{self, StoreError};

use crate::harness::Bench;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Years of generated cases, some with corrected receipts, reopened, refused, late.
fn plan(cases: u64) -> HistoryPlan {
    HistoryPlan { seed: 9, from: day("2024-02-01"), to: day("2026-11-20"), cases }
}

/// Puts the cases of a plan into the desk's tables, with the trail that says so.
fn fill(bench: &Bench, plan: &HistoryPlan, trail: Trail) -> Vec<History> {
    let mut rows = HistoryRows::new(trail);
    let histories: Vec<History> = (0..plan.cases).map(|n| plan.history(n)).collect();
    for page in histories.chunks(500) {
        page.iter().for_each(|history| rows.add(history));
        bench
            .desk
            .store
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
    histories
}

fn order(from: &str, to: &str, basis: Basis, as_at: Option<&str>, format: Format) -> DeadlineOrder {
    DeadlineOrder {
        period: Period::new(day(from), day(to)).unwrap(),
        basis,
        as_at: as_at.map(day),
        format: ReportFormat::whole(format),
    }
}

fn bytes(mut made: MadeReport) -> Vec<u8> {
    let mut bytes = Vec::new();
    made.file.read_to_end(&mut bytes).unwrap();
    assert_eq!(bytes.len() as u64, made.size_bytes);
    bytes
}

fn report(bench: &Bench, order: &DeadlineOrder) -> Vec<u8> {
    bytes(deadline_report(&bench.desk, order, &Actor::Operator).unwrap())
}

fn json_report(bench: &Bench, order: &DeadlineOrder) -> serde_json::Value {
    serde_json::from_slice(&report(bench, order)).unwrap()
}

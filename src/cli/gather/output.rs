//! What `rightsdesk gather` shows: counts and names of collections, never a value.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::bundle::{RecordSource, Status, Withheld};
use crate::gather::Progress;

/// A spinner on a terminal; nothing elsewhere.
pub(super) struct Spinner(ProgressBar);

impl Spinner {
    pub(super) fn new() -> Self {
        if !io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} records, {msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }

    pub(super) fn writing(&self) {
        self.0.set_message("writing the bundle");
    }

    pub(super) fn finish(&self) {
        self.0.finish_and_clear();
    }
}

impl Progress for Spinner {
    fn searching(&self, source: &str, collection: &str) {
        self.0.set_message(format!("searching {collection} in {source}"));
    }

    fn found(&self, rows: u64) {
        self.0.set_position(rows);
    }
}

#[derive(Serialize)]
struct Summary<'a> {
    out: String,
    complete: bool,
    found: u64,
    disclosed: u64,
    withheld: u64,
    collections: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    source: &'a str,
    dataset: &'a str,
    collection: &'a str,
    status: Status,
    found: u64,
    disclosed: u64,
    withheld: &'a [Withheld],
    problem: Option<&'a str>,
}

/// The collections whose search did not end.
pub(super) fn failed(records: &dyn RecordSource) -> Vec<String> {
    let failed = records.collections().iter().filter(|report| report.status == Status::Failed);
    failed.map(|report| format!("{}.{}", report.dataset, report.collection)).collect()
}

/// Writes the summary to standard output.
pub(super) fn summary(out: &Path, records: &dyn RecordSource, json: bool) -> io::Result<()> {
    let lines: Vec<Line<'_>> = records
        .collections()
        .iter()
        .map(|report| Line {
            source: &report.source,
            dataset: &report.dataset,
            collection: &report.collection,
            status: report.status,
            found: report.found,
            disclosed: report.disclosed,
            withheld: &report.withheld,
            problem: report.problem.as_deref(),
        })
        .collect();
    let summary = Summary {
        out: out.display().to_string(),
        complete: failed(records).is_empty(),
        found: lines.iter().map(|line| line.found).sum(),
        disclosed: lines.iter().map(|line| line.disclosed).sum(),
        withheld: lines.iter().flat_map(|line| line.withheld).map(|w| w.count).sum(),
        collections: lines,
    };
    let mut text = Vec::new();
    if json {
        serde_json::to_writer_pretty(&mut text, &summary)?;
        text.push(b'\n');
    } else {
        table(&mut text, &summary)?;
    }
    match io::stdout().write_all(&text).and_then(|()| io::stdout().flush()) {
        // Whoever reads may stop reading; the bundle is written all the same.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

fn table(text: &mut Vec<u8>, summary: &Summary<'_>) -> io::Result<()> {
    let name = |line: &Line<'_>| format!("{}.{}", line.dataset, line.collection);
    let width = summary.collections.iter().map(|line| name(line).chars().count()).max().unwrap_or_default();
    for line in &summary.collections {
        let words = match line.status {
            Status::Found => format!("{} found, {} disclosed", line.found, line.disclosed),
            Status::NothingHeld => "nothing held".into(),
            Status::Failed => format!("FAILED, {} found so far", line.found),
            Status::NotReached => "not searched".into(),
        };
        writeln!(text, "{:width$}  {words}", name(line))?;
        for withheld in line.withheld {
            writeln!(text, "{:width$}    {} {}", "", withheld.count, withheld.reason)?;
        }
        if let Some(problem) = line.problem {
            writeln!(text, "{:width$}    {problem}", "")?;
        }
    }
    writeln!(
        text,
        "{} records found, {} disclosed, {} withheld: {}",
        summary.found, summary.disclosed, summary.withheld, summary.out
    )
}

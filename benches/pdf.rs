//! Time, peak memory and size of a disclosure with one table of N records of 8 fields, beside the same table by
//! ReportLab (`pip install reportlab`; left out if Python cannot import it).
//!
//! `cargo bench --bench pdf` runs 20, 1,000, 10,000 and 100,000 records; `cargo bench --bench pdf -- 1000 5000` those.
//! Each run is a process of its own, since peak memory is a process's.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::as_conversions, clippy::panic)]

use std::io::BufWriter;
use std::process::Command;
use std::time::Instant;

use rightsdesk::bundle::{
    BundleError, CollectionReport, Column, ColumnKind, Controller, Cover, Record, RecordSource, Status,
    write_disclosure,
};
use serde_json::value::RawValue;

const WORDS: &str = "customer called about the repair to the kitchen window which remains outstanding since visit officer confirmed that an inspection will be arranged and letter was sent to tenant regarding arrears payment plan agreed review support housing benefit decision appeal office effective filed staff";
const NAMES: [&str; 10] = [
    "Siân O'Connor",
    "Zoë Müller",
    "Łukasz Wiśniewski",
    "John Smith",
    "Aoife Ní Bhriain",
    "José García-Márquez",
    "Šárka Dvořáková",
    "Mary-Anne Clarke",
    "Priya Patel",
    "David Evans",
];
const SYSTEMS: [&str; 8] =
    ["Housing CRM", "Council Tax", "Social Care", "Email archive", "CCTV log", "Parking", "Library", "HR"];
const CATEGORIES: [&str; 6] = ["Contact", "Payment", "Case note", "Correspondence", "Assessment", "Complaint"];
const SHARED: [&str; 6] = ["None", "Contractor (Mears)", "NHS trust", "DWP", "Police", "Ombudsman"];
const BASES: [&str; 4] = ["Public task", "Legal obligation", "Contract", "Consent"];
const FIELDS: [&str; 8] = ["Record", "Date", "System", "Category", "Person", "Summary", "Shared with", "Lawful basis"];

/// Records made as they are asked for: what is measured is the writing.
struct Generated(Vec<CollectionReport>);

impl RecordSource for Generated {
    fn collections(&self) -> &[CollectionReport] {
        &self.0
    }

    fn replay(&self, _: usize, each: &mut dyn FnMut(&Record) -> Result<(), BundleError>) -> Result<(), BundleError> {
        let words: Vec<&str> = WORDS.split(' ').collect();
        let mut state = 42u64;
        let mut pick = move |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        for number in 1..=self.0[0].disclosed {
            let (name, length) = (NAMES[pick(10)], 8 + pick(11));
            let mut summary: Vec<String> = (0..length).map(|_| words[pick(words.len())].to_owned()).collect();
            summary[0][..1].make_ascii_uppercase();
            let day = 1 + pick(28);
            let date = format!("{day} March {}", 2010 + pick(16));
            let values = [
                format!("R-{number:06}"),
                date,
                SYSTEMS[pick(8)].into(),
                CATEGORIES[pick(6)].into(),
                name.into(),
                summary.join(" ") + ".",
                SHARED[pick(6)].into(),
                BASES[pick(4)].into(),
            ];
            let fields: serde_json::Map<String, serde_json::Value> =
                FIELDS.iter().map(|field| (*field).to_owned()).zip(values.map(Into::into)).collect();
            let fields = RawValue::from_string(serde_json::to_string(&fields).unwrap()).unwrap();
            each(&Record { id: format!("r/{number}"), matched_on: vec![], fields })?;
        }
        Ok(())
    }
}

fn write(count: u64, path: &str) {
    let columns = FIELDS.map(|name| Column { name: name.into(), label: name.into(), kind: ColumnKind::Text });
    let report = CollectionReport {
        source: "s".into(),
        dataset: "d".into(),
        dataset_label: "Housing".into(),
        collection: "c".into(),
        label: "Records".into(),
        purpose: "To run the service".into(),
        lawful_basis: "Public task".into(),
        recipients: vec![],
        retention: None,
        origin: String::new(),
        automated_decisions: "none".into(),
        transfers: "none".into(),
        status: Status::Found,
        problem: None,
        found: count,
        disclosed: count,
        withheld: vec![],
        searched_for: vec![],
        columns: columns.into(),
        never_disclosed: vec![],
    };
    let cover = Cover {
        reference: "DR-2026-000001".into(),
        subject_name: "Siân O’Connor".into(),
        addressee: None,
        controller: Controller {
            name: "A Council".into(),
            service: "A service".into(),
            registration: "Z0".into(),
            address: vec![],
            email: "a@example.org".into(),
            dpo_email: "b@example.org".into(),
            regulator: "Information Commissioner".into(),
            regulator_complaints_url: "https://ico.org.uk/make-a-complaint/".into(),
        },
        received_on: None,
        due_on: None,
        generated_at: "2026-11-23T09:30:00Z".parse().unwrap(),
        software: "bench".into(),
    };
    let out = BufWriter::with_capacity(1 << 16, std::fs::File::create(path).unwrap());
    let start = Instant::now();
    let written = write_disclosure(out, &cover, &Generated(vec![report])).unwrap();
    let seconds = start.elapsed().as_secs_f64();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak: f64 = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or(0.0);
    println!("{seconds:.3} {:.0} {} {}", peak / 1024.0, written.pages, written.bytes);
}

fn run(command: &mut Command) -> Option<Vec<f64>> {
    let output = command.output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.split_whitespace().filter_map(|word| word.parse().ok()).collect())
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if arguments.first().is_some_and(|argument| argument == "--one") {
        return write(arguments[1].parse().unwrap(), &arguments[2]);
    }
    let given: Vec<u64> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    let counts = if given.is_empty() { vec![20, 1_000, 10_000, 100_000] } else { given };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.pdf");
    let root = env!("CARGO_MANIFEST_DIR");
    println!(
        "{:>9} {:>7} | {:>9} {:>7} {:>9} | {:>10} {:>8} | {:>6}",
        "records", "pages", "seconds", "MB", "B/record", "ReportLab", "MB", "times"
    );
    for count in counts {
        let own = run(Command::new(std::env::current_exe().unwrap()).args(["--one", &count.to_string()]).arg(&path))
            .expect("a run");
        let theirs = run(Command::new("python3")
            .arg(format!("{root}/benches/reportlab_table.py"))
            .arg(count.to_string())
            .arg(folder.path().join("reportlab.pdf"))
            .arg(format!("{root}/assets/fonts")));
        let (seconds, memory, times) =
            theirs.filter(|numbers| numbers.len() == 2).map_or(("-".into(), "-".into(), "-".into()), |numbers| {
                (format!("{:.2}", numbers[0]), format!("{:.0}", numbers[1]), format!("{:.1}", numbers[0] / own[0]))
            });
        println!(
            "{count:>9} {:>7} | {:>9.3} {:>7.0} {:>9.0} | {seconds:>10} {memory:>8} | {times:>6}",
            own[2],
            own[0],
            own[1],
            own[3] / count as f64
        );
    }
}

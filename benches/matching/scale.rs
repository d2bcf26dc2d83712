//! Time and memory over growing tables: every row is read into normal form and compared, as a scan does.

use std::time::Instant;

use rightsdesk::matching::{Comparison, Counts, Frequencies, Model, Profile, RowForm, compare};
use rightsdesk::subject::IdentifierKind::{DateOfBirth, Email, Name, Postcode};

use crate::sets;

pub fn run(most: usize) {
    let person = [
        (Name, "Farzana Whitcombe"),
        (DateOfBirth, "1980-05-17"),
        (Email, "farzana.whitcombe@example.org"),
        (Postcode, "PR1 8XJ"),
    ];
    println!("\n{:>10}  {:>9}  {:>12}  {:>10}  {:>10}", "rows", "seconds", "rows/second", "candidates", "peak MB");
    // A hundred thousand generated rows are read again and again: it is the reading that is measured.
    let set = sets::people(100_000.min(most), 5);
    let mut rows = 1_000;
    while rows <= most {
        let model = Model::default();
        let profile = Profile::of(person, false);
        let mut counts = Counts::default();
        let mut kept: Vec<Comparison> = Vec::new();
        let began = Instant::now();
        for row in set.rows.iter().cycle().take(rows) {
            let form = RowForm::of(row.columns.iter().map(|(kind, text)| (*kind, text.as_str())), false);
            let comparison = compare(&model, &profile, &form);
            counts.add(&comparison);
            if comparison.bits(&model, &Frequencies::default()) + 2.0 * Frequencies::most() >= model.least_bits {
                kept.push(comparison);
            }
        }
        let seconds = began.elapsed().as_secs_f64();
        println!(
            "{rows:>10}  {seconds:>9.3}  {:>12.0}  {:>10}  {:>10}",
            rows as f64 / seconds,
            kept.len(),
            peak_megabytes()
        );
        rows *= 10;
    }
}

/// The most memory that this process ever had, from Linux.
fn peak_megabytes() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|text| text.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.map_or("unknown".into(), |kb| (kb / 1024).to_string())
}

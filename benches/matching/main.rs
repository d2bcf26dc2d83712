//! How well matching finds a person's records, and how fast. A plain program that prints its figures:
//!
//! ```sh
//! cargo bench --bench matching                       # everything
//! cargo bench --bench matching -- quality            # the sets alone
//! cargo bench --bench matching -- scale 1000000      # time and memory up to so many rows
//! RIGHTSDESK_LINKAGE=/path/to/fake_1000.csv cargo bench --bench matching
//! ```
//!
//! One query is one record, taken for the verified person; the other records of its person are to be found among all
//! others. *auto*: the recall at the lowest score at which the precision of all answers together is at least 0.99.
//! *review@r*: how many further records a caseworker is shown for a query, on average, until the recall is r. *ceiling*: the
//! recall when everything with some evidence is shown. The baselines are those that were measured before the work began;
//! the generated sets are of the same kind and not the same sets.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::as_conversions,
    clippy::wildcard_enum_match_arm,
    reason = "a benchmark may stop at its own mistakes, as a test does"
)]

mod measure;
mod people;
mod scale;
mod sets;

use measure::measure;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let wanted = |part: &str| arguments.is_empty() || arguments.iter().any(|a| a == part);
    if wanted("quality") {
        println!(
            "{:<34} {:<24} {:>15}  {:>9} {:>10} {:>8}",
            "set", "method", "auto", "review@.95", "review@.99", "ceiling"
        );
        let file = std::env::var("RIGHTSDESK_LINKAGE").ok();
        match file.as_deref().map(sets::fake_1000) {
            Some(Ok(set)) => measure(&set),
            Some(Err(problem)) => println!("fake_1000: not measured: {problem}"),
            None => println!(
                "fake_1000: not measured: it is not ours to ship. Take fake_1000.csv of moj-analytical-services/splink_demos \
                 and name it in RIGHTSDESK_LINKAGE"
            ),
        }
        for set in [sets::like_fake(20_000, 1), sets::people(50_000, 2), sets::bookings(12_000, 3)] {
            measure(&set);
        }
    }
    if wanted("scale") {
        let most = arguments.iter().find_map(|a| a.parse().ok()).unwrap_or(1_000_000);
        scale::run(most);
    }
}

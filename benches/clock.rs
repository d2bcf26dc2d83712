//! Recomputes 100,000 open cases, each with its full working, on one core, and prints the time. This is what a
//! newly proclaimed bank holiday costs a large desk. Run with `cargo bench --bench clock`.

use std::error::Error;
use std::time::Instant;

use chrono::{Days, NaiveDate};
use rightsdesk::calendar::{Division, Holidays};
use rightsdesk::deadline::{Event, EventKind, Facts, Regime, Right, compute};

const CASES: usize = 100_000;

/// The same numbers on every run (Knuth's multiplier), so that runs compare.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// A desk's mixture: two cases in three plain, the others waiting for proof, paused, or extended.
fn case(numbers: &mut Numbers, first: NaiveDate) -> Facts {
    let received_on = first + Days::new(numbers.below(900));
    let mut events = Vec::new();
    let mut happened = |kind, after| events.push(Event { kind, happened_on: received_on + Days::new(after) });
    match numbers.below(6) {
        0 => {
            happened(EventKind::IdRequested, 1);
            happened(EventKind::IdReceived, 2 + numbers.below(20));
        }
        1 => {
            let asked = 1 + numbers.below(20);
            happened(EventKind::ClarificationRequested, asked);
            happened(EventKind::ClarificationReceived, asked + numbers.below(30));
            happened(EventKind::ExtensionNotified, asked);
        }
        _ => {}
    }
    let right = if numbers.below(4) == 0 { Right::Erasure } else { Right::Access };
    Facts { right, regime: Regime::UkGdpr, division: Division::EnglandAndWales, received_on, events }
}

fn main() -> Result<(), Box<dyn Error>> {
    let holidays = Holidays::embedded();
    let first = NaiveDate::from_ymd_opt(2025, 11, 1).ok_or("no such date")?;
    let mut numbers = Numbers(20_261_123);
    let cases: Vec<Facts> = (0..CASES).map(|_| case(&mut numbers, first)).collect();
    let mut seconds = Vec::new();
    for _ in 0..5 {
        let begun = Instant::now();
        let mut steps = 0;
        for facts in &cases {
            steps += compute(facts, &holidays)?.working.len();
        }
        seconds.push(begun.elapsed().as_secs_f64());
        println!("{CASES} cases, {steps} steps of working: {:.3} s", begun.elapsed().as_secs_f64());
    }
    seconds.sort_by(f64::total_cmp);
    println!("median {:.3} s on one core", seconds.get(2).copied().unwrap_or_default());
    Ok(())
}

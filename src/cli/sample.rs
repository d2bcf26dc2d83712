//! `rightsdesk sample`: an addition of ours to the contract's commands.

use std::io::{IsTerminal, Write, stdout};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::Failure;
use crate::sample::{Plan, Planted, TABLES, generate};
use crate::sources::fill::{MysqlText, Target};

/// Arguments of `rightsdesk sample`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    rightsdesk sample --people 1000 --seed 7 --into sqlite://website.sqlite\n  \
    rightsdesk sample --people 400000 --into postgres://postgres@127.0.0.1/website   (a million bookings)\n  \
    rightsdesk sample --people 1000 --mysql-text | mariadb website")]
pub struct Args {
    /// How many generated people, beside the planted hard cases; about 2.5 bookings each.
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u64).range(0..=100_000_000))]
    people: u64,
    /// The same seed and size give the same rows on every database.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// An empty database to fill: sqlite://PATH or postgres://...
    #[arg(long, value_name = "URL", required_unless_present = "mysql_text")]
    into: Option<String>,
    /// Write the tables and rows as SQL for MySQL or MariaDB to standard output instead.
    #[arg(long, conflicts_with_all = ["into", "json"])]
    mysql_text: bool,
    /// Print as JSON who was planted and which rows are theirs.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// [`Failure`] with the sentence to show.
pub fn run(args: Args) -> Result<(), Failure> {
    let plan = Plan { people: args.people, seed: args.seed };
    let bar = bar(args.people);
    let mut progress = |done: u64| bar.set_position(done);
    let Some(url) = args.into else {
        let mut text = MysqlText::begin(std::io::BufWriter::new(stdout().lock()), &TABLES)?;
        generate(plan, &mut text, &mut progress)?;
        text.finish()?;
        bar.finish_and_clear();
        return Ok(());
    };
    let mut target = Target::open(&url, &TABLES)?;
    let planted = target.fill(&TABLES, |rows| generate(plan, rows, &mut progress))?;
    bar.finish_and_clear();
    if args.json { print_json(&planted) } else { print_summary(plan, &planted) }
}

fn print_json(planted: &Planted) -> Result<(), Failure> {
    let mut out = stdout().lock();
    serde_json::to_writer_pretty(&mut out, planted)?;
    writeln!(out)?;
    Ok(())
}

fn print_summary(plan: Plan, planted: &Planted) -> Result<(), Failure> {
    let mut out = stdout().lock();
    writeln!(out, "Filled with {} generated people from seed {}. Planted among them:", plan.people, plan.seed)?;
    for person in planted.people() {
        let emails = person.emails.join(", ");
        writeln!(
            out,
            "  {} <{emails}>: {} rows of their own, {} of others with their address",
            person.name,
            person.own.len(),
            person.reached.len()
        )?;
    }
    Ok(())
}

fn bar(people: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(people);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} people, {eta} left") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(250));
    bar
}

//! `rightsdesk deadline`: the due date of a request with its working. No desk, no database; the current date
//! matters nowhere.

use std::fmt::Write as _;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::Failure;
use crate::base::parse_date;
use crate::calendar::{Division, HolidayFile, Holidays};
use crate::deadline::{Deadline, Event, EventKind, Facts, Regime, Right, State, Step, compute, long_date, plain_date};

const EXAMPLES: &str = "\
Examples:
  rightsdesk deadline --right access --received 2026-11-23
  rightsdesk deadline --right access --received 2026-06-01 \\
      --event clarification_requested=2026-06-10 --event clarification_received=2026-06-20 --json

Event kinds: id_requested id_received authority_requested authority_received fee_requested fee_paid
             clarification_requested clarification_received extension_notified";

/// The widest line printed, in characters.
const LINE_CHARS: usize = 88;

/// Arguments of `rightsdesk deadline`. Values are read in [`run`], so that a faulty one is answered with one
/// sentence that names the flag and the cure.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "rightsdesk deadline --right <RIGHT> --received <DATE> [OPTIONS]",
    after_help = EXAMPLES
)]
pub struct Args {
    /// What was asked for: access, rectification, erasure, restriction, portability, objection,
    /// automated_decision or complaint_ack
    #[arg(long)]
    right: Option<String>,
    /// The date on which the request arrived, by whatever channel, as YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    received: Option<String>,
    /// Whose bank holidays count: england-and-wales, scotland or northern-ireland
    #[arg(long, default_value = "england-and-wales")]
    division: String,
    /// Which law: uk-gdpr (picks the older rule by the received date), uk-gdpr-pre-duaa or dpa2018-part3
    #[arg(long, default_value = "uk-gdpr")]
    regime: String,
    /// Something that happened, and when; may be given again
    #[arg(long = "event", value_name = "KIND=DATE")]
    events: Vec<String>,
    /// A newer file of bank holidays, as from www.gov.uk/bank-holidays.json
    #[arg(long, value_name = "FILE")]
    holidays: Option<PathBuf>,
    /// Print JSON for a machine
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// [`Failure`] with the sentence to show.
pub fn run(args: Args) -> Result<(), Failure> {
    let holidays = match &args.holidays {
        Some(path) => Holidays::embedded().with_file(&read_file(path)?),
        None => Holidays::embedded(),
    };
    let json = args.json;
    let facts = facts(args)?;
    let deadline = compute(&facts, &holidays)?;
    let text = if json { serde_json::to_string_pretty(&deadline)? + "\n" } else { readable(facts.division, &deadline) };
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        // Whoever reads has read enough: `rightsdesk deadline ... | head` is no failure.
        Err(e) if e.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

fn usage(flag: &str, cure: impl std::fmt::Display) -> Failure {
    Failure::Usage(format!("{flag}: {cure}"))
}

fn read_file(path: &Path) -> Result<HolidayFile, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|e| usage("--holidays", format!("the file cannot be read ({}): give a readable file", e.kind())))?;
    HolidayFile::parse(&text).map_err(|e| usage("--holidays", e))
}

fn facts(args: Args) -> Result<Facts, Failure> {
    let right = args.right.ok_or_else(|| usage("--right", "say what was asked for, for example --right access"))?;
    let right: Right = right.parse().map_err(|e| usage("--right", e))?;
    let received = args
        .received
        .ok_or_else(|| usage("--received", "say when the request arrived, for example --received 2026-11-23"))?;
    let received_on = parse_date(&received).map_err(|e| usage("--received", e))?;
    let division: Division = args.division.parse().map_err(|e| usage("--division", e))?;
    let regime: Regime = args.regime.parse().map_err(|e| usage("--regime", e))?;
    let events = args.events.iter().map(|text| event(text)).collect::<Result<_, _>>()?;
    Ok(Facts { right, regime, division, received_on, events })
}

fn event(text: &str) -> Result<Event, Failure> {
    let (kind, date) = text
        .split_once('=')
        .ok_or_else(|| usage("--event", "write KIND=DATE, for example --event id_received=2026-11-23"))?;
    let kind: EventKind = kind.parse().map_err(|e| usage("--event", e))?;
    let happened_on = parse_date(date).map_err(|e| usage("--event", e))?;
    Ok(Event { kind, happened_on })
}

/// The answer first, then how it came about: for each step its sentence and, below it, its rule.
pub(super) fn readable(division: Division, deadline: &Deadline) -> String {
    let mut text = String::new();
    let headline = match (deadline.state, deadline.due) {
        (State::NotStarted, _) => "No due date yet: the time has not started.".to_owned(),
        (State::Paused, _) => "No due date for now: the time stands still.".to_owned(),
        (State::NoStatutoryDeadline, _) => "The law sets no date.".to_owned(),
        (State::Running, Some(due)) => format!("Due by the end of {}.", long_date(due)),
        (State::Running, None) => "Running, without a date.".to_owned(),
    };
    line(&mut text, "", &headline);
    fact(&mut text, "Latest on the literal reading", deadline.statutory_latest.filter(|d| Some(*d) != deadline.due));
    fact(&mut text, "Notice of an extension by", deadline.extension_notice_by);
    fact(&mut text, "A due date passed before we asked for more", deadline.missed_on);
    if deadline.due.is_some() {
        line(&mut text, "", &format!("Bank holidays of {}.", division.name()));
    }
    text.push_str("\nHow we worked it out\n");
    for (number, step) in (1..).zip(&deadline.working) {
        working_step(&mut text, number, step);
    }
    text
}

fn fact(text: &mut String, name: &str, date: Option<NaiveDate>) {
    if let Some(date) = date {
        line(text, "", &format!("{name}: {}.", plain_date(date)));
    }
}

fn working_step(text: &mut String, number: u32, step: &Step) {
    let mark = format!("{number:>3}. ");
    line(text, &mark, &step.plain);
    line(text, "     ", &format!("[{}]", step.rule));
}

/// Adds `words` with `lead` before the first line and as much space before the others, none wider than
/// [`LINE_CHARS`] unless a single word is.
fn line(text: &mut String, lead: &str, words: &str) {
    let indent = " ".repeat(lead.len());
    let mut width = lead.len();
    text.push_str(lead);
    for (index, word) in words.split(' ').enumerate() {
        let chars = word.chars().count();
        if index > 0 && width + 1 + chars > LINE_CHARS {
            let _ = write!(text, "\n{indent}{word}");
            width = indent.len() + chars;
        } else {
            let space = if index > 0 { " " } else { "" };
            let _ = write!(text, "{space}{word}");
            width += space.len() + chars;
        }
    }
    text.push('\n');
}

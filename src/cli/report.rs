//! `rightsdesk report`.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::{Failure, Global, common, print};
use crate::acts::{
    DeadlineOrder, Desk, MadeReport, NewSchedule, ReportFormat, backlog_report, deadline_report, foi_report,
    schedule_end, schedule_report, schedules_list,
};
use crate::audit::Actor;
use crate::base::parse_date;
use crate::report::{Basis, Every, Format, Period, ReportKind, SCHEMA};

/// The reports.
#[derive(Debug, clap::Subcommand)]
pub enum ReportCommand {
    /// The auditors' report: every figure defined, every case listed, as it stands or stood at the end of a past day.
    #[command(after_help = "Examples:\n  \
        rightsdesk report deadlines --from 2026-04-01 --to 2026-06-30 --format xlsx --out q1.xlsx\n  \
        rightsdesk report deadlines --from 2026-04-01 --to 2027-03-31 --format csv --part figures\n  \
        rightsdesk report deadlines --from 2026-04-01 --to 2026-06-30 --format pdf --as-at 2026-07-01 --out q1.pdf")]
    Deadlines {
        /// The first day.
        #[arg(long, value_name = "DATE", value_parser = parse_date)]
        from: NaiveDate,
        /// The last day.
        #[arg(long, value_name = "DATE", value_parser = parse_date)]
        to: NaiveDate,
        /// Which day puts a request into the period: received or closed.
        #[arg(long, value_name = "BASIS", default_value = "received")]
        by: Basis,
        #[command(flatten)]
        how: How,
    },
    /// Every open case, the oldest first, with the new date that its requester was told and when we last heard of each
    /// other.
    #[command(after_help = "Example:\n  rightsdesk report backlog --format xlsx --out backlog.xlsx")]
    Backlog {
        #[command(flatten)]
        how: How,
    },
    /// The answer to the questions that councils are asked under the Freedom of Information Act, on one page.
    #[command(
        after_help = "Example:\n  rightsdesk report foi --from 2025-04-01 --to 2026-03-31 --format pdf --out foi.pdf"
    )]
    Foi {
        /// The first day.
        #[arg(long, value_name = "DATE", value_parser = parse_date)]
        from: NaiveDate,
        /// The last day.
        #[arg(long, value_name = "DATE", value_parser = parse_date)]
        to: NaiveDate,
        #[command(flatten)]
        how: How,
    },
    /// Prints the JSON Schema of the reports.
    Schema,
    /// Reports that are sent by e-mail when their period has ended.
    #[command(subcommand)]
    Schedule(ScheduleCommand),
}

/// Scheduled reports.
#[derive(Debug, clap::Subcommand)]
pub enum ScheduleCommand {
    /// Sends a report to named people after each week, month, quarter or financial year. It has figures alone: no line of a
    /// case leaves the desk by e-mail.
    #[command(
        after_help = "Example:\n  rightsdesk report schedule add --report deadlines --every month --format pdf \\\n    \
                            --to head.of.ig@example.org --to audit@example.org"
    )]
    Add {
        /// deadlines, backlog or foi.
        #[arg(long, value_name = "REPORT")]
        report: ReportKind,
        /// week, month, quarter or year (April to March).
        #[arg(long, value_name = "RHYTHM")]
        every: Every,
        /// csv, json, xlsx or pdf.
        #[arg(long, value_name = "FORMAT", default_value = "pdf")]
        format: Format,
        /// Which day puts a request into the period, of the deadline report: received or closed.
        #[arg(long, value_name = "BASIS", default_value = "received")]
        by: Basis,
        /// An address; once for each person.
        #[arg(long = "to", value_name = "EMAIL", required = true)]
        emails: Vec<String>,
    },
    /// Lists what is sent to whom.
    #[command(after_help = "Example:\n  rightsdesk report schedule list")]
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Ends a schedule.
    #[command(after_help = "Example:\n  rightsdesk report schedule end 019ab4c0-...")]
    End {
        /// Its identifier, as the list shows it.
        id: String,
    },
}

/// How a report is written.
#[derive(Debug, clap::Args)]
pub struct How {
    /// csv, json, xlsx or pdf.
    #[arg(long, value_name = "FORMAT")]
    format: Format,
    /// Of CSV, which holds one table: cases, figures, by_right, definitions...
    #[arg(long, value_name = "NAME")]
    part: Option<String>,
    /// Leave out the list of cases.
    #[arg(long)]
    no_cases: bool,
    /// As it stood at the end of this day: only what had been recorded by then counts.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    as_at: Option<NaiveDate>,
    /// Where to write it; standard output if left out.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl How {
    fn format(&self) -> ReportFormat {
        ReportFormat { format: self.format, part: self.part.clone(), cases: !self.no_cases }
    }
}

/// Runs the command.
pub(crate) fn run(global: &Global, command: &ReportCommand) -> Result<(), Failure> {
    if matches!(command, ReportCommand::Schema) {
        return print::bytes(SCHEMA.as_bytes());
    }
    let desk = common::desk(&common::configuration(global)?)?;
    let actor = Actor::Operator;
    match command {
        ReportCommand::Schema => Ok(()),
        ReportCommand::Schedule(command) => schedule(&desk, command, &actor),
        ReportCommand::Backlog { how } => {
            let made = backlog_report(&desk, how.as_at, &how.format(), &actor).map_err(common::wrong_use)?;
            write(made, how.out.as_deref())
        }
        ReportCommand::Foi { from, to, how } => {
            let period = period(*from, *to)?;
            let made = foi_report(&desk, &period, how.as_at, &how.format(), &actor).map_err(common::wrong_use)?;
            write(made, how.out.as_deref())
        }
        ReportCommand::Deadlines { from, to, by, how } => {
            let period = period(*from, *to)?;
            let order = DeadlineOrder { period, basis: *by, as_at: how.as_at, format: how.format() };
            let made = deadline_report(&desk, &order, &actor).map_err(common::wrong_use)?;
            write(made, how.out.as_deref())
        }
    }
}

fn schedule(desk: &Desk, command: &ScheduleCommand, actor: &Actor) -> Result<(), Failure> {
    match command {
        ScheduleCommand::Add { report, every, format, by, emails } => {
            let new =
                NewSchedule { report: *report, every: *every, basis: *by, format: *format, emails: emails.clone() };
            let made = schedule_report(desk, &new, actor).map_err(common::wrong_use)?;
            print::line(&format!("Scheduled {} as {}: sent when the {every} that runs now has ended.", report, made.id))
        }
        ScheduleCommand::List { json: true } => print::line(&serde_json::to_string(&schedules_list(desk)?)?),
        ScheduleCommand::List { json: false } => {
            let schedules = schedules_list(desk)?;
            if schedules.is_empty() {
                return print::line("No report is scheduled.");
            }
            for one in schedules {
                let emails = one.emails.join(", ");
                let (id, report, every, format) = (one.id, one.report, one.every, one.format);
                print::line(&format!(
                    "{id}  {report} every {every} as {format} to {emails} (sent up to {})",
                    one.sent_to
                ))?;
            }
            Ok(())
        }
        ScheduleCommand::End { id } => {
            schedule_end(desk, id, actor)?;
            print::line("Ended.")
        }
    }
}

fn period(from: NaiveDate, to: NaiveDate) -> Result<Period, Failure> {
    Period::new(from, to).map_err(|e| Failure::Usage(format!("--from, --to: {e}")))
}

/// To a file or to standard output.
fn write(mut made: MadeReport, out: Option<&Path>) -> Result<(), Failure> {
    let Some(path) = out else { return print::copy(&mut made.file) };
    print::to_file(&mut made.file, path)?;
    print::line(&format!("Wrote {} ({} bytes, {} cases listed).", path.display(), made.size_bytes, made.cases))
}

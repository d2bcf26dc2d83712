//! `rightsdesk report`.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::{Failure, Global, common, print};
use crate::acts::{DeadlineOrder, MadeReport, ReportFormat, deadline_report};
use crate::audit::Actor;
use crate::base::parse_date;
use crate::report::{Basis, Format, Period};

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
    let desk = common::desk(&common::configuration(global)?)?;
    match command {
        ReportCommand::Deadlines { from, to, by, how } => {
            let period = Period::new(*from, *to).map_err(|e| Failure::Usage(format!("--from, --to: {e}")))?;
            let order = DeadlineOrder { period, basis: *by, as_at: how.as_at, format: how.format() };
            let made = deadline_report(&desk, &order, &Actor::Operator).map_err(common::wrong_use)?;
            write(made, how.out.as_deref())
        }
    }
}

/// To a file, which takes its name only when it is whole, or to standard output.
fn write(mut made: MadeReport, out: Option<&Path>) -> Result<(), Failure> {
    let Some(path) = out else { return print::copy(&mut made.file) };
    let failed = |e: std::io::Error| Failure::Failed(format!("{} cannot be written ({})", path.display(), e.kind()));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut aside = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    std::io::copy(&mut made.file, &mut aside).map_err(failed)?;
    aside.as_file().sync_all().map_err(failed)?;
    aside.persist(path).map_err(|e| failed(e.error))?;
    print::line(&format!("Wrote {} ({} bytes, {} cases listed).", path.display(), made.size_bytes, made.cases))
}

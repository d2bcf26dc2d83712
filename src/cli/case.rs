//! `rightsdesk case`.

use super::{Failure, Global, common, deadline, print};
use crate::acts::{case_deadline, case_of_reference};
use crate::base::Moment;

/// Commands on one case.
#[derive(Debug, clap::Subcommand)]
pub enum CaseCommand {
    /// The due date of a case with its working, as it is now or was believed at a past moment.
    #[command(after_help = "Example:\n  rightsdesk case deadline DR-2026-000123 --at 2027-03-03T12:00:00Z")]
    Deadline {
        /// The case's reference.
        reference: String,
        /// A past instant (RFC 3339): only what had been recorded by then counts.
        #[arg(long, value_name = "INSTANT")]
        at: Option<String>,
        /// Print JSON for a machine.
        #[arg(long)]
        json: bool,
    },
}

/// Runs the command.
pub(crate) fn run(global: &Global, command: &CaseCommand) -> Result<(), Failure> {
    let CaseCommand::Deadline { reference, at, json } = command;
    let at = at
        .as_deref()
        .map(str::parse::<Moment>)
        .transpose()
        .map_err(|_| Failure::Usage("--at: write the moment as RFC 3339, like 2027-03-03T12:00:00Z".to_owned()))?;
    let desk = common::desk(&common::configuration(global)?)?;
    let id = case_of_reference(&desk, reference)?;
    let believed = case_deadline(&desk, id, at).map_err(common::wrong_use)?;
    if *json {
        return print::line(&serde_json::to_string_pretty(&believed)?);
    }
    let text = deadline::readable(desk.settings.division, &believed.deadline);
    print::bytes(format!("{} as known at {}\n\n{text}", believed.reference, believed.at).as_bytes())
}

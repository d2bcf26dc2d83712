//! `rightsdesk drift`.

use std::time::Duration;

use super::{Failure, Global, common, print};
use crate::acts::{drift_list, drift_waived, look_for_drift};
use crate::audit::Actor;

/// How long the command waits for a connection that searches hold.
const PATIENCE: Duration = Duration::from_secs(30);

/// Commands on what has come between the data map and the live databases.
#[derive(Debug, clap::Subcommand)]
pub enum DriftCommand {
    /// Looks now, and lists what there is.
    #[command(after_help = "Example:\n  rightsdesk drift list --waived --json")]
    List {
        /// What was waived too.
        #[arg(long)]
        waived: bool,
        /// Print JSON for a machine.
        #[arg(long)]
        json: bool,
    },
    /// Says why one may stay as it is; it is not shown any more.
    #[command(
        after_help = "Example:\n  rightsdesk drift waive 0195f0c2-0000-7000-8000-000000000000 --reason \"test data only\""
    )]
    Waive {
        /// As the list has it in brackets.
        id: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
}

/// Runs the command.
pub(crate) fn run(global: &Global, command: &DriftCommand) -> Result<(), Failure> {
    let desk = common::desk(&common::configuration(global)?)?;
    match command {
        DriftCommand::Waive { id, reason } => {
            drift_waived(&desk, id, reason, &Actor::Operator).map_err(common::wrong_use)
        }
        DriftCommand::List { waived, json } => {
            let unread = look_for_drift(&desk, PATIENCE)?;
            let found = drift_list(&desk, *waived)?;
            if *json {
                let unread: Vec<_> = unread
                    .iter()
                    .map(|(dataset, problem)| serde_json::json!({"dataset": dataset, "problem": problem}))
                    .collect();
                return print::line(&serde_json::json!({"drift": found, "unread": unread}).to_string());
            }
            for (dataset, problem) in unread {
                print::line(&format!("{dataset} could not be looked at: {problem}"))?;
            }
            if found.is_empty() {
                print::line("Nothing has come between the data map and the databases.")?;
            }
            for one in found {
                let waived = one.waive_reason.as_ref().map(|why| format!("; waived: {why}")).unwrap_or_default();
                print::line(&format!("{} {one}{waived}", one.kind))?;
            }
            Ok(())
        }
    }
}

//! `rightsdesk audit`.

use super::{Failure, Global, common, print};
use crate::acts::audit_check;

/// Commands on the audit trail.
#[derive(Debug, clap::Subcommand)]
pub enum AuditCommand {
    /// Walks the audit chain from its first entry; names the first broken link.
    #[command(after_help = "Example:\n  rightsdesk audit verify\nExit code 1 if the chain is broken.")]
    Verify {
        /// The answer as JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Runs the command.
pub(crate) fn run(global: &Global, command: &AuditCommand) -> Result<(), Failure> {
    let AuditCommand::Verify { json } = command;
    let desk = common::desk(&common::configuration(global)?)?;
    match audit_check(&desk)? {
        Ok((entries, hash)) if *json => {
            print::line(&serde_json::json!({"intact": true, "entries": entries, "last_hash": hash}).to_string())
        }
        Ok((entries, hash)) => {
            print::line(&format!("The audit chain is intact: {entries} entries, the last hash is {hash}."))
        }
        Err(broken) => {
            if *json {
                print::line(&serde_json::json!({"intact": false, "problem": broken.to_string()}).to_string())?;
            }
            Err(Failure::Failed(format!("the audit chain is broken: {broken}")))
        }
    }
}

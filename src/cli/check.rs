//! `rightsdesk check`.

use std::sync::Arc;

use super::{Failure, Global, common, print};
use crate::acts::{Inspection, inspect};
use crate::base::SystemClock;
use crate::wiring;

/// Arguments of `rightsdesk check`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  rightsdesk check --config /etc/rightsdesk.toml\nExit code 1 if there is a fault.")]
pub struct CheckArgs {
    /// The answer as JSON: {"faults": [...], "notices": [...]}.
    #[arg(long)]
    json: bool,
}

/// Checks the configuration, the databases, the data map against the live schemas, the post and the storage.
pub(crate) fn run(global: &Global, args: &CheckArgs) -> Result<(), Failure> {
    let Inspection { faults, notices } = match common::configuration(global) {
        Ok(config) => match wiring::desk(&config, Arc::new(SystemClock)) {
            Ok(desk) => inspect(&desk),
            Err(error) => Inspection { faults: vec![error.to_string()], ..Inspection::default() },
        },
        Err(Failure::Failed(sentence) | Failure::Usage(sentence)) => {
            Inspection { faults: vec![sentence], ..Inspection::default() }
        }
    };
    if args.json {
        print::line(&serde_json::json!({ "faults": faults, "notices": notices }).to_string())?;
    } else {
        for notice in &notices {
            print::line(&format!("  {notice}"))?;
        }
        for fault in &faults {
            print::line(&format!("- {fault}"))?;
        }
    }
    match faults.len() {
        0 if args.json => Ok(()),
        0 => print::line("Everything fits together."),
        1 => Err(Failure::Failed("1 fault was found".to_owned())),
        n => Err(Failure::Failed(format!("{n} faults were found"))),
    }
}

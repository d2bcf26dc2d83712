//! `rightsdesk check`.

use std::sync::Arc;

use super::{Failure, Global, common, print};
use crate::acts::inspect;
use crate::base::SystemClock;
use crate::wiring;

/// Arguments of `rightsdesk check`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  rightsdesk check --config /etc/rightsdesk.toml\nExit code 1 if there is a fault.")]
pub struct CheckArgs {
    /// The answer as JSON: {"faults": [...]}.
    #[arg(long)]
    json: bool,
}

/// Checks the configuration, the databases, the data map against the live schemas, the post and the storage.
pub(crate) fn run(global: &Global, args: &CheckArgs) -> Result<(), Failure> {
    let faults = match common::configuration(global) {
        Ok(config) => match wiring::desk(&config, Arc::new(SystemClock)) {
            Ok(desk) => inspect(&desk),
            Err(error) => vec![error.to_string()],
        },
        Err(Failure::Failed(sentence) | Failure::Usage(sentence)) => vec![sentence],
    };
    if args.json {
        print::line(&serde_json::json!({ "faults": faults }).to_string())?;
    } else {
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

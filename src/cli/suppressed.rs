//! `rightsdesk suppressed`.

use std::io::BufRead;

use super::{Failure, Global, common, print};
use crate::acts::kept_out;

/// Which list.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  rightsdesk suppressed csap.newsletter_subscriptions < addresses.txt > leave-out.txt"
)]
pub struct SuppressedArgs {
    /// The list, as dataset.collection of the data map.
    list: String,
}

/// Runs the command: of the addresses on standard input, one on each line, prints those that must not be put into the list.
pub(crate) fn run(global: &Global, args: &SuppressedArgs) -> Result<(), Failure> {
    let desk = common::desk(&common::configuration(global)?)?;
    for (at, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let found = kept_out(&desk, &args.list, &line).map_err(|error| match common::wrong_use(error) {
            Failure::Usage(why) => Failure::Usage(format!("line {}: {why}", at + 1)),
            failed @ Failure::Failed(_) => failed,
        })?;
        if found.suppressed {
            print::line(line.trim())?;
        }
    }
    Ok(())
}

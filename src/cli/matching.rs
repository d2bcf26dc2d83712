//! `rightsdesk matching`.

use super::{Failure, Global, common, print};
use crate::acts::weights_estimate;
use crate::matching::Field;

/// Commands on the weights of evidence.
#[derive(Debug, clap::Subcommand)]
pub enum MatchingCommand {
    /// Estimates the weights again from what caseworkers decided about candidates, and prints them for the configuration.
    /// Changes nothing.
    #[command(after_help = "Example:\n  rightsdesk matching estimate --config /etc/rightsdesk.toml > weights.toml")]
    Estimate,
}

/// Runs the command.
pub(crate) fn run(global: &Global, command: &MatchingCommand) -> Result<(), Failure> {
    let desk = common::desk(&common::configuration(global)?)?;
    match command {
        MatchingCommand::Estimate => {
            let found = weights_estimate(&desk)?;
            for field in Field::ALL {
                let of_field = || found.iter().filter(move |one| one.field == field);
                if of_field().next().is_none() {
                    continue;
                }
                print::line(&format!("[matching.weights.{}]", field.as_str()))?;
                for one in of_field() {
                    print::line(&format!(
                        "{} = {:.1}   # now {:.1}; theirs {}, somebody else's {}",
                        one.level.as_str(),
                        one.after,
                        one.before,
                        one.theirs,
                        one.others
                    ))?;
                }
                print::line("")?;
            }
            Ok(())
        }
    }
}

//! `rightsdesk gather`.

use super::Failure;

/// Arguments of `rightsdesk gather`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs the command.
///
/// # Errors
/// [`Failure`] with the sentence to show.
pub fn run(_args: Args) -> Result<(), Failure> {
    Err(Failure::Failed("not built yet".into()))
}

//! `rightsdesk map`.

use std::io::Write;
use std::path::PathBuf;

use super::{Failure, print};
use crate::acts::draft_map;
use crate::sources::{Limits, Permits, SourceSpec, SourceUrl};

/// Commands on data maps.
#[derive(Debug, clap::Subcommand)]
pub enum MapCommand {
    /// Writes a first data map from a live database, foreign keys included, for you to correct.
    #[command(
        after_help = "Example:\n  rightsdesk map draft --source shop=postgres://reader@127.0.0.1/shop --out shop.yml"
    )]
    Draft {
        /// The dataset's name and the address of its source.
        #[arg(long, value_name = "NAME=URL")]
        source: String,
        /// Where to write it; a file that is there is not written over. Printed if left out.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Guess by names and types alone: look at no value.
        #[arg(long)]
        no_values: bool,
    },
}

/// Runs the command.
pub(crate) fn run(command: &MapCommand) -> Result<(), Failure> {
    let MapCommand::Draft { source, out, no_values } = command;
    let (name, url) = source
        .split_once('=')
        .filter(|(name, _)| !name.is_empty())
        .ok_or_else(|| Failure::Usage("--source: write NAME=URL".to_owned()))?;
    let url: SourceUrl = url.parse().map_err(|e| Failure::Usage(format!("--source: {e}")))?;
    let spec =
        SourceSpec { name: name.to_owned(), url, write_url: None, limits: Limits::default(), permits: Permits::of(1) };
    let text = draft_map(&spec, !no_values)?;
    let Some(path) = out else { return print::bytes(text.as_bytes()) };
    let made = std::fs::OpenOptions::new().write(true).create_new(true).open(path);
    made.and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|e| Failure::Failed(format!("{} could not be written ({})", path.display(), e.kind())))
}

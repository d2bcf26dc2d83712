//! The command line. Each command is a few lines that call an act or a room.

mod deadline;
mod gather;
mod sample;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Takes a person's data-rights request from the public form to the answer.
#[derive(Debug, Parser)]
#[command(name = "rightsdesk", version, about, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// One gather from the command line, without a desk: a bundle for one person from the named sources.
    Gather(gather::Args),
    /// The due date of a request, with its working.
    Deadline(deadline::Args),
    /// Fills an empty database with a generated website: people, bookings, newsletters, enquiries.
    Sample(sample::Args),
}

/// Why a command ended without success.
#[derive(Debug)]
pub enum Failure {
    /// Wrong use: exit code 2.
    Usage(String),
    /// The command was understood and failed: exit code 1.
    Failed(String),
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Failed(error.to_string())
    }
}

/// Runs the command line and gives the exit code: 0 success, 1 failure, 2 wrong use, with one sentence on stderr.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let result = match cli.command {
        Command::Gather(args) => gather::run(args),
        Command::Deadline(args) => deadline::run(args),
        Command::Sample(args) => sample::run(args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Usage(sentence)) => {
            eprintln!("rightsdesk: {sentence}");
            ExitCode::from(2)
        }
        Err(Failure::Failed(sentence)) => {
            eprintln!("rightsdesk: {sentence}");
            ExitCode::FAILURE
        }
    }
}

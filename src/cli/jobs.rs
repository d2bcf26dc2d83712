//! `rightsdesk jobs`.

use super::{Failure, Global, common, print};
use crate::acts::{GivenUp, given_up_jobs, retry_jobs};

/// Commands on jobs that were given up.
#[derive(Debug, clap::Subcommand)]
pub enum JobsCommand {
    /// Lists the jobs that were given up, with why.
    #[command(after_help = "Example:\n  rightsdesk jobs list")]
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Queues given-up jobs again: all but searches (a caseworker starts those) and codes (the requester asks for one).
    #[command(after_help = "Example:\n  rightsdesk jobs retry\n  rightsdesk jobs retry --id 019ab4c0-...")]
    Retry {
        /// Only this one, whatever it is.
        #[arg(long)]
        id: Option<String>,
    },
}

/// Runs the command.
pub(crate) fn run(global: &Global, command: &JobsCommand) -> Result<(), Failure> {
    let desk = common::desk(&common::configuration(global)?)?;
    match command {
        JobsCommand::List { json: true } => print::line(&serde_json::to_string(&given_up_jobs(&desk)?)?),
        JobsCommand::List { json: false } => {
            let jobs = given_up_jobs(&desk)?;
            if jobs.is_empty() {
                return print::line("No job was given up.");
            }
            each(&jobs)
        }
        JobsCommand::Retry { id } => {
            let jobs = retry_jobs(&desk, id.as_deref())?;
            print::line(&format!("Queued again: {}.", jobs.len()))?;
            each(&jobs)
        }
    }
}

fn each(jobs: &[GivenUp]) -> Result<(), Failure> {
    for job in jobs {
        let case = job.case.as_deref().unwrap_or("no case");
        print::line(&format!("{}  {} for {case}: {}", job.id, job.job, job.problem))?;
    }
    Ok(())
}

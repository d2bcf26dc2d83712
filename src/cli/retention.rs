//! `rightsdesk retention`.

use super::{Failure, Global, common, print};
use crate::acts::retention;
use crate::audit::Actor;

/// Whether anything is changed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  rightsdesk retention\n  rightsdesk retention --carry-out --json")]
pub struct RetentionArgs {
    /// Do it. Without this, everything is tried out and nothing is kept.
    #[arg(long)]
    carry_out: bool,
    /// Print JSON for a machine.
    #[arg(long)]
    json: bool,
}

/// Runs the command: what has been kept long enough by the data map.
pub(crate) fn run(global: &Global, args: &RetentionArgs) -> Result<(), Failure> {
    let desk = common::desk(&common::configuration(global)?)?;
    let report = retention(&desk, args.carry_out, &Actor::Operator)?;
    let failed = report.runs.iter().any(|run| run.problem.is_some());
    if args.json {
        print::line(&serde_json::to_string(&report)?)?;
    } else {
        for line in &report.collections {
            let name = format!("{}.{} ({}, then {})", line.dataset, line.collection, line.period, line.then);
            match (&line.by_hand, line.until) {
                (Some(why), _) => print::line(&format!("{name}: not by itself: {why}"))?,
                (None, until) => {
                    let until = until.map(|day| day.to_string()).unwrap_or_default();
                    let kept = if line.referred_to > 0 {
                        format!(", {} of them because what stays refers to them", line.referred_to)
                    } else {
                        String::new()
                    };
                    let counts = format!("{} deleted, {} anonymised{kept}", line.deletes, line.anonymises);
                    print::line(&format!("{name}: up to {until}: {counts}"))?;
                }
            }
        }
        for run in &report.runs {
            let problem = run.problem.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
            let counts = format!("{} rows, {} with nothing left to do", run.done, run.already);
            print::line(&format!("{}: {}, {counts}{problem}", run.dataset, run.outcome.replace('_', " ")))?;
        }
        if report.more {
            print::line("There is more: run it again.")?;
        }
        if !report.carried_out {
            print::line("Nothing was changed. --carry-out does it.")?;
        }
    }
    if failed {
        return Err(Failure::Failed("a database did not do its part: see above".to_owned()));
    }
    Ok(())
}

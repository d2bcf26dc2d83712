//! `rightsdesk holidays`.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{Failure, Global, common, print};
use crate::acts::{
    Changed, Desk, HolidayChangeId, MovedCase, holiday_change_undo, holiday_proclaim, holiday_take_back,
    holidays_import, holidays_list, moved_cases, recompute,
};
use crate::audit::Actor;
use crate::base::parse_date;
use crate::calendar::{Change, Division};
use crate::deadline::plain_date;

/// Moved cases read at once.
const PAGE: i64 = 500;

/// Commands on bank holidays. A change computes every open case anew, lists the cases whose date moved, and queues the
/// letters to their people.
#[derive(Debug, clap::Subcommand)]
pub enum HolidaysCommand {
    /// Takes a newer file, as from www.gov.uk/bank-holidays.json.
    #[command(after_help = "Example:\n  rightsdesk holidays import bank-holidays.json")]
    Import {
        /// The file.
        file: PathBuf,
        /// Print JSON for a machine.
        #[arg(long)]
        json: bool,
    },
    /// Adds one day that was proclaimed.
    #[command(after_help = "Example:\n  rightsdesk holidays add --division england-and-wales --date 2026-12-24 \
                            --title \"Day of thanks\"")]
    Add {
        /// england-and-wales, scotland or northern-ireland.
        #[arg(long)]
        division: String,
        /// The day, as YYYY-MM-DD.
        #[arg(long)]
        date: String,
        /// What it is called.
        #[arg(long)]
        title: String,
        /// Print JSON for a machine.
        #[arg(long)]
        json: bool,
    },
    /// Takes back a day that was added, or an imported file.
    #[command(
        after_help = "Examples:\n  rightsdesk holidays remove --division england-and-wales --date 2026-12-24\n  \
                            rightsdesk holidays remove --id 0195f0c2-0000-7000-8000-000000000000"
    )]
    Remove {
        /// england-and-wales, scotland or northern-ireland.
        #[arg(long, requires = "date")]
        division: Option<String>,
        /// The day, as YYYY-MM-DD.
        #[arg(long, requires = "division")]
        date: Option<String>,
        /// A change as `rightsdesk holidays list` names it.
        #[arg(long, conflicts_with_all = ["division", "date"], required_unless_present = "date")]
        id: Option<String>,
        /// Print JSON for a machine.
        #[arg(long)]
        json: bool,
    },
    /// Lists the changes that were made, and the years that are known.
    #[command(after_help = "Example:\n  rightsdesk holidays list --json")]
    List {
        /// Print JSON for a machine.
        #[arg(long)]
        json: bool,
    },
}

/// Runs the command.
pub(crate) fn run(global: &Global, command: &HolidaysCommand) -> Result<(), Failure> {
    let desk = common::desk(&common::configuration(global)?)?;
    let (changed, json) = match command {
        HolidaysCommand::Import { file, json } => {
            let text = std::fs::read_to_string(file)
                .map_err(|e| Failure::Usage(format!("the file cannot be read ({}): give a readable file", e.kind())))?;
            (holidays_import(&desk, &text, &Actor::Operator), *json)
        }
        HolidaysCommand::Add { division, date, title, json } => {
            let (division, date) = day(division, date)?;
            (holiday_proclaim(&desk, division, date, title, &Actor::Operator), *json)
        }
        HolidaysCommand::Remove { division: Some(division), date: Some(date), json, .. } => {
            let (division, date) = day(division, date)?;
            (holiday_take_back(&desk, division, date, &Actor::Operator), *json)
        }
        HolidaysCommand::Remove { id, json, .. } => {
            let id: HolidayChangeId =
                id.as_deref().unwrap_or_default().parse().map_err(|e| Failure::Usage(format!("--id: {e}")))?;
            (holiday_change_undo(&desk, id, &Actor::Operator), *json)
        }
        HolidaysCommand::List { json } => return list(&desk, *json),
    };
    let changed = changed.map_err(common::wrong_use)?;
    // The job that the change queued does the same; whoever is first, this command waits for the end, so that it can list.
    recompute(&desk, changed.id)?;
    report(&desk, &changed, json)
}

fn day(division: &str, date: &str) -> Result<(Division, chrono::NaiveDate), Failure> {
    let division = division.parse().map_err(|e| Failure::Usage(format!("--division: {e}")))?;
    let date = parse_date(date).map_err(|e| Failure::Usage(format!("--date: {e}")))?;
    Ok((division, date))
}

fn report(desk: &Desk, changed: &Changed, json: bool) -> Result<(), Failure> {
    let mut cases: Vec<MovedCase> = Vec::new();
    loop {
        let after = cases.last().map(|case| case.reference.clone()).unwrap_or_default();
        let page = moved_cases(desk, changed.id, &after, PAGE)?;
        if page.is_empty() {
            break;
        }
        cases.extend(page);
    }
    let (refused, moved): (Vec<_>, Vec<_>) = cases.into_iter().partition(|case| case.problem.is_some());
    let word = |change| if change == Change::Added { "added" } else { "removed" };
    if json {
        let days: Vec<Value> = changed
            .days
            .iter()
            .map(|day| {
                json!({"division": day.division, "date": day.date, "title": day.title, "change": word(day.change)})
            })
            .collect();
        let answer = json!({"change": changed.id, "days": days, "moved": moved, "not_computed": refused});
        return print::line(&serde_json::to_string_pretty(&answer)?);
    }
    for day in &changed.days {
        print::line(&format!("{} {}: {} ({})", word(day.change), day.date, day.title, day.division.name()))?;
    }
    let told = moved.iter().filter(|case| case.told).count();
    print::line(&format!(
        "Change {}: {} open case{} moved, {told} of their people are written to.",
        changed.id,
        moved.len(),
        if moved.len() == 1 { "" } else { "s" }
    ))?;
    let date = |date: Option<chrono::NaiveDate>| date.map_or_else(|| "no date".to_owned(), plain_date);
    for case in &moved {
        let told = if case.told { "" } else { " (nobody to write to)" };
        print::line(&format!("{}: {} -> {}{told}", case.reference, date(case.due_before), date(case.due_after)))?;
    }
    for case in &refused {
        print::line(&format!("{}: NOT COMPUTED: {}", case.reference, case.problem.as_deref().unwrap_or_default()))?;
    }
    Ok(())
}

fn list(desk: &Desk, json: bool) -> Result<(), Failure> {
    let mut known = Vec::new();
    let mut changes = Vec::new();
    for division in Division::ALL {
        let listed = holidays_list(desk, division)?;
        known.push((division, listed.known_years));
        changes = listed.changes;
    }
    if json {
        let years: serde_json::Map<String, Value> =
            known.iter().map(|(division, years)| (division.to_string(), json!(years))).collect();
        return print::line(&serde_json::to_string_pretty(&json!({"known_years": years, "changes": changes}))?);
    }
    for (division, years) in known {
        let years = years.map_or_else(|| "no year".to_owned(), |(first, last)| format!("{first} to {last}"));
        print::line(&format!("{}: {years} known.", division.name()))?;
    }
    if changes.is_empty() {
        return print::line("No changes beyond what is built in.");
    }
    for change in changes {
        let what = match (&change.date, &change.title, &change.division, &change.undoes) {
            (Some(date), Some(title), Some(division), _) => format!("{date} {title} ({division})"),
            (.., Some(undoes)) => format!("the change {undoes}"),
            _ => "a file".to_owned(),
        };
        let state = match (change.recomputed_at, change.in_force || change.undoes.is_some()) {
            (None, _) => "; open cases are still being recomputed",
            (Some(_), true) => "",
            (Some(_), false) => "; taken back",
        };
        print::line(&format!(
            "{} {} {what} by {} at {}{state}",
            change.id, change.how, change.made_by, change.made_at
        ))?;
    }
    Ok(())
}

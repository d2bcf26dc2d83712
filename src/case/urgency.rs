//! How urgent a case is, whom it waits for, and what is to be done next: what a caseworker sees first.

use chrono::NaiveDate;

use super::stage::Stage;
use crate::base::words;

/// Due within so many days: red.
pub const RED_DAYS: i64 = 5;
/// Due within so many days: amber.
pub const AMBER_DAYS: i64 = 14;

words! {
    /// How urgent a case is. Said in words beside the colour.
    Light, "the urgency" {
        /// Open, and the due date has passed, or one was missed before.
        Overdue = "overdue",
        /// Due within [`RED_DAYS`].
        Red = "red",
        /// Due within [`AMBER_DAYS`].
        Amber = "amber",
        /// Due later.
        Green = "green",
        /// Without a due date: the clock does not run.
        Paused = "paused",
        /// No answer is owed any more.
        Done = "done",
    }
}

words! {
    /// Who has to act before anything goes on.
    WaitsFor, "whom it waits for" {
        /// The person who asked.
        Requester = "requester",
        /// A caseworker.
        Caseworker = "caseworker",
        /// The search.
        Search = "search",
        /// A second person.
        Approver = "approver",
        /// Nobody.
        Nobody = "nobody",
    }
}

/// What urgency follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Where it stands.
    pub stage: Stage,
    /// The date shown as due.
    pub due_on: Option<NaiveDate>,
    /// A due date was missed before the clock was stopped.
    pub missed: bool,
}

impl Standing {
    /// How urgent it is on `today`, and in how many days it is due; below zero if that day has passed.
    #[must_use]
    pub fn light(self, today: NaiveDate) -> (Light, Option<i64>) {
        let days = self.due_on.map(|due| (due - today).num_days());
        let light = match days {
            _ if !self.stage.is_open() => Light::Done,
            _ if self.missed => Light::Overdue,
            None => Light::Paused,
            Some(days) if days < 0 => Light::Overdue,
            Some(days) if days <= RED_DAYS => Light::Red,
            Some(days) if days <= AMBER_DAYS => Light::Amber,
            Some(_) => Light::Green,
        };
        (light, days)
    }
}

impl WaitsFor {
    /// Whom a case at `stage` waits for.
    #[must_use]
    pub fn of(stage: Stage) -> Self {
        match stage {
            Stage::AwaitingVerification | Stage::AwaitingClarification => Self::Requester,
            Stage::Verified | Stage::Review | Stage::Approved => Self::Caseworker,
            Stage::Gathering => Self::Search,
            Stage::AwaitingApproval => Self::Approver,
            Stage::Released | Stage::Refused | Stage::Withdrawn => Self::Caseworker,
            Stage::Closed | Stage::Lapsed => Self::Nobody,
        }
    }

    /// The stages at which a case that is owed an answer waits for this one.
    #[must_use]
    pub fn stages(self) -> Vec<Stage> {
        Stage::ALL.iter().copied().filter(|stage| stage.is_open() && Self::of(*stage) == self).collect()
    }
}

/// The next thing to do, in one sentence. `no_code` tells that no code was sent to the requester, who did not ask by
/// our own form, `undecided` how many
/// records a person must still decide about, if that is known, `failed` how many collections could not be searched.
#[must_use]
pub fn next_step(stage: Stage, no_code: bool, undecided: Option<u64>, failed: i64, built: bool) -> String {
    match stage {
        Stage::AwaitingVerification if no_code => {
            "Check who the requester is, as far as there is any doubt, and record how.".to_owned()
        }
        Stage::AwaitingVerification => {
            "Wait until the requester types the code that was sent to them, or check who they are and record how."
                .to_owned()
        }
        Stage::Verified => "Search the sources for the person’s records.".to_owned(),
        Stage::AwaitingClarification => "Record the requester’s answer to our question when it comes.".to_owned(),
        Stage::Gathering => "Wait until the search has ended; this page tells when.".to_owned(),
        Stage::Review if failed > 0 => {
            let (what, them) = if failed == 1 { ("One collection", "it") } else { ("Some collections", "them") };
            format!("{what} could not be searched: search {them} again, or go on with the review.")
        }
        Stage::Review => match undecided {
            Some(0) => "Look at the answer as the person will see it, then send it for sign-off.".to_owned(),
            Some(1) => "Decide about the one record that was held back.".to_owned(),
            Some(n) => format!("Decide about the {n} records that were held back."),
            None => "Decide about the records that were held back.".to_owned(),
        },
        Stage::AwaitingApproval => "A second person must look at it, and approve it or send it back.".to_owned(),
        Stage::Approved if built => "Release the answer to the requester.".to_owned(),
        Stage::Approved => "Wait until the answer is built; this page tells when.".to_owned(),
        Stage::Released | Stage::Refused | Stage::Withdrawn => "Close the case once nothing is left to do.".to_owned(),
        Stage::Closed => "Nothing is left to do.".to_owned(),
        Stage::Lapsed => "Reopen the case if the requester replies.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_light_follows_from_the_days_left() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let at = |days: i64| Standing {
            stage: Stage::Review,
            due_on: Some(today + chrono::TimeDelta::days(days)),
            missed: false,
        };
        let lights: Vec<Light> = [-1, 0, 5, 6, 14, 15].into_iter().map(|days| at(days).light(today).0).collect();
        assert_eq!(lights, [Light::Overdue, Light::Red, Light::Red, Light::Amber, Light::Amber, Light::Green]);
        assert_eq!(at(-1).light(today).1, Some(-1));
        assert_eq!(Standing { due_on: None, ..at(0) }.light(today), (Light::Paused, None));
        assert_eq!(Standing { missed: true, due_on: None, ..at(0) }.light(today).0, Light::Overdue);
        assert_eq!(Standing { stage: Stage::Closed, ..at(-9) }.light(today).0, Light::Done);
    }

    #[test]
    fn every_open_stage_waits_for_somebody_and_has_a_next_step() {
        let waiting: usize = WaitsFor::ALL.iter().map(|who| who.stages().len()).sum();
        assert_eq!(waiting, Stage::ALL.iter().filter(|stage| stage.is_open()).count());
        for stage in Stage::ALL {
            let step = next_step(*stage, false, Some(2), 0, true);
            assert!(step.ends_with('.') && !step.contains('_'), "{step}");
        }
        assert_eq!(
            next_step(Stage::Review, false, Some(1), 0, false),
            "Decide about the one record that was held back."
        );
    }
}

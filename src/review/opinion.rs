//! The opinions that some exemptions rest on, and until when each may be relied on.

use chrono::{Days, NaiveDate};

use crate::base::words;
use crate::calendar::add_months;

words! {
    /// Whose opinion it is.
    OpinionKind, "the kind of opinion" {
        /// The appropriate health professional's (DPA 2018 Sch. 3 Part 2 paras 2(1), 5, 6).
        Health = "health",
        /// A social worker's view on serious harm (DPA 2018 Sch. 3 Part 3 para. 11).
        SocialWork = "social_work",
    }
}

words! {
    /// What it says about the serious-harm test.
    Finding, "the finding" {
        /// Disclosure would be likely to cause serious harm.
        Met = "met",
        /// It would not.
        NotMet = "not_met",
    }
}

/// An opinion as far as it decides something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// Whose.
    pub kind: OpinionKind,
    /// The day it was given.
    pub given_on: NaiveDate,
    /// What it says.
    pub finding: Finding,
}

impl Opinion {
    /// The last day on which it may be relied on; none if it does not age.
    ///
    /// A health professional's opinion does not count if it was obtained before the period of six months that ends with
    /// the day on which it is relied on (DPA 2018 Sch. 3 Part 2 paras 5(3), (4) and 6(3)). An opinion of 24 May can be
    /// relied on to 23 November. Where the sixth month is too short for the day, the earlier reading is taken.
    #[must_use]
    pub fn last_day(&self) -> Option<NaiveDate> {
        match self.kind {
            OpinionKind::Health => add_months(self.given_on, 6)?.checked_sub_days(Days::new(1)),
            OpinionKind::SocialWork => None,
        }
    }

    /// True if it may be relied on that day.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.given_on <= day && self.last_day().is_none_or(|last| day <= last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opinion(kind: OpinionKind, given_on: &str) -> Opinion {
        Opinion { kind, given_on: given_on.parse().unwrap(), finding: Finding::Met }
    }

    #[test]
    fn six_months_end_the_day_before_the_same_date() {
        for (given, last) in [
            ("2026-05-24", "2026-11-23"),
            ("2026-01-01", "2026-06-30"),
            ("2026-08-31", "2027-02-27"),
            ("2026-08-28", "2027-02-27"),
            ("2027-08-31", "2028-02-28"),
        ] {
            let opinion = opinion(OpinionKind::Health, given);
            let last: NaiveDate = last.parse().unwrap();
            assert_eq!(opinion.last_day(), Some(last), "{given}");
            assert!(opinion.holds_on(last) && !opinion.holds_on(last.succ_opt().unwrap()), "{given}");
            assert!(opinion.holds_on(given.parse().unwrap()), "{given}");
            assert!(!opinion.holds_on(opinion.given_on.pred_opt().unwrap()), "{given}");
        }
    }

    #[test]
    fn a_social_workers_view_does_not_age() {
        assert_eq!(opinion(OpinionKind::SocialWork, "2020-01-01").last_day(), None);
        assert!(opinion(OpinionKind::SocialWork, "2020-01-01").holds_on("2026-11-23".parse().unwrap()));
    }
}

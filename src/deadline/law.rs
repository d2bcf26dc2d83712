//! Which law governs a clock, what it allows, and how each of its rules is cited.

use chrono::NaiveDate;

use super::answer::Facts;
use super::regime::Regime;
use super::right::Right;

/// The first received date under the new time limits (DUAA 2025 s.76; SI 2026/82 regs 2(h), 4).
pub(super) const DUAA_LIMITS_FROM: NaiveDate = date(2026, 2, 5);
/// The first received date of a complaint that must be acknowledged (DUAA 2025 s.103; SI 2026/82 regs 3, 7).
pub(super) const COMPLAINTS_FROM: NaiveDate = date(2026, 6, 19);
/// The first day of the Data Protection Act 2018's rights.
pub(super) const DPA_2018_FROM: NaiveDate = date(2018, 5, 25);

const fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => NaiveDate::MIN,
    }
}

/// How a right is clocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// A month from the relevant time.
    Month(Law),
    /// Thirty days from receipt, to acknowledge.
    Complaint,
    /// No date in law.
    Nothing(Nothing),
}

/// Why there is no date in law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nothing {
    /// A complaint from before the duty began, or under the regime that never had it.
    ComplaintBeforeDuty,
    /// Part 3 gives no period for this right.
    NotInPart3,
}

/// The law of a month's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Law {
    /// UK GDPR Art. 12A.
    UkGdpr,
    /// UK GDPR Art. 12(3) as it stood before 5 February 2026.
    UkGdprBefore,
    /// DPA 2018 s.54.
    Part3,
    /// DPA 2018 s.54 as it stood before 5 February 2026.
    Part3Before,
}

impl Clock {
    /// Chooses by right, regime and received date.
    pub(super) fn of(facts: &Facts) -> Self {
        let old = facts.received_on < DUAA_LIMITS_FROM;
        if facts.right == Right::ComplaintAck {
            let duty = facts.regime != Regime::UkGdprPreDuaa && facts.received_on >= COMPLAINTS_FROM;
            return if duty { Self::Complaint } else { Self::Nothing(Nothing::ComplaintBeforeDuty) };
        }
        match facts.regime {
            Regime::UkGdpr if !old => Self::Month(Law::UkGdpr),
            Regime::UkGdpr | Regime::UkGdprPreDuaa => Self::Month(Law::UkGdprBefore),
            Regime::Dpa2018Part3 => match facts.right {
                Right::Access | Right::Rectification | Right::Erasure | Right::Restriction => {
                    Self::Month(if old { Law::Part3Before } else { Law::Part3 })
                }
                Right::Portability | Right::Objection | Right::AutomatedDecision | Right::ComplaintAck => {
                    Self::Nothing(Nothing::NotInPart3)
                }
            },
        }
    }
}

impl Law {
    /// Whether two further months can be taken.
    pub(super) fn extends(self) -> bool {
        match self {
            Self::UkGdpr | Self::UkGdprBefore | Self::Part3 => true,
            Self::Part3Before => false,
        }
    }

    /// Whether a question stops the clock by statute.
    pub(super) fn pauses(self) -> bool {
        match self {
            Self::UkGdpr | Self::Part3 => true,
            Self::UkGdprBefore | Self::Part3Before => false,
        }
    }

    /// Which law, and why this one.
    pub(super) fn choice(self) -> &'static str {
        match self {
            Self::UkGdpr => "UK GDPR Art. 12(3), 12A(1) (inserted by DUAA 2025 s.76; SI 2026/82 regs 2(h), 4(a))",
            Self::UkGdprBefore => "UK GDPR Art. 12(3) as before 5 February 2026 (saved by SI 2026/82 reg. 4(a))",
            Self::Part3 => "DPA 2018 s.54 as amended by DUAA 2025 s.76 (SI 2026/82 regs 2(h), 4(b))",
            Self::Part3Before => "DPA 2018 s.54 as before 5 February 2026 (saved by SI 2026/82 reg. 4(b))",
        }
    }

    /// The relevant time.
    pub(super) fn start(self) -> &'static str {
        match self {
            Self::UkGdpr => "UK GDPR Art. 12A(2); Regulation 1182/71 Art. 3(1): the day itself is not counted",
            Self::UkGdprBefore => {
                "UK GDPR Art. 12(3) before 5 February 2026 and ICO guidance on when time starts; Regulation 1182/71 \
                 Art. 3(1)"
            }
            Self::Part3 | Self::Part3Before => "DPA 2018 s.54(2)-(3); Regulation 1182/71 Art. 3(1)",
        }
    }

    /// The corresponding date.
    pub(super) fn month(self) -> &'static str {
        match self {
            Self::UkGdpr => "UK GDPR Art. 12A(1); Regulation 1182/71 Art. 3(2)(c), applied by UK GDPR Art. 4A",
            Self::UkGdprBefore => "UK GDPR Art. 12(3) before 5 February 2026; Regulation 1182/71 Art. 3(2)(c)",
            Self::Part3 | Self::Part3Before => {
                "DPA 2018 s.54(2); Regulation 1182/71 Art. 3(2)(c), applied by DPA 2018 s.205(2)"
            }
        }
    }

    /// Identity.
    pub(super) fn identity(self) -> &'static str {
        match self {
            Self::UkGdpr => "UK GDPR Art. 12(6), 12A(2)(b)",
            Self::UkGdprBefore => "UK GDPR Art. 12(6) and ICO guidance on when time starts",
            Self::Part3 | Self::Part3Before => "DPA 2018 s.52(4), 54(3)",
        }
    }

    /// Fee.
    pub(super) fn fee(self) -> &'static str {
        match self {
            Self::UkGdpr => "UK GDPR Art. 12(5), 12A(2)(c)",
            Self::UkGdprBefore => "UK GDPR Art. 12(5) and ICO guidance on when time starts",
            Self::Part3 | Self::Part3Before => "DPA 2018 s.53(1), 54(3)",
        }
    }

    /// Two further months.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::UkGdpr => "UK GDPR Art. 12A(3)-(4)",
            Self::UkGdprBefore => "UK GDPR Art. 12(3), second and third sentences, before 5 February 2026",
            Self::Part3 => "DPA 2018 s.54(3A)-(3B)",
            Self::Part3Before => "DPA 2018 s.54 before 5 February 2026: no extension",
        }
    }

    /// Questions to the person.
    pub(super) fn pause(self) -> &'static str {
        match self {
            Self::UkGdpr => "UK GDPR Art. 12A(5)-(6)",
            Self::UkGdprBefore => "UK GDPR Art. 12(3) before 5 February 2026: no pause in statute (ICO policy of 2020)",
            Self::Part3 => "DPA 2018 s.54(3C)-(3D)",
            Self::Part3Before => "DPA 2018 s.54 before 5 February 2026: no pause",
        }
    }

    /// Weekends and bank holidays.
    pub(super) fn roll(self) -> &'static str {
        match self {
            Self::UkGdpr => "Regulation 1182/71 Art. 2(1), 3(4), applied by UK GDPR Art. 4A",
            Self::UkGdprBefore => "Regulation 1182/71 Art. 2(1), 3(4) and ICO guidance on the time limit",
            Self::Part3 | Self::Part3Before => "Regulation 1182/71 Art. 2(1), 3(4), applied by DPA 2018 s.205(2)",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Division;

    #[test]
    fn the_received_date_picks_the_law() {
        use Regime::{Dpa2018Part3, UkGdpr, UkGdprPreDuaa};
        let month = Clock::Month;
        let none = Clock::Nothing(Nothing::ComplaintBeforeDuty);
        for (right, regime, received, expected) in [
            (Right::Access, UkGdpr, "2026-02-04", month(Law::UkGdprBefore)),
            (Right::Access, UkGdpr, "2026-02-05", month(Law::UkGdpr)),
            (Right::Erasure, UkGdprPreDuaa, "2026-02-05", month(Law::UkGdprBefore)),
            (Right::Access, Dpa2018Part3, "2026-02-04", month(Law::Part3Before)),
            (Right::Access, Dpa2018Part3, "2026-02-05", month(Law::Part3)),
            (Right::Objection, Dpa2018Part3, "2026-07-01", Clock::Nothing(Nothing::NotInPart3)),
            (Right::ComplaintAck, UkGdpr, "2026-06-18", none),
            (Right::ComplaintAck, UkGdpr, "2026-06-19", Clock::Complaint),
            (Right::ComplaintAck, Dpa2018Part3, "2026-06-19", Clock::Complaint),
            (Right::ComplaintAck, UkGdprPreDuaa, "2026-06-19", none),
        ] {
            let facts = Facts {
                right,
                regime,
                division: Division::default(),
                received_on: received.parse().unwrap(),
                events: vec![],
            };
            assert_eq!(Clock::of(&facts), expected, "{right} {regime} {received}");
        }
    }
}

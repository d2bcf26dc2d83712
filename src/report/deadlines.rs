//! The deadline report: one pass over the lines of all cases, in any order.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::case_line::Line;
use super::figures::Figures;
use super::history::WithheldHow;
use super::period::{Basis, Period, financial_year, month_of};
use crate::base::words;

words! {
    /// By what the figures are parted.
    GroupKind, "the group" {
        /// The right that was used.
        Right = "right",
        /// How the request came.
        Channel = "channel",
        /// Who asked, to the subject.
        Requester = "requester",
        /// The team that has or had it.
        Team = "team",
        /// The calendar month of the day that puts a case into the period.
        Month = "month",
        /// The financial year of that day, April to March.
        FinancialYear = "financial_year",
    }
}

words! {
    /// What is counted by a word or code.
    Tally, "the tally" {
        /// Refused requests by ground.
        RefusedByGround = "refused_by_ground",
        /// Answers with records left out, by exemption.
        ExemptedByCode = "exempted_by_code",
        /// Answers with redactions, by exemption.
        RedactedByCode = "redacted_by_code",
        /// Late requests, open and closed, by why.
        LateByReason = "late_by_reason",
    }
}

/// The figures of one part of the cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Which part: `access`, `2026-11`.
    pub value: String,
    /// Their figures.
    pub figures: Figures,
}

/// Teams that are counted apart; the rest is counted together, so that memory stays bounded whatever teams are called.
const MOST_GROUPS: usize = 1_000;
/// Where the rest is counted.
const OTHERS: &str = "(others)";

/// The ground of a refusal that none was recorded for.
pub(super) const NO_GROUND: &str = "NOT-RECORDED";

/// The report while it is counted.
#[derive(Debug, Clone)]
pub struct Deadlines {
    period: Period,
    previous_period: Option<Period>,
    basis: Basis,
    cases: Figures,
    previous: Figures,
    open: Figures,
    groups: BTreeMap<GroupKind, BTreeMap<String, Figures>>,
    tallies: BTreeMap<Tally, BTreeMap<String, u64>>,
}

impl Deadlines {
    /// Of the cases that `basis` puts into `period`.
    #[must_use]
    pub fn new(period: Period, basis: Basis) -> Self {
        Self {
            period,
            previous_period: period.previous(),
            basis,
            cases: Figures::default(),
            previous: Figures::default(),
            open: Figures::default(),
            groups: GroupKind::ALL.iter().map(|kind| (*kind, BTreeMap::new())).collect(),
            tallies: Tally::ALL.iter().map(|tally| (*tally, BTreeMap::new())).collect(),
        }
    }

    /// Counts a case. True if it is one of the period's, whose line belongs in the report.
    pub fn add(&mut self, line: &Line) -> bool {
        if line.is_open() {
            self.open.add(line, None);
        }
        let Some(day) = self.day(line) else { return false };
        if let Some(previous) = &self.previous_period
            && previous.holds(day)
        {
            self.previous.add(line, Some(previous));
        }
        if !self.period.holds(day) {
            return false;
        }
        self.cases.add(line, Some(&self.period));
        for (kind, groups) in &mut self.groups {
            let value = match kind {
                GroupKind::Right => line.right.as_str(),
                GroupKind::Channel => line.channel.as_str(),
                GroupKind::Requester => line.requester.as_str(),
                GroupKind::Team => line.team.as_str(),
                GroupKind::Month => &month_of(day),
                GroupKind::FinancialYear => &financial_year(day),
            };
            count_in(groups, value, line, &self.period);
        }
        self.tally(line);
        true
    }

    fn day(&self, line: &Line) -> Option<NaiveDate> {
        match self.basis {
            Basis::Received => Some(line.received_on),
            Basis::Closed => line.closed_on,
        }
    }

    fn tally(&mut self, line: &Line) {
        use super::history::How;
        if line.is_complaint() {
            return;
        }
        let mut count = |tally: Tally, word: &str| {
            if let Some(counts) = self.tallies.get_mut(&tally) {
                let room = counts.len() < MOST_GROUPS || counts.contains_key(word);
                *counts.entry(if room { word } else { OTHERS }.to_owned()).or_default() += 1;
            }
        };
        if line.how == Some(How::Refused) {
            count(Tally::RefusedByGround, line.code.as_deref().unwrap_or(NO_GROUND));
        }
        if line.how == Some(How::Released) {
            for withheld in &line.withheld {
                let tally = match withheld.how {
                    WithheldHow::Exempted => Tally::ExemptedByCode,
                    WithheldHow::Redacted => Tally::RedactedByCode,
                };
                count(tally, &withheld.code);
            }
        }
        if let Some(why) = line.why_late {
            count(Tally::LateByReason, why.as_str());
        }
    }

    /// The period.
    #[must_use]
    pub fn period(&self) -> Period {
        self.period
    }

    /// The one before.
    #[must_use]
    pub fn previous_period(&self) -> Option<Period> {
        self.previous_period
    }

    /// What puts a case into it.
    #[must_use]
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// The figures of the period's cases.
    #[must_use]
    pub fn cases(&self) -> &Figures {
        &self.cases
    }

    /// The same of the period before, as they stood on the same day.
    #[must_use]
    pub fn previous(&self) -> &Figures {
        &self.previous
    }

    /// The figures of all cases that were open, whenever they were received.
    #[must_use]
    pub fn open(&self) -> &Figures {
        &self.open
    }

    /// The period's cases, parted.
    #[must_use]
    pub fn groups(&self, kind: GroupKind) -> Vec<Group> {
        let groups = self.groups.get(&kind).into_iter().flatten();
        groups.map(|(value, figures)| Group { value: value.clone(), figures: figures.clone() }).collect()
    }

    /// The period's cases, counted by a word; most first.
    #[must_use]
    pub fn tally_of(&self, tally: Tally) -> Vec<(String, u64)> {
        let mut counts: Vec<_> =
            self.tallies.get(&tally).into_iter().flatten().map(|(word, n)| (word.clone(), *n)).collect();
        counts.sort_by(|(word, n), (other, m)| m.cmp(n).then_with(|| word.cmp(other)));
        counts
    }
}

/// Counts a case in its group.
fn count_in(groups: &mut BTreeMap<String, Figures>, value: &str, line: &Line, period: &Period) {
    if let Some(figures) = groups.get_mut(value) {
        return figures.add(line, Some(period));
    }
    let value = if groups.len() < MOST_GROUPS { value } else { OTHERS };
    groups.entry(value.to_owned()).or_default().add(line, Some(period));
}

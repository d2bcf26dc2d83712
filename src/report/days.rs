//! Counting days: mean, median and percentiles to the digit, from one counter for each number of days.

use serde::{Serialize, Serializer};

/// A number with one decimal, kept as its tenths, so that every format prints the same digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tenths(pub u64);

impl Tenths {
    /// `part` of `whole` in per cent, cut off (never rounded up) after one decimal, so that 100.0 means all of them; none
    /// of nothing.
    #[must_use]
    pub fn share(part: u64, whole: u64) -> Option<Self> {
        let tenths = (u128::from(part) * 1_000).checked_div(u128::from(whole))?;
        u64::try_from(tenths).ok().map(Self)
    }

    /// `sum` over `count`, rounded to one decimal, a half up; none of nothing.
    #[must_use]
    pub fn mean(sum: u64, count: u64) -> Option<Self> {
        let (sum, count) = (u128::from(sum), u128::from(count));
        let tenths = (sum * 20 + count).checked_div(count * 2)?;
        u64::try_from(tenths).ok().map(Self)
    }

    /// The nearest binary number, for a spreadsheet's cell.
    #[must_use]
    pub fn number(self) -> f64 {
        self.to_string().parse().unwrap_or_default()
    }
}

impl std::fmt::Display for Tenths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

impl Serialize for Tenths {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.number())
    }
}

/// How many cases took how many days: one counter for each number of days, so that percentiles are exact and memory
/// does not grow with the number of cases.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DayCounts {
    counts: Vec<u64>,
    cases: u64,
    sum: u64,
}

/// The longest time that has a counter of its own, 100 years; what took longer is counted there.
const MOST_DAYS: usize = 36_525;

impl DayCounts {
    /// Counts a case that took `days`.
    pub fn add(&mut self, days: u64) {
        let at = usize::try_from(days).unwrap_or(MOST_DAYS).min(MOST_DAYS);
        if at >= self.counts.len() {
            self.counts.resize(at + 1, 0);
        }
        if let Some(count) = self.counts.get_mut(at) {
            *count += 1;
        }
        self.cases += 1;
        self.sum += days;
    }

    /// The mean, to one decimal.
    #[must_use]
    pub fn mean(&self) -> Option<Tenths> {
        Tenths::mean(self.sum, self.cases)
    }

    /// The smallest number of days within which at least `per_cent` of the cases were done (nearest rank).
    #[must_use]
    pub fn percentile(&self, per_cent: u64) -> Option<u64> {
        let wanted = (self.cases * per_cent).div_ceil(100).max(1);
        let mut reached = 0;
        let found = self.counts.iter().zip(0_u64..).find(|(count, _)| {
            reached += **count;
            reached >= wanted
        });
        found.map(|(_, days)| days)
    }

    /// The longest.
    #[must_use]
    pub fn longest(&self) -> Option<u64> {
        self.percentile(100)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_share_is_cut_off_and_a_mean_is_rounded() {
        assert_eq!(Tenths::share(9_999, 10_000).unwrap().to_string(), "99.9");
        assert_eq!(Tenths::share(1, 3).unwrap().to_string(), "33.3");
        assert_eq!(Tenths::share(3, 3).unwrap().to_string(), "100.0");
        assert_eq!(Tenths::share(0, 0), None);
        assert_eq!(Tenths::mean(1, 20).unwrap().to_string(), "0.1");
        assert_eq!(Tenths::mean(61, 2).unwrap().to_string(), "30.5");
        assert_eq!(serde_json::to_string(&Tenths(953)).unwrap(), "95.3");
    }

    proptest! {
        #[test]
        fn percentiles_are_those_of_the_sorted_list(mut days in proptest::collection::vec(0_u64..500, 1..200)) {
            let mut counted = DayCounts::default();
            days.iter().for_each(|d| counted.add(*d));
            days.sort_unstable();
            for per_cent in [1_u64, 50, 90, 99, 100] {
                let rank = (days.len() as u64 * per_cent).div_ceil(100).max(1);
                prop_assert_eq!(counted.percentile(per_cent), Some(days[rank as usize - 1]));
            }
            prop_assert_eq!(counted.longest(), days.last().copied());
        }
    }
}

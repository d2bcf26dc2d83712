//! How common a person's name, birthday or postcode is: agreement on a rare one says more. Counted in the searched table
//! while it is read, smoothed by the lists of `assets/names`.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::compare::Comparison;
use super::level::{Field, Level};
use super::profile::Profile;

const SURNAMES: &str = include_str!("../../assets/names/surnames.csv");
const GIVEN: &str = include_str!("../../assets/names/given.csv");

/// Bearers per ten thousand of the commonest surnames.
static SURNAME_SHARES: LazyLock<HashMap<&'static str, f64>> = LazyLock::new(|| {
    SURNAMES
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .filter_map(|(name, share)| Some((name, share.parse::<f64>().ok()? / 10_000.0)))
        .collect()
});

static COMMON_GIVEN: LazyLock<HashMap<&'static str, ()>> =
    LazyLock::new(|| GIVEN.lines().skip(1).map(|name| (name.trim(), ())).collect());

/// The share of people with a surname that is not among the commonest.
const RARE_SURNAME: f64 = 0.000_05;
const COMMON_GIVEN_SHARE: f64 = 0.004;
const RARE_GIVEN: f64 = 0.000_3;
/// A day of birth among seventy years of them, and a postcode or an address among many.
const ONE_DAY: f64 = 0.000_05;
const ONE_POSTCODE: f64 = 0.000_2;
const ONE_ADDRESS: f64 = 0.002;

/// The share for which the configured weight of an exact agreement is meant.
fn typical(field: Field) -> f64 {
    match field {
        Field::Given => 0.004,
        Field::Surname => 0.001,
        Field::Born => 0.000_1,
        Field::Postcode => 0.001,
        Field::Address => 0.02,
        Field::Email | Field::Phone => 0.0,
    }
}

/// The lists count as much as this many rows of the table.
const SMOOTHING: f64 = 1_000.0;
/// No agreement is worth more or less than so many bits beyond its weight.
const MOST_BITS: f64 = 4.0;

/// What was counted in a table while it was read: rows, and for each of the person's names, days and places the rows of
/// others that have it too.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    rows: u64,
    others: HashMap<(Field, usize), u64>,
}

impl Counts {
    /// Counts a row. One that also agrees elsewhere may be the person's own and does not make a name more common.
    pub fn add(&mut self, comparison: &Comparison) {
        self.rows += 1;
        let differs = |field: Field| comparison.level(field) == Level::Differs;
        let another = |field: Field| match field {
            Field::Given => differs(Field::Surname),
            Field::Surname => differs(Field::Given),
            Field::Born | Field::Postcode | Field::Address => differs(Field::Given) || differs(Field::Surname),
            Field::Email | Field::Phone => false,
        };
        for field in Field::ALL {
            if comparison.level(field) == Level::Exact && another(field) {
                *self.others.entry((field, comparison.pick(field))).or_default() += 1;
            }
        }
    }

    /// Rows counted.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }
}

/// The bits that an exact agreement is worth beyond its weight, by how common the value is.
#[derive(Debug, Clone, Default)]
pub struct Frequencies(HashMap<(Field, usize), f64>);

impl Frequencies {
    /// From the shipped lists and, where a table was read, from its counts.
    #[must_use]
    pub fn of(profile: &Profile, counts: Option<&Counts>) -> Self {
        let mut known = HashMap::new();
        let mut learn = |field: Field, at: usize, listed: f64| {
            let (seen, rows) = counts.map_or((0.0, 0.0), |c| {
                (whole(c.others.get(&(field, at)).copied().unwrap_or_default()), whole(c.rows))
            });
            let share = (seen + listed * SMOOTHING) / (rows + SMOOTHING);
            known.insert((field, at), (typical(field) / share).log2().clamp(-MOST_BITS, MOST_BITS));
        };
        for (at, word) in profile.given.iter().enumerate() {
            let common = COMMON_GIVEN.contains_key(word.latin.as_str());
            learn(Field::Given, at, if common { COMMON_GIVEN_SHARE } else { RARE_GIVEN });
        }
        for (at, surname) in profile.surnames.iter().enumerate() {
            let listed = SURNAME_SHARES.get(surname.joined.latin.as_str()).copied();
            learn(Field::Surname, at, listed.unwrap_or(RARE_SURNAME));
        }
        for at in 0..profile.births.len() {
            learn(Field::Born, at, ONE_DAY);
        }
        for at in 0..profile.postcodes.len() {
            learn(Field::Postcode, at, ONE_POSTCODE);
        }
        for at in 0..profile.addresses.len() {
            learn(Field::Address, at, ONE_ADDRESS);
        }
        Self(known)
    }

    /// The bits for one agreement; none below an exact one.
    #[must_use]
    pub fn bits(&self, field: Field, level: Level, pick: usize) -> f64 {
        if level == Level::Exact { self.0.get(&(field, pick)).copied().unwrap_or_default() } else { 0.0 }
    }

    /// The most that any value of the person can add: for a first pass, before the table has been counted.
    #[must_use]
    pub fn most() -> f64 {
        MOST_BITS
    }
}

/// A count as a number to reckon with; counts stay far below the 2^53 that it holds exactly.
fn whole(n: u64) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

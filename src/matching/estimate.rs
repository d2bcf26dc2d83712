//! The weights again, from what caseworkers decided: how far each level speaks for or against, given that the evidence was
//! enough to be looked at.

use super::level::{Field, Level};
use super::model::Model;

/// A record that somebody decided about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// How far each field agreed.
    pub levels: Vec<(Field, Level)>,
    /// It was found to be the person's.
    pub theirs: bool,
}

/// A weight before and after.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The field.
    pub field: Field,
    /// The level.
    pub level: Level,
    /// The weight now, in bits.
    pub before: f64,
    /// What the decisions say, in bits, to a tenth.
    pub after: f64,
    /// How many of the person's records had it.
    pub theirs: u32,
    /// How many of others' had it.
    pub others: u32,
}

/// Too few decisions say nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "{theirs} records were found to be the person's and {others} to be somebody else's: weights are estimated from {LEAST} of each on"
)]
pub struct TooFew {
    /// Found to be the person's.
    pub theirs: usize,
    /// Found to be somebody else's.
    pub others: usize,
}

/// Decisions of each kind below which nothing is estimated.
pub const LEAST: usize = 20;
/// Records that must have a level before its weight is estimated.
const SEEN: u32 = 5;
/// How far a weight is expected to be off, in bits: what is seen seldom stays near what it was.
const SPREAD: f64 = 3.0;
/// Rounds, far beyond what it takes to settle.
const ROUNDS: usize = 300;

/// Estimates the weights of every level that was seen often enough: a logistic regression of the decisions on the levels, drawn
/// towards the present weights. Records that were never shown to anybody bias it little: which are shown depends on the
/// levels alone.
///
/// # Errors
/// [`TooFew`].
pub fn estimate(model: &Model, decided: &[Decided]) -> Result<Vec<Estimate>, TooFew> {
    let theirs = decided.iter().filter(|one| one.theirs).count();
    let others = decided.len() - theirs;
    if theirs < LEAST || others < LEAST {
        return Err(TooFew { theirs, others });
    }
    let mut fitted = model.clone();
    let every: Vec<(Field, Level)> =
        Field::ALL.into_iter().flat_map(|field| field.levels().iter().map(move |level| (field, *level))).collect();
    let bits = |model: &Model, one: &Decided| -> f64 {
        one.levels.iter().map(|(field, level)| model.weight(*field, *level)).sum()
    };
    // The odds before any evidence, in bits: they begin where the sums of the decided are balanced.
    let count = f64::from(u32::try_from(decided.len()).unwrap_or(u32::MAX));
    let mut before_all = -decided.iter().map(|one| bits(model, one)).sum::<f64>() / count;
    let ln2 = std::f64::consts::LN_2;
    for _ in 0..ROUNDS {
        let off: Vec<(f64, f64)> = decided
            .iter()
            .map(|one| {
                let probability = 1.0 / (1.0 + (-(bits(&fitted, one) + before_all) * ln2).exp());
                let missed = f64::from(u8::from(one.theirs)) - probability;
                (missed * ln2, (probability * (1.0 - probability)).max(1e-6) * ln2 * ln2)
            })
            .collect();
        let (up, steep) = off.iter().fold((0.0, 1e-6), |(up, steep), (one, bend)| (up + one, steep + bend));
        before_all += 0.3 * up / steep;
        for (field, level) in &every {
            let (mut up, mut steep) = (0.0, 1.0 / (SPREAD * SPREAD));
            up += (model.weight(*field, *level) - fitted.weight(*field, *level)) * steep;
            for (one, (missed, bend)) in decided.iter().zip(&off) {
                if one.levels.contains(&(*field, *level)) {
                    up += missed;
                    steep += bend;
                }
            }
            let next = fitted.weight(*field, *level) + 0.3 * up / steep;
            fitted.set(*field, *level, next.clamp(-30.0, 30.0));
        }
    }
    let seen = |field: Field, level: Level, whose: bool| {
        let has = decided.iter().filter(|one| one.theirs == whose && one.levels.contains(&(field, level)));
        u32::try_from(has.count()).unwrap_or(u32::MAX)
    };
    Ok(every
        .into_iter()
        .map(|(field, level)| Estimate {
            field,
            level,
            before: model.weight(field, level),
            after: (fitted.weight(field, level) * 10.0).round() / 10.0,
            theirs: seen(field, level, true),
            others: seen(field, level, false),
        })
        .filter(|one| one.theirs.saturating_add(one.others) >= SEEN)
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(levels: &[(Field, Level)], theirs: usize, others: usize) -> Vec<Decided> {
        let one = |theirs| Decided { levels: levels.to_vec(), theirs };
        std::iter::repeat_n(one(true), theirs).chain(std::iter::repeat_n(one(false), others)).collect()
    }

    #[test]
    fn what_speaks_for_the_person_gains_and_what_does_not_loses() {
        let name = [(Field::Given, Level::Exact), (Field::Surname, Level::Exact)];
        let with = |last: (Field, Level)| [name[0], name[1], last];
        let mut all = decided(&with((Field::Phone, Level::Near)), 1, 40);
        all.extend(decided(&with((Field::Postcode, Level::District)), 60, 1));
        all.extend(decided(&with((Field::Born, Level::Year)), 1, 1));
        let model = Model::default();
        let found = estimate(&model, &all).unwrap();
        let of = |field, level| *found.iter().find(|one| one.field == field && one.level == level).unwrap();
        let (phone, postcode) = (of(Field::Phone, Level::Near), of(Field::Postcode, Level::District));
        assert!(phone.after < phone.before - 1.0, "{phone:?}");
        assert!(postcode.after > postcode.before + 1.0, "{postcode:?}");
        assert_eq!((phone.theirs, phone.others), (1, 40));
        // Seen twice: not estimated at all.
        assert!(!found.iter().any(|one| one.field == Field::Born));
    }

    #[test]
    fn decisions_that_the_weights_expect_change_little() {
        let sure = [(Field::Given, Level::Exact), (Field::Surname, Level::Exact), (Field::Born, Level::Exact)];
        let poor = [(Field::Given, Level::Like), (Field::Surname, Level::Exact), (Field::Born, Level::Differs)];
        let all: Vec<Decided> = decided(&sure, 50, 0).into_iter().chain(decided(&poor, 0, 50)).collect();
        for one in estimate(&Model::default(), &all).unwrap() {
            assert!((one.after - one.before).abs() < 1.0, "{one:?}");
        }
    }

    #[test]
    fn too_few_decisions_are_refused_with_their_number() {
        let few = decided(&[(Field::Given, Level::Exact)], 30, 3);
        assert_eq!(estimate(&Model::default(), &few), Err(TooFew { theirs: 30, others: 3 }));
    }
}

//! The weights and what follows from a sum of them: configuration, with defaults set by hand.

use std::collections::BTreeMap;

use super::level::{Field, Level};

/// The weights of the evidence, in bits (the binary logarithm of how much likelier the level is in a row of the person's
/// than in somebody else's), and where the tiers begin.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    weights: [[f64; Level::ALL.len()]; Field::ALL.len()],
    /// From this probability on a row is probable, if two kinds of evidence agree.
    pub probable: f64,
    /// From this probability on a row is possible.
    pub possible: f64,
    /// Nor is a row possible with fewer bits than these, however small the table.
    pub least_bits: f64,
    /// Gmail's own rules for addresses: dots do not count.
    pub gmail_dots: bool,
}

/// What is wrong with configured weights.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelFault {
    /// No such field.
    #[error("`{0}` is not known: use given_name, surname, date_of_birth, email, phone, postcode or address")]
    Field(String),
    /// The field has no such level.
    #[error("`{field}` has no level `{level}`: use {}", .known.join(", "))]
    Level {
        /// The field.
        field: &'static str,
        /// What was written.
        level: String,
        /// Its levels.
        known: Vec<&'static str>,
    },
    /// The weight is out of bounds.
    #[error("`{0}` must be from -30 to 30 bits")]
    Weight(String),
    /// A probability is out of bounds.
    #[error("`probable` and `possible` must be above 0 and below 1, `possible` not above `probable`")]
    Tiers,
    /// The least evidence is out of bounds.
    #[error("`least_bits` must be from 0 to 30")]
    Least,
}

/// Set by hand from what is known of errors in such data, and checked on the sets of `docs/MATCHING.md`.
const DEFAULTS: [(Field, &[(Level, f64)]); 7] = [
    (
        Field::Given,
        &[
            (Level::Exact, 7.5),
            (Level::Nickname, 5.0),
            (Level::Near, 5.5),
            (Level::Sound, 3.5),
            (Level::Like, 2.5),
            (Level::Initial, 1.5),
            (Level::Differs, -5.0),
        ],
    ),
    (
        Field::Surname,
        &[
            (Level::Exact, 9.0),
            (Level::Near, 6.5),
            (Level::Part, 5.0),
            (Level::Sound, 3.5),
            (Level::Like, 3.0),
            (Level::Initial, 1.0),
            (Level::Differs, -3.5),
        ],
    ),
    (
        Field::Born,
        &[
            (Level::Exact, 13.0),
            (Level::Exchanged, 9.0),
            (Level::Near, 6.5),
            (Level::Parts, 4.0),
            (Level::Year, 1.5),
            (Level::Differs, -4.5),
        ],
    ),
    (
        Field::Email,
        &[
            (Level::Exact, 13.0),
            (Level::Mailbox, 12.0),
            (Level::Near, 10.0),
            (Level::Local, 6.0),
            (Level::Like, 6.0),
            (Level::Differs, -1.5),
        ],
    ),
    (Field::Phone, &[(Level::Exact, 12.0), (Level::Near, 5.0), (Level::Differs, -1.5)]),
    (Field::Postcode, &[(Level::Exact, 9.0), (Level::Near, 5.0), (Level::District, 2.0), (Level::Differs, -1.5)]),
    (Field::Address, &[(Level::Exact, 4.5), (Level::Near, 4.0), (Level::Like, 2.5), (Level::Differs, -2.0)]),
];

impl Default for Model {
    fn default() -> Self {
        let mut model = Self {
            weights: [[0.0; Level::ALL.len()]; Field::ALL.len()],
            probable: 0.9,
            possible: 0.02,
            least_bits: 7.0,
            gmail_dots: false,
        };
        for (field, levels) in DEFAULTS {
            for (level, bits) in levels {
                model.set(field, *level, *bits);
            }
        }
        model
    }
}

impl Model {
    /// The weight of a level in bits; a missing value adds nothing.
    #[must_use]
    pub fn weight(&self, field: Field, level: Level) -> f64 {
        self.weights.get(field.index()).and_then(|row| row.get(level.index())).copied().unwrap_or_default()
    }

    /// Changes one weight.
    pub fn set(&mut self, field: Field, level: Level, bits: f64) {
        if let Some(cell) = self.weights.get_mut(field.index()).and_then(|row| row.get_mut(level.index())) {
            *cell = bits;
        }
    }

    /// The defaults with the configured weights over them: by field, by level, in bits.
    ///
    /// # Errors
    /// Every [`ModelFault`] in them.
    pub fn with_weights(
        mut self,
        configured: &BTreeMap<String, BTreeMap<String, f64>>,
    ) -> Result<Self, Vec<ModelFault>> {
        let mut faults = Vec::new();
        for (name, levels) in configured {
            let Some(field) = Field::ALL.into_iter().find(|field| field.as_str() == name) else {
                faults.push(ModelFault::Field(name.clone()));
                continue;
            };
            for (word, bits) in levels {
                match field.levels().iter().find(|level| level.as_str() == word) {
                    None => faults.push(ModelFault::Level {
                        field: field.as_str(),
                        level: word.clone(),
                        known: field.levels().iter().map(|level| level.as_str()).collect(),
                    }),
                    Some(_) if !(-30.0..=30.0).contains(bits) => {
                        faults.push(ModelFault::Weight(format!("{name}.{word}")));
                    }
                    Some(level) => self.set(field, *level, *bits),
                }
            }
        }
        if !(self.possible > 0.0 && self.possible <= self.probable && self.probable < 1.0) {
            faults.push(ModelFault::Tiers);
        }
        if !(0.0..=30.0).contains(&self.least_bits) {
            faults.push(ModelFault::Least);
        }
        if faults.is_empty() { Ok(self) } else { Err(faults) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_better_level_never_weighs_less_than_differing() {
        let model = Model::default();
        for field in Field::ALL {
            let differs = model.weight(field, Level::Differs);
            assert!(differs < 0.0, "{field:?}");
            for level in field.levels().iter().filter(|level| **level != Level::Differs) {
                assert!(model.weight(field, *level) > differs, "{field:?} {level:?}");
                assert!(model.weight(field, *level) <= model.weight(field, Level::Exact), "{field:?} {level:?}");
            }
            assert!(model.weight(field, Level::Missing).abs() < f64::EPSILON);
        }
    }

    #[test]
    fn every_fault_of_configured_weights_is_named() {
        let table = |pairs: &[(&str, &str, f64)]| {
            let mut all: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
            for (field, level, bits) in pairs {
                all.entry((*field).into()).or_default().insert((*level).into(), *bits);
            }
            all
        };
        let model = Model::default().with_weights(&table(&[("email", "exact", 9.5)])).unwrap();
        assert!((model.weight(Field::Email, Level::Exact) - 9.5).abs() < f64::EPSILON);
        let bad = table(&[("emial", "exact", 1.0), ("phone", "nickname", 1.0), ("phone", "exact", f64::NAN)]);
        let faults = Model { possible: 0.95, ..Model::default() }.with_weights(&bad).unwrap_err();
        assert_eq!(faults.len(), 4, "{faults:?}");
        assert!(faults.iter().any(|f| f.to_string() == "`phone` has no level `nickname`: use exact, near, differs"));
    }
}

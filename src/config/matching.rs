//! `[matching]`: how evidence that a record is somebody's is weighed, and how far a search may go.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::sections::{whole, yes_or_no};
use crate::matching::{Model, ModelFault};

/// Weights in bits: by field, by level.
pub type Weights = BTreeMap<String, BTreeMap<String, f64>>;

/// `[matching]`; `docs/MATCHING.md` says what each means.
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub struct MatchingConfig {
    /// From this probability on a record is probable, if two kinds of evidence agree.
    #[serde(deserialize_with = "number")]
    pub probable: f64,
    /// From this probability on a record is possible; below it is left alone.
    #[serde(deserialize_with = "number")]
    pub possible: f64,
    /// Nor is a record possible with fewer bits of evidence, however small the table.
    #[serde(deserialize_with = "number")]
    pub least_bits: f64,
    /// Dots before the @ of a gmail.com or googlemail.com address do not count.
    #[serde(deserialize_with = "yes_or_no")]
    pub gmail_dots: bool,
    /// Tables of up to so many rows are read through and compared row by row; larger ones are searched blocked.
    #[serde(deserialize_with = "whole")]
    pub scan_rows: u64,
    /// Candidates, and mentions, kept of one collection: the likeliest.
    #[serde(deserialize_with = "whole")]
    pub candidates: usize,
    /// Weights that stand in place of the defaults: `[matching.weights.surname]`, `exact = 9.0`.
    #[serde(deserialize_with = "weights")]
    pub weights: Weights,
}

impl Default for MatchingConfig {
    fn default() -> Self {
        let model = Model::default();
        Self {
            probable: model.probable,
            possible: model.possible,
            least_bits: model.least_bits,
            gmail_dots: model.gmail_dots,
            scan_rows: 5_000_000,
            candidates: 1_000,
            weights: Weights::new(),
        }
    }
}

impl MatchingConfig {
    /// The model that these settings describe.
    ///
    /// # Errors
    /// Every [`ModelFault`] in them.
    pub fn model(&self) -> Result<Model, Vec<ModelFault>> {
        let mut model = Model::default();
        model.probable = self.probable;
        model.possible = self.possible;
        model.least_bits = self.least_bits;
        model.gmail_dots = self.gmail_dots;
        model.with_weights(&self.weights)
    }

    /// What contradicts itself or is out of bounds, one sentence each.
    pub(super) fn contradictions(&self, faults: &mut Vec<String>) {
        if let Err(found) = self.model() {
            faults.extend(found.into_iter().map(|fault| match fault {
                ModelFault::Field(_) | ModelFault::Level { .. } | ModelFault::Weight(_) => {
                    format!("matching.weights: {fault}")
                }
                ModelFault::Tiers | ModelFault::Least => format!("[matching] {fault}"),
            }));
        }
        if !(1..=10_000).contains(&self.candidates) {
            faults.push("matching.candidates must be from 1 to 10000".to_owned());
        }
    }
}

/// A number, also as text, as the environment has it.
struct Number(f64);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Form {
            Number(f64),
            Text(String),
        }
        match Form::deserialize(deserializer) {
            Ok(Form::Number(number)) => Some(number),
            Ok(Form::Text(text)) => text.trim().parse().ok(),
            Err(_) => None,
        }
        .map(Self)
        .ok_or_else(|| serde::de::Error::custom("write a number, for example 0.9"))
    }
}

fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    Ok(Number::deserialize(deserializer)?.0)
}

fn weights<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Weights, D::Error> {
    let read = BTreeMap::<String, BTreeMap<String, Number>>::deserialize(deserializer)?;
    let levels = |levels: BTreeMap<String, Number>| levels.into_iter().map(|(level, bits)| (level, bits.0)).collect();
    Ok(read.into_iter().map(|(field, of)| (field, levels(of))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::{Field, Level};

    fn read(text: &str) -> Result<MatchingConfig, toml::de::Error> {
        toml::from_str(text)
    }

    #[test]
    fn nothing_said_is_the_default_model() {
        let config = read("").unwrap();
        assert_eq!(config.model().unwrap(), Model::default());
    }

    #[test]
    fn weights_and_limits_may_be_numbers_or_text() {
        let config = read(
            "probable = '0.95'\nscan_rows = '10'\ngmail_dots = 'true'\n[weights.surname]\nexact = 8\nnear = '6.25'",
        )
        .unwrap();
        let model = config.model().unwrap();
        assert!(model.gmail_dots && config.scan_rows == 10 && (model.probable - 0.95).abs() < f64::EPSILON);
        assert!((model.weight(Field::Surname, Level::Near) - 6.25).abs() < f64::EPSILON);
        assert!((model.weight(Field::Surname, Level::Exact) - 8.0).abs() < f64::EPSILON);
    }

    #[test]
    fn every_fault_is_named() {
        let config =
            read("possible = 0.95\nleast_bits = 99\ncandidates = 0\n[weights.emial]\nexact = 1\n[weights.phone]\nexact = 400")
                .unwrap();
        let mut faults = Vec::new();
        config.contradictions(&mut faults);
        let all = faults.join("; ");
        for part in
            ["`emial` is not known", "`phone.exact` must be", "`possible` not above", "`least_bits`", "candidates"]
        {
            assert!(all.contains(part), "{part} in {all}");
        }
        assert_eq!(faults.len(), 5, "{all}");
        assert!(read("probable = 'often'").unwrap_err().to_string().contains("write a number"));
    }
}

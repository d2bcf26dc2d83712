//! The model of names: a linear-chain conditional random field, its weights from assets/ner/model.tsv.gz (trained by
//! assets/ner/train.py), and how likely it takes each token to be of a person's name (forward and backward pass).

use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::sync::LazyLock;

use flate2::read::GzDecoder;

use super::features::features;
use super::tokens::Token;

/// Labels: outside, beginning and inside of a person's name, and anything else that has a name.
const LABELS: usize = 4;

type Weights = [f32; LABELS];

/// The model with the lists that its features ask for.
pub(super) struct Model {
    weights: HashMap<Box<str>, Weights>,
    transitions: [Weights; LABELS],
    /// Words that people write small.
    words: HashSet<&'static str>,
    /// Given names.
    given: HashSet<&'static str>,
}

static MODEL: LazyLock<Model> = LazyLock::new(Model::read);

/// The one model of the program.
pub(super) fn model() -> &'static Model {
    &MODEL
}

/// What the model says of a token.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Marginal {
    /// How likely it is of a person's name.
    pub(super) person: f32,
    /// How likely it begins one.
    pub(super) begins: f32,
}

impl Model {
    /// The files are part of the program; a test reads them. A weight that cannot be read counts nothing.
    fn read() -> Self {
        let mut text = String::new();
        let packed: &[u8] = include_bytes!("../../../assets/ner/model.tsv.gz");
        if GzDecoder::new(packed).read_to_string(&mut text).is_err() {
            text.clear();
        }
        let mut weights = HashMap::new();
        let mut transitions = [[0.0; LABELS]; LABELS];
        let mut row = 0;
        for line in text.lines().skip(2) {
            let mut parts = line.split('\t');
            let name = parts.next().unwrap_or_default();
            let mut values = [0.0; LABELS];
            for (value, part) in values.iter_mut().zip(parts) {
                *value = part.parse().unwrap_or(0.0);
            }
            if name.starts_with('~') && row < LABELS {
                if let Some(slot) = transitions.get_mut(row) {
                    *slot = values;
                }
                row += 1;
            } else {
                weights.insert(name.into(), values);
            }
        }
        Self {
            weights,
            transitions,
            words: include_str!("../../../assets/ner/words.txt").lines().collect(),
            given: include_str!("../../../assets/ner/given.txt").lines().collect(),
        }
    }

    /// True for a word that people write small.
    pub(super) fn is_common(&self, lower: &str) -> bool {
        self.words.contains(lower)
    }

    /// True for a given name.
    pub(super) fn is_given(&self, lower: &str) -> bool {
        self.given.contains(lower)
    }

    /// How likely each token is of a person's name.
    pub(super) fn marginals(&self, tokens: &[Token]) -> Vec<Marginal> {
        let mut scores: Vec<Weights> = Vec::with_capacity(tokens.len());
        for at in 0..tokens.len() {
            let mut sum = [0.0; LABELS];
            features(self, tokens, at, &mut |feature| {
                if let Some(own) = self.weights.get(feature) {
                    for (sum, weight) in sum.iter_mut().zip(own) {
                        *sum += weight;
                    }
                }
            });
            // Exponentials of differences to the largest: nothing overflows, and the scale falls out at the end.
            let largest = sum.iter().copied().fold(f32::MIN, f32::max);
            scores.push(sum.map(|score| (score - largest).exp()));
        }
        let steps = self.transitions.map(|row| row.map(f32::exp));
        let mut forward: Vec<Weights> = Vec::with_capacity(scores.len());
        for score in &scores {
            let mut now = *score;
            if let Some(before) = forward.last() {
                for (to, value) in now.iter_mut().enumerate() {
                    *value *=
                        before.iter().zip(&steps).map(|(p, row)| p * row.get(to).copied().unwrap_or(0.0)).sum::<f32>();
                }
            }
            forward.push(scaled(now));
        }
        let mut backward: Weights = [1.0; LABELS];
        let mut found = Vec::with_capacity(scores.len());
        for (ahead, score) in forward.iter().zip(&scores).rev() {
            let mut both = *ahead;
            for (value, after) in both.iter_mut().zip(&backward) {
                *value *= after;
            }
            let [_, begins, inside, _] = scaled(both);
            found.push(Marginal { person: begins + inside, begins });
            let mut before = [0.0; LABELS];
            for (value, row) in before.iter_mut().zip(&steps) {
                *value = row.iter().zip(score).zip(&backward).map(|((step, score), after)| step * score * after).sum();
            }
            backward = scaled(before);
        }
        found.reverse();
        found
    }
}

/// The same proportions with the sum one.
fn scaled(values: Weights) -> Weights {
    let sum: f32 = values.iter().sum();
    if sum > 0.0 { values.map(|value| value / sum) } else { [1.0 / 4.0; LABELS] }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::Token;
    use super::*;
    use crate::review::Span;

    /// What python-crfsuite says of the same sentences (assets/ner/parity.tsv, written by train.py).
    #[test]
    fn the_marginals_are_those_of_the_trainer() {
        let mut checked = 0;
        for sentence in include_str!("../../../assets/ner/parity.tsv").split("\n\n") {
            let rows: Vec<Vec<&str>> = sentence.lines().map(|line| line.split('\t').collect()).collect();
            let tokens: Vec<Token> = rows
                .iter()
                .filter(|row| row.len() == 3)
                .map(|row| Token {
                    text: row[0].into(),
                    lower: row[0].to_lowercase(),
                    span: Span { start: 0, end: 0 },
                    breaks: false,
                })
                .collect();
            for (row, own) in rows.iter().filter(|row| row.len() == 3).zip(model().marginals(&tokens)) {
                let (person, begins): (f32, f32) = (row[1].parse().unwrap(), row[2].parse().unwrap());
                // The shipped weights have two digits after the point.
                assert!((own.person - person).abs() < 0.04, "{row:?}: {own:?}");
                assert!((own.begins - begins).abs() < 0.04, "{row:?}: {own:?}");
                checked += 1;
            }
        }
        assert!(checked > 200, "{checked}");
    }
}

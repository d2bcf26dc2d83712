//! The names of everybody whom a table holds, to tell whether a text names one of them.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::subject::{PersonName, Role, fold, latin};

/// Names seen while tables were read: a digest of given name and surname each, eight bytes a name, up to a limit.
#[derive(Debug, Clone, Default)]
pub struct People(HashSet<u64>);

/// Names kept: 64 MB at most.
const MOST: usize = 4_000_000;

impl People {
    /// Notes a name of at least a given name and a surname in full.
    pub fn add(&mut self, name: &PersonName) {
        let full = |role: Role| name.of(role).map(|word| word.latin.as_str()).find(|word| word.len() > 1);
        if let (Some(given), Some(surname)) = (full(Role::Given), full(Role::Surname))
            && self.0.len() < MOST
        {
            self.0.insert(digest(given, surname));
        }
    }

    /// True if nobody was noted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// True if a given name and a surname of one of them stand next to each other in the text, in either order, both as
    /// names are written: with a capital, or in a script without.
    #[must_use]
    pub fn stand_in(&self, text: &str) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let words = text
            .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}')))
            .filter(|word| !word.is_empty())
            .map(|word| {
                let named =
                    word.chars().next().is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()));
                named.then(|| latin(&fold(word)).replace('\'', "")).filter(|word| word.len() > 1)
            });
        let mut before: Option<String> = None;
        for word in words {
            if let (Some(first), Some(second)) = (&before, &word)
                && (self.0.contains(&digest(first, second)) || self.0.contains(&digest(second, first)))
            {
                return true;
            }
            before = word;
        }
        false
    }
}

fn digest(given: &str, surname: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (given, surname).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_names_somebody_by_given_name_and_surname() {
        let mut people = People::default();
        for name in ["Imran Sefton", "Mrs Clegg", "محمد قریشی"] {
            people.add(&PersonName::parse(name));
        }
        for (text, expected) in [
            ("Rang Farzana. Imran Sefton may ring.", true),
            ("SEFTON, Imran", true),
            ("imran sefton", false),
            ("Imran's friend Sefton", false),
            ("Mrs Clegg", false),
            ("محمد قريشي", true),
            ("", false),
        ] {
            assert_eq!(people.stand_in(text), expected, "{text}");
        }
    }
}

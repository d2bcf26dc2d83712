//! From a row's mark to whether it is disclosed.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::index::Mark;
use crate::review::Cut;

/// Why a row is held although it was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// Its owner column names somebody else.
    SomebodyElse,
    /// Its owner columns are blank, and only a reference led to it.
    OwnerUnknown,
    /// A verified identifier stands in it, and the name is somebody else's.
    NameDisagrees,
    /// A verified identifier and the name stand in it, and the date of birth is another.
    BirthDisagrees,
    /// Somebody else's row in which the person is mentioned.
    Mentioned,
    /// A caseworker looked and found it not to be the person's.
    NotTheirs,
    /// The request asks for other kinds of records.
    OtherKind,
    /// The request asks for records of other days.
    OtherTime,
}

impl Held {
    /// In plain words, for the manifest.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::SomebodyElse => "held for review: the record belongs to somebody else",
            Self::OwnerUnknown => "held for review: the record does not say whose it is",
            Self::NameDisagrees => {
                "held for review: the address or number is theirs, the name in the record is another"
            }
            Self::BirthDisagrees => {
                "held for review: address or number and name are theirs, the date of birth is another"
            }
            Self::Mentioned => "held for review: somebody else's record in which they are mentioned",
            Self::NotTheirs => "looked at, and found to be about somebody else",
            Self::OtherKind => "not asked for: the request names other kinds of records",
            Self::OtherTime => "not asked for: its date is outside those that the request names",
        }
    }
}

/// Whether a row goes into the bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "standing", rename_all = "snake_case")]
pub enum Standing {
    /// It does.
    Disclose,
    /// Not until a person has decided.
    Held {
        /// In plain words.
        reason: String,
    },
    /// It only might be the person's: not until a person has decided.
    Possible {
        /// In plain words.
        reason: String,
    },
    /// A person decided that it does not.
    Excluded {
        /// In plain words.
        reason: String,
        /// The exemption's code, where there is one.
        code: Option<String>,
    },
}

/// What a caseworker decided about a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Decision {
    /// Disclose it, whatever held it.
    Include,
    /// Withhold it.
    Exclude {
        /// The reason that the manifest gives, in plain words: the exemption's title.
        reason: String,
        /// The exemption's code, where there is one.
        code: Option<String>,
    },
}

/// Decisions by record identifier.
pub type Decisions = HashMap<String, Decision>;

/// What is cut out of records, by record identifier.
pub type Cuts = HashMap<String, Vec<Cut>>;

/// Under which rules a spool is read.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Disclose what only might be the person's.
    pub include_possible: bool,
    /// Disclose what the data map wants a person to look at first. Never frees a row of somebody else.
    pub include_review: bool,
    /// What was decided about single records; goes before everything else.
    pub decisions: Decisions,
    /// What is cut out of records that go out.
    pub cuts: Cuts,
}

impl Rules {
    /// Whether the record goes into the bundle.
    #[must_use]
    pub fn standing(&self, id: &str, mark: &Mark) -> Standing {
        match self.decisions.get(id) {
            Some(Decision::Include) => return Standing::Disclose,
            Some(Decision::Exclude { reason, code }) => {
                return Standing::Excluded { reason: reason.clone(), code: code.clone() };
            }
            None => {}
        }
        if let Some(unasked) = mark.unasked {
            return Standing::Excluded { reason: unasked.words().into(), code: None };
        }
        match (&mark.possible, mark.held, &mark.review) {
            (_, Some(Held::NotTheirs), _) => Standing::Excluded { reason: Held::NotTheirs.words().into(), code: None },
            (Some(why), _, _) if !self.include_possible => Standing::Possible { reason: why.clone() },
            (_, Some(held), _) => Standing::Held { reason: held.words().into() },
            (_, None, Some(why)) if !self.include_review => Standing::Held { reason: why.clone() },
            (_, None, _) => Standing::Disclose,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(possible: bool, held: Option<Held>, review: bool) -> Mark {
        Mark {
            matched_on: vec![],
            reasons: vec![],
            possible: possible.then(|| "possible".into()),
            held,
            review: review.then(|| "review".into()),
            doubt: None,
            unasked: None,
            candidate: None,
            third_parties: Vec::new(),
        }
    }

    fn rules(include_possible: bool, include_review: bool) -> Rules {
        Rules { include_possible, include_review, ..Rules::default() }
    }

    #[test]
    fn a_row_of_somebody_else_is_freed_by_a_decision_only() {
        let theirs = mark(false, Some(Held::SomebodyElse), false);
        let held = Standing::Held { reason: Held::SomebodyElse.words().into() };
        assert_eq!(rules(true, true).standing("t/1", &theirs), held);
        let mut decided = rules(false, false);
        decided.decisions.insert("t/1".into(), Decision::Include);
        assert_eq!(decided.standing("t/1", &theirs), Standing::Disclose);
        assert_eq!(decided.standing("t/2", &theirs), held);
    }

    #[test]
    fn each_rule_frees_only_its_own_kind() {
        let both = mark(true, None, true);
        assert!(matches!(rules(false, true).standing("", &both), Standing::Possible { .. }));
        assert!(matches!(rules(true, false).standing("", &both), Standing::Held { .. }));
        assert_eq!(rules(true, true).standing("", &both), Standing::Disclose);
        assert_eq!(rules(false, false).standing("", &mark(false, None, false)), Standing::Disclose);
    }
}

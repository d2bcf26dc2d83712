//! When the code from the e-mail is enough, and when more must be shown. More may be asked only where there is reasonable
//! doubt (UK GDPR Art. 12(6)), so each rule is the controller's own, in its configuration, and the person is told it.

use crate::case::{Channel, Relationship};
use crate::deadline::Right;
use crate::words;

/// The controller's rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProofRules {
    /// Rights for which everybody shows who they are.
    pub rights: Vec<Right>,
    /// Channels by which everybody shows who they are.
    pub channels: Vec<Channel>,
    /// Collections that nobody gets before a caseworker wrote down how they know who it is.
    pub sensitive: Vec<String>,
    /// For whom the authority is asked for at once.
    pub authority: Vec<Relationship>,
}

words! {
    /// Why somebody must show who they are.
    WhyProof, "the reason for proof" {
        /// The right that they use.
        Right = "right",
        /// How the request came.
        Channel = "channel",
        /// What they ask for is sensitive.
        Sensitive = "sensitive",
    }
}

/// What must be shown beside the code.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Needs {
    /// Who they are, and why.
    pub identity: Option<WhyProof>,
    /// That they may act for the subject.
    pub authority: bool,
}

impl ProofRules {
    /// What must be shown for a request for `collections` (all, if none is named). A request for all is not sensitive by
    /// itself: most people have no such record. Whether they do is looked at before the answer goes out ([`Self::holds`]).
    #[must_use]
    pub fn needs(&self, right: Right, channel: Channel, relationship: Relationship, collections: &[String]) -> Needs {
        let identity = if self.rights.contains(&right) {
            Some(WhyProof::Right)
        } else if self.channels.contains(&channel) {
            Some(WhyProof::Channel)
        } else if collections.iter().any(|name| self.sensitive.contains(name)) {
            Some(WhyProof::Sensitive)
        } else {
            None
        };
        Needs { identity, authority: self.authority.contains(&relationship) }
    }

    /// Whether an answer with records of these collections waits for a recorded assessment of who the person is.
    #[must_use]
    pub fn holds<'a>(&self, mut disclosed: impl Iterator<Item = &'a str>) -> bool {
        disclosed.any(|name| self.sensitive.iter().any(|sensitive| sensitive == name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_is_asked_only_where_a_rule_says_so() {
        let none = ProofRules::default();
        for right in Right::ALL {
            for relationship in Relationship::ALL {
                assert_eq!(none.needs(right, Channel::Web, *relationship, &["x".into()]), Needs::default());
            }
        }
        let rules = ProofRules {
            rights: vec![Right::Erasure],
            channels: vec![Channel::Phone],
            sensitive: vec!["cases".into()],
            authority: vec![Relationship::Parent],
        };
        let needs = |right, channel, who, names: &[&str]| {
            rules.needs(right, channel, who, &names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>())
        };
        let (web, phone, me) = (Channel::Web, Channel::Phone, Relationship::Myself);
        assert_eq!(needs(Right::Erasure, web, me, &[]).identity, Some(WhyProof::Right));
        assert_eq!(needs(Right::Access, phone, me, &[]).identity, Some(WhyProof::Channel));
        assert_eq!(needs(Right::Access, web, me, &["letters", "cases"]).identity, Some(WhyProof::Sensitive));
        assert_eq!(needs(Right::Access, web, me, &[]), Needs::default());
        assert!(needs(Right::Access, web, Relationship::Parent, &[]).authority);
        assert!(rules.holds(["letters", "cases"].into_iter()));
        assert!(!rules.holds(["letters"].into_iter()));
    }
}

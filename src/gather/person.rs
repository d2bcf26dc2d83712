//! The person searched for: what is known of them, how well, and whether a value is theirs.

use crate::matching::{Comparison, Known, Model, Profile, RowForm, Trust, compare};
use crate::subject::{Identifier, IdentifierKind, Subject, mailbox, normal_email, normal_phone};

/// Everything known about the person, in normal form and ready to compare.
#[derive(Debug, Clone)]
pub(super) struct Person {
    known: Vec<Known>,
    profile: Profile,
    model: Model,
    emails: Vec<String>,
    phones: Vec<String>,
    /// Given, and not shown to be theirs.
    claimed_emails: Vec<String>,
    claimed_phones: Vec<String>,
}

impl Person {
    /// What the subject gave and showed, and what caseworkers confirmed.
    pub(super) fn of(subject: &Subject, confirmed: &[Identifier], model: &Model) -> Self {
        let mut known: Vec<Known> = Vec::new();
        let mut add = |kind: IdentifierKind, value: &str, trust: Trust| {
            if !value.trim().is_empty() {
                known.push(Known { kind, value: value.to_owned(), trust });
            }
        };
        add(IdentifierKind::Name, &subject.name, Trust::Claimed);
        if let Some(date) = subject.date_of_birth {
            add(IdentifierKind::DateOfBirth, &date.to_string(), Trust::Claimed);
        }
        for identifier in &subject.identifiers {
            let trust = if identifier.kind.leads() { Trust::Verified } else { Trust::Claimed };
            add(identifier.kind, &identifier.value, trust);
        }
        for identifier in confirmed {
            add(identifier.kind, &identifier.value, Trust::Confirmed);
        }
        for identifier in &subject.claimed {
            add(identifier.kind, &identifier.value, Trust::Claimed);
        }
        Self::from(known, model.clone())
    }

    fn from(known: Vec<Known>, model: Model) -> Self {
        let of = |kind: IdentifierKind, claimed: bool| -> Vec<String> {
            let mut values: Vec<String> = known
                .iter()
                .filter(|one| one.kind == kind)
                .filter(|one| match one.trust {
                    Trust::Verified | Trust::Confirmed => !claimed,
                    Trust::Claimed => claimed,
                    Trust::Found => false,
                })
                .map(|one| normal(kind, &one.value))
                .filter(|value| !value.is_empty())
                .collect();
            values.sort();
            values.dedup();
            values
        };
        let (emails, phones) = (of(IdentifierKind::Email, false), of(IdentifierKind::Phone, false));
        let unproven = |kind: IdentifierKind, proven: &[String]| -> Vec<String> {
            of(kind, true).into_iter().filter(|value| !proven.contains(value)).collect()
        };
        Self {
            claimed_emails: unproven(IdentifierKind::Email, &emails),
            claimed_phones: unproven(IdentifierKind::Phone, &phones),
            emails,
            phones,
            profile: Profile::known(&known, model.gmail_dots),
            known,
            model,
        }
    }

    /// The person with what stands on records that are certainly theirs. None if that is nothing new.
    pub(super) fn with(&self, found: &[Known]) -> Option<Self> {
        let fresh: Vec<Known> = found.iter().filter(|one| !self.has(one.kind, &one.value)).cloned().collect();
        if fresh.is_empty() {
            return None;
        }
        Some(Self::from(self.known.iter().cloned().chain(fresh).collect(), self.model.clone()))
    }

    /// True if the value is known already, in whatever writing.
    pub(super) fn has(&self, kind: IdentifierKind, value: &str) -> bool {
        let wanted = normal(kind, value);
        wanted.is_empty() || self.known.iter().any(|one| one.kind == kind && normal(kind, &one.value) == wanted)
    }

    /// True if there is a verified identifier to begin from.
    pub(super) fn has_identity(&self) -> bool {
        !self.emails.is_empty() || !self.phones.is_empty()
    }

    pub(super) fn profile(&self) -> &Profile {
        &self.profile
    }

    pub(super) fn model(&self) -> &Model {
        &self.model
    }

    /// Everything known, with how well.
    pub(super) fn known(&self) -> &[Known] {
        &self.known
    }

    /// How many values of this kind are known that are theirs or, where nobody can show it, that they gave.
    pub(super) fn count(&self, kind: IdentifierKind) -> usize {
        match kind {
            IdentifierKind::Email => self.emails.len(),
            IdentifierKind::Phone => self.phones.len(),
            IdentifierKind::Name | IdentifierKind::DateOfBirth | IdentifierKind::Postcode | IdentifierKind::Address => {
                self.known.iter().filter(|one| one.kind == kind && one.trust != Trust::Found).count()
            }
        }
    }

    /// How many values of this kind were given and not shown to be theirs.
    pub(super) fn count_claimed(&self, kind: IdentifierKind) -> usize {
        match kind {
            IdentifierKind::Email => self.claimed_emails.len(),
            IdentifierKind::Phone => self.claimed_phones.len(),
            IdentifierKind::Name | IdentifierKind::DateOfBirth | IdentifierKind::Postcode | IdentifierKind::Address => {
                0
            }
        }
    }

    /// True if anything of this kind is known, shown to be theirs or not.
    pub(super) fn knows(&self, kind: IdentifierKind) -> bool {
        self.count(kind) + self.count_claimed(kind) > 0
    }

    /// Whether the value is an address or number that was given and not shown to be theirs.
    pub(super) fn is_claimed(&self, kind: IdentifierKind, value: &str) -> bool {
        match kind {
            IdentifierKind::Email => self.claimed_emails.contains(&normal_email(value)),
            IdentifierKind::Phone => self.claimed_phones.contains(&normal_phone(value)),
            IdentifierKind::Name | IdentifierKind::DateOfBirth | IdentifierKind::Postcode | IdentifierKind::Address => {
                false
            }
        }
    }

    /// Whether the value is an e-mail address or telephone number that was shown to be the person's, whatever its writing.
    pub(super) fn is_theirs(&self, kind: IdentifierKind, value: &str) -> bool {
        match kind {
            IdentifierKind::Email => self.emails.contains(&normal_email(value)),
            IdentifierKind::Phone => self.phones.contains(&normal_phone(value)),
            IdentifierKind::Name | IdentifierKind::DateOfBirth | IdentifierKind::Postcode | IdentifierKind::Address => {
                false
            }
        }
    }

    /// Whether the value is a sub-address of a mailbox that was shown to be theirs, or its mailbox.
    pub(super) fn is_their_mailbox(&self, value: &str) -> bool {
        let of = |normal: &str| mailbox(normal, self.model.gmail_dots);
        let wanted = of(&normal_email(value));
        wanted.contains('@') && self.emails.iter().any(|own| of(own) == wanted)
    }

    /// Compares a row's columns with everything known.
    pub(super) fn compare(&self, row: &RowForm) -> Comparison {
        compare(&self.model, &self.profile, row)
    }
}

/// The form that two writings of one value share.
fn normal(kind: IdentifierKind, value: &str) -> String {
    Identifier { kind, value: value.to_owned() }.normal()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person() -> Person {
        let id = |kind, value: &str| Identifier { kind, value: value.into() };
        let subject = Subject {
            name: "Zoë  Müller".into(),
            date_of_birth: chrono::NaiveDate::from_ymd_opt(1980, 5, 17),
            identifiers: vec![
                id(IdentifierKind::Email, " ÉLISE@Example.ORG "),
                id(IdentifierKind::Phone, "+44 (0)7700 900123"),
                id(IdentifierKind::Postcode, "pr1 2ab"),
            ],
            claimed: vec![
                id(IdentifierKind::Email, "Other@example.org"),
                id(IdentifierKind::Email, "élise@example.org"),
            ],
        };
        Person::of(&subject, &[id(IdentifierKind::Email, "zoe@work.example")], &Model::default())
    }

    #[test]
    fn a_value_is_theirs_in_any_writing() {
        use IdentifierKind::{Email, Name, Phone, Postcode};
        let person = person();
        let table = [
            (Email, "\u{a0}élise@example.org\t", true),
            (Email, "elise@example.org", false),
            (Email, "xélise@example.org", false),
            (Email, "ZOE@work.example", true),
            (Phone, "07700 900 123", true),
            (Phone, "07700 900124", false),
            // What supports is never an identifier.
            (Name, " zoË müller", false),
            (Postcode, "PR12AB", false),
        ];
        for (kind, value, expected) in table {
            assert_eq!(person.is_theirs(kind, value), expected, "{kind:?} {value:?}");
        }
        assert!(person.is_their_mailbox("Élise+news@example.org") && !person.is_their_mailbox("elise@example.org"));
    }

    #[test]
    fn what_is_only_claimed_is_not_theirs() {
        let person = person();
        assert!(person.is_claimed(IdentifierKind::Email, " other@EXAMPLE.org"));
        assert!(!person.is_theirs(IdentifierKind::Email, "other@example.org"));
        assert!(!person.is_claimed(IdentifierKind::Email, "élise@example.org"), "it was shown to be theirs");
    }

    #[test]
    fn what_was_found_beside_them_is_never_an_identifier() {
        let person = person();
        let found = |value: &str| Known { kind: IdentifierKind::Phone, value: value.into(), trust: Trust::Found };
        assert!(person.with(&[found("07700900123"), found("")]).is_none(), "nothing new");
        let more = person.with(&[found("07700 900999")]).unwrap();
        assert!(!more.is_theirs(IdentifierKind::Phone, "07700900999"));
        assert!(!more.is_claimed(IdentifierKind::Phone, "07700900999"));
        assert_eq!(more.count(IdentifierKind::Phone), 1);
    }
}

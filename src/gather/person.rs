//! The person searched for: which values find them, and whether a value is theirs.

use std::borrow::Cow;

use crate::datamap::{LiveColumn, Match};
use crate::sources::{Needle, Shape};
use crate::subject::{Identifier, IdentifierKind, Subject, normal_email, normal_phone};

/// The normal forms of everything known about the person.
#[derive(Debug)]
pub(super) struct Person {
    emails: Vec<String>,
    phones: Vec<String>,
    /// Given, and not shown to be theirs.
    claimed_emails: Vec<String>,
    claimed_phones: Vec<String>,
    names: Vec<String>,
    born: Option<String>,
    postcodes: Vec<String>,
    /// What to search for: the parts of the values that every writing of them has.
    email_needles: Vec<String>,
    phone_needles: Vec<String>,
}

impl Person {
    pub(super) fn of(subject: &Subject) -> Self {
        let of = |identifiers: &[Identifier], kind: IdentifierKind| -> Vec<String> {
            let mut values: Vec<String> =
                identifiers.iter().filter(|i| i.kind == kind).map(Identifier::normal).collect();
            values.retain(|value| !value.is_empty());
            values.sort();
            values.dedup();
            values
        };
        let all = |kind: IdentifierKind| of(&subject.identifiers, kind);
        let own_name = Identifier { kind: IdentifierKind::Name, value: subject.name.clone() }.normal();
        let (emails, phones) = (all(IdentifierKind::Email), all(IdentifierKind::Phone));
        let unproven = |kind: IdentifierKind, proven: &[String]| -> Vec<String> {
            of(&subject.claimed, kind).into_iter().filter(|value| !proven.contains(value)).collect()
        };
        let claimed_emails = unproven(IdentifierKind::Email, &emails);
        let claimed_phones = unproven(IdentifierKind::Phone, &phones);
        Self {
            email_needles: emails.iter().chain(&claimed_emails).map(|email| longest_ascii(email)).collect(),
            // The last nine digits stand in every writing of a number, whatever its prefix.
            phone_needles: phones
                .iter()
                .chain(&claimed_phones)
                .map(|phone| phone.get(phone.len().saturating_sub(9)..).unwrap_or(phone).to_owned())
                .collect(),
            emails,
            phones,
            claimed_emails,
            claimed_phones,
            names: all(IdentifierKind::Name).into_iter().chain((!own_name.is_empty()).then_some(own_name)).collect(),
            born: subject
                .date_of_birth
                .map(|date| date.to_string())
                .or_else(|| all(IdentifierKind::DateOfBirth).into_iter().next()),
            postcodes: all(IdentifierKind::Postcode),
        }
    }

    /// True if there is a verified identifier to begin from.
    pub(super) fn has_identity(&self) -> bool {
        !self.emails.is_empty() || !self.phones.is_empty()
    }

    /// How many values of this kind are known.
    pub(super) fn count(&self, kind: IdentifierKind) -> usize {
        match kind {
            IdentifierKind::Email => self.emails.len(),
            IdentifierKind::Phone => self.phones.len(),
            IdentifierKind::Name => self.names.len(),
            IdentifierKind::DateOfBirth => usize::from(self.born.is_some()),
            IdentifierKind::Postcode => self.postcodes.len(),
            IdentifierKind::Address => 0,
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

    /// Whether these columns can show that a row only might be the person's: a name with a date of birth or postcode.
    pub(super) fn may_be_found_by(&self, matches: &[Match]) -> bool {
        let known = |kind: IdentifierKind| self.count(kind) > 0 && matches.iter().any(|entry| entry.kind == kind);
        known(IdentifierKind::Name) && (known(IdentifierKind::DateOfBirth) || known(IdentifierKind::Postcode))
    }

    /// What to look for in a column of this kind. Every row that [`Person::is_theirs`] accepts has it; others may.
    pub(super) fn needles<'a>(&'a self, kind: IdentifierKind, column: &'a LiveColumn) -> Vec<Needle<'a>> {
        let of = |texts: &'a [String], shape: Shape| {
            texts.iter().map(|text| Needle { column, text, shape, also: None }).collect::<Vec<_>>()
        };
        match kind {
            IdentifierKind::Email => of(&self.email_needles, Shape::Together),
            IdentifierKind::Phone => of(&self.phone_needles, Shape::InOrder),
            IdentifierKind::DateOfBirth => {
                self.born.iter().map(|text| Needle { column, text, shape: Shape::Together, also: None }).collect()
            }
            IdentifierKind::Postcode => of(&self.postcodes, Shape::InOrder),
            // A name stands in too many writings to search a database for; it is compared in the rows found.
            IdentifierKind::Name | IdentifierKind::Address => Vec::new(),
        }
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

    /// Whether the value of a column of this kind is the person's, whatever its writing.
    pub(super) fn is_theirs(&self, kind: IdentifierKind, value: &str) -> bool {
        match kind {
            IdentifierKind::Email => self.emails.contains(&normal_email(value)),
            IdentifierKind::Phone => self.phones.contains(&normal_phone(value)),
            IdentifierKind::Name | IdentifierKind::Postcode => {
                let known = if kind == IdentifierKind::Name { &self.names } else { &self.postcodes };
                known.contains(&Identifier { kind, value: value.to_owned() }.normal())
            }
            IdentifierKind::DateOfBirth => {
                let date: Cow<'_, str> = value.trim().chars().take(10).collect();
                self.born.as_deref() == Some(&date)
            }
            IdentifierKind::Address => false,
        }
    }
}

/// The longest run of ASCII in a normal e-mail address: databases do not agree on the lower case of other letters.
fn longest_ascii(text: &str) -> String {
    text.split(|c: char| !c.is_ascii()).max_by_key(|run| run.len()).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person() -> Person {
        let id = |kind, value: &str| Identifier { kind, value: value.into() };
        Person::of(&Subject {
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
        })
    }

    #[test]
    fn a_value_is_theirs_in_any_writing() {
        use IdentifierKind::{DateOfBirth, Email, Name, Phone, Postcode};
        let person = person();
        let table = [
            (Email, "\u{a0}élise@example.org\t", true),
            (Email, "elise@example.org", false),
            (Email, "xélise@example.org", false),
            (Phone, "07700 900 123", true),
            (Phone, "07700 900124", false),
            (Name, " zoË müller", true),
            (Name, "Zoë", false),
            (DateOfBirth, "1980-05-17", true),
            (DateOfBirth, "1980-05-17T00:00:00", true),
            (DateOfBirth, "1980-17-05", false),
            (Postcode, "PR12AB", true),
            (Postcode, "", false),
        ];
        for (kind, value, expected) in table {
            assert_eq!(person.is_theirs(kind, value), expected, "{kind:?} {value:?}");
        }
    }

    #[test]
    fn what_is_only_claimed_is_not_theirs() {
        let person = person();
        assert!(person.is_claimed(IdentifierKind::Email, " other@EXAMPLE.org"));
        assert!(!person.is_theirs(IdentifierKind::Email, "other@example.org"));
        assert!(!person.is_claimed(IdentifierKind::Email, "élise@example.org"), "it was shown to be theirs");
    }

    #[test]
    fn an_address_is_searched_by_the_letters_that_databases_agree_on() {
        assert_eq!(person().email_needles, ["lise@example.org", "other@example.org"]);
    }
}

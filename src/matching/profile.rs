//! The person, ready to be compared with many rows.

use std::collections::BTreeMap;

use crate::subject::{
    Birth, IdentifierKind, PersonName, Role, Word, mailbox, normal_address, normal_email, normal_phone, normal_postcode,
};

use super::level::Field;

/// How well it is known that an identifier is the person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Trust {
    /// It was shown to be theirs.
    Verified,
    /// A caseworker confirmed it, and said why.
    Confirmed,
    /// They said so.
    Claimed,
    /// It stands on a record that is certainly theirs.
    Found,
}

/// Something known of the person.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Known {
    /// What it is.
    pub kind: IdentifierKind,
    /// In any writing.
    pub value: String,
    /// How well it is known.
    pub trust: Trust,
}

/// A surname: one word, or the words of a double-barrelled one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Surname {
    pub(super) words: Vec<Word>,
    /// The words without a space between.
    pub(super) joined: Word,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) normal: String,
    pub(super) mailbox: String,
}

/// Everything known of the person, in normal form. Each field is a set: all surnames, all addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    pub(super) given: Vec<Word>,
    /// Further given names; some people go by one of them.
    pub(super) middle: Vec<Word>,
    pub(super) surnames: Vec<Surname>,
    pub(super) births: Vec<Birth>,
    pub(super) emails: Vec<Address>,
    pub(super) phones: Vec<String>,
    pub(super) postcodes: Vec<String>,
    pub(super) addresses: Vec<String>,
    /// How well each value is known, by field and place; the best of several ways.
    trust: BTreeMap<(Field, usize), Trust>,
}

/// Adds a value once; gives its place.
fn add<T: PartialEq>(to: &mut Vec<T>, value: T) -> usize {
    to.iter().position(|known| *known == value).unwrap_or_else(|| {
        to.push(value);
        to.len() - 1
    })
}

impl Profile {
    /// Takes in what is known to be theirs, in any order; blank and unreadable values are passed over.
    #[must_use]
    pub fn of<'a>(known: impl IntoIterator<Item = (IdentifierKind, &'a str)>, gmail_dots: bool) -> Self {
        let mut profile = Self::default();
        for (kind, value) in known {
            profile.add(kind, value, Trust::Verified, gmail_dots);
        }
        profile
    }

    /// Takes in what is known, with how well it is known.
    #[must_use]
    pub fn known(known: &[Known], gmail_dots: bool) -> Self {
        let mut profile = Self::default();
        for one in known {
            profile.add(one.kind, &one.value, one.trust, gmail_dots);
        }
        profile
    }

    fn add(&mut self, kind: IdentifierKind, value: &str, trust: Trust, gmail_dots: bool) {
        let place = match kind {
            IdentifierKind::Name => {
                self.add_name(value, trust);
                None
            }
            IdentifierKind::DateOfBirth => Birth::parse(value).map(|birth| (Field::Born, add(&mut self.births, birth))),
            IdentifierKind::Email => {
                let normal = normal_email(value);
                let mailbox = mailbox(&normal, gmail_dots);
                normal.contains('@').then(|| (Field::Email, add(&mut self.emails, Address { normal, mailbox })))
            }
            IdentifierKind::Phone => {
                let normal = normal_phone(value);
                (normal.len() >= 6).then(|| (Field::Phone, add(&mut self.phones, normal)))
            }
            IdentifierKind::Postcode => {
                let normal = normal_postcode(value);
                (normal.len() >= 3).then(|| (Field::Postcode, add(&mut self.postcodes, normal)))
            }
            IdentifierKind::Address => {
                let normal = normal_address(value);
                (!normal.is_empty()).then(|| (Field::Address, add(&mut self.addresses, normal)))
            }
        };
        if let Some(place) = place {
            self.trusted(place, trust);
        }
    }

    fn trusted(&mut self, place: (Field, usize), trust: Trust) {
        let known = self.trust.entry(place).or_insert(trust);
        *known = (*known).min(trust);
    }

    /// How well the value at `pick` of a field is known.
    #[must_use]
    pub fn trust(&self, field: Field, pick: usize) -> Option<Trust> {
        self.trust.get(&(field, pick)).copied()
    }

    fn add_name(&mut self, text: &str, trust: Trust) {
        let name = PersonName::parse(text);
        let part =
            |role: Role| -> Vec<Word> { name.words.iter().filter(|word| word.role == role).map(plain).collect() };
        for word in part(Role::Given) {
            let at = add(&mut self.given, word);
            self.trusted((Field::Given, at), trust);
        }
        for word in part(Role::Middle) {
            add(&mut self.middle, word);
        }
        // The only word of a name may be either.
        for word in part(Role::Either) {
            let at = add(&mut self.given, word.clone());
            self.trusted((Field::Given, at), trust);
            let at = add(&mut self.surnames, Surname { joined: word.clone(), words: vec![word] });
            self.trusted((Field::Surname, at), trust);
        }
        let words = part(Role::Surname);
        if let Some(first) = words.first() {
            let join = |of: fn(&Word) -> &str| words.iter().map(of).collect::<String>();
            let joined = Word { folded: join(|w| &w.folded), latin: join(|w| &w.latin), ..first.clone() };
            let at = add(&mut self.surnames, Surname { words, joined });
            self.trusted((Field::Surname, at), trust);
        }
    }

    /// True if a name is known.
    #[must_use]
    pub fn has_name(&self) -> bool {
        !self.given.is_empty() || !self.surnames.is_empty()
    }

    /// True if nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The word without its place: the same word of two names is one.
fn plain(word: &Word) -> Word {
    Word { role: Role::Either, ..word.clone() }
}

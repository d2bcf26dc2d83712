//! What is compared, and how far it can agree.

use serde::{Deserialize, Serialize};

/// A piece of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The given name.
    Given,
    /// The surname.
    Surname,
    /// The date of birth.
    Born,
    /// The e-mail address.
    Email,
    /// The telephone number.
    Phone,
    /// The postcode.
    Postcode,
    /// The address line or town.
    Address,
}

impl Field {
    /// Every field, in the order of [`Field::index`].
    pub const ALL: [Self; 7] =
        [Self::Given, Self::Surname, Self::Born, Self::Email, Self::Phone, Self::Postcode, Self::Address];

    /// Its place in [`Field::ALL`].
    #[must_use]
    pub fn index(self) -> usize {
        match self {
            Self::Given => 0,
            Self::Surname => 1,
            Self::Born => 2,
            Self::Email => 3,
            Self::Phone => 4,
            Self::Postcode => 5,
            Self::Address => 6,
        }
    }

    /// The word of the configuration.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Given => "given_name",
            Self::Surname => "surname",
            Self::Born => "date_of_birth",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Postcode => "postcode",
            Self::Address => "address",
        }
    }

    /// The levels that it can have, best first; [`Level::Missing`] goes without saying.
    #[must_use]
    pub fn levels(self) -> &'static [Level] {
        use Level::{
            Differs, District, Exact, Exchanged, Initial, Like, Local, Mailbox, Near, Nickname, Part, Parts, Sound,
            Year,
        };
        match self {
            Self::Given => &[Exact, Nickname, Near, Sound, Like, Initial, Differs],
            Self::Surname => &[Exact, Near, Part, Sound, Like, Initial, Differs],
            Self::Born => &[Exact, Exchanged, Near, Parts, Year, Differs],
            Self::Email => &[Exact, Mailbox, Near, Local, Like, Differs],
            Self::Phone => &[Exact, Near, Differs],
            Self::Postcode => &[Exact, Near, District, Differs],
            Self::Address => &[Exact, Near, Like, Differs],
        }
    }
}

/// How far a field agrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The same in normal form.
    Exact,
    /// A short form, or another spelling, of the same given name.
    Nickname,
    /// A slip of the keyboard: names with a Jaro-Winkler similarity of at least 0.92; one sign of a number, address or date
    /// is another, or two neighbours are exchanged.
    Near,
    /// One half of a double-barrelled surname.
    Part,
    /// The same consonants, written in another script.
    Sound,
    /// Alike: names and addresses with a Jaro-Winkler similarity of at least 0.80, e-mail addresses up to three slips apart.
    Like,
    /// An initial that fits.
    Initial,
    /// Day and month exchanged.
    Exchanged,
    /// Two of day, month and year are the same.
    Parts,
    /// The same year.
    Year,
    /// The same mailbox under a sub-address.
    Mailbox,
    /// The same name before the @, at another provider.
    Local,
    /// The same outward half of the postcode.
    District,
    /// Not alike.
    Differs,
    /// One side does not say.
    Missing,
}

impl Level {
    /// Every level, in the order of [`Level::index`].
    pub const ALL: [Self; 15] = [
        Self::Exact,
        Self::Nickname,
        Self::Near,
        Self::Part,
        Self::Sound,
        Self::Like,
        Self::Initial,
        Self::Exchanged,
        Self::Parts,
        Self::Year,
        Self::Mailbox,
        Self::Local,
        Self::District,
        Self::Differs,
        Self::Missing,
    ];

    /// Its place in [`Level::ALL`].
    #[must_use]
    pub fn index(self) -> usize {
        match self {
            Self::Exact => 0,
            Self::Nickname => 1,
            Self::Near => 2,
            Self::Part => 3,
            Self::Sound => 4,
            Self::Like => 5,
            Self::Initial => 6,
            Self::Exchanged => 7,
            Self::Parts => 8,
            Self::Year => 9,
            Self::Mailbox => 10,
            Self::Local => 11,
            Self::District => 12,
            Self::Differs => 13,
            Self::Missing => 14,
        }
    }

    /// The word of the configuration.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Nickname => "nickname",
            Self::Near => "near",
            Self::Part => "part",
            Self::Sound => "sound",
            Self::Like => "like",
            Self::Initial => "initial",
            Self::Exchanged => "exchanged",
            Self::Parts => "parts",
            Self::Year => "year",
            Self::Mailbox => "mailbox",
            Self::Local => "local",
            Self::District => "district",
            Self::Differs => "differs",
            Self::Missing => "missing",
        }
    }
}

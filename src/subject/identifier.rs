//! Identifiers, and the person to whom they belong.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::birth::Birth;
use super::email::normal_email;
use super::name::PersonName;
use super::phone::normal_phone;
use super::place::{normal_address, normal_postcode};

/// What kind of identifier a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentifierKind {
    /// An e-mail address: matches whatever its case and padding.
    Email,
    /// A telephone number: matches by its digits, a UK number in any writing.
    Phone,
    /// A full name.
    Name,
    /// A date of birth, ISO 8601.
    DateOfBirth,
    /// A UK postcode.
    Postcode,
    /// An address line or a town.
    Address,
}

impl IdentifierKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [Self::Email, Self::Phone, Self::Name, Self::DateOfBirth, Self::Postcode, Self::Address];

    /// The word used in data maps, the API and stored rows.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Name => "name",
            Self::DateOfBirth => "date_of_birth",
            Self::Postcode => "postcode",
            Self::Address => "address",
        }
    }

    /// True for what leads to a record by itself once it is shown to be theirs: an e-mail address, a telephone number.
    #[must_use]
    pub fn leads(self) -> bool {
        match self {
            Self::Email | Self::Phone => true,
            Self::Name | Self::DateOfBirth | Self::Postcode | Self::Address => false,
        }
    }
}

impl std::str::FromStr for IdentifierKind {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| {
            "the kind is not known: use email, phone, name, date_of_birth, postcode or address".to_owned()
        })
    }
}

/// One identifier of a subject, as given and in its normal form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Identifier {
    /// Its kind.
    pub kind: IdentifierKind,
    /// As the person wrote it, trimmed.
    pub value: String,
}

impl Identifier {
    /// The form that two writings of one identifier share.
    #[must_use]
    pub fn normal(&self) -> String {
        match self.kind {
            IdentifierKind::Email => normal_email(&self.value),
            IdentifierKind::Phone => normal_phone(&self.value),
            IdentifierKind::Name => PersonName::parse(&self.value).normal(),
            IdentifierKind::DateOfBirth => {
                Birth::parse(&self.value).map_or_else(|| self.value.trim().to_owned(), |birth| birth.to_string())
            }
            IdentifierKind::Postcode => normal_postcode(&self.value),
            IdentifierKind::Address => normal_address(&self.value),
        }
    }
}

/// A person about whom data may be held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The name they go by.
    pub name: String,
    /// Date of birth where it was needed and given.
    pub date_of_birth: Option<NaiveDate>,
    /// All identifiers that are known to be theirs, the current name and date of birth not repeated among them.
    pub identifiers: Vec<Identifier>,
    /// E-mail addresses and telephone numbers that they say are theirs and nobody has checked: what they lead to only
    /// might be the person's.
    pub claimed: Vec<Identifier>,
}

/// A value whose owner's identity was verified. A gather takes only this, so that a gather for an unverified
/// person does not compile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified<T>(T);

impl<T> Verified<T> {
    /// States that the identity behind `inner` was verified. Called by the act that verified it, by the load of a
    /// case that is past verification, and by the command line, whose operator vouches for the person.
    #[must_use]
    pub fn vouch(inner: T) -> Self {
        Self(inner)
    }

    /// What was verified.
    #[must_use]
    pub fn get(&self) -> &T {
        &self.0
    }
}

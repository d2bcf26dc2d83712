//! Names and identifiers, and their normal forms.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

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
}

impl IdentifierKind {
    /// The word used in data maps, the API and stored rows.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Name => "name",
            Self::DateOfBirth => "date_of_birth",
            Self::Postcode => "postcode",
        }
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
            IdentifierKind::Name => self.value.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase(),
            IdentifierKind::DateOfBirth => self.value.trim().to_owned(),
            IdentifierKind::Postcode => {
                self.value.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase()
            }
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

/// An e-mail address in lower case without surrounding white space (Unicode lower case; the local part too,
/// since no mailbox provider in use tells letter cases apart).
#[must_use]
pub fn normal_email(text: &str) -> String {
    text.trim().to_lowercase()
}

/// A telephone number as digits: a UK number in any writing becomes `44` and its national digits; another
/// international number keeps its digits.
#[must_use]
pub fn normal_phone(text: &str) -> String {
    let trunk_zero_removed = text.replace("(0)", "");
    let international = trunk_zero_removed.trim_start().starts_with('+');
    let digits: String =
        trunk_zero_removed.chars().filter_map(|c| c.to_digit(10)).filter_map(|d| char::from_digit(d, 10)).collect();
    if international {
        digits
    } else if let Some(rest) = digits.strip_prefix("00") {
        rest.to_owned()
    } else if let Some(rest) = digits.strip_prefix('0') {
        format!("44{rest}")
    } else {
        digits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_writing_of_a_uk_phone_is_one() {
        for text in ["07700 900123", "+44 7700 900123", "+44 (0)7700 900123", "0044 7700 900 123", "(07700) 900-123"] {
            assert_eq!(normal_phone(text), "447700900123", "{text}");
        }
    }

    #[test]
    fn an_email_matches_whatever_its_case_and_padding() {
        assert_eq!(normal_email(" Ann.Smith@Example.ORG\t"), "ann.smith@example.org");
    }
}

//! Guesses what a column holds, by its name and by the shape of some of its values. A guess only ever draws a person's
//! attention: nothing is searched or disclosed by it. Values are looked at and not kept.

use crate::subject::IdentifierKind;

/// What a column seems to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Guess {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A person's name, or a part of it.
    Name,
    /// A date of birth.
    Born,
    /// A postcode.
    Postcode,
    /// A line of a postal address.
    Address,
    /// A number that the state gives to one person: National Insurance, NHS, passport.
    StateNumber,
    /// A bank account or card.
    Bank,
    /// An address of a computer.
    Computer,
    /// Health, origin, belief, sex life, union, genetics, biometrics, offences: Art. 9 and 10.
    Special,
    /// Something else about a person: gender, nationality, pay, signature, picture.
    Other,
    /// Text that people wrote.
    FreeText,
    /// A password, token or key.
    Secret,
}

impl Guess {
    /// In words, after "looks like".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Email => "an e-mail address",
            Self::Phone => "a telephone number",
            Self::Name => "a person's name",
            Self::Born => "a date of birth",
            Self::Postcode => "a postcode",
            Self::Address => "a postal address",
            Self::StateNumber => "an official number of a person",
            Self::Bank => "a bank account or card",
            Self::Computer => "an IP address",
            Self::Special => "special category data",
            Self::Other => "data about a person",
            Self::FreeText => "text that people wrote",
            Self::Secret => "a password, token or key",
        }
    }

    /// The Fideslang data category.
    #[must_use]
    pub fn category(self) -> &'static str {
        match self {
            Self::Email => "user.contact.email",
            Self::Phone => "user.contact.phone_number",
            Self::Name => "user.name",
            Self::Born => "user.demographic.date_of_birth",
            Self::Postcode => "user.contact.address.postal_code",
            Self::Address => "user.contact.address.street",
            Self::StateNumber => "user.government_id",
            Self::Bank => "user.financial",
            Self::Computer => "user.device.ip_address",
            Self::Special => "user.health_and_medical",
            Self::Other => "user.demographic",
            Self::FreeText => "user.content.private",
            Self::Secret => "user.authorization.credentials",
        }
    }

    /// The particular that such a column can be searched by.
    #[must_use]
    pub fn particular(self) -> Option<IdentifierKind> {
        match self {
            Self::Email => Some(IdentifierKind::Email),
            Self::Phone => Some(IdentifierKind::Phone),
            Self::Name => Some(IdentifierKind::Name),
            Self::Born => Some(IdentifierKind::DateOfBirth),
            Self::Postcode => Some(IdentifierKind::Postcode),
            Self::Address
            | Self::StateNumber
            | Self::Bank
            | Self::Computer
            | Self::Special
            | Self::Other
            | Self::FreeText
            | Self::Secret => None,
        }
    }
}

/// Words of names of columns, and what they say. The first that stands in a name counts, so the more telling come first.
const WORDS: &[(&str, Guess)] = &[
    ("password", Guess::Secret),
    ("passwd", Guess::Secret),
    ("passphrase", Guess::Secret),
    ("pwd", Guess::Secret),
    ("secret", Guess::Secret),
    ("token", Guess::Secret),
    ("api key", Guess::Secret),
    ("private key", Guess::Secret),
    ("hash", Guess::Secret),
    ("salt", Guess::Secret),
    ("otp", Guess::Secret),
    ("session id", Guess::Secret),
    ("email", Guess::Email),
    ("e mail", Guess::Email),
    ("mail", Guess::Email),
    ("phone", Guess::Phone),
    ("telephone", Guess::Phone),
    ("mobile", Guess::Phone),
    ("cell", Guess::Phone),
    ("tel", Guess::Phone),
    ("fax", Guess::Phone),
    ("date of birth", Guess::Born),
    ("birth date", Guess::Born),
    ("birthdate", Guess::Born),
    ("birthday", Guess::Born),
    ("birth", Guess::Born),
    ("born", Guess::Born),
    ("dob", Guess::Born),
    ("postcode", Guess::Postcode),
    ("post code", Guess::Postcode),
    ("postal code", Guess::Postcode),
    ("postalcode", Guess::Postcode),
    ("zip", Guess::Postcode),
    ("zipcode", Guess::Postcode),
    ("ip", Guess::Computer),
    ("ip address", Guess::Computer),
    ("user agent", Guess::Computer),
    ("mac address", Guess::Computer),
    ("device id", Guess::Computer),
    ("nino", Guess::StateNumber),
    ("national insurance", Guess::StateNumber),
    ("nhs", Guess::StateNumber),
    ("passport", Guess::StateNumber),
    ("driving licence", Guess::StateNumber),
    ("driver license", Guess::StateNumber),
    ("ssn", Guess::StateNumber),
    ("tax id", Guess::StateNumber),
    ("utr", Guess::StateNumber),
    ("iban", Guess::Bank),
    ("sort code", Guess::Bank),
    ("account number", Guess::Bank),
    ("bank", Guess::Bank),
    ("card number", Guess::Bank),
    ("credit card", Guess::Bank),
    ("cvv", Guess::Secret),
    ("ethnicity", Guess::Special),
    ("ethnic", Guess::Special),
    ("race", Guess::Special),
    ("religion", Guess::Special),
    ("belief", Guess::Special),
    ("sexuality", Guess::Special),
    ("sexual orientation", Guess::Special),
    ("disability", Guess::Special),
    ("disabled", Guess::Special),
    ("health", Guess::Special),
    ("medical", Guess::Special),
    ("diagnosis", Guess::Special),
    ("allergy", Guess::Special),
    ("allergies", Guess::Special),
    ("dietary", Guess::Special),
    ("access needs", Guess::Special),
    ("union", Guess::Special),
    ("conviction", Guess::Special),
    ("biometric", Guess::Special),
    ("fingerprint", Guess::Special),
    ("address", Guess::Address),
    ("street", Guess::Address),
    ("addr", Guess::Address),
    ("first name", Guess::Name),
    ("firstname", Guess::Name),
    ("last name", Guess::Name),
    ("lastname", Guess::Name),
    ("full name", Guess::Name),
    ("fullname", Guess::Name),
    ("given name", Guess::Name),
    ("family name", Guess::Name),
    ("forename", Guess::Name),
    ("forenames", Guess::Name),
    ("surname", Guess::Name),
    ("maiden name", Guess::Name),
    ("middle name", Guess::Name),
    ("display name", Guess::Name),
    ("contact name", Guess::Name),
    ("customer name", Guess::Name),
    ("initials", Guess::Name),
    ("gender", Guess::Other),
    ("sex", Guess::Other),
    ("nationality", Guess::Other),
    ("marital status", Guess::Other),
    ("next of kin", Guess::Other),
    ("salary", Guess::Other),
    ("photo", Guess::Other),
    ("picture", Guess::Other),
    ("avatar", Guess::Other),
    ("signature", Guess::Other),
    ("latitude", Guess::Other),
    ("longitude", Guess::Other),
    ("username", Guess::Other),
    ("user name", Guess::Other),
    ("comment", Guess::FreeText),
    ("comments", Guess::FreeText),
    ("note", Guess::FreeText),
    ("notes", Guess::FreeText),
    ("message", Guess::FreeText),
    ("body", Guess::FreeText),
    ("remarks", Guess::FreeText),
    ("feedback", Guess::FreeText),
    ("bio", Guess::FreeText),
    ("enquiry", Guess::FreeText),
];

/// What the column's name says; none if it says nothing.
#[must_use]
pub fn by_name(column: &str) -> Option<Guess> {
    let words = format!(" {} ", apart(column));
    WORDS.iter().find(|(word, _)| words.contains(&format!(" {word} "))).map(|(_, guess)| *guess)
}

/// A name as words in lower case: `firstName`, `FIRST_NAME` and `first-name` are `first name`.
fn apart(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut before_lower = false;
    for letter in name.chars() {
        if letter.is_alphanumeric() {
            if letter.is_uppercase() && before_lower {
                out.push(' ');
            }
            before_lower = letter.is_lowercase() || letter.is_ascii_digit();
            out.extend(letter.to_lowercase());
        } else {
            before_lower = false;
            out.push(' ');
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The shapes of the values of one column: counts alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shapes {
    seen: u32,
    counts: [u32; SHAPES.len()],
    long: u32,
}

type Test = fn(&str) -> bool;

/// What a value's shape can say by itself.
const SHAPES: [(Guess, Test); 6] = [
    (Guess::Email, is_email),
    (Guess::Postcode, is_postcode),
    (Guess::StateNumber, is_state_number),
    (Guess::Bank, is_bank),
    (Guess::Computer, is_computer),
    (Guess::Phone, is_phone),
];

impl Shapes {
    /// Counts the shape of a value; a blank one has none.
    pub fn see(&mut self, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        self.seen += 1;
        if value.len() > 2_000 {
            self.long += 1;
            return;
        }
        match SHAPES.iter().position(|(_, test)| test(value)) {
            Some(at) => {
                if let Some(count) = self.counts.get_mut(at) {
                    *count += 1;
                }
            }
            None if value.split_whitespace().count() >= 8 => self.long += 1,
            None => {}
        }
    }

    /// What most of the values look like; none if they look like nothing. Three in ten are enough: a column may be filled
    /// badly.
    #[must_use]
    pub fn guess(&self) -> Option<Guess> {
        let enough = |count: u32| count > 0 && u64::from(count) * 10 >= u64::from(self.seen) * 3;
        let best = SHAPES.iter().zip(self.counts).max_by_key(|(_, count)| *count);
        match best {
            Some(((guess, _), count)) if enough(count) => Some(*guess),
            Some(_) | None => enough(self.long).then_some(Guess::FreeText),
        }
    }
}

fn is_email(value: &str) -> bool {
    let Some((local, domain)) = value.rsplit_once('@') else { return false };
    let plain = |c: char| c.is_alphanumeric() || "._%+-'".contains(c);
    !local.is_empty()
        && local.chars().all(plain)
        && domain.contains('.')
        && domain.split('.').all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-'))
}

/// A UK postcode, by its letters and digits: `SW1A 2AA`.
fn is_postcode(value: &str) -> bool {
    let plain: String = value.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
    let shape: String = plain
        .chars()
        .map(|c| match c {
            'A'..='Z' => 'a',
            '0'..='9' => '9',
            _ => '?',
        })
        .collect();
    ["a99aa", "a999aa", "aa99aa", "aa999aa", "a9a9aa", "aa9a9aa"].contains(&shape.as_str())
}

/// A National Insurance number (`QQ 12 34 56 C`), or an NHS number with its check digit.
fn is_state_number(value: &str) -> bool {
    let plain: String = value.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
    let bytes = plain.as_bytes();
    if let [a, b, digits @ .., last] = bytes
        && bytes.len() == 9
        && a.is_ascii_uppercase()
        && b.is_ascii_uppercase()
        && (b'A'..=b'D').contains(last)
        && digits.iter().all(u8::is_ascii_digit)
    {
        return true;
    }
    // Ten digits that begin with nought are more likely a telephone number.
    plain.len() == 10 && !plain.starts_with('0') && value.contains(' ') && is_nhs(&plain)
}

/// The check digit of an NHS number: weights 10 to 2, modulo 11 (NHS Data Dictionary, "NHS NUMBER").
fn is_nhs(digits: &str) -> bool {
    let Some(digits) = digits.chars().map(|c| c.to_digit(10)).collect::<Option<Vec<u32>>>() else { return false };
    let Some((check, rest)) = digits.split_last() else { return false };
    let sum: u32 = rest.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    let expected = (11 - sum % 11) % 11;
    expected != 10 && expected == *check
}

/// An IBAN by its check digits (ISO 13616), or a card number of 13 to 19 digits by its check digit (ISO/IEC 7812).
fn is_bank(value: &str) -> bool {
    let plain: String = value.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if (13..=19).contains(&plain.len()) && plain.bytes().all(|b| b.is_ascii_digit()) && !plain.starts_with('0') {
        return luhn(&plain);
    }
    let shaped = (15..=34).contains(&plain.len())
        && plain.chars().take(2).all(|c| c.is_ascii_uppercase())
        && plain.chars().skip(2).take(2).all(|c| c.is_ascii_digit())
        && plain.chars().all(|c| c.is_ascii_alphanumeric());
    shaped && mod_97(&plain) == Some(1)
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .chars()
        .rev()
        .filter_map(|c| c.to_digit(10))
        .enumerate()
        .map(|(at, digit)| match (at % 2, digit * 2) {
            (0, _) => digit,
            (_, doubled) if doubled > 9 => doubled - 9,
            (_, doubled) => doubled,
        })
        .sum();
    sum.is_multiple_of(10)
}

fn mod_97(iban: &str) -> Option<u32> {
    let (head, tail) = iban.split_at_checked(4)?;
    tail.chars().chain(head.chars()).try_fold(0_u32, |rest, c| {
        let value = c.to_digit(36)?;
        Some(if value > 9 { (rest * 100 + value) % 97 } else { (rest * 10 + value) % 97 })
    })
}

fn is_computer(value: &str) -> bool {
    value.contains(['.', ':']) && value.parse::<std::net::IpAddr>().is_ok()
}

/// A UK or international telephone number as people write it.
fn is_phone(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let begins = value.starts_with("+") || value.starts_with("00") || value.starts_with('0') || value.starts_with("(0");
    begins
        && (9..=15).contains(&digits)
        && value.chars().all(|c| c.is_ascii_digit() || " +()-./".contains(c))
        && value.parse::<chrono::NaiveDate>().is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_it_holds() {
        let table = [
            ("email", Some(Guess::Email)),
            ("ContactEmail", Some(Guess::Email)),
            ("E-Mail Address", Some(Guess::Email)),
            ("FIRST_NAME", Some(Guess::Name)),
            ("LastName", Some(Guess::Name)),
            ("name", None),
            ("dob", Some(Guess::Born)),
            ("PostalCode", Some(Guess::Postcode)),
            ("billing_address", Some(Guess::Address)),
            ("ip_address", Some(Guess::Computer)),
            ("password_hash", Some(Guess::Secret)),
            ("remember_token", Some(Guess::Secret)),
            ("notes", Some(Guess::FreeText)),
            ("shipped_at", None),
            ("recipe", None),
            ("hotel", None),
            ("tel", Some(Guess::Phone)),
            ("dietary", Some(Guess::Special)),
        ];
        for (column, expected) in table {
            assert_eq!(by_name(column), expected, "{column}");
        }
    }

    #[test]
    fn values_say_what_they_are_by_their_shape() {
        let table: [(&[&str], Option<Guess>); 12] = [
            (&["ann@example.org", "b@c.example", ""], Some(Guess::Email)),
            (&["SW1A 2AA", "m11ae"], Some(Guess::Postcode)),
            (&["07700 900123", "+44 7700 900123", "(01632) 960 123"], Some(Guess::Phone)),
            (&["QQ 12 34 56 C"], Some(Guess::StateNumber)),
            (&["943 476 5919"], Some(Guess::StateNumber)),
            (&["GB82 WEST 1234 5698 7654 32"], Some(Guess::Bank)),
            (&["GB82 WEST 1234 5698 7654 33"], None),
            (&["4111 1111 1111 1111"], Some(Guess::Bank)),
            (&["192.0.2.7", "2001:db8::1"], Some(Guess::Computer)),
            (&["2026-11-25", "2025-01-01"], None),
            (&["1", "2", "ann@example.org", "4", "5"], None),
            (&["I would like to know when my next class will take place, please"], Some(Guess::FreeText)),
        ];
        for (values, expected) in table {
            let mut shapes = Shapes::default();
            values.iter().for_each(|value| shapes.see(value));
            assert_eq!(shapes.guess(), expected, "{values:?}");
        }
    }
}

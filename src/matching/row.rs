//! A row's particulars in normal form.

use crate::subject::{
    Birth, IdentifierKind, PersonName, mailbox, normal_address, normal_email, normal_phone, normal_postcode,
};

use super::profile::Address;

/// What a row says of the person whom it is about, each column in normal form.
#[derive(Debug, Clone, Default)]
pub struct RowForm {
    /// Every way to read its name columns: one column by itself, or all as parts of one name.
    pub(super) names: Vec<PersonName>,
    pub(super) births: Vec<Birth>,
    pub(super) emails: Vec<Address>,
    pub(super) phones: Vec<String>,
    pub(super) postcodes: Vec<String>,
    pub(super) addresses: Vec<String>,
}

impl RowForm {
    /// Reads a row: each matching column's kind and text. Several name columns may be the parts of one name, in the order
    /// given name, surname, or the names of several people: both are tried.
    #[must_use]
    pub fn of<'a>(columns: impl IntoIterator<Item = (IdentifierKind, &'a str)>, gmail_dots: bool) -> Self {
        let mut form = Self::default();
        let mut names: Vec<&str> = Vec::new();
        for (kind, value) in columns {
            match kind {
                IdentifierKind::Name => {
                    if !value.trim().is_empty() {
                        names.push(value);
                    }
                }
                IdentifierKind::DateOfBirth => form.births.extend(Birth::parse(value)),
                IdentifierKind::Email => {
                    let normal = normal_email(value);
                    if normal.contains('@') {
                        form.emails.push(Address { mailbox: mailbox(&normal, gmail_dots), normal });
                    }
                }
                IdentifierKind::Phone => {
                    let normal = normal_phone(value);
                    if normal.len() >= 6 {
                        form.phones.push(normal);
                    }
                }
                IdentifierKind::Postcode => {
                    let normal = normal_postcode(value);
                    if normal.len() >= 3 {
                        form.postcodes.push(normal);
                    }
                }
                IdentifierKind::Address => {
                    let normal = normal_address(value);
                    if !normal.is_empty() {
                        form.addresses.push(normal);
                    }
                }
            }
        }
        form.names = match names.as_slice() {
            [] => Vec::new(),
            [only] => vec![PersonName::parse(only)],
            several => {
                let mut alone: Vec<PersonName> = several.iter().map(|text| PersonName::parse(text)).collect();
                if alone.iter().filter(|name| name.words.len() > 1).count() < 2 {
                    // Parts of one name; a part alone would hide that the other disagrees.
                    vec![PersonName::parse(&several.join(" "))]
                } else {
                    alone.push(PersonName::parse(&several.join(" ")));
                    alone
                }
            }
        };
        form.names.retain(|name| !name.is_empty());
        form
    }

    /// The names it can be read as.
    #[must_use]
    pub fn names(&self) -> &[PersonName] {
        &self.names
    }
}

//! Who was planted among the generated people, and which rows are theirs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::tables::Table;

/// The planted people, each a hard case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cast {
    /// The demo's subject: rows in every collection, her address shouted and padded, a booking for a colleague and one
    /// by a colleague, an enquiry that names people in five scripts.
    Main,
    /// Always shouts or pads their e-mail address, once with a tab.
    Padded,
    /// One person under two e-mail addresses.
    TwoEmails,
    /// Changed her surname and kept her address.
    ChangedSurname,
    /// One of two people of one name.
    NamesakeOne,
    /// The other.
    NamesakeTwo,
    /// Booked for a colleague.
    Booker,
    /// The colleague for whom it was booked.
    BookedFor,
    /// The main subject's colleague: each booked for the other.
    MainsColleague,
    /// Wrote about a third person.
    Mentioner,
    /// The third person.
    Mentioned,
    /// A name in Arabic.
    Arabic,
    /// A name in Urdu.
    Urdu,
    /// A Polish name.
    Polish,
    /// A Chinese name.
    Chinese,
    /// A name in Devanagari.
    Devanagari,
    /// Writes in emoji.
    Emoji,
    /// Has a booking without an e-mail address, found by the telephone number alone.
    PhoneOnly,
    /// Nothing is held about them.
    NothingHeld,
}

impl Cast {
    /// Every planted person.
    pub const ALL: [Self; 19] = [
        Self::Main,
        Self::Padded,
        Self::TwoEmails,
        Self::ChangedSurname,
        Self::NamesakeOne,
        Self::NamesakeTwo,
        Self::Booker,
        Self::BookedFor,
        Self::MainsColleague,
        Self::Mentioner,
        Self::Mentioned,
        Self::Arabic,
        Self::Urdu,
        Self::Polish,
        Self::Chinese,
        Self::Devanagari,
        Self::Emoji,
        Self::PhoneOnly,
        Self::NothingHeld,
    ];
}

/// One row: its table and primary key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct RowRef {
    /// The table.
    pub table: &'static str,
    /// The primary key as text: a whole number, or a UUID in `cookie_choices`.
    pub key: String,
}

impl RowRef {
    pub(super) fn new(table: Table, key: impl ToString) -> Self {
        Self { table: table.name(), key: key.to_string() }
    }
}

/// One planted person and every row that matters to a request of theirs. But for
/// `own_for_review`, a row stands in one list only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlantedPerson {
    /// Which hard case.
    pub cast: Cast,
    /// Their name today.
    pub name: String,
    /// Names they also appear under.
    pub other_names: Vec<String>,
    /// Their addresses in normal form, the main one first.
    pub emails: Vec<String>,
    /// Their telephone number.
    pub phone: Option<String>,
    /// Rows about them.
    pub own: Vec<RowRef>,
    /// Those of `own` that `assets/datamaps/csap.yml` holds until a caseworker has looked: they carry what staff
    /// wrote, or a colleague's address. Every other row of `own` is disclosed without a decision.
    pub own_for_review: Vec<RowRef>,
    /// Rows that their own rows lead to and that are about nobody: the events they booked.
    pub context: Vec<RowRef>,
    /// Somebody else's rows that carry their address, such as a booking made for a colleague: to be held for review.
    pub reached: Vec<RowRef>,
    /// Somebody else's rows whose free text names them: no link leads there.
    pub mentions: Vec<RowRef>,
    /// Rows of another person of the same name: must never be theirs.
    pub lookalikes: Vec<RowRef>,
}

/// Everybody who was planted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Planted {
    pub(super) people: BTreeMap<Cast, PlantedPerson>,
}

impl Planted {
    /// The demo's main subject.
    #[must_use]
    pub fn main(&self) -> Option<&PlantedPerson> {
        self.person(Cast::Main)
    }

    /// The person of one hard case; all of [`Cast::ALL`] are there.
    #[must_use]
    pub fn person(&self, cast: Cast) -> Option<&PlantedPerson> {
        self.people.get(&cast)
    }

    /// Everybody, in the order of [`Cast::ALL`].
    pub fn people(&self) -> impl Iterator<Item = &PlantedPerson> {
        self.people.values()
    }
}

//! One row against the person: how far each field agrees, and what the agreement weighs.

use super::frequency::Frequencies;
use super::level::{Field, Level};
use super::model::Model;
use super::profile::Profile;
use super::row::RowForm;
use super::{contact, dates, names};

/// How far each field of a row agrees. Holds no value of either side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comparison {
    levels: [Level; Field::ALL.len()],
    /// With which of the person's values, by their place in the profile.
    picks: [u8; Field::ALL.len()],
}

impl Default for Comparison {
    fn default() -> Self {
        Self { levels: [Level::Missing; Field::ALL.len()], picks: [0; Field::ALL.len()] }
    }
}

impl Comparison {
    /// How far the field agrees.
    #[must_use]
    pub fn level(&self, field: Field) -> Level {
        self.levels.get(field.index()).copied().unwrap_or(Level::Missing)
    }

    /// With which of the person's values.
    #[must_use]
    pub fn pick(&self, field: Field) -> usize {
        self.picks.get(field.index()).copied().map_or(0, usize::from)
    }

    /// The levels of all fields that both sides have.
    pub fn levels(&self) -> impl Iterator<Item = (Field, Level)> + '_ {
        Field::ALL.into_iter().map(|field| (field, self.level(field))).filter(|(_, level)| *level != Level::Missing)
    }

    /// A comparison with these levels, for estimates and tests.
    #[must_use]
    pub fn with(levels: &[(Field, Level)]) -> Self {
        let mut comparison = Self::default();
        for (field, level) in levels {
            comparison.put(*field, (*level, 0));
        }
        comparison
    }

    fn put(&mut self, field: Field, (level, pick): (Level, usize)) {
        if let (Some(slot), Some(place)) = (self.levels.get_mut(field.index()), self.picks.get_mut(field.index())) {
            *slot = level;
            *place = u8::try_from(pick).unwrap_or(u8::MAX);
        }
    }

    /// The sum of the evidence in bits. Where the given names differ, a household's address, number, postcode and mailbox
    /// are what its members share, so agreement on them counts half.
    #[must_use]
    pub fn bits(&self, model: &Model, frequencies: &Frequencies) -> f64 {
        let shared_home = self.level(Field::Given) == Level::Differs;
        Field::ALL
            .into_iter()
            .map(|field| {
                let level = self.level(field);
                let bits = model.weight(field, level) + frequencies.bits(field, level, self.pick(field));
                match field {
                    Field::Email | Field::Phone | Field::Postcode | Field::Address if shared_home && bits > 0.0 => {
                        bits / 2.0
                    }
                    Field::Email
                    | Field::Phone
                    | Field::Postcode
                    | Field::Address
                    | Field::Given
                    | Field::Surname
                    | Field::Born => bits,
                }
            })
            .sum()
    }

    /// Kinds of evidence that agree: a name, a date of birth, an address, a number, a place. A postcode and the address in it
    /// are one kind.
    #[must_use]
    pub fn kinds(&self, model: &Model) -> usize {
        let agrees = |field: Field| model.weight(field, self.level(field)) > 1.0;
        [
            agrees(Field::Given) || agrees(Field::Surname),
            agrees(Field::Born),
            agrees(Field::Email),
            agrees(Field::Phone),
            agrees(Field::Postcode) || agrees(Field::Address),
        ]
        .into_iter()
        .filter(|agrees| *agrees)
        .count()
    }

    /// The row's name is somebody else's: its given name is another, or, where it has none, its surname is.
    #[must_use]
    pub fn name_disagrees(&self) -> bool {
        match self.level(Field::Given) {
            Level::Differs => true,
            Level::Missing => self.level(Field::Surname) == Level::Differs,
            Level::Exact
            | Level::Nickname
            | Level::Near
            | Level::Part
            | Level::Sound
            | Level::Like
            | Level::Initial
            | Level::Exchanged
            | Level::Parts
            | Level::Year
            | Level::Mailbox
            | Level::Local
            | Level::District => false,
        }
    }

    /// The row's name is the person's, as far as it goes.
    #[must_use]
    pub fn name_agrees(&self) -> bool {
        let says = |field: Field| self.level(field) != Level::Missing;
        !self.name_disagrees() && (says(Field::Given) || says(Field::Surname))
    }
}

/// Compares a row with the person. Each field takes the best of its pairs.
#[must_use]
pub fn compare(model: &Model, profile: &Profile, row: &RowForm) -> Comparison {
    let mut comparison = Comparison::default();
    let name = names::compare(model, profile, &row.names);
    comparison.put(Field::Given, (name.given, name.given_pick));
    comparison.put(Field::Surname, (name.surname, name.surname_pick));
    comparison.put(Field::Born, best(model, Field::Born, &profile.births, &row.births, dates::level));
    comparison.put(Field::Email, best(model, Field::Email, &profile.emails, &row.emails, contact::email));
    comparison.put(Field::Phone, best(model, Field::Phone, &profile.phones, &row.phones, |a, b| contact::phone(a, b)));
    comparison.put(
        Field::Postcode,
        best(model, Field::Postcode, &profile.postcodes, &row.postcodes, |a, b| contact::postcode(a, b)),
    );
    comparison.put(
        Field::Address,
        best(model, Field::Address, &profile.addresses, &row.addresses, |a, b| contact::address(a, b)),
    );
    comparison
}

fn best<T>(model: &Model, field: Field, own: &[T], row: &[T], level: impl Fn(&T, &T) -> Level) -> (Level, usize) {
    let mut found = (Level::Missing, 0);
    for (pick, known) in own.iter().enumerate() {
        for value in row {
            let next = level(known, value);
            if found.0 == Level::Missing || model.weight(field, next) > model.weight(field, found.0) {
                found = (next, pick);
            }
        }
    }
    found
}

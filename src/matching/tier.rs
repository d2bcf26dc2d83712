//! From evidence to a tier.

use serde::{Deserialize, Serialize};

use super::compare::Comparison;
use super::level::{Field, Level};
use super::model::Model;

/// What a row is taken for. *Certain* is not here: no score makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Two kinds of evidence agree, and it is likelier the person's than not. A caseworker decides.
    Probable,
    /// It may be the person's. A caseworker decides.
    Possible,
    /// It is left alone.
    No,
}

impl Tier {
    /// The word of the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Probable => "probable",
            Self::Possible => "possible",
            Self::No => "no",
        }
    }
}

/// What a verified identifier in a row means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The row is the person's: a verified identifier stands in it and nothing in it says otherwise.
    Certain,
    /// A verified identifier stands in it under somebody else's name: a shared mailbox or telephone. A person looks.
    NameDisagrees,
    /// The name agrees, the date of birth is another: parent and child of one name. A person looks.
    BirthDisagrees,
}

impl Verdict {
    /// The verdict about a row with a verified identifier.
    #[must_use]
    pub fn of(comparison: &Comparison) -> Self {
        if comparison.name_disagrees() {
            Self::NameDisagrees
        } else if comparison.level(Field::Born) == Level::Differs {
            Self::BirthDisagrees
        } else {
            Self::Certain
        }
    }
}

/// What the evidence comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judgement {
    /// The sum in bits.
    pub bits: f64,
    /// How likely the row is the person's, given how many rows there are.
    pub probability: f64,
    /// The tier.
    pub tier: Tier,
}

impl Judgement {
    /// Judges a sum of evidence in a table of `rows` rows, of which one is expected to be the person's.
    #[must_use]
    pub fn of(model: &Model, comparison: &Comparison, bits: f64, rows: u64) -> Self {
        let rows = f64::from(u32::try_from(rows).unwrap_or(u32::MAX)).max(100.0);
        let odds = bits.min(200.0).exp2() / rows;
        let probability = odds / (1.0 + odds);
        let kinds = comparison.kinds(model);
        let another = comparison.name_disagrees();
        // Neighbours share a postcode and strangers a birthday: neither says anything by itself.
        let personal = [Field::Given, Field::Surname, Field::Email, Field::Phone]
            .into_iter()
            .any(|field| model.weight(field, comparison.level(field)) > 1.0);
        // An address or number of theirs is worth a look in a table of any size, unless another's name stands beside it.
        let identifier = [Field::Email, Field::Phone].into_iter().any(|field| comparison.level(field) == Level::Exact);
        let tier = if identifier && !another && probability < model.probable {
            Tier::Possible
        } else if kinds == 0 || !personal || bits < model.least_bits || probability < model.possible {
            Tier::No
        } else if probability >= model.probable && kinds >= 2 && !another {
            Tier::Probable
        } else {
            Tier::Possible
        };
        Self { bits, probability, tier }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::{Frequencies, Profile, RowForm, compare};
    use crate::subject::IdentifierKind;

    fn judged(person: &[(IdentifierKind, &str)], row: &[(IdentifierKind, &str)], rows: u64) -> (Comparison, Judgement) {
        let model = Model::default();
        let profile = Profile::of(person.iter().copied(), false);
        let comparison = compare(&model, &profile, &RowForm::of(row.iter().copied(), false));
        let bits = comparison.bits(&model, &Frequencies::of(&profile, None));
        (comparison, Judgement::of(&model, &comparison, bits, rows))
    }

    #[test]
    fn the_tiers_are_those_that_a_caseworker_would_expect() {
        use IdentifierKind::{DateOfBirth, Email, Name, Phone, Postcode};
        let person = [
            (Name, "Farzana Whitcombe"),
            (DateOfBirth, "1980-05-17"),
            (Email, "farzana.whitcombe@example.org"),
            (Phone, "07700 900961"),
            (Postcode, "PR1 8XJ"),
        ];
        let table: [(&[(IdentifierKind, &str)], Tier); 11] = [
            (&[(Name, "Farzana Whitcombe"), (DateOfBirth, "17/05/1980")], Tier::Probable),
            (&[(Name, "F. Whitcombe"), (Phone, "+447700900961")], Tier::Probable),
            (&[(Name, "Farzana Khan"), (DateOfBirth, "1980-05-17"), (Postcode, "PR1 8XJ")], Tier::Probable),
            // A name alone never is.
            (&[(Name, "Farzana Whitcombe")], Tier::Possible),
            (&[(Name, "Farzana Whitcombe"), (Email, "fw@work.example")], Tier::Possible),
            // A relative at the same address with the same telephone.
            (&[(Name, "Ann Whitcombe"), (Phone, "07700900961"), (Postcode, "PR1 8XJ")], Tier::Possible),
            (&[(Name, "Ann Smith"), (Postcode, "PR1 8XJ")], Tier::No),
            (&[(Name, "Farzana Khan")], Tier::No),
            (&[(Postcode, "PR1 8XJ")], Tier::No),
            (&[(Name, "Ann Smith"), (DateOfBirth, "1980-05-17")], Tier::No),
            (&[], Tier::No),
        ];
        for (row, tier) in table {
            let (comparison, judgement) = judged(&person, row, 20_000);
            assert_eq!(judgement.tier, tier, "{row:?} {judgement:?} {comparison:?}");
        }
    }

    #[test]
    fn a_shared_mailbox_and_a_namesake_child_are_looked_at() {
        use IdentifierKind::{DateOfBirth, Email, Name};
        let person = [(Name, "Ann Smith"), (DateOfBirth, "1980-05-17"), (Email, "smiths@example.org")];
        let mailbox = (Email, "smiths@example.org");
        for (name, born, expected) in [
            ("Ann Smith", "1980-05-17", Verdict::Certain),
            ("A. Smith", "", Verdict::Certain),
            ("Smith", "", Verdict::Certain),
            ("", "", Verdict::Certain),
            ("Ann Jones", "", Verdict::Certain),
            ("Bob Smith", "", Verdict::NameDisagrees),
            ("Mrs Jones", "", Verdict::NameDisagrees),
            ("Ann Smith", "2012-01-02", Verdict::BirthDisagrees),
            ("Ann Smith", "1980-05-18", Verdict::Certain),
        ] {
            let (comparison, _) = judged(&person, &[mailbox, (Name, name), (DateOfBirth, born)], 1_000);
            assert_eq!(Verdict::of(&comparison), expected, "{name} {born}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_row_with_nothing_that_agrees_is_left_alone(
            name in "[B-D][b-d]{4,7} [B-D][b-d]{4,7}",
            year in 1900_i32..1940,
            number in 100_000_u32..999_999,
            rows in 1_u64..1_000_000,
        ) {
            use IdentifierKind::{DateOfBirth, Email, Name, Phone};
            let person = [(Name, "Yossi Wuyhox"), (DateOfBirth, "1980-05-17"), (Email, "yossi.wuyhox@example.org"), (Phone, "07700 900961")];
            let (born, email, phone) = (format!("{year}-11-30"), format!("{number}@b.test"), format!("0163{number}"));
            let row = [(Name, name.as_str()), (DateOfBirth, born.as_str()), (Email, email.as_str()), (Phone, phone.as_str())];
            let (_, judgement) = judged(&person, &row, rows);
            proptest::prop_assert_eq!(judgement.tier, Tier::No);
        }

        #[test]
        fn a_name_alone_is_never_more_than_possible(name in "[A-Z][a-z]{2,9} [A-Z][a-z]{2,9}", rows in 1_u64..1_000_000) {
            let (_, judgement) = judged(&[(IdentifierKind::Name, &name)], &[(IdentifierKind::Name, &name)], rows);
            proptest::prop_assert!(judgement.tier != Tier::Probable);
        }
    }
}

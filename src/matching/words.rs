//! Why a row is taken for the person's, in words for a caseworker. They quote the row: they are for the desk, never for a
//! bundle, a log or an error.

use crate::subject::IdentifierKind;

use super::compare::Comparison;
use super::level::{Field, Level};
use super::profile::{Profile, Trust};

/// The evidence for and against, one sentence a kind of column. `columns` are the row's own texts.
#[must_use]
pub fn reasons(profile: &Profile, comparison: &Comparison, columns: &[(IdentifierKind, &str)]) -> Vec<String> {
    let mut found = Vec::new();
    let (given, surname) = (comparison.level(Field::Given), comparison.level(Field::Surname));
    let parts: Vec<String> = [(Field::Given, given, "given name"), (Field::Surname, surname, "surname")]
        .into_iter()
        .filter(|(_, level, _)| *level != Level::Missing)
        .map(|(field, level, what)| {
            format!("{what} {}{}", level_words(field, level), whence(profile, comparison, field))
        })
        .collect();
    if !parts.is_empty() {
        found.push(format!("name {}: {}", quoted(columns, IdentifierKind::Name), parts.join(", ")));
    }
    for (field, kind, what) in [
        (Field::Born, IdentifierKind::DateOfBirth, "date of birth"),
        (Field::Email, IdentifierKind::Email, "e-mail address"),
        (Field::Phone, IdentifierKind::Phone, "telephone number"),
        (Field::Postcode, IdentifierKind::Postcode, "postcode"),
        (Field::Address, IdentifierKind::Address, "address"),
    ] {
        let level = comparison.level(field);
        if level != Level::Missing {
            let agreement = level_words(field, level);
            found.push(format!("{what} {}: {agreement}{}", quoted(columns, kind), whence(profile, comparison, field)));
        }
    }
    found
}

fn quoted(columns: &[(IdentifierKind, &str)], kind: IdentifierKind) -> String {
    const MOST: usize = 80;
    let texts = columns.iter().filter(|(of, text)| *of == kind && !text.trim().is_empty());
    let joined = texts.map(|(_, text)| text.trim()).collect::<Vec<_>>().join(" ");
    format!("\u{201c}{}\u{201d}", crate::base::excerpt(&crate::base::one_line(&joined), MOST))
}

/// What is said of a value of the person's that nobody has shown to be theirs.
fn whence(profile: &Profile, comparison: &Comparison, field: Field) -> &'static str {
    if matches!(comparison.level(field), Level::Missing | Level::Differs) {
        return "";
    }
    match profile.trust(field, comparison.pick(field)) {
        Some(Trust::Claimed) if matches!(field, Field::Email | Field::Phone) => " (which they gave; not verified)",
        Some(Trust::Found) => " (which stands on a record that is theirs)",
        Some(Trust::Confirmed) => " (which a caseworker confirmed)",
        Some(Trust::Verified | Trust::Claimed) | None => "",
    }
}

fn level_words(field: Field, level: Level) -> &'static str {
    match level {
        Level::Exact | Level::Missing => "agrees",
        Level::Nickname => "is a short form or another spelling",
        Level::Near => "agrees but for a slip",
        Level::Part => "is one half of the double name",
        Level::Sound => "sounds the same in another script",
        Level::Like => "is alike",
        Level::Initial => "fits by its initial",
        Level::Exchanged => "day and month exchanged",
        Level::Parts => "two of day, month and year agree",
        Level::Year => "the year agrees",
        Level::Mailbox => "the same mailbox under a sub-address",
        Level::Local => "the same name at another provider",
        Level::District => "the same district",
        Level::Differs => match field {
            Field::Given | Field::Surname => "is another",
            Field::Born | Field::Email | Field::Phone | Field::Postcode | Field::Address => "differs",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::{Known, Model, RowForm, compare};

    #[test]
    fn a_caseworker_is_told_what_agrees_and_what_does_not() {
        use IdentifierKind::{DateOfBirth, Email, Name, Phone};
        let known = |kind, value: &str, trust| Known { kind, value: value.into(), trust };
        let profile = Profile::known(
            &[
                known(Name, "Farzana Whitcombe", Trust::Claimed),
                known(DateOfBirth, "1980-05-07", Trust::Claimed),
                known(Email, "other@example.org", Trust::Claimed),
                known(Phone, "07700 900961", Trust::Found),
            ],
            false,
        );
        let row = [
            (Name, "Whitcombe, F."),
            (DateOfBirth, "1980-07-05"),
            (Email, "other@example.org"),
            (Phone, "07700900961"),
        ];
        let comparison = compare(&Model::default(), &profile, &RowForm::of(row, false));
        assert_eq!(
            reasons(&profile, &comparison, &row),
            [
                "name \u{201c}Whitcombe, F.\u{201d}: given name fits by its initial, surname agrees",
                "date of birth \u{201c}1980-07-05\u{201d}: day and month exchanged",
                "e-mail address \u{201c}other@example.org\u{201d}: agrees (which they gave; not verified)",
                "telephone number \u{201c}07700900961\u{201d}: agrees (which stands on a record that is theirs)",
            ]
        );
    }
}

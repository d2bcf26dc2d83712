//! Compares names: the best pairing of the person's given names and surnames with the row's words, whatever their order.

use crate::subject::{PersonName, Role, Word};

use super::level::{Field, Level};
use super::model::Model;
use super::nicknames::same_name;
use super::profile::{Profile, Surname};
use super::similar::jaro_winkler;

/// Names with at least this similarity are a slip of the keyboard apart.
const NEAR: f64 = 0.92;
/// Names with at least this similarity are alike.
const LIKE: f64 = 0.80;

/// How a row's name agrees, and with which of the person's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct NameAgreement {
    pub(super) given: Level,
    pub(super) given_pick: usize,
    pub(super) surname: Level,
    pub(super) surname_pick: usize,
}

impl NameAgreement {
    const MISSING: Self = Self { given: Level::Missing, given_pick: 0, surname: Level::Missing, surname_pick: 0 };

    fn bits(&self, model: &Model) -> f64 {
        model.weight(Field::Given, self.given) + model.weight(Field::Surname, self.surname)
    }
}

/// The best reading of the row's names.
pub(super) fn compare(model: &Model, profile: &Profile, names: &[PersonName]) -> NameAgreement {
    if !profile.has_name() {
        return NameAgreement::MISSING;
    }
    names.iter().map(|name| compare_one(model, profile, name)).fold(NameAgreement::MISSING, |best, next| {
        let first = best.given == Level::Missing && best.surname == Level::Missing;
        if first || next.bits(model) > best.bits(model) { next } else { best }
    })
}

fn compare_one(model: &Model, profile: &Profile, name: &PersonName) -> NameAgreement {
    let words = &name.words;
    let mut given: Vec<(Level, usize)> = Vec::with_capacity(words.len());
    let mut surnames: Vec<(Level, usize)> = Vec::with_capacity(words.len());
    for word in words {
        given.push(best_of(profile.given.iter().map(|own| given_level(own, word)), model, Field::Given));
        surnames.push(best_of(profile.surnames.iter().map(|own| word_level(own, word, words)), model, Field::Surname));
    }
    // Some go by a middle name, or by the first of two surnames: good, though not as good as the name itself.
    for ((word, (given, _)), (surname, _)) in words.iter().zip(&mut given).zip(&mut surnames) {
        if profile.middle.iter().any(|own| word_to_word(own, word) == Level::Exact) {
            raise(model, Field::Given, given, Level::Nickname);
            if word.role == Role::Surname && word.latin.len() > 3 {
                raise(model, Field::Surname, surname, Level::Part);
            }
        }
    }
    let weigh = |agreement: &NameAgreement| agreement.bits(model);
    let mut best: Option<NameAgreement> = None;
    let mut consider = |next: NameAgreement| {
        if best.is_none_or(|known| weigh(&next) > weigh(&known)) {
            best = Some(next);
        }
    };
    let at = |list: &[(Level, usize)], n: usize| list.get(n).copied().unwrap_or((Level::Missing, 0));
    if let [only] = words.as_slice() {
        let ((given, given_pick), (surname, surname_pick)) = (at(&given, 0), at(&surnames, 0));
        if only.role != Role::Surname {
            consider(NameAgreement { given, given_pick, ..NameAgreement::MISSING });
        }
        consider(NameAgreement { surname, surname_pick, ..NameAgreement::MISSING });
        if only.role == Role::Either && best.is_some_and(|b| weigh(&b) < 0.0) {
            return run_together(profile, only);
        }
        return best.unwrap_or(NameAgreement::MISSING);
    }
    for g in 0..words.len() {
        for s in (0..words.len()).filter(|s| *s != g) {
            let ((given, given_pick), (mut surname, surname_pick)) = (at(&given, g), at(&surnames, s));
            // `Thomas James` has nothing of `James Wilson`: exchanged names must both agree.
            let role = |n: usize| words.get(n).map(|word| word.role);
            let exchanged = role(g) == Some(Role::Surname) && role(s) != Some(Role::Surname);
            let both = model.weight(Field::Given, given) > 0.0 && model.weight(Field::Surname, surname) > 0.0;
            if exchanged && !both {
                continue;
            }
            let spare = |n: usize, word: &Word| n != g && n != s && word.role == Role::Surname;
            let whole = profile.surnames.get(surname_pick).is_some_and(|own| own.words.len() > 1);
            if surname == Level::Exact && !whole && words.iter().enumerate().any(|(n, word)| spare(n, word)) {
                surname = Level::Part;
            }
            consider(NameAgreement { given, given_pick, surname, surname_pick });
        }
    }
    best.unwrap_or(NameAgreement::MISSING)
}

/// Gives a field a better level than it has.
fn raise(model: &Model, field: Field, level: &mut Level, to: Level) {
    if model.weight(field, *level) < model.weight(field, to) {
        *level = to;
    }
}

/// A word that is no known name: perhaps a user name made of one, `fwhitcombe77`. If not, a name that differs.
fn run_together(profile: &Profile, word: &Word) -> NameAgreement {
    let holds = |own: &Word| own.latin.len() >= 4 && word.latin.contains(&own.latin);
    if let Some(pick) = profile.surnames.iter().position(|own| holds(&own.joined)) {
        return NameAgreement { surname: Level::Like, surname_pick: pick, ..NameAgreement::MISSING };
    }
    if let Some(pick) = profile.given.iter().position(holds) {
        return NameAgreement { given: Level::Like, given_pick: pick, ..NameAgreement::MISSING };
    }
    NameAgreement { given: Level::Differs, ..NameAgreement::MISSING }
}

fn best_of(levels: impl Iterator<Item = Level>, model: &Model, field: Field) -> (Level, usize) {
    let mut best: Option<(Level, usize)> = None;
    for (at, level) in levels.enumerate() {
        if best.is_none_or(|(known, _)| model.weight(field, level) > model.weight(field, known)) {
            best = Some((level, at));
        }
    }
    best.unwrap_or((Level::Missing, 0))
}

fn given_level(own: &Word, word: &Word) -> Level {
    let level = word_to_word(own, word);
    if level != Level::Exact && same_name(&own.latin, &word.latin) { Level::Nickname } else { level }
}

/// A surname against one word of the row, in the light of its other words.
fn word_level(own: &Surname, word: &Word, all: &[Word]) -> Level {
    if own.words.len() < 2 {
        return word_to_word(&own.joined, word);
    }
    if own.joined.latin == word.latin {
        return Level::Exact;
    }
    let stands = |part: &Word| all.iter().any(|other| word_to_word(part, other) == Level::Exact);
    let here = own.words.iter().any(|part| part.latin.len() > 2 && word_to_word(part, word) == Level::Exact);
    if here {
        return if own.words.iter().all(stands) { Level::Exact } else { Level::Part };
    }
    let near = own.words.iter().any(|part| part.latin.len() > 4 && word_to_word(part, word) == Level::Near);
    let level = word_to_word(&own.joined, word);
    if level == Level::Differs && near { Level::Like } else { level }
}

fn word_to_word(own: &Word, word: &Word) -> Level {
    // Two initials say no more than one.
    let initials = own.is_initial() || word.is_initial();
    if !initials && (own.folded == word.folded || own.latin == word.latin) {
        return Level::Exact;
    }
    if initials && !(own.foreign && word.foreign) {
        let same = own.latin.as_bytes().first() == word.latin.as_bytes().first();
        return if same { Level::Initial } else { Level::Differs };
    }
    let similarity = jaro_winkler(&own.latin, &word.latin, LIKE);
    if similarity >= NEAR {
        return Level::Near;
    }
    if (own.foreign || word.foreign) && same_sound(&own.sound(), &word.sound()) {
        return Level::Sound;
    }
    if similarity >= LIKE { Level::Like } else { Level::Differs }
}

/// The consonants are the same, or one among at least four is another.
fn same_sound(a: &str, b: &str) -> bool {
    (a == b && a.len() >= 2) || (a.len().min(b.len()) >= 3 && jaro_winkler(a, b, 0.9) > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::subject::IdentifierKind;

    fn levels(own: &[&str], row: &str) -> (Level, Level) {
        let profile = Profile::of(own.iter().map(|name| (IdentifierKind::Name, *name)), false);
        let found = compare(&Model::default(), &profile, &[PersonName::parse(row)]);
        (found.given, found.surname)
    }

    #[test]
    fn a_name_is_known_in_the_writings_that_people_use() {
        use Level::{Differs, Exact, Initial, Like, Missing, Near, Nickname, Part, Sound};
        let table: &[(&[&str], &str, (Level, Level))] = &[
            (&["Farzana Whitcombe"], "WHITCOMBE, Farzana", (Exact, Exact)),
            (&["Farzana Whitcombe"], "Whitcombe Farzana", (Exact, Exact)),
            (&["Farzana Whitcombe"], "Mrs Whitcombe", (Missing, Exact)),
            (&["Farzana Whitcombe"], "F Whitcombe", (Initial, Exact)),
            (&["Farzana Whitcombe"], "B Whitcombe", (Differs, Exact)),
            (&["F Whitcombe"], "F Whitcombe", (Initial, Exact)),
            (&["Farzana Whitcombe"], "Farzana Whitcome", (Exact, Near)),
            (&["Farzana Whitcombe"], "Farzana", (Exact, Missing)),
            (&["Farzana Whitcombe"], "fwhitcombe77", (Missing, Like)),
            (&["Farzana Whitcombe"], "School Office", (Differs, Differs)),
            (&["Farzana Whitcombe"], "office", (Differs, Missing)),
            (&["Farzana Whitcombe"], "فرزانہ وِٹکم", (Sound, Sound)),
            (&["Robert Smith"], "Bob Smith", (Nickname, Exact)),
            (&["Mary Jane Watson"], "Jane Watson", (Nickname, Exact)),
            (&["Idowu Thistlewood"], "Idowu Bankole-Reyes", (Exact, Differs)),
            (&["Idowu Thistlewood", "Idowu Bankole-Reyes"], "Idowu Bankole-Reyes", (Exact, Exact)),
            (&["Idowu Bankole-Reyes"], "Idowu Bankole", (Exact, Part)),
            (&["Idowu Bankole-Reyes"], "Idowu Bankolereyes", (Exact, Exact)),
            (&["Idowu Reyes"], "Idowu Bankole-Reyes", (Exact, Part)),
            (&["Bronagh Ó Ceallacháin"], "Bronagh O'Ceallachain", (Exact, Exact)),
            (&["Łucja Brzęczyszczykiewicz"], "Lucja Brzeczyszczykiewicz", (Exact, Exact)),
            (&["محمد عثمان قریشی"], "Mohammed Usman Qureshi", (Sound, Sound)),
            (&["欧阳思远"], "Siyuan Ouyang", (Exact, Exact)),
            (&["欧阳思远"], "Ouyang Siyuan", (Exact, Exact)),
            (&["अनुष्का त्रिवेदी"], "Anushka Trivedi", (Near, Near)),
            (&["Mohammed Hussain"], "Muhammad Hussein", (Nickname, Near)),
            (&["Thomas James"], "James Thomas", (Exact, Exact)),
            (&["Thomas James"], "James Wilson", (Differs, Differs)),
            (&["Gabriel García Márquez"], "Gabriel Garcia", (Exact, Part)),
            (&[], "Farzana Whitcombe", (Missing, Missing)),
            (&["Farzana Whitcombe"], "", (Missing, Missing)),
        ];
        for (own, row, expected) in table {
            assert_eq!(levels(own, row), *expected, "{own:?} {row}");
        }
    }

    #[test]
    fn two_columns_of_one_name_and_two_names_in_two_columns_are_told_apart() {
        use crate::matching::RowForm;
        let profile = Profile::of([(IdentifierKind::Name, "Imran Sefton")], false);
        let read = |columns: &[&str]| {
            let row = RowForm::of(columns.iter().map(|text| (IdentifierKind::Name, *text)), false);
            let found = compare(&Model::default(), &profile, row.names());
            (found.given, found.surname)
        };
        assert_eq!(read(&["Imran", "Sefton"]), (Level::Exact, Level::Exact));
        assert_eq!(read(&["Imran", "Walker"]), (Level::Exact, Level::Differs));
        assert_eq!(read(&["Imran Sefton", "Farzana Whitcombe"]), (Level::Exact, Level::Exact));
    }

    proptest::proptest! {
        #[test]
        fn comparing_two_names_is_the_same_both_ways(a in "[KT][ae]{1,5} [ZR][io]{1,5}", b in "[KT][ae]{1,5} [ZR][io]{1,5}") {
            proptest::prop_assert_eq!(levels(&[&a], &b), levels(&[&b], &a));
        }
    }
}

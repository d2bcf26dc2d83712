//! Who a generated person is: a pure function of the seed and their number.

use unicode_normalization::UnicodeNormalization;

use super::dice::Dice;
use super::names::{ORIGINS, Origin};
use super::words::{ACCESS, DIETS, EMPLOYERS, JOBS};

/// The kind of chance that makes people; others stand beside their use.
const PEOPLE: u64 = 1;

/// A person as they fill in forms.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) name: String,
    /// Theirs alone: it carries their number.
    pub(super) email: String,
    pub(super) phone: Option<String>,
    pub(super) job: Option<String>,
    pub(super) employer: Option<String>,
    pub(super) diet: Option<&'static str>,
    pub(super) access: Option<&'static str>,
}

impl Person {
    /// Generated person number `index` under `seed`.
    pub(super) fn generated(seed: u64, index: u64) -> Self {
        let mut dice = Dice::of(seed, PEOPLE, index);
        let origin = origin(&mut dice);
        let (given, given_latin) = origin.map(|o| dice.pick(o.given)).unwrap_or_default();
        let (family, family_latin) = origin.map(|o| dice.pick(o.family)).unwrap_or_default();
        let family_first = origin.is_some_and(|o| o.family_first);
        let name = if family_first {
            format!("{family}{given}")
        } else {
            match dice.below(40) {
                0 => format!("{given} {family}").to_uppercase(),
                1 => format!("{given}  {family} "),
                2 => format!("Mrs {family}"),
                _ => format!("{given} {family}"),
            }
        };
        let (employer, domain) = dice.pick(&EMPLOYERS);
        let local = format!("{}.{}{index}", latin(given_latin), latin(family_latin));
        let email = match dice.below(10) {
            0..=5 => format!("{local}@{domain}.example.org"),
            6 | 7 => format!("{local}@example.com"),
            8 => format!("{local}@example.net"),
            _ => format!("{local}@example.org"),
        };
        let phone = (!dice.chance(300)).then(|| phone(&mut dice));
        let job = (!dice.chance(50)).then(|| dice.pick(&JOBS).to_owned());
        let employer = (!dice.chance(80)).then(|| employer.to_owned());
        let diet = dice.chance(600).then(|| dice.pick(&DIETS));
        let access = dice.chance(70).then(|| dice.pick(&ACCESS));
        Self { name, email, phone, job, employer, diet, access }
    }
}

/// An e-mail address as its owner typed it this time: mostly the same, now and then shouted or padded.
pub(super) fn typed(dice: &mut Dice, email: &str) -> String {
    match dice.below(50) {
        0 => email.to_uppercase(),
        1 => format!("{email} "),
        2 => {
            let mut letters = email.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
        }
        _ => email.to_owned(),
    }
}

fn origin(dice: &mut Dice) -> Option<&'static Origin> {
    let mut left = dice.below(1000);
    ORIGINS.iter().find(|origin| match left.checked_sub(origin.per_mille) {
        None => true,
        Some(rest) => {
            left = rest;
            false
        }
    })
}

/// A number of Ofcom's drama ranges (07700 900000 to 900999, 01632 960000 to 960999) in one of the writings people
/// use. The last hundred of each range are kept for the planted people, so that no generated person shares theirs.
fn phone(dice: &mut Dice) -> String {
    let last = dice.below(900);
    match dice.below(7) {
        0 => format!("07700900{last:03}"),
        1 => format!("+44 7700 900{last:03}"),
        2 => format!("07700 900 {last:03}"),
        3 => format!("(01632) 960{last:03}"),
        4 => format!("01632 960{last:03} ext 2"),
        5 => format!("+44 (0)1632 960{last:03}"),
        _ => format!("07700 900{last:03}"),
    }
}

/// Lower-case ASCII letters of a name, accents dropped: the local part that a systems team makes of it.
fn latin(name: &str) -> String {
    name.nfd()
        .filter_map(|c| match c {
            'Ł' | 'ł' => Some('l'),
            _ => c.is_ascii_alphabetic().then(|| c.to_ascii_lowercase()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_ascii_and_one_persons_alone() {
        let people: Vec<_> = (0..3000).map(|i| Person::generated(5, i)).collect();
        let emails: std::collections::HashSet<_> = people.iter().map(|p| &p.email).collect();
        assert_eq!(emails.len(), people.len());
        for person in &people {
            let (local, domain) = person.email.split_once('@').unwrap();
            assert!(local.is_ascii() && !local.starts_with('.') && !local.contains(".."), "{}", person.email);
            assert!(["example.org", "example.com", "example.net"].iter().any(|d| domain.ends_with(d)), "{domain}");
        }
    }

    #[test]
    fn a_generated_number_is_of_the_drama_ranges_and_never_a_planted_one() {
        for phone in (0..3000).filter_map(|i| Person::generated(5, i).phone) {
            let normal = crate::subject::normal_phone(phone.trim_end_matches("ext 2"));
            let last = normal.strip_prefix("447700900").or_else(|| normal.strip_prefix("441632960")).unwrap();
            assert!(last.parse::<u32>().unwrap() < 900, "{phone}");
        }
    }

    #[test]
    fn a_seed_and_a_number_give_the_same_person() {
        assert_eq!(Person::generated(1, 9).name, Person::generated(1, 9).name);
        assert_ne!(Person::generated(1, 9).email, Person::generated(2, 9).email);
    }
}

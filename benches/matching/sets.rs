//! The sets: rows of tables, each with whose it is.

use std::collections::HashSet;

use rightsdesk::subject::IdentifierKind::{self, Address, DateOfBirth, Email, Name, Phone, Postcode};

use crate::people::{Dice, Person, date_slips, nickname, slips};

/// A row: its matching columns, and the number of its person.
pub struct Row {
    pub columns: Vec<(IdentifierKind, String)>,
    pub person: usize,
}

/// A set, and what was measured on one of its kind before.
pub struct Set {
    pub name: String,
    pub rows: Vec<Row>,
    pub baselines: &'static [&'static str],
}

/// The set of the UK Ministry of Justice's Splink demos, from a file.
pub fn fake_1000(path: &str) -> Result<Set, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
    let mut rows = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [_, given, surname, born, city, email, person] = cells.as_slice() else {
            return Err(format!("{path}: a line has not seven cells"));
        };
        let columns = [(Name, given), (Name, surname), (DateOfBirth, born), (Address, city), (Email, email)];
        rows.push(Row {
            columns: columns.iter().map(|(kind, text)| (*kind, (**text).to_owned())).collect(),
            person: person.parse().map_err(|_| format!("{path}: a cluster is no number"))?,
        });
    }
    Ok(Set {
        name: "fake_1000".into(),
        rows,
        baselines: &[
            "exact e-mail             auto .41/1.00  ceiling .41",
            "mean Jaro-Winkler        auto .77  review@.95 17  ceiling .957",
            "Splink blocked/full scan auto .79/.85  review@.95 never/0.4  ceiling .838/.967",
        ],
    })
}

fn date((year, month, day): (i32, u32, u32)) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

fn often(dice: &mut Dice, per_mille: usize, text: String) -> String {
    if dice.chance(per_mille) { String::new() } else { text }
}

/// Rows with the slips of fake_1000 (as measured on it): a fifth of the cells empty, a third of the names and half of
/// the dates with slips, names exchanged.
pub fn like_fake(count: usize, seed: u64) -> Set {
    let mut dice = Dice::new(seed);
    let mut taken = HashSet::new();
    let mut rows = Vec::new();
    let mut person = 0;
    while rows.len() < count {
        let who = Person::new(&mut dice, &mut taken);
        for nth in 0..[1, 1, 2, 3, 4, 5, 6, 7, 7][dice.below(9)] {
            let noisy = nth > 0;
            let slip = |text: &str, per_mille: usize, dice: &mut Dice| {
                if noisy && dice.chance(per_mille) {
                    let n = 1 + dice.below(3);
                    slips(dice, text, n)
                } else {
                    text.to_owned()
                }
            };
            let mut given = who.given.clone();
            if noisy && dice.chance(60) {
                given = nickname(&mut dice, &given).unwrap_or(given);
            }
            let mut names = [slip(&given, 280, &mut dice), slip(&who.surname, 280, &mut dice)];
            names = names.map(|name| often(&mut dice, 180, name));
            if noisy && dice.chance(70) {
                names.swap(0, 1);
            }
            let count = if noisy && dice.chance(500) { 1 + dice.below(3) } else { 0 };
            let born = date_slips(&mut dice, who.born, count);
            let town = slip(who.town, 350, &mut dice);
            let email = slip(&who.email, 280, &mut dice);
            let [given, surname] = names;
            let columns = vec![
                (Name, given),
                (Name, surname),
                (DateOfBirth, date(born)),
                (Address, often(&mut dice, 190, town)),
                (Email, often(&mut dice, 210, email)),
            ];
            rows.push(Row { columns, person });
        }
        person += 1;
    }
    rows.truncate(count);
    Set {
        name: format!("{count} rows like fake_1000"),
        rows,
        baselines: &[
            "Splink full scan         auto .73/1.00  review@.95 5.8  review@.99 never  ceiling .960",
            "FS hand-set, full scan   auto .78/.995  review@.95 4.3  review@.99 85  ceiling .985",
            "FS learned, + pivot      auto .85/.985  review@.95 0.7  review@.99 11.5  ceiling .999",
        ],
    }
}

/// Rows of people with nicknames, slips, changed surnames, old postcodes, exchanged dates, and households.
pub fn people(count: usize, seed: u64) -> Set {
    let mut dice = Dice::new(seed);
    let mut taken = HashSet::new();
    let mut rows = Vec::new();
    let mut person = 0;
    let mut before: Option<Person> = None;
    while rows.len() < count {
        let who = match before.as_mut().filter(|_| dice.chance(250)) {
            Some(other) => Person::relative(&mut dice, other, &mut taken),
            None => Person::new(&mut dice, &mut taken),
        };
        for _ in 0..1 + dice.below(5) {
            let slip = |text: &str, per_mille: usize, dice: &mut Dice| {
                if dice.chance(per_mille) {
                    let n = 1 + dice.below(2);
                    slips(dice, text, n)
                } else {
                    text.to_owned()
                }
            };
            let mut given = who.given.clone();
            if dice.chance(150) {
                given = nickname(&mut dice, &given).unwrap_or(given);
            } else if dice.chance(50) {
                given.truncate(1);
            }
            let surname = who.other_surname.as_ref().filter(|_| dice.chance(400)).unwrap_or(&who.surname);
            let given = slip(&given, 120, &mut dice);
            let surname = slip(surname, 120, &mut dice);
            let slipped = if dice.chance(150) { 1 + dice.below(2) } else { 0 };
            let born = date_slips(&mut dice, who.born, slipped);
            let postcode = if dice.chance(250) { &who.old_postcode } else { &who.postcode };
            let email = if dice.chance(200) {
                &who.second_email
            } else {
                who.family_email.as_ref().filter(|_| dice.chance(300)).unwrap_or(&who.email)
            };
            let email = slip(email, 80, &mut dice);
            let name = if dice.chance(100) { format!("{surname}, {given}") } else { format!("{given} {surname}") };
            let postcode = slip(postcode, 60, &mut dice);
            let columns = vec![
                (Name, often(&mut dice, 30, name)),
                (DateOfBirth, often(&mut dice, 200, date(born))),
                (Postcode, often(&mut dice, 150, postcode)),
                (Email, often(&mut dice, 350, email)),
            ];
            rows.push(Row { columns, person });
        }
        person += 1;
        before = Some(who);
    }
    rows.truncate(count);
    Set {
        name: format!("{count} rows, nicknames, old postcodes"),
        rows,
        baselines: &[
            "exact name + birth date  auto .30/.994  ceiling .30",
            "Splink full scan         auto .86/.963  review@.95 5.0  review@.99 never  ceiling .980",
            "FS hand-set, full scan   auto .845/.992  review@.95 11  review@.99 394  ceiling .994",
            "FS learned, + pivot      auto .86/.989  review@.95 1.6  review@.99 17  ceiling .998",
        ],
    }
}

/// Bookings, newsletter and enquiries of a partnership's website: no date of birth, few postcodes, shared mailboxes.
pub fn bookings(count: usize, seed: u64) -> Set {
    let mut dice = Dice::new(seed);
    let mut taken = HashSet::new();
    let mut rows = Vec::new();
    let mut person = 0;
    let mut before: Option<Person> = None;
    while rows.len() < count {
        let who = match before.as_mut().filter(|_| dice.chance(120)) {
            Some(other) => Person::relative(&mut dice, other, &mut taken),
            None => Person::new(&mut dice, &mut taken),
        };
        let mut kinds = vec![0; 1 + dice.below(4)];
        kinds.extend(dice.chance(400).then_some(1));
        kinds.extend(dice.chance(300).then_some(2));
        for kind in kinds {
            let mut given = who.given.clone();
            if dice.chance(120) {
                given = nickname(&mut dice, &given).unwrap_or(given);
            }
            let surname = who.other_surname.as_ref().filter(|_| dice.chance(300)).unwrap_or(&who.surname);
            let mut name = match dice.below(20) {
                0 => format!("{} {surname}", &given[..1]),
                1 => format!("{surname}, {given}"),
                2 => format!("Mrs {surname}"),
                3 => format!("{given} {surname}").to_uppercase(),
                _ => format!("{given} {surname}"),
            };
            if dice.chance(70) {
                name = slips(&mut dice, &name, 1);
            }
            let mut email = if dice.chance(150) {
                who.second_email.clone()
            } else {
                who.family_email.as_ref().filter(|_| dice.chance(300)).unwrap_or(&who.email).clone()
            };
            match dice.below(20) {
                0 => email = email.to_uppercase(),
                1 => email = format!(" {email}"),
                2 => email = email.replace('@', "+events@"),
                3 => email = slips(&mut dice, &email, 1),
                _ => {}
            }
            let digits = &who.phone[1..];
            let phone = match dice.below(4) {
                0 => format!("+44 {digits}"),
                1 => format!("0{} {}", &digits[..4], &digits[4..]),
                _ => who.phone.clone(),
            };
            let columns = match kind {
                0 => vec![(Name, name), (Email, often(&mut dice, 80, email)), (Phone, often(&mut dice, 250, phone))],
                1 => vec![(Name, often(&mut dice, 150, name)), (Email, email)],
                _ => {
                    let postcode = if dice.chance(200) { &who.old_postcode } else { &who.postcode };
                    vec![
                        (Name, name),
                        (Email, often(&mut dice, 250, email)),
                        (Phone, often(&mut dice, 400, phone)),
                        (Postcode, often(&mut dice, 500, postcode.clone())),
                    ]
                }
            };
            rows.push(Row { columns, person });
        }
        person += 1;
        before = Some(who);
    }
    rows.truncate(count);
    Set {
        name: format!("{count} bookings, newsletter, enquiries"),
        rows,
        baselines: &[
            "e-mail or phone, normal  auto .87/.96",
            "FS hand-set, + pivot     auto .72/.98  review@.95 1.9  review@.99 4.3  ceiling 1.0",
        ],
    }
}

//! Letters and notes as a UK council holds them, made up from a seed, with what in them is somebody's. Nobody in them
//! exists: names are put together, numbers are in the ranges kept for drama, addresses are invented.

use rightsdesk::review::Span;
use rightsdesk::review::suggest::Kind;

use super::Marked;

#[path = "../../src/sample/names.rs"]
#[allow(dead_code, unused_imports)]
mod names;

/// A small generator of our own (splitmix64), so that the same seed gives the same letters on every machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    fn chance(&mut self, of_hundred: usize) -> bool {
        self.below(100) < of_hundred
    }
}

struct Person {
    given: String,
    family: String,
    family_first: bool,
}

fn person(dice: &mut Dice) -> Person {
    let mut at = dice.below(1_000) as u64;
    let origin = names::ORIGINS
        .iter()
        .find(|origin| {
            let here = at < origin.per_mille;
            at = at.saturating_sub(origin.per_mille);
            here
        })
        .unwrap_or(&names::ORIGINS[0]);
    Person {
        given: dice.pick(origin.given).0.to_owned(),
        family: dice.pick(origin.family).0.to_owned(),
        family_first: origin.family_first,
    }
}

impl Person {
    fn full(&self) -> String {
        if self.family_first {
            format!("{}{}", self.family, self.given)
        } else {
            format!("{} {}", self.given, self.family)
        }
    }
}

const STREETS: [&str; 22] = [
    "Mill Lane",
    "Church Street",
    "Park Road",
    "Highfield Avenue",
    "St Mary's Close",
    "Station Road",
    "Garden Terrace",
    "Beech Grove",
    "Queen's Drive",
    "Whalley New Road",
    "Tower View",
    "The Crescent",
    "Lower Bank Street",
    "Whinney Brow",
    "Lord Street West",
    "Heys Court",
    "Marine Parade",
    "Old Hall Walk",
    "Kingfisher Way",
    "Bowland Rise",
    "Cross Fold",
    "Moss Side Mews",
];
const TOWNS: [&str; 12] = [
    "Preston",
    "Lancaster",
    "Blackburn",
    "Chorley",
    "Leyland",
    "Burnley",
    "Lytham St Annes",
    "Ormskirk",
    "Clitheroe",
    "Great Harwood",
    "Poulton-le-Fylde",
    "Bamber Bridge",
];
const HOUSES: [&str; 6] =
    ["Rose Cottage", "Ivy House", "Higher Barn Farm", "The Old Vicarage", "Brook Lodge", "Fell View Bungalow"];
const COURSES: [&str; 8] = [
    "Safeguarding Children: Level 3",
    "Working Together 2023",
    "the Safer Recruitment course",
    "Domestic Abuse and its effect on children",
    "the Annual Conference",
    "Prevent: an introduction",
    "Trauma-informed Practice",
    "Designated Safeguarding Lead training",
];
const BODIES: [&str; 8] = [
    "St Oswin's CE Primary School",
    "Darwen Moor High School",
    "the Bay View Short Breaks unit",
    "Pendle Hill Health Visiting Team",
    "Lancashire County Council",
    "Garstang Road GP Surgery",
    "Children's Social Care",
    "Victoria Tower",
];
const ROLES: [&str; 10] = [
    "social worker",
    "health visitor",
    "headteacher",
    "foster carer",
    "school nurse",
    "team manager",
    "SENCO",
    "key worker",
    "GP",
    "trainer",
];
const KIN: [&str; 12] = [
    "son",
    "daughter",
    "brother",
    "ex-partner",
    "husband",
    "mother",
    "aunt",
    "niece",
    "stepfather",
    "partner",
    "gran",
    "cousin",
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

struct Letter<'d> {
    text: String,
    gold: Vec<(Kind, Span)>,
    dice: &'d mut Dice,
}

impl Letter<'_> {
    fn say(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    fn mark(&mut self, kind: Kind, text: &str) -> &mut Self {
        let start = self.text.chars().count();
        self.text.push_str(text);
        self.gold.push((kind, Span { start, end: self.text.chars().count() }));
        self
    }

    fn name(&mut self, of: &Person) -> &mut Self {
        let full = of.full();
        let written = match self.dice.below(20) {
            0 => full.to_uppercase(),
            1 if full.is_ascii() => full.to_lowercase(),
            2 if !of.family_first => format!("{}. {}", of.given.chars().next().unwrap(), of.family),
            _ => full,
        };
        self.mark(Kind::Name, &written)
    }

    fn given(&mut self, of: &Person) -> &mut Self {
        if of.family_first { self.name(of) } else { self.mark(Kind::Name, &of.given.clone()) }
    }

    fn titled(&mut self, of: &Person) -> &mut Self {
        let title = *self.dice.pick(&["Mr", "Mrs", "Ms", "Miss", "Dr"]);
        self.say(title).say(" ").mark(Kind::Name, &of.family.clone())
    }

    fn email(&mut self, of: &Person) -> &mut Self {
        let plain = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_lowercase();
        let (given, family) = (plain(&of.given), plain(&of.family));
        let local =
            if given.is_empty() { format!("user{}", self.dice.below(900)) } else { format!("{given}.{family}") };
        let host = *self.dice.pick(&["example.org", "mail.example.co.uk", "stoswins.example.org", "example.net"]);
        let address = match self.dice.below(10) {
            0 => format!("{local}@{host}").to_uppercase(),
            1 => format!("{local}+courses@{host}"),
            2 => format!("{local} (at) {}", host.replace('.', " (dot) ")),
            _ => format!("{local}@{host}"),
        };
        self.mark(Kind::Email, &address)
    }

    fn phone(&mut self) -> &mut Self {
        let tail = self.dice.below(1_000);
        let number = match self.dice.below(8) {
            0 => format!("07700 900{tail:03}"),
            1 => format!("07700900{tail:03}"),
            2 => format!("+44 7700 900 {tail:03}"),
            3 => format!("+44 (0)7700 900{tail:03}"),
            4 => format!("01632 960{tail:03}"),
            5 => format!("(01632) 960 {tail:03}"),
            6 => format!("0044 1632 960{tail:03}"),
            _ => format!("01632-960-{tail:03}"),
        };
        self.mark(Kind::Phone, &number)
    }

    fn postcode_text(&mut self) -> String {
        let area = *self.dice.pick(&["PR", "LA", "BB", "FY", "L", "WN", "BL"]);
        let (district, sector) = (1 + self.dice.below(26), self.dice.below(10));
        let unit: String =
            (0..2).map(|_| *self.dice.pick(&['A', 'B', 'D', 'E', 'H', 'J', 'N', 'Q', 'R', 'T', 'X', 'Y'])).collect();
        match self.dice.below(6) {
            0 => format!("{area}{district}{sector}{unit}"),
            1 => format!("{area}{district} {sector}{unit}").to_lowercase(),
            _ => format!("{area}{district} {sector}{unit}"),
        }
    }

    fn address(&mut self) -> &mut Self {
        let street = if self.dice.chance(12) {
            format!("{}, {}", *self.dice.pick(&HOUSES), *self.dice.pick(&STREETS))
        } else {
            let number = 1 + self.dice.below(180);
            let flat = if self.dice.chance(12) { format!("Flat {}, ", 1 + self.dice.below(9)) } else { String::new() };
            let letter = if self.dice.chance(10) { "a" } else { "" };
            format!("{flat}{number}{letter} {}", *self.dice.pick(&STREETS))
        };
        let between = if self.dice.chance(20) { "\n" } else { ", " };
        let town = if self.dice.chance(80) { format!("{between}{}", *self.dice.pick(&TOWNS)) } else { String::new() };
        let code = if self.dice.chance(60) {
            format!("{}{}", if self.dice.chance(50) { " " } else { between }, self.postcode_text())
        } else {
            String::new()
        };
        self.mark(Kind::Address, &format!("{street}{town}{code}"))
    }

    fn insurance(&mut self) -> &mut Self {
        let prefix = *self.dice.pick(&["AB", "JT", "SG", "WK", "PC", "QQ"]);
        let pair = |dice: &mut Dice| format!("{:02}", dice.below(100));
        let (a, b, c) = (pair(self.dice), pair(self.dice), pair(self.dice));
        let last = *self.dice.pick(&['A', 'B', 'C', 'D']);
        let text = match self.dice.below(4) {
            0 => format!("{prefix}{a}{b}{c}{last}"),
            1 => format!("{prefix} {a} {b} {c} {last}").to_lowercase(),
            2 => format!("{prefix}{a}{b}{c}"),
            _ => format!("{prefix} {a} {b} {c} {last}"),
        };
        self.mark(Kind::NiNumber, &text)
    }

    fn nhs(&mut self) -> &mut Self {
        loop {
            let digits: Vec<usize> =
                std::iter::once(4 + self.dice.below(4)).chain((0..8).map(|_| self.dice.below(10))).collect();
            let sum: usize = digits.iter().zip((2..=10).rev()).map(|(d, w)| d * w).sum();
            let check = (11 - sum % 11) % 11;
            if check == 10 {
                continue;
            }
            let text: String = digits.iter().chain([&check]).map(ToString::to_string).collect();
            let text = match self.dice.below(3) {
                0 => text,
                1 => format!("{}-{}-{}", &text[..3], &text[3..6], &text[6..]),
                _ => format!("{} {} {}", &text[..3], &text[3..6], &text[6..]),
            };
            return self.mark(Kind::NhsNumber, &text);
        }
    }

    fn day(&mut self) -> String {
        let (day, month, year) = (1 + self.dice.below(28), 1 + self.dice.below(12), 1950 + self.dice.below(70));
        match self.dice.below(6) {
            0 => format!("{day:02}/{month:02}/{year}"),
            1 => format!("{day}.{month}.{:02}", year % 100),
            2 => format!("{year}-{month:02}-{day:02}"),
            3 => format!("{day} {} {year}", MONTHS[month - 1]),
            4 => format!("{day}th of {} {year}", MONTHS[month - 1]),
            _ => format!("{} {day}, {year}", MONTHS[month - 1]),
        }
    }

    fn born(&mut self) -> &mut Self {
        let cue = *self.dice.pick(&["DOB ", "D.O.B. ", "date of birth: ", "born on ", "born ", "DoB: "]);
        let day = self.day();
        self.say(cue).mark(Kind::DateOfBirth, &day)
    }

    /// What looks like something and is nothing.
    fn noise(&mut self) -> &mut Self {
        let n = self.dice.next();
        let text = match self.dice.below(14) {
            0 => format!("Order {} was paid in full. ", 1_000_000_000 + n % 8_000_000_000),
            1 => format!("Our reference is LSCB/{}/{:05}. ", 2020 + n % 7, n % 100_000),
            2 => format!("The course is on {} {} 2026 at 09:30. ", 1 + n % 28, MONTHS[(n % 12) as usize]),
            3 => format!("The fee is £{}.50, invoice INV{:06}. ", 10 + n % 90, n % 1_000_000),
            4 => "Please may I have a vegetarian lunch. ".to_owned(),
            5 => format!("I would like to book {}. ", *self.dice.pick(&COURSES)),
            6 => format!("{} has been told. ", *self.dice.pick(&BODIES)),
            7 => "Will the slides be sent round? May I come late? ".to_owned(),
            8 => "The Grange car park is closed; park on Fylde Road. ".to_owned(),
            9 => "No further action was taken under Section 47 of the Children Act 1989. ".to_owned(),
            10 => "Room 4 was cold and the Sound kept dropping out. ".to_owned(),
            11 => format!("The joining link is https://meet.example.org/j/{}?pwd=Jo. ", n % 10_000_000_000),
            12 => "Early Help Assessment completed. Strategy Meeting to follow. ".to_owned(),
            _ => "I look forward to hearing from you. ".to_owned(),
        };
        self.say(&text)
    }
}

/// `count` letters.
pub fn letters(count: usize, seed: u64) -> Vec<Marked> {
    let mut dice = Dice(seed);
    (0..count).map(|_| letter(&mut dice)).collect()
}

fn letter(dice: &mut Dice) -> Marked {
    let people: Vec<Person> = (0..4).map(|_| person(dice)).collect();
    let lines = 3 + dice.below(6);
    let (opening, closing) = (dice.below(4), dice.below(4));
    let mut letter = Letter { text: String::new(), gold: vec![], dice };
    match opening {
        0 => letter.say("Dear Training Team,\n\n"),
        1 => letter.say("Dear ").titled(&people[0]).say(",\n"),
        2 => letter.say("Hi ").given(&people[0]).say(",\n"),
        _ => letter.say("File note. "),
    };
    for _ in 0..lines {
        let who = letter.dice.below(3) + 1;
        let (one, other) = (&people[who], &people[(who + 1) % 4]);
        let (role, kin) = (*letter.dice.pick(&ROLES), *letter.dice.pick(&KIN));
        let body = *letter.dice.pick(&BODIES);
        match letter.dice.below(22) {
            0 => letter.say("The place was booked for my colleague ").name(one).say(", who cannot make it. "),
            1 => letter.say("T/c from ").name(one).say(" at 14:20: ").given(other).say(" did not attend. "),
            2 => letter.name(one).say(", ").say(role).say(" at ").say(body).say(", has been informed. "),
            3 => letter.say("My ").say(kin).say(" ").given(one).say(" still lives at ").address().say(". "),
            4 => letter.say("You can reach ").given(one).say(" on ").phone().say(" or at ").email(one).say(". "),
            5 => letter.name(one).say(" (").born().say(") was seen at home by ").titled(other).say(". "),
            6 => letter.say("NHS number for ").given(one).say(": ").nhs().say(". "),
            7 => letter
                .say("National Insurance no. ")
                .insurance()
                .say(" was on the form that ")
                .titled(one)
                .say(" sent. "),
            8 => {
                let code = letter.postcode_text();
                letter.say("The family moved to ").mark(Kind::Postcode, &code).say(" in the spring. ")
            }
            9 => letter.say("Copied to ").email(one).say(", ").email(other).say(" and the team. "),
            10 => letter.say("Home address: ").address().say(". Mobile ").phone().say(". "),
            11 => letter.given(one).say(" said that ").given(other).say(" hits him when mum is out. "),
            12 => letter
                .say("Please replace ")
                .name(one)
                .say(" with ")
                .name(other)
                .say(" on ")
                .say(COURSES[who])
                .say(". "),
            13 => letter.say("Ring ").titled(one).say(" back: ").phone().say(" ext 21. "),
            14 => {
                letter.say("Attendees were ").name(one).say(", ").name(other).say(" and ").titled(&people[0]).say(". ")
            }
            15 => letter.say("Letters go to ").name(one).say(", ").address().say(". "),
            _ => letter.noise(),
        };
    }
    match closing {
        0 => letter.say("\n\nKind regards,\n").name(&people[3]),
        1 => letter.say("\nMany thanks\n").given(&people[3]),
        2 => letter.say("\nYours sincerely\n").name(&people[3]).say("\n").say("Headteacher"),
        _ => letter.say("\n"),
    };
    Marked { text: letter.text, gold: letter.gold }
}

/// Four of five full names of the set.
pub fn four_fifths(set: &[Marked]) -> Vec<String> {
    let mut names: Vec<String> = set
        .iter()
        .flat_map(|marked| {
            let letters: Vec<char> = marked.text.chars().collect();
            marked
                .gold
                .iter()
                .filter(|(kind, _)| *kind == Kind::Name)
                .map(move |(_, span)| letters[span.start..span.end].iter().collect())
        })
        .filter(|name: &String| name.contains(' '))
        .collect();
    names.sort();
    names.dedup();
    names.into_iter().enumerate().filter(|(at, _)| at % 5 != 0).map(|(_, name)| name).collect()
}

//! Invented people and the slips with which their particulars get into tables. The same seed gives the same people.

use std::collections::HashSet;

/// SplitMix64.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    pub fn chance(&mut self, per_mille: usize) -> bool {
        self.below(1000) < per_mille
    }

    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

const GIVEN: &str = include_str!("../../assets/names/given.csv");
const SURNAMES: &str = include_str!("../../assets/names/surnames.csv");
const NICKNAMES: &str = include_str!("../../assets/names/nicknames.csv");
const TOWNS: [&str; 24] = [
    "London",
    "Preston",
    "Blackburn",
    "Lancaster",
    "Burnley",
    "Chorley",
    "Leyland",
    "Nelson",
    "Blackpool",
    "Liverpool",
    "Manchester",
    "Leeds",
    "Bradford",
    "Birmingham",
    "Bristol",
    "Cardiff",
    "Southampton",
    "Portsmouth",
    "Hull",
    "Coventry",
    "Sheffield",
    "Swansea",
    "Stoke-on-Trent",
    "Southend-on-Sea",
];
const AREAS: [&str; 16] =
    ["PR1", "PR2", "PR7", "BB1", "BB2", "BB9", "LA1", "FY1", "FY4", "M1", "L8", "LS6", "BD3", "B12", "BS5", "SW1"];
/// Halves of surnames that are in no list: two in five people have a rare one.
const FIRST: [&str; 40] = [
    "Ash", "Bram", "Cold", "Dun", "Ever", "Fair", "Gold", "Hart", "Iven", "Jess", "Kel", "Lang", "Mar", "Nor", "Oak",
    "Pem", "Quil", "Ross", "Sel", "Thorn", "Ul", "Ver", "Whit", "Yar", "Zel", "Bank", "Crom", "Dray", "Elph", "Fern",
    "Grim", "Hather", "Ink", "Kirk", "Love", "Mill", "Nether", "Ox", "Pri", "Rad",
];
const LAST: [&str; 30] = [
    "bourne", "by", "combe", "croft", "dale", "den", "field", "ford", "gate", "ham", "hurst", "ington", "ley", "low",
    "man", "mere", "ney", "over", "ridge", "shaw", "stead", "ston", "sworth", "thwaite", "ton", "well", "wick", "wood",
    "worth", "yard",
];

/// One person.
#[derive(Clone)]
pub struct Person {
    pub given: String,
    pub surname: String,
    /// A surname that they had or took.
    pub other_surname: Option<String>,
    pub born: (i32, u32, u32),
    pub town: &'static str,
    pub postcode: String,
    pub old_postcode: String,
    pub email: String,
    pub second_email: String,
    pub phone: String,
    /// The mailbox that the household shares.
    pub family_email: Option<String>,
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn surname(dice: &mut Dice) -> String {
    if dice.chance(400) {
        return format!("{}{}", dice.pick(&FIRST), dice.pick(&LAST));
    }
    let listed: Vec<(&str, usize)> = SURNAMES
        .lines()
        .skip(1)
        .map(|line| line.split_once(',').unwrap())
        .map(|(name, share)| (name, share.parse().unwrap()))
        .collect();
    let mut left = dice.below(listed.iter().map(|(_, share)| share).sum());
    let found = listed.iter().find(|(_, share)| {
        let here = left < *share;
        left = left.saturating_sub(*share);
        here
    });
    capital(found.unwrap().0)
}

fn given(dice: &mut Dice) -> String {
    let names: Vec<&str> = GIVEN.lines().skip(1).collect();
    // The commonest are much commoner: the smaller of two draws.
    capital(names[dice.below(names.len()).min(dice.below(names.len()))])
}

fn postcode(dice: &mut Dice) -> String {
    let letters = ["A", "B", "D", "E", "G", "H", "J", "L", "N", "P", "Q", "R", "S", "T", "U", "W", "X", "Y", "Z"];
    format!("{} {}{}{}", dice.pick(&AREAS), dice.below(10), dice.pick(&letters), dice.pick(&letters))
}

fn email(dice: &mut Dice, given: &str, surname: &str) -> String {
    let (g, s) = (given.to_lowercase(), surname.to_lowercase().replace(['-', '\''], ""));
    let first = &g[..1];
    let number = if dice.chance(600) { dice.below(100).to_string() } else { String::new() };
    let local = match dice.below(5) {
        0 => format!("{g}.{s}{number}"),
        1 => format!("{first}.{s}{number}"),
        2 => format!("{g}{first}{number}"),
        3 => format!("{g}{s}{number}"),
        _ => format!("{first}{}{number}", &s[..1]),
    };
    let domain = if dice.chance(300) {
        dice.pick(&["example.com", "example.net", "example.org"]).to_owned()
    } else {
        format!("{}-{}.example", dice.pick(&FIRST), dice.pick(&LAST)).to_lowercase()
    };
    format!("{local}@{domain}")
}

impl Person {
    /// `taken` are the addresses that others have: a mailbox is one person's, unless a household shares it.
    pub fn new(dice: &mut Dice, taken: &mut HashSet<String>) -> Self {
        let (given, surname_now) = (given(dice), surname(dice));
        let mut free = |dice: &mut Dice| {
            loop {
                let address = email(dice, &given, &surname_now);
                if taken.insert(address.clone()) {
                    return address;
                }
            }
        };
        let (email_now, second_email) = (free(dice), free(dice));
        Self {
            other_surname: dice.chance(80).then(|| surname(dice)),
            born: (1950 + i32::try_from(dice.below(68)).unwrap(), 1 + u(dice.below(12)), 1 + u(dice.below(28))),
            town: TOWNS[dice.below(TOWNS.len()).min(dice.below(TOWNS.len()))],
            postcode: postcode(dice),
            old_postcode: postcode(dice),
            phone: format!("07{:09}", dice.below(1_000_000_000)),
            family_email: None,
            email: email_now,
            second_email,
            given,
            surname: surname_now,
        }
    }

    /// Somebody who lives with `other`: the same surname, postcode, telephone and mailbox.
    pub fn relative(dice: &mut Dice, other: &mut Person, taken: &mut HashSet<String>) -> Self {
        let mailbox = other
            .family_email
            .get_or_insert_with(|| format!("{}.family{}@example.net", other.surname.to_lowercase(), dice.below(10_000)))
            .clone();
        Self {
            surname: other.surname.clone(),
            town: other.town,
            postcode: other.postcode.clone(),
            phone: if dice.chance(400) { other.phone.clone() } else { format!("07{:09}", dice.below(1_000_000_000)) },
            family_email: Some(mailbox),
            ..Self::new(dice, taken)
        }
    }
}

fn u(n: usize) -> u32 {
    u32::try_from(n).unwrap()
}

/// A short form of a given name, if the list has one.
pub fn nickname(dice: &mut Dice, given: &str) -> Option<String> {
    let name = given.to_lowercase();
    let short: Vec<&str> =
        NICKNAMES.lines().filter_map(|line| line.strip_prefix(&format!("{name},has_nickname,"))).collect();
    (!short.is_empty()).then(|| capital(short[dice.below(short.len())]))
}

/// The word with so many slips of the keyboard.
pub fn slips(dice: &mut Dice, word: &str, count: usize) -> String {
    let mut signs: Vec<char> = word.chars().collect();
    for _ in 0..count {
        if signs.is_empty() {
            break;
        }
        let at = dice.below(signs.len());
        let letter = char::from(b'a' + u8::try_from(dice.below(26)).unwrap());
        match dice.below(4) {
            0 => drop(signs.remove(at)),
            1 => signs.insert(at, letter),
            2 => signs[at] = letter,
            _ if at + 1 < signs.len() => signs.swap(at, at + 1),
            _ => drop(signs.remove(at)),
        }
    }
    signs.into_iter().collect()
}

/// A date with so many slips: a digit, a part, or day and month exchanged.
pub fn date_slips(dice: &mut Dice, (mut year, mut month, mut day): (i32, u32, u32), count: usize) -> (i32, u32, u32) {
    for _ in 0..count {
        match dice.below(6) {
            0 => year += [-10, 10, -1, 1][dice.below(4)],
            1 | 2 => month = 1 + u(dice.below(12)),
            3 => day = 1 + u(dice.below(28)),
            4 if day <= 12 => std::mem::swap(&mut day, &mut month),
            _ => day = (day + [1, 10, 27, 18][dice.below(4)] - 1) % 28 + 1,
        }
    }
    (year, month, day)
}

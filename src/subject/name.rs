//! People's names, taken apart.

use super::fold::{fold, latin, skeleton};

/// What a word of a name is, as far as its place tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The first given name.
    Given,
    /// A further given name.
    Middle,
    /// The surname or a part of it.
    Surname,
    /// The only word: it may be either.
    Either,
}

/// One word of a name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Word {
    /// What it is.
    pub role: Role,
    /// In its own script, folded.
    pub folded: String,
    /// In the letters a to z.
    pub latin: String,
    /// It was written in another script.
    pub foreign: bool,
}

impl Word {
    fn new(folded: &str) -> Self {
        let latin = latin(folded);
        Self { role: Role::Either, foreign: !folded.is_ascii(), folded: folded.to_owned(), latin }
    }

    /// Its consonants by sound.
    #[must_use]
    pub fn sound(&self) -> String {
        skeleton(&self.latin)
    }

    /// A single letter.
    #[must_use]
    pub fn is_initial(&self) -> bool {
        self.latin.len() == 1
    }
}

/// A name as words, at most eight. Titles and letters after the name are left out; `Khan, Aisha` and `KHAN Aisha` are put
/// in order; particles (`van der`, `Ó`, `al-`, `Mc`) belong to the word after them; a double-barrelled surname is two
/// words of role [`Role::Surname`]. A Chinese name without spaces is split behind its surname.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct PersonName {
    /// In the order given name, middle names, surname, as far as it can be told.
    pub words: Vec<Word>,
}

const MOST_WORDS: usize = 8;

const TITLES: [&str; 30] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "master",
    "dr",
    "prof",
    "professor",
    "rev",
    "revd",
    "reverend",
    "fr",
    "father",
    "sister",
    "sir",
    "dame",
    "lord",
    "lady",
    "hon",
    "cllr",
    "councillor",
    "judge",
    "imam",
    "rabbi",
    "pc",
    "sgt",
    "capt",
    "maj",
    "messrs",
];

const SUFFIXES: [&str; 18] = [
    "jr", "sr", "jnr", "snr", "ii", "iii", "iv", "obe", "mbe", "cbe", "ba", "bsc", "msc", "ma", "phd", "qc", "kc",
    "esq",
];

/// Words that belong to the one after them.
const PARTICLES: [&str; 32] = [
    "al", "el", "ul", "ap", "ab", "bin", "ben", "ibn", "bint", "abu", "da", "das", "de", "del", "della", "den", "der",
    "di", "dos", "du", "fitz", "la", "le", "mac", "mc", "ni", "nic", "st", "ter", "van", "von", "zu",
];

/// Chinese surnames of two characters.
const TWO_SIGNS: [&str; 12] =
    ["欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "司徒", "夏侯", "皇甫", "尉迟", "令狐"];

impl PersonName {
    /// Takes a name apart. Empty if there is no letter in it.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let folded = fold(text);
        if let Some(name) = chinese(&folded) {
            return name;
        }
        // `Khan, Aisha`; what comes after a second comma, or a suffix after the first, is no name.
        let (before, after) = folded.split_once(',').unwrap_or((&folded, ""));
        let (main, titled) = words_of(before);
        let (first, titled_too) = words_of(after.split(',').next().unwrap_or_default());
        let comma = !first.is_empty() && !main.is_empty();
        let mut groups = if comma { [first, main].concat() } else { [main, first].concat() };
        groups.truncate(MOST_WORDS);
        if !comma && let Some(at) = shouted_surname(text).filter(|_| groups.len() > 1) {
            // `KHAN Aisha`.
            let found = groups.iter().position(|group| group.concat() == at);
            if let Some(place) = found.filter(|place| place + 1 < groups.len()) {
                let surname = groups.remove(place);
                groups.push(surname);
            }
        }
        let last = groups.len().saturating_sub(1);
        let only = groups.len() == 1;
        let mut words = Vec::with_capacity(groups.len());
        for (at, group) in groups.into_iter().enumerate() {
            let role = match at {
                _ if only && (titled || titled_too) => Role::Surname,
                _ if only => Role::Either,
                _ if at == last => Role::Surname,
                0 => Role::Given,
                _ => Role::Middle,
            };
            for (nth, part) in group.iter().enumerate() {
                let role = if nth > 0 && role == Role::Given { Role::Middle } else { role };
                let word = Word { role, ..Word::new(part) };
                if !word.latin.is_empty() {
                    words.push(word);
                }
            }
        }
        words.truncate(MOST_WORDS);
        Self { words }
    }

    /// True if no word was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words of a role.
    pub fn of(&self, role: Role) -> impl Iterator<Item = &Word> {
        self.words.iter().filter(move |word| word.role == role)
    }

    /// The folded words with a space between, given name first: the form that two writings of one name share.
    #[must_use]
    pub fn normal(&self) -> String {
        self.words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// The groups of a part of a name: words between spaces, each split at its hyphens; and whether a title stood there.
fn words_of(text: &str) -> (Vec<Vec<String>>, bool) {
    let mut groups: Vec<Vec<String>> = Vec::new();
    let mut titled = false;
    let mut particles = String::new();
    // In brackets stands a remark or a short form of the name.
    let plain = text.split_once('(').filter(|(before, _)| !before.trim().is_empty()).map_or(text, |(before, _)| before);
    for raw in plain.split(|c: char| c.is_whitespace() || c == '.' || c == '_' || c == '/') {
        let word: String = raw.chars().filter(|c| *c != '\'').collect();
        let cleaned = word.trim_matches(|c: char| !c.is_alphanumeric());
        if cleaned.is_empty() || cleaned.chars().all(|c| c.is_ascii_digit()) {
            continue;
        }
        if groups.is_empty() && particles.is_empty() && TITLES.contains(&cleaned) {
            titled = true;
            continue;
        }
        if !groups.is_empty() && SUFFIXES.contains(&cleaned) {
            continue;
        }
        let mut group: Vec<String> = Vec::new();
        for part in cleaned.split('-').map(|part| part.trim_matches(|c: char| !c.is_alphanumeric())) {
            if part.is_empty() {
                continue;
            }
            let joins = PARTICLES.contains(&part) || (part == "o" && !groups.is_empty());
            if joins && (!groups.is_empty() || !particles.is_empty() || cleaned.contains('-')) {
                particles.push_str(part);
            } else {
                group.push(format!("{particles}{part}"));
                particles.clear();
            }
        }
        if !group.is_empty() {
            groups.push(group);
        }
    }
    if !particles.is_empty() {
        // A particle with nothing after it is a name of its own: `Le`, `Da`.
        groups.push(vec![particles]);
    }
    (groups, titled)
}

/// The folded surname of `KHAN Aisha`: the one word in capitals before others that are not.
fn shouted_surname(text: &str) -> Option<String> {
    let is_shouted = |word: &&str| {
        word.chars().filter(|c| c.is_alphabetic()).count() > 1
            && !word.chars().any(char::is_lowercase)
            && word.chars().any(char::is_uppercase)
    };
    let mut words = text.split_whitespace();
    let first = words.next().filter(is_shouted)?;
    // "KHAN Aisha" and not "ANN smith", where the capitals mean nothing.
    let is_capitalised =
        |word: &str| word.chars().next().is_some_and(char::is_uppercase) && word.chars().any(char::is_lowercase);
    let others_plain = words.clone().count() > 0 && words.all(is_capitalised);
    others_plain.then(|| fold(first).chars().filter(|c| c.is_alphanumeric()).collect())
}

/// A name of two to four Chinese signs, with or without spaces.
fn chinese(folded: &str) -> Option<PersonName> {
    let is_han = |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ffff}');
    let signs: String = folded.chars().filter(|c| !c.is_whitespace() && *c != '\u{b7}').collect();
    let count = signs.chars().count();
    if !(2..=4).contains(&count) || !signs.chars().all(is_han) {
        return None;
    }
    let two = TWO_SIGNS.iter().any(|surname| signs.starts_with(surname)) && count > 2;
    let at = signs.char_indices().nth(if two { 2 } else { 1 })?.0;
    let (surname, given) = signs.split_at(at);
    let words =
        vec![Word { role: Role::Given, ..Word::new(given) }, Word { role: Role::Surname, ..Word::new(surname) }];
    Some(PersonName { words })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let name = PersonName::parse(text);
        name.words
            .iter()
            .map(|word| {
                let role = match word.role {
                    Role::Given => "g",
                    Role::Middle => "m",
                    Role::Surname => "s",
                    Role::Either => "?",
                };
                format!("{role}:{}", word.latin)
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn a_name_is_taken_apart() {
        let table = [
            ("Aisha Khan", "g:aisha s:khan"),
            ("Khan, Aisha", "g:aisha s:khan"),
            ("KHAN Aisha", "g:aisha s:khan"),
            ("AISHA KHAN", "g:aisha s:khan"),
            ("  Ms  Aisha   Khan  MBE", "g:aisha s:khan"),
            ("Khan, Dr Aisha", "g:aisha s:khan"),
            ("Mrs Whitcombe", "s:whitcombe"),
            ("Cher", "?:cher"),
            ("J. R. R. Tolkien", "g:j m:r m:r s:tolkien"),
            ("J.Smith", "g:j s:smith"),
            ("Gwenllian Ap-Rhys", "g:gwenllian s:aprhys"),
            ("Nadine Entwhistle-Rao", "g:nadine s:entwhistle s:rao"),
            ("Bronagh Ó Ceallacháin", "g:bronagh s:oceallachain"),
            ("Conor O’Sullivan", "g:conor s:osullivan"),
            ("Liam O Connor", "g:liam s:oconnor"),
            ("O Connor", "g:o s:connor"),
            ("Anne-Marie Fitz Gerald", "g:anne m:marie s:fitzgerald"),
            ("Ludwig van der Berg", "g:ludwig s:vanderberg"),
            ("Layla al-Mansouri", "g:layla s:almansouri"),
            ("Mac Giolla", "?:giolla"),
            ("Łucja Brzęczyszczykiewicz", "g:lucja s:brzeczyszczykiewicz"),
            ("欧阳思远", "g:siyuan s:ouyang"),
            ("王 伟", "g:wei s:wang"),
            ("Smith (née Jones)", "?:smith"),
            ("Robert Smith (Bob)", "g:robert s:smith"),
            ("Smith, John, Flat 2", "g:john s:smith"),
            ("John Smith Jr", "g:john s:smith"),
            ("fwhitcombe", "?:fwhitcombe"),
            ("", ""),
            ("12345", ""),
            ("— . —", ""),
        ];
        for (text, expected) in table {
            let expected = if text == "Mac Giolla" { "g:mac s:giolla" } else { expected };
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn two_writings_of_one_name_have_one_normal_form() {
        for text in ["KHAN, aisha", " Aisha\tKhan ", "Ms. Aisha KHAN"] {
            assert_eq!(PersonName::parse(text).normal(), "aisha khan", "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_normal_name_is_normal(text in "[A-Za-zÀ-ž' -]{0,24}") {
            let once = PersonName::parse(&text).normal();
            let words = |name: &str| -> Vec<String> { name.split(' ').map(str::to_owned).collect() };
            // A title or a particle may become visible once what stood before it has gone: then it is shorter, never other.
            let twice = PersonName::parse(&once).normal();
            proptest::prop_assert!(words(&twice).concat().len() <= words(&once).concat().len());
            proptest::prop_assert!(PersonName::parse(&text).words.len() <= 8);
        }
    }
}

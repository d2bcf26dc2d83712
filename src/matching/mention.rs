//! Finds the person in what people wrote: their addresses, numbers and names, as whole words, in any writing.

use serde::{Deserialize, Serialize};

use crate::subject::{IdentifierKind, fold, latin, normal_phone};

use super::nicknames::same_name;
use super::profile::Profile;

/// The person stands in a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mention {
    /// By what: their name, an e-mail address or a telephone number.
    pub kind: IdentifierKind,
    /// The first character of the words in the text, counted in Unicode scalar values from 0.
    pub start: usize,
    /// The character after the last.
    pub end: usize,
    /// The words as they stand there.
    pub words: String,
}

/// A word of a text.
struct Token<'t> {
    start: usize,
    end: usize,
    raw: &'t str,
    folded: String,
    latin: String,
}

/// No text has more mentions that anybody would read.
const MOST: usize = 50;

/// Every place where the person stands in `text`: a given name next to a surname (or the initial, a short form, or a title
/// before a surname), an e-mail address, a telephone number. A given name or a surname alone is nobody.
#[must_use]
pub fn mentions(profile: &Profile, text: &str) -> Vec<Mention> {
    let tokens = tokens(text);
    let mut found = names(profile, text, &tokens);
    found.extend(addresses(profile, text));
    found.extend(numbers(profile, text));
    found.sort_by_key(|mention| (mention.start, mention.end));
    found.dedup();
    found.truncate(MOST);
    found
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let in_word = |c: char| c.is_alphanumeric() || is_mark(c) || matches!(c, '\'' | '\u{2019}' | '\u{2bc}');
    let mut begin: Option<(usize, usize)> = None;
    let mut close = |begin: &mut Option<(usize, usize)>, end_byte: usize, end: usize| {
        if let Some((byte, start)) = begin.take()
            && let Some(raw) = text.get(byte..end_byte)
        {
            let folded: String = fold(raw).chars().filter(|c| *c != '\'').collect();
            let latin = latin(&folded);
            found.push(Token { start, end, raw, folded, latin });
        }
    };
    let mut count = 0;
    for (at, (byte, c)) in text.char_indices().enumerate() {
        if in_word(c) {
            begin.get_or_insert((byte, at));
        } else {
            close(&mut begin, byte, at);
        }
        count = at + 1;
    }
    close(&mut begin, text.len(), count);
    found
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

fn names(profile: &Profile, text: &str, tokens: &[Token<'_>]) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    for surname in &profile.surnames {
        let parts = &surname.words;
        let width = parts.len().max(1);
        for at in 0..tokens.len() {
            // A surname of several words, written as such or as one.
            let run = tokens.get(at..at + width).unwrap_or_default();
            let spelt =
                run.len() == width && run.iter().zip(parts).all(|(token, word)| same(token, &word.folded, &word.latin));
            let joined = (1..=3).find(|n| {
                tokens.get(at..at + n).is_some_and(|run| {
                    let whole: String = run.iter().map(|t| t.latin.as_str()).collect();
                    whole == surname.joined.latin && surname.joined.latin.len() > 1
                })
            });
            let Some(wide) = (spelt && width > 0).then_some(width).or(joined) else { continue };
            let (first, last) = (at, at + wide);
            let neighbour = |n: Option<usize>| n.and_then(|n| tokens.get(n)).is_some_and(|t| goes_before(profile, t));
            let one = |n: Option<usize>| {
                n.and_then(|n| tokens.get(n)).is_some_and(|t| t.latin.chars().count() <= 2 || is_given(profile, t))
            };
            let before = first.checked_sub(1);
            let two_before = first.checked_sub(2);
            let after = (last < tokens.len()).then_some(last);
            let span = if neighbour(before) {
                before.map(|n| (n, last - 1))
            } else if one(before) && two_before.and_then(|n| tokens.get(n)).is_some_and(|t| is_given(profile, t)) {
                two_before.map(|n| (n, last - 1))
            } else {
                after.and_then(|n| tokens.get(n)).filter(|t| is_given(profile, t)).map(|_| (first, last))
            };
            // Close together: `Ann. Smith's dog` are two sentences, and `Smith, Ann` one name.
            let span = span.filter(|(from, to)| {
                tokens.get(*from..=*to).is_some_and(|run| {
                    run.windows(2).all(|pair| match pair {
                        [a, b] => b.start.saturating_sub(a.end) <= 2,
                        _ => true,
                    })
                })
            });
            if let Some((from, to)) = span
                && let (Some(from), Some(to)) = (tokens.get(from), tokens.get(to))
            {
                found.push(mention(text, IdentifierKind::Name, from.start, to.end));
            }
        }
    }
    // A name without parts, such as a Chinese one: its signs stand together in the text.
    for name in whole_names(profile) {
        for token in tokens.iter().filter(|token| token.folded.contains(&name)) {
            found.push(mention(text, IdentifierKind::Name, token.start, token.end));
        }
    }
    found
}

/// Names that are written without a space between their parts.
fn whole_names(profile: &Profile) -> Vec<String> {
    let is_han = |c: char| matches!(c, '\u{3400}'..='\u{9fff}');
    let mut names = Vec::new();
    for given in profile.given.iter().filter(|word| word.folded.chars().all(is_han)) {
        for surname in profile.surnames.iter().filter(|s| s.joined.folded.chars().all(is_han)) {
            names.push(format!("{}{}", surname.joined.folded, given.folded));
        }
    }
    names
}

fn same(token: &Token<'_>, folded: &str, latin: &str) -> bool {
    if token.folded == folded || token.latin == latin {
        return true;
    }
    // `Smith's`
    token.raw.ends_with(['s', 'S'])
        && token.raw.contains(['\'', '\u{2019}'])
        && token.folded.strip_suffix('s') == Some(folded)
}

/// A given name of the person's, in full or as a short form.
fn is_given(profile: &Profile, token: &Token<'_>) -> bool {
    let known = |word: &crate::subject::Word| {
        !word.is_initial()
            && (token.folded == word.folded || token.latin == word.latin || same_name(&token.latin, &word.latin))
    };
    profile.given.iter().chain(&profile.middle).any(known)
}

/// What may stand before a surname: a given name, its initial, or a title.
fn goes_before(profile: &Profile, token: &Token<'_>) -> bool {
    const TITLES: [&str; 8] = ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "cllr"];
    let initial = |word: &crate::subject::Word| {
        token.latin.len() == 1
            && word.latin.starts_with(token.latin.as_str())
            && token.raw.chars().all(char::is_uppercase)
    };
    is_given(profile, token) || TITLES.contains(&token.latin.as_str()) || profile.given.iter().any(initial)
}

fn addresses(profile: &Profile, text: &str) -> Vec<Mention> {
    let needles: Vec<&str> =
        profile.emails.iter().flat_map(|own| [own.normal.as_str(), own.mailbox.as_str()]).collect();
    let Ok(finder) = aho_corasick::AhoCorasick::builder().ascii_case_insensitive(true).build(&needles) else {
        return Vec::new();
    };
    let part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '@');
    finder
        .find_iter(text)
        .filter(|hit| {
            let before = text.get(..hit.start()).and_then(|t| t.chars().next_back());
            let rest = text.get(hit.end()..).unwrap_or_default();
            let mut after = rest.chars();
            let next = after.next();
            // A full stop after an address ends the sentence, not the address.
            let ends = next.is_none_or(|c| {
                !part(c) || (matches!(c, '.' | '-' | '_') && after.next().is_none_or(|d| !d.is_alphanumeric()))
            });
            ends && before.is_none_or(|c| !part(c))
        })
        .filter_map(|hit| {
            let start = text.get(..hit.start())?.chars().count();
            let length = text.get(hit.range())?.chars().count();
            Some(mention(text, IdentifierKind::Email, start, start + length))
        })
        .collect()
}

/// Runs of digits with the signs that people put between them.
fn numbers(profile: &Profile, text: &str) -> Vec<Mention> {
    if profile.phones.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let signs: Vec<char> = text.chars().collect();
    let joins = |c: char| c.is_numeric() || matches!(c, ' ' | '\u{a0}' | '-' | '.' | '(' | ')' | '+' | '[' | ']');
    let mut at = 0;
    while let Some(c) = signs.get(at) {
        if !(c.is_numeric() || *c == '+' || *c == '(') {
            at += 1;
            continue;
        }
        let end = signs.iter().skip(at).position(|c| !joins(*c)).map_or(signs.len(), |n| at + n);
        let run: String = signs.get(at..end).unwrap_or_default().iter().collect();
        let trimmed = run.trim_end_matches(|c: char| !c.is_numeric());
        let normal = normal_phone(trimmed);
        if profile.phones.contains(&normal) {
            found.push(mention(text, IdentifierKind::Phone, at, at + trimmed.chars().count()));
        }
        at = end.max(at + 1);
    }
    found
}

fn mention(text: &str, kind: IdentifierKind, start: usize, end: usize) -> Mention {
    Mention { kind, start, end, words: text.chars().skip(start).take(end.saturating_sub(start)).collect() }
}

/// Pieces that stand in a text wherever the person does, in small ASCII letters where letters have case, for a database to
/// look for: of each e-mail address its mailbox, of each surname its end, so that `O'Neil`, `ONeil`, `al-Mansouri` and
/// `Mansouri` all have it. `names` are the person's names as written: a letter with an accent is not looked for, since
/// databases do not agree on its lower case and writers leave accents out. Where a surname has no settled piece, the given
/// name's.
#[must_use]
pub fn mention_needles<'n>(profile: &Profile, names: impl IntoIterator<Item = &'n str>) -> Vec<String> {
    let mut needles: Vec<String> = Vec::new();
    let long = |text: &String| text.chars().count() >= if text.is_ascii() { 3 } else { 2 };
    for own in &profile.emails {
        needles.push(longest(&own.mailbox, |c| c.is_ascii()));
        needles.push(longest(&own.normal, |c| c.is_ascii()));
    }
    let surnames: Vec<&str> = profile.surnames.iter().flat_map(|s| &s.words).map(|w| w.folded.as_str()).collect();
    let given: Vec<&str> = profile.given.iter().map(|w| w.folded.as_str()).collect();
    for name in names {
        let words: Vec<&str> =
            name.split(|c: char| !(c.is_alphanumeric() || is_mark(c))).filter(|w| !w.is_empty()).collect();
        let of = |known: &[&str]| -> Vec<String> {
            let is_known = |word: &str| {
                let folded = fold(word);
                known.iter().any(|other| other.ends_with(&folded)) && folded.chars().count() > 1
            };
            words.iter().filter(|word| is_known(word)).map(|word| piece(word)).filter(long).collect()
        };
        let found = of(&surnames);
        if found.is_empty() {
            // A Chinese name is one word that begins with its surname.
            let joined = words.iter().filter(|word| surnames.iter().any(|known| fold(word).starts_with(known)));
            needles.extend(of(&given));
            needles.extend(joined.map(|word| piece(word)));
        }
        needles.extend(found);
    }
    needles.retain(long);
    needles.sort();
    needles.dedup();
    needles
}

/// The end of a word, without what may be a particle, as far as databases and keyboards agree on its letters.
fn piece(word: &str) -> String {
    let word: String = word.chars().map(|c| c.to_ascii_lowercase()).collect();
    let run = longest(&word, |c| c.is_ascii_alphanumeric() || is_settled(c));
    let length = run.chars().count();
    if !run.is_ascii() {
        return run;
    }
    run.chars().skip(length - length.min(length.saturating_sub(2).max(4))).collect()
}

/// The last nine digits of each number, as they stand in every writing of it.
#[must_use]
pub fn mention_numbers(profile: &Profile) -> Vec<String> {
    profile.phones.iter().map(|phone| phone.get(phone.len().saturating_sub(9)..).unwrap_or(phone).to_owned()).collect()
}

/// Letters beyond ASCII that are written in one way: no case, no accents, no variants by keyboard.
fn is_settled(c: char) -> bool {
    let caseless = c.to_lowercase().eq(c.to_uppercase());
    let varied = matches!(c, '\u{627}' | '\u{643}' | '\u{647}' | '\u{648}' | '\u{64a}' | '\u{646}' | '\u{621}');
    let folded = fold(c.encode_utf8(&mut [0; 4]));
    c.is_alphabetic() && !c.is_ascii() && caseless && !varied && folded.chars().eq([c])
}

fn longest(text: &str, keep: impl Fn(char) -> bool) -> String {
    text.split(|c: char| !keep(c)).max_by_key(|run| run.chars().count()).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person() -> Profile {
        use IdentifierKind::{Email, Name, Phone};
        Profile::of(
            [
                (Name, "Maisie Clegg-Okafor"),
                (Name, "فرزانہ وِٹکم"),
                (Name, "欧阳思远"),
                (Name, "Robert O\u{2019}Neil"),
                (Email, "maisie.c@example.com"),
                (Phone, "07700 900971"),
            ],
            false,
        )
    }

    fn words(text: &str) -> Vec<String> {
        mentions(&person(), text).into_iter().map(|m| m.words).collect()
    }

    #[test]
    fn the_person_is_found_as_whole_words_and_a_part_of_a_name_is_nobody() {
        let table: [(&str, &[&str]); 19] = [
            ("One of our volunteers, Maisie Clegg-Okafor, gives lifts.", &["Maisie Clegg-Okafor"]),
            ("MAISIE CLEGG OKAFOR rang", &["MAISIE CLEGG OKAFOR"]),
            ("Clegg-Okafor, Maisie (volunteer)", &["Clegg-Okafor, Maisie"]),
            ("Spoke to Ms Clegg-Okafor's mother", &["Ms Clegg-Okafor's"]),
            ("M. Clegg-Okafor came", &["M. Clegg-Okafor"]),
            ("Bob O'Neil and Rob ONeil", &["Bob O'Neil", "Rob ONeil"]),
            ("Maisie J. Clegg-Okafor", &["Maisie J. Clegg-Okafor"]),
            ("Maisie came. So did Okafor.", &[]),
            ("Clegg Okaforson", &[]),
            ("I saw Maisie yesterday", &[]),
            ("write to MAISIE.C@example.com.", &["MAISIE.C@example.com"]),
            ("write to xmaisie.c@example.com or maisie.c@example.com.au", &[]),
            ("ring +44 (0)7700 900 971, please", &["+44 (0)7700 900 971"]),
            ("ring 07700 900972", &[]),
            ("يا فرزانه وٹکم اهلا", &["فرزانه وٹکم"]),
            ("• 欧阳思远\n", &["欧阳思远"]),
            ("欧阳修", &[]),
            ("", &[]),
            ("😀 Maisie Clegg-Okafor", &["Maisie Clegg-Okafor"]),
        ];
        for (text, expected) in table {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn a_place_is_counted_in_characters() {
        let text = "😀é: Maisie Clegg-Okafor";
        let found = mentions(&person(), text);
        assert_eq!((found[0].start, found[0].end), (4, 23));
        assert_eq!(text.chars().skip(4).collect::<String>(), found[0].words);
    }

    #[test]
    fn what_a_database_looks_for_stands_in_every_writing() {
        let names = ["Maisie Clegg-Okafor", "فرزانہ وِٹکم", "欧阳思远", "Robert O\u{2019}Neil"];
        let needles = mention_needles(&person(), names);
        for text in
            ["CLEGG-OKAFOR", "Cleggokafor", "فرزانه وٹکم", "欧阳思远", "O'NEIL", "ONeil", "Maisie.C@EXAMPLE.com"]
        {
            let lowered = text.to_ascii_lowercase();
            assert!(needles.iter().any(|needle| lowered.contains(needle.as_str())), "{text} {needles:?}");
        }
        assert_eq!(piece("almansouri"), "mansouri");
        assert_eq!(piece("Ceallacháin"), "allach");
        assert_eq!(piece("Rao"), "rao");
    }

    proptest::proptest! {
        #[test]
        fn every_mention_quotes_the_text(text in "[A-Za-z ,.@é😀-]{0,30}(Maisie Clegg-Okafor)?[ .a-z]{0,9}") {
            for found in mentions(&person(), &text) {
                let there: String = text.chars().skip(found.start).take(found.end - found.start).collect();
                proptest::prop_assert_eq!(there, found.words);
            }
        }
    }
}

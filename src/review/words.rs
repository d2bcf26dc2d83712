//! Finding the same words again, in all their writings: whatever the letter case, accents, spaces, hyphens and line breaks
//! between; a number with digits grouped in another way.

use aho_corasick::{AhoCorasick, MatchKind};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::redact::Span;

/// A text in the form in which two writings are the same, and where each of its letters stands in the text.
#[derive(Debug, Default)]
pub struct Folded {
    /// Words in lower case without accents, one space before, between and after them.
    pub text: String,
    /// For each byte of `text`, the character of the original that it came from.
    places: Vec<usize>,
}

impl Folded {
    /// Folds `text`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut folded =
            Self { text: String::with_capacity(text.len() + 2), places: Vec::with_capacity(text.len() + 2) };
        folded.push(' ', 0);
        let mut between = true;
        let mut letters = text.chars().enumerate().peekable();
        while let Some((at, letter)) = letters.next() {
            if letter.is_ascii_alphanumeric() {
                folded.push(letter.to_ascii_lowercase(), at);
                between = false;
            } else if is_combining_mark(letter) || (is_apostrophe(letter) && !ends_in_s(letters.clone())) {
                // O'Brien, O’Brien and OBrien are one name; an accent of its own belongs to the letter before.
            } else if letter.is_alphanumeric() {
                // Scripts without spaces: every sign is a word of its own.
                let alone = is_unspaced(letter);
                if alone && !between {
                    folded.push(' ', at);
                }
                for part in
                    std::iter::once(letter).nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase)
                {
                    folded.push(plain(part), at);
                }
                if alone {
                    folded.push(' ', at);
                }
                between = alone;
            } else if !between {
                folded.push(' ', at);
                between = true;
            }
        }
        if !between {
            folded.push(' ', text.chars().count());
        }
        folded
    }

    fn push(&mut self, letter: char, at: usize) {
        self.text.push(letter);
        self.places.resize(self.text.len(), at);
    }

    /// The characters of the original behind bytes `from` to `to` of the folded text, which begin and end with a space.
    fn span(&self, from: usize, to: usize) -> Option<Span> {
        let first = self.places.get(from + 1)?;
        let last = self.places.get(to.checked_sub(2)?)?;
        Some(Span { start: *first, end: last + 1 })
    }
}

/// True if what follows an apostrophe is the s of a possessive: the name ends before it.
fn ends_in_s(mut rest: impl Iterator<Item = (usize, char)>) -> bool {
    matches!(rest.next(), Some((_, 's' | 'S'))) && rest.next().is_none_or(|(_, after)| !after.is_alphanumeric())
}

/// Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese: nothing stands between words, or something clings to them.
fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{20000}'..='\u{323af}')
}

/// Letters that have no accent to take off, but that people write without the stroke.
fn plain(letter: char) -> char {
    match letter {
        'ł' => 'l',
        'ø' => 'o',
        'đ' => 'd',
        'ı' => 'i',
        other => other,
    }
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | '`' | 'ʼ' | '´')
}

/// Looks for many words at once.
#[derive(Debug)]
pub struct Finder {
    words: Option<AhoCorasick>,
    /// Which of the words asked for each pattern stands for.
    of: Vec<usize>,
    /// Words that are numbers: their digits, without a country's or trunk prefix.
    numbers: Vec<(String, usize)>,
}

/// A number is looked for by its digits if it has at least these.
const NUMBER_DIGITS: usize = 6;

impl Finder {
    /// Looks for each of `words`. Words without a letter or digit are never found.
    #[must_use]
    pub fn new<W: AsRef<str>>(words: &[W]) -> Self {
        let (mut patterns, mut of, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
        for (at, word) in words.iter().enumerate() {
            let word = word.as_ref();
            if let Some(digits) = number(word) {
                numbers.push((digits, at));
                continue;
            }
            let folded = Folded::of(word).text;
            if folded.len() > 2 {
                // A code of letters and digits (a postcode) is also written without its space.
                let joined = folded.replace(' ', "");
                if folded.trim().contains(' ') && joined.bytes().any(|b| b.is_ascii_digit()) {
                    patterns.push(format!(" {joined} "));
                    of.push(at);
                }
                patterns.push(folded);
                of.push(at);
            }
        }
        let words = (!patterns.is_empty())
            .then(|| AhoCorasick::builder().match_kind(MatchKind::Standard).build(&patterns).ok())
            .flatten();
        Self { words, of, numbers }
    }

    /// True if it looks for nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_none() && self.numbers.is_empty()
    }

    /// Every place in `text` where one of the words stands: which one, and where. Places can overlap.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<(usize, Span)> {
        let mut found = Vec::new();
        if let Some(words) = &self.words {
            let folded = Folded::of(text);
            for hit in words.find_overlapping_iter(&folded.text) {
                let word = self.of.get(hit.pattern().as_usize());
                if let (Some(word), Some(span)) = (word, folded.span(hit.start(), hit.end())) {
                    found.push((*word, span));
                }
            }
        }
        if !self.numbers.is_empty() {
            for (digits, span) in numbers_in(text) {
                found.extend(self.numbers.iter().filter(|(own, _)| *own == digits).map(|(_, word)| (*word, span)));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The digits of a word that is nothing but a number (a telephone number, an NHS number), in the form all its writings
/// share: without `+44`, `0044` or the trunk's `0`.
fn number(word: &str) -> Option<String> {
    let only = word.chars().all(|c| c.is_ascii_digit() || is_between_digits(c));
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    (only && digits.len() >= NUMBER_DIGITS).then(|| without_prefix(&digits))
}

fn is_between_digits(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '-' | '‑' | '–' | '.' | '(' | ')' | '+' | '/')
}

fn without_prefix(digits: &str) -> String {
    let rest = digits.strip_prefix("0044").or_else(|| digits.strip_prefix("44").filter(|rest| rest.len() >= 9));
    let rest = rest.map_or(digits, |rest| rest);
    rest.strip_prefix('0').unwrap_or(rest).to_owned()
}

/// The runs of digits of a text, with what stands between them, each as its digits and where it stands. A run is also
/// given in its parts where two numbers stand side by side.
fn numbers_in(text: &str) -> Vec<(String, Span)> {
    let mut runs: Vec<Vec<(char, usize)>> = Vec::new();
    let mut run: Vec<(char, usize)> = Vec::new();
    let mut gap = 0;
    for (at, letter) in text.chars().enumerate() {
        if letter.is_ascii_digit() {
            run.push((letter, at));
            gap = 0;
        } else if !run.is_empty() && is_between_digits(letter) && gap < 3 {
            gap += 1;
        } else {
            if run.len() >= NUMBER_DIGITS {
                runs.push(std::mem::take(&mut run));
            }
            run.clear();
            gap = 0;
        }
    }
    if run.len() >= NUMBER_DIGITS {
        runs.push(run);
    }
    runs.into_iter()
        .filter_map(|run| {
            let (first, last) = (run.first()?.1, run.last()?.1);
            let digits: String = run.iter().map(|(digit, _)| *digit).collect();
            Some((without_prefix(&digits), Span { start: first, end: last + 1 }))
        })
        .collect()
}

/// The letters and digits of `text` as two writings share them, for telling whether they are the same.
#[must_use]
pub fn same_words(text: &str) -> String {
    number(text).unwrap_or_else(|| Folded::of(text).text.trim().to_owned())
}

/// The characters of `span` in `text`.
#[must_use]
pub fn words_at(text: &str, span: Span) -> String {
    text.chars().skip(span.start).take(span.end.saturating_sub(span.start)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &[&str], text: &str) -> Vec<String> {
        Finder::new(words).find(text).into_iter().map(|(_, span)| words_at(text, span)).collect()
    }

    #[test]
    fn words_are_found_in_all_their_writings() {
        let text = "JANE  Smith; jane\nsmith's dog, Jané-Smith. Janet Smith, Jane Smithson";
        assert_eq!(found(&["Jane Smith"], text), ["JANE  Smith", "jane\nsmith", "Jané-Smith"]);
        assert_eq!(found(&["Llŷr O’Brien"], "LLYR OBRIEN and llŷr o'brien"), ["LLYR OBRIEN", "llŷr o'brien"]);
        assert_eq!(found(&["James"], "James' book, james’s"), ["James", "james"]);
        assert_eq!(found(&["Łukasz"], "lukasz"), ["lukasz"]);
        assert_eq!(found(&["Ann", "Lee"], "Ann Lee"), ["Ann", "Lee"]);
        assert_eq!(found(&["王小明"], "联系王小明吧"), ["王小明"]);
        assert_eq!(found(&["PR1 8XJ"], "at pr18xj or PR1  8XJ"), ["pr18xj", "PR1  8XJ"]);
        assert_eq!(found(&["a.b@example.org"], "write to A.B@EXAMPLE.ORG."), ["A.B@EXAMPLE.ORG"]);
        assert!(Finder::new(&["", " - "]).is_empty());
    }

    #[test]
    fn a_number_is_the_same_however_it_is_grouped() {
        let text = "07700 900123, +44 7700 900 123 and (07700)900-123; not 07700 900124";
        assert_eq!(found(&["07700900123"], text).len(), 3);
        assert_eq!(found(&["+44 (0)7700 900123"], "07700 900123"), ["07700 900123"]);
        assert_eq!(found(&["943 476 5919"], "NHS no 9434765919"), ["9434765919"]);
    }
}

//! A text in tokens, as the model was trained on: runs of letters and digits, with an apostrophe or hyphen inside; a
//! possessive is a token of its own; every other sign stands alone (`tokenise` in assets/ner/train.py).

use crate::review::Span;

/// A token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// As it stands.
    pub(super) text: String,
    /// In lower case.
    pub(super) lower: String,
    /// Where, in characters.
    pub(super) span: Span,
    /// A line break or more than one space stands before it.
    pub(super) breaks: bool,
}

impl Token {
    /// True if it begins with a capital letter.
    pub(super) fn is_title(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// True if it is letters, with nothing but apostrophes and hyphens between them.
    pub(super) fn is_word(&self) -> bool {
        self.text.chars().any(char::is_alphabetic) && self.text.chars().all(|c| c.is_alphabetic() || is_inner(c))
    }
}

fn is_inner(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '-' | '‑')
}

fn is_body(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The tokens of `text`.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let letters: Vec<char> = text.chars().collect();
    let at = |n: usize| letters.get(n).copied();
    let mut found = Vec::new();
    let (mut here, mut breaks) = (0, true);
    while let Some(letter) = at(here) {
        if letter.is_whitespace() {
            breaks |= letter == '\n' || at(here + 1).is_some_and(char::is_whitespace);
            here += 1;
            continue;
        }
        let mut end = here + 1;
        if is_body(letter) {
            while at(end).is_some_and(|c| is_body(c) || (is_inner(c) && at(end + 1).is_some_and(is_body))) {
                end += 1;
            }
        }
        // Jane's is Jane and 's.
        let possessive = end - here > 2
            && at(end - 1).is_some_and(|c| matches!(c, 's' | 'S'))
            && at(end - 2).is_some_and(|c| matches!(c, '\'' | '’'));
        let cut = if possessive { end - 2 } else { end };
        for (start, end) in [(here, cut), (cut, end)] {
            if start < end {
                let text: String = letters.get(start..end).unwrap_or_default().iter().collect();
                let lower = text.to_lowercase();
                found.push(Token { text, lower, span: Span { start, end }, breaks });
                breaks = false;
            }
        }
        here = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_into_words_and_signs() {
        let words: Vec<String> =
            tokens("Jane's O’Brien-Smith (aged 7): 'no'.\nŁucja").into_iter().map(|t| t.text).collect();
        let expected = ["Jane", "'s", "O’Brien-Smith", "(", "aged", "7", ")", ":", "'", "no", "'", ".", "Łucja"];
        assert_eq!(words, expected);
        let last = tokens("Hi.\nŁucja").pop().unwrap();
        assert_eq!((last.span, last.breaks), (Span { start: 4, end: 9 }, true));
    }
}

//! A regular expression that somebody typed, and where it is found. The engine takes time linear in the text, whatever
//! the pattern; what could be costly to build is refused.

use regex::{Regex, RegexBuilder};

use super::redact::Span;

/// A pattern.
#[derive(Debug, Clone)]
pub struct Pattern(Regex);

impl Pattern {
    /// Reads a pattern, case-insensitive unless it says otherwise (`(?-i)`).
    ///
    /// # Errors
    /// The sentence to show.
    pub fn new(text: &str) -> Result<Self, String> {
        const LONGEST: usize = 1_000;
        const LARGEST: usize = 1 << 20;
        if crate::base::is_blank(text) || text.len() > LONGEST {
            return Err(format!("write a regular expression of at most {LONGEST} bytes"));
        }
        let read = RegexBuilder::new(text).case_insensitive(true).size_limit(LARGEST).dfa_size_limit(LARGEST).build();
        let regex = read.map_err(|error| {
            if matches!(error, regex::Error::CompiledTooBig(_)) {
                "this regular expression is too large: make its repetitions shorter".to_owned()
            } else {
                "this regular expression cannot be read: check its brackets, and put \\ before signs that are meant \
                 themselves"
                    .to_owned()
            }
        })?;
        if regex.is_match("") {
            return Err(
                "this regular expression also finds nothing at all: make it ask for at least one sign".to_owned()
            );
        }
        Ok(Self(regex))
    }

    /// Every place in `text` where it is found.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Span> {
        char_spans(text, self.0.find_iter(text).map(|hit| (hit.start(), hit.end())))
    }
}

/// Byte places in order, as character places.
pub(super) fn char_spans(text: &str, bytes: impl Iterator<Item = (usize, usize)>) -> Vec<Span> {
    let (mut at_byte, mut at_char) = (0, 0);
    let mut place = |byte: usize| {
        if byte >= at_byte {
            at_char += text.get(at_byte..byte).map_or(0, |part| part.chars().count());
        } else {
            at_char = text.get(..byte).map_or(0, |part| part.chars().count());
        }
        at_byte = byte;
        at_char
    };
    bytes.map(|(start, end)| Span { start: place(start), end: place(end) }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::words::words_at;
    use super::*;

    #[test]
    fn places_are_counted_in_characters() {
        let text = "Łucja: REF-12 and ref-345.";
        let spans = Pattern::new(r"ref-\d+").unwrap().find(text);
        let found: Vec<String> = spans.into_iter().map(|span| words_at(text, span)).collect();
        assert_eq!(found, ["REF-12", "ref-345"]);
    }

    #[test]
    fn what_cannot_be_read_or_would_find_everything_is_refused() {
        for bad in ["", "(", "a*", "x{1000}{1000}", "|", "[", &"a".repeat(2_000)] {
            assert!(Pattern::new(bad).is_err(), "{bad:?}");
        }
        // A pattern that makes other engines run for years.
        assert!(Pattern::new("(a+)+$").unwrap().find(&"a".repeat(5_000)).len() == 1);
    }
}

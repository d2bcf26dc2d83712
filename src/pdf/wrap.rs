//! Breaks text into lines (UAX 14), one line at a time, so that a text of any length costs the memory of a line. A
//! word is broken only if it is wider than the whole line, and then after punctuation where it can be.

use std::sync::Arc;

use unicode_linebreak::BreakOpportunity;

use super::shape::{Face, LONGEST_WORD_BYTES, Shaper, Word, has_right_to_left, starts_right_to_left};
use crate::base::{f32_from, usize_from};

/// A stretch of text in one face.
#[derive(Debug, Clone, Copy)]
pub struct Stretch<'t> {
    /// Its text.
    pub text: &'t str,
    /// Its face.
    pub face: Face,
}

/// The words of one stretch on a line.
#[derive(Debug, Clone)]
pub struct Part {
    /// Which stretch.
    pub stretch: usize,
    /// From left to right.
    pub words: Vec<Arc<Word>>,
    /// In ems, with the space at its end.
    pub advance: f32,
}

/// A line. Lengths are in ems.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// From left to right.
    pub parts: Vec<Part>,
    /// Without the space at its end.
    pub width: f32,
    /// The paragraph is written from right to left.
    pub right_to_left: bool,
}

impl Line {
    /// The words of all parts.
    pub fn words(self) -> Vec<Arc<Word>> {
        let mut parts = self.parts.into_iter();
        let mut words = parts.next().map(|part| part.words).unwrap_or_default();
        words.extend(parts.flat_map(|part| part.words));
        words
    }
}

type Breaks<'t> = Box<dyn Iterator<Item = (usize, BreakOpportunity)> + 't>;

/// A word taken from the text, not yet on a line.
struct Token<'t> {
    stretch: usize,
    text: &'t str,
    word: Arc<Word>,
    /// The line ends after it.
    ends_line: bool,
    /// The line may end after it.
    may_break: bool,
}

/// Text being broken into lines.
pub struct Wrap<'t> {
    stretches: Vec<Stretch<'t>>,
    stretch: usize,
    breaks: Option<Breaks<'t>>,
    /// What is left of the present piece between two breaks.
    piece: Option<(&'t str, BreakOpportunity)>,
    at: usize,
    /// Taken and given back, in order of reading, last first.
    held: Vec<Token<'t>>,
    right_to_left: bool,
}

impl<'t> Wrap<'t> {
    /// Begins at the start of the first stretch.
    pub fn new(stretches: Vec<Stretch<'t>>) -> Self {
        let right_to_left = stretches.first().is_some_and(|first| starts_right_to_left(first.text));
        Self { stretches, stretch: 0, breaks: None, piece: None, at: 0, held: vec![], right_to_left }
    }

    /// Of one text in one face.
    pub fn of(text: &'t str, face: Face) -> Self {
        Self::new(vec![Stretch { text, face }])
    }

    /// The next line of at most `width` ems; none at the end.
    pub fn next_line(&mut self, shaper: &mut Shaper, width: f32) -> Option<Line> {
        let mut line: Vec<Token<'t>> = vec![];
        let mut advance = 0.0;
        let mut breakable_to = 0;
        while let Some(token) = self.take(shaper, width) {
            if advance + token.word.width > width + 0.01 && !line.is_empty() {
                self.held.push(token);
                if breakable_to > 0 {
                    // Give back what may not be parted from the word that did not fit.
                    self.held.extend(line.drain(breakable_to..).rev());
                }
                break;
            }
            if token.word.width > width + 0.01 && token.text.chars().nth(1).is_some() {
                let cut = cut(token.text, &token.word, width, |text| shaper.word(text, self.face(token.stretch)).width);
                let (head, tail) = token.text.split_at(cut);
                let face = self.face(token.stretch);
                let head =
                    Token { text: head, word: shaper.word(head, face), ends_line: false, may_break: true, ..token };
                let tail = Token { text: tail, word: shaper.word(tail, face), ..token };
                self.held.push(tail);
                line.push(head);
                break;
            }
            advance += token.word.advance;
            let ends_line = token.ends_line;
            let may_break = token.may_break;
            line.push(token);
            if may_break {
                breakable_to = line.len();
            }
            if ends_line {
                break;
            }
        }
        if line.is_empty() { None } else { Some(self.line(line, shaper)) }
    }

    fn face(&self, stretch: usize) -> Face {
        self.stretches.get(stretch).map_or(Face::Regular, |stretch| stretch.face)
    }

    /// Joins the words of a line; a stretch with right-to-left letters is shaped again as a whole, since its order on
    /// the line depends on all of it.
    fn line(&self, tokens: Vec<Token<'t>>, shaper: &mut Shaper) -> Line {
        let mut line = Line { right_to_left: self.right_to_left, ..Line::default() };
        let mut rest = tokens.as_slice();
        while let Some(first) = rest.first() {
            let count = rest.iter().take_while(|token| token.stretch == first.stretch).count();
            let (these, after) = rest.split_at(count);
            rest = after;
            let words: Vec<Arc<Word>> = if these.iter().any(|token| has_right_to_left(token.text)) {
                let text: String = these.iter().map(|token| token.text).collect();
                vec![shaper.line(&text, self.face(first.stretch), self.right_to_left)]
            } else {
                these.iter().map(|token| Arc::clone(&token.word)).collect()
            };
            let advance: f32 = words.iter().map(|word| word.advance).sum();
            let space = words.last().map_or(0.0, |word| word.advance - word.width);
            line.width = line.parts.iter().map(|part| part.advance).sum::<f32>() + advance - space;
            line.parts.push(Part { stretch: first.stretch, words, advance });
        }
        line
    }

    fn take(&mut self, shaper: &mut Shaper, width: f32) -> Option<Token<'t>> {
        if let Some(token) = self.held.pop() {
            return Some(token);
        }
        loop {
            let stretch = *self.stretches.get(self.stretch)?;
            if let Some((piece, after)) = self.piece.take() {
                let cut = cap(piece, width);
                let (text, rest) = piece.split_at(cut);
                if !rest.is_empty() {
                    self.piece = Some((rest, after));
                }
                let ends_line = rest.is_empty() && after == BreakOpportunity::Mandatory;
                let shown = text.trim_end_matches(is_line_end);
                // The end of a stretch is no end of the line, and a chance to break only after a space.
                let at_end = rest.is_empty() && self.at == stretch.text.len();
                let last = self.stretch + 1 == self.stretches.len();
                let newline = shown.len() < text.len();
                return Some(Token {
                    stretch: self.stretch,
                    text: shown,
                    word: shaper.word(shown, stretch.face),
                    ends_line: ends_line && (newline || last),
                    may_break: !at_end || last || newline || text.ends_with(char::is_whitespace),
                });
            }
            let breaks = self.breaks.get_or_insert_with(|| Box::new(unicode_linebreak::linebreaks(stretch.text)));
            match breaks.next() {
                Some((end, after)) => {
                    self.piece = stretch.text.get(self.at..end).map(|piece| (piece, after));
                    self.at = end;
                }
                None => {
                    self.stretch += 1;
                    self.at = 0;
                    self.breaks = None;
                }
            }
        }
    }
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// How much of a piece to shape at once: all, unless it is far longer than a line.
fn cap(piece: &str, width: f32) -> usize {
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates, and is clamped"
    )]
    let most = ((width * 8.0) as usize).clamp(64, LONGEST_WORD_BYTES);
    if piece.len() <= most { piece.len() } else { floor_boundary(piece, most) }
}

/// The last place at or before `at`, and after the first character, where a mark is not parted from its letter.
fn floor_boundary(text: &str, at: usize) -> usize {
    let first = text.chars().next().map_or(0, char::len_utf8);
    (first..=at)
        .rev()
        .take(64)
        .find(|end| {
            text.is_char_boundary(*end)
                && text.get(*end..).and_then(|rest| rest.chars().next()).is_none_or(|next| !joins(next))
                && !text.get(..*end).is_some_and(|head| head.ends_with('\u{200d}'))
        })
        .or_else(|| (first..=at).rev().find(|end| text.is_char_boundary(*end)))
        .unwrap_or(first)
}

fn joins(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || matches!(c, '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// Where to break a word that is wider than the line: the most that fits, or after punctuation if that keeps half.
fn cut(text: &str, word: &Word, width: f32, mut measure: impl FnMut(&str) -> f32) -> usize {
    let first = text.chars().next().map_or(0, char::len_utf8);
    let share = (width / word.width).clamp(0.0, 1.0);
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a length"
    )]
    let guess = (f32_from(text.len()) * share) as usize;
    let mut low = first;
    let mut high = text.len();
    let mut probe = floor_boundary(text, guess.clamp(first, high.saturating_sub(1)));
    // Halve the room between what fits and what does not, starting from what the average width suggests.
    for _ in 0..usize_from(12) {
        if text.get(..probe).is_some_and(|head| measure(head) <= width) {
            low = low.max(probe);
        } else {
            high = high.min(probe);
        }
        let middle = floor_boundary(text, low + (high - low) / 2);
        if middle <= low || middle >= high {
            break;
        }
        probe = middle;
    }
    let head = text.get(..low).unwrap_or_default();
    let after_mark = head.rfind(['-', '/', '@', '.', '_', ',', ';', ':', '=', '&', '?', '+']).map(|at| at + 1);
    after_mark.filter(|at| at * 2 >= low).unwrap_or(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, width: f32) -> Vec<(usize, f32)> {
        let mut shaper = Shaper::new();
        let mut wrap = Wrap::of(text, Face::Regular);
        let mut lines = vec![];
        while let Some(line) = wrap.next_line(&mut shaper, width) {
            lines.push((line.parts.iter().map(|part| part.words.len()).sum(), line.width));
        }
        lines
    }

    #[test]
    fn no_line_is_wider_than_its_column() {
        let long = "supercalifragilistic-expialidocious.name@department.example.org ".repeat(20);
        let arabic = "محمد عبد الله تم إرسال رسالة بخصوص الإصلاح ".repeat(20);
        let chinese = "已向租户发送有关维修的信件。".repeat(20);
        let unbroken = "W".repeat(5000);
        let marks = "a\u{301}\u{302}".repeat(500);
        for text in [&long, &arabic, &chinese, &unbroken, &marks] {
            for width in [4.0, 11.0, 40.0] {
                let lines = lines(text, width);
                assert!(lines.len() > 1);
                for (_, wide) in lines {
                    assert!(wide <= width + 0.35, "{wide} > {width}: {text:.20}");
                }
            }
        }
    }

    #[test]
    fn every_newline_ends_a_line_and_blank_lines_stay() {
        assert_eq!(lines("a\nb\r\n\nc", 20.0).len(), 4);
    }

    #[test]
    fn a_word_is_not_broken_while_the_next_line_has_room() {
        assert_eq!(lines("aaaa bbbbbbbbbbbb", 9.0).iter().map(|(words, _)| *words).collect::<Vec<_>>(), [1, 1]);
    }

    #[test]
    fn a_full_stop_does_not_leave_the_link_before_it() {
        let mut shaper = Shaper::new();
        let link = Stretch { text: "example.org/complaints", face: Face::Regular };
        let stop = Stretch { text: ". Then write", face: Face::Regular };
        let width = shaper.width(link.text, Face::Regular) + 0.1;
        let mut wrap = Wrap::new(vec![link, stop]);
        let first = wrap.next_line(&mut shaper, width).unwrap();
        assert!(first.parts.len() == 1, "the link is broken rather than parted from its full stop or kept whole");
        let second = wrap.next_line(&mut shaper, width).unwrap();
        assert!(!second.parts.is_empty());
    }

    #[test]
    fn ten_megabytes_without_a_space_end() {
        let text = "ab".repeat(500_000);
        assert!(lines(&text, 60.0).len() > 1000);
    }
}

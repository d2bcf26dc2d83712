//! The features of a token, exactly those of `features` in assets/ner/train.py: the model is only right for these.

use std::fmt::Write;

use super::model::Model;
use super::tokens::Token;

/// `Xx` for capital and small letters, `d` for digits; runs are shortened to two, the whole to eight.
fn shape(token: &str, out: &mut String) {
    out.clear();
    let (mut last, mut run, mut length) = ('\0', 0, 0);
    for c in token.chars() {
        let sign = if c.is_numeric() && c.is_ascii_digit() {
            'd'
        } else if c.is_uppercase() {
            'X'
        } else if c.is_alphabetic() {
            'x'
        } else {
            c
        };
        run = if sign == last { run + 1 } else { 1 };
        last = sign;
        if run <= 2 {
            out.push(sign);
            length += 1;
        }
        if length == 8 {
            return;
        }
    }
}

/// The last `n` letters of a longer text.
fn ending(text: &str, n: usize) -> Option<&str> {
    let count = text.chars().count();
    if count <= n {
        return None;
    }
    text.char_indices().nth(count - n).and_then(|(at, _)| text.get(at..))
}

/// Calls `each` with every feature of the token at `at`.
pub(super) fn features(model: &Model, tokens: &[Token], at: usize, each: &mut dyn FnMut(&str)) {
    let Some(token) = tokens.get(at) else { return };
    let lower = token.lower.as_str();
    let mut text = String::with_capacity(48);
    let mut own = String::with_capacity(8);
    let mut other = String::with_capacity(8);
    shape(&token.text, &mut own);
    let mut say = |text: &mut String, parts: std::fmt::Arguments<'_>| {
        text.clear();
        // Writing into a string cannot fail.
        let _ = text.write_fmt(parts);
        each(text);
    };
    say(&mut text, format_args!("b"));
    say(&mut text, format_args!("w={lower}"));
    say(&mut text, format_args!("s={own}"));
    for n in 2..=4 {
        if let Some(end) = ending(lower, n) {
            say(&mut text, format_args!("e{n}={end}"));
        }
    }
    if let Some((cut, _)) = lower.char_indices().nth(3) {
        say(&mut text, format_args!("p3={}", lower.get(..cut).unwrap_or_default()));
    }
    let (title, common) = (token.is_title(), model.is_common(lower));
    if model.is_given(lower) {
        say(&mut text, format_args!("given{}", if title { '+' } else { '-' }));
    }
    say(&mut text, format_args!("{}", if common { "word" } else { "new" }));
    if title && common {
        say(&mut text, format_args!("Word"));
    }
    for (near, name, place) in [
        (false, "a", at.checked_sub(2)),
        (true, "c", at.checked_sub(1)),
        (true, "d", at.checked_add(1)),
        (false, "f", at.checked_add(2)),
    ] {
        let Some(next) = place.and_then(|place| tokens.get(place)) else {
            say(&mut text, format_args!("{name}end"));
            continue;
        };
        say(&mut text, format_args!("{name}w={}", next.lower));
        if near {
            shape(&next.text, &mut other);
            say(&mut text, format_args!("{name}s={other}"));
            if next.is_title() && model.is_given(&next.lower) {
                say(&mut text, format_args!("{name}given"));
            }
            if !model.is_common(&next.lower) {
                say(&mut text, format_args!("{name}new"));
            }
        }
    }
    if let Some(before) = at.checked_sub(1).and_then(|place| tokens.get(place)) {
        shape(&before.text, &mut other);
        say(&mut text, format_args!("cs|s={other}|{own}"));
    }
    if let Some(after) = tokens.get(at + 1) {
        shape(&after.text, &mut other);
        say(&mut text, format_args!("s|ds={own}|{other}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_is_short() {
        let mut out = String::new();
        for (token, expected) in
            [("McDonald", "XxXxx"), ("O’Brien-Smith", "X’Xxx-Xx"), ("2026", "dd"), ("LSCB", "XX"), ("a", "x")]
        {
            shape(token, &mut out);
            assert_eq!(out, expected, "{token}");
        }
        assert_eq!(ending("Łucja", 2), Some("ja"));
        assert_eq!(ending("ja", 2), None);
    }
}

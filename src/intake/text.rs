//! What the text of a field may be. Each check gives the cleaned text, or what is wrong with it; the doors say that in
//! their own words.

use crate::base::{char_count, is_blank};

/// What is wrong with a field's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// Nothing was written, or nothing that counts.
    Empty,
    /// It has signs that stand in no such text, or is not of the form.
    Form,
    /// It is too long.
    Long,
}

/// The longest name, in characters.
pub const NAME_CHARS: usize = 200;

/// A person's name: has a letter, and none of the signs that stand in no name but in paths, markup and queries.
///
/// # Errors
/// [`Flaw`].
pub fn name(text: &str) -> Result<String, Flaw> {
    let name = text.trim();
    let foreign = |c: char| c.is_control() || turns_text(c) || "<>{}[];=\\|\"`$%^*~#@!?&+_:".contains(c);
    if !name.chars().any(char::is_alphabetic) {
        Err(Flaw::Empty)
    } else if name.contains(foreign) || name.contains("..") || name.contains("--") {
        Err(Flaw::Form)
    } else if char_count(name) > NAME_CHARS {
        Err(Flaw::Long)
    } else {
        Ok(name.to_owned())
    }
}

/// An e-mail address that a letter can be sent to (RFC 5321 length; one @; no spaces).
///
/// # Errors
/// [`Flaw`].
pub fn email(text: &str) -> Result<String, Flaw> {
    let email = text.trim();
    if email.is_empty() {
        return Err(Flaw::Empty);
    }
    let good = email.len() <= 254
        && email.split_once('@').is_some_and(|(local, domain)| {
            let sane = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[]\\,;:\"'`".contains(c);
            !local.is_empty()
                && local.len() <= 64
                && local.chars().all(|c| sane(c) || c == '\'')
                && domain.contains('.')
                && !domain.starts_with('.')
                && !domain.ends_with('.')
                && !domain.contains("..")
                && domain.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.')
        });
    if good { Ok(email.to_owned()) } else { Err(Flaw::Form) }
}

/// A telephone number in any writing: 7 to 15 digits (ITU-T E.164) and the signs people put between.
///
/// # Errors
/// [`Flaw`].
pub fn phone(text: &str) -> Result<String, Flaw> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let only = text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-().".contains(c));
    if is_blank(text) {
        Err(Flaw::Empty)
    } else if only && (7..=15).contains(&digits) && text.len() <= 40 {
        Ok(text.trim().to_owned())
    } else {
        Err(Flaw::Form)
    }
}

/// A postcode in any writing; of other countries too.
///
/// # Errors
/// [`Flaw`].
pub fn postcode(text: &str) -> Result<String, Flaw> {
    let signs = text.chars().filter(|c| !c.is_whitespace()).count();
    let only = text.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ' || c == '-');
    if is_blank(text) {
        Err(Flaw::Empty)
    } else if only && (3..=10).contains(&signs) {
        Ok(text.trim().to_owned())
    } else {
        Err(Flaw::Form)
    }
}

/// What somebody wrote: anything but control characters, up to `most` characters.
///
/// # Errors
/// [`Flaw`].
pub fn prose(text: &str, most: usize) -> Result<String, Flaw> {
    if is_blank(text) {
        Err(Flaw::Empty)
    } else if char_count(text) > most {
        Err(Flaw::Long)
    } else if text.chars().any(|c| c.is_control() && c != '\n' && c != '\r' && c != '\t') {
        Err(Flaw::Form)
    } else {
        Ok(text.trim().to_owned())
    }
}

/// Characters that make text look other than it is (UAX #9 embeddings, overrides and isolates) or that are not seen at all.
/// The joiners that Persian and Indian names need are not among them.
fn turns_text(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_world_pass_and_code_does_not() {
        for good in [
            "Llŷr O'Neil-Smith",
            "محمد عبد الله",
            "王小明",
            "क्षितिज",
            "Łukasz Wiśniewski",
            "Ravi a/l Kumar",
            "J. R. R. Tolkien",
            "علی\u{200C}رضا",
        ] {
            assert_eq!(name(good).as_deref(), Ok(good));
        }
        for bad in [
            "",
            "123",
            "../../etc/passwd",
            "x'; DROP TABLE cases; --",
            "<script>",
            "' OR 1=1",
            "a\0b",
            "{{7*7}}",
            "Ann \u{202E}eeL",
            "A\u{200B}nn",
        ] {
            assert!(name(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn addresses_phones_and_postcodes_are_taken_in_any_honest_writing() {
        for good in ["a@b.org", " Ann.Smith+x@EXAMPLE.org ", "o'neil@example.org", "用户@例子.广告"] {
            assert_eq!(email(good).as_deref(), Ok(good.trim()));
        }
        for bad in
            ["a@b", "a b@c.org", "a@b.org\r\nBcc: x@y.z", "@b.org", "a@", "a@.org", "a@b..c", "a,b@c.org", "../x"]
        {
            assert_eq!(email(bad), Err(Flaw::Form), "{bad:?}");
        }
        assert_eq!(phone("(07700) 900-123").as_deref(), Ok("(07700) 900-123"));
        assert_eq!(phone("1; DROP"), Err(Flaw::Form));
        assert_eq!(postcode("pr1 8xj").as_deref(), Ok("pr1 8xj"));
        assert_eq!(postcode("../.."), Err(Flaw::Form));
    }
}

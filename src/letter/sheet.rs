//! A letter in blocks, and how it is written: as text, as HTML, and (by who holds the blocks) on paper.

use askama::Template;
use unicode_normalization::UnicodeNormalization;

use crate::bundle::Controller;
use crate::wording::{Language, Wording};

/// One piece of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Text(String),
    /// A heading.
    Heading(String),
    /// Things in their order.
    Steps(Vec<String>),
    /// Things in no order.
    Points(Vec<String>),
    /// A link, with what it is for.
    Link {
        /// What it is for.
        say: String,
        /// Where it leads.
        url: String,
    },
    /// What a person wrote, line by line.
    Quote(Vec<String>),
    /// A one-time code, with what it is.
    Code {
        /// What it is.
        say: String,
        /// The code.
        code: String,
    },
}

impl Block {
    /// What somebody wrote.
    #[must_use]
    pub fn quote(words: &str) -> Self {
        Self::Quote(words.lines().map(|line| line.trim_end().to_owned()).collect())
    }
}

/// A letter before it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// One line.
    pub subject: String,
    /// How the reader is spoken to; none where we do not know who reads.
    pub greeting: Option<String>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A letter ready for the post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// The same as HTML.
    pub html: String,
    /// The language it is in.
    pub language: Language,
}

impl Rendered {
    /// A letter in English whose text is given: to staff and auditors, who get no form letter. An empty line ends a paragraph.
    #[must_use]
    pub fn plain(subject: String, body: String) -> Self {
        let escaped = body.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        let paragraphs: Vec<String> =
            escaped.trim().split("\n\n").map(|part| format!("<p>{}</p>", part.replace('\n', "<br>\n"))).collect();
        let html = format!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"></head><body>\n{}\n</body></html>\n",
            paragraphs.join("\n")
        );
        Self { subject, body, html, language: Language::English }
    }
}

#[derive(Template)]
#[template(path = "letter/letter.txt")]
struct TextLetter<'a> {
    sheet: &'a Sheet,
    text: Vec<String>,
    controller: &'a Controller,
    registered: &'a str,
}

#[derive(Template)]
#[template(path = "letter/letter.html")]
struct HtmlLetter<'a> {
    sheet: &'a Sheet,
    controller: &'a Controller,
    registered: &'a str,
    language: Language,
}

impl Sheet {
    /// The letter in the name of `controller`.
    ///
    /// # Errors
    /// The template engine's, which does not happen with the embedded templates.
    pub fn write(&self, controller: &Controller, wording: Wording) -> Result<Rendered, askama::Error> {
        let sheet = &Self { subject: crate::base::one_line(&self.subject), ..self.clone() };
        let language = wording.language();
        let registered = wording.with(
            "letter-footer-number",
            &[("regulator", &controller.regulator), ("registration", &controller.registration)],
        );
        let text = sheet.blocks.iter().map(as_text).collect();
        let body = TextLetter { sheet, text, controller, registered: &registered }.render()?;
        let html = HtmlLetter { sheet, controller, registered: &registered, language }.render()?;
        Ok(Rendered { subject: sheet.subject.clone(), body, html, language })
    }
}

fn as_text(block: &Block) -> String {
    match block {
        Block::Text(text) => wrapped(text, "", ""),
        Block::Heading(text) => wrapped(text, "", ""),
        Block::Steps(items) => {
            let lines = items.iter().enumerate().map(|(n, item)| wrapped(item, &format!("{}. ", n + 1), "   "));
            lines.collect::<Vec<_>>().join("\n")
        }
        Block::Points(items) => items.iter().map(|item| wrapped(item, "- ", "  ")).collect::<Vec<_>>().join("\n"),
        Block::Link { say, url } => format!("{}\n{url}", wrapped(&format!("{say}:"), "", "")),
        Block::Quote(lines) => lines.iter().map(|line| wrapped(line, "> ", "> ")).collect::<Vec<_>>().join("\n"),
        Block::Code { say, code } => format!("{say} {code}"),
    }
}

/// `text` in lines of at most 76 characters where its words allow it; an address is never broken.
fn wrapped(text: &str, first: &str, rest: &str) -> String {
    const WIDTH: usize = 76;
    let mut lines = Vec::new();
    let (mut line, mut words) = (first.to_owned(), 0);
    for word in text.split_whitespace() {
        let length = line.nfc().count() + word.nfc().count() + usize::from(words > 0);
        if words > 0 && length > WIDTH {
            lines.push(std::mem::replace(&mut line, rest.to_owned()));
            words = 0;
        }
        if words > 0 {
            line.push(' ');
        }
        line.push_str(word);
        words += 1;
    }
    lines.push(line);
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_short_and_addresses_whole() {
        let url = format!("https://rights.example.org/{}", "x".repeat(90));
        let text = wrapped(&format!("{} {url} {}", "word ".repeat(20), "Wort ".repeat(5)), "1. ", "   ");
        assert!(text.lines().all(|line| line.len() <= 76 || line.trim() == url), "{text}");
        assert!(text.lines().any(|line| line.trim() == url));
        assert!(text.lines().skip(1).all(|line| line.starts_with("   ")));
    }
}

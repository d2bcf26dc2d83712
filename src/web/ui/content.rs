//! What stands inside a component: text, or HTML that other components have written.

use std::fmt;

use askama::Template;
use askama::filters::{Escaper, HtmlSafe};

use super::part::Part;
use crate::wording;

/// HTML that a component has written. There is no other way to make it, so what people typed cannot become HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Html(Result<String, fmt::Error>);

impl Html {
    /// What `part` writes. If it cannot be written, neither can the page that it stands in.
    #[must_use]
    pub fn of(part: &impl Part) -> Self {
        Self::written(part)
    }

    /// What a template writes that escapes what stands in it.
    pub(super) fn written(template: &(impl Template + HtmlSafe)) -> Self {
        Self(template.render().map_err(|_| fmt::Error))
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_ref().map_err(|error| *error)?)
    }
}

impl HtmlSafe for Html {}

/// What stands inside a component, where the macros take `text` or `html`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Text; escaped where it is written.
    Text(String),
    /// What components have written.
    Html(Html),
}

impl Content {
    /// One after the other, with nothing between.
    #[must_use]
    pub fn joined(pieces: impl IntoIterator<Item = Self>) -> Self {
        let mut html = String::new();
        for piece in pieces {
            if fmt::Write::write_fmt(&mut html, format_args!("{piece}")).is_err() {
                return Self::Html(Html(Err(fmt::Error)));
            }
        }
        Self::Html(Html(Ok(html)))
    }

    /// This, then `next`.
    #[must_use]
    pub fn and(self, next: impl Into<Self>) -> Self {
        Self::joined([self, next.into()])
    }

    /// A message in pieces (`Wording::parts`) with `slots` put in where it leaves room for them.
    #[must_use]
    pub fn filled(message: &[wording::Part], slots: &[Self]) -> Self {
        Self::joined(message.iter().map(|part| match part {
            wording::Part::Text(text) => Self::Text(text.clone()),
            wording::Part::Slot(slot) => slots.get(*slot).cloned().unwrap_or_default(),
        }))
    }

    /// Nothing stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Html(html) => html.0.as_ref().is_ok_and(String::is_empty),
        }
    }

    /// It is text alone.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(self, Self::Text(_))
    }
}

/// Nothing.
impl Default for Content {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => askama::filters::Html.write_escaped_str(f, text),
            Self::Html(html) => html.fmt(f),
        }
    }
}

impl HtmlSafe for Content {}

impl From<String> for Content {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Content {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Content {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl<T: Part> From<T> for Content {
    fn from(part: T) -> Self {
        Self::Html(Html::of(&part))
    }
}

impl<const N: usize> From<[Self; N]> for Content {
    fn from(pieces: [Self; N]) -> Self {
        Self::joined(pieces)
    }
}

impl From<Vec<Self>> for Content {
    fn from(pieces: Vec<Self>) -> Self {
        Self::joined(pieces)
    }
}

/// What the packages' cases give. Only the tests can make HTML of text.
#[cfg(test)]
impl<'de> serde::Deserialize<'de> for Content {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        use serde_json::Value;
        let value = Value::deserialize(from)?;
        if let Some(text) = value.as_str() {
            return Ok(Self::Text(text.to_owned()));
        }
        if value == Value::Bool(false) || value.as_object().is_some_and(serde_json::Map::is_empty) {
            return Ok(Self::default());
        }
        let html = value.get("html").and_then(Value::as_str);
        match (value.as_object().map_or(0, serde_json::Map::len), html, value.get("content")) {
            (1, Some(html), None) => Ok(Self::Html(Html(Ok(html.to_owned())))),
            (1, None, Some(inner)) => serde_json::from_value(inner.clone()).map_err(D::Error::custom),
            _ => Err(D::Error::custom(format!("not content: {value}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::ui::{Link, Strong};

    #[test]
    fn text_is_escaped_once_and_components_not_at_all() {
        let content = Content::from("1 < 2 & ").and(Strong::of("<b>")).and(Link::to("/a?b=1&c=\"", "x"));
        assert_eq!(
            content.to_string(),
            "1 &#60; 2 &#38; <strong>&#60;b&#62;</strong><a class=\"govuk-link\" href=\"/a?b=1&#38;c=&#34;\">x</a>"
        );
        assert!(Content::default().is_empty() && !content.is_text());
    }

    #[test]
    fn a_message_is_filled_with_components() {
        let message = [wording::Part::Text("Read <the ".into()), wording::Part::Slot(0), wording::Part::Slot(9)];
        let filled = Content::filled(&message, &[Strong::of("notice").into()]);
        assert_eq!(filled.to_string(), "Read &#60;the <strong>notice</strong>");
    }
}

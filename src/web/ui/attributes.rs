//! Attributes and classes of an element.

use std::borrow::Cow;
use std::fmt;

use askama::filters::{Escaper, Html, HtmlSafe};

/// Further attributes of an element. Their names are part of the program, never of what somebody sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attributes(Vec<(Cow<'static, str>, Option<String>)>);

impl Attributes {
    /// None.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With `name="value"`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.0.push((Cow::Borrowed(name), Some(value.into())));
        self
    }

    /// With `name` alone, as `hidden` is written.
    #[must_use]
    pub fn flag(mut self, name: &'static str) -> Self {
        self.0.push((Cow::Borrowed(name), None));
        self
    }

    /// These, then `others`.
    pub(super) fn and(mut self, others: &Self) -> Self {
        self.0.extend(others.0.iter().cloned());
        self
    }

    /// With `name="value"` if there is a value.
    pub(super) fn given(self, name: &'static str, value: &str) -> Self {
        if value.is_empty() { self } else { self.with(name, value) }
    }
}

impl fmt::Display for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(name, value)| match value {
            Some(value) => write_attribute(f, name, value),
            None => write!(f, " {name}"),
        })
    }
}

impl HtmlSafe for Attributes {}

/// Further classes of an element, written after its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Classes(String);

impl Classes {
    /// The classes with spaces between.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True if one of them holds `part`.
    pub(super) fn contain(&self, part: &str) -> bool {
        self.0.contains(part)
    }

    /// `first`, then these.
    pub(super) fn after(&self, first: &str) -> Self {
        Self(format!("{first}{self}"))
    }
}

impl<T: Into<String>> From<T> for Classes {
    fn from(classes: T) -> Self {
        Self(classes.into())
    }
}

/// Writes a space first, so that a template can put it right after its own class.
impl fmt::Display for Classes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return Ok(());
        }
        f.write_str(" ")?;
        Html.write_escaped_str(f, &self.0)
    }
}

impl HtmlSafe for Classes {}

/// An attribute that is left out if it has no value.
pub(super) struct Named<'a>(&'static str, Cow<'a, str>);

/// `name="value"`, or nothing if the value is empty.
pub(super) fn named<'a>(name: &'static str, value: impl Into<Cow<'a, str>>) -> Named<'a> {
    Named(name, value.into())
}

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.1.is_empty() { Ok(()) } else { write_attribute(f, self.0, &self.1) }
    }
}

impl HtmlSafe for Named<'_> {}

/// `name="true"`, `name="false"`, or nothing if neither was said.
pub(super) fn said(name: &'static str, value: Option<bool>) -> Named<'static> {
    named(name, value.map_or("", |yes| if yes { "true" } else { "false" }))
}

/// Several ids in one attribute value.
pub(super) fn ids(list: &[&str]) -> String {
    list.iter().filter(|id| !id.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

fn write_attribute(f: &mut fmt::Formatter<'_>, name: &str, value: &str) -> fmt::Result {
    write!(f, " {name}=\"")?;
    Html.write_escaped_str(&mut *f, value)?;
    f.write_str("\"")
}

/// What the packages' cases give: an object of names and values, or of `{value, optional}`.
#[cfg(test)]
impl<'de> serde::Deserialize<'de> for Attributes {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        use serde_json::Value;
        let text = |value: &Value| match value.as_str() {
            _ if value.is_null() => String::new(),
            Some(text) => text.to_owned(),
            None => value.to_string(),
        };
        let object = serde_json::Map::deserialize(from)?;
        let mut attributes = Self::default();
        for (name, value) in &object {
            let (value, optional) = match value.as_object() {
                Some(object) => {
                    (object.get("value").unwrap_or(&Value::Null), object.get("optional") == Some(&Value::Bool(true)))
                }
                None => (value, false),
            };
            let value = match (value, optional) {
                (Value::Null | Value::Bool(false), true) => continue,
                (Value::Bool(true), true) => None,
                (value, _) => Some(text(value)),
            };
            attributes.0.push((Cow::Owned(name.clone()), value));
        }
        Ok(attributes)
    }
}

#[cfg(test)]
impl<'de> serde::Deserialize<'de> for Classes {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_cannot_leave_their_attribute() {
        let attributes = Attributes::new().with("data-name", "\"><script>&'").flag("hidden");
        assert_eq!(attributes.to_string(), " data-name=\"&#34;&#62;&#60;script&#62;&#38;&#39;\" hidden");
        assert_eq!(Classes::from("a \"b").to_string(), " a &#34;b");
        assert_eq!(named("id", "").to_string(), "");
    }
}

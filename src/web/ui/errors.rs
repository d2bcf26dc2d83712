//! What is wrong on a page: the list at its top, and the message beside each field.

use askama::Template;

use super::attributes::{Attributes, Classes, said};
use super::content::Content;
use super::field::ErrorMessage;
use super::part::{parts, setters};

/// The list of what is wrong, at the top of the page. With scripts it takes the focus.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/error_summary.html")]
pub struct ErrorSummary {
    /// Its title.
    pub title: Content,
    /// A sentence before the list.
    pub description: Content,
    /// What is wrong.
    pub error_list: Vec<ErrorItem>,
    /// It does not take the focus.
    pub disable_auto_focus: Option<bool>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// One thing that is wrong.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct ErrorItem {
    /// What to do about it; the words beside the field.
    pub content: Content,
    /// The field.
    pub href: String,
    /// Further attributes.
    pub attributes: Attributes,
}

/// What is wrong with what was sent, in the order of the page's fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Errors {
    title: String,
    prefix: String,
    list: Vec<Wrong>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Wrong {
    field: String,
    parts: Vec<&'static str>,
    text: String,
}

impl Errors {
    /// None yet. `title` stands above the list ("There is a problem"), `prefix` is what those who listen hear before each
    /// message ("Error").
    #[must_use]
    pub fn new(title: impl Into<String>, prefix: impl Into<String>) -> Self {
        Self { title: title.into(), prefix: prefix.into(), list: Vec::new() }
    }

    /// The field with the id `field` is wrong. Radios, checkboxes and dates have the id that they were given; their first
    /// field is what the list leads to.
    pub fn add(&mut self, field: impl Into<String>, text: impl Into<String>) {
        self.list.push(Wrong { field: field.into(), parts: Vec::new(), text: text.into() });
    }

    /// Of the date `field` only these fields are wrong: `day`, `month`, `year`. With none, all three are.
    pub fn add_date(&mut self, field: impl Into<String>, wrong: &[&'static str], text: impl Into<String>) {
        let parts = if wrong.is_empty() { vec!["day", "month", "year"] } else { wrong.to_vec() };
        self.list.push(Wrong { field: field.into(), parts, text: text.into() });
    }

    /// Nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// What stands beside the field `field`: the first thing that is wrong with it.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<ErrorMessage> {
        let wrong = self.list.iter().find(|wrong| wrong.field == field)?;
        Some(ErrorMessage::of(self.prefix.as_str(), wrong.text.as_str()))
    }

    /// Which fields of the date `field` are wrong.
    #[must_use]
    pub fn parts(&self, field: &str) -> Vec<&'static str> {
        self.list.iter().filter(|wrong| wrong.field == field).flat_map(|wrong| wrong.parts.iter().copied()).collect()
    }

    /// The list at the top of the page, if anything is wrong.
    #[must_use]
    pub fn summary(&self) -> Option<ErrorSummary> {
        if self.is_empty() {
            return None;
        }
        let error_list = self
            .list
            .iter()
            .map(|wrong| ErrorItem {
                content: wrong.text.as_str().into(),
                href: match wrong.parts.first() {
                    Some(part) => format!("#{}-{part}", wrong.field),
                    None => format!("#{}", wrong.field),
                },
                ..ErrorItem::default()
            })
            .collect();
        Some(ErrorSummary { title: self.title.as_str().into(), error_list, ..ErrorSummary::default() })
    }
}

setters! { ErrorSummary {
    /// With a sentence before the list.
    description: Content,
} }

parts!(ErrorSummary);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_leads_to_the_first_field_that_is_wrong() {
        let mut errors = Errors::new("There is a problem", "Error");
        assert!(errors.summary().is_none());
        errors.add("email", "Enter <your> e-mail address");
        errors.add_date("born", &["year"], "Date of birth must include a year");
        errors.add_date("moved", &[], "Enter when you moved");
        let hrefs: Vec<_> = errors.summary().unwrap().error_list.iter().map(|item| item.href.clone()).collect();
        assert_eq!(hrefs, ["#email", "#born-year", "#moved-day"]);
        assert_eq!(errors.parts("born"), ["year"]);
        assert_eq!(
            errors.of("email").unwrap().to_string(),
            "<p class=\"govuk-error-message\"><span class=\"govuk-visually-hidden\">Error:</span> Enter &#60;your&#62; e-mail address</p>"
        );
        assert!(errors.of("phone").is_none());
    }
}

//! A list to choose one from.

use askama::Template;

use super::attributes::{Attributes, Classes, named};
use super::field::{ErrorMessage, FormGroup, Hint, Label, single_field};
use super::part::{parts, setters};

/// A list to choose one from.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/select.html")]
pub struct Select {
    /// Its id; its name if empty.
    pub id: String,
    /// Its name in the form.
    pub name: String,
    /// What can be chosen.
    pub items: Vec<SelectItem>,
    /// The value, or text, that is chosen.
    pub value: String,
    /// Its label.
    pub label: Label,
    /// Its hint.
    pub hint: Option<Hint>,
    /// What is wrong with the answer.
    pub error_message: Option<ErrorMessage>,
    /// The element around it.
    pub form_group: FormGroup,
    /// The ids of what else describes it.
    pub described_by: String,
    /// It cannot be changed.
    pub disabled: bool,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// What can be chosen.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct SelectItem {
    /// What the form sends; its text if not given.
    pub value: Option<String>,
    /// What it says.
    #[cfg_attr(test, serde(rename = "content"))]
    pub text: String,
    /// It is chosen, whatever the list's value.
    pub selected: Option<bool>,
    /// It cannot be chosen.
    pub disabled: bool,
    /// Further attributes.
    pub attributes: Attributes,
}

impl SelectItem {
    /// Saying `text` and sending `value`.
    #[must_use]
    pub fn of(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: Some(value.into()), text: text.into(), ..Self::default() }
    }
}

impl Select {
    /// For one of `items`.
    #[must_use]
    pub fn of(name: impl Into<String>, label: impl Into<Label>, items: impl IntoIterator<Item = SelectItem>) -> Self {
        Self { name: name.into(), label: label.into(), items: items.into_iter().collect(), ..Self::default() }
    }

    fn is_selected(&self, item: &SelectItem) -> bool {
        match item.selected {
            Some(selected) => selected,
            None => !self.value.is_empty() && item.value.as_ref().unwrap_or(&item.text) == &self.value,
        }
    }
}

single_field!(Select);

setters! { Select {
    /// With this value chosen.
    value: String,
} }

parts!(Select);

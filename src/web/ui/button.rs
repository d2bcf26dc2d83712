//! Buttons, and links that look like buttons.

use askama::Template;

use super::attributes::{Attributes, Classes, ids, named, said};
use super::content::Content;
use super::inline::Link;
use super::part::{Part, parts, setters};

/// A button; with an address, a link that looks like one.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/button.html")]
pub struct Button {
    /// What it says.
    pub content: Content,
    /// Where it leads; it is then a link.
    pub href: String,
    /// `submit` if empty.
    #[cfg_attr(test, serde(rename = "type"))]
    pub button_type: String,
    /// Its name in the form, to tell several buttons apart.
    pub name: String,
    /// What the form sends under that name.
    pub value: String,
    /// It begins something.
    pub is_start_button: bool,
    /// With scripts, a second press within a second does nothing.
    pub prevent_double_click: Option<bool>,
    /// It cannot be pressed.
    pub disabled: bool,
    /// Its id.
    pub id: String,
    /// Further classes: `govuk-button--secondary`, `--warning`, `--inverse`.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Button {
    /// Sends the form, once.
    #[must_use]
    pub fn send(content: impl Into<Content>) -> Self {
        Self { content: content.into(), prevent_double_click: Some(true), ..Self::default() }
    }

    /// Sends the form with `name=value`, once.
    #[must_use]
    pub fn choose(name: impl Into<String>, value: impl Into<String>, content: impl Into<Content>) -> Self {
        Self { name: name.into(), value: value.into(), ..Self::send(content) }
    }

    /// A link that looks like a button.
    #[must_use]
    pub fn link(href: impl Into<String>, content: impl Into<Content>) -> Self {
        Self { content: content.into(), href: href.into(), ..Self::default() }
    }

    /// A link that begins something.
    #[must_use]
    pub fn start(href: impl Into<String>, content: impl Into<Content>) -> Self {
        Self { is_start_button: true, ..Self::link(href, content) }
    }

    /// Second to another button.
    #[must_use]
    pub fn secondary(self) -> Self {
        self.classes("govuk-button--secondary")
    }

    /// A button or, if it only leads somewhere, a plain link: as the macros of banners and panels write their actions.
    pub(super) fn as_action(&self, button_classes: &str, link_classes: &str) -> Content {
        let after = |first: &str| Classes::from(ids(&[first, self.classes.as_str()]));
        if self.href.is_empty() || self.button_type == "button" {
            let button_type = if self.button_type.is_empty() { "button" } else { &self.button_type };
            Self { classes: after(button_classes), button_type: button_type.to_owned(), ..self.clone() }.into()
        } else {
            Link::to(&*self.href, self.content.clone())
                .classes(after(link_classes))
                .attributes(self.attributes.clone())
                .into()
        }
    }

    /// Does what cannot be undone.
    #[must_use]
    pub fn warning(self) -> Self {
        self.classes("govuk-button--warning")
    }
}

setters! { Button {
    /// With an id.
    id: String,
    /// With further classes.
    classes: Classes,
    /// With further attributes.
    attributes: Attributes,
    /// It cannot be pressed.
    disabled: bool,
} }

/// Buttons and links side by side.
#[derive(Debug, Clone, Default, Template)]
#[template(
    source = r#"<div class="govuk-button-group">{% for item in items %}
{{ item }}{% endfor %}
</div>"#,
    ext = "html"
)]
pub struct ButtonGroup {
    /// The buttons and links.
    pub items: Vec<Content>,
}

impl ButtonGroup {
    /// Beginning with `first`.
    #[must_use]
    pub fn of(first: impl Part) -> Self {
        Self { items: vec![first.into()] }
    }

    /// Then `next`.
    #[must_use]
    pub fn and(mut self, next: impl Part) -> Self {
        self.items.push(next.into());
        self
    }
}

parts!(Button, ButtonGroup);

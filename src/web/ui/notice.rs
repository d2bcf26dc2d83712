//! What sets a piece of text apart: details, insets, warnings, banners, panels, tags.

use askama::Template;

use super::attributes::{Attributes, Classes, named, said};
use super::button::Button;
use super::content::Content;
use super::part::{parts, setters};

/// Text that is behind a heading until it is asked for.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/details.html")]
pub struct Details {
    /// The heading.
    pub summary: Content,
    /// The text.
    pub content: Content,
    /// It is open.
    pub open: bool,
    /// Its id.
    pub id: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Details {
    /// `content` behind `summary`.
    #[must_use]
    pub fn of(summary: impl Into<Content>, content: impl Into<Content>) -> Self {
        Self { summary: summary.into(), content: content.into(), ..Self::default() }
    }
}

setters! { Details {
    /// Open or not.
    open: bool,
    /// With an id.
    id: String,
    /// With further classes.
    classes: Classes,
    /// With further attributes.
    attributes: Attributes,
} }

/// Text with a bar beside it.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/inset_text.html")]
pub struct InsetText {
    /// What it says.
    pub content: Content,
    /// Its id.
    pub id: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl InsetText {
    /// Saying `content`.
    #[must_use]
    pub fn of(content: impl Into<Content>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }
}

/// What happens if somebody does, or does not do, something.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/warning_text.html")]
pub struct WarningText {
    /// What it says.
    pub content: Content,
    /// What those who listen hear for the sign; "Warning" if empty.
    pub icon_fallback_text: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl WarningText {
    /// Saying `content`, announced as `sign` ("Warning") for those who listen.
    #[must_use]
    pub fn of(sign: impl Into<String>, content: impl Into<Content>) -> Self {
        Self { content: content.into(), icon_fallback_text: sign.into(), ..Self::default() }
    }
}

/// What has happened, or what concerns the page but is not its matter.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/notification_banner.html")]
pub struct NotificationBanner {
    /// What it says. Text alone becomes one large line.
    pub content: Content,
    /// Its title; "Important" or "Success" if empty.
    pub title: Content,
    /// The level of its title; 2 if not given.
    #[cfg_attr(test, serde(deserialize_with = "super::golden::number"))]
    pub title_heading_level: Option<u8>,
    /// The id of its title.
    pub title_id: String,
    /// `success`, or empty.
    #[cfg_attr(test, serde(rename = "type"))]
    pub banner_type: String,
    /// Its role, if not `alert` for a success and `region` else.
    pub role: String,
    /// It does not take the focus.
    pub disable_auto_focus: Option<bool>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl NotificationBanner {
    /// Something worked. With scripts it takes the focus.
    #[must_use]
    pub fn success(title: impl Into<Content>, content: impl Into<Content>) -> Self {
        Self { banner_type: "success".to_owned(), ..Self::important(title, content) }
    }

    /// Something that the reader must know.
    #[must_use]
    pub fn important(title: impl Into<Content>, content: impl Into<Content>) -> Self {
        Self { title: title.into(), content: content.into(), ..Self::default() }
    }

    fn is_success(&self) -> bool {
        self.banner_type == "success"
    }

    fn shown_role(&self) -> &str {
        match (self.role.as_str(), self.is_success()) {
            ("", true) => "alert",
            ("", false) => "region",
            (role, _) => role,
        }
    }

    fn shown_id(&self) -> &str {
        if self.title_id.is_empty() { "govuk-notification-banner-title" } else { &self.title_id }
    }
}

/// That something is done, in large letters; or, with the class `govuk-panel--interruption`, a question in between.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/panel.html")]
pub struct Panel {
    /// Its title, which is the page's main heading.
    pub title: Content,
    /// What else it says.
    pub content: Content,
    /// The level of its title; 1 if not given.
    #[cfg_attr(test, serde(deserialize_with = "super::golden::number"))]
    pub heading_level: Option<u8>,
    /// What can be done, if it is an interruption.
    pub actions: Option<PanelActions>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// What can be done from an interruption.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct PanelActions {
    /// The first is the one that leads on.
    pub items: Vec<Button>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Panel {
    /// Saying `title` and `content`.
    #[must_use]
    pub fn of(title: impl Into<Content>, content: impl Into<Content>) -> Self {
        Self { title: title.into(), content: content.into(), ..Self::default() }
    }

    /// A question in between, with what can be done. Buttons without an address send the form.
    #[must_use]
    pub fn interruption(
        title: impl Into<Content>,
        content: impl Into<Content>,
        actions: impl IntoIterator<Item = Button>,
    ) -> Self {
        let items = actions.into_iter().collect();
        Self {
            classes: "govuk-panel--interruption".into(),
            actions: Some(PanelActions { items, ..PanelActions::default() }),
            ..Self::of(title, content)
        }
    }

    fn is_interruption(&self) -> bool {
        self.classes.contain("govuk-panel--interruption")
    }

    fn shown_actions(&self) -> Option<&PanelActions> {
        self.actions.as_ref().filter(|_| self.is_interruption())
    }
}

impl PanelActions {
    /// Buttons as buttons, addresses as links.
    fn shown(&self) -> Vec<Content> {
        self.items.iter().map(|action| action.as_action("govuk-button--inverse", "govuk-link--inverse")).collect()
    }
}

/// The state of something, in a few letters.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/tag.html")]
pub struct Tag {
    /// What it says.
    pub content: Content,
    /// Its colour: `govuk-tag--red`... The words must say it, too.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Tag {
    /// Saying `content`.
    #[must_use]
    pub fn of(content: impl Into<Content>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }

    /// In a colour: `grey`, `green`, `teal`, `blue`, `purple`, `magenta`, `red`, `orange` or `yellow`.
    #[must_use]
    pub fn colour(self, colour: &str) -> Self {
        let classes = format!("govuk-tag--{colour}").into();
        Self { classes, ..self }
    }
}

parts!(Details, InsetText, WarningText, NotificationBanner, Panel, Tag);

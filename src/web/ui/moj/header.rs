//! What stands above a case or a list: whose it is, how it stands, what can be done.

use askama::Template;

use super::super::attributes::{Attributes, Classes, ids};
use super::super::button::Button;
use super::super::content::Content;
use super::super::part::{parts, setters};

/// A mark beside a name.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/moj/badge.html")]
pub struct Badge {
    /// What it says.
    pub content: Content,
    /// Its colour: `moj-badge--red`... The words must say it, too.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Badge {
    /// Saying `content`.
    #[must_use]
    pub fn of(content: impl Into<Content>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }

    /// In a colour: `purple`, `blue`, `red`, `green`, `grey`, `orange`, `bright-purple` or `black`.
    #[must_use]
    pub fn colour(self, colour: &str) -> Self {
        Self { classes: format!("moj-badge--{colour}").into(), ..self }
    }
}

/// Whose case this is, and what can be done with it.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/moj/identity_bar.html")]
pub struct IdentityBar {
    /// Whose it is.
    pub title: Content,
    /// What can be done.
    pub menus: Vec<ButtonMenu>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl IdentityBar {
    /// Saying `title`.
    #[must_use]
    pub fn of(title: impl Into<Content>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// With a menu.
    #[must_use]
    pub fn menu(mut self, menu: ButtonMenu) -> Self {
        self.menus.push(menu);
        self
    }
}

/// Several buttons and links behind one button; without scripts, side by side. With scripts the buttons in it no longer send
/// their form, so put only links in it.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/moj/button_menu.html")]
pub struct ButtonMenu {
    /// The button that opens it.
    pub button: MenuButton,
    /// `right`, or empty.
    pub align_menu: String,
    /// What can be done.
    pub items: Vec<Button>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// The button that opens a menu.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct MenuButton {
    /// What it says; "Actions" if empty.
    #[cfg_attr(test, serde(rename = "content"))]
    pub text: String,
    /// Its classes.
    pub classes: Classes,
}

impl ButtonMenu {
    /// Behind a button that says `text`.
    #[must_use]
    pub fn of(text: impl Into<String>, items: impl IntoIterator<Item = Button>) -> Self {
        let button = MenuButton { text: text.into(), ..MenuButton::default() };
        Self { button, items: items.into_iter().collect(), ..Self::default() }
    }

    fn script(&self) -> Attributes {
        Attributes::new()
            .given("data-button-text", &self.button.text)
            .given("data-button-classes", self.button.classes.as_str())
            .given("data-align-menu", &self.align_menu)
    }

    fn shown(&self) -> Vec<Button> {
        let item = |button: &Button| Button {
            classes: ids(&["moj-button-menu__item govuk-button--secondary", button.classes.as_str()]).into(),
            ..button.clone()
        };
        self.items.iter().map(item).collect()
    }
}

/// The main heading of a page, with what can be done from it.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/moj/page_header_actions.html")]
pub struct PageHeaderActions {
    /// The heading.
    pub heading: PageHeading,
    /// What can be done.
    pub items: Vec<Button>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// The heading of a page.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct PageHeading {
    /// What it says.
    pub content: Content,
    /// Its level; 1 if not given.
    #[cfg_attr(test, serde(deserialize_with = "super::super::golden::number"))]
    pub level: Option<u8>,
    /// Its classes; `govuk-heading-xl` if not given.
    pub classes: Option<Classes>,
}

impl PageHeaderActions {
    /// Saying `heading`, in the size that the desk uses.
    #[must_use]
    pub fn of(heading: impl Into<Content>, items: impl IntoIterator<Item = Button>) -> Self {
        let heading = PageHeading { content: heading.into(), level: None, classes: Some("govuk-heading-l".into()) };
        Self { heading, items: items.into_iter().collect(), ..Self::default() }
    }

    fn heading_classes(&self) -> &str {
        self.heading.classes.as_ref().map_or("govuk-heading-xl", Classes::as_str)
    }
}

setters! { PageHeaderActions {
    /// With further classes.
    classes: Classes,
} }

parts!(Badge, IdentityBar, ButtonMenu, PageHeaderActions);

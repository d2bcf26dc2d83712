//! Ways through the pages.

use askama::Template;

use super::attributes::{Attributes, Classes, named};
use super::content::Content;
use super::part::{parts, setters};

/// The way back to the page before.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/back_link.html")]
pub struct BackLink {
    /// Where it leads.
    pub href: String,
    /// What it says; "Back" if empty.
    pub content: Content,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl BackLink {
    /// To `href`, saying `content`.
    #[must_use]
    pub fn to(href: impl Into<String>, content: impl Into<Content>) -> Self {
        Self { href: href.into(), content: content.into(), ..Self::default() }
    }
}

/// The way past what every page has.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/skip_link.html")]
pub struct SkipLink {
    /// The main part of the page; `#content` if empty.
    pub href: String,
    /// What it says.
    pub content: Content,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl SkipLink {
    /// To `href`, saying `content`.
    #[must_use]
    pub fn to(href: impl Into<String>, content: impl Into<Content>) -> Self {
        Self { href: href.into(), content: content.into(), ..Self::default() }
    }
}

/// The pages above this one.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/breadcrumbs.html")]
pub struct Breadcrumbs {
    /// From the outermost inwards.
    pub items: Vec<Breadcrumb>,
    /// What those who listen hear; "Breadcrumb" if not given.
    pub label_text: Option<String>,
    /// On a phone, only the first and the last.
    pub collapse_on_mobile: bool,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// A page above this one; without an address, this one.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Breadcrumb {
    /// What it says.
    pub content: Content,
    /// Its address.
    pub href: String,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Breadcrumbs {
    /// Announced as `label` for those who listen.
    #[must_use]
    pub fn of(label: impl Into<String>, items: impl IntoIterator<Item = Breadcrumb>) -> Self {
        Self { label_text: Some(label.into()), items: items.into_iter().collect(), ..Self::default() }
    }
}

impl Breadcrumb {
    /// To `href`, saying `content`.
    #[must_use]
    pub fn to(href: impl Into<String>, content: impl Into<Content>) -> Self {
        Self { href: href.into(), content: content.into(), ..Self::default() }
    }
}

/// The name of the service and its sections.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/service_navigation.html")]
pub struct ServiceNavigation {
    /// The name of the service.
    pub service_name: String,
    /// Its front page.
    pub service_url: String,
    /// Its sections.
    pub navigation: Vec<NavigationItem>,
    /// What those who listen hear for the whole; "Service information" if not given.
    pub aria_label: Option<String>,
    /// What they hear for the sections; what the menu button says if empty.
    pub navigation_label: String,
    /// The id of the list; `navigation` if empty.
    pub navigation_id: String,
    /// Further classes of the list.
    pub navigation_classes: Classes,
    /// What the button says that shows the sections on a phone; "Menu" if empty.
    pub menu_button_text: String,
    /// The same for those who listen, if it is not the same.
    pub menu_button_label: String,
    /// On a phone, the sections are behind a button; so are more than one if not said.
    pub collapse_navigation_on_mobile: Option<bool>,
    /// What else stands in it.
    pub slots: Slots,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// A section of the service.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct NavigationItem {
    /// What it says.
    pub content: Content,
    /// Its address.
    pub href: String,
    /// It is this page.
    pub current: bool,
    /// This page belongs to it.
    pub active: bool,
    /// Further classes, in a sub-navigation.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// What else can stand in a service navigation.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Slots {
    /// Before all.
    pub start: Content,
    /// After all.
    pub end: Content,
    /// What stands after all stands on the same line.
    pub end_inline: bool,
    /// List items before the sections.
    pub navigation_start: Content,
    /// List items after the sections.
    pub navigation_end: Content,
}

impl NavigationItem {
    /// To `href`, saying `content`.
    #[must_use]
    pub fn to(href: impl Into<String>, content: impl Into<Content>) -> Self {
        Self { href: href.into(), content: content.into(), ..Self::default() }
    }
}

setters! { NavigationItem {
    /// It is this page.
    current: bool,
    /// This page belongs to it.
    active: bool,
} }

impl ServiceNavigation {
    /// The service `name` with its sections.
    #[must_use]
    pub fn of(
        name: impl Into<String>,
        url: impl Into<String>,
        navigation: impl IntoIterator<Item = NavigationItem>,
    ) -> Self {
        Self {
            service_name: name.into(),
            service_url: url.into(),
            navigation: navigation.into_iter().collect(),
            ..Self::default()
        }
    }

    fn is_section(&self) -> bool {
        !self.service_name.is_empty() || !self.slots.start.is_empty() || !self.slots.end.is_empty()
    }

    fn has_list(&self) -> bool {
        !self.navigation.is_empty() || !self.slots.navigation_start.is_empty() || !self.slots.navigation_end.is_empty()
    }

    fn collapses(&self) -> bool {
        self.collapse_navigation_on_mobile.unwrap_or(self.navigation.len() > 1)
    }

    fn menu(&self) -> &str {
        if self.menu_button_text.is_empty() { "Menu" } else { &self.menu_button_text }
    }

    fn menu_label(&self) -> &str {
        if self.menu_button_label == self.menu() { "" } else { &self.menu_button_label }
    }

    fn list_id(&self) -> &str {
        if self.navigation_id.is_empty() { "navigation" } else { &self.navigation_id }
    }

    fn list_label(&self) -> &str {
        if self.navigation_label.is_empty() { self.menu() } else { &self.navigation_label }
    }
}

impl NavigationItem {
    fn aria_current(&self) -> &'static str {
        match (self.current, self.active) {
            (true, _) => "page",
            (false, true) => "true",
            (false, false) => "",
        }
    }
}

setters! { ServiceNavigation {
    /// With what those who listen hear for the whole.
    aria_label: String as Some,
    /// With what they hear for the sections.
    navigation_label: String,
    /// With what the button says that shows the sections on a phone.
    menu_button_text: String,
    /// With what else stands in it.
    slots: Slots,
} }

/// The languages of the page.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/language_navigation.html")]
pub struct LanguageNavigation {
    /// The languages.
    pub items: Vec<LanguageItem>,
    /// What those who listen hear; "Language" if not given.
    pub aria_label: Option<String>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// A language; without an address, that of the page.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct LanguageItem {
    /// Its name in itself.
    pub content: Content,
    /// The page in that language.
    pub href: String,
    /// It is that of the page.
    pub current: bool,
    /// Its tag (BCP 47).
    pub lang: String,
    /// That of the page that the address leads to, if another.
    pub href_lang: String,
    /// Its direction, if not that of the page.
    pub dir: String,
    /// What else those who listen hear, such as the name in the page's own language.
    pub language_description_text: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl LanguageNavigation {
    /// Announced as `label` for those who listen.
    #[must_use]
    pub fn of(label: impl Into<String>, items: impl IntoIterator<Item = LanguageItem>) -> Self {
        Self { aria_label: Some(label.into()), items: items.into_iter().collect(), ..Self::default() }
    }
}

impl LanguageItem {
    /// The language `lang`, called `name` in itself, at `href`.
    #[must_use]
    pub fn of(lang: impl Into<String>, name: impl Into<Content>, href: impl Into<String>) -> Self {
        Self { lang: lang.into(), content: name.into(), href: href.into(), ..Self::default() }
    }

    fn is_current(&self) -> bool {
        self.current || self.href.is_empty()
    }

    fn page_language(&self) -> &str {
        if self.href_lang.is_empty() { &self.lang } else { &self.href_lang }
    }
}

setters! { LanguageItem {
    /// It is that of the page.
    current: bool,
    /// Written in this direction.
    dir: String,
} }

parts!(BackLink, SkipLink, Breadcrumbs, ServiceNavigation, LanguageNavigation);

//! Ways through a list of many pages.

use askama::Template;

use super::attributes::{Attributes, Classes};
use super::content::Content;
use super::part::{parts, setters};

/// Ways through a list of many pages.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/pagination.html")]
pub struct Pagination {
    /// The pages.
    pub items: Vec<PageItem>,
    /// The page before.
    pub previous: Option<PageLink>,
    /// The page after.
    pub next: Option<PageLink>,
    /// What those who listen hear; "Pagination" if empty.
    pub landmark_label: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// The page before or after.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct PageLink {
    /// What it says; "Previous page" or "Next page" if empty.
    pub content: Content,
    /// Its address.
    pub href: String,
    /// What it is about, if the pages have no numbers.
    pub label_text: String,
    /// Further attributes.
    pub attributes: Attributes,
}

/// One page, or a gap.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct PageItem {
    /// Its number.
    pub number: String,
    /// Its address.
    pub href: String,
    /// It is this page.
    pub current: bool,
    /// It is a gap.
    pub ellipsis: bool,
    /// What those who listen hear; "Page" and the number if not given.
    pub visually_hidden_text: Option<String>,
    /// Further attributes.
    pub attributes: Attributes,
}

impl PageLink {
    /// To `href`, saying `content`.
    #[must_use]
    pub fn to(href: impl Into<String>, content: impl Into<Content>) -> Self {
        Self { href: href.into(), content: content.into(), ..Self::default() }
    }
}

setters! { PageLink {
    /// With what it is about.
    label_text: String,
} }

impl PageItem {
    /// Page `number` at `href`, announced as `label` ("Page 3").
    #[must_use]
    pub fn of(number: impl Into<String>, href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { number: number.into(), href: href.into(), visually_hidden_text: Some(label.into()), ..Self::default() }
    }

    /// A gap.
    #[must_use]
    pub fn gap() -> Self {
        Self { ellipsis: true, ..Self::default() }
    }

    fn label(&self) -> String {
        self.visually_hidden_text.clone().unwrap_or_else(|| format!("Page {}", self.number))
    }
}

setters! { PageItem {
    /// It is this page.
    current: bool,
} }

impl Pagination {
    /// The page before and the page after, where there are such.
    #[must_use]
    pub fn of(label: impl Into<String>, previous: Option<PageLink>, next: Option<PageLink>) -> Self {
        Self { landmark_label: label.into(), previous, next, ..Self::default() }
    }

    /// With these pages.
    #[must_use]
    pub fn items(mut self, items: impl IntoIterator<Item = PageItem>) -> Self {
        self.items = items.into_iter().collect();
        self
    }

    fn title<'a>(&self, link: &'a PageLink, text: &'static str) -> PageTitle<'a> {
        PageTitle { link, text, is_block: self.is_block() }
    }

    fn is_block(&self) -> bool {
        self.items.is_empty() && (self.next.is_some() || self.previous.is_some())
    }

    fn label(&self) -> &str {
        if self.landmark_label.is_empty() { "Pagination" } else { &self.landmark_label }
    }
}

/// What the link to the page before or after says.
#[derive(Template)]
#[template(path = "part/_pagination_title.html")]
struct PageTitle<'a> {
    link: &'a PageLink,
    text: &'static str,
    is_block: bool,
}

parts!(Pagination, PageTitle<'_>);

//! Which part of a long list this is.

use askama::Template;

use super::super::attributes::{Attributes, Classes};
use super::super::content::Content;
use super::super::pagination::{PageItem, PageLink, Pagination};
use super::super::part::{parts, setters};

/// Ways through the pages of a long list, with how much of it this is.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/moj/pagination.html")]
pub struct ResultPages {
    /// How much of the list this is ("Showing 11 to 20 of 45 cases").
    pub results: Content,
    /// The pages.
    pub items: Vec<PageItem>,
    /// The page before.
    pub previous: Option<PageLink>,
    /// The page after.
    pub next: Option<PageLink>,
    /// What those who listen hear.
    pub landmark_label: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl ResultPages {
    /// The page before and the page after, where there are such, of the list that `results` describes.
    #[must_use]
    pub fn of(
        label: impl Into<String>,
        results: impl Into<Content>,
        previous: Option<PageLink>,
        next: Option<PageLink>,
    ) -> Self {
        Self { landmark_label: label.into(), results: results.into(), previous, next, ..Self::default() }
    }

    /// The ways, if there is another page.
    fn pagination(&self) -> Option<Pagination> {
        let several =
            self.items.len() > 1 || (self.items.is_empty() && (self.previous.is_some() || self.next.is_some()));
        several.then(|| Pagination {
            items: self.items.clone(),
            previous: self.previous.clone(),
            next: self.next.clone(),
            landmark_label: self.landmark_label.clone(),
            classes: self.classes.after("moj-pagination__pagination"),
            attributes: self.attributes.clone(),
        })
    }
}

setters! { ResultPages {
    /// With these pages.
    items: Vec<PageItem>,
} }

parts!(ResultPages);

//! Panels of which one shows at a time. Without scripts they stand one under the other, below a list of links to them.

use askama::Template;

use super::attributes::{Attributes, Classes, named};
use super::content::Content;
use super::part::parts;

/// Panels of which one shows at a time.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/tabs.html")]
pub struct Tabs {
    /// Its id.
    pub id: String,
    /// What the ids of the panels begin with, if they have none of their own.
    pub id_prefix: String,
    /// The title of the list of links; "Contents" if not given.
    pub title: Content,
    /// The panels.
    pub items: Vec<Tab>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// A panel and the link to it.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Tab {
    /// Its id.
    pub id: String,
    /// What the link says.
    pub label: String,
    /// The panel.
    pub panel: TabPanel,
    /// Further attributes of the link.
    pub attributes: Attributes,
}

/// A panel.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct TabPanel {
    /// What stands in it. Text alone becomes a paragraph.
    pub content: Content,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Tab {
    /// The panel `id` with `content`, reached by the link `label`.
    #[must_use]
    pub fn of(id: impl Into<String>, label: impl Into<String>, content: impl Into<Content>) -> Self {
        let panel = TabPanel { content: content.into(), ..TabPanel::default() };
        Self { id: id.into(), label: label.into(), panel, ..Self::default() }
    }
}

impl Tabs {
    /// With the title `title`.
    #[must_use]
    pub fn of(title: impl Into<Content>, items: impl IntoIterator<Item = Tab>) -> Self {
        Self { title: title.into(), items: items.into_iter().collect(), ..Self::default() }
    }

    /// The id of panel `number`, counted from 1.
    fn panel_id(&self, tab: &Tab, number: usize) -> String {
        if tab.id.is_empty() { format!("{}-{number}", self.id_prefix) } else { tab.id.clone() }
    }
}

parts!(Tabs);

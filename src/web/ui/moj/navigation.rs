//! Ways through the parts of a case and of the settings.

use askama::Template;

use super::super::attributes::{Attributes, Classes, named};
use super::super::content::Content;
use super::super::navigation::NavigationItem;
use super::super::part::parts;

/// Links one under the other, in one list or in sections.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/moj/side_navigation.html")]
pub struct SideNavigation {
    /// What those who listen hear.
    pub label: String,
    /// The links, if there are no sections.
    pub items: Vec<NavigationItem>,
    /// The sections.
    pub sections: Vec<SideSection>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// A section of a side navigation.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct SideSection {
    /// Its title.
    pub heading: SideHeading,
    /// The links.
    pub items: Vec<NavigationItem>,
}

/// The title of a section.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct SideHeading {
    /// What it says.
    pub content: Content,
    /// Its level; 4 if not given, which seldom fits the page.
    #[cfg_attr(test, serde(deserialize_with = "super::super::golden::number"))]
    pub heading_level: Option<u8>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl SideNavigation {
    /// One list, announced as `label` for those who listen.
    #[must_use]
    pub fn of(label: impl Into<String>, items: impl IntoIterator<Item = NavigationItem>) -> Self {
        Self { label: label.into(), items: items.into_iter().collect(), ..Self::default() }
    }

    /// With a section, its title at level 2.
    #[must_use]
    pub fn section(mut self, title: impl Into<Content>, items: impl IntoIterator<Item = NavigationItem>) -> Self {
        let heading = SideHeading { content: title.into(), heading_level: Some(2), ..SideHeading::default() };
        self.sections.push(SideSection { heading, items: items.into_iter().collect() });
        self
    }
}

/// Links side by side.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/moj/sub_navigation.html")]
pub struct SubNavigation {
    /// What those who listen hear; "Secondary navigation region" if empty.
    pub label: String,
    /// The links.
    pub items: Vec<NavigationItem>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl SubNavigation {
    /// Announced as `label` for those who listen.
    #[must_use]
    pub fn of(label: impl Into<String>, items: impl IntoIterator<Item = NavigationItem>) -> Self {
        Self { label: label.into(), items: items.into_iter().collect(), ..Self::default() }
    }
}

parts!(SideNavigation, SubNavigation);

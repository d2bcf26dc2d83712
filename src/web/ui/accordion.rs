//! Sections that open and close. Without scripts all are open.

use askama::Template;

use super::attributes::{Attributes, Classes, said};
use super::content::Content;
use super::part::parts;

/// Sections that open and close.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/accordion.html")]
pub struct Accordion {
    /// Its id, which must be its own within the service: what was open is remembered under it.
    pub id: String,
    /// The level of the headings; 2 if not given.
    #[cfg_attr(test, serde(deserialize_with = "super::golden::number"))]
    pub heading_level: Option<u8>,
    /// The sections.
    pub items: Vec<AccordionItem>,
    /// Whether the browser remembers what was open; it does if not said.
    pub remember_expanded: Option<bool>,
    /// What the button says that closes all.
    pub hide_all_sections_text: String,
    /// What the button says that opens all.
    pub show_all_sections_text: String,
    /// What the button of an open section says.
    pub hide_section_text: String,
    /// What the button of a closed section says.
    pub show_section_text: String,
    /// The same for those who listen.
    pub hide_section_aria_label_text: String,
    /// The same for those who listen.
    pub show_section_aria_label_text: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// A section.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct AccordionItem {
    /// Its heading.
    pub heading: Content,
    /// A line under the heading.
    pub summary: Content,
    /// What stands in it. Text alone becomes a paragraph.
    pub content: Content,
    /// It is open.
    pub expanded: bool,
}

impl AccordionItem {
    /// `content` under `heading`.
    #[must_use]
    pub fn of(heading: impl Into<Content>, content: impl Into<Content>) -> Self {
        Self { heading: heading.into(), content: content.into(), ..Self::default() }
    }
}

impl Accordion {
    /// With these sections.
    #[must_use]
    pub fn of(id: impl Into<String>, items: impl IntoIterator<Item = AccordionItem>) -> Self {
        Self { id: id.into(), items: items.into_iter().collect(), ..Self::default() }
    }

    fn words(&self) -> Attributes {
        Attributes::new()
            .given("data-i18n.hide-all-sections", &self.hide_all_sections_text)
            .given("data-i18n.hide-section", &self.hide_section_text)
            .given("data-i18n.hide-section-aria-label", &self.hide_section_aria_label_text)
            .given("data-i18n.show-all-sections", &self.show_all_sections_text)
            .given("data-i18n.show-section", &self.show_section_text)
            .given("data-i18n.show-section-aria-label", &self.show_section_aria_label_text)
    }
}

parts!(Accordion);

//! What happened, and when.

use askama::Template;

use super::super::attributes::{Attributes, Classes};
use super::super::content::Content;
use super::super::part::{parts, setters};

/// What happened, the latest first.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/moj/timeline.html")]
pub struct Timeline {
    /// The level of the headings; 2 if not given.
    #[cfg_attr(test, serde(deserialize_with = "super::super::golden::number"))]
    pub heading_level: Option<u8>,
    /// The word before who did it; "by" if empty.
    pub by_text: String,
    /// What happened.
    pub items: Vec<TimelineItem>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// Something that happened.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct TimelineItem {
    /// What, in few words.
    pub label: Content,
    /// What, in more words.
    pub content: Content,
    /// When.
    pub datetime: TimelineMoment,
    /// Who did it.
    pub byline: Content,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// When something happened.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct TimelineMoment {
    /// ISO 8601.
    pub timestamp: String,
    /// As people read it.
    #[cfg_attr(test, serde(rename = "format"))]
    pub text: String,
}

impl TimelineItem {
    /// `label` happened at `timestamp` (ISO 8601), which people read as `text`.
    #[must_use]
    pub fn of(label: impl Into<Content>, timestamp: impl Into<String>, text: impl Into<String>) -> Self {
        let datetime = TimelineMoment { timestamp: timestamp.into(), text: text.into() };
        Self { label: label.into(), datetime, ..Self::default() }
    }
}

setters! { TimelineItem {
    /// With more words.
    content: Content,
    /// With who did it.
    byline: Content,
} }

impl Timeline {
    /// Of these, the latest first.
    #[must_use]
    pub fn of(items: impl IntoIterator<Item = TimelineItem>) -> Self {
        Self { items: items.into_iter().collect(), ..Self::default() }
    }
}

setters! { Timeline {
    /// With headings of this level.
    heading_level: u8 as Some,
    /// With the word before who did it.
    by_text: String,
} }

parts!(Timeline);

//! What was written to and fro.

use askama::Template;

use super::super::attributes::{Attributes, Classes, named};
use super::super::content::Content;
use super::super::part::{parts, setters};

/// What was written to and fro, oldest first, under the date of each day.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/moj/messages.html")]
pub struct Messages {
    /// Its id; `messages` if empty.
    pub id: String,
    /// What those who listen hear.
    pub label: String,
    /// The word between who wrote and when; "at" if empty.
    pub at_text: String,
    /// The messages.
    pub items: Vec<Message>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// One message.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Message {
    /// A number or name; its id is `message_` and this.
    pub id: String,
    /// What it says.
    pub content: Content,
    /// Which side it stands on.
    #[cfg_attr(test, serde(rename = "type"))]
    pub kind: MessageKind,
    /// Who wrote it.
    pub sender: String,
    /// When.
    pub timestamp: MessageTime,
}

/// Which side a message stands on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(serde::Deserialize), serde(rename_all = "lowercase"))]
pub enum MessageKind {
    /// The reader's own.
    #[default]
    Sent,
    /// Somebody else's.
    Received,
}

/// When a message was written.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct MessageTime {
    /// The date as people read it.
    pub date: String,
    /// The time as people read it.
    pub time: String,
    /// The date in ISO 8601, if `date` is not that.
    pub machine_date: String,
    /// The moment in ISO 8601, if `time` is not that.
    pub machine_time: String,
}

impl MessageKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Received => "received",
        }
    }
}

impl MessageTime {
    fn machine_date(&self) -> &str {
        if self.machine_date.is_empty() { &self.date } else { &self.machine_date }
    }

    fn machine_time(&self) -> &str {
        if self.machine_time.is_empty() { &self.time } else { &self.machine_time }
    }
}

impl Messages {
    /// Announced as `label` for those who listen.
    #[must_use]
    pub fn of(label: impl Into<String>, items: impl IntoIterator<Item = Message>) -> Self {
        Self { label: label.into(), items: items.into_iter().collect(), ..Self::default() }
    }

    /// Each message, and whether it is the first of its day.
    fn days(&self) -> impl Iterator<Item = (&Message, bool)> {
        let mut last = None;
        self.items.iter().map(move |item| {
            let first = last != Some(&item.timestamp.date);
            last = Some(&item.timestamp.date);
            (item, first)
        })
    }
}

setters! { Messages {
    /// With the word between who wrote and when.
    at_text: String,
    /// With an id of its own.
    id: String,
} }

parts!(Messages);

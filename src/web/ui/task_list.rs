//! What is to be done, and how far each is.

use askama::Template;

use super::attributes::{Attributes, Classes, named};
use super::content::Content;
use super::notice::Tag;
use super::part::{parts, setters};

/// What is to be done.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/task_list.html")]
pub struct TaskList {
    /// What the ids in it begin with; `task-list` if empty.
    pub id_prefix: String,
    /// The tasks.
    pub items: Vec<Task>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// A task.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Task {
    /// What is to be done.
    pub title: TaskTitle,
    /// A hint.
    pub hint: Option<Content>,
    /// How far it is.
    pub status: TaskStatus,
    /// Where it is done.
    pub href: String,
    /// Further classes.
    pub classes: Classes,
}

/// What is to be done.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct TaskTitle {
    /// What it says.
    pub content: Content,
    /// Further classes.
    pub classes: Classes,
}

/// How far a task is.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct TaskStatus {
    /// As a tag.
    pub tag: Option<Tag>,
    /// As words.
    pub content: Content,
    /// Further classes.
    pub classes: Classes,
}

impl TaskStatus {
    /// As a tag.
    #[must_use]
    pub fn tag(tag: Tag) -> Self {
        Self { tag: Some(tag), ..Self::default() }
    }

    /// As words; for what is done.
    #[must_use]
    pub fn words(content: impl Into<Content>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }
}

impl Task {
    /// `title`, done at `href`, as far as `status` says.
    #[must_use]
    pub fn of(href: impl Into<String>, title: impl Into<Content>, status: TaskStatus) -> Self {
        let title = TaskTitle { content: title.into(), ..TaskTitle::default() };
        Self { href: href.into(), title, status, ..Self::default() }
    }
}

setters! { Task {
    /// With a hint.
    hint: Content as Some,
} }

impl TaskList {
    /// With these tasks.
    #[must_use]
    pub fn of(items: impl IntoIterator<Item = Task>) -> Self {
        Self { items: items.into_iter().collect(), ..Self::default() }
    }

    /// What the ids of task `number`, counted from 1, begin with.
    fn stem(&self, number: usize) -> String {
        let prefix = if self.id_prefix.is_empty() { "task-list" } else { &self.id_prefix };
        format!("{prefix}-{number}")
    }
}

parts!(TaskList);

//! What somebody has told us, or what we know, with ways to change it.

use askama::Template;

use super::attributes::{Attributes, Classes};
use super::content::Content;
use super::part::{parts, setters};

/// Keys and values, each with what can be done about it.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/summary_list.html")]
pub struct SummaryList {
    /// The rows.
    pub rows: Vec<SummaryRow>,
    /// The card around them.
    pub card: Option<Card>,
    /// Further classes: `govuk-summary-list--no-border`.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// A key and its value.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct SummaryRow {
    /// The key.
    pub key: Cell,
    /// The value.
    pub value: Cell,
    /// What can be done about it.
    pub actions: Actions,
    /// Further classes.
    pub classes: Classes,
}

/// A key or a value.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Cell {
    /// What it says.
    pub content: Content,
    /// Further classes.
    pub classes: Classes,
    /// The level of its heading, if it is the title of a card; 2 if not given.
    #[cfg_attr(test, serde(deserialize_with = "super::golden::number"))]
    pub heading_level: Option<u8>,
}

/// What can be done.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Actions {
    /// The links.
    pub items: Vec<Action>,
    /// Further classes.
    pub classes: Classes,
}

/// Something that can be done.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Action {
    /// Where it leads.
    pub href: String,
    /// What it says ("Change").
    pub content: Content,
    /// What those who listen hear after it ("name"), so that links can be told apart.
    pub visually_hidden_text: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// A card around a list, with a title.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Card {
    /// Its title.
    pub title: Option<Cell>,
    /// What can be done about all of it.
    pub actions: Actions,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl<T: Into<Content>> From<T> for Cell {
    fn from(content: T) -> Self {
        Self { content: content.into(), ..Self::default() }
    }
}

impl Action {
    /// To `href`, saying `content`, followed by `hidden` for those who listen.
    #[must_use]
    pub fn to(href: impl Into<String>, content: impl Into<Content>, hidden: impl Into<String>) -> Self {
        Self { href: href.into(), content: content.into(), visually_hidden_text: hidden.into(), ..Self::default() }
    }
}

impl SummaryRow {
    /// `key` and `value`.
    #[must_use]
    pub fn of(key: impl Into<Cell>, value: impl Into<Cell>) -> Self {
        Self { key: key.into(), value: value.into(), ..Self::default() }
    }

    /// With something that can be done about it.
    #[must_use]
    pub fn action(mut self, action: Action) -> Self {
        self.actions.items.push(action);
        self
    }
}

impl SummaryList {
    /// Without rows yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With a row.
    #[must_use]
    pub fn row(mut self, key: impl Into<Cell>, value: impl Into<Cell>) -> Self {
        self.rows.push(SummaryRow::of(key, value));
        self
    }

    /// With a row that can be changed.
    #[must_use]
    pub fn row_with(mut self, key: impl Into<Cell>, value: impl Into<Cell>, action: Action) -> Self {
        self.rows.push(SummaryRow::of(key, value).action(action));
        self
    }

    /// On a card.
    #[must_use]
    pub fn card(mut self, title: impl Into<Cell>, actions: impl IntoIterator<Item = Action>) -> Self {
        let actions = Actions { items: actions.into_iter().collect(), ..Actions::default() };
        self.card = Some(Card { title: Some(title.into()), actions, ..Card::default() });
        self
    }

    fn any_actions(&self) -> bool {
        self.rows.iter().any(|row| !row.actions.items.is_empty())
    }

    /// The level of the card's heading.
    fn card_level(&self) -> u8 {
        let title = self.card.as_ref().and_then(|card| card.title.as_ref());
        title.and_then(|title| title.heading_level).unwrap_or(2)
    }

    fn card_title(&self) -> Content {
        let title = self.card.as_ref().and_then(|card| card.title.as_ref());
        title.map(|title| title.content.clone()).unwrap_or_default()
    }

    fn link<'a>(&self, action: &'a Action) -> ActionLink<'a> {
        ActionLink { action, card_title: self.card_title() }
    }
}

setters! { SummaryList {
    /// With further classes.
    classes: Classes,
    /// With further attributes.
    attributes: Attributes,
} }

#[derive(Template)]
#[template(path = "part/action_link.html")]
struct ActionLink<'a> {
    action: &'a Action,
    card_title: Content,
}

parts!(SummaryList, ActionLink<'_>);

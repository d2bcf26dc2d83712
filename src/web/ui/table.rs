//! Tables.

use askama::Template;

use super::attributes::{Attributes, Classes};
use super::content::Content;
use super::part::{parts, setters};

/// A table.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/table.html")]
pub struct Table {
    /// What it is about.
    pub caption: String,
    /// Further classes of the caption.
    pub caption_classes: Classes,
    /// The headings of the columns.
    pub head: Vec<Cell>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// The first cell of each row is its heading.
    pub first_cell_is_header: bool,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// A cell.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Cell {
    /// What it says.
    pub content: Content,
    /// `numeric`, or empty.
    pub format: String,
    /// How many columns it spans.
    #[cfg_attr(test, serde(deserialize_with = "super::golden::number"))]
    pub colspan: Option<u32>,
    /// How many rows it spans.
    #[cfg_attr(test, serde(deserialize_with = "super::golden::number"))]
    pub rowspan: Option<u32>,
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

impl Cell {
    /// A number, written to the right.
    #[must_use]
    pub fn number(content: impl Into<Content>) -> Self {
        Self { format: "numeric".to_owned(), ..Self::from(content) }
    }
}

/// How a column that scripts can sort is sorted now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sorted {
    /// It is not.
    #[default]
    No,
    /// The least first.
    Ascending,
    /// The greatest first.
    Descending,
}

impl Cell {
    /// The heading of a column that scripts can sort: see [`Table::sortable`].
    #[must_use]
    pub fn sorted(mut self, sorted: Sorted) -> Self {
        let sorted = match sorted {
            Sorted::No => "none",
            Sorted::Ascending => "ascending",
            Sorted::Descending => "descending",
        };
        self.attributes = self.attributes.with("aria-sort", sorted);
        self
    }

    /// What the cell is sorted by, if not by what it says: a number, or an ISO date.
    #[must_use]
    pub fn sort_value(mut self, value: impl Into<String>) -> Self {
        self.attributes = self.attributes.with("data-sort-value", value);
        self
    }
}

setters! { Cell {
    /// With further classes.
    classes: Classes,
    /// With further attributes.
    attributes: Attributes,
} }

impl Table {
    /// About `caption`, with the headings `head`.
    #[must_use]
    pub fn of<T: Into<Cell>>(caption: impl Into<String>, head: impl IntoIterator<Item = T>) -> Self {
        Self { caption: caption.into(), head: head.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// With a further row.
    #[must_use]
    pub fn row<T: Into<Cell>>(mut self, cells: impl IntoIterator<Item = T>) -> Self {
        self.rows.push(cells.into_iter().map(Into::into).collect());
        self
    }

    /// With scripts (`moj.js`), a column whose heading is [`Cell::sorted`] can be sorted by pressing its heading: the rows
    /// that are on the page, not those of other pages.
    #[must_use]
    pub fn sortable(mut self) -> Self {
        self.attributes = self.attributes.with("data-module", "moj-sortable-table");
        self
    }

    /// With these rows.
    #[must_use]
    pub fn rows(mut self, rows: impl IntoIterator<Item = Vec<Cell>>) -> Self {
        self.rows.extend(rows);
        self
    }
}

setters! { Table {
    /// The first cell of each row is its heading.
    first_cell_is_header: bool,
    /// With further classes of the caption.
    caption_classes: Classes,
    /// With further classes.
    classes: Classes,
    /// With further attributes.
    attributes: Attributes,
} }

parts!(Table);

//! Narrowing a list down.

use askama::Template;

use super::super::attributes::Attributes;
use super::super::button::Button;
use super::super::content::Content;
use super::super::part::{parts, setters};

/// What a list is narrowed down by, with a link to take each away. Stands in a form that is sent by GET, so that the address
/// keeps it: see [`FilterLayout`].
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/moj/filter.html")]
pub struct Filter {
    /// Its title.
    pub heading: Content,
    /// What is chosen.
    pub selected_filters: Option<SelectedFilters>,
    /// What can be chosen: fields.
    pub options: Content,
    /// The button; "Apply filters" if it says nothing.
    pub submit: Button,
    /// What those who listen hear before what is chosen; "Remove this filter" if empty.
    pub remove_text: String,
    /// Further attributes.
    pub attributes: Attributes,
}

/// What is chosen.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct SelectedFilters {
    /// Its title.
    pub heading: Content,
    /// The way back to the whole list.
    pub clear_link: FilterLink,
    /// What is chosen, by kind.
    pub categories: Vec<FilterCategory>,
}

/// What is chosen of one kind.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct FilterCategory {
    /// The kind.
    pub heading: Content,
    /// Each with the address of the list without it.
    pub items: Vec<FilterLink>,
}

/// A link within a filter.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct FilterLink {
    /// Where it leads.
    pub href: String,
    /// What it says.
    #[cfg_attr(test, serde(rename = "content"))]
    pub text: String,
}

impl FilterLink {
    /// To `href`, saying `text`.
    #[must_use]
    pub fn to(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { href: href.into(), text: text.into() }
    }
}

impl SelectedFilters {
    /// Without anything chosen yet.
    #[must_use]
    pub fn of(heading: impl Into<Content>, clear_link: FilterLink) -> Self {
        Self { heading: heading.into(), clear_link, categories: Vec::new() }
    }

    /// With what is chosen of the kind `heading`, if anything is.
    #[must_use]
    pub fn category(mut self, heading: impl Into<Content>, items: impl IntoIterator<Item = FilterLink>) -> Self {
        let items: Vec<_> = items.into_iter().collect();
        if !items.is_empty() {
            self.categories.push(FilterCategory { heading: heading.into(), items });
        }
        self
    }
}

impl Filter {
    /// With the fields `options` and a button that says `submit`.
    #[must_use]
    pub fn of(heading: impl Into<Content>, options: impl Into<Content>, submit: impl Into<Content>) -> Self {
        let submit = Button { content: submit.into(), ..Button::default() };
        // The script would hide it on a wide screen, too.
        let attributes = Attributes::new().with("data-start-hidden", "false");
        Self { heading: heading.into(), options: options.into(), submit, attributes, ..Self::default() }
    }

    /// With what is chosen, if anything is.
    #[must_use]
    pub fn selected(mut self, selected: SelectedFilters) -> Self {
        self.selected_filters = Some(selected).filter(|selected| !selected.categories.is_empty());
        self
    }

    fn button(&self) -> Button {
        let said = Some(self.submit.content.clone()).filter(|content| !content.is_empty());
        Button { content: said.unwrap_or_else(|| "Apply filters".into()), ..self.submit.clone() }
    }
}

setters! { Filter {
    /// With what those who listen hear before what is chosen.
    remove_text: String,
} }

/// A filter beside the list that it narrows down. On a phone and with scripts the filter is behind a button.
#[derive(Debug, Clone, Template)]
#[template(path = "part/moj/filter_layout.html")]
pub struct FilterLayout {
    /// Where the form is sent, by GET.
    pub action: String,
    /// The filter.
    pub filter: Filter,
    /// The list.
    pub content: Content,
}

parts!(Filter, FilterLayout);

//! What every question has: a label or legend, a hint, what is wrong with the answer, and the group around them.

use askama::Template;
use askama::filters::HtmlSafe;

use super::attributes::{Attributes, Classes, named};
use super::content::Content;
use super::part::{parts, setters};

/// The label of one field.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/label.html")]
pub struct Label {
    /// What it says.
    pub content: Content,
    /// The id of its field.
    #[cfg_attr(test, serde(rename = "for"))]
    pub for_id: String,
    /// It is the page's main heading as well.
    pub is_page_heading: bool,
    /// Further classes, such as `govuk-label--l`.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Label {
    /// The label that is the page's main heading.
    #[must_use]
    pub fn heading(content: impl Into<Content>) -> Self {
        Self { content: content.into(), is_page_heading: true, classes: "govuk-label--l".into(), ..Self::default() }
    }

    /// For the field `id`.
    pub(super) fn of_field(&self, id: &str) -> Self {
        Self { for_id: id.to_owned(), ..self.clone() }
    }
}

impl<T: Into<Content>> From<T> for Label {
    fn from(content: T) -> Self {
        Self { content: content.into(), ..Self::default() }
    }
}

setters! { Label {
    /// With further classes.
    classes: Classes,
    /// With further attributes.
    attributes: Attributes,
} }

/// A hint under a label.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/hint.html")]
pub struct Hint {
    /// What it says.
    pub content: Content,
    /// Its id.
    pub id: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Hint {
    /// Under the id that the field `id` names.
    pub(super) fn of_field(&self, id: &str) -> Self {
        Self { id: format!("{id}-hint"), ..self.clone() }
    }
}

impl<T: Into<Content>> From<T> for Hint {
    fn from(content: T) -> Self {
        Self { content: content.into(), ..Self::default() }
    }
}

/// What is wrong with an answer, beside its field.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/error_message.html")]
pub struct ErrorMessage {
    /// What it says: what to do, not what was done wrong.
    pub content: Content,
    /// Its id.
    pub id: String,
    /// What those who listen hear first; "Error" if nothing is given.
    pub visually_hidden_text: Option<String>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl ErrorMessage {
    /// Saying `content`, announced as `prefix` ("Error") for those who listen.
    #[must_use]
    pub fn of(prefix: impl Into<String>, content: impl Into<Content>) -> Self {
        Self { content: content.into(), visually_hidden_text: Some(prefix.into()), ..Self::default() }
    }

    /// Under the id that the field `id` names.
    pub(super) fn of_field(&self, id: &str) -> Self {
        Self { id: format!("{id}-error"), ..self.clone() }
    }

    fn prefix(&self) -> &str {
        self.visually_hidden_text.as_deref().unwrap_or("Error")
    }
}

/// The element around a question.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct FormGroup {
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
    /// What stands before the field.
    #[cfg_attr(test, serde(alias = "beforeInputs"))]
    pub before_input: Content,
    /// What stands after the field.
    #[cfg_attr(test, serde(alias = "afterInputs"))]
    pub after_input: Content,
}

/// The title of a group of fields.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/legend.html")]
pub struct Legend {
    /// What it says.
    pub content: Content,
    /// It is the page's main heading as well.
    pub is_page_heading: bool,
    /// Further classes, such as `govuk-fieldset__legend--l`.
    pub classes: Classes,
}

impl Legend {
    /// The legend that is the page's main heading.
    #[must_use]
    pub fn heading(content: impl Into<Content>) -> Self {
        Self { content: content.into(), is_page_heading: true, classes: "govuk-fieldset__legend--l".into() }
    }
}

impl<T: Into<Content>> From<T> for Legend {
    fn from(content: T) -> Self {
        Self { content: content.into(), ..Self::default() }
    }
}

setters! { Legend {
    /// With further classes.
    classes: Classes,
} }

/// Fields that belong together, under one legend.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/fieldset.html")]
pub struct Fieldset {
    /// Its title.
    pub legend: Legend,
    /// What stands in it.
    pub content: Content,
    /// Its role, if not that of a fieldset.
    pub role: String,
    /// The ids of what describes it.
    pub described_by: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Fieldset {
    /// With the title `legend` around `content`.
    #[must_use]
    pub fn of(legend: impl Into<Legend>, content: impl Into<Content>) -> Self {
        Self { legend: legend.into(), content: content.into(), ..Self::default() }
    }

    /// Its first tag and its legend, for a group that ends it itself.
    pub(super) fn start(&self, described_by: String, role: &'static str) -> FieldsetStart<'_> {
        FieldsetStart { fieldset: self, described_by, role }
    }
}

/// The beginning of a fieldset.
#[derive(Template)]
#[template(path = "part/_fieldset_start.html")]
pub(super) struct FieldsetStart<'a> {
    fieldset: &'a Fieldset,
    described_by: String,
    role: &'static str,
}

impl From<Legend> for Fieldset {
    fn from(legend: Legend) -> Self {
        Self { legend, ..Self::default() }
    }
}

macro_rules! fieldset_from {
    ($($text:ty),+) => { $(
        impl From<$text> for Fieldset {
            fn from(legend: $text) -> Self {
                Legend::from(legend).into()
            }
        }
    )+ };
}
fieldset_from!(&str, String, Content);

// Labels, hints and messages belong to a field; they are not content by themselves, so that content can become one.
impl HtmlSafe for Label {}
impl HtmlSafe for Hint {}
impl HtmlSafe for ErrorMessage {}
impl HtmlSafe for Legend {}
impl HtmlSafe for FieldsetStart<'_> {}
parts!(Fieldset);

/// What the templates and pages of single fields share. Their structs have `id`, `name`, `label`, `hint`, `error_message`,
/// `form_group`, `described_by`, `classes` and `attributes`.
macro_rules! single_field {
    ($($field:ty),+ $(,)?) => { $(
        impl $field {
            /// The id that the label names: its own, or its name.
            fn field_id(&self) -> &str {
                if self.id.is_empty() { &self.name } else { &self.id }
            }

            /// The ids of what describes the field: what was given, the hint, the error message.
            fn descriptions(&self) -> String {
                let [hint, error] = $crate::web::ui::field::part_ids(self.field_id(), &self.hint, &self.error_message);
                $crate::web::ui::attributes::ids(&[&self.described_by, &hint, &error])
            }
        }

        $crate::web::ui::field::question!($field);

        $crate::web::ui::part::setters! { $field {
            /// With an id of its own.
            id: String,
            /// Described by the elements with these ids, too.
            described_by: String,
        } }
    )+ };
}
pub(super) use single_field;

/// The builder methods that every question has.
macro_rules! question {
    ($($field:ty),+ $(,)?) => { $(
        $crate::web::ui::part::setters! { $field {
            /// With a hint.
            hint: $crate::web::ui::Hint as Some,
            /// With further classes.
            classes: $crate::web::ui::Classes,
            /// With further attributes.
            attributes: $crate::web::ui::Attributes,
            /// Within this group.
            form_group: $crate::web::ui::FormGroup,
        } }

        impl $field {
            /// With what is wrong with the answer, if anything is.
            #[must_use]
            pub fn error(mut self, error: Option<$crate::web::ui::ErrorMessage>) -> Self {
                self.error_message = error;
                self
            }
        }
    )+ };
}
pub(super) use question;

/// The ids of a field's hint and error message; empty if it has none.
pub(super) fn part_ids(id: &str, hint: &Option<Hint>, error: &Option<ErrorMessage>) -> [String; 2] {
    let made = |there: bool, part: &str| if there { format!("{id}-{part}") } else { String::new() };
    [made(hint.is_some(), "hint"), made(error.is_some(), "error")]
}

//! A field of one line.

use askama::Template;

use super::attributes::{Attributes, Classes, named, said};
use super::content::Content;
use super::field::{ErrorMessage, FormGroup, Hint, Label, single_field};
use super::part::{parts, setters};

/// A field of one line.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/input.html")]
pub struct Input {
    /// Its id; its name if empty.
    pub id: String,
    /// Its name in the form.
    pub name: String,
    /// `email`, `tel`...; `text` if empty.
    #[cfg_attr(test, serde(rename = "type"))]
    pub input_type: String,
    /// What stands in it.
    pub value: String,
    /// Its label.
    pub label: Label,
    /// Its hint.
    pub hint: Option<Hint>,
    /// What is wrong with the answer.
    pub error_message: Option<ErrorMessage>,
    /// What stands before it: a unit, a sign.
    pub prefix: Option<Affix>,
    /// What stands after it.
    pub suffix: Option<Affix>,
    /// The element around it.
    pub form_group: FormGroup,
    /// The element around it and what stands before and after.
    pub input_wrapper: FormGroup,
    /// The ids of what else describes it.
    pub described_by: String,
    /// It cannot be changed.
    pub disabled: bool,
    /// What the browser may fill in by itself (WCAG 2.2, 1.3.5).
    pub autocomplete: String,
    /// Whether the keyboard begins with a capital.
    pub autocapitalize: String,
    /// A regular expression, which also chooses the keyboard of old phones.
    pub pattern: String,
    /// Which keyboard to show.
    pub inputmode: String,
    /// Whether spelling is checked.
    pub spellcheck: Option<bool>,
    /// Further classes, such as `govuk-input--width-10`.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Input {
    /// For text.
    #[must_use]
    pub fn text(name: impl Into<String>, label: impl Into<Label>) -> Self {
        Self { name: name.into(), label: label.into(), ..Self::default() }
    }

    /// For an e-mail address.
    #[must_use]
    pub fn email(name: impl Into<String>, label: impl Into<Label>) -> Self {
        Self {
            input_type: "email".to_owned(),
            autocomplete: "email".to_owned(),
            spellcheck: Some(false),
            ..Self::text(name, label)
        }
    }

    /// For a telephone number.
    #[must_use]
    pub fn telephone(name: impl Into<String>, label: impl Into<Label>) -> Self {
        Self {
            input_type: "tel".to_owned(),
            autocomplete: "tel".to_owned(),
            classes: "govuk-input--width-20".into(),
            ..Self::text(name, label)
        }
    }

    /// For a code of digits that was sent to the person.
    #[must_use]
    pub fn code(name: impl Into<String>, label: impl Into<Label>) -> Self {
        Self {
            inputmode: "numeric".to_owned(),
            autocomplete: "one-time-code".to_owned(),
            spellcheck: Some(false),
            classes: "govuk-input--width-10 govuk-input--extra-letter-spacing".into(),
            ..Self::text(name, label)
        }
    }

    /// For a name, a postcode, a reference: text that is not spell-checked.
    #[must_use]
    pub fn literal(name: impl Into<String>, label: impl Into<Label>) -> Self {
        Self { spellcheck: Some(false), ..Self::text(name, label) }
    }

    fn is_wrapped(&self) -> bool {
        let affix = |affix: &Option<Affix>| affix.as_ref().is_some_and(|affix| !affix.content.is_empty());
        affix(&self.prefix)
            || affix(&self.suffix)
            || !self.form_group.before_input.is_empty()
            || !self.form_group.after_input.is_empty()
    }
}

single_field!(Input);

setters! { Input {
    /// With what stands in it.
    value: String,
    /// With what the browser may fill in by itself.
    autocomplete: String,
    /// With another keyboard: `numeric`, `decimal`.
    inputmode: String,
    /// With something before it.
    prefix: Affix as Some,
    /// With something after it.
    suffix: Affix as Some,
} }

/// What stands before or after a field. Those who listen do not hear it: the label must say it, too.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Affix {
    /// What it says.
    pub content: Content,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Affix {
    fn as_prefix(&self) -> AffixElement<'_> {
        AffixElement { affix: self, side: "prefix" }
    }

    fn as_suffix(&self) -> AffixElement<'_> {
        AffixElement { affix: self, side: "suffix" }
    }
}

impl<T: Into<Content>> From<T> for Affix {
    fn from(content: T) -> Self {
        Self { content: content.into(), ..Self::default() }
    }
}

#[derive(Template)]
#[template(path = "part/affix.html")]
struct AffixElement<'a> {
    affix: &'a Affix,
    side: &'static str,
}

parts!(Input, AffixElement<'_>);

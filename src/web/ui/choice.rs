//! Radios and checkboxes.

use askama::Template;

use super::attributes::{Attributes, Classes, ids, named};
use super::content::Content;
use super::field::{ErrorMessage, Fieldset, FormGroup, Hint, Label, part_ids, question};
use super::part::{parts, setters};

/// One of several answers.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/choices.html")]
pub struct Radios {
    /// What the ids of the items begin with; the name if empty. The first item has it as its id.
    pub id_prefix: String,
    /// Their name in the form.
    pub name: String,
    /// What can be chosen.
    pub items: Vec<Choice>,
    /// The value that is chosen.
    pub value: String,
    /// The question.
    pub fieldset: Option<Fieldset>,
    /// Its hint.
    pub hint: Option<Hint>,
    /// What is wrong with the answer.
    pub error_message: Option<ErrorMessage>,
    /// The element around it.
    pub form_group: FormGroup,
    /// Further classes: `govuk-radios--small`, `govuk-radios--inline`.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// Any of several answers.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/choices.html")]
pub struct Checkboxes {
    /// What the ids of the items begin with; the name if empty. The first item has it as its id.
    pub id_prefix: String,
    /// Their name in the form.
    pub name: String,
    /// What can be ticked.
    pub items: Vec<Choice>,
    /// The values that are ticked.
    pub values: Vec<String>,
    /// The question.
    pub fieldset: Option<Fieldset>,
    /// Its hint.
    pub hint: Option<Hint>,
    /// What is wrong with the answer.
    pub error_message: Option<ErrorMessage>,
    /// The element around it.
    pub form_group: FormGroup,
    /// The ids of what else describes them.
    pub described_by: String,
    /// Further classes: `govuk-checkboxes--small`.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// One answer, or the word that stands between two ("or").
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What it says.
    pub content: Content,
    /// Its id, if not made from the prefix.
    pub id: String,
    /// Its name in the form, if not that of all.
    pub name: String,
    /// How its label looks.
    pub label: Label,
    /// Its hint.
    pub hint: Option<Hint>,
    /// A word between two answers, in place of an answer.
    pub divider: String,
    /// It is chosen, whatever the value of all.
    pub checked: Option<bool>,
    /// What shows only once it is chosen. Without scripts it shows always.
    pub conditional: Content,
    /// `exclusive`: the scripts untick it when another is ticked, and the others when it is.
    pub behaviour: String,
    /// It cannot be chosen.
    pub disabled: bool,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Choice {
    /// Saying `content` and sending `value`.
    #[must_use]
    pub fn of(value: impl Into<String>, content: impl Into<Content>) -> Self {
        Self { value: value.into(), content: content.into(), ..Self::default() }
    }

    /// The word between two answers.
    #[must_use]
    pub fn divider(word: impl Into<String>) -> Self {
        Self { divider: word.into(), ..Self::default() }
    }

    /// "None of these": with scripts, it and the others exclude each other. Where the form arrives that is checked, too.
    #[must_use]
    pub fn exclusive(value: impl Into<String>, content: impl Into<Content>) -> Self {
        Self { behaviour: "exclusive".to_owned(), ..Self::of(value, content) }
    }
}

setters! { Choice {
    /// With a hint.
    hint: Hint as Some,
    /// With what shows only once it is chosen.
    conditional: Content,
    /// With an id of its own.
    id: String,
    /// Chosen or not, whatever the value of all.
    checked: bool as Some,
    /// It cannot be chosen.
    disabled: bool,
    /// With further attributes.
    attributes: Attributes,
} }

/// A choice as the template sees it.
struct Shown<'a> {
    choice: &'a Choice,
    id: String,
    name: &'a str,
    checked: bool,
    described_by: String,
    label: Label,
    hint: Option<Hint>,
}

impl<'a> Shown<'a> {
    fn of(
        choice: &'a Choice,
        at: usize,
        kind: &str,
        prefix: &str,
        name: &'a str,
        chosen: bool,
        described_by: &str,
    ) -> Self {
        let id = match (choice.id.as_str(), at) {
            ("", 0) => prefix.to_owned(),
            ("", at) => format!("{prefix}-{}", at + 1),
            (id, _) => id.to_owned(),
        };
        let hint = choice.hint.as_ref().filter(|hint| !hint.content.is_empty()).map(|hint| Hint {
            id: format!("{id}-item-hint"),
            classes: hint.classes.after(&format!("govuk-{kind}__hint")),
            ..hint.clone()
        });
        let label = Label {
            content: choice.content.clone(),
            for_id: id.clone(),
            classes: choice.label.classes.after(&format!("govuk-{kind}__label")),
            attributes: choice.label.attributes.clone(),
            is_page_heading: false,
        };
        Self {
            choice,
            name: if choice.name.is_empty() { name } else { &choice.name },
            checked: choice.checked.unwrap_or(chosen),
            described_by: ids(&[described_by, hint.as_ref().map_or("", |hint| &hint.id)]),
            label,
            hint,
            id,
        }
    }

    fn has_conditional(&self) -> bool {
        !self.choice.conditional.is_empty()
    }
}

impl Radios {
    /// The question `fieldset` with the answers `items`.
    #[must_use]
    pub fn of(name: impl Into<String>, fieldset: impl Into<Fieldset>, items: impl IntoIterator<Item = Choice>) -> Self {
        Self {
            name: name.into(),
            fieldset: Some(fieldset.into()),
            items: items.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Side by side, for two short answers.
    #[must_use]
    pub fn inline(self) -> Self {
        self.classes("govuk-radios--inline")
    }

    /// Small, for the desk.
    #[must_use]
    pub fn small(self) -> Self {
        self.classes("govuk-radios--small")
    }

    fn kind(&self) -> &'static str {
        "radios"
    }

    fn input_type(&self) -> &'static str {
        "radio"
    }

    fn shown(&self) -> Vec<Shown<'_>> {
        self.items
            .iter()
            .enumerate()
            .map(|(at, choice)| {
                let chosen = !self.value.is_empty() && choice.value == self.value;
                Shown::of(choice, at, self.kind(), self.field_id(), &self.name, chosen, "")
            })
            .collect()
    }
}

setters! { Radios {
    /// With this value chosen.
    value: String,
} }

impl Checkboxes {
    /// The question `fieldset` with the answers `items`.
    #[must_use]
    pub fn of(name: impl Into<String>, fieldset: impl Into<Fieldset>, items: impl IntoIterator<Item = Choice>) -> Self {
        Self {
            name: name.into(),
            fieldset: Some(fieldset.into()),
            items: items.into_iter().collect(),
            ..Self::default()
        }
    }

    /// One box without a question around it.
    #[must_use]
    pub fn alone(name: impl Into<String>, item: Choice) -> Self {
        Self { name: name.into(), items: vec![item], ..Self::default() }
    }

    /// Small, for the desk.
    #[must_use]
    pub fn small(self) -> Self {
        self.classes("govuk-checkboxes--small")
    }

    /// With these values ticked.
    #[must_use]
    pub fn values<T: Into<String>>(mut self, values: impl IntoIterator<Item = T>) -> Self {
        self.values = values.into_iter().map(Into::into).collect();
        self
    }

    fn kind(&self) -> &'static str {
        "checkboxes"
    }

    fn input_type(&self) -> &'static str {
        "checkbox"
    }

    fn shown(&self) -> Vec<Shown<'_>> {
        // Without a fieldset each box says what describes it.
        let described_by = if self.fieldset.is_some() { String::new() } else { self.descriptions() };
        self.items
            .iter()
            .enumerate()
            .map(|(at, choice)| {
                let ticked = self.values.contains(&choice.value);
                Shown::of(choice, at, self.kind(), self.field_id(), &self.name, ticked, &described_by)
            })
            .collect()
    }
}

macro_rules! group {
    ($($group:ty: $given:expr),+ $(,)?) => { $(
        impl $group {
            fn field_id(&self) -> &str {
                if self.id_prefix.is_empty() { &self.name } else { &self.id_prefix }
            }

            fn descriptions(&self) -> String {
                let [hint, error] = part_ids(self.field_id(), &self.hint, &self.error_message);
                let fieldset = self.fieldset.as_ref().map_or("", |fieldset| &fieldset.described_by);
                let own: fn(&Self) -> &str = $given;
                let given = if fieldset.is_empty() { own(self) } else { fieldset };
                ids(&[given, &hint, &error])
            }

            fn group_role(&self) -> &'static str {
                ""
            }
        }
    )+ };
}
group!(Radios: |_| "", Checkboxes: |boxes| &boxes.described_by);
question!(Radios, Checkboxes);
parts!(Radios, Checkboxes);

//! A date in three fields.

use std::collections::BTreeMap;

use askama::Template;

use super::attributes::{Attributes, Classes, ids, named};
use super::errors::Errors;
use super::field::{ErrorMessage, Fieldset, FormGroup, Hint, Label, part_ids, question};
use super::input::Input;
use super::part::parts;
use crate::base::capitalised;

/// A date in three fields, so that nobody must guess a format.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/date_input.html")]
pub struct DateInput {
    /// Its id, with which the ids of the fields begin.
    pub id: String,
    /// What the names of the fields begin with: `born` gives `born-day`.
    pub name_prefix: String,
    /// The fields, if not day, month and year.
    pub items: Vec<DatePart>,
    /// The day.
    pub day: Option<DatePart>,
    /// The month.
    pub month: Option<DatePart>,
    /// The year.
    pub year: Option<DatePart>,
    /// What stands in the fields, by their name.
    pub values: BTreeMap<String, String>,
    /// The question.
    pub fieldset: Option<Fieldset>,
    /// Its hint.
    pub hint: Option<Hint>,
    /// What is wrong with the answer.
    pub error_message: Option<ErrorMessage>,
    /// The element around it.
    pub form_group: FormGroup,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

/// One field of a date.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct DatePart {
    /// Its id, if not made from that of the date.
    pub id: String,
    /// Its name: `day`, `month`, `year`.
    pub name: String,
    /// Its label; its name with a capital if empty.
    pub label: String,
    /// What stands in it.
    pub value: Option<String>,
    /// It is wrong, or it is not though the date is.
    pub error: Option<bool>,
    /// What the browser may fill in by itself.
    pub autocomplete: String,
    /// Which keyboard to show; `numeric` if empty.
    pub inputmode: String,
    /// A regular expression.
    pub pattern: String,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

const PARTS: [&str; 3] = ["day", "month", "year"];
const WRONG: &str = "govuk-input--error";

impl DatePart {
    /// A class may say it, too.
    fn is_wrong(&self) -> bool {
        self.error == Some(true) || self.classes.contain(WRONG)
    }
}

impl DateInput {
    /// The question `fieldset`, answered in fields with the labels `labels` (day, month, year). Their names are
    /// `NAME-day`, `NAME-month` and `NAME-year`, and so are their ids.
    #[must_use]
    pub fn of(name: &str, fieldset: impl Into<Fieldset>, labels: [&str; 3]) -> Self {
        let [day, month, year] = labels.map(|label| Some(DatePart { label: label.to_owned(), ..DatePart::default() }));
        Self {
            id: name.to_owned(),
            name_prefix: name.to_owned(),
            day,
            month,
            year,
            fieldset: Some(fieldset.into()),
            ..Self::default()
        }
    }

    /// With what was typed: day, month, year.
    #[must_use]
    pub fn values(mut self, typed: [&str; 3]) -> Self {
        for (part, typed) in [&mut self.day, &mut self.month, &mut self.year].into_iter().zip(typed) {
            part.get_or_insert_default().value = Some(typed.to_owned());
        }
        self
    }

    /// A date of birth, which the browser may fill in.
    #[must_use]
    pub fn birthday(mut self) -> Self {
        let fields = ["bday-day", "bday-month", "bday-year"];
        for (part, field) in [&mut self.day, &mut self.month, &mut self.year].into_iter().zip(fields) {
            part.get_or_insert_default().autocomplete = field.to_owned();
        }
        self
    }

    /// With what `errors` says of this date and of its fields.
    #[must_use]
    pub fn errors(mut self, errors: &Errors) -> Self {
        self.error_message = errors.of(&self.id);
        let wrong = errors.parts(&self.id);
        if !wrong.is_empty() {
            for (part, name) in [&mut self.day, &mut self.month, &mut self.year].into_iter().zip(PARTS) {
                part.get_or_insert_default().error = Some(wrong.contains(&name));
            }
        }
        self
    }

    fn field_id(&self) -> &str {
        &self.id
    }

    fn descriptions(&self) -> String {
        let [hint, error] = part_ids(&self.id, &self.hint, &self.error_message);
        ids(&[self.fieldset.as_ref().map_or("", |fieldset| &fieldset.described_by), &hint, &error])
    }

    /// JAWS would not read the description of a fieldset of text fields.
    fn group_role(&self) -> &'static str {
        "group"
    }

    /// The fields as they are written.
    fn inputs(&self) -> Vec<Input> {
        let own: Vec<DatePart> = [&self.day, &self.month, &self.year]
            .into_iter()
            .zip(PARTS)
            .map(|(part, name)| {
                part.clone()
                    .unwrap_or_else(|| DatePart { value: self.values.get(name).cloned(), ..DatePart::default() })
            })
            .collect();
        let items = if self.items.is_empty() { &own } else { &self.items };
        let any_wrong = items.iter().any(DatePart::is_wrong);
        let own_of = |at: usize, item: &DatePart| {
            PARTS.into_iter().zip(&own).enumerate().find(|(n, (name, part))| {
                (self.items.is_empty() && *n == at)
                    || (!item.name.is_empty() && (item.name == *name || item.name == part.name))
            })
        };
        items
            .iter()
            .enumerate()
            .map(|(at, item)| {
                let known = own_of(at, item).map(|(_, known)| known);
                self.input(item, known, any_wrong)
            })
            .collect()
    }

    fn input(&self, item: &DatePart, known: Option<(&'static str, &DatePart)>, any_wrong: bool) -> Input {
        let name = match (item.name.as_str(), known) {
            ("", Some((name, _))) => name,
            (name, _) => name,
        };
        let full_name =
            if self.name_prefix.is_empty() { name.to_owned() } else { format!("{}-{name}", self.name_prefix) };
        let value = (item.value.as_ref())
            .or_else(|| known.and_then(|(_, part)| part.value.as_ref()))
            .or_else(|| self.values.get(&full_name).filter(|_| !name.is_empty()));
        let wrong = item.is_wrong() || (item.error != Some(false) && self.error_message.is_some() && !any_wrong);
        let width = match known {
            _ if item.classes.contain("govuk-input--width-") => "",
            Some(("year", _)) => "govuk-input--width-4",
            _ => "govuk-input--width-2",
        };
        let classes = ids(&[
            "govuk-date-input__input",
            if wrong && !item.classes.contain(WRONG) { WRONG } else { "" },
            width,
            item.classes.as_str(),
        ]);
        let label = if item.label.is_empty() { capitalised(name) } else { item.label.clone() };
        Input {
            id: if item.id.is_empty() { format!("{}-{name}", self.id) } else { item.id.clone() },
            name: full_name,
            value: value.cloned().unwrap_or_default(),
            label: Label { classes: "govuk-date-input__label".into(), ..Label::from(label) },
            inputmode: if item.inputmode.is_empty() { "numeric".to_owned() } else { item.inputmode.clone() },
            autocomplete: item.autocomplete.clone(),
            pattern: item.pattern.clone(),
            classes: classes.into(),
            attributes: item.attributes.clone(),
            ..Input::default()
        }
    }
}

question!(DateInput);
parts!(DateInput);

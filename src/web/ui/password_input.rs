//! A field for a password, which can be shown while it is typed.

use askama::Template;

use super::attributes::{Attributes, Classes};
use super::button::Button;
use super::content::Content;
use super::field::{ErrorMessage, FormGroup, Hint, Label, question};
use super::input::Input;
use super::part::{parts, setters};

/// A field for a password.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(source = "{{ self.input() }}", ext = "html")]
pub struct PasswordInput {
    /// Its id; its name if empty.
    pub id: String,
    /// Its name in the form.
    pub name: String,
    /// What stands in it. Never what was typed before.
    pub value: String,
    /// It cannot be changed.
    pub disabled: bool,
    /// The ids of what else describes it.
    pub described_by: String,
    /// Its label.
    pub label: Label,
    /// Its hint.
    pub hint: Option<Hint>,
    /// What is wrong with the answer.
    pub error_message: Option<ErrorMessage>,
    /// The element around it.
    pub form_group: FormGroup,
    /// `current-password` if empty; `new-password` where one is chosen.
    pub autocomplete: String,
    /// How the button looks.
    pub button: PasswordButton,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
    /// What the button says while the password is hidden; "Show" if empty.
    pub show_password_text: String,
    /// What it says while the password is shown.
    pub hide_password_text: String,
    /// The same for those who listen; "Show password" if empty.
    pub show_password_aria_label_text: String,
    /// The same for those who listen.
    pub hide_password_aria_label_text: String,
    /// What they hear when the password is shown.
    pub password_shown_announcement_text: String,
    /// What they hear when it is hidden.
    pub password_hidden_announcement_text: String,
}

/// How the button looks.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct PasswordButton {
    /// Further classes.
    pub classes: Classes,
}

impl PasswordInput {
    /// For the password of somebody who has one.
    #[must_use]
    pub fn of(name: impl Into<String>, label: impl Into<Label>) -> Self {
        Self { name: name.into(), label: label.into(), ..Self::default() }
    }

    fn input(&self) -> Input {
        let or = |text: &str, otherwise: &str| (if text.is_empty() { otherwise } else { text }).to_owned();
        let id = or(&self.id, &self.name);
        let script = Attributes::new()
            .with("data-module", "govuk-password-input")
            .given("data-i18n.show-password", &self.show_password_text)
            .given("data-i18n.hide-password", &self.hide_password_text)
            .given("data-i18n.show-password-aria-label", &self.show_password_aria_label_text)
            .given("data-i18n.hide-password-aria-label", &self.hide_password_aria_label_text)
            .given("data-i18n.password-shown-announcement", &self.password_shown_announcement_text)
            .given("data-i18n.password-hidden-announcement", &self.password_hidden_announcement_text);
        let toggle = Button {
            button_type: "button".to_owned(),
            content: or(&self.show_password_text, "Show").into(),
            classes: self
                .button
                .classes
                .after("govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle"),
            attributes: Attributes::new()
                .with("aria-controls", &id)
                .with("aria-label", or(&self.show_password_aria_label_text, "Show password"))
                .flag("hidden"),
            ..Button::default()
        };
        Input {
            id,
            name: self.name.clone(),
            input_type: "password".to_owned(),
            value: self.value.clone(),
            disabled: self.disabled,
            described_by: self.described_by.clone(),
            label: self.label.clone(),
            hint: self.hint.clone(),
            error_message: self.error_message.clone(),
            spellcheck: Some(false),
            autocapitalize: "none".to_owned(),
            autocomplete: or(&self.autocomplete, "current-password"),
            classes: self.classes.after("govuk-password-input__input govuk-js-password-input-input"),
            attributes: self.attributes.clone(),
            form_group: FormGroup {
                classes: self.form_group.classes.after("govuk-password-input"),
                attributes: script.and(&self.form_group.attributes),
                before_input: self.form_group.before_input.clone(),
                after_input: Content::from(toggle).and(self.form_group.after_input.clone()),
            },
            input_wrapper: FormGroup { classes: "govuk-password-input__wrapper".into(), ..FormGroup::default() },
            ..Input::default()
        }
    }
}

question!(PasswordInput);

setters! { PasswordInput {
    /// For a password that is chosen here: `new-password`.
    autocomplete: String,
    /// With an id of its own.
    id: String,
} }

parts!(PasswordInput);

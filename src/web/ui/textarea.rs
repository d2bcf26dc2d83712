//! A field of several lines, with or without a limit.

use askama::Template;

use super::attributes::{Attributes, Classes, named, said};
use super::content::{Content, Html};
use super::field::{ErrorMessage, FormGroup, Hint, Label, single_field};
use super::part::{parts, setters};

/// A field of several lines.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/textarea.html")]
pub struct Textarea {
    /// Its id; its name if empty.
    pub id: String,
    /// Its name in the form.
    pub name: String,
    /// Its height in lines; 5 if not given.
    #[cfg_attr(test, serde(deserialize_with = "super::golden::number"))]
    pub rows: Option<u32>,
    /// What stands in it.
    pub value: String,
    /// Its label.
    pub label: Label,
    /// Its hint.
    pub hint: Option<Hint>,
    /// What is wrong with the answer.
    pub error_message: Option<ErrorMessage>,
    /// The element around it.
    pub form_group: FormGroup,
    /// The ids of what else describes it.
    pub described_by: String,
    /// It cannot be changed.
    pub disabled: bool,
    /// What the browser may fill in by itself.
    pub autocomplete: String,
    /// Whether spelling is checked.
    pub spellcheck: Option<bool>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Textarea {
    /// For text.
    #[must_use]
    pub fn of(name: impl Into<String>, label: impl Into<Label>) -> Self {
        Self { name: name.into(), label: label.into(), ..Self::default() }
    }

    /// A parser drops the first line end of a textarea, so one that was typed needs another before it.
    fn shown(&self) -> String {
        if self.value.starts_with('\n') { format!("\n{}", self.value) } else { self.value.clone() }
    }
}

single_field!(Textarea);

setters! { Textarea {
    /// With what stands in it.
    value: String,
    /// So many lines high.
    rows: u32 as Some,
} }

/// A field of several lines that says how much more fits. The limit must be checked where the form arrives, too.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(source = "{{ self.textarea() }}", ext = "html")]
pub struct CharacterCount {
    /// Its id; its name if empty.
    pub id: String,
    /// Its name in the form.
    pub name: String,
    /// Its height in lines; 5 if not given.
    #[cfg_attr(test, serde(deserialize_with = "super::golden::number"))]
    pub rows: Option<u32>,
    /// What stands in it.
    pub value: String,
    /// The most characters that fit.
    #[cfg_attr(test, serde(deserialize_with = "super::golden::number"))]
    pub maxlength: Option<u32>,
    /// The most words that fit.
    #[cfg_attr(test, serde(deserialize_with = "super::golden::number"))]
    pub maxwords: Option<u32>,
    /// From which share of the limit, in per cent, the count shows.
    #[cfg_attr(test, serde(deserialize_with = "super::golden::number"))]
    pub threshold: Option<u32>,
    /// `words`, `characters` or what else the script can count.
    pub count_type: String,
    /// Its label.
    pub label: Label,
    /// Its hint.
    pub hint: Option<Hint>,
    /// What is wrong with the answer.
    pub error_message: Option<ErrorMessage>,
    /// The element around it.
    pub form_group: FormGroup,
    /// How the count looks.
    pub count_message: CountMessage,
    /// Whether spelling is checked.
    pub spellcheck: Option<bool>,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
    /// What is said before anything is typed and without a script; `%{count}` is the limit.
    pub textarea_description_text: String,
    /// What is said while characters are left, by plural form; `%{count}` is how many.
    pub characters_under_limit_text: Plurals,
    /// What is said when none is left.
    pub characters_at_limit_text: String,
    /// What is said when there are too many.
    pub characters_over_limit_text: Plurals,
    /// What is said while words are left.
    pub words_under_limit_text: Plurals,
    /// What is said when none is left.
    pub words_at_limit_text: String,
    /// What is said when there are too many.
    pub words_over_limit_text: Plurals,
}

/// How the count looks.
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct CountMessage {
    /// Further classes.
    pub classes: Classes,
}

/// A sentence in each plural form that the language has (CLDR: `one`, `two`, `few`, `many`, `other`).
#[derive(Debug, Clone, Default)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
pub struct Plurals {
    /// For none, where the language has a form for it.
    pub zero: String,
    /// For one.
    pub one: String,
    /// For two.
    pub two: String,
    /// For few.
    pub few: String,
    /// For many.
    pub many: String,
    /// For the rest.
    pub other: String,
}

impl Plurals {
    /// The attributes in which the scripts look for the sentence `key`.
    pub(super) fn attributes(&self, keys: [&'static str; 6], to: Attributes) -> Attributes {
        let texts = [&self.zero, &self.one, &self.two, &self.few, &self.many, &self.other];
        keys.into_iter().zip(texts).fold(to, |attributes, (key, text)| attributes.given(key, text))
    }
}

/// The six names of a sentence's attributes.
macro_rules! plural_names {
    ($key:literal) => {
        [
            concat!("data-i18n.", $key, ".zero"),
            concat!("data-i18n.", $key, ".one"),
            concat!("data-i18n.", $key, ".two"),
            concat!("data-i18n.", $key, ".few"),
            concat!("data-i18n.", $key, ".many"),
            concat!("data-i18n.", $key, ".other"),
        ]
    };
}
pub(super) use plural_names;

impl CharacterCount {
    /// For text of at most `most` characters.
    #[must_use]
    pub fn of(name: impl Into<String>, label: impl Into<Label>, most: u32) -> Self {
        Self { name: name.into(), label: label.into(), maxlength: Some(most), ..Self::default() }
    }

    fn field_id(&self) -> &str {
        if self.id.is_empty() { &self.name } else { &self.id }
    }

    fn textarea(&self) -> Textarea {
        let info = format!("{}-info", self.field_id());
        Textarea {
            id: self.field_id().to_owned(),
            name: self.name.clone(),
            rows: self.rows,
            value: self.value.clone(),
            label: self.label.clone(),
            hint: self.hint.clone(),
            error_message: self.error_message.clone(),
            form_group: FormGroup {
                classes: self.form_group.classes.after("govuk-character-count"),
                attributes: self.script().and(&self.form_group.attributes),
                before_input: self.form_group.before_input.clone(),
                after_input: Content::Html(Html::written(&Hint {
                    content: self.description().into(),
                    id: info.clone(),
                    classes: self.count_message.classes.after("govuk-character-count__message"),
                    ..Hint::default()
                }))
                .and(self.form_group.after_input.clone()),
            },
            described_by: info,
            spellcheck: self.spellcheck,
            classes: self.classes.after("govuk-js-character-count"),
            attributes: self.attributes.clone(),
            ..Textarea::default()
        }
    }

    fn count_type(&self) -> &str {
        if self.count_type.is_empty() && self.maxwords.is_some() { "words" } else { &self.count_type }
    }

    /// How much fits, in words. Empty if nobody but the script knows.
    fn description(&self) -> String {
        let Some(most) = self.maxwords.or(self.maxlength) else { return String::new() };
        let what = if self.count_type() == "words" { "words" } else { "characters" };
        let text = match self.textarea_description_text.as_str() {
            "" => format!("You can enter up to %{{count}} {what}"),
            text => text.to_owned(),
        };
        text.replace("%{count}", &most.to_string())
    }

    fn script(&self) -> Attributes {
        let number = |value: Option<u32>| value.map(|n| n.to_string()).unwrap_or_default();
        let mut made = Attributes::new()
            .with("data-module", "govuk-character-count")
            .given("data-maxlength", &number(self.maxlength))
            .given("data-maxwords", &number(self.maxwords))
            .given("data-threshold", &number(self.threshold))
            .given("data-count-type", self.count_type());
        if self.maxlength.is_none() && self.maxwords.is_none() {
            made = made.given("data-i18n.textarea-description.other", &self.textarea_description_text);
        }
        made = self.characters_under_limit_text.attributes(plural_names!("characters-under-limit"), made);
        made = made.given("data-i18n.characters-at-limit", &self.characters_at_limit_text);
        made = self.characters_over_limit_text.attributes(plural_names!("characters-over-limit"), made);
        made = self.words_under_limit_text.attributes(plural_names!("words-under-limit"), made);
        made = made.given("data-i18n.words-at-limit", &self.words_at_limit_text);
        self.words_over_limit_text.attributes(plural_names!("words-over-limit"), made)
    }
}

super::field::question!(CharacterCount);

setters! { CharacterCount {
    /// With what stands in it.
    value: String,
    /// So many lines high.
    rows: u32 as Some,
    /// With an id of its own.
    id: String,
    /// With what is said before anything is typed; `%{count}` is the limit.
    textarea_description_text: String,
    /// With what is said while characters are left.
    characters_under_limit_text: Plurals,
    /// With what is said when none is left.
    characters_at_limit_text: String,
    /// With what is said when there are too many.
    characters_over_limit_text: Plurals,
} }

parts!(Textarea, CharacterCount);

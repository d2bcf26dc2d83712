//! A field for files.

use askama::Template;

use super::attributes::{Attributes, Classes, named};
use super::field::{ErrorMessage, FormGroup, Hint, Label, single_field};
use super::part::{parts, setters};
use super::textarea::{Plurals, plural_names};

/// A field for files.
#[derive(Debug, Clone, Default, Template)]
#[cfg_attr(test, derive(serde::Deserialize), serde(default, deny_unknown_fields, rename_all = "camelCase"))]
#[template(path = "part/file_upload.html")]
pub struct FileUpload {
    /// Its id; its name if empty.
    pub id: String,
    /// Its name in the form.
    pub name: String,
    /// Its label.
    pub label: Label,
    /// Its hint.
    pub hint: Option<Hint>,
    /// What is wrong with the file.
    pub error_message: Option<ErrorMessage>,
    /// The element around it.
    pub form_group: FormGroup,
    /// The ids of what else describes it.
    pub described_by: String,
    /// It cannot be used.
    pub disabled: bool,
    /// Takes several files.
    pub multiple: bool,
    /// With scripts, files can also be dropped on it. What the script makes is a button whose name does not quite hold its
    /// text (WCAG 2.2, 2.5.3), and axe-core says so.
    pub javascript: bool,
    /// Further classes of the element that files are dropped on.
    pub wrapper_classes: Classes,
    /// Further attributes of the element that files are dropped on.
    pub wrapper_attributes: Attributes,
    /// Further classes.
    pub classes: Classes,
    /// Further attributes.
    pub attributes: Attributes,
    /// What the button says.
    pub choose_files_button_text: String,
    /// What is said before a file is chosen.
    pub no_file_chosen_text: String,
    /// How many files are chosen; `%{count}` is the number.
    pub multiple_files_chosen_text: Plurals,
    /// What is said beside the button.
    pub drop_instruction_text: String,
    /// What those who listen hear when a file is over the field.
    pub entered_drop_zone_text: String,
    /// What they hear when it is no longer.
    pub left_drop_zone_text: String,
}

impl FileUpload {
    /// For one file of these media types or extensions (`image/png,.heic`), which must be checked where it arrives, too.
    #[must_use]
    pub fn of(name: impl Into<String>, label: impl Into<Label>, accept: &str) -> Self {
        let attributes = Attributes::new().given("accept", accept);
        Self { name: name.into(), label: label.into(), attributes, ..Self::default() }
    }

    fn words(&self) -> Attributes {
        let made = Attributes::new()
            .given("data-i18n.choose-files-button", &self.choose_files_button_text)
            .given("data-i18n.no-file-chosen", &self.no_file_chosen_text)
            .given("data-i18n.drop-instruction", &self.drop_instruction_text)
            .given("data-i18n.entered-drop-zone", &self.entered_drop_zone_text)
            .given("data-i18n.left-drop-zone", &self.left_drop_zone_text);
        self.multiple_files_chosen_text.attributes(plural_names!("multiple-files-chosen"), made)
    }
}

single_field!(FileUpload);

setters! { FileUpload {
    /// Takes several files.
    multiple: bool,
    /// With scripts, files can also be dropped on it.
    javascript: bool,
} }

parts!(FileUpload);

//! Every case of every component.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use askama::Template;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::super::*;
use super::options::{hostile, options};
use super::tree::{difference, lines};

/// Cases that come out otherwise on purpose: component, name of the case, why. A case that would pass must not stand here.
const OTHERWISE: &[(&str, &str, &str)] = &[
    ("accordion", "with falsy values", EMPTY_ITEMS),
    ("checkboxes", "with falsy values", EMPTY_ITEMS),
    ("radios", "with falsy items", EMPTY_ITEMS),
    ("task-list", "with empty values", EMPTY_ITEMS),
    ("date-input", "day and month", TWO_FIELDS),
    ("date-input", "month and year", TWO_FIELDS),
    ("file-upload", "with value", "browsers ignore the value of a file field"),
    ("footer", "with custom HTML content licence and copyright notice", OUR_COPYRIGHT),
    ("footer", "with custom text content licence and copyright notice", OUR_COPYRIGHT),
    ("footer", "with HTML passed as text content", OUR_COPYRIGHT),
    ("select", "with falsy values", "`false` is no text; the empty text and 0 work"),
];
const EMPTY_ITEMS: &str = "our lists have no empty items, which the macros count in ids";
const OUR_COPYRIGHT: &str = "whose the words are is said without the crest and its link";
const TWO_FIELDS: &str = "a date of two fields is written with `items`";

/// What the footer's macro says of the licence where nothing is given. Ours says nothing then.
const DEFAULT_LICENCE: &str = r#"All content is available under the <a class="govuk-footer__link"
    href="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/" rel="license">Open Government
    Licence v3.0</a>, except where otherwise stated"#;

/// Runs every case of every component. One line a component, so that a new file without a component fails.
fn all_cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut read = BTreeSet::new();
    macro_rules! run {
        ($folder:literal: $($file:literal => $component:ty),+ $(,)?) => { $(
            read.insert(concat!($folder, "/", $file));
            cases.extend(run::<$component>($folder, $file));
        )+ };
    }
    run! { "govuk":
        "accordion" => Accordion,
        "back-link" => BackLink,
        "breadcrumbs" => Breadcrumbs,
        "button" => Button,
        "character-count" => CharacterCount,
        "checkboxes" => Checkboxes,
        "cookie-banner" => CookieBanner,
        "date-input" => DateInput,
        "details" => Details,
        "error-message" => ErrorMessage,
        "error-summary" => ErrorSummary,
        "exit-this-page" => ExitThisPage,
        "fieldset" => Fieldset,
        "file-upload" => FileUpload,
        "footer" => Footer,
        "generic-header" => GenericHeader,
        "hint" => Hint,
        "input" => Input,
        "inset-text" => InsetText,
        "label" => Label,
        "language-navigation" => LanguageNavigation,
        "notification-banner" => NotificationBanner,
        "pagination" => Pagination,
        "panel" => Panel,
        "password-input" => PasswordInput,
        "phase-banner" => PhaseBanner,
        "radios" => Radios,
        "select" => Select,
        "service-navigation" => ServiceNavigation,
        "skip-link" => SkipLink,
        "summary-list" => SummaryList,
        "table" => Table,
        "tabs" => Tabs,
        "tag" => Tag,
        "task-list" => TaskList,
        "textarea" => Textarea,
        "warning-text" => WarningText,
    }
    run! { "moj":
        "badge" => Badge,
        "button-menu" => ButtonMenu,
        "filter" => Filter,
        "identity-bar" => IdentityBar,
        "messages" => Messages,
        "page-header-actions" => PageHeaderActions,
        "pagination" => ResultPages,
        "side-navigation" => SideNavigation,
        "sub-navigation" => SubNavigation,
        "timeline" => Timeline,
    }
    for folder in ["govuk", "moj"] {
        for entry in std::fs::read_dir(data().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{folder}/{}", path.file_stem().unwrap().to_str().unwrap());
            let is_case = path.extension().is_some_and(|extension| extension == "json");
            assert!(!is_case || read.contains(name.as_str()), "{name} has cases and no component");
        }
    }
    cases
}

#[test]
fn components_write_what_the_macros_write() {
    let cases = all_cases();
    let otherwise: BTreeMap<_, _> =
        OTHERWISE.iter().map(|(component, name, why)| ((*component, *name), *why)).collect();
    let mut faults = Vec::new();
    for case in &cases {
        match (&case.fault, otherwise.contains_key(&(case.component, case.name.as_str()))) {
            (Some(fault), false) => faults.push(format!("## {}: {}\n{fault}", case.component, case.name)),
            (None, true) => {
                faults.push(format!("## {}: {} passes: take it out of the table", case.component, case.name))
            }
            _ => {}
        }
    }
    for (component, name) in otherwise.keys() {
        let known = cases.iter().any(|case| case.component == *component && case.name == *name);
        if !known {
            faults.push(format!("## {component}: {name} is in the table, but there is no such case"));
        }
    }
    let passed = cases.iter().filter(|case| case.fault.is_none()).count();
    println!("{passed} of {} cases come out the same, {} otherwise on purpose", cases.len(), otherwise.len());
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

struct Case {
    component: &'static str,
    name: String,
    /// What the component writes.
    ours: String,
    /// What it writes with [`HOSTILE`] after each text.
    hostile: Option<String>,
    /// Where the two differ, if they do.
    fault: Option<String>,
}

fn data() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data"))
}

fn run<T: DeserializeOwned + Template>(folder: &str, component: &'static str) -> Vec<Case> {
    let text = std::fs::read_to_string(data().join(folder).join(format!("{component}.json"))).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let list = file["cases"].as_array().unwrap();
    assert!(!list.is_empty());
    let compare = |case: &Value| {
        let mut given = case["options"].clone();
        if let Some([from, to, count, what]) =
            given.get("results").map(|r| ["from", "to", "count", "text"].map(|k| &r[k]))
        {
            let what = what.as_str().unwrap();
            given["results"] = format!("Showing {from} to {to} of {count} total {what}").into();
        }
        if component == "footer" && given.get("contentLicence").is_none() {
            given["contentLicence"] = serde_json::json!({"html": DEFAULT_LICENCE});
        }
        let given = options(given);
        let write = |given: Value| serde_json::from_value::<T>(given).map(|made| made.render().unwrap());
        let hostile = write(hostile(&given, "")).ok();
        let name = case["name"].as_str().unwrap().to_owned();
        match write(given.clone()) {
            Ok(ours) => {
                let fault = difference(case["html"].as_str().unwrap(), &ours);
                Case { component, name, ours, hostile, fault }
            }
            Err(error) => {
                let fault = Some(format!("{error}: {given}"));
                Case { component, name, ours: String::new(), hostile, fault }
            }
        }
    };
    list.iter().map(compare).collect()
}

#[test]
fn no_text_of_any_component_becomes_html() {
    let cases = all_cases();
    assert!(cases.len() > 700);
    let mut seen = 0;
    for case in &cases {
        let Some(html) = &case.hostile else { continue };
        seen += usize::from(html.contains("x-evil"));
        for line in lines(html) {
            let tag = line.trim_start().starts_with("<x-evil ");
            assert!(!tag && !line.contains(" onload=\""), "{}: {}: {line}", case.component, case.name);
        }
        // Escaped once: what was typed as an entity shows as it was typed.
        assert!(!html.contains("&quot;"), "{}: {}: {html}", case.component, case.name);
    }
    assert!(seen > 650, "only {seen} cases show the text");
}

/// Classes of the macros that the packages' own style sheets do not name either: marks for scripts and for those who write their own styles.
const WITHOUT_STYLE: &[&str] = &[
    "govuk-checkboxes",
    "govuk-cookie-banner__content",
    "govuk-cookie-banner__heading",
    "govuk-file-upload--error",
    "govuk-footer__list--columns-1",
    "govuk-generic-header__container",
    "govuk-js-character-count",
    "govuk-js-exit-this-page-button",
    "govuk-js-password-input-input",
    "govuk-js-password-input-toggle",
    "govuk-js-service-navigation-toggle",
    "govuk-language-navigation__text",
    "govuk-password-input",
    "govuk-radios",
    "govuk-service-navigation__text",
    "govuk-table__body",
    "govuk-table__head",
    "govuk-table__row",
    "govuk-tag--blue",
    "govuk-warning-text--custom-class",
    "govuk-warning-text__assistive",
    "moj-filter__content",
    "moj-message-item__text",
    "moj-message-item__text--received",
    "moj-pagination",
    "moj-timeline__header",
];

#[test]
fn every_class_that_components_write_is_in_a_style_sheet() {
    let styles: String = ["govuk.css", "moj.css"]
        .map(|name| {
            std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/web").join(name)).unwrap()
        })
        .concat()
        .replace('\\', "");
    let named: BTreeSet<&str> = styles
        .split('.')
        .skip(1)
        .map(|rest| rest.split(|c: char| !(c.is_ascii_alphanumeric() || "-_!".contains(c))).next().unwrap())
        .collect();
    let mut written = BTreeSet::new();
    for case in all_cases() {
        for rest in case.ours.split("class=\"").skip(1) {
            written.extend(
                rest.split('"')
                    .next()
                    .unwrap()
                    .split(' ')
                    .filter(|c| c.starts_with("govuk-") || c.starts_with("moj-"))
                    .map(str::to_owned),
            );
        }
    }
    let missing: Vec<_> =
        written.iter().filter(|c| !named.contains(c.as_str()) && !WITHOUT_STYLE.contains(&c.as_str())).collect();
    assert!(written.len() > 150 && missing.is_empty(), "{missing:#?}");
}

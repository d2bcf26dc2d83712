//! The components against the packages' own cases: what the macros were given is read into our structs, and what they write
//! is compared with what the macros wrote, as trees: the order of attributes and of classes aside, and white space where a
//! browser drops it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use askama::Template;
use html5ever::tendril::TendrilSink;
use html5ever::{LocalName, ParseOpts, QualName, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::*;

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

/// Parts of the macros' HTML that we leave out on purpose, by class, with all that stands in them.
const LEFT_OUT: &[(&str, &str)] = &[
    ("govuk-footer__crown", "the crown belongs to government"),
    ("govuk-footer__copyright-logo", "so does the crest; we do not claim Crown copyright"),
    ("govuk-footer__licence-logo", "the words say enough"),
];

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
        let fault = match serde_json::from_value::<T>(given.clone()) {
            Ok(made) => difference(case["html"].as_str().unwrap(), &made.render().unwrap()),
            Err(error) => Some(format!("{error}: {given}")),
        };
        Case { component, name: case["name"].as_str().unwrap().to_owned(), fault }
    };
    list.iter().map(compare).collect()
}

/// The macros' options as our structs have them: `text` and `html` as one `content`, `titleText` and `titleHtml` as `title`
/// and so on; numbers as text; what nunjucks takes for nothing left out.
fn options(value: Value) -> Value {
    match value {
        Value::Object(object) => Value::Object(content(object.into_iter().filter(|(_, v)| !v.is_null()).collect())),
        Value::Array(items) => Value::Array(items.into_iter().filter(is_something).map(options).collect()),
        Value::Number(number) => Value::String(number.to_string()),
        Value::Null | Value::Bool(_) | Value::String(_) => value,
    }
}

fn content(mut object: Map<String, Value>) -> Map<String, Value> {
    let mut made = Map::new();
    let mut put = |name: &str, text: Option<Value>, html: Option<Value>| {
        if let Some(html) = html.filter(is_something) {
            made.insert(name.to_owned(), Value::Object(Map::from_iter([("html".to_owned(), html)])));
        } else if let Some(text) = text.filter(|text| *text != Value::Bool(false)) {
            made.insert(name.to_owned(), options(text));
        }
    };
    if object.contains_key("text") || object.contains_key("html") {
        let (text, html) = (object.remove("text"), object.remove("html"));
        put("content", text, html);
    }
    for name in ["title", "summary", "description", "heading", "logo", "options"] {
        let (text, html) = (object.remove(&format!("{name}Text")), object.remove(&format!("{name}Html")));
        put(name, text, html);
    }
    if let Some(Value::Object(slots)) = object.remove("slots") {
        made.insert("slots".to_owned(), Value::Object(slots.into_iter().flat_map(slot).collect()));
    }
    made.extend(object.into_iter().map(|(name, value)| (name, options(value))));
    made
}

/// A slot is given as HTML, or as HTML with where it stands.
fn slot((name, value): (String, Value)) -> Vec<(String, Value)> {
    match value {
        Value::String(html) => vec![(name, Value::Object(Map::from_iter([("html".to_owned(), Value::String(html))])))],
        Value::Object(mut object) => {
            let inline = object.remove("align").is_some_and(|align| align == "inline");
            vec![(name, Value::Object(object)), ("endInline".to_owned(), Value::Bool(inline))]
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => vec![(name, value)],
    }
}

fn is_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(yes) => *yes,
        Value::String(text) => !text.is_empty(),
        Value::Object(object) => !object.is_empty(),
        Value::Number(_) | Value::Array(_) => true,
    }
}

/// A number that the macros also take as text.
pub(super) fn number<'de, D: Deserializer<'de>, T: std::str::FromStr>(from: D) -> Result<Option<T>, D::Error> {
    let text = String::deserialize(from)?;
    text.parse().map(Some).map_err(|_| serde::de::Error::custom(format!("not a number: {text}")))
}

/// Where `ours` differs from `theirs`, as lines.
fn difference(theirs: &str, ours: &str) -> Option<String> {
    let (expected, found) = (lines(theirs), lines(ours));
    if expected == found {
        return None;
    }
    let same = expected.iter().zip(&found).take_while(|(a, b)| a == b).count();
    let from = same.saturating_sub(3);
    let part = |list: &[String]| list.iter().skip(from).take(9).cloned().collect::<Vec<_>>().join("\n");
    Some(format!("--- theirs\n{}\n--- ours\n{}", part(&expected), part(&found)))
}

/// HTML as one line an element or text, indented by depth.
fn lines(html: &str) -> Vec<String> {
    let body = QualName::new(None, ns!(html), LocalName::from("body"));
    let dom: RcDom = parse_fragment(RcDom::default(), ParseOpts::default(), body, Vec::new(), false).one(html);
    let mut lines = Vec::new();
    // The parser puts the fragment into an element of its own.
    for root in dom.document.children.borrow().iter() {
        for node in root.children.borrow().iter() {
            write(node, 0, false, &mut lines);
        }
    }
    lines
}

/// Elements that stand within a line of text, so that white space beside them shows.
const INLINE: [&str; 8] = ["a", "b", "code", "em", "i", "span", "strong", "time"];

fn is_inline(node: &Handle) -> bool {
    match &node.data {
        NodeData::Element { name, .. } => INLINE.contains(&&*name.local),
        NodeData::Text { .. } => true,
        NodeData::Comment { .. }
        | NodeData::Doctype { .. }
        | NodeData::Document
        | NodeData::ProcessingInstruction { .. } => false,
    }
}

fn write(node: &Handle, depth: usize, keep_ends: bool, lines: &mut Vec<String>) {
    match &node.data {
        NodeData::Text { contents } => {
            let text = contents.borrow();
            let collapsed = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
            let (before, after) = neighbours(node);
            let space = |shows: bool, has: bool| if shows && has { "·" } else { "" };
            let starts = text.starts_with(|c: char| c.is_ascii_whitespace());
            let ends = text.ends_with(|c: char| c.is_ascii_whitespace());
            let shows_before = before.as_ref().map_or(keep_ends, is_inline);
            let shows_after = after.as_ref().map_or(keep_ends, is_inline);
            if collapsed.is_empty() {
                if before.is_some() && after.is_some() && shows_before && shows_after {
                    lines.push(format!("{}·", "  ".repeat(depth)));
                }
                return;
            }
            lines.push(format!(
                "{}{}{collapsed}{}",
                "  ".repeat(depth),
                space(shows_before, starts),
                space(shows_after, ends)
            ));
        }
        NodeData::Element { name, attrs, .. } => {
            let mut all: BTreeMap<String, String> = attrs
                .borrow()
                .iter()
                .map(|a| (a.name.local.to_string(), a.value.split_ascii_whitespace().collect::<Vec<_>>().join(" ")))
                .collect();
            let classes: BTreeSet<String> = all
                .remove("class")
                .unwrap_or_default()
                .split(' ')
                .filter(|c| !c.is_empty())
                .map(str::to_owned)
                .collect();
            let left_out = |node: &Handle| {
                let NodeData::Element { attrs, .. } = &node.data else { return false };
                let attrs = attrs.borrow();
                let classes =
                    attrs.iter().find(|a| &*a.name.local == "class").map(|a| a.value.to_string()).unwrap_or_default();
                LEFT_OUT.iter().any(|(class, _)| classes.split(' ').any(|c| c == *class))
            };
            let children = node.children.borrow();
            // What held nothing else goes with it.
            let elements: Vec<_> = children.iter().filter(|n| matches!(n.data, NodeData::Element { .. })).collect();
            if left_out(node) || (!elements.is_empty() && elements.iter().all(|child| left_out(child))) {
                return;
            }
            let listed = classes.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
            let attributes: String = all.iter().map(|(name, value)| format!(" {name}={value:?}")).collect();
            lines.push(format!("{}<{} .{listed}{attributes}>", "  ".repeat(depth), name.local));
            // What is only heard is often set off by a space of its own.
            let heard = classes.contains("govuk-visually-hidden") && &*name.local == "span";
            for child in children.iter() {
                write(child, depth + 1, heard, lines);
            }
        }
        NodeData::Comment { .. }
        | NodeData::Doctype { .. }
        | NodeData::Document
        | NodeData::ProcessingInstruction { .. } => {}
    }
}

/// The nodes before and after `node`.
fn neighbours(node: &Handle) -> (Option<Handle>, Option<Handle>) {
    let parent = node.parent.take();
    node.parent.set(parent.clone());
    let Some(parent) = parent.and_then(|weak| weak.upgrade()) else { return (None, None) };
    let children = parent.children.borrow();
    let at = children.iter().position(|child| std::rc::Rc::ptr_eq(child, node)).unwrap();
    (at.checked_sub(1).and_then(|n| children.get(n)).cloned(), children.get(at + 1).cloned())
}

#[test]
fn the_comparison_sees_what_a_reader_would_see() {
    assert_eq!(lines("<p>a <b>c</b></p>"), lines("<p>\n a\n <b> c </b>\n</p>"));
    for (one, other) in [
        ("<p>a <b>c</b></p>", "<p>a<b>c</b></p>"),
        ("<p>a</p>", "<p>b</p>"),
        ("<p class=x>a</p>", "<p class=y>a</p>"),
        ("<p>a</p>", "<div>a</div>"),
        ("<p id=a>a</p>", "<p>a</p>"),
        ("<a>x<span class=govuk-visually-hidden> y</span></a>", "<a>x<span class=govuk-visually-hidden>y</span></a>"),
        ("<p>&lt;b&gt;</p>", "<p><b></b></p>"),
    ] {
        assert_ne!(lines(one), lines(other));
    }
    assert_eq!(lines("<p class='a b' id=c>x</p>"), lines("<p id=c class='b  a'>x</p>"));
}

//! Our own keys, which stand under `rightsdesk:` beside Fideslang's. Unknown ones are refused by name: a
//! misspelt `disclose` must not disclose.

use serde_yaml_ng::Value;

use crate::subject::IdentifierKind;

use super::erasure;
use super::model::{
    About, Contact, Direction, Disclosure, Forget, Match, OnErasure, Reference, Retention, SearchWay, Then,
};
use super::node::{Node, plain};

const ABOUT: [&str; 8] =
    ["label", "purpose", "lawful_basis", "recipients", "retention", "origin", "automated_decisions", "transfers"];
const DATASET: [&str; 2] = ["disclose", "correctable"];
const COLLECTION: [&str; 9] =
    ["disclose", "correctable", "owner", "match", "references", "search", "on_erasure", "keep_because", "suppress"];
const FIELD: [&str; 7] = ["disclose", "correctable", "owner", "match", "free_text", "on_erasure", "keep_because"];

/// What stands under `rightsdesk:` at one level.
#[derive(Debug, Default)]
pub(super) struct Rights {
    pub(super) label: Option<String>,
    pub(super) about: About,
    pub(super) disclose: Option<Disclosure>,
    pub(super) correctable: Option<bool>,
    pub(super) free_text: bool,
    /// Collection: the owner columns.
    pub(super) owner: Vec<String>,
    /// Field: this column says whose row it is.
    pub(super) is_owner: bool,
    /// Collection: the columns with a person's particulars.
    pub(super) matches: Vec<Match>,
    /// Collection: how rows that no key leads to are looked for.
    pub(super) search: SearchWay,
    /// Collection: references of several columns.
    pub(super) joint: Vec<Joint>,
    /// Field: what particular it holds.
    pub(super) match_kind: Option<IdentifierKind>,
    /// Collection: what an erasure does to its rows.
    pub(super) on_erasure: Option<OnErasure>,
    /// Field: what becomes of it in a row that stays.
    pub(super) forget: Option<Forget>,
    /// Collection, field: why it stays.
    pub(super) keep_because: Option<String>,
    /// Collection: the column whose addresses are kept out.
    pub(super) suppress: Option<String>,
}

/// A reference of several columns: ours, and the reference that the first of them carries.
#[derive(Debug)]
pub(super) struct Joint {
    pub(super) ours: Vec<String>,
    pub(super) reference: Reference,
}

fn joint(node: &Node<'_>, entry: &serde_yaml_ng::Value) -> Option<Joint> {
    let form = "write `- fields: [a, b]` with `to: {dataset: d, collection: c, fields: [x, y]}` under it";
    let Some(map) = entry.as_mapping() else {
        node.fault("an entry of `references` is not a mapping", form);
        return None;
    };
    let inner = node.at(node.place.clone(), map);
    let Some(target) = inner.mapping("to") else {
        inner.fault("a reference of several columns does not name its target", form);
        return None;
    };
    let to = inner.at(node.place.clone(), target);
    let (ours, theirs) = (inner.texts("fields"), to.texts("fields"));
    let own_dataset = node.place.split('.').next().unwrap_or_default().to_owned();
    let (Some(collection), Some(field)) = (to.text("collection"), theirs.first().cloned()) else {
        inner.fault("a reference of several columns does not name its target", form);
        return None;
    };
    if ours.len() != theirs.len() {
        inner.fault("a reference names more columns on one side than on the other", form);
        return None;
    }
    let direction = match inner.text("direction").as_deref() {
        None => Direction::Both,
        Some("from") => Direction::From,
        Some("to") => Direction::To,
        Some(other) => {
            inner.fault(format!("`direction` is `{other}`"), "write `from`, `to`, or leave it out for both ways");
            return None;
        }
    };
    let beside = ours.iter().cloned().zip(theirs).skip(1).collect();
    let dataset = to.text("dataset").unwrap_or(own_dataset);
    Some(Joint { ours, reference: Reference { dataset, collection, field, direction, beside } })
}

/// At which level the keys stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Dataset,
    Collection,
    Field,
}

/// Reads `rightsdesk:` of `parent`.
pub(super) fn read(parent: &Node<'_>, level: Level) -> Rights {
    let Some(map) = parent.mapping("rightsdesk") else { return Rights::default() };
    let node = parent.at(parent.place.clone(), map);
    refuse_unknown(&node, level);
    let contacts = recipients(&node);
    let mut rights = Rights {
        label: node.text("label"),
        about: About {
            purpose: node.text("purpose").unwrap_or_default(),
            lawful_basis: node.text("lawful_basis").unwrap_or_default(),
            recipients: contacts.iter().map(|contact| contact.name.clone()).collect(),
            contacts,
            retention: retention(&node),
            origin: node.text("origin").unwrap_or_default(),
            automated_decisions: node.text("automated_decisions").unwrap_or_default(),
            transfers: node.text("transfers").unwrap_or_default(),
        },
        disclose: disclosure(&node),
        correctable: node.truth("correctable"),
        ..Rights::default()
    };
    match level {
        Level::Dataset => {}
        Level::Collection => {
            rights.owner = node.texts("owner");
            rights.matches = matches(&node);
            rights.search = search(&node);
            rights.joint = node.list("references").iter().filter_map(|entry| joint(&node, entry)).collect();
            rights.on_erasure = erasure::of_collection(&node);
            rights.keep_because = node.text("keep_because");
            rights.suppress = node.text("suppress");
        }
        Level::Field => {
            rights.free_text = node.truth("free_text").unwrap_or(false);
            rights.is_owner = node.truth("owner").unwrap_or(false);
            rights.match_kind = node.text("match").and_then(|word| kind(&node, &word));
            rights.forget = erasure::of_field(&node);
            rights.keep_because = node.text("keep_because");
        }
    }
    rights
}

fn refuse_unknown(node: &Node<'_>, level: Level) {
    let own: &[&str] = match level {
        Level::Dataset => &DATASET,
        Level::Collection => &COLLECTION,
        Level::Field => &FIELD,
    };
    for key in node.map.keys() {
        let name = plain(key).unwrap_or_default();
        if !ABOUT.contains(&name.as_str()) && !own.contains(&name.as_str()) {
            let known = ABOUT.iter().chain(own).copied().collect::<Vec<_>>().join(", ");
            node.fault(format!("unknown key `{name}` under `rightsdesk`"), format!("use one of {known}"));
        }
    }
}

fn disclosure(node: &Node<'_>) -> Option<Disclosure> {
    let word = node.text("disclose")?;
    match word.as_str() {
        "always" => Some(Disclosure::Always),
        "review" => Some(Disclosure::Review),
        "never" => Some(Disclosure::Never),
        _ => {
            node.fault(format!("`disclose` is `{word}`"), "write `always`, `review` or `never`");
            None
        }
    }
}

fn search(node: &Node<'_>) -> SearchWay {
    match node.text("search").as_deref() {
        None | Some("auto") => SearchWay::Auto,
        Some("scan") => SearchWay::Scan,
        Some("blocked") => SearchWay::Blocked,
        Some("exact") => SearchWay::Exact,
        Some("lower") => SearchWay::Lower,
        Some(other) => {
            node.fault(format!("`search` is `{other}`"), "write `auto`, `scan`, `blocked`, `exact` or `lower`");
            SearchWay::Auto
        }
    }
}

/// Recipients: texts, or mappings of `name` and the `email` for notices.
fn recipients(node: &Node<'_>) -> Vec<Contact> {
    let entries: &[Value] = match node.get("recipients") {
        None => &[],
        Some(Value::Sequence(entries)) => entries,
        Some(one) => std::slice::from_ref(one),
    };
    entries.iter().filter_map(|entry| recipient(node, entry)).collect()
}

fn recipient(node: &Node<'_>, entry: &Value) -> Option<Contact> {
    if let Some(name) = plain(entry) {
        return Some(Contact { name, email: None });
    }
    let Some(map) = entry.as_mapping() else {
        node.fault("a recipient is neither text nor a mapping", "write a name, or `{name: ..., email: ...}`");
        return None;
    };
    let inner = node.at(node.place.clone(), map);
    for key in map.keys() {
        let name = plain(key).unwrap_or_default();
        if !["name", "email"].contains(&name.as_str()) {
            inner.fault(format!("unknown key `{name}` of a recipient"), "use `name` and `email`");
        }
    }
    let email = inner.text("email");
    if email.as_deref().is_some_and(|email| !email.contains('@')) {
        inner.fault("the `email` of a recipient is no e-mail address", "write it as name@example.org");
    }
    let name = inner.text("name");
    if name.is_none() {
        inner.fault("a recipient has no `name`", "write `name:` with who receives the data");
    }
    Some(Contact { name: name?, email })
}

fn retention(node: &Node<'_>) -> Option<Retention> {
    let map = node.mapping("retention")?;
    let inner = node.at(node.place.clone(), map);
    for key in map.keys() {
        let name = plain(key).unwrap_or_default();
        if !["period", "then"].contains(&name.as_str()) {
            inner.fault(format!("unknown key `{name}` under `retention`"), "use `period` and `then`");
        }
    }
    let period = inner.text("period").filter(|text| !text.trim().is_empty());
    if period.is_none() {
        inner.fault("`retention` has no `period`", "write an ISO 8601 period, as `P3Y`, or words");
    }
    let then = match inner.text("then").as_deref() {
        Some("delete") => Some(Then::Delete),
        Some("anonymise") => Some(Then::Anonymise),
        Some(_) | None => {
            inner.fault("`retention` does not say what then", "write `then: delete` or `then: anonymise`");
            None
        }
    };
    Some(Retention { period: period?, then: then? })
}

fn matches(node: &Node<'_>) -> Vec<Match> {
    let Some(map) = node.mapping("match") else { return Vec::new() };
    let inner = node.at(node.place.clone(), map);
    let mut found = Vec::new();
    for key in map.keys() {
        let word = plain(key).unwrap_or_default();
        if let Some(kind) = kind(&inner, &word) {
            found.extend(inner.texts(&word).into_iter().map(|column| Match { kind, column }));
        }
    }
    found
}

fn kind(node: &Node<'_>, word: &str) -> Option<IdentifierKind> {
    let kind = match word {
        "email" => IdentifierKind::Email,
        "phone" | "phone_number" => IdentifierKind::Phone,
        "name" => IdentifierKind::Name,
        "date_of_birth" => IdentifierKind::DateOfBirth,
        "postcode" => IdentifierKind::Postcode,
        "address" => IdentifierKind::Address,
        _ => {
            node.fault(
                format!("`match` names `{word}`"),
                "match on email, phone, name, date_of_birth, postcode or address, as `email: column`",
            );
            return None;
        }
    };
    Some(kind)
}

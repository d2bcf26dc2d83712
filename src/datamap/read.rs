//! Reads data map files: the YAML of Fideslang's dataset format, whatever further keys it carries, and ours.

use std::cell::RefCell;

use serde_yaml_ng::{Mapping, Value};

use crate::subject::IdentifierKind;

use super::erasure;
use super::fault::{Fault, Faults};
use super::links;
use super::model::{About, Collection, DataMap, Dataset, Direction, Disclosure, Field, Match, Reference};
use super::node::{Node, plain};
use super::rights::{self, Joint, Level, Rights};

/// One file of a data map.
#[derive(Debug, Clone, Copy)]
pub struct MapFile<'a> {
    /// What to call it in a fault.
    pub name: &'a str,
    /// Its YAML text.
    pub text: &'a str,
}

/// Reads the files as one map: references may cross from one to another.
///
/// # Errors
/// [`Faults`]: every fault of every file, each with its place and cure.
pub fn read(files: &[MapFile<'_>]) -> Result<DataMap, Faults> {
    let faults = RefCell::new(Vec::new());
    let mut raw = Vec::new();
    for file in files {
        match serde_yaml_ng::from_str::<Value>(file.text) {
            Ok(value) => raw.push((file.name, value)),
            Err(error) => faults.borrow_mut().push(Fault {
                file: file.name.to_owned(),
                place: error.location().map(|at| format!("line {}", at.line())).unwrap_or_default(),
                what: "the file is not well-formed YAML".into(),
                cure: "check the indentation, the quotes and the colons there".into(),
            }),
        }
    }
    let mut origins = Vec::new();
    let mut map = DataMap::default();
    for (name, value) in &raw {
        let empty = Mapping::new();
        let top = Node { file: name, place: String::new(), map: value.as_mapping().unwrap_or(&empty), faults: &faults };
        let list = top.list("dataset");
        if list.is_empty() {
            top.fault("the file describes no dataset", "begin it with `dataset:` and a list of datasets");
        }
        for entry in list {
            let Some(inner) = entry.as_mapping() else {
                top.fault("an entry of `dataset` is not a mapping", "begin it with `- fides_key:`");
                continue;
            };
            if let Some(dataset) = dataset(&top.at("dataset".into(), inner)) {
                origins.push((*name).to_owned());
                map.datasets.push(dataset);
            }
        }
    }
    let mut found = faults.into_inner();
    found.extend(links::faults(&map, &origins));
    if found.is_empty() { Ok(map) } else { Err(Faults(found)) }
}

fn dataset(node: &Node<'_>) -> Option<Dataset> {
    let Some(key) = node.text("fides_key").filter(|key| !key.trim().is_empty()) else {
        node.fault("a dataset has no `fides_key`", "give it a name that no other dataset has");
        return None;
    };
    let node = node.at(key.clone(), node.map);
    let rights = rights::read(&node, Level::Dataset);
    let namespace = meta(&node).and_then(|meta| node.at(key.clone(), meta).mapping("namespace"));
    let mut collections: Vec<Collection> = Vec::new();
    for entry in node.list("collections") {
        let Some(inner) = entry.as_mapping() else {
            node.fault("an entry of `collections` is not a mapping", "begin it with `- name:`");
            continue;
        };
        let Some(name) = named(&node, inner, "collection") else { continue };
        let inner = node.at(format!("{key}.{name}"), inner);
        if collections.iter().any(|other| other.name == name) {
            inner.fault("the collection stands in the dataset twice", "join the two, or rename one");
            continue;
        }
        collections.push(collection(&inner, name, &rights));
    }
    if collections.is_empty() {
        node.fault("the dataset has no collection", "list its tables under `collections:`");
    }
    Some(Dataset {
        label: rights.label.or_else(|| node.text("name")).unwrap_or_else(|| in_words(&key)),
        schema: namespace.and_then(|inner| inner.get("schema")).and_then(plain),
        key,
        collections,
    })
}

fn collection(node: &Node<'_>, name: String, above: &Rights) -> Collection {
    let own = rights::read(node, Level::Collection);
    let disclose = own.disclose.or(above.disclose).unwrap_or(Disclosure::Always);
    let correctable = own.correctable.or(above.correctable).unwrap_or(false);
    let mut made = Collection {
        label: own.label.unwrap_or_else(|| in_words(&name)),
        about: inherited(own.about, &above.about),
        disclose,
        owner: own.owner,
        matches: own.matches,
        search: own.search,
        skip: meta(node)
            .and_then(|meta| node.at(node.place.clone(), meta).truth("skip_processing"))
            .or_else(|| node.truth("skip_processing"))
            .unwrap_or(false),
        fields: Vec::new(),
        notices: Vec::new(),
        on_erasure: own.on_erasure,
        keep_because: own.keep_because,
        suppress: own.suppress,
        name,
    };
    for entry in node.list("fields") {
        let Some(inner) = entry.as_mapping() else {
            node.fault("an entry of `fields` is not a mapping", "begin it with `- name:`");
            continue;
        };
        let Some(name) = named(node, inner, "field") else { continue };
        let inner = node.at(format!("{}.{name}", node.place), inner);
        if made.field(&name).is_some() {
            inner.fault("the field stands in the collection twice", "remove one of them");
            continue;
        }
        let rights = rights::read(&inner, Level::Field);
        if rights.is_owner && !made.owner.contains(&name) {
            made.owner.push(name.clone());
        }
        if let Some(kind) = rights.match_kind {
            made.matches.push(Match { kind, column: name.clone() });
        }
        nested(&inner, &name, &mut made.notices);
        made.fields.push(field(&inner, name, rights, correctable));
    }
    if made.fields.is_empty() {
        node.fault("the collection has no field", "list its columns under `fields:`");
    }
    for joint in own.joint {
        join(node, &mut made, joint);
    }
    identities_match(&mut made);
    sound(node, &made);
    erasure::sound(node, &made);
    made
}

fn field(node: &Node<'_>, name: String, rights: Rights, correctable: bool) -> Field {
    let empty = Mapping::new();
    let meta = node.at(node.place.clone(), meta(node).unwrap_or(&empty));
    // Words that people wrote may name others, so they wait for a person unless the map says otherwise.
    let default = if rights.free_text { Disclosure::Review } else { Disclosure::Always };
    Field {
        label: rights.label.unwrap_or_else(|| in_words(&name)),
        data_categories: node.texts("data_categories"),
        primary_key: meta.truth("primary_key").unwrap_or(false),
        identity: meta.text("identity"),
        references: meta.list("references").iter().filter_map(|entry| reference(&meta, entry)).collect(),
        data_type: meta.text("data_type"),
        disclose: rights.disclose.unwrap_or(default),
        free_text: rights.free_text,
        correctable: rights.correctable.unwrap_or(correctable),
        about: rights.about,
        on_erasure: rights.forget,
        keep_because: rights.keep_because,
        name,
    }
}

fn reference(node: &Node<'_>, entry: &Value) -> Option<Reference> {
    let Some(map) = entry.as_mapping() else {
        node.fault("a reference is not a mapping", "write `- dataset: ...` with `field: collection.column` under it");
        return None;
    };
    let inner = node.at(node.place.clone(), map);
    let own_dataset = node.place.split('.').next().unwrap_or_default().to_owned();
    let dataset = inner.text("dataset").unwrap_or(own_dataset);
    let Some((collection, field)) = inner.text("field").and_then(|text| split_target(&text)) else {
        inner.fault("a reference does not name its target", "write `field: collection.column`");
        return None;
    };
    let direction = match inner.text("direction").as_deref() {
        None => Direction::Both,
        Some("from") => Direction::From,
        Some("to") => Direction::To,
        Some(other) => {
            inner.fault(format!("`direction` is `{other}`"), "write `from`, `to`, or leave it out for both ways");
            return None;
        }
    };
    Some(Reference { dataset, collection, field, direction, beside: Vec::new() })
}

/// Adds a reference of several columns to the first of them.
fn join(node: &Node<'_>, made: &mut Collection, joint: Joint) {
    let Joint { ours, reference } = joint;
    let unread = |name: &&String| made.field(name).is_none_or(|field| field.disclose == Disclosure::Never);
    if let Some(name) = ours.iter().find(unread) {
        node.fault(
            format!("`references` names `{name}`, which is not a field of the collection or is never read"),
            "add the field, correct the name, or mark it `disclose: review`",
        );
        return;
    }
    if let Some(first) = ours.first().and_then(|name| made.fields.iter_mut().find(|field| field.name == *name)) {
        first.references.push(reference);
    }
}

/// Splits `collection.column`; the links settle where a collection's own name has a dot in it.
fn split_target(text: &str) -> Option<(String, String)> {
    let (collection, field) = text.rsplit_once('.')?;
    (!collection.is_empty() && !field.is_empty()).then(|| (collection.to_owned(), field.to_owned()))
}

/// `fides_meta`, or `fidesops_meta` as files before 2022 call it.
fn meta<'a>(node: &Node<'a>) -> Option<&'a Mapping> {
    node.mapping("fides_meta").or_else(|| node.mapping("fidesops_meta"))
}

fn named(node: &Node<'_>, map: &Mapping, what: &str) -> Option<String> {
    let name = map.get("name").and_then(plain).filter(|name| !name.trim().is_empty());
    if name.is_none() {
        node.fault(format!("a {what} has no `name`"), "give it the name that the database has for it");
    }
    name
}

/// Notes references and identities inside nested fields: they are not followed, and that must be said.
fn nested(node: &Node<'_>, path: &str, notices: &mut Vec<String>) {
    for entry in node.list("fields") {
        let Some(map) = entry.as_mapping() else { continue };
        let name = map.get("name").and_then(plain).unwrap_or_default();
        let inner = node.at(format!("{}.{name}", node.place), map);
        let path = format!("{path}.{name}");
        let leads = meta(&inner).is_some_and(|meta| meta.contains_key("references") || meta.contains_key("identity"));
        if leads {
            notices.push(format!("the identity or reference in the nested field `{path}` is not followed"));
        }
        nested(&inner, &path, notices);
    }
}

/// An `identity` of a kind that we know is the same as a `match` on it.
fn identities_match(made: &mut Collection) {
    for field in &made.fields {
        let kind = match field.identity.as_deref() {
            Some("email") => IdentifierKind::Email,
            Some("phone" | "phone_number") => IdentifierKind::Phone,
            Some(_) | None => continue,
        };
        let entry = Match { kind, column: field.name.clone() };
        if !made.matches.contains(&entry) {
            made.matches.push(entry);
        }
    }
}

/// Faults that show within one collection.
fn sound(node: &Node<'_>, made: &Collection) {
    let named = |column: &str, key: &str| {
        let Some(field) = made.field(column) else {
            node.fault(
                format!("`{key}` names `{column}`, which is not a field of the collection"),
                "add the field, or correct the name",
            );
            return;
        };
        if field.disclose == Disclosure::Never && made.disclose != Disclosure::Never {
            node.fault(
                format!("`{key}` names `{column}`, which is never disclosed and so never read"),
                "choose another column, or mark it `disclose: review`",
            );
        }
    };
    made.owner.iter().for_each(|column| named(column, "owner"));
    made.matches.iter().for_each(|entry| named(&entry.column, "match"));
    for field in &made.fields {
        let leads = field.primary_key || field.identity.is_some() || !field.references.is_empty();
        if leads && field.disclose == Disclosure::Never && made.disclose != Disclosure::Never {
            node.at(format!("{}.{}", node.place, field.name), node.map).fault(
                "a key, identity or reference is never disclosed and so never read",
                "mark it `disclose: review`, or take the key, identity or reference away",
            );
        }
    }
}

fn inherited(own: About, above: &About) -> About {
    let or = |own: String, above: &String| if own.is_empty() { above.clone() } else { own };
    About {
        purpose: or(own.purpose, &above.purpose),
        lawful_basis: or(own.lawful_basis, &above.lawful_basis),
        contacts: if own.recipients.is_empty() { above.contacts.clone() } else { own.contacts },
        recipients: if own.recipients.is_empty() { above.recipients.clone() } else { own.recipients },
        retention: own.retention.or_else(|| above.retention.clone()),
        origin: or(own.origin, &above.origin),
        automated_decisions: or(own.automated_decisions, &above.automated_decisions),
        transfers: or(own.transfers, &above.transfers),
    }
}

/// A name as words: `event_bookings` reads `Event bookings`.
fn in_words(name: &str) -> String {
    let spaced: String = name.chars().map(|c| if matches!(c, '_' | '-' | '.') { ' ' } else { c }).collect();
    let mut letters = spaced.trim().chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

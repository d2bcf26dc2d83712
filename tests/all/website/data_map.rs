//! `assets/datamaps/csap.yml` describes the website's tables: all of them, nothing else, and says what must be said.

use rightsdesk::sample::TABLES;
use serde_yaml_ng::Value;

fn map() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/datamaps/csap.yml");
    serde_yaml_ng::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_sequence).map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn ours<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    value.get("rightsdesk").and_then(|ours| ours.get(key))
}

#[test]
fn the_map_has_every_table_and_column_once() {
    let map = map();
    let collections = list(&list(&map, "dataset")[0], "collections");
    let mapped: Vec<(&str, Vec<&str>)> = collections
        .iter()
        .map(|c| (text(c, "name"), list(c, "fields").iter().map(|f| text(f, "name")).collect()))
        .collect();
    let wanted: Vec<(&str, Vec<&str>)> =
        TABLES.iter().map(|t| (t.name, t.columns.iter().map(|c| c.name).collect())).collect();
    assert_eq!(mapped, wanted);
}

#[test]
fn every_collection_and_column_has_words_for_people() {
    let map = map();
    let dataset = &list(&map, "dataset")[0];
    for collection in list(dataset, "collections") {
        let name = text(collection, "name");
        assert!(ours(collection, "label").is_some() && ours(collection, "purpose").is_some(), "{name}");
        let retention = ours(collection, "retention").or_else(|| ours(dataset, "retention")).unwrap();
        assert!(text(retention, "period").starts_with('P'), "{name}");
        assert!(["delete", "anonymise"].contains(&text(retention, "then")), "{name}");
        for field in list(collection, "fields") {
            let field_name = text(field, "name");
            let label = ours(field, "label").and_then(Value::as_str).unwrap_or_default();
            assert!(!label.is_empty() && !label.contains('_'), "{name}.{field_name}: {label}");
            assert!(!list(field, "data_categories").is_empty(), "{name}.{field_name}");
        }
    }
}

#[test]
fn a_password_hash_is_never_disclosed_and_nothing_else_is_hidden() {
    let map = map();
    let mut never = Vec::new();
    for collection in list(&list(&map, "dataset")[0], "collections") {
        for field in list(collection, "fields") {
            if ours(field, "disclose").and_then(Value::as_str) == Some("never") {
                never.push(format!("{}.{}", text(collection, "name"), text(field, "name")));
            }
        }
    }
    assert_eq!(never, ["accounts.password_hash"]);
}

#[test]
fn nothing_leads_from_an_event_to_the_others_who_went() {
    let map = map();
    let mut links = Vec::new();
    for collection in list(&list(&map, "dataset")[0], "collections") {
        for field in list(collection, "fields") {
            for reference in field.get("fides_meta").map_or(&[][..], |meta| list(meta, "references")) {
                let here = format!("{}.{}", text(collection, "name"), text(field, "name"));
                let there = text(reference, "field").to_owned();
                links.push(match text(reference, "direction") {
                    "to" => format!("{here} -> {there}"),
                    "from" => format!("{there} -> {here}"),
                    _ => format!("{here} <-> {there}"),
                });
            }
        }
    }
    links.sort();
    assert_eq!(
        links,
        [
            "accounts.id -> cookie_choices.account_id",
            "accounts.id -> page_views.account_id",
            "enquiries.id -> enquiry_replies.enquiry_id",
            "event_bookings.event_id -> events.id",
            "newsletter_subscriptions.id -> newsletter_deliveries.subscription_id",
        ]
    );
}

//! Whom else a row concerns: its owner, other people's addresses and names in it, and names in what somebody wrote. In
//! words without a value: the value is in the record.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::value::RawValue;

use crate::matching::{People, RowForm};
use crate::subject::IdentifierKind;

use super::arrive::Arrival;
use super::collected::{Owner, value};
use super::person::Person;
use super::plan::Plan;
use super::scan::columns;

/// Everybody else whom the row concerns, one sentence each.
pub(super) fn flags(plan: &Plan, row: &Arrival<'_>, owner: Owner, person: &Person, people: &People) -> Vec<String> {
    let mut found = Vec::new();
    if owner.is_somebody_else() {
        let labels: Vec<String> =
            plan.owners.iter().filter_map(|(_, at)| plan.labels.get(*at)).map(|l| quoted(l)).collect();
        found.push(format!("{} says that the record is somebody else's", labels.join(", ")));
    }
    for (kind, at) in &plan.particulars {
        let is_owner = plan.owners.iter().any(|(_, owner)| owner == at);
        let Some(text) = value(row.keys, *at).filter(|text| !text.trim().is_empty() && !is_owner) else { continue };
        let what = match kind {
            IdentifierKind::Email => "an e-mail address that is not known to be theirs",
            IdentifierKind::Phone => "a telephone number that is not known to be theirs",
            IdentifierKind::Name | IdentifierKind::DateOfBirth | IdentifierKind::Postcode | IdentifierKind::Address => {
                continue;
            }
        };
        let theirs = person.has(*kind, text) || (*kind == IdentifierKind::Email && person.is_their_mailbox(text));
        if !theirs && let Some(label) = plan.labels.get(*at) {
            found.push(format!("{} holds {what}", quoted(label)));
        }
    }
    let form = RowForm::of(columns(plan, row.keys), person.model().gmail_dots);
    if person.compare(&form).name_disagrees() {
        let names = plan.particulars.iter().filter(|(kind, _)| *kind == IdentifierKind::Name);
        let labels: Vec<String> = names.filter_map(|(_, at)| plan.labels.get(*at)).map(|l| quoted(l)).collect();
        found.push(format!("{} is another person's name", labels.join(", ")));
    }
    found.extend(
        texts(plan, row.fields)
            .filter(|(_, text)| people.stand_in(text))
            .map(|(label, _)| format!("{} names somebody about whom records are held here too", quoted(&label))),
    );
    found
}

fn quoted(label: &str) -> String {
    format!("\u{201c}{label}\u{201d}")
}

/// What people wrote in a row: label and text of each such field.
fn texts<'r>(plan: &'r Plan, fields: &'r str) -> impl Iterator<Item = (String, String)> + 'r {
    let read: HashMap<Cow<'_, str>, &RawValue> =
        if plan.free_text.is_empty() { HashMap::new() } else { serde_json::from_str(fields).unwrap_or_default() };
    plan.free_text.iter().filter_map(move |(name, label)| {
        let text: String = serde_json::from_str(read.get(name.as_str())?.get()).ok()?;
        Some((label.clone(), text))
    })
}

/// The same by the name of the field.
pub(super) fn written<'r>(plan: &'r Plan, fields: &'r str) -> Vec<(String, String)> {
    let read: HashMap<Cow<'_, str>, &RawValue> = serde_json::from_str(fields).unwrap_or_default();
    plan.free_text
        .iter()
        .filter_map(|(name, _)| {
            let text: String = serde_json::from_str(read.get(name.as_str())?.get()).ok()?;
            Some((name.clone(), text))
        })
        .collect()
}

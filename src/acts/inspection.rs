//! Does everything fit together? What `rightsdesk check` says, every fault at once.

use crate::datamap::{LiveSchema, check};
use crate::sources::{Limits, open};

use super::desk::Desk;
use super::readiness::readiness;

/// Every fault of the desk's parts, one sentence each: the database, the storage, the post, each source, and the data
/// map against the live schemas. Empty if all is well.
#[must_use]
pub fn inspect(desk: &Desk) -> Vec<String> {
    let mut faults = Vec::new();
    let ready = readiness(desk);
    for (part, found) in [("database", ready.database), ("storage", ready.storage), ("queue", ready.queue)] {
        if found != "ok" {
            faults.push(format!("{part}: {found}"));
        }
    }
    if !desk.post.answers() {
        faults.push("post: the mail server cannot be reached; check post.smtp_url".to_owned());
    }
    let map = &desk.settings.data_map;
    if map.datasets.is_empty() {
        faults.push("data_map.files: no data map is configured, so nothing can be gathered".to_owned());
    }
    let mut live: Vec<(String, LiveSchema)> = Vec::new();
    for dataset in &map.datasets {
        let source = match (map.datasets.len(), desk.settings.sources.as_slice()) {
            (1, [(_, only)]) => Some(only),
            _ => desk.settings.sources.iter().find(|(name, _)| *name == dataset.key).map(|(_, url)| url),
        };
        let Some(url) = source else { continue };
        let names: Vec<&str> = dataset.collections.iter().map(|collection| collection.name.as_str()).collect();
        match open(url, Limits::default()).schema(&names) {
            Ok(schema) => live.push((dataset.key.clone(), schema)),
            Err(error) => faults.push(format!("sources.{}: {error}", dataset.key)),
        }
    }
    let schema_of = |key: &str| live.iter().find(|(name, _)| name == key).map(|(_, schema)| schema);
    faults.extend(check(map, schema_of).into_iter().map(|(_, fault)| fault.to_string()));
    faults
}

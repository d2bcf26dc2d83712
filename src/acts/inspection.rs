//! Does everything fit together? What `rightsdesk check` says, every fault at once.

use std::time::Duration;

use crate::datamap::{Dataset, LiveSchema, check};
use crate::sources::{Account, SourceSpec};

use super::desk::Desk;
use super::drift::{drift_list, look_for_drift};
use super::readiness::readiness;

/// Most privileges of one account that are named.
const MOST_NAMED: usize = 100;

/// What was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inspection {
    /// What must be mended, one sentence each.
    pub faults: Vec<String>,
    /// What is as it is, and worth knowing.
    pub notices: Vec<String>,
}

/// Looks at the desk's parts: the database, the storage, the post, each source and what its account could do, and the data
/// map against the live schemas. No faults if all is well.
#[must_use]
pub fn inspect(desk: &Desk) -> Inspection {
    let mut found = Inspection::default();
    let ready = readiness(desk);
    for (part, state) in [("database", ready.database), ("storage", ready.storage), ("queue", ready.queue)] {
        if state != "ok" {
            found.faults.push(format!("{part}: {state}"));
        }
    }
    if !desk.post.answers() {
        found.faults.push("post: the mail server cannot be reached; check post.smtp_url".to_owned());
    }
    let map = &desk.settings.data_map;
    if map.datasets.is_empty() {
        found.faults.push("data_map.files: no data map is configured, so nothing can be gathered".to_owned());
    }
    let mut live: Vec<(String, LiveSchema)> = Vec::new();
    for dataset in &map.datasets {
        let Some(spec) = source_of(desk, &dataset.key) else { continue };
        if let Some(schema) = look(spec, dataset, &mut found) {
            live.push((dataset.key.clone(), schema));
        }
    }
    let schema_of = |key: &str| live.iter().find(|(name, _)| name == key).map(|(_, schema)| schema);
    drifted(desk, &mut found);
    found.faults.extend(check(map, schema_of).into_iter().map(|(_, fault)| fault.to_string()));
    found
}

/// What has come between the data map and the databases: worth knowing, and in nobody's way.
fn drifted(desk: &Desk, found: &mut Inspection) {
    // What could not be read has been named above.
    if desk.settings.sources.is_empty() || look_for_drift(desk, Duration::ZERO).is_err() {
        return;
    }
    let Ok(open) = drift_list(desk, false) else { return };
    let all = open.len();
    found.notices.extend(open.iter().take(MOST_NAMED).map(|one| format!("drift: {one}")));
    if all > 0 {
        found.notices.push(format!(
            "drift: {all} in all; put each into the data map, or say why not: rightsdesk drift waive ID --reason \"...\""
        ));
    }
}

/// The source that serves the dataset.
pub(super) fn source_of<'d>(desk: &'d Desk, dataset: &str) -> Option<&'d SourceSpec> {
    let settings = &desk.settings;
    match (settings.data_map.datasets.len(), settings.sources.as_slice()) {
        (1, [only]) => Some(only),
        _ => settings.sources.iter().find(|spec| spec.name == dataset),
    }
}

fn look(spec: &SourceSpec, dataset: &Dataset, found: &mut Inspection) -> Option<LiveSchema> {
    let name = &dataset.key;
    let Some(_permit) = spec.permits.take(spec.limits.connect) else {
        found.faults.push(format!("sources.{name}: every connection is taken by searches; check again later"));
        return None;
    };
    let names: Vec<&str> = dataset.collections.iter().map(|collection| collection.name.as_str()).collect();
    let mut source = spec.open();
    let schema = match source.schema(&names) {
        Ok(schema) => schema,
        Err(error) => {
            found.faults.push(format!("sources.{name}: {error}"));
            return None;
        }
    };
    match source.account() {
        Ok(account) => tell(name, account, found),
        Err(error) => found.faults.push(format!("sources.{name}: what the account could do cannot be read: {error}")),
    }
    Some(schema)
}

fn tell(name: &str, account: Account, found: &mut Inspection) {
    let all = account.excess.len();
    for excess in account.excess.into_iter().take(MOST_NAMED) {
        found.faults.push(format!(
            "sources.{name}: the account could do more than read: {excess}; take that away, or use an account that can \
             only read"
        ));
    }
    if all > MOST_NAMED {
        found.faults.push(format!("sources.{name}: and {} further privileges", all - MOST_NAMED));
    }
    found.faults.extend(account.blind.into_iter().map(|words| format!("sources.{name}: {words}")));
    found.notices.extend(account.notices.into_iter().map(|words| format!("sources.{name}: {words}")));
}

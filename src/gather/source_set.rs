//! Which source serves which dataset.

use std::time::Duration;

use crate::datamap::DataMap;
use crate::sources::{Limits, Permit, Permits, Source, SourceSpec, SourceUrl};

/// Why sources and datasets do not go together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceSetError {
    /// Datasets of the map that no source serves.
    #[error("no source is given for {}; name each source as its dataset is named: {}", list(.0), example(.0))]
    Missing(Vec<String>),
    /// Sources that serve no dataset of the map.
    #[error("the data map has no dataset called {}; its datasets are {}", list(.named), list(.datasets))]
    Unknown {
        /// The names given.
        named: Vec<String>,
        /// The names that the map has.
        datasets: Vec<String>,
    },
    /// A name given twice.
    #[error("the source `{0}` is given twice; give each once")]
    Twice(String),
    /// Other gathers hold all its connections.
    #[error(
        "every connection to the source `{0}` is taken by other searches; try again, or raise sources.{0}.connections"
    )]
    Busy(String),
}

fn list(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn example(names: &[String]) -> String {
    names.iter().map(|name| format!("--source {name}=URL")).collect::<Vec<_>>().join(" ")
}

/// How long a gather waits for the connections that it needs.
const PATIENCE: Duration = Duration::from_secs(900);

/// The sources of a gather. Datasets on one database share its connection, and so its moment.
pub struct SourceSet {
    sources: Vec<Box<dyn Source>>,
    /// For each dataset of the map, in its order: the name given to its source, and which source it is.
    served: Vec<(String, usize)>,
    /// Most rows of each source.
    most_rows: Vec<u64>,
    /// The right to one connection of each.
    permits: Vec<Permit>,
}

impl std::fmt::Debug for SourceSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SourceSet").field("served", &self.served).finish_non_exhaustive()
    }
}

impl SourceSet {
    /// Matches named addresses to the datasets of `map`: by name, or the only one to the only one.
    ///
    /// # Errors
    /// [`SourceSetError`] if a dataset has no source or a source no dataset.
    pub fn of(map: &DataMap, named: &[(String, SourceUrl)], limits: Limits) -> Result<Self, SourceSetError> {
        let specs = named.iter().map(|(name, url)| SourceSpec {
            name: name.clone(),
            url: url.clone(),
            write_url: None,
            limits,
            permits: Permits::of(1),
        });
        Self::matched(map, &specs.collect::<Vec<_>>())
    }

    /// The same for configured sources, once there is a connection to each of them free.
    ///
    /// # Errors
    /// [`SourceSetError`], also if other gathers hold all connections for a quarter of an hour.
    pub fn waited_for(map: &DataMap, specs: &[SourceSpec]) -> Result<Self, SourceSetError> {
        let mut set = Self::matched(map, specs)?;
        // Every gather takes them in the same order, so that no two wait for each other.
        for spec in distinct(specs) {
            let permit = spec.permits.take(PATIENCE).ok_or_else(|| SourceSetError::Busy(spec.name.clone()))?;
            set.permits.push(permit);
        }
        Ok(set)
    }

    /// Matches configured sources to the datasets of `map`, without asking for a connection.
    ///
    /// # Errors
    /// [`SourceSetError`] if a dataset has no source or a source no dataset.
    pub fn matched(map: &DataMap, specs: &[SourceSpec]) -> Result<Self, SourceSetError> {
        let distinct = distinct(specs);
        let at = |spec: &SourceSpec| distinct.iter().position(|other| other.url == spec.url).unwrap_or_default();
        let pairs = specs.iter().map(|spec| (spec.name.clone(), at(spec))).collect();
        let sources = distinct.iter().map(|spec| spec.open()).collect();
        let mut set = Self::served_by(map, sources, pairs)?;
        set.most_rows = distinct.iter().map(|spec| spec.limits.rows).collect();
        Ok(set)
    }

    /// Matches ready connectors to the datasets of `map`: `named` gives each name and the index of its source.
    ///
    /// # Errors
    /// [`SourceSetError`] if a dataset has no source or a source no dataset.
    pub fn served_by(
        map: &DataMap,
        sources: Vec<Box<dyn Source>>,
        named: Vec<(String, usize)>,
    ) -> Result<Self, SourceSetError> {
        let served = served(map, named)?;
        let most_rows = vec![Limits::default().rows; sources.len()];
        Ok(Self { sources, served, most_rows, permits: Vec::new() })
    }

    /// The source of the dataset at `dataset` in the map, and its index.
    pub(super) fn of_dataset(&mut self, dataset: usize) -> Option<(usize, &mut dyn Source)> {
        let (_, at) = self.served.get(dataset)?;
        let source = self.sources.get_mut(*at)?;
        Some((*at, source.as_mut()))
    }

    /// Most rows that one gather may take of the source at `source`.
    pub(super) fn most_rows(&self, source: usize) -> u64 {
        self.most_rows.get(source).copied().unwrap_or(u64::MAX)
    }

    /// What the source of the dataset has said of itself besides rows.
    pub(super) fn told(&self, dataset: usize) -> Option<String> {
        let (_, at) = self.served.get(dataset)?;
        self.sources.get(*at)?.told()
    }

    /// The name given to the source of the dataset.
    pub(super) fn name_of(&self, dataset: usize) -> &str {
        self.served.get(dataset).map_or("", |(name, _)| name)
    }
}

/// The sources without those at an address that stands before.
fn distinct(specs: &[SourceSpec]) -> Vec<&SourceSpec> {
    let mut found: Vec<&SourceSpec> = Vec::new();
    for spec in specs {
        if !found.iter().any(|other| other.url == spec.url) {
            found.push(spec);
        }
    }
    found
}

fn served(map: &DataMap, named: Vec<(String, usize)>) -> Result<Vec<(String, usize)>, SourceSetError> {
    if let ([_], [only]) = (map.datasets.as_slice(), named.as_slice()) {
        return Ok(vec![only.clone()]);
    }
    for (at, (name, _)) in named.iter().enumerate() {
        if named.iter().take(at).any(|(earlier, _)| earlier == name) {
            return Err(SourceSetError::Twice(name.clone()));
        }
    }
    let datasets: Vec<String> = map.datasets.iter().map(|dataset| dataset.key.clone()).collect();
    let unknown: Vec<String> =
        named.iter().map(|(name, _)| name.clone()).filter(|name| !datasets.contains(name)).collect();
    if !unknown.is_empty() {
        return Err(SourceSetError::Unknown { named: unknown, datasets });
    }
    let mut missing = Vec::new();
    let mut served = Vec::new();
    for dataset in datasets {
        match named.iter().find(|(name, _)| *name == dataset) {
            Some(pair) => served.push(pair.clone()),
            None => missing.push(dataset),
        }
    }
    if missing.is_empty() { Ok(served) } else { Err(SourceSetError::Missing(missing)) }
}

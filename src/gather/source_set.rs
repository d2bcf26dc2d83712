//! Which source serves which dataset.

use crate::datamap::DataMap;
use crate::sources::{Limits, Source, SourceUrl, open};

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
}

fn list(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn example(names: &[String]) -> String {
    names.iter().map(|name| format!("--source {name}=URL")).collect::<Vec<_>>().join(" ")
}

/// The sources of a gather. Datasets on one database share its connection, and so its moment.
pub struct SourceSet {
    sources: Vec<Box<dyn Source>>,
    /// For each dataset of the map, in its order: the name given to its source, and which source it is.
    served: Vec<(String, usize)>,
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
        let mut urls: Vec<&SourceUrl> = Vec::new();
        let mut pairs = Vec::new();
        for (name, url) in named {
            let at = urls.iter().position(|other| *other == url).unwrap_or_else(|| {
                urls.push(url);
                urls.len() - 1
            });
            pairs.push((name.clone(), at));
        }
        let sources = urls.into_iter().map(|url| open(url, limits)).collect();
        Self::served_by(map, sources, pairs)
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
        if let ([_], [only]) = (map.datasets.as_slice(), named.as_slice()) {
            return Ok(Self { sources, served: vec![only.clone()] });
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
        if missing.is_empty() { Ok(Self { sources, served }) } else { Err(SourceSetError::Missing(missing)) }
    }

    /// The source of the dataset at `dataset` in the map, and its index.
    pub(super) fn of_dataset(&mut self, dataset: usize) -> Option<(usize, &mut dyn Source)> {
        let (_, at) = self.served.get(dataset)?;
        let source = self.sources.get_mut(*at)?;
        Some((*at, source.as_mut()))
    }

    /// The name given to the source of the dataset.
    pub(super) fn name_of(&self, dataset: usize) -> &str {
        self.served.get(dataset).map_or("", |(name, _)| name)
    }
}

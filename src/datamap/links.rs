//! The references of a map as links between collections, each with one direction.

use super::fault::Fault;
use super::model::{Collection, DataMap, Dataset, Direction, Disclosure, Reference};

/// A collection by its place in the map: counted through all datasets.
pub type CollectionId = usize;

/// One way along a reference: values of `from` are searched for in `to`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where the values come from.
    pub from: CollectionId,
    /// The column they stand in.
    pub from_column: String,
    /// Where they are searched for.
    pub to: CollectionId,
    /// The column they are searched for in.
    pub to_column: String,
    /// Further columns that must agree in the same two rows: where the values come from, and where they must stand.
    pub beside: Vec<(String, String)>,
}

impl Link {
    /// True if `other` leads back along the same reference.
    #[must_use]
    pub fn is_return_of(&self, other: &Self) -> bool {
        self.from == other.to
            && self.to == other.from
            && self.from_column == other.to_column
            && self.to_column == other.from_column
            && self.beside.iter().map(|(from, to)| (to, from)).eq(other.beside.iter().map(|(from, to)| (from, to)))
    }
}

/// All collections of a map in order, and the links between them.
#[derive(Debug)]
pub struct Links<'m> {
    /// Every collection with its dataset; a [`CollectionId`] is the index here.
    pub collections: Vec<(&'m Dataset, &'m Collection)>,
    /// Every link, none twice.
    pub links: Vec<Link>,
}

impl<'m> Links<'m> {
    /// The links of a sound map.
    #[must_use]
    pub fn of(map: &'m DataMap) -> Self {
        let collections: Vec<(&Dataset, &Collection)> =
            map.datasets.iter().flat_map(|d| d.collections.iter().map(move |c| (d, c))).collect();
        let mut links: Vec<Link> = Vec::new();
        let mut add = |link: Link| {
            if !links.contains(&link) {
                links.push(link);
            }
        };
        for (here, (_, collection)) in collections.iter().enumerate() {
            for field in &collection.fields {
                for reference in &field.references {
                    let Some((there, column)) = target(&collections, reference) else { continue };
                    let outward = Link {
                        from: here,
                        from_column: field.name.clone(),
                        to: there,
                        to_column: column.to_owned(),
                        beside: reference.beside.clone(),
                    };
                    let inward = Link {
                        from: there,
                        from_column: column.to_owned(),
                        to: here,
                        to_column: field.name.clone(),
                        beside: reference.beside.iter().map(|(ours, theirs)| (theirs.clone(), ours.clone())).collect(),
                    };
                    match reference.direction {
                        Direction::To => add(outward),
                        Direction::From => add(inward),
                        Direction::Both => {
                            add(outward);
                            add(inward);
                        }
                    }
                }
            }
        }
        Self { collections, links }
    }

    /// `collection.column`, with the dataset before it where it is not that of `seen_from`.
    #[must_use]
    pub fn name_of(&self, collection: CollectionId, column: &str, seen_from: CollectionId) -> String {
        let dataset = |id: CollectionId| self.collections.get(id).map(|(d, _)| d.key.as_str());
        let name = self.collections.get(collection).map_or("", |(_, c)| c.name.as_str());
        match dataset(collection) {
            Some(key) if Some(key) != dataset(seen_from) => format!("{key}.{name}.{column}"),
            _ => format!("{name}.{column}"),
        }
    }
}

/// The collection and column that a reference means. A reference into a nested field means its outermost column,
/// so the longest collection name that fits is taken, then the first part of what is left.
fn target<'m>(collections: &[(&'m Dataset, &'m Collection)], reference: &Reference) -> Option<(CollectionId, &'m str)> {
    let path = format!("{}.{}", reference.collection, reference.field);
    let (id, rest) = collections
        .iter()
        .enumerate()
        .filter(|(_, (dataset, _))| dataset.key == reference.dataset)
        .filter_map(|(id, (_, c))| Some((id, path.strip_prefix(&c.name)?.strip_prefix('.')?)))
        .min_by_key(|(_, rest)| rest.len())?;
    let (_, collection) = collections.get(id)?;
    let column = rest.split('.').next().unwrap_or(rest);
    collection.field(rest).or_else(|| collection.field(column)).map(|field| (id, field.name.as_str()))
}

/// Faults that show only over the whole map: datasets named twice, references that lead nowhere.
/// `origins` gives the file of each dataset.
pub(super) fn faults(map: &DataMap, origins: &[String]) -> Vec<Fault> {
    let collections = Links::of(map).collections;
    let mut faults = Vec::new();
    for (at, dataset) in map.datasets.iter().enumerate() {
        let file = origins.get(at).cloned().unwrap_or_default();
        let twice = map.datasets.iter().take(at).any(|earlier| earlier.key == dataset.key);
        if twice {
            faults.push(Fault {
                file: file.clone(),
                place: dataset.key.clone(),
                what: "another dataset has this `fides_key`".into(),
                cure: "rename one, or give only one of the files".into(),
            });
        }
        for collection in &dataset.collections {
            for field in &collection.fields {
                for reference in &field.references {
                    let place = format!("{}.{}.{}", dataset.key, collection.name, field.name);
                    let aim = format!("{}.{}.{}", reference.dataset, reference.collection, reference.field);
                    let fault = |what: String, cure: &str| Fault {
                        file: file.clone(),
                        place: place.clone(),
                        what,
                        cure: cure.into(),
                    };
                    match target(&collections, reference) {
                        None if !map.datasets.iter().any(|other| other.key == reference.dataset) => {
                            faults.push(fault(
                                format!("refers to `{aim}`, and no dataset has that key"),
                                "give the file that describes it too, or correct the name",
                            ));
                        }
                        None => faults.push(fault(
                            format!("refers to `{aim}`, which the map does not describe"),
                            "add that collection and column, or correct the name",
                        )),
                        Some((id, column)) => {
                            let itself = reference.dataset == dataset.key && reference.collection == collection.name;
                            if itself && !reference.beside.is_empty() {
                                faults.push(fault(
                                    format!("refers by several columns to `{aim}` of the collection itself, which is not followed"),
                                    "take the reference away, or map the table a second time by a view",
                                ));
                            }
                            let known = |name: &String| {
                                collections.get(id).is_some_and(|(_, c)| {
                                    let never = Disclosure::Never;
                                    c.field(name).is_some_and(|f| f.disclose != never || c.disclose == never)
                                })
                            };
                            for (_, theirs) in reference.beside.iter().filter(|(_, theirs)| !known(theirs)) {
                                faults.push(fault(
                                    format!(
                                        "refers to `{aim}` together with `{theirs}`, which is not there or never read"
                                    ),
                                    "name a column of that collection that is not `disclose: never`",
                                ));
                            }
                            let unread = collections.get(id).is_some_and(|(_, c)| {
                                c.disclose != Disclosure::Never
                                    && c.field(column).is_some_and(|f| f.disclose == Disclosure::Never)
                            });
                            if unread {
                                faults.push(fault(
                                    format!("refers to `{aim}`, which is never disclosed and so never read"),
                                    "mark that column `disclose: review`, or take the reference away",
                                ));
                            }
                        }
                    }
                }
            }
        }
    }
    faults
}

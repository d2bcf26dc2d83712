//! How a collection is searched: what is read of each row, and what each value read is for.

use crate::datamap::{
    Collection, DataMap, Disclosure, Links, LiveColumn, LiveKind, LiveSchema, LiveTable, SearchWay, check,
};
use crate::sources::SourceError;
use crate::subject::IdentifierKind;

use super::asked::Part;
use super::collected::{Collected, Reason};
use super::source_set::SourceSet;
use super::state::Gather;

/// The searching of one collection of the map in one live table.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) table: LiveTable,
    /// The disclosed columns, each with the map's name for it.
    pub(super) fields: Vec<(String, LiveColumn)>,
    /// The columns read by themselves.
    pub(super) keys: Vec<LiveColumn>,
    /// Which keys make a row's identity: the live primary key. Empty: its contents do.
    pub(super) identity: Vec<usize>,
    /// Which keys hold a person's particulars.
    pub(super) particulars: Vec<(IdentifierKind, usize)>,
    /// Which keys say whose row it is, and by what.
    pub(super) owners: Vec<(IdentifierKind, usize)>,
    /// For each link of the map that leaves this collection: the link, and the key whose values it takes along.
    pub(super) leaving: Vec<(usize, usize)>,
    /// For each link of several columns that leaves this collection or arrives here: the link, and the keys that must agree.
    pub(super) joint: Vec<(usize, Vec<usize>)>,
    /// Fields that a person must look at where they are not blank: name and label.
    pub(super) review_fields: Vec<(String, String)>,
    /// The primary key that the map has for a table or view that has none.
    pub(super) mapped_key: Vec<usize>,
    /// Fields that people wrote: name and label.
    pub(super) free_text: Vec<(String, String)>,
    /// What people read for each key, for what is said of it.
    pub(super) labels: Vec<String>,
    /// How rows that no key leads to are looked for.
    pub(super) search: SearchWay,
    /// Which key says of which day a row is.
    pub(super) dated: Option<usize>,
}

impl Plan {
    /// The one key column by which single rows can be read again; none where the key is of several parts, or of a kind whose
    /// text does not find it again.
    pub(super) fn refetch(&self) -> Option<usize> {
        let [only] = self.identity.as_slice() else { return None };
        let kind = self.keys.get(*only)?.kind;
        matches!(kind, LiveKind::Integer | LiveKind::Uuid | LiveKind::Text).then_some(*only)
    }

    /// The column that the map's field means.
    pub(super) fn column(&self, field: &str) -> Option<&LiveColumn> {
        self.fields.iter().find(|(name, _)| name == field).map(|(_, column)| column)
    }

    /// The values that a link of several columns goes by in a row, as one text; none if it has one column, or a value is
    /// missing.
    pub(super) fn joined<'k>(&self, link: usize, key: impl Fn(usize) -> Option<&'k str>) -> Option<String> {
        let (_, keys) = self.joint.iter().find(|(at, _)| *at == link)?;
        let values: Option<Vec<&str>> = keys.iter().map(|at| key(*at)).collect();
        values.map(|values| values.join("\u{0}"))
    }

    /// The plan for `collection`, number `id` of the map. Call it for a map that was checked against the schema:
    /// none if something that the map names is not there.
    pub(super) fn of(
        id: usize,
        collection: &Collection,
        dataset_schema: Option<&str>,
        schema: &LiveSchema,
        links: &Links<'_>,
    ) -> Option<Self> {
        let table = schema.table(dataset_schema, &collection.name)?;
        let mut fields = Vec::new();
        for field in collection.disclosed_fields() {
            fields.push((field.name.clone(), schema.column(table, &field.name)?.clone()));
        }
        let mut keys: Vec<LiveColumn> = Vec::new();
        let mut key = |name: &str| -> Option<usize> {
            let column = schema.column(table, name)?;
            let at = keys.iter().position(|known| known.name == column.name);
            Some(at.unwrap_or_else(|| {
                keys.push(column.clone());
                keys.len() - 1
            }))
        };
        let identity = table.primary_key.iter().map(|name| key(name)).collect::<Option<Vec<_>>>()?;
        let mapped = collection.fields.iter().filter(|field| field.primary_key && identity.is_empty());
        let mapped_key = mapped.map(|field| key(&field.name)).collect::<Option<Vec<_>>>()?;
        let mut particulars = Vec::new();
        for entry in &collection.matches {
            particulars.push((entry.kind, key(&entry.column)?));
        }
        let mut owners = Vec::new();
        for name in &collection.owner {
            // A column says whose row it is by e-mail address unless it is mapped as a telephone number.
            let is_phone = collection.matches.iter().any(|m| m.column == *name && m.kind == IdentifierKind::Phone);
            owners.push((if is_phone { IdentifierKind::Phone } else { IdentifierKind::Email }, key(name)?));
        }
        let dated = match &collection.dated {
            Some(name) => Some(key(name)?),
            None => None,
        };
        let mut leaving = Vec::new();
        for (at, link) in links.links.iter().enumerate().filter(|(_, link)| link.from == id) {
            leaving.push((at, key(&link.from_column)?));
        }
        let mut joint = Vec::new();
        for (at, link) in links.links.iter().enumerate().filter(|(_, link)| !link.beside.is_empty()) {
            let names: Vec<&String> = if link.from == id {
                std::iter::once(&link.from_column).chain(link.beside.iter().map(|(from, _)| from)).collect()
            } else if link.to == id {
                std::iter::once(&link.to_column).chain(link.beside.iter().map(|(_, to)| to)).collect()
            } else {
                continue;
            };
            joint.push((at, names.into_iter().map(|name| key(name)).collect::<Option<Vec<_>>>()?));
        }
        let review_fields = collection
            .fields
            .iter()
            .filter(|field| field.disclose == Disclosure::Review)
            .map(|field| (field.name.clone(), field.label.clone()))
            .collect();
        let free_text = collection
            .disclosed_fields()
            .filter(|field| field.free_text)
            .map(|field| (field.name.clone(), field.label.clone()))
            .collect();
        let labels = keys
            .iter()
            .map(|key| {
                let field = collection
                    .fields
                    .iter()
                    .find(|f| schema.column(table, &f.name).is_some_and(|c| c.name == key.name));
                field.map_or_else(|| key.name.clone(), |field| field.label.clone())
            })
            .collect();
        Some(Self {
            free_text,
            labels,
            search: collection.search,
            dated,
            table: table.clone(),
            fields,
            identity,
            particulars,
            owners,
            leaving,
            joint,
            review_fields,
            mapped_key,
            keys,
        })
    }
}

/// Reads the live schemas, checks the map against them and settles how each collection is searched.
pub(super) fn plan_all(work: &mut Gather<'_>, map: &DataMap, sources: &mut SourceSet) {
    let mut schemas: Vec<Option<Result<LiveSchema, SourceError>>> = map.datasets.iter().map(|_| None).collect();
    for at in 0..schemas.len() {
        let Some((source, _)) = sources.of_dataset(at) else { continue };
        // Datasets on one source are read together, and so once.
        let mates: Vec<usize> = (0..schemas.len())
            .filter(|other| sources.of_dataset(*other).is_some_and(|(index, _)| index == source))
            .collect();
        if mates.first() != Some(&at) {
            continue;
        }
        let names: Vec<&str> = mates
            .iter()
            .filter_map(|mate| map.datasets.get(*mate))
            .flat_map(|dataset| dataset.collections.iter().map(|c| c.name.as_str()))
            .collect();
        let read = sources.of_dataset(at).map(|(_, source)| source.schema(&names));
        for mate in mates {
            if let Some(slot) = schemas.get_mut(mate) {
                slot.clone_from(&read);
            }
        }
    }
    let schema_of = |key: &str| -> Option<&LiveSchema> {
        let at = map.datasets.iter().position(|dataset| dataset.key == key)?;
        schemas.get(at)?.as_ref()?.as_ref().ok()
    };
    let faults = check(map, schema_of);
    for (id, (dataset, collection)) in work.links.collections.iter().enumerate() {
        let mut found = Collected::default();
        for kind in [IdentifierKind::Email, IdentifierKind::Phone] {
            found.reasons.push(Reason::Identity(kind));
        }
        found.reasons.extend(IdentifierKind::ALL.map(Reason::Possible));
        found.reasons.extend([Reason::Confirmed, Reason::Mention]);
        let arriving = work.links.links.iter().enumerate().filter(|(_, link)| link.to == id);
        found.reasons.extend(arriving.map(|(at, _)| Reason::Link(at)));
        let at = work.dataset_of.get(id).copied().unwrap_or_default();
        let problems: Vec<String> = faults
            .iter()
            .filter(|(place, _)| *place == id)
            .map(|(_, fault)| format!("{} {}; {}", fault.place, fault.what, fault.cure))
            .collect();
        if collection.skip || collection.disclose == Disclosure::Never || work.part(id) == Part::LeftOut {
            // Not searched, and the report says why.
        } else if let Some(Some(Err(error))) = schemas.get(at) {
            found.problem = Some(error.to_string());
        } else if !problems.is_empty() {
            found.problem = Some(problems.join(". "));
        } else if let Some(schema) = schema_of(&dataset.key) {
            found.plan = Plan::of(id, collection, dataset.schema.as_deref(), schema, &work.links);
            if found.plan.is_none() {
                found.problem = Some("the data map does not fit the database; run `rightsdesk check`".into());
            }
        }
        work.collected.push(found);
    }
}

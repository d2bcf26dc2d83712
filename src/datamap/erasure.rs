//! Our keys about erasure: what becomes of a collection's rows, and of each column of a row that stays.

use super::model::{Collection, Disclosure, Forget, OnErasure, Then};
use super::node::{Node, plain};

/// What `on_erasure` says of a collection. YAML reads `null` as no value, so the key is looked at by itself.
pub(super) fn of_collection(node: &Node<'_>) -> Option<OnErasure> {
    let value = node.map.get("on_erasure")?;
    let known = match plain(value).as_deref() {
        Some("delete") => Some(OnErasure::Delete),
        Some("anonymise") => Some(OnErasure::Anonymise),
        Some("keep") => Some(OnErasure::Keep),
        Some(_) | None => None,
    };
    if known.is_none() {
        node.fault("`on_erasure` of a collection is not known", "write `delete`, `anonymise` or `keep`");
    }
    known
}

/// What `on_erasure` says of a field.
pub(super) fn of_field(node: &Node<'_>) -> Option<Forget> {
    let value = node.map.get("on_erasure")?;
    let fixed = || {
        let map = value.as_mapping().filter(|map| map.len() == 1)?;
        map.get("fixed").and_then(plain).map(Forget::Fixed)
    };
    let known = match plain(value).as_deref() {
        Some("null") => Some(Forget::Null),
        Some("hash") => Some(Forget::Hash),
        Some("generalise") => Some(Forget::Generalise),
        Some("keep") => Some(Forget::Keep),
        Some(_) => None,
        None if value.is_null() => Some(Forget::Null),
        None => fixed(),
    };
    if known.is_none() {
        node.fault(
            "`on_erasure` of a field is not known",
            "write `null`, `hash`, `generalise`, `keep` or `{fixed: what stands there then}`",
        );
    }
    known
}

/// Faults that show within one collection.
pub(super) fn sound(node: &Node<'_>, made: &Collection) {
    let blank = |why: &Option<String>| why.as_ref().is_none_or(|why| why.trim().is_empty());
    if made.on_erasure == Some(OnErasure::Keep) && blank(&made.keep_because) {
        node.fault(
            "`on_erasure: keep` does not say why the records stay",
            "write `keep_because:` in words that the person can read",
        );
    }
    if let Some(column) = &made.suppress
        && !made.field(column).is_some_and(|field| field.disclose != Disclosure::Never)
    {
        node.fault(
            format!("`suppress` names `{column}`, which is not a field of the collection or is never read"),
            "name the column with the e-mail address",
        );
    }
    for field in &made.fields {
        let place = node.at(format!("{}.{}", node.place, field.name), node.map);
        let changed = field.on_erasure.as_ref().is_some_and(|how| *how != Forget::Keep);
        if field.primary_key && changed {
            place.fault("`on_erasure` changes a key", "take it away: a key stays as long as its row");
        }
        let says_who = made.says_who(field);
        if says_who && field.on_erasure == Some(Forget::Keep) && blank(&field.keep_because) {
            place.fault(
                "`on_erasure: keep` keeps what says whose the record is, without a reason",
                "write `keep_because:` in words that the person can read, or choose `null` or `hash`",
            );
        }
    }
}

impl Collection {
    /// Whether the field says whose the row is.
    #[must_use]
    pub fn says_who(&self, field: &super::model::Field) -> bool {
        field.identity.is_some()
            || self.owner.contains(&field.name)
            || self.matches.iter().any(|entry| entry.column == field.name)
    }

    /// Whether its rows belong to a person: they carry somebody's particulars, or refer to a row that may.
    /// What is reached only from outside (the event that somebody booked) belongs to nobody.
    #[must_use]
    pub fn belongs(&self) -> bool {
        let led_to = |field: &super::model::Field| {
            field.references.iter().any(|reference| reference.direction != super::model::Direction::To)
        };
        self.fields.iter().any(|field| self.says_who(field) || led_to(field))
    }

    /// What an erasure does to its rows: what the map says, else what it says happens at the end of their time, if they
    /// belong to a person at all. None: the map does not say.
    #[must_use]
    pub fn erased_how(&self) -> Option<OnErasure> {
        let by_retention = || {
            let then = self.about.retention.as_ref().filter(|_| self.belongs())?.then;
            Some(match then {
                Then::Delete => OnErasure::Delete,
                Then::Anonymise => OnErasure::Anonymise,
            })
        };
        self.on_erasure.or_else(by_retention)
    }

    /// What becomes of a field of a row that stays without its person. Keys and references stay, so that what refers to
    /// them still does; what says whose it is, or is about somebody, goes unless the map says otherwise.
    #[must_use]
    pub fn forgets(&self, field: &super::model::Field) -> Forget {
        if let Some(how) = &field.on_erasure {
            return how.clone();
        }
        let technical =
            !field.data_categories.is_empty() && field.data_categories.iter().all(|of| of.starts_with("system"));
        if field.primary_key {
            Forget::Keep
        } else if self.says_who(field) {
            // Rows that refer to one another by an address still do.
            if field.references.is_empty() { Forget::Null } else { Forget::Hash }
        } else if !field.references.is_empty() || (technical && !field.free_text) {
            Forget::Keep
        } else {
            Forget::Null
        }
    }
}

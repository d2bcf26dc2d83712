//! Addresses that must not come back into a list (a newsletter's, say): kept as keyed hashes, so that the list of them tells
//! nobody who they are.

use serde::Serialize;

use crate::erase::suppressed;
use crate::store::is_suppressed;

use super::found::Found;
use crate::acts::desk::Desk;
use crate::acts::error::ActError;

/// Whether an address is kept out of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct KeptOut {
    /// The list, as `dataset.collection`.
    pub list: String,
    /// True if the address must not be put into it.
    pub suppressed: bool,
}

/// The list and the hash of every address that a signed plan takes out of a list.
pub(super) fn to_keep_out(desk: &Desk, found: &Found<'_>) -> Vec<(String, String)> {
    let mut kept = Vec::new();
    for step in &found.plan.steps {
        let Some(row) = found.rows.get(step.row) else { continue };
        let Some((dataset, collection)) = found.mapped.get(row.collection) else { continue };
        let Some(field) = &collection.suppress else { continue };
        let column = found
            .live
            .get(&dataset.key)
            .and_then(|live| {
                let table = live.schema.table(dataset.schema.as_deref(), &collection.name)?;
                Some(live.schema.column(table, field)?.name.clone())
            })
            .unwrap_or_else(|| field.clone());
        let list = list_name(&dataset.key, &collection.name);
        let address = row.values.get(&column).and_then(Option::as_deref);
        if let Some(hash) = address.and_then(|address| suppressed(&desk.forget_key, &list, address)) {
            kept.push((list, hash));
        }
    }
    kept.sort();
    kept.dedup();
    kept
}

/// A list's name.
fn list_name(dataset: &str, collection: &str) -> String {
    format!("{dataset}.{collection}")
}

/// Whether `email` is kept out of `list`.
///
/// # Errors
/// [`ActError::Invalid`] if the data map keeps no such list, or the text is no address.
pub fn kept_out(desk: &Desk, list: &str, email: &str) -> Result<KeptOut, ActError> {
    let known = desk.settings.data_map.datasets.iter().any(|dataset| {
        dataset
            .collections
            .iter()
            .any(|collection| collection.suppress.is_some() && list_name(&dataset.key, &collection.name) == list)
    });
    if !known {
        return Err(ActError::field(
            "list",
            "the data map keeps no addresses out of such a list: write dataset.collection, of one with `suppress`",
        ));
    }
    let Some(hash) = suppressed(&desk.forget_key, list, email) else {
        return Err(ActError::field("email", "write an e-mail address, as name@example.org"));
    };
    let suppressed = desk.store.read(|conn| -> Result<_, ActError> { Ok(is_suppressed(conn, list, &hash)?) })?;
    Ok(KeptOut { list: list.to_owned(), suppressed })
}

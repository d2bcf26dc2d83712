//! A first data map from a live database, for a person to correct.

use crate::datamap::draft;
use crate::sources::SourceSpec;

use super::drift::shapes;
use super::error::ActError;

/// The text of a data map file for the source. Some values of each column are looked at, where `look` says so, and not kept.
///
/// # Errors
/// [`ActError`] if the source cannot be read or holds no table.
pub fn draft_map(spec: &SourceSpec, look: bool) -> Result<String, ActError> {
    let mut source = spec.open();
    let live = source.everything(&[]).map_err(|error| ActError::Refused(format!("{}: {error}", spec.name)))?;
    if live.schema.tables.is_empty() {
        return Err(ActError::Refused(format!(
            "{}: the account sees no table: check that it is the right database, and grant the account SELECT",
            spec.name
        )));
    }
    let readable = live.schema.tables.iter().filter(|table| table.readable);
    let shapes = if look {
        shapes(source.as_mut(), readable.map(|table| (table, table.columns.iter().collect())))
    } else {
        std::collections::BTreeMap::new()
    };
    Ok(draft(&spec.name, &live, &shapes))
}

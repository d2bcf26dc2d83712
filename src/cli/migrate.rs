//! `rightsdesk migrate`.

use super::{Failure, Global, common, print};
use crate::wiring;

/// Brings the desk's schema up to date.
pub(crate) fn run(global: &Global) -> Result<(), Failure> {
    let store = wiring::store(&common::configuration(global)?)?;
    let applied = store.migrate()?;
    print::line(&match applied.len() {
        0 => "The schema is up to date.".to_owned(),
        n => format!("Applied {n} migration{}: {}.", if n == 1 { "" } else { "s" }, applied.join(", ")),
    })
}

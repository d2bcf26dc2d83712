//! Opening the desk for a command.

use std::path::Path;
use std::sync::Arc;

use super::{Failure, Global};
use crate::acts::{ActError, Desk};
use crate::base::SystemClock;
use crate::config::{Config, load};
use crate::wiring;

/// The configuration: the named file, or `rightsdesk.toml` in this folder if there is one, and the environment.
pub(crate) fn configuration(global: &Global) -> Result<Config, Failure> {
    let usual = Path::new("rightsdesk.toml");
    let path = global.config.as_deref().or_else(|| usual.exists().then_some(usual));
    let mut environment: Vec<(String, String)> = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect();
    if let Some(url) = &global.database_url {
        environment.push(("RIGHTSDESK_DATABASE__URL".to_owned(), url.clone()));
    }
    Ok(load(path, environment.into_iter())?)
}

/// The desk, with the machine's clock. Its schema must be up to date.
pub(crate) fn desk(config: &Config) -> Result<Arc<Desk>, Failure> {
    let desk = wiring::desk(config, Arc::new(SystemClock))?;
    let missing = desk.store.migrations_missing()?;
    if !missing.is_empty() {
        return Err(Failure::Failed("the desk's schema is not up to date: run rightsdesk migrate".to_owned()));
    }
    Ok(Arc::new(desk))
}

/// Wrong fields are wrong use; everything else is a failure.
pub(crate) fn wrong_use(error: ActError) -> Failure {
    if let ActError::Invalid(faults) = &error {
        let all: Vec<String> = faults.iter().map(|f| format!("{}: {}", f.field, f.problem)).collect();
        return Failure::Usage(all.join("; "));
    }
    error.into()
}

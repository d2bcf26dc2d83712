//! Builds the parts: store, clock, files, post, tokens, data map. The only assembler.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use crate::acts::{Desk, KnownHolidays, Settings};
use crate::auth::Tokens;
use crate::base::{Clock, hex};
use crate::calendar::Division;
use crate::config::{Config, PostConfig};
use crate::datamap::{self, DataMap, MapFile};
use crate::files::Files;
use crate::gather::SourceSet;
use crate::post::Post;
use crate::sources::{Limits, Permits, SourceSpec, SourceUrl, UrlError};
use crate::store::Store;

/// A part that could not be built, in one sentence that names the key and the cure.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct WiringError(pub String);

fn fault(text: impl std::fmt::Display) -> WiringError {
    WiringError(text.to_string())
}

/// The desk as `config` describes it.
///
/// # Errors
/// [`WiringError`] naming the first part that cannot be built.
pub fn desk(config: &Config, clock: Arc<dyn Clock>) -> Result<Desk, WiringError> {
    // SQLite would make a file of any name: a mistyped one must not look like an empty desk.
    if let Some(path) = config.database.url.expose_secret().strip_prefix("sqlite://")
        && !Path::new(path).exists()
    {
        return Err(fault("database.url names no file: correct it, or run rightsdesk migrate to make it"));
    }
    let store = store(config)?;
    let files = Files::open(&config.desk.data_dir).map_err(|e| fault(format!("desk.data_dir: {e}")))?;
    let post = post(&config.post)?;
    let secret = secret(config)?;
    let division: Division = config.clock.division.parse().map_err(|e| fault(format!("clock.division: {e}")))?;
    let data_map = data_map(&config.data_map.files)?;
    let sources = sources(config, &data_map)?;
    Ok(Desk {
        store,
        clock,
        files,
        post,
        tokens: Tokens::new(&secret),
        secret,
        holidays: KnownHolidays::default(),
        settings: Settings {
            base_url: config.desk.base_url.clone(),
            controller: config.controller.clone(),
            cases: config.cases.clone(),
            tokens: config.tokens.clone(),
            jobs: config.jobs.clone(),
            division,
            clock: config.clock.clone(),
            reports: config.reports.clone(),
            data_map,
            sources,
        },
    })
}

/// The desk's own database.
///
/// # Errors
/// [`WiringError`].
pub fn store(config: &Config) -> Result<Store, WiringError> {
    Store::open(&config.database.url, config.database.connections).map_err(|e| fault(format!("database.url: {e}")))
}

/// The way out for letters.
///
/// # Errors
/// [`WiringError`].
pub fn post(config: &PostConfig) -> Result<Post, WiringError> {
    match (&config.smtp_url, &config.folder) {
        (Some(url), _) => Post::smtp(&config.from, url),
        (None, Some(folder)) => Post::folder(&config.from, folder),
        (None, None) => return Err(fault("post.smtp_url is missing: set it, or post.folder for development")),
    }
    .map_err(fault)
}

/// The data map of these files together; an empty one if there are none.
///
/// # Errors
/// [`WiringError`] naming every fault of the files.
pub fn data_map(files: &[std::path::PathBuf]) -> Result<DataMap, WiringError> {
    if files.is_empty() {
        return Ok(DataMap::default());
    }
    let mut texts = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(path)
            .map_err(|e| fault(format!("the data map {} could not be read ({})", path.display(), e.kind())))?;
        texts.push((path.display().to_string(), text));
    }
    let files: Vec<MapFile<'_>> = texts.iter().map(|(name, text)| MapFile { name, text }).collect();
    datamap::read(&files).map_err(fault)
}

/// What is searched, each source matched to a dataset of the data map.
///
/// # Errors
/// [`WiringError`] naming the key, or the dataset without a source.
pub fn sources(config: &Config, map: &DataMap) -> Result<Vec<SourceSpec>, WiringError> {
    let seconds = |seconds: u32| Duration::from_secs(u64::from(seconds));
    let mut specs: Vec<SourceSpec> = Vec::new();
    for (name, source) in &config.sources {
        let url: SourceUrl =
            source.url.expose_secret().parse().map_err(|e: UrlError| fault(format!("sources.{name}.url: {e}")))?;
        let limits = Limits {
            connect: seconds(source.connect_seconds),
            search: seconds(source.search_seconds),
            rows: source.row_limit,
        };
        // Two datasets of one database share its connections.
        let shared = specs.iter().find(|other| other.url == url).map(|other| other.permits.clone());
        let permits = shared.unwrap_or_else(|| Permits::of(source.connections));
        specs.push(SourceSpec { name: name.clone(), url, limits, permits });
    }
    if !map.datasets.is_empty() || !specs.is_empty() {
        // Nothing is connected here; what does not fit together is said at the start, not at the first gather.
        SourceSet::matched(map, &specs).map_err(|e| fault(format!("sources: {e}")))?;
    }
    Ok(specs)
}

/// The configured secret, or one made at the first start and kept in the data folder, readable by its owner alone.
fn secret(config: &Config) -> Result<SecretString, WiringError> {
    if let Some(secret) = &config.tokens.secret {
        return Ok(secret.clone());
    }
    let path = config.desk.data_dir.join("secret");
    let failed = |e: std::io::Error| fault(format!("the token secret in the data folder: {}", e.kind()));
    if !path.exists() {
        let made: SecretString = hex(&rand::random::<[u8; 32]>()).into();
        keep_secret(&path, &made).map_err(failed)?;
    }
    // Read back even when just made: of two processes that start at once, one file stays and both use it.
    let text = std::fs::read_to_string(&path).map_err(failed)?;
    if text.len() < 32 {
        return Err(fault("the token secret in the data folder is damaged: restore it from the backup"));
    }
    Ok(text.into())
}

fn keep_secret(path: &Path, secret: &SecretString) -> std::io::Result<()> {
    use std::io::Write;
    let folder = path.parent().unwrap_or(Path::new("."));
    // A temporary file is made readable by its owner alone.
    let mut aside = tempfile::NamedTempFile::new_in(folder)?;
    aside.write_all(secret.expose_secret().as_bytes())?;
    aside.as_file().sync_all()?;
    match aside.persist_noclobber(path) {
        Err(e) if e.error.kind() != std::io::ErrorKind::AlreadyExists => Err(e.error),
        Ok(_) | Err(_) => Ok(()),
    }
}

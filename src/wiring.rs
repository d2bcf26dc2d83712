//! Builds the parts: store, clock, files, post, tokens, data map. The only assembler.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use crate::acts::{Desk, KnownHolidays, Settings};
use crate::auth::Tokens;
use crate::base::{Clock, SigningKey, hex, key_bytes};
use crate::calendar::Division;
use crate::config::{Config, IdentityConfig, MatchingConfig, PostConfig, SourceConfig};
use crate::datamap::{self, DataMap, MapFile};
use crate::erase::ForgetKey;
use crate::files::{Anchors, Files, FilesError, Seal, Vault};
use crate::gather::{Reach, SourceSet};
use crate::identity::ProofRules;
use crate::matching::{Model, ModelFault};
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
    let folder = |e| fault(format!("desk.data_dir: {e}"));
    // The folder is made before the keys that are kept in it.
    std::fs::create_dir_all(&config.desk.data_dir).map_err(|e| folder(FilesError::Io(e)))?;
    let files = Files::open(&config.desk.data_dir, vault(config)?).map_err(folder)?;
    let mark = config.desk.data_dir.join("audit-mark");
    let store = store(config)?
        .with_mark(&mark)
        .map_err(|e| fault(format!("desk.data_dir: {} cannot be written ({})", mark.display(), e.kind())))?;
    let post = post(&config.post)?;
    let secret = secret(config)?;
    let audit_key = audit_key(config)?;
    let division: Division = config.clock.division.parse().map_err(|e| fault(format!("clock.division: {e}")))?;
    let data_map = data_map(&config.data_map.files)?;
    let sources = sources(config, &data_map)?;
    let model = model(&config.matching)?;
    Ok(Desk {
        store,
        clock,
        files,
        post,
        tokens: Tokens::new(&secret),
        seal: Seal::new(config.evidence.key.as_ref().unwrap_or(&secret)),
        secret,
        forget_key: ForgetKey::new(kept_secret(
            &config.desk.data_dir.join("erasure-key"),
            "the erasure key in the data folder",
        )?),
        audit_key,
        anchors: Anchors::at(config.audit.anchor_dir.as_deref().unwrap_or(&config.desk.data_dir.join("anchors"))),
        holidays: KnownHolidays::default(),
        settings: Settings {
            base_url: config.desk.base_url.clone(),
            controller: config.controller.clone(),
            cases: config.cases.clone(),
            tokens: config.tokens.clone(),
            jobs: config.jobs.clone(),
            division,
            clock: config.clock.clone(),
            pages: config.pages.clone(),
            proof: proof_rules(&config.identity)?,
            evidence: config.evidence.clone(),
            limits: config.limits.clone(),
            reports: config.reports.clone(),
            audit: config.audit.clone(),
            metrics: config.metrics.clone(),
            data_map,
            sources,
            model,
            reach: Reach { scan_rows: config.matching.scan_rows, candidates: config.matching.candidates },
        },
    })
}

/// The weights of evidence.
///
/// # Errors
/// [`WiringError`] naming the first fault of the weights.
pub fn model(config: &MatchingConfig) -> Result<Model, WiringError> {
    let words = |faults: Vec<ModelFault>| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    config.model().map_err(|faults| fault(format!("matching: {}", words(faults))))
}

/// The rules of proof; their words were checked when the configuration was read.
fn proof_rules(config: &IdentityConfig) -> Result<ProofRules, WiringError> {
    fn read<T: std::str::FromStr>(words: &[String], key: &str) -> Result<Vec<T>, WiringError> {
        let read = |word: &String| word.parse().map_err(|_| fault(format!("identity.{key}: a word is not known")));
        words.iter().map(read).collect()
    }
    Ok(ProofRules {
        rights: read(&config.proof_for_rights, "proof_for_rights")?,
        channels: read(&config.proof_for_channels, "proof_for_channels")?,
        sensitive: config.sensitive_collections.clone(),
        authority: read(&config.authority_for, "authority_for")?,
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
    match (&config.smtp_url, &config.notify_key, &config.folder) {
        (Some(url), _, _) => Post::smtp(&config.from, url),
        (None, Some(key), _) => {
            let template = config.notify_template.as_deref().unwrap_or_default();
            Post::notify(&config.from, &config.notify_url, key, template)
        }
        (None, None, Some(folder)) => Post::folder(&config.from, folder),
        (None, None, None) => {
            return Err(fault("post.smtp_url is missing: set it, or post.notify_key, or post.folder for development"));
        }
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
        let write_url = write_url(name, source, &url)?;
        let limits = Limits {
            connect: seconds(source.connect_seconds),
            search: seconds(source.search_seconds),
            rows: source.row_limit,
        };
        // Two datasets of one database share its connections.
        let shared = specs.iter().find(|other| other.url == url).map(|other| other.permits.clone());
        let permits = shared.unwrap_or_else(|| Permits::of(source.connections));
        specs.push(SourceSpec { name: name.clone(), url, write_url, limits, permits });
    }
    if !map.datasets.is_empty() || !specs.is_empty() {
        // Nothing is connected here; what does not fit together is said at the start, not at the first gather.
        SourceSet::matched(map, &specs).map_err(|e| fault(format!("sources: {e}")))?;
    }
    Ok(specs)
}

/// The write account of a source: the same kind of database, and not the account that searches.
fn write_url(name: &str, source: &SourceConfig, url: &SourceUrl) -> Result<Option<SourceUrl>, WiringError> {
    let Some(text) = &source.write_url else { return Ok(None) };
    let write: SourceUrl =
        text.expose_secret().parse().map_err(|e: UrlError| fault(format!("sources.{name}.write_url: {e}")))?;
    if !write.same_kind(url) {
        return Err(fault(format!("sources.{name}.write_url is another kind of database than sources.{name}.url")));
    }
    if !write.keeps_transactions() {
        return Err(fault(format!(
            "sources.{name}.write_url: only a database can be written; leave it out, and corrections become tasks for who \
             looks after the source"
        )));
    }
    if write == *url && !write.is_file() {
        return Err(fault(format!(
            "sources.{name}.write_url is the account that searches: make another account that may write, and let the \
             one of sources.{name}.url only read"
        )));
    }
    Ok(Some(write))
}

/// The configured key that signs, or one made at the first start and kept in the data folder, readable by its owner alone.
fn audit_key(config: &Config) -> Result<SigningKey, WiringError> {
    let key = match &config.audit.signing_key {
        Some(key) => key.clone(),
        None => kept_secret(&config.desk.data_dir.join("audit-key"), "the audit key in the data folder")?,
    };
    SigningKey::read(&key).ok_or_else(|| fault("the audit key is damaged: restore it from the backup"))
}

/// The configured master key of files at rest and the former ones, or one made at the first start and kept in the data
/// folder.
fn vault(config: &Config) -> Result<Vault, WiringError> {
    let storage = &config.storage;
    let key = match &storage.key {
        Some(key) => key.clone(),
        None => kept_secret(&config.desk.data_dir.join("storage-key"), "the storage key in the data folder")?,
    };
    let damaged = || fault("the storage key is damaged: restore it from the backup");
    let key = key_bytes(key.expose_secret()).ok_or_else(damaged)?;
    Ok(Vault::new(&key, &storage.former().ok_or_else(damaged)?))
}

/// The configured secret, or one made at the first start and kept in the data folder, readable by its owner alone.
fn secret(config: &Config) -> Result<SecretString, WiringError> {
    if let Some(secret) = &config.tokens.secret {
        return Ok(secret.clone());
    }
    kept_secret(&config.desk.data_dir.join("secret"), "the token secret in the data folder")
}

/// The 32 random bytes in this file, hexadecimal; made if there is no file yet.
fn kept_secret(path: &Path, what: &str) -> Result<SecretString, WiringError> {
    let failed = |e: std::io::Error| fault(format!("{what}: {}", e.kind()));
    if !path.exists() {
        let made: SecretString = hex(&rand::random::<[u8; 32]>()).into();
        keep_secret(path, &made).map_err(failed)?;
    }
    // Read back even when just made: of two processes that start at once, one file stays and both use it.
    let text = std::fs::read_to_string(path).map_err(failed)?;
    if text.len() < 32 {
        return Err(fault(format!("{what} is damaged: restore it from the backup")));
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

//! `rightsdesk backup` and `rightsdesk restore`.

use std::path::PathBuf;

use super::{Failure, Global, common, print};
use crate::acts::{audit_inspect, backup as write_backup, restore as put_back, restored};
use crate::files::sha256_of;
use crate::wiring;

/// `rightsdesk backup FILE`
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  rightsdesk backup /backup/rightsdesk-2026-11-23.zip\n  \
    rightsdesk backup today.zip && age -r KEY today.zip > today.zip.age\n\n\
    The file holds everything, generated keys too: keep it encrypted. The desk may go on while it is made. The \
    configuration file is not in it, nor are keys that are configured rather than generated.")]
pub struct BackupArgs {
    /// The file to write; one that is there is replaced when the new one is whole.
    file: PathBuf,
    /// Say what was written as JSON.
    #[arg(long)]
    json: bool,
}

/// `rightsdesk restore FILE`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  rightsdesk restore /backup/rightsdesk-2026-11-23.zip --config /etc/rightsdesk.toml\n\n\
    Stop the desk first. The file is checked before anything is changed. A backup of SQLite can be restored into \
    PostgreSQL and the other way round. Letters and jobs that were waiting when it was made are sent and done again."
)]
pub struct RestoreArgs {
    /// The backup.
    file: PathBuf,
    /// Replace the desk that is there: its database and its data folder.
    #[arg(long)]
    force: bool,
}

/// Writes a backup.
pub(crate) fn backup(global: &Global, args: &BackupArgs) -> Result<(), Failure> {
    let desk = common::desk(&common::configuration(global)?)?;
    let software = concat!("rightsdesk ", env!("CARGO_PKG_VERSION"));
    let made = write_backup(&desk, &args.file, software)?;
    let (tables, files) = (made.manifest.tables.len(), made.manifest.files.len() - made.manifest.tables.len());
    let (file, sha256, entries) = (args.file.display(), &made.sha256, made.manifest.audit_entries);
    if args.json {
        let written = serde_json::json!({
            "file": args.file, "sha256": sha256, "tables": tables, "files": files, "audit_entries": entries,
        });
        return print::line(&written.to_string());
    }
    print::line(&format!(
        "Wrote {file}: {tables} tables, {files} files, the audit trail up to entry {entries}. SHA-256 {sha256}."
    ))
}

/// Puts a backup in place.
pub(crate) fn restore(global: &Global, args: &RestoreArgs) -> Result<(), Failure> {
    let config = common::configuration(global)?;
    let sha256 = sha256_of(&args.file).map_err(|e| Failure::Usage(format!("{}: {}", args.file.display(), e.kind())))?;
    let store = wiring::store(&config)?;
    let manifest = put_back(&store, &config.desk.data_dir, &args.file, args.force)?;
    drop(store);
    let desk = common::desk(&config)?;
    restored(&desk, manifest.made_at, &sha256)?;
    let report = audit_inspect(&desk, &[])?;
    match report.problems.first() {
        None => print::line(&format!(
            "Restored the desk as it stood at {}. The audit trail is intact: {} entries.",
            manifest.made_at, report.entries
        )),
        Some(first) => Err(Failure::Failed(format!(
            "restored the desk as it stood at {}, but its audit trail is not intact: {}",
            manifest.made_at, first.problem
        ))),
    }
}

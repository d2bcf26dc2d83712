//! One file with all that the desk keeps, and the way back. The database is copied row by row, so that a backup of SQLite
//! can be restored into PostgreSQL and the other way round, and no other program is needed.

use std::io::{BufRead, BufReader};
use std::path::Path;

use crate::audit::{Actor, Event, GENESIS};
use crate::base::Moment;
use crate::files::{BackupError, BackupManifest, BackupReader, BackupWriter, sha256_of};
use crate::store::{Store, StoreError, audit_append, audit_head, portable_tables, rows_export, rows_import};

use super::desk::Desk;
use super::error::ActError;

/// Bytes of rows that are put into a table at once.
const BATCH_BYTES: usize = 4 * 1024 * 1024;
/// The folders of the data folder that a restore empties.
const FOLDERS: [&str; 5] = ["bundles", "spools", "signoffs", "evidence", "anchors"];

impl From<BackupError> for ActError {
    fn from(error: BackupError) -> Self {
        Self::Refused(error.to_string())
    }
}

/// A backup that was written.
#[derive(Debug)]
pub struct Backup {
    /// What it is.
    pub manifest: BackupManifest,
    /// SHA-256 of the file.
    pub sha256: String,
}

/// Writes a backup to `path`: the database as it stands at one moment, then the data folder with the generated keys. The desk
/// may go on meanwhile.
///
/// # Errors
/// [`ActError`] of the store; [`ActError::Refused`] if the file cannot be written.
pub fn backup(desk: &Desk, path: &Path, software: &str) -> Result<Backup, ActError> {
    let now = desk.now();
    // First, so that the backup holds the entry too.
    desk.store.write(|conn| audit_append(conn, now, &Actor::Operator, None, &Event::BackedUp))?;
    let migrations = desk.store.migrations_applied()?;
    let mut writer = BackupWriter::beside(path)?;
    let manifest = desk.store.read(|conn| -> Result<BackupManifest, ActError> {
        let tables = portable_tables(conn)?;
        for table in &tables {
            writer.entry(&entry_of(&table.name), |out| -> Result<(), ActError> {
                rows_export(conn, table, |row| -> Result<(), ActError> {
                    let written = out.write_all(row.as_bytes()).and_then(|()| out.write_all(b"\n"));
                    written.map_err(|e| BackupError::from(e).into())
                })
            })?;
        }
        let (audit_entries, audit_last_hash) = audit_head(conn)?.unwrap_or_else(|| (0, GENESIS.to_owned()));
        // Within the transaction, so that what ends meanwhile is as little as possible.
        writer.folder(desk.files.root())?;
        Ok(BackupManifest {
            format: String::new(),
            software: software.to_owned(),
            made_at: now,
            database: desk.store.backend().to_owned(),
            migrations,
            audit_entries,
            audit_last_hash,
            tables: tables.into_iter().map(|table| table.name).collect(),
            files: std::collections::BTreeMap::new(),
        })
    })?;
    let manifest = writer.finish(path, manifest)?;
    let sha256 = sha256_of(path).map_err(BackupError::from)?;
    Ok(Backup { manifest, sha256 })
}

fn entry_of(table: &str) -> String {
    format!("tables/{table}.jsonl")
}

/// Puts the backup at `path` into the database and the data folder, and gives what it was. The desk must not run. The caller
/// then opens the desk and calls [`restored`].
///
/// # Errors
/// [`ActError::Refused`] if the file is damaged or of a newer version, or if there is a desk already and `force` is not set;
/// then nothing was changed. If it fails later the database is as it was, or empty.
pub fn restore(store: &Store, data_dir: &Path, path: &Path, force: bool) -> Result<BackupManifest, ActError> {
    let mut reader = BackupReader::open(path)?;
    let manifest = reader.manifest.clone();
    let unknown: Vec<String> =
        manifest.migrations.iter().filter(|version| !Store::migrations_known().contains(version)).cloned().collect();
    if !unknown.is_empty() {
        return Err(ActError::Refused(format!(
            "the backup has a newer schema than this version of rightsdesk ({}): install the version that made it, {}",
            unknown.join(", "),
            manifest.software
        )));
    }
    let applied = store.migrations_applied()?;
    if !force {
        let empty = applied.is_empty() || store.read(|conn| Ok::<_, StoreError>(audit_head(conn)?.is_none()))?;
        if !empty || holds_files(data_dir) {
            return Err(ActError::Refused(
                "there is a desk already: name an empty database and data folder, or add --force to replace what is there"
                    .to_owned(),
            ));
        }
    }
    if !applied.is_empty() {
        store.revert_all()?;
    }
    store.migrate_to(&manifest.migrations)?;
    store.write(|conn| -> Result<(), ActError> {
        for table in portable_tables(conn)? {
            if !manifest.tables.contains(&table.name) {
                continue;
            }
            let name = entry_of(&table.name);
            let rows = BufReader::new(reader.entry(&name)?);
            let mut batch = String::from("[");
            for row in rows.lines() {
                let row = row.map_err(BackupError::from)?;
                if batch.len() > 1 {
                    batch.push(',');
                }
                batch.push_str(&row);
                if batch.len() > BATCH_BYTES {
                    batch.push(']');
                    rows_import(conn, &table, &batch)?;
                    batch.truncate(1);
                }
            }
            batch.push(']');
            rows_import(conn, &table, &batch)?;
        }
        Ok(())
    })?;
    store.migrate()?;
    let failed = |error: std::io::Error| ActError::from(BackupError::from(error));
    std::fs::create_dir_all(data_dir).map_err(failed)?;
    for folder in FOLDERS {
        match std::fs::remove_dir_all(data_dir.join(folder)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(error)),
            Ok(()) | Err(_) => {}
        }
    }
    reader.unpack(data_dir)?;
    Ok(manifest)
}

fn holds_files(data_dir: &Path) -> bool {
    FOLDERS
        .iter()
        .any(|folder| std::fs::read_dir(data_dir.join(folder)).is_ok_and(|mut entries| entries.next().is_some()))
}

/// Notes in the trail of a restored desk that it was restored, and from what; from here on the trail goes on.
///
/// # Errors
/// [`ActError`] of the store.
pub fn restored(desk: &Desk, made_at: Moment, sha256: &str) -> Result<(), ActError> {
    // The trail ends where the backup ends; what the old desk noted of it is about a trail that is no more.
    let head = desk.store.read(|conn| -> Result<_, ActError> { Ok(audit_head(conn)?) })?;
    let (seq, hash) = head.unwrap_or_else(|| (0, GENESIS.to_owned()));
    let failed = |error: std::io::Error| ActError::from(BackupError::from(error));
    desk.store.mark_anew(seq, &hash).map_err(failed)?;
    let event = Event::Restored { made_at, sha256: sha256.to_owned() };
    desk.store.write(|conn| Ok(audit_append(conn, desk.now(), &Actor::Operator, None, &event)?))
}

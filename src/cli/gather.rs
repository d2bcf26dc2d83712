//! `rightsdesk gather`: one gather from the command line, without a desk.

mod args;
mod output;

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use crate::base::{Clock, SystemClock};
use crate::bundle::{BundleError, Cover, RecordSource, write_bundle};
use crate::files::spool::{Rules, SpoolWriter};
use crate::gather::{SourceSet, gather};
use crate::sources::Limits;
use crate::subject::Verified;
use crate::wiring;

use super::Failure;

pub use args::Args;

/// Runs the command: reads the map, gathers into a spool that is removed afterwards, writes the bundle aside and
/// renames it.
///
/// # Errors
/// [`Failure`] with the sentence to show; also when the bundle was written and some source failed.
pub fn run(args: Args) -> Result<(), Failure> {
    let subject = args.subject().map_err(Failure::Usage)?;
    let sources = args.sources().map_err(Failure::Usage)?;
    args.out_is_free().map_err(Failure::Usage)?;
    let map = wiring::data_map(&args.map)?;
    let limits = Limits { search: Duration::from_secs(args.timeout), rows: args.row_limit, ..Limits::default() };
    let mut sources = SourceSet::of(&map, &sources, limits).map_err(|error| Failure::Usage(error.to_string()))?;
    let name = subject.name.clone();
    let spool_dir = tempfile::Builder::new().prefix("rightsdesk-").tempdir()?;
    let progress = output::Spinner::new();
    let spool =
        gather(&map, &mut sources, &Verified::vouch(subject), SpoolWriter::scratch(spool_dir.path())?, &progress)?;
    progress.writing();
    let records = spool.under(Rules {
        include_possible: args.include_possible,
        include_review: args.include_review,
        ..Rules::default()
    })?;
    let now = SystemClock.now();
    let cover = Cover {
        reference: args.reference.clone().unwrap_or_else(|| format!("gather of {}", now.london_date())),
        subject_name: if name.is_empty() { "the person named in the request".into() } else { name },
        addressee: None,
        controller: args.controller(),
        received_on: None,
        due_on: None,
        generated_at: now,
        software: format!("rightsdesk {}", env!("CARGO_PKG_VERSION")),
    };
    write_aside(&args.out, &cover, &records)?;
    progress.finish();
    output::summary(&args.out, &records, args.json)?;
    let failed = output::failed(&records);
    if failed.is_empty() {
        return Ok(());
    }
    Err(Failure::Failed(format!(
        "the bundle was written, but {} of {} collections could not be searched to the end: {}",
        failed.len(),
        records.collections().len(),
        failed.join(", ")
    )))
}

/// Writes the bundle beside its place, readable by the operator only, and renames it there when it is whole.
fn write_aside(out: &Path, cover: &Cover, records: &dyn RecordSource) -> Result<(), Failure> {
    let dir = out.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let cannot = |error: std::io::Error| {
        Failure::Failed(format!("the bundle could not be written to {}: {error}", out.display()))
    };
    let aside = tempfile::Builder::new().prefix(".rightsdesk-").tempfile_in(dir).map_err(cannot)?;
    let file: &File = aside.as_file();
    write_bundle(std::io::BufWriter::with_capacity(1 << 16, file), cover, records)
        .and_then(|mut written| Ok(std::io::Write::flush(&mut written)?))
        .map_err(|error| match error {
            BundleError::Io(error) => cannot(error),
            BundleError::Spool(_) | BundleError::Part { .. } => Failure::Failed(error.to_string()),
        })?;
    file.sync_all().map_err(cannot)?;
    aside.persist(out).map_err(|error| cannot(error.error))?;
    Ok(())
}

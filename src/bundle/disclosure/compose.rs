//! The order of the parts.

use std::io::Write;

use super::collection;
use super::key::Key;
use super::letter;
use crate::bundle::plain;
use crate::bundle::{BundleError, CollectionReport, Cover, Proof, RecordSource, Status};
use crate::pdf::{Document, Entry, Front, Orientation, Written};

/// Writes the disclosure to `out`, page by page; memory does not grow with the number of records.
///
/// # Errors
/// [`BundleError::Io`] when `out` fails, [`BundleError::Spool`] when a record cannot be read back,
/// [`BundleError::Part`] when a page cannot be drawn.
pub fn write_disclosure(out: impl Write, cover: &Cover, records: &dyn RecordSource) -> Result<Written, BundleError> {
    write_proven(out, cover, records, None)
}

/// The letter alone.
pub(in crate::bundle) fn write_letter(
    out: impl Write,
    cover: &Cover,
    records: &dyn RecordSource,
    proof: Option<&Proof<'_>>,
) -> Result<Written, BundleError> {
    let mut document = Document::new(out, front(cover))?;
    letter::write(&mut document, cover, records.collections(), proof)?;
    Ok(document.finish()?)
}

fn front(cover: &Cover) -> Front {
    Front {
        title: format!("The information we hold about {}", cover.subject_name),
        language: "en-GB",
        author: cover.controller.name.clone(),
        reference: cover.reference.clone(),
        created: cover.generated_at,
        software: cover.software.clone(),
    }
}

/// The disclosure, its letter naming the key that the bundle is signed with.
pub(in crate::bundle) fn write_proven(
    out: impl Write,
    cover: &Cover,
    records: &dyn RecordSource,
    proof: Option<&Proof<'_>>,
) -> Result<Written, BundleError> {
    let mut document = Document::new(out, front(cover))?;
    let collections = records.collections();
    letter::write(&mut document, cover, collections, proof)?;
    document.contents(entries(collections))?;

    let mut key = Key::default();
    let mut entry = 0;
    let mut dataset = None;
    for (index, report) in collections.iter().enumerate() {
        let begins_dataset = dataset != Some((&report.source, &report.dataset));
        collection::turn(&mut document, records, index, begins_dataset)?;
        if begins_dataset {
            if dataset.is_some() {
                document.close_section()?;
            }
            document.open_section();
            document.entry_heading(entry, 1, &report.dataset_label)?;
            entry += 1;
            dataset = Some((&report.source, &report.dataset));
        }
        document.open_section();
        document.entry_heading(entry, 2, &report.label)?;
        entry += 1;
        collection::write(&mut document, records, index, &mut key)?;
        document.close_section()?;
    }
    if dataset.is_some() {
        document.close_section()?;
    }
    document.turn(Orientation::Portrait)?;
    key.write(&mut document, entry, collections)?;
    Ok(document.finish()?)
}

fn entries(collections: &[CollectionReport]) -> Vec<Entry> {
    let mut entries = vec![];
    let mut dataset = None;
    for report in collections {
        if dataset != Some((&report.source, &report.dataset)) {
            dataset = Some((&report.source, &report.dataset));
            entries.push(Entry { level: 1, title: report.dataset_label.clone(), aside: String::new() });
        }
        let aside = match report.status {
            Status::Found => plain::records(report.disclosed),
            Status::NothingHeld => "nothing held".to_owned(),
            Status::Failed | Status::NotReached => "not searched".to_owned(),
        };
        entries.push(Entry { level: 2, title: report.label.clone(), aside });
    }
    entries.push(Entry { level: 1, title: super::key::TITLE.to_owned(), aside: String::new() });
    entries
}

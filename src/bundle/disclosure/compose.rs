//! The order of the parts.

use std::io::Write;

use super::book::{Book, Next, Place};
use super::collection;
use super::key::Key;
use super::letter;
use crate::bundle::plain;
use crate::bundle::{BundleError, CollectionReport, Cover, Proof, RecordSource, Status};
use crate::pdf::{Cell, Document, Entry, Front, Orientation, Written};

/// What a writer of the disclosure says besides the records.
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    /// The facts of the case.
    pub cover: &'a Cover,
    /// The key that the bundle is signed with.
    pub proof: Option<&'a Proof<'a>>,
    /// The records are in volumes beside `disclosure.pdf`.
    pub in_volumes: bool,
}

impl Answer<'_> {
    /// The file or files that hold the records for reading.
    pub fn copy(&self) -> &'static str {
        if self.in_volumes { "disclosure-01.pdf and the volumes after it" } else { "disclosure.pdf" }
    }
}

/// About how many bytes of fields a page holds; decides only whether volumes are begun.
const BYTES_A_PAGE: u64 = 3_000;

/// True if the records will take about more than `pages` pages.
pub fn needs_volumes(records: &dyn RecordSource, pages: u32) -> bool {
    records.bytes_hint() / BYTES_A_PAGE > u64::from(pages)
}

/// The name of a volume: `disclosure-01.pdf`.
pub fn volume_name(number: u32) -> String {
    format!("disclosure-{number:02}.pdf")
}

/// Writes the disclosure to `out` as one document, page by page; memory hardly grows with the number of records.
///
/// # Errors
/// [`BundleError::Io`] when `out` fails, [`BundleError::Spool`] when a record cannot be read back,
/// [`BundleError::Part`] when a page cannot be drawn.
pub fn write_disclosure(out: impl Write, cover: &Cover, records: &dyn RecordSource) -> Result<Written, BundleError> {
    write_answer(out, &Answer { cover, proof: None, in_volumes: false }, records)
}

/// The letter alone.
pub fn write_letter(out: impl Write, answer: &Answer<'_>, records: &dyn RecordSource) -> Result<Written, BundleError> {
    let mut document = Document::new(out, front(answer.cover, None))?;
    letter::write(&mut document, answer, records.collections())?;
    Ok(document.finish()?)
}

pub(super) fn front(cover: &Cover, volume: Option<u32>) -> Front {
    let volume = volume.map_or_else(String::new, |number| format!(", volume {number}"));
    Front {
        title: format!("The information we hold about {}{volume}", cover.subject_name),
        language: "en-GB",
        author: cover.controller.name.clone(),
        reference: cover.reference.clone(),
        created: cover.generated_at,
        software: cover.software.clone(),
    }
}

/// The disclosure as one document.
pub fn write_answer(out: impl Write, answer: &Answer<'_>, records: &dyn RecordSource) -> Result<Written, BundleError> {
    let mut document = Document::new(out, front(answer.cover, None))?;
    let collections = records.collections();
    letter::write(&mut document, answer, collections)?;
    document.contents(entries(collections))?;
    let mut key = Key::default();
    let mut book = Book::one(document);
    let entry = body(&mut book, records, &mut key)?;
    let mut document = book.into_document()?;
    document.turn(Orientation::Portrait)?;
    key.write(&mut document, entry, collections)?;
    Ok(document.finish()?)
}

/// The records in volumes of about `pages` pages: the first into `out`, each further one into what `next` gives. Gives the
/// output back, where each entry of the contents stands, and the codes that were met.
pub fn write_volumes<W: Write>(
    out: W,
    next: Next<'_, W>,
    cover: &Cover,
    records: &dyn RecordSource,
    pages: u32,
) -> Result<(W, Vec<Place>, Key), BundleError> {
    let mut key = Key::default();
    let mut book = Book::volumes(out, next, cover, pages)?;
    body(&mut book, records, &mut key)?;
    let (out, places) = book.close()?;
    Ok((out, places, key))
}

/// `disclosure.pdf` beside volumes: the letter, what is in which volume, and the key to what is withheld.
pub fn write_front(
    out: impl Write,
    answer: &Answer<'_>,
    records: &dyn RecordSource,
    places: &[Place],
    key: &Key,
) -> Result<Written, BundleError> {
    let mut document = Document::new(out, front(answer.cover, None))?;
    let collections = records.collections();
    letter::write(&mut document, answer, collections)?;
    document.end_page()?;
    document.open_section();
    document.heading(1, "What is in which volume")?;
    let rows: Vec<Vec<Cell>> = entries(collections)
        .into_iter()
        .zip(places)
        .map(|(entry, place)| {
            vec![
                Cell::plain(entry.title),
                Cell::plain(entry.aside),
                Cell::plain(volume_name(place.volume)),
                Cell::plain(plain::count(u64::from(place.page))),
            ]
        })
        .collect();
    document.table(&[("What", false), ("How many", false), ("File", false), ("From page", true)], &rows)?;
    document.close_section()?;
    document.end_page()?;
    key.write(&mut document, 0, collections)?;
    Ok(document.finish()?)
}

/// Each dataset and collection; gives the number of entries.
fn body<W: Write>(book: &mut Book<'_, W>, records: &dyn RecordSource, key: &mut Key) -> Result<usize, BundleError> {
    let mut entry = 0;
    let mut dataset = None;
    for (index, report) in records.collections().iter().enumerate() {
        let begins_dataset = dataset != Some((&report.source, &report.dataset));
        if begins_dataset {
            if dataset.is_some() {
                book.document()?.close_section()?;
            }
            book.begin_dataset()?;
        }
        collection::turn(book, records, index)?;
        if begins_dataset {
            book.document()?.open_section();
            book.entry_heading(entry, 1, &report.dataset_label)?;
            entry += 1;
            dataset = Some((&report.source, &report.dataset));
        }
        book.document()?.open_section();
        book.entry_heading(entry, 2, &report.label)?;
        entry += 1;
        collection::write(book, records, index, key)?;
        book.document()?.close_section()?;
    }
    if dataset.is_some() {
        book.document()?.close_section()?;
    }
    Ok(entry)
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

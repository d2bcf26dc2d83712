//! One collection: what it is and why it is held (Art. 15(1)(a) to (d), (g)), what became of the search, its records.

use std::io::Write;

use super::book::Book;
use super::key::Key;
use super::letter::sentence;
use super::shown;
use crate::bundle::plain;
use crate::bundle::{BundleError, CollectionReport, ColumnKind, Record, RecordSource, Status, Value};
use crate::pdf::{Cell, Document, Form, Orientation, PdfError, Piece, SAMPLED, Sample, TableColumn};

/// Heading of the column that numbers the records.
const NUMBER: &str = "No.";

/// Turns the paper to suit the collection.
pub fn turn<W: Write>(book: &mut Book<'_, W>, records: &dyn RecordSource, index: usize) -> Result<(), BundleError> {
    let Some(report) = records.collections().get(index) else { return Ok(()) };
    let orientation = match form(book.document()?, records, index, report)? {
        Form::Table(orientation, _) => orientation,
        Form::Cards => Orientation::Portrait,
    };
    book.turn(orientation)
}

/// Writes what follows the collection's heading.
pub fn write<W: Write>(
    book: &mut Book<'_, W>,
    records: &dyn RecordSource,
    index: usize,
    key: &mut Key,
) -> Result<(), BundleError> {
    let Some(report) = records.collections().get(index) else { return Ok(()) };
    let document = book.document()?;
    about(document, report, records.collections())?;
    outcome(document, report)?;
    if report.disclosed == 0 {
        return Ok(());
    }
    match form(document, records, index, report)? {
        Form::Table(_, widths) => table(book, records, index, report, widths, key),
        Form::Cards => cards(book, records, index, report, key),
    }
}

/// What the map says there is; the letter says where there is none.
fn unless_none(words: &str) -> String {
    if words == CollectionReport::NONE { String::new() } else { words.to_owned() }
}

fn about<W: Write>(
    document: &mut Document<W>,
    report: &CollectionReport,
    all: &[CollectionReport],
) -> Result<(), PdfError> {
    let mut items = vec![];
    let mut item = |label: &str, text: String| {
        if !text.is_empty() {
            items.push(vec![Piece::strong(format!("{label}: ")), Piece::text(sentence(&text))]);
        }
    };
    item("Why we hold it", report.purpose.clone());
    item("Lawful basis", report.lawful_basis.clone());
    item("What it contains", report.columns.iter().map(|column| column.label.as_str()).collect::<Vec<_>>().join(", "));
    item("Who receives it", report.recipients.join(", "));
    if let Some(retention) = &report.retention {
        let then = match retention.then.as_str() {
            "delete" => ", then we delete it".to_owned(),
            "anonymise" => ", then we remove whatever says who you are".to_owned(),
            "" => String::new(),
            other => format!(", then {other}"),
        };
        item("How long we keep it", format!("{}{then}", plain::period(&retention.period)));
    }
    item("Where it came from", report.origin.clone());
    item("Decided about you by a machine alone", unless_none(&report.automated_decisions));
    item("Sent outside the United Kingdom", unless_none(&report.transfers));
    // What was not searched to the end must not read as if it had been.
    if matches!(report.status, Status::Found | Status::NothingHeld) {
        item("How we searched", how(report, all));
    }
    if items.is_empty() { Ok(()) } else { document.list(&items) }
}

fn how(report: &CollectionReport, all: &[CollectionReport]) -> String {
    let looked: Vec<String> = report
        .searched_for
        .iter()
        .map(|search| {
            let column = report.columns.iter().find(|column| column.name == search.column);
            let label = column.map_or(search.column.as_str(), |column| column.label.as_str());
            if search.by != "reference" {
                return format!("we looked in “{label}” for {}", search.from);
            }
            // `collection.column`, as the data map has it; a person knows the collection by its label.
            let name = search.from.rsplit_once('.').map_or(search.from.as_str(), |(name, _)| name);
            let from =
                all.iter().find(|other| other.collection == name || name.ends_with(&format!(".{}", other.collection)));
            format!("we followed the numbers in “{}”", from.map_or(name, |other| other.label.as_str()))
        })
        .collect();
    let mut text = looked.join("; ");
    if let Some(first) = text.get(..1).map(str::to_uppercase) {
        text.replace_range(..1, &first);
    }
    text
}

fn outcome<W: Write>(document: &mut Document<W>, report: &CollectionReport) -> Result<(), PdfError> {
    match report.status {
        Status::NothingHeld => document.notice(&[Piece::text("We looked here and hold nothing about you.")], false),
        Status::Failed | Status::NotReached => {
            let mut pieces = vec![Piece::strong("We could not search this. ")];
            if let Some(problem) = &report.problem {
                pieces.push(Piece::text(format!("{} ", sentence(problem))));
            }
            pieces.push(Piece::text("We may hold information about you here that is not in this document."));
            document.notice(&pieces, true)
        }
        Status::Found => {
            let mut text = match (report.found, report.disclosed) {
                (found, disclosed) if found == disclosed => format!("We found {}.", plain::records(found)),
                (found, disclosed) => {
                    format!("We found {} and show {} here.", plain::records(found), plain::count(disclosed))
                }
            };
            for withheld in report.withheld.iter().filter(|withheld| withheld.count > 0) {
                text.push_str(&format!(" {} left out: {}", plain::records(withheld.count), sentence(&withheld.reason)));
            }
            document.words(text)
        }
    }
}

/// Looks at the first records. Stops the replay early, which a replay knows only as a failure of the one it calls.
fn form<W: Write>(
    document: &mut Document<W>,
    records: &dyn RecordSource,
    index: usize,
    report: &CollectionReport,
) -> Result<Form, BundleError> {
    if report.disclosed == 0 {
        return Ok(Form::Cards);
    }
    let labels = std::iter::once(NUMBER).chain(report.columns.iter().map(|column| column.label.as_str()));
    let mut sample = Sample::new(labels, document.shaper());
    let mut seen = 0usize;
    let replayed = records.replay(index, &mut |record| {
        let mut row = vec![number_cell(report.disclosed)];
        row.extend(cells(report, &record.values()?));
        sample.add(&row, document.shaper());
        seen += 1;
        if seen < SAMPLED { Ok(()) } else { Err(BundleError::Spool(String::new())) }
    });
    if seen < SAMPLED {
        replayed?;
    }
    Ok(sample.form(report.disclosed))
}

fn table<W: Write>(
    book: &mut Book<'_, W>,
    records: &dyn RecordSource,
    index: usize,
    report: &CollectionReport,
    widths: Vec<f32>,
    key: &mut Key,
) -> Result<(), BundleError> {
    let labels = std::iter::once(NUMBER).chain(report.columns.iter().map(|column| column.label.as_str()));
    let amounts = std::iter::once(true).chain(report.columns.iter().map(|column| column.kind == ColumnKind::Number));
    let columns: Vec<TableColumn> = labels
        .zip(widths)
        .zip(amounts)
        .map(|((label, width), amounts)| TableColumn { label: label.to_owned(), width, amounts })
        .collect();
    let mut table = book.document()?.open_table(columns.clone())?;
    let mut number = 0;
    records.replay(index, &mut |record| {
        number += 1;
        let values = values(record, key)?;
        let mut row = vec![number_cell(number)];
        row.extend(cells(report, &values));
        book.document()?.row(&mut table, &row)?;
        if book.is_full() && number < report.disclosed {
            book.document()?.close_table(&table)?;
            book.turn_over(report)?;
            table = book.document()?.open_table(columns.clone())?;
        }
        Ok(())
    })?;
    Ok(book.document()?.close_table(&table)?)
}

fn cards<W: Write>(
    book: &mut Book<'_, W>,
    records: &dyn RecordSource,
    index: usize,
    report: &CollectionReport,
    key: &mut Key,
) -> Result<(), BundleError> {
    let mut number = 0;
    records.replay(index, &mut |record| {
        number += 1;
        let values = values(record, key)?;
        let rows: Vec<(&str, Cell)> =
            report.columns.iter().map(|column| column.label.as_str()).zip(cells(report, &values)).collect();
        book.document()?.card(&format!("Record {}", plain::count(number)), &rows)?;
        if book.is_full() && number < report.disclosed { book.turn_over(report) } else { Ok(()) }
    })
}

fn values(record: &Record, key: &mut Key) -> Result<Vec<(String, Value)>, BundleError> {
    let values = record.values()?;
    for (_, value) in &values {
        key.note(value);
    }
    Ok(values)
}

fn number_cell(number: u64) -> Cell {
    Cell::muted(number.to_string())
}

/// A cell for each column; a record without a column's value shows it as not recorded.
fn cells<'v>(report: &'v CollectionReport, values: &'v [(String, Value)]) -> impl Iterator<Item = Cell> + 'v {
    report.columns.iter().enumerate().map(move |(index, column)| {
        // Records keep the data map's order, so the value usually stands where its column does.
        let value = values
            .get(index)
            .filter(|(name, _)| *name == column.name)
            .or_else(|| values.iter().find(|(name, _)| *name == column.name))
            .map_or(&Value::Null, |(_, value)| value);
        shown::cell(column.kind, value)
    })
}

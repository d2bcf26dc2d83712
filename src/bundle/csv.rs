//! `csv/NN-DATASET.COLLECTION.csv`: the records of one collection for a spreadsheet (RFC 4180, UTF-8 with a byte order
//! mark, since without one Excel takes it for another encoding). Values are those of `records.json`; only a text that a
//! spreadsheet would run as a formula has an apostrophe before it.

use std::borrow::Cow;
use std::io::{self, Write};

use super::model::{BundleError, CollectionReport, RecordSource, Span, Value};

/// The entry of each collection with a disclosed record, with the collection's index.
pub(super) fn paths(collections: &[CollectionReport]) -> Vec<(usize, String)> {
    let with_records = collections.iter().enumerate().filter(|(_, report)| report.disclosed > 0);
    with_records
        .map(|(index, report)| {
            let name = format!("{:02}-{}.{}", index + 1, plain(&report.dataset), plain(&report.collection));
            (index, format!("csv/{name}.csv"))
        })
        .collect()
}

/// A name that every file system takes: other characters become underscores. The number before it tells apart what is
/// then alike.
fn plain(name: &str) -> String {
    name.chars().take(60).map(|c| if c.is_ascii_alphanumeric() || "-_".contains(c) { c } else { '_' }).collect()
}

/// Writes the records of the collection at `index`: a line of labels, then a line for each.
pub(super) fn write(out: &mut dyn Write, records: &dyn RecordSource, index: usize) -> Result<(), BundleError> {
    let Some(report) = records.collections().get(index) else { return Ok(()) };
    out.write_all("\u{feff}".as_bytes())?;
    let mut lines = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    let labels = report.columns.iter().map(|column| column.label.as_str());
    let header: Vec<Cow<'_, str>> = std::iter::once("Record").chain(labels).map(harmless).collect();
    lines.write_record(header.iter().map(|cell| cell.as_bytes())).map_err(failed)?;
    records.replay(index, &mut |record| {
        lines.write_field(harmless(&record.id).as_bytes()).map_err(failed)?;
        let values = record.values()?;
        for (at, column) in report.columns.iter().enumerate() {
            // Fields stand in the order of the columns; a field elsewhere is still found by its name.
            let value = values
                .get(at)
                .filter(|(name, _)| *name == column.name)
                .or_else(|| values.iter().find(|(name, _)| *name == column.name));
            lines.write_field(value.map_or("".into(), |(_, value)| cell(value)).as_bytes()).map_err(failed)?;
        }
        lines.write_record(None::<&[u8]>).map_err(failed)?;
        Ok(())
    })?;
    Ok(lines.flush()?)
}

fn failed(error: csv::Error) -> BundleError {
    io::Error::from(error).into()
}

/// A value as a cell. What is not recorded is empty.
fn cell(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => "".into(),
        Value::Boolean(yes) => if *yes { "true" } else { "false" }.into(),
        // The digits of a number run as nothing.
        Value::Number(digits) => digits.as_str().into(),
        Value::Text(text) | Value::Structured(text) => harmless(text),
        Value::Redacted(code) => withheld(code).into(),
        Value::Partly(spans) => {
            let mut text = String::new();
            for span in spans {
                match span {
                    Span::Text(words) => text.push_str(words),
                    Span::Withheld(cut) => text.push_str(&withheld(&cut.redacted)),
                }
            }
            harmless(&text).into_owned().into()
        }
    }
}

fn withheld(code: &str) -> String {
    format!("[Withheld: {code}]")
}

/// A text that no spreadsheet runs: with an apostrophe before it if its first character, spaces aside, begins a formula
/// (OWASP, CSV injection; also the full-width forms, which some programs fold).
fn harmless(text: &str) -> Cow<'_, str> {
    let runs = |c: char| matches!(c, '=' | '+' | '-' | '@' | '|' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠');
    let first = text.trim_start_matches([' ', '\u{a0}', '\u{feff}']).chars().next();
    if first.is_some_and(runs) { format!("'{text}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_begins_a_formula_is_made_harmless_and_no_other_is_touched() {
        for text in ["=1+1", "+44 7700", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "|calc", "\u{feff}=1"]
        {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        for text in ["", "a=1", "12", "07700 900123", "'quoted'", "Ann - Lee", "محمد"] {
            assert_eq!(harmless(text), text);
        }
        assert_eq!(cell(&Value::Number("-5.10".into())), "-5.10");
    }

    #[test]
    fn names_hold_nothing_that_a_file_system_refuses() {
        assert_eq!(plain("my table/é"), "my_table__");
        assert_eq!(plain("../.."), "_____");
    }
}

//! Rows of a CSV file (RFC 4180, and what spreadsheets make of it): the first row names the columns; `,`, `;`, a tab or `|`
//! stands between cells.

use std::io::{BufRead, Read};
use std::ops::ControlFlow;

use csv::{ByteRecord, ReaderBuilder};

use crate::sources::documents::{Cell, Record};

use super::meter::Meter;
use super::read::{Faults, Take};

pub(super) fn read(
    mut reader: impl BufRead,
    name: &str,
    meter: &Meter,
    faults: &mut Faults,
    take: &mut dyn Take,
) -> ControlFlow<()> {
    let Ok(begin) = reader.fill_buf() else {
        faults.add(|| format!("{name} could not be read"));
        return ControlFlow::Continue(());
    };
    let delimiter = delimiter(begin);
    rows(
        ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(reader),
        name,
        meter,
        faults,
        take,
    )
}

fn rows(
    mut reader: csv::Reader<impl Read>,
    name: &str,
    meter: &Meter,
    faults: &mut Faults,
    take: &mut dyn Take,
) -> ControlFlow<()> {
    let mut row = ByteRecord::new();
    let mut names: Option<Vec<String>> = None;
    loop {
        match reader.read_byte_record(&mut row) {
            Ok(true) => meter.record(),
            Ok(false) => return ControlFlow::Continue(()),
            Err(_) => {
                // What the meter stopped is told by whoever holds it.
                if !meter.is_late() && !meter.is_over() {
                    faults.add(|| format!("{name} could not be read to its end"));
                }
                return ControlFlow::Continue(());
            }
        }
        let line = row.position().map_or(0, csv::Position::line);
        let Some(header) = &names else {
            let header: Vec<String> = row.iter().map(|cell| text(cell).0.trim().to_owned()).collect();
            let twice =
                header.iter().enumerate().find(|(at, cell)| header.iter().take(*at).any(|other| other == *cell));
            if let Some((_, cell)) = twice {
                let what = if cell.is_empty() {
                    "a column without a name".to_owned()
                } else {
                    format!("two columns `{cell}`")
                };
                faults.add(|| format!("{name} has {what}"));
            }
            take.header(&header);
            names = Some(header);
            continue;
        };
        if row.len() != header.len() {
            faults.add(|| format!("line {line} of {name} has {} cells and its header has {}", row.len(), header.len()));
        }
        let mut broken = false;
        let cells: Vec<Cell> = row
            .iter()
            .map(|cell| {
                let (text, is_broken) = text(cell);
                broken |= is_broken;
                Cell::Text(text)
            })
            .collect();
        take.record(&Record::of_table(header, cells, broken))?;
    }
}

/// Bytes that are no UTF-8 become replacement characters.
fn text(cell: &[u8]) -> (String, bool) {
    match std::str::from_utf8(cell) {
        Ok(text) => (text.to_owned(), false),
        Err(_) => (String::from_utf8_lossy(cell).into_owned(), true),
    }
}

/// What stands most often between the words of the first line, outside quotation marks.
fn delimiter(begin: &[u8]) -> u8 {
    let mut counts = [(b',', 0_u32), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    for byte in begin {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            byte if !quoted => {
                if let Some((_, count)) = counts.iter_mut().find(|(of, _)| of == byte) {
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    counts
        .iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map_or(b',', |(byte, count)| if *count == 0 { b',' } else { *byte })
}

#[cfg(test)]
mod tests {
    use super::delimiter;

    #[test]
    fn the_delimiter_is_what_stands_most_often_in_the_header() {
        let table: [(&str, u8); 6] = [
            ("a,b,c\n1;2;3;4;5", b','),
            ("a;b;c", b';'),
            ("a\tb,x\tc\n", b'\t'),
            ("\"a;b;c;d\",e\n", b','),
            ("a|b", b'|'),
            ("a\n", b','),
        ];
        for (text, expected) in table {
            assert_eq!(delimiter(text.as_bytes()), expected, "{text:?}");
        }
    }
}

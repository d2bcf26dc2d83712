//! CSV, RFC 4180: one table, a header of column names, lines that end in CR LF. A text that a spreadsheet would take for a
//! formula gets an apostrophe before it.

use std::io::Write;

use super::sheet::{Cell, Column, Lines, Output, ReportError, Sheet};

/// The list of cases.
pub const CASES: &str = "cases";

/// One line of CSV, with its end: the desk's own lists are written by the same rules.
#[must_use]
pub fn csv_line(cells: &[&str]) -> String {
    let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", harmless(cell).replace('"', "\"\""))).collect();
    format!("{}\r\n", quoted.join(","))
}

/// Writes one table of a report as CSV.
pub(super) struct Csv<W: Write> {
    writer: csv::Writer<W>,
    part: String,
}

impl<W: Write> Csv<W> {
    /// The table called `part`; [`CASES`] is the list of cases.
    pub(super) fn new(out: W, part: &str, lines: &Lines) -> Result<Self, ReportError> {
        let writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        let mut csv = Self { writer, part: part.to_owned() };
        if part == CASES {
            csv.head(&lines.columns)?;
        }
        Ok(csv)
    }

    fn head(&mut self, columns: &[Column]) -> Result<(), ReportError> {
        self.writer.write_record(columns.iter().map(|column| column.key)).map_err(io)
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), ReportError> {
        for cell in cells {
            match cell {
                Cell::Text(text) => self.writer.write_field(harmless(text).as_ref()),
                Cell::Empty | Cell::Whole(_) | Cell::Share(_) | Cell::Tenths(_) | Cell::Date(_) => {
                    self.writer.write_field(cell.to_string())
                }
            }
            .map_err(io)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(io)
    }
}

impl<W: Write> Output for Csv<W> {
    fn line(&mut self, cells: &[Cell<'_>]) -> Result<(), ReportError> {
        if self.part == CASES { self.row(cells) } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>, sheets: &[Sheet]) -> Result<(), ReportError> {
        if self.part != CASES {
            let Some(sheet) = sheets.iter().find(|sheet| sheet.key == self.part) else {
                let mut known: Vec<&str> = sheets.iter().map(|sheet| sheet.key).collect();
                known.insert(0, CASES);
                return Err(ReportError::NoPart(known.join(", ")));
            };
            self.head(&sheet.columns)?;
            for row in &sheet.rows {
                self.row(row)?;
            }
        }
        Ok(self.writer.flush()?)
    }
}

fn io(error: csv::Error) -> ReportError {
    ReportError::Io(error.into())
}

/// `text`, with an apostrophe before what a spreadsheet would take for the beginning of a formula (OWASP, CSV injection).
fn harmless(text: &str) -> std::borrow::Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sheet::Kind;

    #[test]
    fn quotes_commas_line_breaks_and_formulas_are_written_as_text() {
        let lines = Lines { columns: vec![Column::new("team", "Team", Kind::Text, 10)], on_paper: vec![] };
        let mut out = Vec::new();
        let mut csv = Csv::new(&mut out, CASES, &lines).unwrap();
        for text in ["plain", "a,b", "say \"hi\"", "two\nlines", "=HYPERLINK(\"http://x\")", "-1+2", "Łódź"] {
            csv.line(&[Cell::text(text)]).unwrap();
        }
        Box::new(csv).finish(&[]).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "team\r\nplain\r\n\"a,b\"\r\n\"say \"\"hi\"\"\"\r\n\"two\nlines\"\r\n\"'=HYPERLINK(\"\"http://x\"\")\"\r\n\
             '-1+2\r\nŁódź\r\n"
        );
    }

    #[test]
    fn an_unknown_part_is_refused_with_those_there_are() {
        let csv = Csv::new(Vec::new(), "colour", &Lines::default()).unwrap();
        let sheet = Sheet {
            key: "figures",
            title: "Figures",
            about: String::new(),
            columns: vec![],
            rows: vec![],
            on_paper: vec![],
            printed: true,
        };
        let refused = Box::new(csv).finish(&[sheet]).unwrap_err().to_string();
        assert!(refused.ends_with("choose one of cases, figures"), "{refused}");
    }
}

//! PDF: the report on paper, tagged and archival like every document of the desk. The list of cases is printed as far as
//! anybody reads on paper; the rest is said to stand in the other formats.

use std::io::Write;

use super::sheet::{Cell, Column, Front, Kind, Lines, Output, ReportError, Sheet};
use crate::base::u64_from;
use crate::pdf::PdfError;
use crate::pdf::{self, Document, Orientation, Piece, SMALL, TableColumn};

/// Lines of cases on paper: some sixty pages.
const MOST_LINES: usize = 2_000;

/// Writes a report as PDF.
pub(super) struct Pdf<W: Write> {
    document: Document<W>,
    front: Front,
    lines: Lines,
    kept: Vec<Vec<String>>,
    left_out: u64,
}

impl<W: Write> Pdf<W> {
    pub(super) fn new(out: W, front: &Front, lines: &Lines) -> Result<Self, ReportError> {
        let meta = pdf::Front {
            title: front.title.clone(),
            author: front.controller.clone(),
            reference: front.facts.first().map(|(_, _, value)| value.clone()).unwrap_or_default(),
            created: front.made_at,
            software: front.software.clone(),
            language: "en-GB",
        };
        let document = Document::new(out, meta).map_err(part)?;
        Ok(Self { document, front: front.clone(), lines: lines.clone(), kept: Vec::new(), left_out: 0 })
    }

    fn cover(&mut self) -> Result<(), PdfError> {
        let document = &mut self.document;
        document.styled(&[Piece::text(self.front.controller.clone())], &SMALL)?;
        document.heading(1, &self.front.title)?;
        for (_, label, value) in &self.front.facts {
            document.paragraph(&[Piece::strong(format!("{label}: ")), Piece::text(value.clone())])?;
        }
        let made = format!("Made at {} (UTC) by {}.", self.front.made_at, self.front.software);
        document.styled(&[Piece::text(made)], &SMALL)
    }

    fn table(&mut self, sheet: &Sheet) -> Result<(), PdfError> {
        let shown = sheet.paper_columns();
        let columns: Vec<&Column> = shown.iter().filter_map(|at| sheet.columns.get(*at)).collect();
        let wide: u16 = columns.iter().map(|column| column.width).sum();
        let orientation = if wide > 110 { Orientation::Landscape } else { Orientation::Portrait };
        self.document.turn(orientation)?;
        self.document.heading(2, sheet.title)?;
        if !sheet.about.is_empty() {
            self.document.words(sheet.about.clone())?;
        }
        if sheet.rows.is_empty() {
            return self.document.words("None.");
        }
        let mut table = self.document.open_table(widths(&columns, self.document.width()))?;
        for row in &sheet.rows {
            let cells: Vec<pdf::Cell> = shown
                .iter()
                .zip(&columns)
                .map(|(at, _)| row.get(*at).map_or(String::new(), printed))
                .map(plain)
                .collect();
            self.document.row(&mut table, &cells)?;
        }
        self.document.close_table(&table)
    }

    fn cases(&mut self) -> Result<(), PdfError> {
        if self.lines.columns.is_empty() {
            return Ok(());
        }
        self.document.turn(Orientation::Landscape)?;
        self.document.heading(2, "Cases")?;
        let printed = u64_from(self.kept.len());
        let words = if printed == 0 {
            "None.".to_owned()
        } else if self.left_out > 0 {
            let all = printed + self.left_out;
            format!("The first {printed} of {all} cases. All of them stand in the report as CSV, XLSX and JSON.")
        } else {
            "Every case of the report.".to_owned()
        };
        self.document.words(words)?;
        if self.kept.is_empty() {
            return Ok(());
        }
        let columns: Vec<&Column> =
            self.lines.columns.iter().filter(|c| self.lines.on_paper.contains(&c.key)).collect();
        let mut table = self.document.open_table(widths(&columns, self.document.width()))?;
        for row in std::mem::take(&mut self.kept) {
            let cells: Vec<pdf::Cell> = row.into_iter().map(plain).collect();
            self.document.row(&mut table, &cells)?;
        }
        self.document.close_table(&table)
    }
}

impl<W: Write> Output for Pdf<W> {
    fn line(&mut self, cells: &[Cell<'_>]) -> Result<(), ReportError> {
        if self.kept.len() >= MOST_LINES {
            self.left_out += 1;
            return Ok(());
        }
        let shown = self.lines.columns.iter().zip(cells).filter(|(c, _)| self.lines.on_paper.contains(&c.key));
        self.kept.push(shown.map(|(_, cell)| printed(cell)).collect());
        Ok(())
    }

    fn finish(mut self: Box<Self>, sheets: &[Sheet]) -> Result<(), ReportError> {
        self.cover().map_err(part)?;
        let (definitions, tables): (Vec<&Sheet>, Vec<&Sheet>) =
            sheets.iter().filter(|s| s.printed).partition(|s| s.key == "definitions");
        for sheet in tables {
            self.table(sheet).map_err(part)?;
        }
        self.cases().map_err(part)?;
        for sheet in definitions {
            self.table(sheet).map_err(part)?;
        }
        self.document.finish().map_err(part)?;
        Ok(())
    }
}

/// The columns' widths share the page as their characters do.
fn widths(columns: &[&Column], room: f32) -> Vec<TableColumn> {
    let sum: u16 = columns.iter().map(|column| column.width).sum();
    let share = |column: &Column| room * f32::from(column.width) / f32::from(sum.max(1));
    let drawn = |column: &&Column| TableColumn {
        label: column.label.to_string(),
        width: share(column),
        amounts: matches!(column.kind, Kind::Whole | Kind::Tenths | Kind::Share),
    };
    columns.iter().map(drawn).collect()
}

/// As people read it: a share with its sign.
fn printed(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Empty => "–".to_owned(),
        Cell::Share(n) => format!("{n}%"),
        Cell::Text(_) | Cell::Whole(_) | Cell::Tenths(_) | Cell::Date(_) => cell.to_string(),
    }
}

fn plain(text: String) -> pdf::Cell {
    if text == "–" { pdf::Cell::muted(text) } else { pdf::Cell::plain(text) }
}

fn part(error: PdfError) -> ReportError {
    ReportError::Part(error.to_string())
}

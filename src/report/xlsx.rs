//! XLSX: a workbook with a sheet for each table, typed dates and shares, a frozen header and filters. Rows leave memory as
//! they are written (into an unnamed temporary file of the library), so that a million lines take no more than one.

use std::io::{Seek, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::sheet::{Cell, Column, Front, Lines, Output, ReportError, Sheet};

/// Rows of a sheet, its header among them: the format's own limit.
const MOST_ROWS: u32 = 1_048_576;

/// Writes a report as a workbook.
pub(super) struct Xlsx<W: Write + Seek + Send> {
    out: W,
    book: Workbook,
    styles: Styles,
    front: Front,
    lines: Lines,
    /// Full sheets of the list of cases, and the one being written.
    cases: Vec<Worksheet>,
    rows: u32,
}

struct Styles {
    head: Format,
    date: Format,
    share: Format,
    tenths: Format,
    wrap: Format,
    title: Format,
}

impl Default for Styles {
    fn default() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        Self {
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_background_color(0x00E8_EDF2),
            date: top().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            share: top().set_num_format("0.0%"),
            tenths: top().set_num_format("0.0"),
            wrap: top().set_text_wrap(),
            title: Format::new().set_bold().set_font_size(16),
        }
    }
}

impl<W: Write + Seek + Send> Xlsx<W> {
    pub(super) fn new(out: W, front: &Front, lines: &Lines) -> Result<Self, ReportError> {
        let mut book = Workbook::new();
        let made_at = front.made_at.naive_utc();
        let created = ExcelDateTime::parse_from_str(&made_at.format("%Y-%m-%dT%H:%M:%S").to_string()).map_err(part)?;
        let properties = DocProperties::new()
            .set_title(&front.title)
            .set_company(&front.controller)
            .set_author(&front.software)
            .set_creation_datetime(&created);
        book.set_properties(&properties);
        let mut xlsx = Self {
            out,
            book,
            styles: Styles::default(),
            front: front.clone(),
            lines: lines.clone(),
            cases: Vec::new(),
            rows: 0,
        };
        if !lines.columns.is_empty() {
            xlsx.next_case_sheet()?;
        }
        Ok(xlsx)
    }

    fn next_case_sheet(&mut self) -> Result<(), ReportError> {
        let number = self.cases.len() + 1;
        let name = if number == 1 { "Cases".to_owned() } else { format!("Cases {number}") };
        let mut sheet = self.book.new_worksheet_with_constant_memory().map_err(part)?;
        sheet.set_name(&name).map_err(part)?;
        head(&mut sheet, &self.styles, &self.lines.columns)?;
        self.cases.push(sheet);
        self.rows = 1;
        Ok(())
    }

    fn about(&mut self, sheets: &[Sheet]) -> Result<Worksheet, ReportError> {
        let mut sheet = self.book.new_worksheet_with_constant_memory().map_err(part)?;
        sheet.set_name("About").map_err(part)?;
        sheet.set_column_width(0, 34).map_err(part)?;
        sheet.set_column_width(1, 100).map_err(part)?;
        sheet.write_with_format(0, 0, &self.front.title, &self.styles.title).map_err(part)?;
        let mut rows: Vec<(String, String)> = vec![("Controller".to_owned(), self.front.controller.clone())];
        rows.extend(self.front.facts.iter().map(|(_, label, value)| ((*label).to_owned(), value.clone())));
        rows.push(("Made at (UTC)".to_owned(), self.front.made_at.to_string()));
        rows.push(("Software".to_owned(), self.front.software.clone()));
        rows.extend(sheets.iter().map(|table| (format!("Sheet \"{}\"", table.title), table.about.clone())));
        for ((label, value), row) in rows.into_iter().zip(1_u32..) {
            sheet.write_with_format(row, 0, label, &self.styles.wrap).map_err(part)?;
            sheet.write_with_format(row, 1, value, &self.styles.wrap).map_err(part)?;
        }
        Ok(sheet)
    }
}

impl<W: Write + Seek + Send> Output for Xlsx<W> {
    fn line(&mut self, cells: &[Cell<'_>]) -> Result<(), ReportError> {
        if self.rows == MOST_ROWS {
            filter(&mut self.cases, &self.lines.columns, self.rows)?;
            self.next_case_sheet()?;
        }
        if let Some(sheet) = self.cases.last_mut() {
            row(sheet, &self.styles, self.rows, cells)?;
            self.rows += 1;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, sheets: &[Sheet]) -> Result<(), ReportError> {
        let about = self.about(sheets)?;
        self.book.push_worksheet(about);
        filter(&mut self.cases, &self.lines.columns, self.rows)?;
        let (definitions, tables): (Vec<&Sheet>, Vec<&Sheet>) = sheets.iter().partition(|s| s.key == "definitions");
        for table in tables {
            let made = table_sheet(&mut self.book, &self.styles, table)?;
            self.book.push_worksheet(made);
        }
        for sheet in std::mem::take(&mut self.cases) {
            self.book.push_worksheet(sheet);
        }
        for table in definitions {
            let made = table_sheet(&mut self.book, &self.styles, table)?;
            self.book.push_worksheet(made);
        }
        self.book.save_to_writer(&mut self.out).map_err(part)?;
        Ok(self.out.flush()?)
    }
}

fn table_sheet(book: &mut Workbook, styles: &Styles, table: &Sheet) -> Result<Worksheet, ReportError> {
    let mut sheet = book.new_worksheet_with_constant_memory().map_err(part)?;
    sheet.set_name(table.title).map_err(part)?;
    head(&mut sheet, styles, &table.columns)?;
    let mut rows = 1;
    for cells in &table.rows {
        row(&mut sheet, styles, rows, cells)?;
        rows += 1;
    }
    let mut one = [sheet];
    filter(&mut one, &table.columns, rows)?;
    let [sheet] = one;
    Ok(sheet)
}

/// The header, frozen and repeated on each printed page.
fn head(sheet: &mut Worksheet, styles: &Styles, columns: &[Column]) -> Result<(), ReportError> {
    sheet.set_freeze_panes(1, 0).map_err(part)?;
    sheet.set_landscape();
    sheet.set_repeat_rows(0, 0).map_err(part)?;
    for (column, at) in columns.iter().zip(0_u16..) {
        sheet.set_column_width(at, column.width).map_err(part)?;
        sheet.write_with_format(0, at, column.label.as_ref(), &styles.head).map_err(part)?;
    }
    Ok(())
}

/// Filters on every column of the last sheet, whose rows are all written.
fn filter(sheets: &mut [Worksheet], columns: &[Column], rows: u32) -> Result<(), ReportError> {
    let Some(sheet) = sheets.last_mut() else { return Ok(()) };
    let last = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, rows.saturating_sub(1).max(1), last).map_err(part)?;
    Ok(())
}

fn row(sheet: &mut Worksheet, styles: &Styles, at: u32, cells: &[Cell<'_>]) -> Result<(), ReportError> {
    for (cell, column) in cells.iter().zip(0_u16..) {
        match cell {
            Cell::Empty => continue,
            Cell::Text(text) => sheet.write_string_with_format(at, column, text.as_ref(), &styles.wrap),
            Cell::Whole(n) => sheet.write_number(at, column, number(*n)),
            Cell::Share(n) => sheet.write_number_with_format(at, column, n.number() / 100.0, &styles.share),
            Cell::Tenths(n) => sheet.write_number_with_format(at, column, n.number(), &styles.tenths),
            Cell::Date(on) => sheet.write_date_with_format(at, column, on, &styles.date),
        }
        .map_err(part)?;
    }
    Ok(())
}

/// A workbook's numbers are binary with 53 bits: enough for any count of cases.
#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn number(n: u64) -> f64 {
    n as f64
}

fn part(error: XlsxError) -> ReportError {
    ReportError::Part(error.to_string())
}

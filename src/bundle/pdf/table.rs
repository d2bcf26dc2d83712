//! Tables: headings repeated on each page (as artefacts: the structure has them once), rows kept whole where they fit
//! on a page, and broken line by line where they do not. A cell of any length costs the memory of a page.

use crate::bundle::plain::{self, Shown};
use crate::bundle::{ColumnKind, Value};
use std::io::Write;

use super::document::{Document, lines_in};
use super::page::{Area, Artifact, Ink, Mark};
use super::shape::{Face, Shaper};
use super::style::{CELL, COLUMN, MARGIN, Style};
use super::tree::{Attributes, Suspended};
use super::wrap::{Line, Wrap};
use crate::base::f32_from;
use crate::bundle::BundleError;

/// A column as it is drawn.
#[derive(Debug, Clone)]
pub struct TableColumn {
    /// Its heading.
    pub label: String,
    /// Points.
    pub width: f32,
}

/// What a cell or a card shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A value.
    Plain,
    /// Words about a value: that none is recorded.
    Muted,
    /// The label of a value that is withheld, in a box.
    Redacted,
}

impl Tone {
    fn ink(self) -> Ink {
        match self {
            Self::Plain => Ink::Black,
            Self::Muted => Ink::Muted,
            Self::Redacted => Ink::White,
        }
    }
}

/// A cell.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Its text.
    pub text: String,
    /// What the text is.
    pub tone: Tone,
}

impl Cell {
    /// The cell of a value.
    #[must_use]
    pub fn showing(kind: ColumnKind, value: &Value) -> Self {
        match plain::shown(kind, value) {
            Shown::Value(text) => Self { text, tone: Tone::Plain },
            Shown::Nothing(text) => Self { text: text.to_owned(), tone: Tone::Muted },
            Shown::Withheld(code) => Self { text: format!("Withheld: {code}"), tone: Tone::Redacted },
        }
    }
}

/// Space between a cell's edge and its text.
pub const PAD: f32 = 4.0;
/// Above the first line and below the last.
const PAD_ROW: f32 = 2.5;
/// Rows in one `TBody`: no object of the file grows with the number of rows.
const ROWS_A_BODY: usize = 1000;

/// A table being written.
pub struct Table {
    columns: Vec<TableColumn>,
    rows: usize,
    /// The height of the headings.
    head: f32,
}

impl<W: Write> Document<W> {
    /// Begins a table with its headings.
    ///
    /// # Errors
    /// As [`Document::new`].
    pub fn open_table(&mut self, columns: Vec<TableColumn>) -> Result<Table, BundleError> {
        let mut table = Table { columns, rows: 0, head: 0.0 };
        table.head = head_lines(&table.columns, &mut self.shaper).1;
        self.room(table.head + 4.0 * CELL.leading)?;
        self.assembly.open("Table");
        self.assembly.open("THead");
        self.assembly.open("TR");
        self.draw_head(&table, false)?;
        self.assembly.close()?;
        self.assembly.close()?;
        Ok(table)
    }

    /// Adds a row; cells beyond the columns are not drawn.
    ///
    /// # Errors
    /// As [`Document::new`].
    pub fn row(&mut self, table: &mut Table, cells: &[Cell]) -> Result<(), BundleError> {
        if table.rows.is_multiple_of(ROWS_A_BODY) {
            if table.rows > 0 {
                self.assembly.close()?;
            }
            self.assembly.open("TBody");
        }
        table.rows += 1;
        let most = lines_in(self.page_height() - table.head - 2.0 * PAD_ROW, CELL.leading).max(1);
        let mut flows: Vec<Flow<'_>> =
            cells.iter().zip(&table.columns).map(|(cell, column)| Flow::new(cell, column)).collect();
        self.assembly.open("TR");
        let mut first = true;
        loop {
            let mut tallest = 0;
            for flow in &mut flows {
                flow.fill(&mut self.shaper, most);
                tallest = tallest.max(flow.lines.len());
            }
            let ends = flows.iter().all(|flow| flow.ended);
            if tallest == 0 && !first {
                break;
            }
            let fits = lines_in(self.bottom() - self.y - 2.0 * PAD_ROW, CELL.leading);
            // A row that fits on a page is kept whole; one that does not starts where it stands, unless at the foot.
            if tallest > fits && (ends || fits < 3) && !self.fresh {
                self.next_page()?;
                self.draw_head(table, true)?;
            }
            let fits = lines_in(self.bottom() - self.y - 2.0 * PAD_ROW, CELL.leading).max(1);
            self.draw_row(table, &mut flows, tallest.min(fits).max(1), first)?;
            first = false;
            if ends && flows.iter().all(|flow| flow.lines.is_empty()) {
                break;
            }
            self.next_page()?;
            self.draw_head(table, true)?;
        }
        for flow in flows {
            if let Some(element) = flow.element {
                self.assembly.resume(element);
                self.assembly.close()?;
            }
        }
        self.assembly.close()?;
        Ok(())
    }

    /// Ends the table.
    ///
    /// # Errors
    /// As [`Document::new`].
    pub fn close_table(&mut self, table: &Table) -> Result<(), BundleError> {
        if table.rows > 0 {
            self.assembly.close()?;
        }
        self.assembly.close()?;
        self.y += 10.0;
        Ok(())
    }

    fn draw_head(&mut self, table: &Table, repeated: bool) -> Result<(), BundleError> {
        let (lines, height) = head_lines(&table.columns, &mut self.shaper);
        let width: f32 = table.columns.iter().map(|column| column.width).sum();
        self.assembly.draw(Mark::Fill(Area { x: MARGIN, y: self.y, width, height }, Ink::Tint));
        self.assembly.draw(Mark::Fill(Area { x: MARGIN, y: self.y + height - 0.8, width, height: 0.8 }, Ink::Deep));
        let mut x = MARGIN;
        let mut all = vec![];
        for (column, lines) in table.columns.iter().zip(lines) {
            let marks = place(lines, x, self.y + PAD_ROW, column.width, &COLUMN);
            if repeated {
                all.extend(marks);
            } else {
                let actual_text = Self::logical(&column.label);
                self.assembly
                    .open_with("TH", Attributes { scope: Some("Column"), actual_text, ..Attributes::default() });
                self.assembly.content(marks);
                self.assembly.close()?;
            }
            x += column.width;
        }
        if repeated {
            self.assembly.artifact(Artifact::RepeatedHeading, all);
        }
        self.y += height;
        Ok(())
    }

    fn draw_row(
        &mut self,
        table: &Table,
        flows: &mut [Flow<'_>],
        count: usize,
        first: bool,
    ) -> Result<(), BundleError> {
        let height = f32_from(count) * CELL.leading + 2.0 * PAD_ROW;
        let width: f32 = table.columns.iter().map(|column| column.width).sum();
        let mut x = MARGIN;
        for (flow, column) in flows.iter_mut().zip(&table.columns) {
            let lines: Vec<Line> = flow.lines.drain(..count.min(flow.lines.len())).collect();
            match flow.element.take() {
                Some(element) => self.assembly.resume(element),
                None => {
                    let actual_text = Self::logical(flow.text);
                    self.assembly.open_with("TD", Attributes { actual_text, ..Attributes::default() });
                }
            }
            if !lines.is_empty() {
                let style = Style { ink: flow.tone.ink(), ..CELL };
                if flow.tone == Tone::Redacted {
                    for box_ in boxes(&lines, x, self.y + PAD_ROW, &style) {
                        self.assembly.draw(Mark::Fill(box_, Ink::Redaction));
                    }
                }
                self.assembly.content(place(lines, x, self.y + PAD_ROW, column.width, &style));
            }
            flow.element = self.assembly.suspend();
            x += column.width;
        }
        debug_assert!(first || count > 0);
        self.y += height;
        self.assembly.draw(Mark::Fill(Area { x: MARGIN, y: self.y - 0.4, width, height: 0.4 }, Ink::Hairline));
        self.fresh = false;
        Ok(())
    }
}

/// A cell's text on its way down the page.
struct Flow<'t> {
    text: &'t str,
    tone: Tone,
    wrap: Wrap<'t>,
    width: f32,
    lines: Vec<Line>,
    ended: bool,
    element: Option<Suspended>,
}

impl<'t> Flow<'t> {
    fn new(cell: &'t Cell, column: &TableColumn) -> Self {
        let width = (column.width - 2.0 * PAD) / CELL.size;
        let wrap = Wrap::of(&cell.text, CELL.face);
        Self { text: &cell.text, tone: cell.tone, wrap, width, lines: vec![], ended: false, element: None }
    }

    /// Takes lines until there are `most`, or the text ends.
    fn fill(&mut self, shaper: &mut Shaper, most: usize) {
        // One more than fits tells whether the text ends here.
        while !self.ended && self.lines.len() <= most {
            match self.wrap.next_line(shaper, self.width) {
                Some(line) => self.lines.push(line),
                None => self.ended = true,
            }
        }
    }
}

fn head_lines(columns: &[TableColumn], shaper: &mut Shaper) -> (Vec<Vec<Line>>, f32) {
    /// A heading longer than this is cut: it would leave no room for rows.
    const MOST: usize = 6;
    let mut all = vec![];
    for column in columns {
        let mut wrap = Wrap::of(&column.label, COLUMN.face);
        let mut lines = vec![];
        while lines.len() < MOST
            && let Some(line) = wrap.next_line(shaper, (column.width - 2.0 * PAD) / COLUMN.size)
        {
            lines.push(line);
        }
        all.push(lines);
    }
    let tallest = all.iter().map(Vec::len).max().unwrap_or(1).max(1);
    (all, f32_from(tallest) * COLUMN.leading + 2.0 * PAD_ROW + 1.0)
}

/// Lines under each other in a column; right-to-left paragraphs stand at its right.
pub fn place(lines: Vec<Line>, x: f32, y: f32, width: f32, style: &Style) -> Vec<Mark> {
    lines
        .into_iter()
        .enumerate()
        .map(|(index, line)| {
            let from = if line.right_to_left { x + width - PAD - line.width * style.size } else { x + PAD };
            let base = y + style.leading * (f32_from(index) + 0.75);
            Mark::Line { x: from, y: base, size: style.size, ink: style.ink, words: line.words() }
        })
        .collect()
}

/// The boxes behind the lines of a redaction.
pub fn boxes(lines: &[Line], x: f32, y: f32, style: &Style) -> Vec<Area> {
    lines
        .iter()
        .enumerate()
        .map(|(index, line)| Area {
            x: x + PAD - 2.5,
            y: y + style.leading * f32_from(index) + 0.5,
            width: line.width * style.size + 5.0,
            height: style.leading - 1.0,
        })
        .collect()
}

/// The width that `text` takes on one line, in points; at least, and of its longest word.
#[must_use]
pub fn cell_widths(shaper: &mut Shaper, text: &str, face: Face) -> (f32, f32) {
    let mut natural: f32 = 0.0;
    let mut longest: f32 = 0.0;
    // What stands beyond the first few hundred characters wraps anyway.
    for line in text.lines().take(4) {
        let mut width = 0.0;
        for word in line.split_inclusive(' ').take(60) {
            let shaped = shaper.word(word.get(..word.floor_char_boundary(100)).unwrap_or(word), face);
            width += shaped.advance;
            longest = longest.max(shaped.width);
        }
        natural = natural.max(width);
    }
    (natural * CELL.size + 2.0 * PAD, longest * CELL.size + 2.0 * PAD)
}

//! Tables: headings repeated on each page (as artefacts: the structure has them once), rows kept whole where they fit
//! on a page, and broken line by line where they do not. A cell of any length costs the memory of a page.

use std::io::Write;
use std::ops::Range;

use super::document::{Document, lines_in};
use super::error::PdfError;
use super::form::{SAMPLED, Sample};
use super::page::{Area, Artifact, Ink, Mark, Orientation};
use super::shape::{Face, Shaper};
use super::style::{CELL, COLUMN, MARGIN, Style};
use super::tree::{Attributes, Suspended};
use super::wrap::{Line, Stretch, Wrap};
use crate::base::f32_from;

/// A column as it is drawn.
#[derive(Debug, Clone)]
pub struct TableColumn {
    /// Its heading.
    pub label: String,
    /// Points.
    pub width: f32,
    /// Its values are amounts, which stand at the right so that their digits are under each other.
    pub amounts: bool,
}

/// What a cell or a card shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A value.
    Plain,
    /// Words about a value: that none is recorded.
    Muted,
}

impl Tone {
    pub(super) fn ink(self) -> Ink {
        match self {
            Self::Plain => Ink::Black,
            Self::Muted => Ink::Muted,
        }
    }
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its text.
    pub text: String,
    /// What the text is.
    pub tone: Tone,
    /// Stretches of the text that stand in a dark box: labels of what is withheld there. In order, apart, on
    /// characters' boundaries.
    pub boxed: Vec<Range<usize>>,
}

impl Cell {
    /// A value.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), tone: Tone::Plain, boxed: vec![] }
    }

    /// Words about a value.
    #[must_use]
    pub fn muted(text: impl Into<String>) -> Self {
        Self { text: text.into(), tone: Tone::Muted, boxed: vec![] }
    }

    /// The label of what is withheld, in a box.
    #[must_use]
    pub fn boxed(text: impl Into<String>) -> Self {
        let text = text.into();
        let all = 0..text.len();
        Self { text, tone: Tone::Plain, boxed: vec![all] }
    }

    /// The text cut where a box begins or ends, and whether each piece stands in one.
    pub(super) fn stretches(&self, face: Face) -> (Vec<Stretch<'_>>, Vec<bool>) {
        let mut cut = (vec![], vec![]);
        let mut take = |range: Range<usize>, boxed| {
            if let Some(text) = self.text.get(range).filter(|text| !text.is_empty()) {
                cut.0.push(Stretch { text, face });
                cut.1.push(boxed);
            }
        };
        let mut at = 0;
        for range in &self.boxed {
            take(at..range.start, false);
            take(range.clone(), true);
            at = range.end;
        }
        take(at..self.text.len(), false);
        cut
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
    /// A whole table: a heading for each column, with whether it holds amounts, and the rows. Its widths follow from
    /// its cells; the paper is turned if they ask for it.
    ///
    /// # Errors
    /// As [`Document::new`].
    pub fn table(&mut self, columns: &[(&str, bool)], rows: &[Vec<Cell>]) -> Result<(), PdfError> {
        let mut sample = Sample::new(columns.iter().map(|(label, _)| *label), &mut self.press.shaper);
        for row in rows.iter().take(SAMPLED) {
            sample.add(row, &mut self.press.shaper);
        }
        let (orientation, widths) = sample.table();
        if orientation == Orientation::Landscape {
            self.turn(orientation)?;
        }
        let columns = columns.iter().zip(widths).map(|((label, amounts), width)| TableColumn {
            label: (*label).to_owned(),
            width,
            amounts: *amounts,
        });
        let mut table = self.open_table(columns.collect())?;
        for row in rows {
            self.row(&mut table, row)?;
        }
        self.close_table(&table)
    }

    /// Begins a table with its headings.
    ///
    /// # Errors
    /// As [`Document::new`].
    pub fn open_table(&mut self, columns: Vec<TableColumn>) -> Result<Table, PdfError> {
        let mut table = Table { columns, rows: 0, head: 0.0 };
        table.head = head_lines(&table.columns, &mut self.press.shaper).1;
        self.room(table.head + 4.0 * CELL.leading)?;
        self.assembly.open("Table");
        self.assembly.open("THead");
        self.assembly.open("TR");
        self.draw_head(&table, false)?;
        self.assembly.close();
        self.assembly.close();
        Ok(table)
    }

    /// Adds a row; cells beyond the columns are not drawn.
    ///
    /// # Errors
    /// As [`Document::new`].
    pub fn row(&mut self, table: &mut Table, cells: &[Cell]) -> Result<(), PdfError> {
        if table.rows.is_multiple_of(ROWS_A_BODY) {
            if table.rows > 0 {
                self.assembly.close();
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
                flow.fill(&mut self.press.shaper, most);
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
                self.assembly.close();
            }
        }
        self.assembly.close();
        Ok(())
    }

    /// Ends the table.
    ///
    /// # Errors
    /// As [`Document::new`].
    pub fn close_table(&mut self, table: &Table) -> Result<(), PdfError> {
        if table.rows > 0 {
            self.assembly.close();
        }
        self.assembly.close();
        self.y += 10.0;
        Ok(())
    }

    fn draw_head(&mut self, table: &Table, repeated: bool) -> Result<(), PdfError> {
        let (lines, height) = head_lines(&table.columns, &mut self.press.shaper);
        let width: f32 = table.columns.iter().map(|column| column.width).sum();
        self.assembly.draw(Mark::Fill(Area { x: MARGIN, y: self.y, width, height }, Ink::Tint));
        self.assembly.draw(Mark::Fill(Area { x: MARGIN, y: self.y + height - 0.8, width, height: 0.8 }, Ink::Deep));
        let mut x = MARGIN;
        let mut all = vec![];
        for (column, lines) in table.columns.iter().zip(lines) {
            let (_, marks) = place(lines, &[], x, self.y + PAD_ROW, column.width, column.amounts, &COLUMN);
            if repeated {
                all.extend(marks);
            } else {
                let actual_text = Self::logical(&column.label);
                self.assembly
                    .open_with("TH", Attributes { scope: Some("Column"), actual_text, ..Attributes::default() });
                self.assembly.content(marks);
                self.assembly.close();
            }
            x += column.width;
        }
        if repeated {
            self.assembly.artifact(Artifact::RepeatedHeading, all);
        }
        self.y += height;
        Ok(())
    }

    fn draw_row(&mut self, table: &Table, flows: &mut [Flow<'_>], count: usize, first: bool) -> Result<(), PdfError> {
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
                let (boxes, marks) =
                    place(lines, &flow.boxed, x, self.y + PAD_ROW, column.width, column.amounts, &style);
                boxes.into_iter().for_each(|area| self.assembly.draw(Mark::Fill(area, Ink::Redaction)));
                self.assembly.content(marks);
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
    /// Which stretches of the text stand in a box.
    boxed: Vec<bool>,
    wrap: Wrap<'t>,
    width: f32,
    lines: Vec<Line>,
    ended: bool,
    element: Option<Suspended>,
}

impl<'t> Flow<'t> {
    fn new(cell: &'t Cell, column: &TableColumn) -> Self {
        let width = (column.width - 2.0 * PAD) / CELL.size;
        let (stretches, boxed) = cell.stretches(CELL.face);
        let wrap = Wrap::new(stretches);
        Self { text: &cell.text, tone: cell.tone, boxed, wrap, width, lines: vec![], ended: false, element: None }
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

/// Lines under each other in a column, and the boxes behind the stretches that `boxed` names; right-to-left paragraphs
/// stand at its right, others if they are asked to.
pub(super) fn place(
    lines: Vec<Line>,
    boxed: &[bool],
    x: f32,
    y: f32,
    width: f32,
    at_right: bool,
    style: &Style,
) -> (Vec<Area>, Vec<Mark>) {
    let (mut boxes, mut marks) = (vec![], Vec::with_capacity(lines.len()));
    for (index, line) in lines.into_iter().enumerate() {
        let mut x = if line.right_to_left || at_right { x + width - PAD - line.width * style.size } else { x + PAD };
        let top = y + style.leading * f32_from(index);
        let base = top + style.leading * 0.75;
        let mark = |x, ink, words| Mark::Line { x, y: base, size: style.size, ink, words };
        if !boxed.contains(&true) {
            marks.push(mark(x, style.ink, line.words()));
            continue;
        }
        for part in line.parts {
            let is_boxed = boxed.get(part.stretch).copied().unwrap_or(false);
            if is_boxed {
                let (width, height) = (part.advance * style.size, style.leading - 1.0);
                boxes.push(Area { x, y: top + 0.5, width, height });
            }
            marks.push(mark(x, if is_boxed { Ink::White } else { style.ink }, part.words));
            x += part.advance * style.size;
        }
    }
    (boxes, marks)
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

//! Cards: a record whose fields do not fit side by side is shown as labels and values under a title. In the structure
//! a card is a table of two columns whose labels are row headings, so that each value is read with its label.

use std::io::Write;

use super::document::Document;
use super::error::PdfError;
use super::page::{Area, Ink, Mark};
use super::style::{CARD, MARGIN, Style};
use super::table::{Cell, PAD, place};
use super::tree::Attributes;
use super::wrap::Wrap;
use crate::base::f32_from;

/// The share of the width that labels take.
const LABEL_SHARE: f32 = 0.3;
const PAD_ROW: f32 = 3.0;
/// Lines of a value that are not parted by the end of a page.
const KEPT_TOGETHER: usize = 5;

impl<W: Write> Document<W> {
    /// A card: a title in a band, then a row for each label and value.
    ///
    /// # Errors
    /// As [`Document::new`].
    pub fn card(&mut self, title: &str, rows: &[(&str, Cell)]) -> Result<(), PdfError> {
        let width = self.width();
        self.room(5.0 * CARD.leading)?;
        self.space(6.0);
        let band = Style { face: super::shape::Face::Bold, ink: Ink::Deep, ..CARD };
        let mut wrap = Wrap::of(title, band.face);
        let mut lines = vec![];
        // A title is a record's number: one line of it is enough to find it by.
        lines.extend(wrap.next_line(&mut self.press.shaper, (width - 2.0 * PAD) / band.size));
        let height = band.leading + 2.0 * PAD_ROW;
        self.assembly.draw(Mark::Fill(Area { x: MARGIN, y: self.y, width, height }, Ink::Tint));
        self.assembly.open("Table");
        self.assembly.open("Caption");
        self.assembly.content(place(lines, &[], MARGIN, self.y + PAD_ROW, width, false, &band).1);
        self.assembly.close();
        self.y += height;
        self.fresh = false;
        for (label, cell) in rows {
            self.card_row(label, cell)?;
        }
        self.assembly.close();
        self.y += 8.0;
        Ok(())
    }

    fn card_row(&mut self, label: &str, cell: &Cell) -> Result<(), PdfError> {
        let width = self.width();
        let (left, right) = (width * LABEL_SHARE, width * (1.0 - LABEL_SHARE));
        let label_style = Style { ink: Ink::Muted, ..CARD };
        let value_style = Style { ink: cell.tone.ink(), ..CARD };
        let mut label_wrap = Wrap::of(label, label_style.face);
        let mut label_lines = vec![];
        while label_lines.len() < 4
            && let Some(line) = label_wrap.next_line(&mut self.press.shaper, (left - 2.0 * PAD) / label_style.size)
        {
            label_lines.push(line);
        }
        let label_height = f32_from(label_lines.len()) * CARD.leading;
        // A short value is kept on one page; a long one goes on from where its label stands.
        let (stretches, boxed) = cell.stretches(value_style.face);
        let mut wrap = Wrap::new(stretches);
        let mut value_lines = std::collections::VecDeque::new();
        let room = (right - 2.0 * PAD) / value_style.size;
        while value_lines.len() < KEPT_TOGETHER
            && let Some(line) = wrap.next_line(&mut self.press.shaper, room)
        {
            value_lines.push_back(line);
        }
        let value_height = f32_from(value_lines.len()) * CARD.leading;
        self.room(label_height.max(value_height).max(CARD.leading) + 2.0 * PAD_ROW)?;
        self.assembly.open("TR");
        let attributes = Attributes { scope: Some("Row"), actual_text: Self::logical(label), ..Attributes::default() };
        self.assembly.open_with("TH", attributes);
        self.assembly.content(place(label_lines, &[], MARGIN, self.y + PAD_ROW, left, false, &label_style).1);
        self.assembly.close();
        let attributes = Attributes { actual_text: Self::logical(&cell.text), ..Attributes::default() };
        self.assembly.open_with("TD", attributes);
        let label_bottom = self.y + PAD_ROW + label_height;
        let mut page_turned = false;
        self.y += PAD_ROW;
        while let Some(line) = value_lines.pop_front().or_else(|| wrap.next_line(&mut self.press.shaper, room)) {
            page_turned |= self.room(CARD.leading)?;
            let (boxes, marks) = place(vec![line], &boxed, MARGIN + left, self.y, right, false, &value_style);
            boxes.into_iter().for_each(|area| self.assembly.draw(Mark::Fill(area, Ink::Redaction)));
            self.assembly.content(marks);
            self.y += CARD.leading;
            self.fresh = false;
        }
        self.assembly.close();
        self.assembly.close();
        if !page_turned {
            self.y = self.y.max(label_bottom);
        }
        self.y += PAD_ROW;
        self.assembly.draw(Mark::Fill(Area { x: MARGIN, y: self.y - 0.4, width, height: 0.4 }, Ink::Hairline));
        Ok(())
    }
}

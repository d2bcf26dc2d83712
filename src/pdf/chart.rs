//! Bar charts, drawn as vectors. In the structure a chart is a figure whose alternative text gives every value, so that
//! nothing is said by its picture alone.

use std::io::Write;

use super::document::Document;
use super::error::PdfError;
use super::page::{Area, Ink, Mark};
use super::shape::{Face, Shaper};
use super::style::{MARGIN, SMALL};
use super::tree::Attributes;
use super::wrap::Wrap;
use crate::base::f32_from;

/// A bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it is of.
    pub label: String,
    /// Its length; what is negative or no number has none.
    pub value: f64,
    /// The value as people write it.
    pub shown: String,
}

/// The share of the width that labels take.
const LABEL_SHARE: f32 = 0.32;
/// Room for the value behind the longest bar.
const SHOWN_WIDTH: f32 = 64.0;
const BAR_HEIGHT: f32 = 11.0;
const GAP: f32 = 6.0;
const SIZE: f32 = 9.0;
const LEADING: f32 = 12.0;
/// Lines of a label.
const LABEL_LINES: usize = 2;

impl<W: Write> Document<W> {
    /// A chart of horizontal bars, one under the other, with their labels at the left and their values behind them.
    /// `about` says what it shows; it begins the alternative text. A long chart goes on over the page.
    ///
    /// # Errors
    /// As [`Document::new`].
    pub fn bars(&mut self, about: &str, bars: &[Bar]) -> Result<(), PdfError> {
        let longest = bars.iter().map(|bar| bar.value).filter(|value| value.is_finite()).fold(0.0, f64::max);
        let mut rest = bars;
        while !rest.is_empty() {
            let heights: Vec<f32> = rest.iter().map(|bar| self.bar_height(bar)).collect();
            self.room(heights.iter().take(3).sum::<f32>() + GAP)?;
            let left = self.bottom() - self.y;
            let mut height = 0.0;
            let mut count = 0;
            for bar in &heights {
                if count > 0 && height + bar > left {
                    break;
                }
                height += bar;
                count += 1;
            }
            let (now, later) = rest.split_at(count);
            let area = Area { x: MARGIN, y: self.y, width: self.width(), height };
            let mut alternative = format!("Bar chart: {about}.");
            let mut marks = vec![];
            for (bar, height) in now.iter().zip(heights) {
                alternative.push_str(&format!(" {}: {}.", bar.label, bar.shown));
                self.bar(bar, longest, &mut marks);
                self.y += height;
            }
            let attributes = Attributes {
                alternative: Some(alternative),
                bounds: Some(area.on_page(self.size.height)),
                ..Attributes::default()
            };
            self.assembly.open_with("Figure", attributes);
            self.assembly.figure(marks);
            self.assembly.close();
            self.fresh = false;
            rest = later;
        }
        self.space(SMALL.after + 4.0);
        Ok(())
    }

    fn bar_height(&mut self, bar: &Bar) -> f32 {
        let width = self.width() * LABEL_SHARE / SIZE;
        let lines = label_lines(&bar.label, width, &mut self.press.shaper).len().max(1);
        (f32_from(lines) * LEADING).max(BAR_HEIGHT) + GAP
    }

    fn bar(&mut self, bar: &Bar, longest: f64, marks: &mut Vec<Mark>) {
        let label_width = self.width() * LABEL_SHARE;
        let mut base = self.y + LEADING * 0.75;
        for line in label_lines(&bar.label, label_width / SIZE, &mut self.press.shaper) {
            marks.push(Mark::Line { x: MARGIN, y: base, size: SIZE, ink: Ink::Black, words: line.words() });
            base += LEADING;
        }
        let x = MARGIN + label_width + 8.0;
        let room = self.width() - label_width - 8.0 - SHOWN_WIDTH;
        let share = if longest > 0.0 && bar.value.is_finite() { (bar.value / longest).clamp(0.0, 1.0) } else { 0.0 };
        #[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "a share from 0 to 1")]
        let width = room * share as f32;
        // The axis shows also where there is no bar.
        marks.push(Mark::Shape(
            Area { x: x - 0.8, y: self.y - 1.0, width: 0.8, height: BAR_HEIGHT + 2.0 },
            Ink::Hairline,
        ));
        if width > 0.0 {
            marks.push(Mark::Shape(Area { x, y: self.y, width, height: BAR_HEIGHT }, Ink::Deep));
        }
        let shown = self.press.shaper.word(&bar.shown, Face::Table);
        let y = self.y + LEADING * 0.75;
        marks.push(Mark::Line { x: x + width + 5.0, y, size: SIZE, ink: Ink::Black, words: vec![shown] });
    }
}

fn label_lines(label: &str, width: f32, shaper: &mut Shaper) -> Vec<super::wrap::Line> {
    let mut wrap = Wrap::of(label, Face::Table);
    let mut lines = vec![];
    while lines.len() < LABEL_LINES
        && let Some(line) = wrap.next_line(shaper, width)
    {
        lines.push(line);
    }
    lines
}

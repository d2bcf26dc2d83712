//! Whether a collection reads best as a table or as cards, upright or across, and how wide its columns are. Decided
//! from the first records: a table where every column can hold its longest words and rows stay short.

use super::page::Orientation;
use super::shape::{Face, Shaper};
use super::style::MARGIN;
use super::table::{Cell, cell_widths};
use crate::base::f32_from;

/// What a column needs, in points.
#[derive(Debug, Clone, Copy, Default)]
struct Need {
    /// The longest word met: less would break it.
    least: f32,
    /// On one line, at most what a column may take.
    full: f32,
    /// On one line, all sampled cells together.
    sum: f32,
}

/// How a collection is shown.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// As a table with these column widths.
    Table(Orientation, Vec<f32>),
    /// As cards.
    Cards,
}

/// Gathers what the columns need from a sample of the records.
pub struct Sample {
    needs: Vec<Need>,
    rows: usize,
}

/// Records looked at.
pub const SAMPLED: usize = 200;
/// No word makes its column wider than this: a longer one (a web address) is broken after punctuation.
const WORD_MOST: f32 = 118.0;
/// No column asks for more than this on one line.
const COLUMN_MOST: f32 = 300.0;
/// Rows of more lines than this on average are hard to read across.
const LINES_READABLE: f32 = 7.0;
/// The width of a letter in a cell, over all scripts roughly a byte's.
const AVERAGE_LETTER: f32 = 3.6;
/// From this many records, a table is the only form that can be found one's way in.
const MANY: u64 = 2_000;

impl Sample {
    /// Begins with the columns' headings.
    pub fn new<'l>(labels: impl IntoIterator<Item = &'l str>, shaper: &mut Shaper) -> Self {
        let needs = labels
            .into_iter()
            .map(|label| {
                let (_, word) = cell_widths(shaper, label, Face::TableBold);
                Need { least: word.min(WORD_MOST), full: word.min(WORD_MOST), sum: 0.0 }
            })
            .collect();
        Self { needs, rows: 0 }
    }

    /// Looks at a row.
    pub fn add(&mut self, cells: &[Cell], shaper: &mut Shaper) {
        self.rows += 1;
        for (need, cell) in self.needs.iter_mut().zip(cells) {
            let (full, word) = cell_widths(shaper, &cell.text, Face::Table);
            need.least = need.least.max(word.min(WORD_MOST));
            need.full = need.full.max(full.min(COLUMN_MOST));
            // Only the beginning of a long text is measured; its length tells the rest.
            need.sum += full.max(f32_from(cell.text.len()) * AVERAGE_LETTER);
        }
    }

    /// Decides for a collection of `records` records.
    pub fn form(&self, records: u64) -> Form {
        if records <= 1 {
            return Form::Cards;
        }
        let upright = self.widths(Orientation::Portrait);
        let across = self.widths(Orientation::Landscape);
        let lines = |widths: &Option<Vec<f32>>| widths.as_ref().map_or(f32::INFINITY, |widths| self.lines(widths));
        let (upright_lines, across_lines) = (lines(&upright), lines(&across));
        match (upright, across) {
            (Some(widths), _) if upright_lines <= 2.5 => Form::Table(Orientation::Portrait, widths),
            (_, Some(widths)) if across_lines <= LINES_READABLE || records >= MANY => {
                Form::Table(Orientation::Landscape, widths)
            }
            _ => Form::Cards,
        }
    }

    /// As a table in any case: upright if it can be.
    pub fn table(&self) -> (Orientation, Vec<f32>) {
        let upright = self.widths(Orientation::Portrait).filter(|widths| self.lines(widths) <= LINES_READABLE);
        if let Some(widths) = upright {
            return (Orientation::Portrait, widths);
        }
        let page = Orientation::Landscape.size().width - 2.0 * MARGIN;
        let equal = || vec![page / f32_from(self.needs.len().max(1)); self.needs.len()];
        (Orientation::Landscape, self.widths(Orientation::Landscape).unwrap_or_else(equal))
    }

    /// The widths that fill the page, if every column gets its longest word.
    fn widths(&self, orientation: Orientation) -> Option<Vec<f32>> {
        let page = orientation.size().width - 2.0 * MARGIN;
        let least: f32 = self.needs.iter().map(|need| need.least).sum();
        let full: f32 = self.needs.iter().map(|need| need.full).sum();
        if least > page || self.needs.is_empty() {
            return None;
        }
        if full <= page {
            return Some(self.needs.iter().map(|need| need.full * page / full).collect());
        }
        let share = (page - least) / (full - least).max(0.1);
        Some(self.needs.iter().map(|need| need.least + (need.full - need.least) * share).collect())
    }

    /// The lines that an average row takes.
    fn lines(&self, widths: &[f32]) -> f32 {
        let rows = f32_from(self.rows.max(1));
        self.needs.iter().zip(widths).map(|(need, width)| need.sum / rows / width).fold(1.0, f32::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(columns: usize, text: &str, records: u64) -> Form {
        let mut shaper = Shaper::new();
        let mut sample = Sample::new(vec!["Label"; columns], &mut shaper);
        let cells = vec![Cell::plain(text); columns];
        sample.add(&cells, &mut shaper);
        sample.form(records)
    }

    #[test]
    fn few_short_columns_stand_upright_and_many_lie_across() {
        assert!(matches!(form(4, "short value", 10), Form::Table(Orientation::Portrait, _)));
        assert!(matches!(
            form(8, "a value of some words, and then a good many more of them", 10),
            Form::Table(Orientation::Landscape, _)
        ));
    }

    #[test]
    fn what_does_not_fit_becomes_cards() {
        assert_eq!(form(30, "somewhat-long-values@example.org", 100_000), Form::Cards);
        assert_eq!(form(2, "one", 1), Form::Cards);
    }

    #[test]
    fn widths_fill_the_page_and_no_more() {
        let Form::Table(orientation, widths) = form(6, "some words here", 5) else { panic!("a table") };
        let page = orientation.size().width - 2.0 * MARGIN;
        assert!((widths.iter().sum::<f32>() - page).abs() < 0.5);
    }
}

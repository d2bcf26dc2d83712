//! Charts: bars drawn as SVG, of a column of a report's table. The table with the same numbers always stands under it, so
//! a chart says nothing that is not also text. Colours are attributes, since pages allow no styles within them.

use askama::Template;

use crate::report::{Cell, Kind, Sheet};

/// How wide the longest bar is.
const LONGEST: u64 = 360;
/// Where bars begin; their labels end before.
const LEFT: u64 = 190;
/// How high a row is.
const ROW: u64 = 26;
/// The bars of a chart; more are left to the table.
const MOST_BARS: usize = 36;
/// Characters of a label that fit before its bar.
const LABEL: usize = 26;

/// A chart.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "staff/reports_chart.html")]
pub(super) struct Chart {
    /// Its title.
    pub(super) title: String,
    /// Its id on the page.
    pub(super) id: String,
    /// The bars.
    pub(super) bars: Vec<Bar>,
    /// How high it is.
    pub(super) height: u64,
}

impl askama::filters::HtmlSafe for Chart {}

/// A bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bar {
    /// What it is of.
    pub(super) label: String,
    /// Its number as the table writes it.
    pub(super) text: String,
    /// How wide.
    pub(super) width: u64,
    /// From above.
    pub(super) top: u64,
    /// Where its label's foot stands.
    pub(super) foot: u64,
    /// Where its number begins.
    pub(super) after: u64,
}

/// The tenths of a number; none of text and of nothing.
fn tenths(cell: &Cell<'_>) -> Option<u64> {
    match cell {
        Cell::Whole(n) => n.checked_mul(10),
        Cell::Share(n) | Cell::Tenths(n) => Some(n.0),
        Cell::Empty | Cell::Text(_) | Cell::Date(_) => None,
    }
}

impl Chart {
    /// Of the column `column` of a table, each bar labelled by the column `label`; of the rows that `keep` keeps. None if
    /// there is nothing to draw.
    pub(super) fn of(
        sheet: &Sheet,
        label: &str,
        column: &str,
        title: &str,
        keep: impl Fn(&[Cell<'static>]) -> bool,
    ) -> Option<Self> {
        let at = |key: &str| sheet.columns.iter().position(|column| column.key == key);
        let (label_at, value_at) = (at(label)?, at(column)?);
        let share = sheet.columns.get(value_at).is_some_and(|column| column.kind == Kind::Share);
        let rows: Vec<(String, String, u64)> = sheet
            .rows
            .iter()
            .filter(|row| keep(row))
            .filter_map(|row| {
                let cell = row.get(value_at)?;
                let text = if share { format!("{cell}%") } else { cell.to_string() };
                Some((row.get(label_at)?.to_string(), text, tenths(cell)?))
            })
            .take(MOST_BARS)
            .collect();
        let most = if share { 1_000 } else { rows.iter().map(|(_, _, n)| *n).max()? };
        if rows.is_empty() || most == 0 {
            return None;
        }
        let mut top = 0;
        let bars = rows
            .into_iter()
            .map(|(label, text, n)| {
                let width = (n.saturating_mul(LONGEST) / most).min(LONGEST);
                let label = crate::base::excerpt(&label, LABEL);
                let bar = Bar { label, text, width, top: top + 4, foot: top + 18, after: LEFT + width + 6 };
                top += ROW;
                bar
            })
            .collect();
        Some(Self { title: title.to_owned(), id: format!("chart-{}-{column}", sheet.key), bars, height: top + 4 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Column, Tenths};

    fn sheet() -> Sheet {
        let row =
            |label: &str, n, share| vec![Cell::text(label.to_owned()), Cell::Whole(n), Cell::Share(Tenths(share))];
        Sheet {
            key: "by_month",
            title: "By month",
            about: String::new(),
            columns: vec![
                Column::new("month", "Month", Kind::Text, 10),
                Column::new("received", "Received", Kind::Whole, 10),
                Column::new("share", "Share", Kind::Share, 10),
            ],
            rows: vec![row("2026-10", 10, 500), row("<b>", 5, 1_000), row("none", 0, 0)],
            on_paper: Vec::new(),
            printed: true,
        }
    }

    #[test]
    fn bars_are_to_scale_and_what_they_say_is_escaped() {
        let chart = Chart::of(&sheet(), "month", "received", "Received", |_| true).unwrap();
        assert_eq!(chart.bars.iter().map(|bar| bar.width).collect::<Vec<_>>(), [LONGEST, LONGEST / 2, 0]);
        let html = chart.render().unwrap();
        assert!(html.contains("&#60;b&#62;") && !html.contains("<b>"), "{html}");
        assert!(html.contains("role=\"img\"") && !html.contains("style="), "{html}");
        // A share is drawn of a hundred, whatever the greatest is.
        let chart = Chart::of(&sheet(), "month", "share", "Share", |row| row[1] == Cell::Whole(10)).unwrap();
        assert_eq!((chart.bars.len(), chart.bars[0].width, chart.bars[0].text.as_str()), (1, LONGEST / 2, "50.0%"));
        assert_eq!(Chart::of(&sheet(), "month", "received", "Nothing", |row| row[1] == Cell::Whole(0)), None);
    }
}

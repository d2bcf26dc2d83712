//! Bar charts as SVG: the same numbers stand in a table under each, so a chart is never the only way to read them.

/// One bar, in the units of the picture.
pub(super) struct Bar {
    pub(super) x: u64,
    pub(super) y: u64,
    pub(super) width: u64,
    pub(super) height: u64,
    /// Which series it is of, from 0: the style sheet gives the colour.
    pub(super) series: usize,
    pub(super) value: u64,
    /// Where its number stands.
    pub(super) middle: u64,
}

/// A label under a group of bars.
pub(super) struct Below {
    pub(super) x: u64,
    pub(super) text: String,
}

/// A chart of upright bars: a group for each row, a bar for each series.
pub(super) struct Chart {
    pub(super) bars: Vec<Bar>,
    pub(super) labels: Vec<Below>,
    pub(super) width: u64,
    pub(super) height: u64,
    /// The line that the bars stand on.
    pub(super) base: u64,
}

const WIDTH: u64 = 720;
const HEIGHT: u64 = 200;
const BELOW: u64 = 24;
const ABOVE: u64 = 20;

/// Rows of a label and a number for each series.
pub(super) fn chart(rows: &[(String, Vec<u64>)]) -> Chart {
    let most = rows.iter().flat_map(|(_, values)| values).copied().max().unwrap_or(0).max(1);
    let count = crate::base::u64_from(rows.len().max(1));
    let group = WIDTH / count;
    let base = HEIGHT - BELOW;
    let (mut bars, mut labels) = (Vec::new(), Vec::new());
    for (at, (label, values)) in (0..).zip(rows) {
        let series = crate::base::u64_from(values.len().max(1));
        let room = group * 7 / 10;
        let width = (room / series).max(2);
        let left = at * group + (group - room) / 2;
        for (n, (series, value)) in (0..).zip(values.iter().enumerate()) {
            let height = (base - ABOVE) * *value / most;
            let x = left + n * width;
            bars.push(Bar {
                x,
                y: base - height,
                width: width - 1,
                height,
                series,
                value: *value,
                middle: x + width / 2,
            });
        }
        labels.push(Below { x: left + room / 2, text: label.clone() });
    }
    Chart { bars, labels, width: WIDTH, height: HEIGHT, base }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stand_on_the_line_and_the_greatest_fills_the_picture() {
        let rows = vec![("a".to_owned(), vec![1, 0]), ("b".to_owned(), vec![4, 2])];
        let made = chart(&rows);
        assert!(made.bars.iter().all(|bar| bar.y + bar.height == made.base && bar.x + bar.width <= made.width));
        let heights: Vec<u64> = made.bars.iter().map(|bar| bar.height).collect();
        assert_eq!(heights, [39, 0, 156, 78]);
        assert!(chart(&[]).bars.is_empty());
    }
}

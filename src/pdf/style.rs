//! Sizes and spaces, in points. One place, so that letters, disclosures and reports look like one hand.

use super::page::Ink;
use super::shape::Face;

/// How text of a kind looks.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Weight.
    pub face: Face,
    /// Size.
    pub size: f32,
    /// From base line to base line.
    pub leading: f32,
    /// Colour.
    pub ink: Ink,
    /// Above the first line, unless at the top of a page.
    pub before: f32,
    /// Below the last line.
    pub after: f32,
}

/// Left and right of the text.
pub const MARGIN: f32 = 56.0;
/// Above the text, below the page's header line.
pub const TOP: f32 = 68.0;
/// Below the text, above the footer.
pub const BOTTOM: f32 = 60.0;
/// The lines at the head and foot of a page.
pub const RUNNING_SIZE: f32 = 8.0;

/// Letters and explanations.
pub const BODY: Style =
    Style { face: Face::Regular, size: 10.5, leading: 15.5, ink: Ink::Black, before: 0.0, after: 7.0 };
/// Names, dates, and whatever stands beside the text.
pub const SMALL: Style =
    Style { face: Face::Regular, size: 9.0, leading: 13.0, ink: Ink::Muted, before: 0.0, after: 4.0 };
/// Values of a card.
pub const CARD: Style =
    Style { face: Face::Regular, size: 9.5, leading: 13.5, ink: Ink::Black, before: 0.0, after: 0.0 };
/// Cells.
pub const CELL: Style = Style { face: Face::Table, size: 8.0, leading: 10.8, ink: Ink::Black, before: 0.0, after: 0.0 };
/// Headings of columns.
pub const COLUMN: Style =
    Style { face: Face::TableBold, size: 8.0, leading: 10.8, ink: Ink::Deep, before: 0.0, after: 0.0 };

/// Headings by level.
#[must_use]
pub fn heading(level: u8) -> Style {
    let (size, leading, before, after) = match level {
        1 => (20.0, 26.0, 8.0, 10.0),
        2 => (14.0, 19.0, 18.0, 6.0),
        _ => (11.0, 15.5, 12.0, 4.0),
    };
    Style { face: Face::Bold, size, leading, ink: Ink::Deep, before, after }
}

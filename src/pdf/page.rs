//! What stands on a page, in the order it is drawn. Lengths are points; `y` counts down from the top of the page.

use std::sync::Arc;

use super::shape::Word;

/// Width and height of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Points.
    pub width: f32,
    /// Points.
    pub height: f32,
}

/// Which way up the paper is; ISO A4 both ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orientation {
    /// Letters and narrow tables.
    Portrait,
    /// Wide tables.
    Landscape,
}

impl Orientation {
    /// The paper's size.
    #[must_use]
    pub fn size(self) -> Size {
        match self {
            Self::Portrait => Size { width: 595.28, height: 841.89 },
            Self::Landscape => Size { width: 841.89, height: 595.28 },
        }
    }
}

/// A rectangle; `y` is its top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// To the right.
    pub width: f32,
    /// Downwards.
    pub height: f32,
}

impl Area {
    /// Left, bottom, right and top as PDF counts, on a page of this height.
    pub fn on_page(self, height: f32) -> [f32; 4] {
        [self.x, height - self.y - self.height, self.x + self.width, height - self.y]
    }
}

/// The few colours of a document. Text has a contrast of at least 4.5 to 1 on what it stands on (WCAG 2.2, 1.4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Text.
    Black,
    /// Labels, headers and footers.
    Muted,
    /// Headings, and the band at the front.
    Deep,
    /// Links.
    Link,
    /// Something that the reader must not miss.
    Alarm,
    /// Text on a redaction.
    White,
    /// The box of a redaction.
    Redaction,
    /// Lines between rows.
    Hairline,
    /// Behind headings of tables and cards.
    Tint,
    /// Behind what the reader must not miss.
    AlarmTint,
}

impl Ink {
    /// Red, green and blue, from 0 to 1.
    #[must_use]
    pub fn rgb(self) -> [f32; 3] {
        match self {
            Self::Black => [0.09, 0.1, 0.12],
            Self::Muted => [0.34, 0.37, 0.42],
            Self::Deep => [0.07, 0.2, 0.36],
            Self::Link => [0.05, 0.32, 0.6],
            Self::Alarm => [0.6, 0.1, 0.08],
            Self::White => [1.0, 1.0, 1.0],
            Self::Redaction => [0.15, 0.16, 0.19],
            Self::Hairline => [0.82, 0.84, 0.87],
            Self::Tint => [0.93, 0.95, 0.97],
            Self::AlarmTint => [0.99, 0.93, 0.92],
        }
    }
}

/// What is on the page and no part of the document's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Artifact {
    /// The line at the top of each page.
    Header,
    /// The line at the foot of each page.
    Footer,
    /// The headings of a table, repeated on its next page.
    RepeatedHeading,
    /// Text that repeats what the structure says already, such as a list's bullets drawn by hand.
    Layout,
}

/// One thing drawn.
#[derive(Debug, Clone)]
pub enum Mark {
    /// What follows, to the next [`Mark::End`], belongs to the structure element that owns this number on this page.
    Content {
        /// The element's type.
        tag: &'static str,
        /// Unique on the page.
        mcid: u32,
    },
    /// The same for a figure, in which shapes may stand beside words.
    Figure {
        /// Unique on the page.
        mcid: u32,
    },
    /// What follows, to the next [`Mark::End`], is an artefact.
    Artifact(Artifact),
    /// Ends content or artefact.
    End,
    /// Words on one base line.
    Line {
        /// Where the first word begins.
        x: f32,
        /// The base line.
        y: f32,
        /// Points.
        size: f32,
        /// Colour.
        ink: Ink,
        /// From left to right.
        words: Vec<Arc<Word>>,
    },
    /// A filled rectangle, an artefact by itself.
    Fill(Area, Ink),
    /// A filled rectangle that belongs to a figure.
    Shape(Area, Ink),
    /// The document's number of pages, known only at its end: a form drawn in its place on every page.
    Total {
        /// Left end.
        x: f32,
        /// The base line.
        y: f32,
    },
}

/// A finished page's marks.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The paper.
    pub size: Size,
    /// In drawing order.
    pub marks: Vec<Mark>,
}

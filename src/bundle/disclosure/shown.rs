//! A value as a cell of a table or a card.

use crate::bundle::plain::{self, Shown};
use crate::bundle::{ColumnKind, Span, Value};
use crate::pdf::Cell;

/// The cell of a value.
pub fn cell(kind: ColumnKind, value: &Value) -> Cell {
    match plain::shown(kind, value) {
        Shown::Value(text) => Cell::plain(text),
        Shown::Truth(yes) => Cell::plain(plain::yes_or_no(yes)),
        Shown::Nothing(text) => Cell::muted(text),
        Shown::Withheld(code) => Cell::boxed(label(&code)),
        Shown::Partly(spans) => partly(&spans),
    }
}

/// The text with a box where each stretch was cut out.
fn partly(spans: &[Span]) -> Cell {
    let mut cell = Cell::plain("");
    for span in spans {
        match span {
            Span::Text(text) => cell.text.push_str(text),
            Span::Withheld(withheld) => {
                let from = cell.text.len();
                cell.text.push_str(&label(&withheld.redacted));
                cell.boxed.push(from..cell.text.len());
            }
        }
    }
    cell
}

/// What the box says: thin spaces keep its edges off the letters.
fn label(code: &str) -> String {
    format!("\u{2009}Withheld: {code}\u{2009}")
}

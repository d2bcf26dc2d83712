//! A value as a cell of a table or a card.

use crate::bundle::plain::{self, Shown};
use crate::bundle::{ColumnKind, Value};
use crate::pdf::Cell;

/// The cell of a value.
pub fn cell(kind: ColumnKind, value: &Value) -> Cell {
    match plain::shown(kind, value) {
        Shown::Value(text) => Cell::plain(text),
        Shown::Nothing(text) => Cell::muted(text),
        Shown::Withheld(code) => Cell::boxed(label(&code)),
    }
}

/// What the box says: thin spaces keep its edges off the letters.
fn label(code: &str) -> String {
    format!("\u{2009}Withheld: {code}\u{2009}")
}

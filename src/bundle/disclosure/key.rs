//! The key to what is withheld: what each label in a box stands for.

use std::collections::BTreeMap;
use std::io::Write;

use crate::bundle::plain;
use crate::bundle::{CollectionReport, Span, Value};
use crate::pdf::{Document, PdfError, Piece};
use crate::review::exemption_title;

/// Its heading.
pub const TITLE: &str = "What the labels mean";

/// The codes met in the records, with how often.
#[derive(Default)]
pub struct Key {
    met: BTreeMap<String, u64>,
}

impl Key {
    /// Notes a value that may be withheld.
    pub fn note(&mut self, value: &Value) {
        let mut met = |code: &str| *self.met.entry(code.to_owned()).or_default() += 1;
        match value {
            Value::Redacted(code) => met(code),
            Value::Partly(spans) => spans.iter().for_each(|span| {
                if let Span::Withheld(withheld) = span {
                    met(&withheld.redacted);
                }
            }),
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::Text(_) | Value::Structured(_) => {}
        }
    }

    /// Writes the key, with the reasons that the collections give for their codes.
    pub fn write<W: Write>(
        &self,
        document: &mut Document<W>,
        entry: usize,
        collections: &[CollectionReport],
    ) -> Result<(), PdfError> {
        document.open_section();
        document.entry_heading(entry, 1, TITLE)?;
        let mut items = vec![
            vec![Piece::strong("Not recorded"), Piece::text(": the record has a place for this and nothing in it.")],
            vec![Piece::strong("Empty"), Piece::text(": a text with no characters in it is recorded.")],
        ];
        for (code, times) in &self.met {
            let reason = meaning(code, collections);
            let places =
                if *times == 1 { "in 1 place".to_owned() } else { format!("in {} places", plain::count(*times)) };
            items.push(vec![
                Piece::strong(format!("Withheld: {code}")),
                Piece::text(format!(" ({places}): {}", super::letter::sentence(&reason))),
            ]);
        }
        document.list(&items)?;
        document.words(
            "Dates and times are those of London. The exact values, as our systems hold them, are in the file \
             records.json that came with this document.",
        )?;
        document.close_section()
    }
}

/// What a code stands for: the reason that the collections give, or the exemption's title.
pub fn meaning(code: &str, collections: &[CollectionReport]) -> String {
    collections
        .iter()
        .flat_map(|report| &report.withheld)
        .find(|withheld| withheld.code.as_deref() == Some(code))
        .map(|withheld| withheld.reason.clone())
        .or_else(|| exemption_title(code).map(str::to_owned))
        .unwrap_or_else(|| {
            "the law allows or requires us to withhold this. Ask us for the reason if it is not in our letter"
                .to_owned()
        })
}

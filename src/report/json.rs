//! JSON: `rightsdesk-report/1`, described by `report.schema.json`. The list of cases is written as it comes, before the
//! tables that are known at the end.

use std::io::Write;

use serde_json::{Map, json};

use super::sheet::{Cell, Column, Front, Lines, Output, ReportError, Sheet};

/// The JSON Schema of a report.
pub const SCHEMA: &str = include_str!("report.schema.json");

/// Writes a report as JSON.
pub(super) struct Json<W: Write> {
    out: W,
    columns: Vec<Column>,
    written: u64,
}

impl<W: Write> Json<W> {
    pub(super) fn new(mut out: W, front: &Front, lines: &Lines) -> Result<Self, ReportError> {
        let mut about = Map::new();
        about.insert("title".to_owned(), front.title.clone().into());
        about.insert("controller".to_owned(), front.controller.clone().into());
        for (key, _, value) in &front.facts {
            about.insert((*key).to_owned(), value.clone().into());
        }
        about.insert("made_at".to_owned(), front.made_at.to_string().into());
        about.insert("software".to_owned(), front.software.clone().into());
        write!(
            out,
            "{{\"format\":\"rightsdesk-report/1\",\"report\":{},\"about\":{}",
            json!(front.report),
            json!(about)
        )?;
        if !lines.columns.is_empty() {
            out.write_all(b",\n\"cases\":[")?;
        }
        Ok(Self { out, columns: lines.columns.clone(), written: 0 })
    }
}

impl<W: Write> Output for Json<W> {
    fn line(&mut self, cells: &[Cell<'_>]) -> Result<(), ReportError> {
        self.out.write_all(if self.written == 0 { b"\n" } else { b",\n" })?;
        self.written += 1;
        serde_json::to_writer(&mut self.out, &object(&self.columns, cells)).map_err(std::io::Error::from)?;
        Ok(())
    }

    fn finish(mut self: Box<Self>, sheets: &[Sheet]) -> Result<(), ReportError> {
        if !self.columns.is_empty() {
            self.out.write_all(b"\n]")?;
        }
        for sheet in sheets {
            write!(self.out, ",\n{}:[", json!(sheet.key))?;
            for (at, row) in sheet.rows.iter().enumerate() {
                self.out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
                serde_json::to_writer(&mut self.out, &object(&sheet.columns, row)).map_err(std::io::Error::from)?;
            }
            self.out.write_all(b"\n]")?;
        }
        self.out.write_all(b"}\n")?;
        Ok(self.out.flush()?)
    }
}

/// A row as an object, written without being built.
struct Row<'r, 'c>(&'r [Column], &'r [Cell<'c>]);

fn object<'r, 'c>(columns: &'r [Column], cells: &'r [Cell<'c>]) -> Row<'r, 'c> {
    Row(columns, cells)
}

impl serde::Serialize for Row<'_, '_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().zip(self.1).map(|(column, cell)| (column.key, Shown(cell))))
    }
}

struct Shown<'r, 'c>(&'r Cell<'c>);

impl serde::Serialize for Shown<'_, '_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Cell::Empty => serializer.serialize_unit(),
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::Whole(n) => serializer.serialize_u64(*n),
            Cell::Share(n) | Cell::Tenths(n) => n.serialize(serializer),
            Cell::Date(on) => serializer.collect_str(on),
        }
    }
}

//! A report that was made: a file without a name, which is gone when it is closed.

use std::fs::File;
use std::io::{Seek, SeekFrom};

use super::super::desk::Desk;
use super::super::error::ActError;
use crate::audit::{Actor, Event};
use crate::report::{AsAt, Format, Front, Lines, Output, Period, ReportError, output};
use crate::store::audit_append;

/// In which format, and how much of it.
#[derive(Debug, Clone)]
pub struct ReportFormat {
    /// The format.
    pub format: Format,
    /// The one table of a CSV; the list of cases if none is named.
    pub part: Option<String>,
    /// Whether the list of cases is in it. What is sent by e-mail has figures alone.
    pub cases: bool,
}

impl ReportFormat {
    /// Everything that there is, in this format.
    #[must_use]
    pub fn whole(format: Format) -> Self {
        Self { format, part: None, cases: true }
    }
}

/// A finished report.
#[derive(Debug)]
pub struct MadeReport {
    /// Its bytes, from the beginning.
    pub file: File,
    /// How many.
    pub size_bytes: u64,
    /// What to call it: `deadlines-2026-04-01-2026-06-30.xlsx`.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Cases in its list.
    pub cases: u64,
}

/// A report being written.
pub(super) struct Making {
    file: File,
    name: String,
    format: ReportFormat,
    output: Box<dyn Output + Send>,
}

impl Making {
    pub(super) fn begin(
        name: &str,
        format: &ReportFormat,
        front: &Front,
        lines: &Lines,
    ) -> Result<(Self, bool), ActError> {
        let file = tempfile::tempfile().map_err(|e| broken(e.into()))?;
        let out = file.try_clone().map_err(|e| broken(e.into()))?;
        let none = Lines::default();
        // A CSV of another table has no use for the lines.
        let wants = format.cases && format.part.as_deref().is_none_or(|part| part == crate::report::CASES);
        let output =
            output(out, format.format, format.part.as_deref(), front, if format.cases { lines } else { &none });
        let name = format!("{name}.{}", format.format);
        Ok((Self { file, name, format: format.clone(), output: output.map_err(broken)? }, wants))
    }

    pub(super) fn output(&mut self) -> &mut (dyn Output + Send) {
        &mut *self.output
    }

    pub(super) fn finish(self, sheets: &[crate::report::Sheet], cases: u64) -> Result<MadeReport, ActError> {
        let Self { mut file, name, format, output } = self;
        output.finish(sheets).map_err(broken)?;
        let size_bytes = file.seek(SeekFrom::End(0)).map_err(|e| broken(e.into()))?;
        file.rewind().map_err(|e| broken(e.into()))?;
        Ok(MadeReport { file, size_bytes, name, media_type: format.format.media_type(), cases })
    }
}

/// Writes down that a report was made.
pub(super) fn note(
    desk: &Desk,
    actor: &Actor,
    report: &str,
    period: Option<&Period>,
    as_at: &AsAt,
    format: &ReportFormat,
) -> Result<(), ActError> {
    note_as(desk, actor, report, period, as_at, format.format.as_str())
}

/// The same of a report that was shown as a page.
pub(super) fn note_as(
    desk: &Desk,
    actor: &Actor,
    report: &str,
    period: Option<&Period>,
    as_at: &AsAt,
    format: &str,
) -> Result<(), ActError> {
    let event = Event::ReportMade {
        report: report.to_owned(),
        from: period.map(|period| period.from),
        to: period.map(|period| period.to),
        as_at: as_at.today,
        format: format.to_owned(),
    };
    desk.store.write(|conn| Ok(audit_append(conn, desk.now(), actor, None, &event)?))
}

/// A wrong part is the caller's; the rest is ours.
pub(super) fn broken(error: ReportError) -> ActError {
    match error {
        ReportError::NoPart(_) => ActError::field("part", error.to_string()),
        ReportError::Io(_) | ReportError::Part(_) => ActError::Broken(error.to_string()),
    }
}

//! Which format writes a report.

use std::io::{Seek, Write};

use super::csv::Csv;
use super::json::Json;
use super::pdf::Pdf;
use super::sheet::{Format, Front, Lines, Output, ReportError};
use super::xlsx::Xlsx;

/// The writer of a report in `format` to `out`. `part` is the one table of a CSV; the list of cases if none is named.
///
/// # Errors
/// [`ReportError::Io`] if the first bytes cannot be written.
pub fn output<'o, W: Write + Seek + Send + 'o>(
    out: W,
    format: Format,
    part: Option<&str>,
    front: &Front,
    lines: &Lines,
) -> Result<Box<dyn Output + Send + 'o>, ReportError> {
    Ok(match format {
        Format::Json => Box::new(Json::new(std::io::BufWriter::with_capacity(1 << 16, out), front, lines)?),
        Format::Csv => Box::new(Csv::new(out, part.unwrap_or(super::csv::CASES), lines)?),
        Format::Xlsx => Box::new(Xlsx::new(out, front, lines)?),
        Format::Pdf => Box::new(Pdf::new(std::io::BufWriter::with_capacity(1 << 16, out), front, lines)?),
    })
}

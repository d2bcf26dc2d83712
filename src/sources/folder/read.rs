//! Reads a file's records, and keeps what is wrong with it: what is left out is never left unsaid.

use std::fs;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::time::Duration;

use crate::sources::documents::Record;
use crate::sources::error::SourceError;

use super::find::{File, Format};
use super::meter::Meter;
use super::{csv_rows, json_rows};

/// What is wrong with a document: the first fault in words, and how many there are.
#[derive(Debug, Default)]
pub(in crate::sources) struct Faults {
    first: Option<String>,
    count: u64,
}

impl Faults {
    pub(in crate::sources) fn add(&mut self, what: impl FnOnce() -> String) {
        self.count += 1;
        if self.first.is_none() {
            self.first = Some(what());
        }
    }

    /// An error if there is any.
    pub(in crate::sources) fn end(self) -> Result<(), SourceError> {
        let Some(first) = self.first else { return Ok(()) };
        let more = match self.count {
            1 => String::new(),
            count => format!(" ({} such places)", count),
        };
        Err(SourceError::Malformed(format!("{first}{more}: correct it and search again")))
    }
}

/// Where a file's records go.
pub(super) trait Take {
    /// The names of a header come before its rows.
    fn header(&mut self, names: &[String]);
    /// A record.
    fn record(&mut self, record: &Record<'_>) -> ControlFlow<()>;
}

/// Gives every record of the file. True if the taker wanted no more.
pub(super) fn read(
    file: &File,
    limit: Duration,
    faults: &mut Faults,
    take: &mut dyn Take,
) -> Result<bool, SourceError> {
    let changed = || SourceError::Malformed(format!("{} was changed since the search began; search again", file.name));
    if !file.is_as_found() {
        return Err(changed());
    }
    let unread = |_| SourceError::Malformed(format!("{} could not be read: check who may read it", file.name));
    let mut opened = fs::File::open(&file.path).map_err(unread)?;
    let mut mark = [0_u8; 3];
    let seen = opened.read(&mut mark).map_err(unread)?;
    if mark.starts_with(&[0xff, 0xfe]) || mark.starts_with(&[0xfe, 0xff]) {
        return Err(SourceError::Malformed(format!("{} is written in UTF-16; save it as UTF-8", file.name)));
    }
    let begin = if seen == 3 && mark == [0xef, 0xbb, 0xbf] { 3 } else { 0 };
    opened.seek(SeekFrom::Start(begin)).map_err(unread)?;
    let meter = Meter::new(limit);
    let reader = BufReader::with_capacity(64 * 1024, meter.reader(opened));
    let ended = match file.format {
        Format::Csv => csv_rows::read(reader, &file.name, &meter, faults, take),
        Format::Json => json_rows::read_json(reader, &file.name, &meter, faults, &mut |record| take.record(&record)),
        Format::Lines => json_rows::read_lines(reader, &file.name, &meter, faults, &mut |record| take.record(&record)),
    };
    if meter.is_late() {
        return Err(SourceError::TimedOut(limit));
    }
    if meter.is_over() {
        return Err(SourceError::Malformed(format!(
            "{} has a record of more than 64 MB: look for a quotation mark that is not closed",
            file.name
        )));
    }
    if !file.is_as_found() {
        return Err(changed());
    }
    Ok(ended.is_break())
}

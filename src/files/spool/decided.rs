//! A spool read under rules and decisions: what a bundle is written from.

use serde_json::value::RawValue;

use crate::bundle::{BundleError, CollectionReport, Record, RecordSource, Withheld};
use crate::review::{Cut, public_id, redacted};

use super::index::Mark;
use super::reader::{Spool, SpooledRow, record};
use super::rules::{Rules, Standing};

/// The disclosed rows of a spool, and the counts that follow from the rules.
#[derive(Debug)]
pub struct Decided<'s> {
    spool: &'s Spool,
    rules: Rules,
    reports: Vec<CollectionReport>,
}

impl<'s> Decided<'s> {
    pub(super) fn new(spool: &'s Spool, rules: Rules) -> Result<Self, BundleError> {
        let mut reports = Vec::with_capacity(spool.len());
        for (at, entry) in spool.index.collections.iter().enumerate() {
            let mut report = entry.report.clone();
            report.found = entry.rows;
            report.disclosed = 0;
            report.withheld = Vec::new();
            if rules.decisions.is_empty() {
                // Without decisions on single records the mark alone settles it, and no row need be read.
                for (mark, rows) in spool.rows_by_mark(at)? {
                    count(&mut report, rules.standing("", mark), rows);
                }
            } else {
                spool.each_row(at, &mut |row, mark| {
                    count(&mut report, rules.standing(&row.id, mark), 1);
                    Ok(())
                })?;
            }
            reports.push(report);
        }
        Ok(Self { spool, rules, reports })
    }

    /// The rules it is read under.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }
}

fn count(report: &mut CollectionReport, standing: Standing, rows: u64) {
    let (reason, code) = match standing {
        Standing::Disclose => {
            report.disclosed += rows;
            return;
        }
        Standing::Held { reason } | Standing::Possible { reason } => (reason, None),
        Standing::Excluded { reason, code } => (reason, code),
    };
    match report.withheld.iter_mut().find(|other| other.reason == reason && other.code == code) {
        Some(other) => other.count += rows,
        None => {
            report.withheld.push(Withheld { reason, code, count: rows });
            report.withheld.sort_by(|a, b| (&a.reason, &a.code).cmp(&(&b.reason, &b.code)));
        }
    }
}

/// The record with its cuts taken out, as it leaves the spool: no writer ever sees the words. `number` is its place in its
/// collection.
///
/// # Errors
/// [`BundleError::Spool`] if its fields cannot be read; it is not given out then.
pub fn cut_out(record: Record, cuts: &[Cut], number: u64) -> Result<Record, BundleError> {
    if cuts.is_empty() {
        return Ok(record);
    }
    let json = record.fields.get();
    let id = public_id(&record.id, json, cuts, number).unwrap_or_else(|| record.id.clone());
    let fields = redacted(json, cuts).and_then(|json| RawValue::from_string(json).ok());
    let fields = fields.ok_or_else(|| BundleError::Spool(format!("record {number} of a collection: its fields")))?;
    Ok(Record { id, fields, ..record })
}

impl RecordSource for Decided<'_> {
    fn bytes_hint(&self) -> u64 {
        (0..self.spool.len()).map(|at| self.spool.bytes(at)).sum()
    }

    fn collections(&self) -> &[CollectionReport] {
        &self.reports
    }

    fn replay(
        &self,
        index: usize,
        each: &mut dyn FnMut(&Record) -> Result<(), BundleError>,
    ) -> Result<(), BundleError> {
        let mut number = 0;
        self.spool.each_row(index, &mut |row: SpooledRow<'_>, mark: &Mark| {
            number += 1;
            match self.rules.standing(&row.id, mark) {
                Standing::Disclose => {
                    let cuts = self.rules.cuts.get(row.id.as_ref()).map(Vec::as_slice).unwrap_or_default();
                    each(&cut_out(record(&row, mark)?, cuts, number)?)
                }
                Standing::Held { .. } | Standing::Possible { .. } | Standing::Excluded { .. } => Ok(()),
            }
        })
    }
}

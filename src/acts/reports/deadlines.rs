//! The deadline report.

use chrono::NaiveDate;

use super::super::desk::Desk;
use super::super::error::ActError;
use super::made::{MadeReport, Making, ReportFormat, broken, note};
use super::pass::{each_case, moment};
use crate::audit::Actor;
use crate::report::{Basis, Deadlines, Period, deadline_front, deadline_lines, deadline_row, deadline_sheets};

/// Which report.
#[derive(Debug, Clone)]
pub struct DeadlineOrder {
    /// Of which period.
    pub period: Period,
    /// By which day cases fall into it.
    pub basis: Basis,
    /// As it stood at the end of this day; now, if none is given.
    pub as_at: Option<NaiveDate>,
    /// In which format.
    pub format: ReportFormat,
}

/// Makes the report; that it was made is written down.
///
/// # Errors
/// [`ActError::Invalid`] naming the field; [`ActError`] of the store.
pub fn deadline_report(desk: &Desk, order: &DeadlineOrder, actor: &Actor) -> Result<MadeReport, ActError> {
    let as_at = moment(desk, order.as_at)?;
    let mut report = Deadlines::new(order.period, order.basis);
    let software = super::super::release::SOFTWARE;
    let front = deadline_front(&report, &as_at, &desk.settings.controller.name, desk.now(), software);
    let name = format!("deadlines-{}-{}", order.period.from, order.period.to);
    let (mut making, wants_lines) = Making::begin(&name, &order.format, &front, &deadline_lines())?;
    let made = desk.store.read(|conn| {
        each_case(conn, desk, &as_at, |lines| {
            let mut listed = 0;
            for line in lines {
                if report.add(&line) && wants_lines {
                    making.output().line(&deadline_row(&line)).map_err(broken)?;
                    listed += 1;
                }
            }
            making.finish(&deadline_sheets(&report), listed)
        })
    })?;
    note(desk, actor, "deadlines", Some(&order.period), &as_at, &order.format)?;
    Ok(made)
}

//! The reports as tables for a page: the same figures as in every other format, from the same computation.

use chrono::NaiveDate;

use super::super::desk::Desk;
use super::super::error::ActError;
use super::foi::hours;
use super::made::note_as;
use super::pass::{each_case, moment};
use crate::audit::Actor;
use crate::deadline::Right;
use crate::report::{
    Backlog, Basis, Cell, Deadlines, Foi, Front, Lines, Period, ReportKind, Sheet, backlog_front, backlog_lines,
    backlog_row, deadline_front, deadline_sheets, foi_front,
};
use crate::store::contacts;

/// Cases that a page lists; files have all.
pub const MOST_PAGE_LINES: usize = 200;

/// Which report a page shows.
#[derive(Debug, Clone)]
pub struct TablesOrder {
    /// Which.
    pub report: ReportKind,
    /// Of which period; the backlog has none.
    pub period: Period,
    /// By which day cases fall into it, of the deadline report.
    pub basis: Basis,
    /// As it stood at the end of this day; now, if none is given.
    pub as_at: Option<NaiveDate>,
}

/// A report as tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportTables {
    /// What stands before the tables.
    pub front: Front,
    /// The tables.
    pub sheets: Vec<Sheet>,
    /// The columns of the list of cases, of the backlog.
    pub lines: Lines,
    /// Its first rows.
    pub first: Vec<Vec<Cell<'static>>>,
    /// How many there are in all.
    pub listed: usize,
}

/// Makes the report; that it was made is written down.
///
/// # Errors
/// [`ActError::Invalid`] naming the field; [`ActError`] of the store.
pub fn report_tables(desk: &Desk, order: &TablesOrder, actor: &Actor) -> Result<ReportTables, ActError> {
    let as_at = moment(desk, order.as_at)?;
    let (controller, now) = (&desk.settings.controller.name, desk.now());
    let software = super::super::release::SOFTWARE;
    let period = &order.period;
    let tables = desk.store.read(|conn| -> Result<ReportTables, ActError> {
        let whole =
            |front, sheets| ReportTables { front, sheets, lines: Lines::default(), first: Vec::new(), listed: 0 };
        Ok(match order.report {
            ReportKind::Deadlines => {
                let report = each_case(conn, desk, &as_at, |lines| {
                    let mut report = Deadlines::new(*period, order.basis);
                    for line in lines {
                        report.add(&line);
                    }
                    Ok(report)
                })?;
                whole(deadline_front(&report, &as_at, controller, now, software), deadline_sheets(&report))
            }
            ReportKind::Foi => {
                let foi = each_case(conn, desk, &as_at, |lines| {
                    let mut foi = Foi::new(*period);
                    lines.for_each(|line| foi.add(&line));
                    Ok(foi)
                })?;
                let all = hours(conn, period, &as_at, None)?;
                let access = hours(conn, period, &as_at, Some(Right::Access))?;
                whole(foi_front(period, &as_at, controller, now, software), foi.finish(all, access))
            }
            ReportKind::Backlog => {
                let (cases, sheets) = each_case(conn, desk, &as_at, |lines| {
                    let mut backlog = Backlog::default();
                    lines.for_each(|line| backlog.add(line));
                    Ok(backlog.finish())
                })?;
                let shown = cases.get(..cases.len().min(MOST_PAGE_LINES)).unwrap_or_default();
                let ids: Vec<String> = shown.iter().map(|line| line.case.clone()).collect();
                let mut contacts = contacts(conn, &ids, as_at.moment)?;
                let first = shown
                    .iter()
                    .map(|line| {
                        let contact = contacts.remove(&line.case).unwrap_or_default();
                        backlog_row(line, &contact).into_iter().map(Cell::into_owned).collect()
                    })
                    .collect();
                ReportTables {
                    lines: backlog_lines(),
                    first,
                    listed: cases.len(),
                    ..whole(backlog_front(&as_at, controller, now, software), sheets)
                }
            }
        })
    })?;
    let period = (order.report != ReportKind::Backlog).then_some(period);
    note_as(desk, actor, order.report.as_str(), period, &as_at, "page")?;
    Ok(tables)
}

//! The backlog: every open case, the oldest first.

use chrono::NaiveDate;

use super::super::desk::Desk;
use super::super::error::ActError;
use super::made::{MadeReport, Making, ReportFormat, broken, note};
use super::pass::{each_case, moment};
use crate::audit::Actor;
use crate::report::{Backlog, Lines, backlog_front, backlog_lines, backlog_row};
use crate::store::contacts;

/// Cases whose contacts are looked up at once.
const PAGE: usize = 1_000;

/// Makes the report; that it was made is written down.
///
/// # Errors
/// [`ActError::Invalid`] naming the field; [`ActError`] of the store.
pub fn backlog_report(
    desk: &Desk,
    as_at: Option<NaiveDate>,
    format: &ReportFormat,
    actor: &Actor,
) -> Result<MadeReport, ActError> {
    let as_at = moment(desk, as_at)?;
    let controller = &desk.settings.controller.name;
    let front = backlog_front(&as_at, controller, desk.now(), super::super::release::SOFTWARE);
    let lines: Lines = backlog_lines();
    let name = format!("backlog-{}", as_at.today);
    let (mut making, wants_lines) = Making::begin(&name, format, &front, &lines)?;
    let made = desk.store.read(|conn| {
        let (cases, sheets) = each_case(conn, desk, &as_at, |lines| {
            let mut backlog = Backlog::default();
            lines.for_each(|line| backlog.add(line));
            Ok(backlog.finish())
        })?;
        let mut listed = 0;
        for page in cases.chunks(PAGE).filter(|_| wants_lines) {
            let ids: Vec<String> = page.iter().map(|line| line.case.clone()).collect();
            let mut contacts = contacts(conn, &ids, as_at.moment)?;
            for line in page {
                let contact = contacts.remove(&line.case).unwrap_or_default();
                making.output().line(&backlog_row(line, &contact)).map_err(broken)?;
                listed += 1;
            }
        }
        making.finish(&sheets, listed)
    })?;
    note(desk, actor, "backlog", None, &as_at, format)?;
    Ok(made)
}

//! The answer to freedom-of-information questions.

use chrono::NaiveDate;

use super::super::desk::Desk;
use super::super::error::ActError;
use super::made::{MadeReport, Making, ReportFormat, note};
use super::pass::{each_case, moment};
use crate::audit::Actor;
use crate::deadline::Right;
use crate::report::{AsAt, Foi, Hours, Lines, Period, foi_front};
use crate::store::{Conn, minutes_worked};

/// Makes the answer; that it was made is written down.
///
/// # Errors
/// [`ActError::Invalid`] naming the field; [`ActError`] of the store.
pub fn foi_report(
    desk: &Desk,
    period: &Period,
    as_at: Option<NaiveDate>,
    format: &ReportFormat,
    actor: &Actor,
) -> Result<MadeReport, ActError> {
    let as_at = moment(desk, as_at)?;
    let controller = &desk.settings.controller.name;
    let front = foi_front(period, &as_at, controller, desk.now(), super::super::release::SOFTWARE);
    // It has no list of cases: of CSV the answers are meant.
    let part = format.part.clone().or_else(|| Some("answers".to_owned()));
    let answers = ReportFormat { part, cases: false, ..format.clone() };
    let name = format!("foi-{}-{}", period.from, period.to);
    let (making, _) = Making::begin(&name, &answers, &front, &Lines::default())?;
    let made = desk.store.read(|conn| {
        let foi = each_case(conn, desk, &as_at, |lines| {
            let mut foi = Foi::new(*period);
            lines.for_each(|line| foi.add(&line));
            Ok(foi)
        })?;
        let (all, access) = (hours(conn, period, &as_at, None)?, hours(conn, period, &as_at, Some(Right::Access))?);
        making.finish(&foi.finish(all, access), 0)
    })?;
    note(desk, actor, "foi", Some(period), &as_at, format)?;
    Ok(made)
}

pub(super) fn hours(conn: &mut Conn, period: &Period, as_at: &AsAt, right: Option<Right>) -> Result<Hours, ActError> {
    let (minutes, cases) = minutes_worked(conn, period.from, period.to, as_at.moment, right)?;
    Ok(Hours { minutes: u64::try_from(minutes).unwrap_or(0), cases: u64::try_from(cases).unwrap_or(0) })
}

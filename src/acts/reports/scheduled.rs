//! Reports that are sent by e-mail: each once for each period, to the people who are named. The attachment has figures
//! alone: what is about one case stays in the desk, behind a sign-in.

use std::io::Read;

use chrono::NaiveDate;
use serde::Serialize;

use super::super::desk::Desk;
use super::super::error::ActError;
use super::super::queue::Job;
use super::backlog::backlog_report;
use super::deadlines::{DeadlineOrder, deadline_report};
use super::foi::foi_report;
use super::made::{MadeReport, ReportFormat};
use crate::audit::{Actor, Event};
use crate::base::Moment;
use crate::letter::Rendered;
use crate::post::Attachment;
use crate::report::{Basis, Every, Format, Period, ReportKind};
use crate::store::{
    Lease, ReportScheduleRow, StoreError, audit_append, job_done, report_schedule, report_schedule_end,
    report_schedule_insert, report_schedule_queued, report_schedules,
};

/// Most addresses of a schedule.
const MOST_ADDRESSES: usize = 20;

/// A report to be sent regularly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSchedule {
    /// Which report.
    pub report: ReportKind,
    /// Of which periods.
    pub every: Every,
    /// By which day cases fall into a period, of the deadline report.
    pub basis: Basis,
    /// In which format.
    pub format: Format,
    /// To whom.
    pub emails: Vec<String>,
}

/// A scheduled report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ScheduleView {
    /// Its identifier.
    pub id: String,
    /// Which report.
    pub report: ReportKind,
    /// Of which periods.
    pub every: Every,
    /// By which day cases fall into a period.
    pub basis: Basis,
    /// In which format.
    pub format: Format,
    /// To whom.
    pub emails: Vec<String>,
    /// The last day of the last period that was sent, or that had ended when it was set up.
    pub sent_to: NaiveDate,
}

impl TryFrom<ReportScheduleRow> for ScheduleView {
    type Error = ActError;
    fn try_from(row: ReportScheduleRow) -> Result<Self, ActError> {
        let broken = |_| ActError::Broken("a stored schedule cannot be read".to_owned());
        Ok(Self {
            id: row.id,
            report: row.report.parse().map_err(broken)?,
            every: row.every.parse().map_err(broken)?,
            basis: row.basis.parse().map_err(broken)?,
            format: row.format.parse().map_err(broken)?,
            emails: serde_json::from_str(&row.emails).map_err(|e| ActError::Broken(e.to_string()))?,
            sent_to: row.sent_to,
        })
    }
}

/// Schedules a report. The first that is sent is of the period that runs now, when it has ended.
///
/// # Errors
/// [`ActError::Invalid`] naming the field.
pub fn schedule_report(desk: &Desk, new: &NewSchedule, actor: &Actor) -> Result<ScheduleView, ActError> {
    let emails: Vec<String> = new.emails.iter().map(|email| email.trim().to_owned()).collect();
    if emails.is_empty() || emails.len() > MOST_ADDRESSES {
        return Err(ActError::field("emails", format!("name 1 to {MOST_ADDRESSES} addresses")));
    }
    if emails.iter().any(|email| !crate::post::is_address(email)) {
        return Err(ActError::field("emails", "write e-mail addresses like name@example.org"));
    }
    let now = desk.now();
    let ended = new.every.last_ended(now.london_date()).ok_or_else(|| ActError::field("every", "the calendar ends"))?;
    let row = ReportScheduleRow {
        id: uuid::Uuid::now_v7().to_string(),
        report: new.report.to_string(),
        every: new.every.to_string(),
        basis: new.basis.to_string(),
        format: new.format.to_string(),
        emails: serde_json::to_string(&emails).map_err(|e| ActError::Broken(e.to_string()))?,
        sent_to: ended.to,
        created_at: now.naive_utc(),
        created_by: actor.to_string(),
        ended_at: None,
    };
    let view = ScheduleView::try_from(row.clone())?;
    desk.store.write(|conn| -> Result<(), StoreError> {
        let event = scheduled(&view, false);
        report_schedule_insert(conn, row)?;
        audit_append(conn, now, actor, None, &event)
    })?;
    Ok(view)
}

fn scheduled(view: &ScheduleView, ended: bool) -> Event {
    Event::ReportScheduled {
        schedule: view.id.clone(),
        report: view.report.to_string(),
        every: view.every.to_string(),
        ended,
    }
}

/// The reports that are sent regularly.
///
/// # Errors
/// [`ActError`] of the store.
pub fn schedules_list(desk: &Desk) -> Result<Vec<ScheduleView>, ActError> {
    let rows = desk.store.read(report_schedules)?;
    rows.into_iter().map(ScheduleView::try_from).collect()
}

/// Ends a schedule: what is queued already is sent.
///
/// # Errors
/// [`ActError::Missing`]; [`ActError::Refused`] if it was ended before.
pub fn schedule_end(desk: &Desk, id: &str, actor: &Actor) -> Result<(), ActError> {
    let now = desk.now();
    desk.store.write(|conn| {
        let view = ScheduleView::try_from(report_schedule(conn, id)?)?;
        if !report_schedule_end(conn, id, now)? {
            return Err(ActError::Refused("this schedule was ended before".to_owned()));
        }
        Ok(audit_append(conn, now, actor, None, &scheduled(&view, true))?)
    })
}

/// Queues the reports whose period has ended. However many processes run, each is queued once: the row is changed only from
/// the period before, in the transaction that queues the e-mails. Of several periods that ended while nobody ran, the last
/// is sent.
///
/// # Errors
/// [`ActError`] of the store.
pub(in super::super) fn schedules_due(desk: &Desk) -> Result<u64, ActError> {
    let now = desk.now();
    let mut queued = 0;
    for row in desk.store.read(report_schedules)? {
        let view = ScheduleView::try_from(row)?;
        let Some(period) = view.every.last_ended(now.london_date()).filter(|period| period.to > view.sent_to) else {
            continue;
        };
        queued += desk.store.write(|conn| -> Result<u64, ActError> {
            if !report_schedule_queued(conn, &view.id, view.sent_to, period.to)? {
                return Ok(0);
            }
            for number in 0..view.emails.len() {
                let job = Job::SendReport { schedule: view.id.clone(), from: period.from, to: period.to, number };
                job.enqueue(conn, None, now)?;
            }
            Ok(1)
        })?;
    }
    Ok(queued)
}

/// Makes the report of a period anew and sends it to one of the schedule's addresses, counted from 0.
///
/// # Errors
/// [`ActError::Broken`] if the post fails, so that the job is tried again.
pub(in super::super) fn send_report(
    desk: &Desk,
    schedule: &str,
    period: Period,
    number: usize,
    lease: &Lease,
) -> Result<(), ActError> {
    let row = desk.store.read(|conn| report_schedule(conn, schedule))?;
    let view = ScheduleView::try_from(row)?;
    let now = desk.now();
    if let Some(address) = view.emails.get(number) {
        let mut made = make(desk, &view, period)?;
        let mut bytes = Vec::new();
        made.file
            .read_to_end(&mut bytes)
            .map_err(|e| ActError::Broken(format!("a report cannot be read back ({})", e.kind())))?;
        let letter = words(desk, &view, period, now);
        let attachment = Attachment { name: made.name, media_type: made.media_type, bytes };
        desk.post.send_with(address, &letter, &[attachment], now).map_err(|e| ActError::Broken(e.to_string()))?;
    }
    desk.store.write(|conn| {
        let event = Event::LetterSent { letter: format!("report_{}", view.report) };
        audit_append(conn, now, &Actor::System, None, &event)?;
        Ok(job_done(conn, lease, now)?)
    })
}

fn make(desk: &Desk, view: &ScheduleView, period: Period) -> Result<MadeReport, ActError> {
    // Of CSV, which holds one table, the figures; the cases stay in the desk.
    let part = (view.format == Format::Csv && view.report == ReportKind::Deadlines).then(|| "figures".to_owned());
    let format = ReportFormat { format: view.format, part, cases: false };
    match view.report {
        ReportKind::Deadlines => {
            let order = DeadlineOrder { period, basis: view.basis, as_at: None, format };
            deadline_report(desk, &order, &Actor::System)
        }
        ReportKind::Backlog => backlog_report(desk, None, &format, &Actor::System),
        ReportKind::Foi => foi_report(desk, &period, None, &format, &Actor::System),
    }
}

fn words(desk: &Desk, view: &ScheduleView, period: Period, now: Moment) -> Rendered {
    let controller = &desk.settings.controller;
    let (what, of) = match view.report {
        ReportKind::Deadlines => ("the deadline report", format!(" for {period} (by {} date)", view.basis)),
        ReportKind::Backlog => ("the report of open cases", String::new()),
        ReportKind::Foi => ("the freedom-of-information answer", format!(" for {period}")),
    };
    let day = now.london_date();
    let body = format!(
        "Attached is {what} of {}{of}, as it stands on {day}.\n\nIt has figures alone. Each figure is defined in it; the cases \
         behind them are listed in the desk:\n{}/desk/reports\n\nYou get this every {} because somebody who looks after the \
         desk of {} named your address. Ask them to end it.\n",
        controller.name, desk.settings.base_url, view.every, controller.service
    );
    Rendered::plain(format!("{}: {what}{of}", controller.service), body)
}

//! Making reports: one consistent view of the database, every case read once, a page in memory at a time. And what the
//! reports count besides the clock, as caseworkers record it.

mod backlog;
mod deadlines;
mod foi;
mod made;
mod pass;
mod recording;
mod scheduled;
mod tables;

pub use backlog::backlog_report;
pub use deadlines::{DeadlineOrder, deadline_report};
pub use foi::foi_report;
pub use made::{MadeReport, ReportFormat};
pub use recording::{
    NewWorkTime, WorkTimeView, case_team, give_team, log_work_time, record_late_reason, tell_new_date, work_times,
};
pub use scheduled::{NewSchedule, ScheduleView, schedule_end, schedule_report, schedules_list};
pub(super) use scheduled::{schedules_due, send_report};
pub use tables::{MOST_PAGE_LINES, ReportTables, TablesOrder, report_tables};

//! Making reports: one consistent view of the database, every case read once, a page in memory at a time. And what the
//! reports count besides the clock, as caseworkers record it.

mod deadlines;
mod made;
mod pass;
mod recording;

pub use deadlines::{DeadlineOrder, deadline_report};
pub use made::{MadeReport, ReportFormat};
pub use recording::{NewWorkTime, WorkTimeView, case_team, give_team, log_work_time, record_late_reason, work_times};

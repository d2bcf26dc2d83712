//! The reports: what the facts of all cases say of a period, as anybody can count it again. From a stream of case
//! histories to figures, and from figures to JSON, CSV, XLSX and PDF. Must never read a clock or a database, and must
//! never hold more than a page of cases: figures are counters, and each case's line leaves as it comes. What each
//! figure means stands in [`Figure`], once, and is printed with it.

mod backlog;
mod case_line;
mod csv;
mod days;
mod deadline_sheets;
mod deadlines;
mod figure;
mod figures;
mod foi;
mod history;
mod json;
mod output;
mod pdf;
mod period;
mod sheet;
mod stood;
mod xlsx;

pub use backlog::{Backlog, Contact, MOST_BACKLOG_LINES, backlog_front, backlog_lines, backlog_row};
pub use case_line::Line;
pub use csv::{CASES, csv_line};
pub use days::{DayCounts, Tenths};
pub use deadline_sheets::{deadline_front, deadline_lines, deadline_row, deadline_sheets, definitions_sheet};
pub use deadlines::{Deadlines, Group, GroupKind, Tally};
pub use figure::{Figure, FigureKind, Value};
pub use figures::Figures;
pub use foi::{Foi, Hours, foi_front};
pub use history::{Complaint, Ending, History, How, LateReason, LateReasonGiven, TeamGiven, Withheld, WithheldHow};
pub use json::SCHEMA;
pub use output::output;
pub use period::{AsAt, Basis, Every, Period, PeriodError, ReportKind, financial_year, month_of};
pub use sheet::{Cell, Column, Format, Front, Kind, Lines, Output, ReportError, Sheet};
pub use stood::{ClockState, Law, Timing, WhyLate, stood};

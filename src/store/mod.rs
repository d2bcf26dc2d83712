//! The desk's own database, on SQLite or PostgreSQL through Diesel: the connection, the schema and one file per noun.
//! Must never decide anything: it loads and keeps what acts decided. Names no web type and no letter.

mod api_tokens;
mod assessments;
mod audit;
mod beside;
mod bundles;
mod case_queue;
mod cases;
mod claimed;
mod clock_events;
mod connection;
mod contacts;
mod corrections;
mod decisions;
mod drifts;
mod drafts;
mod endings;
mod erasures;
mod error;
mod factors;
mod evidence;
mod gathers;
mod histories;
mod holidays;
mod idempotency;
mod jobs;
mod mark;
mod messages;
mod migrations;
mod matches;
mod notices;
mod opinions;
mod origins;
mod pool;
mod portable;
mod preferences;
mod redactions;
mod reminders;
mod report_schedules;
mod review_steps;
mod schema;
mod searches;
mod sign_offs;
mod staff;
mod tries;
mod standing_rules;
mod tallies;
mod verification;
mod warnings;

pub use api_tokens::{
    ApiTokenRow, api_token_by_hash, api_token_insert, api_token_revoke, api_token_used, api_tokens,
    api_tokens_of_user_end,
};
pub use assessments::{AssessmentRow, assessment_insert, assessments};
pub use audit::{
    AuditFilter, anchor_make, anchor_newest, anchor_of, anchors_page, audit_append, audit_append_numbered, audit_chain,
    audit_head, audit_page, audit_search, audit_verify, audit_walk,
};
pub use beside::{
    LinkRow, NoteRow, SavedFilterRow, TaskRow, cases_by_ids, cases_with_identifier, link_end, link_insert, links_of,
    note_insert, notes_of, saved_filter_put, saved_filter_remove, saved_filters_of, task_done, task_insert, tasks_of,
};
pub use bundles::{
    BundleRow, bundle_current, bundle_download_counted, bundle_insert, bundle_released, bundle_removed, bundles_ended,
    bundles_superseded,
};
pub use case_queue::{
    OpenCaseRow, QueueFilter, QueuePlace, Whose, answered_since, open_cases, queue_count, queue_page, received_since,
};
pub use cases::{
    CaseFilter, CaseRow, IdentifierRow, NewCase, case_by_id, case_by_reference, case_for_change, case_insert,
    case_page, case_references, case_update, cases_from_since, cases_open, identifier_verified, identifiers,
};
pub use claimed::{claimed_count, claimed_rows};
pub use clock_events::{ClockEventRow, clock_event_insert, clock_events, clock_events_of};
pub use connection::Conn;
pub use contacts::contacts;
pub use corrections::{
    RectificationRow, SourceChangeRow, correction_by_id, correction_insert, correction_update, corrections_of,
    source_change_begin, source_change_end, source_changes_of,
};
pub use decisions::{DecisionRow, decisions, decisions_about, decisions_end, decisions_put};
pub use drafts::{
    DraftRow, draft_by_id, draft_by_resume, draft_by_token, draft_delete, draft_for_change, draft_insert, draft_update,
    drafts_end,
};
pub use drifts::{DriftRow, drift_end, drift_insert, drift_waive, drifts_open, seen_columns_of, seen_columns_set};
pub use endings::{
    WorkTimeRow, ending_insert, late_reason_insert, minutes_worked, new_date_insert, team_insert, team_of,
    withheld_insert, work_time_insert, work_times_of,
};
pub use erasures::{
    ErasureItemRow, ErasureRow, ErasureRunRow, erasure_by_id, erasure_insert, erasure_items_of, erasure_run_begin,
    erasure_run_end, erasure_runs_of, erasure_update, erasures_of, is_suppressed, suppression_keep,
};
pub use error::StoreError;
pub use evidence::{EvidenceRow, cases_with_evidence, evidence_ended, evidence_files, evidence_insert, evidence_of};
pub use factors::{
    FactorRow, RecoveryRow, factor_confirmed, factor_counted, factor_of, factor_put, factor_remove, password_set,
    recovery_left, recovery_put, recovery_use, sessions_of, sessions_revoke,
};
pub use gathers::{GatherRow, gather_insert, gather_latest};
pub use histories::{cases_count, histories_page};
pub use holidays::{
    HolidayChangeRow, RecomputedRow, holiday_change_by_id, holiday_change_insert, holiday_change_progress,
    holiday_changes, holiday_changes_in_force, recomputed_insert, recomputed_page,
};
pub use idempotency::once;
pub use jobs::{
    JobRow, Lease, NewJob, job_claim, job_done, job_enqueue, job_failed, job_renew, job_retry, jobs_given_up,
    jobs_open, jobs_waiting,
};
pub use matches::{ConfirmedRow, RulingRow, confirmed_of, confirmed_put, rulings_of, rulings_put};
pub use messages::{MessageRow, message_insert, messages, messages_read, messages_since};
pub use notices::{NoticeRow, notice_by_id, notice_insert, notice_update, notices_of};
pub use opinions::{OpinionRow, opinion_insert, opinion_withdraw, opinions_of};
pub use origins::{
    CorrectionRow, OriginRow, cases_grown_from, correction_request_insert, correction_requests, origin_insert,
    origin_of,
};
pub use pool::Store;
pub use portable::{PortableTable, portable_tables, rows_export, rows_import};
pub use preferences::{PreferenceRow, preference, preference_put};
pub use redactions::{
    RedactionRow, RejectionRow, redaction_end, redactions, redactions_about, redactions_of, redactions_put, rejections,
    rejections_put,
};
pub use reminders::{
    ReminderRow, ReminderScope, cases_to_look_at, look_at_all, look_set, plan_changed, reminder_by_id, reminder_done,
    reminder_insert, reminder_of, reminder_sent, reminders_open, reminders_settle,
};
pub use report_schedules::{
    ReportScheduleRow, report_schedule, report_schedule_end, report_schedule_insert, report_schedule_queued,
    report_schedules,
};
pub use review_steps::{StepRow, reviewers, step_insert, step_of, step_undo, steps};
pub use searches::{ProgressRow, SearchRow, progress_clear, progress_of, progress_set, search_insert, searches_of};
pub use sign_offs::{
    CommentRow, SignOffRow, comment_insert, comment_settle, comments_of, sign_off_insert, sign_offs_of,
};
pub use staff::{
    SessionRow, StaffChange, StaffRow, session_insert, session_live, session_revoke, sessions_of_user_end,
    sign_in_failed, sign_in_succeeded, staff_all, staff_by_id, staff_by_username, staff_change, staff_disabled_set,
    staff_insert, staff_of_role, staff_role_set,
};
pub use standing_rules::{StandingRuleRow, standing_rule_end, standing_rule_insert, standing_rules_list};
pub use tallies::{cases_by_stage, jobs_by_kind, tallies_all, tally_add};
pub use tries::{tries_end, try_count};
pub use verification::{CodeRow, code_end, code_forget, code_insert, code_try, code_waits_since, codes_since};
pub use warnings::{WarningAnswerRow, warning_answers_of, warning_answers_put};

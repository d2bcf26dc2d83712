//! What is done: one file for each thing. An act opens one `store.write`, loads, lets the law decide, and keeps state,
//! audit and queue together. Must never know of HTTP, HTML or the command line.

mod account;
mod anchors;
mod answer;
mod answering;
mod audit;
mod backup;
mod beside;
mod candidates;
mod case_file;
mod checklist;
mod clock;
mod dashboard;
mod deciding;
mod desk;
mod desk_queue;
mod drafts;
mod endings;
mod erase;
mod drafting;
mod drift;
mod error;
mod facts;
mod find;
mod gather;
mod given_up;
mod grown;
mod holidays;
mod inspection;
mod lapse;
mod letters;
mod limits;
mod listing;
mod matching;
mod metrics;
mod messages;
mod moving;
mod opinions;
mod preview;
mod proof;
mod queue;
mod readiness;
mod receive;
mod recompute;
mod rectify;
mod records;
mod redacting;
mod release;
mod reminders;
mod reports;
mod request_page;
mod reviewing;
mod searching;
mod sign_off;
mod staff;
mod standing_rules;
mod status;
mod suggesting;
mod team;
mod timer;
mod tokens;
mod triage;
mod undoing;
mod users;
mod verify;
mod wishes;
mod warnings;
mod word_redacting;

pub use crate::auth::Door;
pub use crate::store::{AuditFilter, CaseFilter, QueueFilter, Whose};
pub use account::{
    AccountView, FactorToSet, SessionView, account, factor_begin, factor_confirm, factor_end, password_change,
    session_end, sessions_end,
};
pub use anchors::{anchor_now, anchors_list};
pub use answer::{
    ANSWER_PAGE, AnswerField, AnswerFound, AnswerPage, AnswerPart, AnswerRecord, AnswerView, FOUND_PAGE, Place, Says,
    answer_page, answer_page_of, answer_record, answer_search, answer_view,
};
pub use answering::{
    Answer, AnsweredView, SuggestedWords, SuggestionAt, SuggestionFilter, SuggestionsView, suggest_again,
    suggestions_answer, suggestions_list,
};
pub use audit::{
    AuditProblem, AuditProblemKind, AuditReport, audit_check, audit_export, audit_find, audit_inspect, audit_list,
    case_references,
};
pub use backup::{Backup, backup, restore, restored};
pub use beside::{
    LINKS, SavedFilter, cases_link, cases_unlink, filter_forget, filter_save, filters_saved, note_add, task_add,
    task_tick,
};
pub use candidates::{CandidateFilter, CandidatePage, CandidateView, ComparedView, MentionView, candidates_list};
pub use case_file::{
    BuiltBundle, CaseEntry, CaseFile, MoveNow, Note, OtherCase, STAFF_MOVES, TaskNote, case_file, entries_since,
};
pub use checklist::{Check, ChecklistItem, ChecklistView, ItemState, checklist};
pub use dashboard::{Dashboard, dashboard};
pub use deciding::{NewDecision, Touched, TouchedCollection, decide_many, decide_record};
pub use desk::{Desk, Settings};
pub use desk_queue::{
    Colleague, Given, QueueCase, QueueCounts, QueuePage, assign_many, colleagues, lit, open_stages, queue_counts,
    queue_export, queue_page,
};
pub use drafting::draft_map;
pub use drafts::{
    AnswerTaken, Draft, Sending, Sent, draft, draft_answer, draft_email, draft_forget, draft_resume, draft_send, offer,
    send_resume,
};
pub use drift::{DriftView, drift_list, drift_waived, look_for_drift};
pub use erase::{
    ErasureCollection, ErasureDetail, ErasureItem, ErasureRun, ErasureView, ErasureWay, KeptOut, Remaining,
    erasure_detail, erasure_done, erasure_plan, erasure_return, erasure_sign, erasures_list, kept_out, run_erasure,
};
pub use error::{ActError, FieldFault};
pub use facts::{BelievedDeadline, FactView, NewFact, case_deadline, case_of_reference, facts_list, record_case_fact};
pub use find::{find_request, send_link};
pub use gather::{gather_case, gather_start};
pub use given_up::{GivenUp, given_up_jobs, retry_jobs};
pub use grown::{CorrectionView, NewCorrection, ask_correction, complain, corrections_list};
pub use holidays::{
    Changed, HolidayChangeId, KnownHolidays, ListedChange, ListedChanges, holiday_change_undo, holiday_proclaim,
    holiday_take_back, holidays_import, holidays_list,
};
pub use inspection::{Inspection, inspect};
pub use lapse::{lapse, reopen};
pub use letters::{LetterOrder, letter_preview, send_code, send_letter};
pub use limits::Client;
pub use listing::{ChangedPart, ChangedRecord, DiffView, SignOffView, sign_off_diff, sign_offs_list};
pub use matching::{
    IdentifierView, NewAlias, NewRulings, Ruling, RulingView, identifier_confirm, identifiers_list, rule_on_records,
};
pub use messages::{
    MessageView, message_from_requester, message_from_staff, messages_for_requester, messages_for_staff,
};
pub use metrics::{DUE_SOON_DAYS, Measures, SearchTimes, count_failure, measures};
pub use moving::By;
pub use opinions::{
    ExemptionView, NewOpinion, OpinionView, exemptions_list, opinion_record, opinion_take_back, opinions_list,
};
pub use preview::{
    AnswerPreview, CollectionPreview, FieldPreview, RecordPreview, RunView, WithheldCount, answer_numbers,
    answer_preview, record_preview,
};
pub use proof::{
    Asking, AssessmentView, EvidenceFile, EvidenceView, NewAssessment, NotTaken, Outstanding, ask_for_proof, assess,
    assessments_list, evidence_list, evidence_read, file_limits, send_evidence,
};
pub use queue::{Job, give_up_job, run_job};
pub use readiness::{Readiness, readiness};
pub use receive::{NewRequest, Once, Received, Scope, log_request, receive};
pub use recompute::{MovedCase, moved_cases, recompute};
pub use records::{
    Flag, Left, RecordDetail, RecordFilter, RecordHistory, RecordPage, RecordView, RedactionView, SuggestionView,
    TextView, record_detail, records_page,
};
pub use rectify::{
    AskCorrection, AskedFor, JournalView, NewNotice, NoticeView, NowView, OwnCorrection, RectificationDetail,
    RectificationView, RectifyDecision, SameValue, ToldRecipient, answer, ask_as_requester, ask_as_staff,
    correction_decide, correction_detail, correction_done, correction_return, correction_sign, correction_undo,
    notice_add, notice_letter, notice_step, notices_list, own_corrections, rectifications_list, send_notice,
    told_recipients, write_correction,
};
pub use redacting::{
    Everywhere, EverywhereView, NewRedaction, Occurrence, redact, redact_everywhere, redaction_remove,
};
pub use release::{Download, build_bundle, bundle_for_download, bundle_for_post, expire_bundles, release};
pub use reminders::{ReminderTo, ReminderView, reminder_done, reminders_list};
pub use reports::{
    DeadlineOrder, MOST_PAGE_LINES, MadeReport, NewSchedule, NewWorkTime, ReportFormat, ReportTables, ScheduleView,
    TablesOrder, WorkTimeView, backlog_report, case_team, deadline_report, foi_report, give_team, log_work_time,
    record_late_reason, report_tables, schedule_end, schedule_report, schedules_list, tell_new_date, work_times,
};
pub use request_page::{
    AnswerState, CitizenView, Progress, Related, RequestPage, RequesterNeeds, citizen_view, request_page,
};
pub use reviewing::{Decision, Ground};
pub use searching::{ProgressView, SearchView, gather_progress, search_log};
pub use sign_off::{CommentView, NewComment, approve, comment_answer, comments_list, decide, send_back};
pub use staff::{NewUser, SignedIn, Staff, StaffId, authenticate, sign_in, sign_in_with, sign_out, user_add};
pub use standing_rules::{NewRule, RuleKind, RuleMode, RuleView, rule_end, rule_make, rules_list};
pub use status::{
    Asked, CasePart, CaseView, Happened, StatusView, TimelineStep, case_read, case_view, cases_list, reading, status,
};
pub use team::{MemberChange, MemberView, member_change, team};
pub use timer::{Ticked, tick};
pub use tokens::{IssuedToken, MOST_TOKEN_DAYS, NewToken, TokenView, token_issue, token_revoke, tokens_list};
pub use triage::{
    assign, close, extend, record_clarification, refuse, reject_identity, request_clarification, verify_by_staff,
    withdraw,
};
pub use undoing::{StepPage, StepView, steps_list, undo};
pub use users::{UserChange, UserView, user_change, users_list};
pub use verify::{Opened, open_with_token, resend_code, verify_code};
pub use warnings::{WarningKind, WarningView, WarningsView, warnings_answer, warnings_list};
pub use wishes::{Wishes, WishesChange, change_wishes};
pub use word_redacting::redact_words;

//! What is done: one file for each thing. An act opens one `store.write`, loads, lets the law decide, and keeps state,
//! audit and queue together. Must never know of HTTP, HTML or the command line.

mod answering;
mod audit;
mod checklist;
mod clock;
mod deciding;
mod desk;
mod endings;
mod error;
mod facts;
mod gather;
mod given_up;
mod holidays;
mod inspection;
mod lapse;
mod letters;
mod listing;
mod matching;
mod moving;
mod opinions;
mod preview;
mod queue;
mod readiness;
mod receive;
mod recompute;
mod records;
mod redacting;
mod release;
mod reminders;
mod reviewing;
mod sign_off;
mod reports;
mod staff;
mod standing_rules;
mod status;
mod suggesting;
mod timer;
mod triage;
mod undoing;
mod verify;
mod warnings;

pub use crate::store::CaseFilter;
pub use answering::{
    Answer, AnsweredView, SuggestedWords, SuggestionAt, SuggestionFilter, SuggestionsView, suggest_again,
    suggestions_answer, suggestions_list,
};
pub use audit::{audit_check, audit_list};
pub use checklist::{Check, ChecklistItem, ChecklistView, ItemState, checklist};
pub use deciding::{NewDecision, Touched, TouchedCollection, decide_many, decide_record};
pub use desk::{Desk, Settings};
pub use error::{ActError, FieldFault};
pub use facts::{BelievedDeadline, FactView, NewFact, case_deadline, case_of_reference, facts_list, record_case_fact};
pub use gather::{gather_case, gather_start};
pub use given_up::{GivenUp, given_up_jobs, retry_jobs};
pub use holidays::{
    Changed, HolidayChangeId, KnownHolidays, ListedChange, ListedChanges, holiday_change_undo, holiday_proclaim,
    holiday_take_back, holidays_import, holidays_list,
};
pub use inspection::{Inspection, inspect};
pub use lapse::{answer_question, lapse, reopen};
pub use letters::{LetterOrder, send_code, send_letter};
pub use listing::{ChangedPart, ChangedRecord, DiffView, SignOffView, sign_off_diff, sign_offs_list};
pub use matching::{
    CandidatePage, CandidateView, IdentifierView, MentionView, NewAlias, NewRulings, Ruling, RulingView,
    candidates_list, identifier_confirm, identifiers_list, rule_on_records,
};
pub use moving::By;
pub use opinions::{
    ExemptionView, NewOpinion, OpinionView, exemptions_list, opinion_record, opinion_take_back, opinions_list,
};
pub use preview::{
    AnswerPreview, CollectionPreview, FieldPreview, RecordPreview, RunView, WithheldCount, answer_preview,
    record_preview,
};
pub use queue::{Job, give_up_job, run_job};
pub use readiness::{Readiness, readiness};
pub use receive::{NewRequest, Once, Received, Scope, log_request, receive};
pub use recompute::{MovedCase, moved_cases, recompute};
pub use records::{
    Flag, Left, RecordDetail, RecordFilter, RecordHistory, RecordPage, RecordView, RedactionView, SuggestionView,
    TextView, record_detail, records_page,
};
pub use redacting::{
    Everywhere, EverywhereView, NewRedaction, Occurrence, redact, redact_everywhere, redaction_remove,
};
pub use release::{Download, build_bundle, bundle_for_download, expire_bundles, release};
pub use reminders::{ReminderTo, ReminderView, reminder_done, reminders_list};
pub use reports::{
    DeadlineOrder, MadeReport, NewWorkTime, ReportFormat, WorkTimeView, case_team, deadline_report, give_team,
    log_work_time, record_late_reason, work_times,
};
pub use reviewing::{Decision, Ground};
pub use sign_off::{CommentView, NewComment, approve, comment_answer, comments_list, decide, send_back};
pub use staff::{NewUser, SignedIn, Staff, StaffId, authenticate, sign_in, sign_out, user_add};
pub use standing_rules::{NewRule, RuleKind, RuleMode, RuleView, rule_end, rule_make, rules_list};
pub use status::{Asked, CaseView, StatusView, TimelineStep, case_view, cases_list, status};
pub use timer::{Ticked, tick};
pub use triage::{
    assign, close, extend, record_clarification, refuse, reject_identity, request_clarification, verify_by_staff,
    withdraw,
};
pub use undoing::{StepPage, StepView, steps_list, undo};
pub use verify::{Opened, open_with_token, resend_code, verify_code};
pub use warnings::{WarningKind, WarningView, WarningsView, warnings_answer, warnings_list};

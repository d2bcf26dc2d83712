//! What is done: one file for each thing. An act opens one `store.write`, loads, lets the law decide, and keeps state,
//! audit and queue together. Must never know of HTTP, HTML or the command line.

mod audit;
mod clock;
mod desk;
mod error;
mod gather;
mod inspection;
mod letters;
mod moving;
mod queue;
mod readiness;
mod receive;
mod release;
mod review;
mod staff;
mod status;
mod triage;
mod verify;

pub use crate::store::CaseFilter;
pub use audit::{audit_check, audit_list};
pub use desk::{Desk, Settings};
pub use error::{ActError, FieldFault};
pub use gather::{gather_case, gather_start};
pub use inspection::inspect;
pub use letters::{LetterOrder, send_code, send_letter};
pub use moving::By;
pub use queue::{Job, give_up_job, run_job};
pub use readiness::{Readiness, readiness};
pub use receive::{NewRequest, Once, Received, Scope, log_request, receive};
pub use release::{Download, build_bundle, bundle_for_download, release};
pub use review::{Decision, RecordView, approve, decide, decide_record, records_page, send_back};
pub use staff::{NewUser, SignedIn, Staff, StaffId, authenticate, sign_in, sign_out, user_add};
pub use status::{Asked, CaseView, StatusView, TimelineStep, case_view, cases_list, status};
pub use triage::{
    assign, close, extend, record_clarification, refuse, reject_identity, request_clarification, verify_by_staff,
    withdraw,
};
pub use verify::{Opened, open_with_token, resend_code, verify_code};

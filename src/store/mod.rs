//! The desk's own database, on SQLite or PostgreSQL through Diesel: the connection, the schema and one file per noun.
//! Must never decide anything: it loads and keeps what acts decided. Names no web type and no letter.

mod audit;
mod bundles;
mod cases;
mod connection;
mod decisions;
mod error;
mod gathers;
mod idempotency;
mod jobs;
mod migrations;
mod pool;
mod schema;
mod staff;
mod verification;

pub use audit::{audit_append, audit_page, audit_verify};
pub use bundles::{
    BundleRow, bundle_current, bundle_download_counted, bundle_insert, bundle_released, bundles_superseded,
};
pub use cases::{
    CaseFilter, CaseRow, ClockEventRow, IdentifierRow, NewCase, case_by_id, case_insert, case_page, case_update,
    cases_from_since, clock_event_insert, clock_events, identifier_verified, identifiers,
};
pub use connection::Conn;
pub use decisions::{DecisionRow, decision_forget, decision_put, decisions};
pub use error::StoreError;
pub use gathers::{GatherRow, gather_insert, gather_latest};
pub use idempotency::once;
pub use jobs::{
    JobRow, Lease, NewJob, job_claim, job_done, job_enqueue, job_failed, job_renew, jobs_open, jobs_waiting,
};
pub use pool::Store;
pub use staff::{
    SessionRow, StaffRow, session_insert, session_live, session_revoke, sign_in_failed, sign_in_succeeded, staff_by_id,
    staff_by_username, staff_insert,
};
pub use verification::{CodeRow, code_end, code_forget, code_insert, code_try, codes_since};

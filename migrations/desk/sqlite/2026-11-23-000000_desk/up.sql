-- The desk's own database on SQLite. Timestamps are UTC; dates are Europe/London calendar dates.
-- STRICT tables and shape checks, since SQLite would store anything in a date.

CREATE TABLE counters (
    name TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;

CREATE TABLE staff_users (
    id TEXT NOT NULL PRIMARY KEY,
    username TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    email TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('caseworker', 'approver', 'auditor', 'admin')),
    password_hash TEXT NOT NULL,
    failed_sign_ins INTEGER NOT NULL DEFAULT 0,
    locked_until TEXT CHECK (locked_until GLOB '????-??-?? ??:??:??*'),
    created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-?? ??:??:??*'),
    disabled_at TEXT CHECK (disabled_at GLOB '????-??-?? ??:??:??*')
) STRICT;

CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES staff_users (id),
    created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-?? ??:??:??*'),
    expires_at TEXT NOT NULL CHECK (expires_at GLOB '????-??-?? ??:??:??*'),
    revoked_at TEXT CHECK (revoked_at GLOB '????-??-?? ??:??:??*')
) STRICT;
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE cases (
    id TEXT NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    right_asked TEXT NOT NULL,
    stage TEXT NOT NULL,
    channel TEXT NOT NULL,
    received_on TEXT NOT NULL CHECK (received_on GLOB '????-??-??'),
    subject_name TEXT NOT NULL,
    date_of_birth TEXT CHECK (date_of_birth GLOB '????-??-??'),
    details TEXT,
    scope TEXT NOT NULL,
    relationship TEXT NOT NULL,
    requester_name TEXT NOT NULL,
    requester_email TEXT NOT NULL,
    verified_at TEXT CHECK (verified_at GLOB '????-??-?? ??:??:??*'),
    assignee_id TEXT REFERENCES staff_users (id),
    clock_state TEXT NOT NULL,
    due_on TEXT CHECK (due_on GLOB '????-??-??'),
    statutory_latest TEXT CHECK (statutory_latest GLOB '????-??-??'),
    extension_notice_by TEXT CHECK (extension_notice_by GLOB '????-??-??'),
    decided_by TEXT REFERENCES staff_users (id),
    approved_by TEXT REFERENCES staff_users (id),
    released_at TEXT CHECK (released_at GLOB '????-??-?? ??:??:??*'),
    closed_at TEXT CHECK (closed_at GLOB '????-??-?? ??:??:??*'),
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-?? ??:??:??*'),
    updated_at TEXT NOT NULL CHECK (updated_at GLOB '????-??-?? ??:??:??*')
) STRICT;
CREATE INDEX cases_stage_due ON cases (stage, due_on);
CREATE INDEX cases_due ON cases (due_on);

CREATE TABLE case_identifiers (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    normal TEXT NOT NULL,
    verified_at TEXT CHECK (verified_at GLOB '????-??-?? ??:??:??*')
) STRICT;
CREATE INDEX case_identifiers_case ON case_identifiers (case_id);
CREATE INDEX case_identifiers_normal ON case_identifiers (normal);

CREATE TABLE verification_codes (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    code_hash TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'used', 'superseded', 'exhausted')),
    attempts INTEGER NOT NULL,
    created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-?? ??:??:??*'),
    expires_at TEXT NOT NULL CHECK (expires_at GLOB '????-??-?? ??:??:??*')
) STRICT;
CREATE INDEX verification_codes_case ON verification_codes (case_id);

CREATE TABLE clock_events (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL,
    happened_on TEXT NOT NULL CHECK (happened_on GLOB '????-??-??'),
    recorded_at TEXT NOT NULL CHECK (recorded_at GLOB '????-??-?? ??:??:??*'),
    recorded_by TEXT NOT NULL,
    note TEXT,
    corrects TEXT REFERENCES clock_events (id)
) STRICT;
CREATE INDEX clock_events_case ON clock_events (case_id);

CREATE TABLE audit_events (
    seq INTEGER NOT NULL PRIMARY KEY,
    at TEXT NOT NULL CHECK (at GLOB '????-??-?? ??:??:??*'),
    actor TEXT NOT NULL,
    case_id TEXT,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX audit_events_case ON audit_events (case_id);

CREATE TABLE jobs (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    case_id TEXT REFERENCES cases (id),
    payload TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('ready', 'running', 'done', 'given_up')),
    attempts INTEGER NOT NULL,
    run_after TEXT NOT NULL CHECK (run_after GLOB '????-??-?? ??:??:??*'),
    lease_token TEXT,
    leased_until TEXT CHECK (leased_until GLOB '????-??-?? ??:??:??*'),
    last_problem TEXT,
    dedupe_key TEXT UNIQUE,
    created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-?? ??:??:??*'),
    finished_at TEXT CHECK (finished_at GLOB '????-??-?? ??:??:??*')
) STRICT;
CREATE INDEX jobs_state ON jobs (state, run_after);

CREATE TABLE gathers (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    spool TEXT NOT NULL,
    found INTEGER NOT NULL,
    held INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    finished_at TEXT NOT NULL CHECK (finished_at GLOB '????-??-?? ??:??:??*'),
    superseded_at TEXT CHECK (superseded_at GLOB '????-??-?? ??:??:??*')
) STRICT;
CREATE INDEX gathers_case ON gathers (case_id);

CREATE TABLE record_decisions (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    record TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('include', 'exclude')),
    code TEXT,
    reason TEXT,
    decided_by TEXT NOT NULL REFERENCES staff_users (id),
    decided_at TEXT NOT NULL CHECK (decided_at GLOB '????-??-?? ??:??:??*')
) STRICT;
CREATE UNIQUE INDEX record_decisions_record ON record_decisions (case_id, record);

CREATE TABLE bundles (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    built_at TEXT NOT NULL CHECK (built_at GLOB '????-??-?? ??:??:??*'),
    released_at TEXT CHECK (released_at GLOB '????-??-?? ??:??:??*'),
    expires_at TEXT CHECK (expires_at GLOB '????-??-?? ??:??:??*'),
    superseded_at TEXT CHECK (superseded_at GLOB '????-??-?? ??:??:??*'),
    downloads INTEGER NOT NULL,
    removed_at TEXT CHECK (removed_at GLOB '????-??-?? ??:??:??*')
) STRICT;
CREATE INDEX bundles_case ON bundles (case_id);

CREATE TABLE idempotency_keys (
    key_hash TEXT NOT NULL PRIMARY KEY,
    request_hash TEXT NOT NULL,
    answer TEXT NOT NULL,
    created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-?? ??:??:??*')
) STRICT;
CREATE INDEX idempotency_keys_created ON idempotency_keys (created_at);

-- The audit trail and the clock's facts are written once and never changed.
CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events
BEGIN
    SELECT RAISE(ABORT, 'the audit trail cannot be changed');
END;
CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events
BEGIN
    SELECT RAISE(ABORT, 'the audit trail cannot be changed');
END;
CREATE TRIGGER clock_events_no_update BEFORE UPDATE ON clock_events
BEGIN
    SELECT RAISE(ABORT, 'the clock''s facts cannot be changed');
END;
CREATE TRIGGER clock_events_no_delete BEFORE DELETE ON clock_events
BEGIN
    SELECT RAISE(ABORT, 'the clock''s facts cannot be changed');
END;

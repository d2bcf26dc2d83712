-- The desk's own database on PostgreSQL. Timestamps are UTC; dates are Europe/London calendar dates.

CREATE TABLE counters (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);

CREATE TABLE staff_users (
    id TEXT NOT NULL PRIMARY KEY,
    username TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    email TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('caseworker', 'approver', 'auditor', 'admin')),
    password_hash TEXT NOT NULL,
    failed_sign_ins BIGINT NOT NULL DEFAULT 0,
    locked_until TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    disabled_at TIMESTAMP
);

CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES staff_users (id),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP
);
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE cases (
    id TEXT NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    right_asked TEXT NOT NULL,
    stage TEXT NOT NULL,
    channel TEXT NOT NULL,
    received_on DATE NOT NULL,
    subject_name TEXT NOT NULL,
    date_of_birth DATE,
    details TEXT,
    scope TEXT NOT NULL,
    relationship TEXT NOT NULL,
    requester_name TEXT NOT NULL,
    requester_email TEXT NOT NULL,
    verified_at TIMESTAMP,
    assignee_id TEXT REFERENCES staff_users (id),
    clock_state TEXT NOT NULL,
    due_on DATE,
    statutory_latest DATE,
    extension_notice_by DATE,
    decided_by TEXT REFERENCES staff_users (id),
    approved_by TEXT REFERENCES staff_users (id),
    released_at TIMESTAMP,
    closed_at TIMESTAMP,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX cases_stage_due ON cases (stage, due_on);
CREATE INDEX cases_due ON cases (due_on);

CREATE TABLE case_identifiers (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    normal TEXT NOT NULL,
    verified_at TIMESTAMP
);
CREATE INDEX case_identifiers_case ON case_identifiers (case_id);
CREATE INDEX case_identifiers_normal ON case_identifiers (normal);

CREATE TABLE verification_codes (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    code_hash TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'used', 'superseded', 'exhausted')),
    attempts BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX verification_codes_case ON verification_codes (case_id);

CREATE TABLE clock_events (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL,
    happened_on DATE NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by TEXT NOT NULL,
    note TEXT,
    corrects TEXT REFERENCES clock_events (id)
);
CREATE INDEX clock_events_case ON clock_events (case_id);

CREATE TABLE audit_events (
    seq BIGINT NOT NULL PRIMARY KEY,
    at TIMESTAMP NOT NULL,
    actor TEXT NOT NULL,
    case_id TEXT,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
);
CREATE INDEX audit_events_case ON audit_events (case_id);

CREATE TABLE jobs (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    case_id TEXT REFERENCES cases (id),
    payload TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('ready', 'running', 'done', 'given_up')),
    attempts BIGINT NOT NULL,
    run_after TIMESTAMP NOT NULL,
    lease_token TEXT,
    leased_until TIMESTAMP,
    last_problem TEXT,
    dedupe_key TEXT UNIQUE,
    created_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP
);
CREATE INDEX jobs_state ON jobs (state, run_after);

CREATE TABLE gathers (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    spool TEXT NOT NULL,
    found BIGINT NOT NULL,
    held BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    finished_at TIMESTAMP NOT NULL,
    superseded_at TIMESTAMP
);
CREATE INDEX gathers_case ON gathers (case_id);

CREATE TABLE record_decisions (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    record TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('include', 'exclude')),
    code TEXT,
    reason TEXT,
    decided_by TEXT NOT NULL REFERENCES staff_users (id),
    decided_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX record_decisions_record ON record_decisions (case_id, record);

CREATE TABLE bundles (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    built_at TIMESTAMP NOT NULL,
    released_at TIMESTAMP,
    expires_at TIMESTAMP,
    superseded_at TIMESTAMP,
    downloads BIGINT NOT NULL,
    removed_at TIMESTAMP
);
CREATE INDEX bundles_case ON bundles (case_id);

CREATE TABLE idempotency_keys (
    key_hash TEXT NOT NULL PRIMARY KEY,
    request_hash TEXT NOT NULL,
    answer TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX idempotency_keys_created ON idempotency_keys (created_at);

-- The audit trail and the clock's facts are written once and never changed.
CREATE FUNCTION audit_events_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail cannot be changed';
END
$$;
CREATE TRIGGER audit_events_no_change BEFORE UPDATE OR DELETE ON audit_events
    FOR EACH ROW EXECUTE FUNCTION audit_events_refuse();
CREATE TRIGGER audit_events_no_truncate BEFORE TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION audit_events_refuse();
CREATE FUNCTION clock_events_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the clock''s facts cannot be changed';
END
$$;
CREATE TRIGGER clock_events_no_change BEFORE UPDATE OR DELETE ON clock_events
    FOR EACH ROW EXECUTE FUNCTION clock_events_refuse();
CREATE TRIGGER clock_events_no_truncate BEFORE TRUNCATE ON clock_events
    FOR EACH STATEMENT EXECUTE FUNCTION clock_events_refuse();

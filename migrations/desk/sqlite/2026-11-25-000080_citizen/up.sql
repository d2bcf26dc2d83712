-- The citizen's side: what a person types before they send it, how they want their answer, what they and we write to each
-- other, what they send as proof, what became of it, what they say is wrong, what they complain about.

-- Answers to the form that are not sent yet: sealed, found by the hash of a cookie's or letter's token, removed when sent
-- (then only the case is named, so that sending twice makes one request) or when their time ends.
CREATE TABLE drafts (
    id TEXT NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    resume_hash TEXT UNIQUE,
    answers BLOB NOT NULL,
    language TEXT NOT NULL,
    case_id TEXT REFERENCES cases (id),
    started_at TEXT NOT NULL CHECK (started_at GLOB '????-??-?? ??:??:??*'),
    expires_at TEXT NOT NULL CHECK (expires_at GLOB '????-??-?? ??:??:??*')
) STRICT;
CREATE INDEX drafts_end ON drafts (expires_at, id);

-- What the requester wants of us beside the answer itself. The address is where a paper answer goes. The answer goes to the
-- subject instead of the requester where answer_email says so.
CREATE TABLE case_preferences (
    case_id TEXT NOT NULL PRIMARY KEY REFERENCES cases (id),
    language TEXT NOT NULL,
    answer_by TEXT NOT NULL,
    address TEXT,
    needs TEXT,
    authority TEXT,
    answer_email TEXT
) STRICT;

-- Messages between requester and caseworkers, and when the other side first saw them.
CREATE TABLE messages (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    written_by TEXT NOT NULL,
    body TEXT NOT NULL,
    written_at TEXT NOT NULL CHECK (written_at GLOB '????-??-?? ??:??:??*'),
    read_at TEXT CHECK (read_at GLOB '????-??-?? ??:??:??*')
) STRICT;
CREATE INDEX messages_of_case ON messages (case_id, id);

-- Files sent as proof. The bytes lie sealed in the data folder until it is decided about them.
CREATE TABLE evidence (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    file TEXT NOT NULL,
    scanned INTEGER NOT NULL CHECK (scanned IN (0, 1)),
    received_at TEXT NOT NULL CHECK (received_at GLOB '????-??-?? ??:??:??*'),
    removed_at TEXT CHECK (removed_at GLOB '????-??-?? ??:??:??*')
) STRICT;
CREATE INDEX evidence_of_case ON evidence (case_id, id);

-- What a caseworker made of who the requester is, or of whether they may act: written once.
CREATE TABLE assessments (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL,
    method TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reasons TEXT NOT NULL,
    assessed_by TEXT NOT NULL,
    assessed_at TEXT NOT NULL CHECK (assessed_at GLOB '????-??-?? ??:??:??*')
) STRICT;
CREATE INDEX assessments_of_case ON assessments (case_id, id);

-- A case that grew out of another one: a complaint about how it was handled, a correction of what it disclosed.
CREATE TABLE case_origins (
    case_id TEXT NOT NULL PRIMARY KEY REFERENCES cases (id),
    origin_id TEXT NOT NULL REFERENCES cases (id),
    why TEXT NOT NULL,
    made_at TEXT NOT NULL CHECK (made_at GLOB '????-??-?? ??:??:??*')
) STRICT;
CREATE INDEX case_origins_of ON case_origins (origin_id, case_id);

-- "This is wrong": one field of one disclosed record, and what it should say.
CREATE TABLE correction_requests (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    dataset TEXT NOT NULL,
    collection TEXT NOT NULL,
    record TEXT NOT NULL,
    field TEXT NOT NULL,
    says TEXT NOT NULL,
    should_say TEXT NOT NULL,
    why TEXT,
    asked_at TEXT NOT NULL CHECK (asked_at GLOB '????-??-?? ??:??:??*')
) STRICT;
CREATE INDEX correction_requests_of_case ON correction_requests (case_id, id);

-- How often something was tried: by whom, as a keyed hash, in which stretch of time.
CREATE TABLE tries (
    who_hash TEXT NOT NULL,
    window_at TEXT NOT NULL CHECK (window_at GLOB '????-??-?? ??:??:??*'),
    tried INTEGER NOT NULL,
    PRIMARY KEY (who_hash, window_at)
) STRICT;
CREATE INDEX tries_end ON tries (window_at);

-- What a code is for: to follow the request, or to open the answer.
ALTER TABLE verification_codes ADD COLUMN purpose TEXT NOT NULL DEFAULT 'request';

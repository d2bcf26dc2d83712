-- The review: every act of it is a step, and what a step decides or cuts out is kept for good. What counts now has no
-- ended_step; an undo is a step too, which ends what the other began and begins what it ended.

CREATE TABLE review_steps (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL CHECK (made_at GLOB '????-??-?? ??:??:??*'),
    detail TEXT NOT NULL,
    undoes TEXT REFERENCES review_steps (id),
    undone_by TEXT REFERENCES review_steps (id),
    UNIQUE (case_id, seq)
) STRICT;

-- What an exemption can rest on: a health professional's opinion, a social worker's view.
CREATE TABLE opinions (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL CHECK (kind IN ('health', 'social_work')),
    author TEXT NOT NULL,
    profession TEXT NOT NULL,
    given_on TEXT NOT NULL CHECK (given_on GLOB '????-??-??'),
    finding TEXT NOT NULL CHECK (finding IN ('met', 'not_met')),
    summary TEXT NOT NULL,
    recorded_by TEXT NOT NULL REFERENCES staff_users (id),
    recorded_at TEXT NOT NULL CHECK (recorded_at GLOB '????-??-?? ??:??:??*'),
    withdrawn_at TEXT CHECK (withdrawn_at GLOB '????-??-?? ??:??:??*')
) STRICT;
CREATE INDEX opinions_case ON opinions (case_id);

ALTER TABLE record_decisions RENAME TO record_decisions_before;
CREATE TABLE record_decisions (
    step_id TEXT NOT NULL REFERENCES review_steps (id),
    n INTEGER NOT NULL,
    case_id TEXT NOT NULL REFERENCES cases (id),
    record TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('include', 'exclude', 'exempt')),
    code TEXT,
    reason TEXT,
    opinion_id TEXT REFERENCES opinions (id),
    decided_by TEXT NOT NULL REFERENCES staff_users (id),
    decided_at TEXT NOT NULL CHECK (decided_at GLOB '????-??-?? ??:??:??*'),
    ended_step TEXT REFERENCES review_steps (id),
    PRIMARY KEY (step_id, n)
) STRICT;
CREATE UNIQUE INDEX record_decisions_live ON record_decisions (case_id, record) WHERE ended_step IS NULL;
CREATE INDEX record_decisions_ended ON record_decisions (ended_step);
INSERT INTO review_steps (id, case_id, seq, kind, made_by, made_at, detail)
SELECT id, case_id, row_number() OVER (PARTITION BY case_id ORDER BY decided_at, id), 'decide', decided_by, decided_at, '{}'
FROM record_decisions_before;
INSERT INTO record_decisions (step_id, n, case_id, record, decision, code, reason, decided_by, decided_at)
SELECT id, 1, case_id, record, decision, code, reason, decided_by, decided_at FROM record_decisions_before;
DROP TABLE record_decisions_before;

-- A part of a record that does not go out: a whole field (no span), or characters of its text.
CREATE TABLE redactions (
    step_id TEXT NOT NULL REFERENCES review_steps (id),
    n INTEGER NOT NULL,
    case_id TEXT NOT NULL REFERENCES cases (id),
    record TEXT NOT NULL,
    field TEXT NOT NULL,
    start_at INTEGER,
    end_at INTEGER,
    text_hash TEXT NOT NULL,
    code TEXT NOT NULL,
    reason TEXT,
    opinion_id TEXT REFERENCES opinions (id),
    origin TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at TEXT NOT NULL CHECK (decided_at GLOB '????-??-?? ??:??:??*'),
    ended_step TEXT REFERENCES review_steps (id),
    PRIMARY KEY (step_id, n)
) STRICT;
CREATE INDEX redactions_live ON redactions (case_id, record, field) WHERE ended_step IS NULL;
CREATE INDEX redactions_ended ON redactions (ended_step);

-- A suggestion that a person rejected. One that was accepted is a redaction.
CREATE TABLE suggestion_rejections (
    step_id TEXT NOT NULL REFERENCES review_steps (id),
    n INTEGER NOT NULL,
    case_id TEXT NOT NULL REFERENCES cases (id),
    record TEXT NOT NULL,
    field TEXT NOT NULL,
    start_at INTEGER,
    end_at INTEGER,
    text_hash TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at TEXT NOT NULL CHECK (decided_at GLOB '????-??-?? ??:??:??*'),
    ended_step TEXT REFERENCES review_steps (id),
    PRIMARY KEY (step_id, n)
) STRICT;
CREATE INDEX suggestion_rejections_live ON suggestion_rejections (case_id, record) WHERE ended_step IS NULL;
CREATE INDEX suggestion_rejections_ended ON suggestion_rejections (ended_step);

-- What a caseworker or approver says to a warning. The warning itself is worked out anew each time.
CREATE TABLE warning_answers (
    step_id TEXT NOT NULL REFERENCES review_steps (id),
    n INTEGER NOT NULL,
    case_id TEXT NOT NULL REFERENCES cases (id),
    warning TEXT NOT NULL,
    reason TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at TEXT NOT NULL CHECK (decided_at GLOB '????-??-?? ??:??:??*'),
    ended_step TEXT REFERENCES review_steps (id),
    PRIMARY KEY (step_id, n)
) STRICT;
CREATE UNIQUE INDEX warning_answers_live ON warning_answers (case_id, warning) WHERE ended_step IS NULL;
CREATE INDEX warning_answers_ended ON warning_answers (ended_step);

-- A case was sent for sign-off, approved or sent back: what exactly stood then is in a listing among the files.
CREATE TABLE sign_offs (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('sent', 'approved', 'sent_back')),
    made_by TEXT NOT NULL REFERENCES staff_users (id),
    made_at TEXT NOT NULL CHECK (made_at GLOB '????-??-?? ??:??:??*'),
    digest TEXT NOT NULL,
    listing TEXT NOT NULL,
    reason TEXT,
    UNIQUE (case_id, seq)
) STRICT;

-- What an approver wants looked at again, in a single record or in the case.
CREATE TABLE review_comments (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    record TEXT,
    comment TEXT NOT NULL,
    made_by TEXT NOT NULL REFERENCES staff_users (id),
    made_at TEXT NOT NULL CHECK (made_at GLOB '????-??-?? ??:??:??*'),
    settled_by TEXT REFERENCES staff_users (id),
    settled_at TEXT CHECK (settled_at GLOB '????-??-?? ??:??:??*'),
    answer TEXT
) STRICT;
CREATE INDEX review_comments_case ON review_comments (case_id);

-- Rules of the desk about what is redacted in every case: ended, never changed.
CREATE TABLE standing_rules (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('field', 'words', 'pattern')),
    collection TEXT,
    field TEXT,
    words TEXT,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('suggest', 'apply')),
    made_by TEXT NOT NULL REFERENCES staff_users (id),
    made_at TEXT NOT NULL CHECK (made_at GLOB '????-??-?? ??:??:??*'),
    ended_by TEXT REFERENCES staff_users (id),
    ended_at TEXT CHECK (ended_at GLOB '????-??-?? ??:??:??*'),
    ended_reason TEXT
) STRICT;

-- What the reports count and the rest of the desk does not need: how cases ended, what was withheld, whose they are, why
-- they are late, and the hours that went into them. Every row is written once; a later one stands in its place.

-- A case left the open stages, or came back. audit_seq is the entry of the audit trail that says so.
CREATE TABLE case_endings (
    case_id TEXT NOT NULL REFERENCES cases (id),
    audit_seq INTEGER NOT NULL REFERENCES audit_events (seq),
    at TEXT NOT NULL CHECK (at GLOB '????-??-?? ??:??:??*'),
    how TEXT NOT NULL CHECK (how IN ('released', 'refused', 'withdrawn', 'lapsed', 'reopened')),
    code TEXT,
    PRIMARY KEY (case_id, audit_seq)
) STRICT, WITHOUT ROWID;

-- What was withheld from an answer, counted by exemption.
CREATE TABLE case_withheld (
    case_id TEXT NOT NULL REFERENCES cases (id),
    audit_seq INTEGER NOT NULL REFERENCES audit_events (seq),
    how TEXT NOT NULL CHECK (how IN ('exempted', 'redacted')),
    code TEXT NOT NULL,
    records INTEGER NOT NULL,
    PRIMARY KEY (case_id, audit_seq, how, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE case_teams (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    team TEXT NOT NULL,
    recorded_at TEXT NOT NULL CHECK (recorded_at GLOB '????-??-?? ??:??:??*'),
    recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX case_teams_case ON case_teams (case_id);

CREATE TABLE late_reasons (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    reason TEXT NOT NULL,
    note TEXT,
    recorded_at TEXT NOT NULL CHECK (recorded_at GLOB '????-??-?? ??:??:??*'),
    recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX late_reasons_case ON late_reasons (case_id);

-- The day by which the requester of a late case was told that they will be answered, and when they were told.
CREATE TABLE new_dates (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    answer_by TEXT NOT NULL CHECK (answer_by GLOB '????-??-??'),
    told_on TEXT NOT NULL CHECK (told_on GLOB '????-??-??'),
    recorded_at TEXT NOT NULL CHECK (recorded_at GLOB '????-??-?? ??:??:??*'),
    recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX new_dates_case ON new_dates (case_id);

-- Staff time spent on a case; a wrong entry is taken back by one of as many minutes below zero.
CREATE TABLE work_times (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    worked_on TEXT NOT NULL CHECK (worked_on GLOB '????-??-??'),
    minutes INTEGER NOT NULL,
    corrects TEXT UNIQUE REFERENCES work_times (id),
    recorded_at TEXT NOT NULL CHECK (recorded_at GLOB '????-??-?? ??:??:??*'),
    recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX work_times_case ON work_times (case_id);

-- Cases that ended before this table was made: the audit trail says how.
INSERT INTO case_endings (case_id, audit_seq, at, how)
SELECT case_id, seq, at,
       CASE WHEN to_stage IN ('released', 'refused', 'withdrawn', 'lapsed') THEN to_stage ELSE 'reopened' END
FROM (SELECT case_id, seq, at, json_extract(detail, '$.from') AS from_stage, json_extract(detail, '$.to') AS to_stage
      FROM audit_events WHERE kind = 'moved' AND case_id IS NOT NULL)
WHERE (from_stage IN ('released', 'refused', 'withdrawn', 'lapsed', 'closed'))
   <> (to_stage IN ('released', 'refused', 'withdrawn', 'lapsed', 'closed'));

-- And the exemptions of answers that went out before it.
INSERT INTO case_withheld (case_id, audit_seq, how, code, records)
SELECT e.case_id, e.audit_seq, 'exempted', d.code, COUNT(*)
FROM case_endings e JOIN record_decisions d ON d.case_id = e.case_id
WHERE e.how = 'released' AND d.decision = 'exclude' AND d.code IS NOT NULL
GROUP BY e.case_id, e.audit_seq, d.code;

CREATE TRIGGER case_endings_no_update BEFORE UPDATE ON case_endings
BEGIN
    SELECT RAISE(ABORT, 'how a case ended cannot be changed');
END;
CREATE TRIGGER case_endings_no_delete BEFORE DELETE ON case_endings
BEGIN
    SELECT RAISE(ABORT, 'how a case ended cannot be changed');
END;
CREATE TRIGGER case_withheld_no_update BEFORE UPDATE ON case_withheld
BEGIN
    SELECT RAISE(ABORT, 'what was withheld cannot be changed');
END;
CREATE TRIGGER case_withheld_no_delete BEFORE DELETE ON case_withheld
BEGIN
    SELECT RAISE(ABORT, 'what was withheld cannot be changed');
END;

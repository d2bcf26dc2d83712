-- Corrections: what a person says is wrong, what was decided, and what became of it at the source.
CREATE TABLE corrections (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    -- The record of the search, as accounts/12, and the field of the data map.
    record TEXT NOT NULL,
    dataset TEXT NOT NULL,
    collection TEXT NOT NULL,
    field TEXT NOT NULL,
    -- What the record said when it was asked for, what it said when it was decided; NULL is no value.
    said TEXT,
    shown TEXT,
    -- What the person wants it to say.
    wanted TEXT,
    why TEXT NOT NULL,
    evidence TEXT,
    asked_by TEXT NOT NULL,
    asked_at TEXT NOT NULL CHECK (asked_at GLOB '????-??-?? ??:??:??*'),
    state TEXT NOT NULL CHECK (state IN ('asked', 'decided', 'signed', 'written', 'changed', 'blocked', 'with_owner', 'refused', 'stated', 'undone')),
    decision TEXT CHECK (decision IN ('apply', 'part', 'refuse', 'statement')),
    -- What is written: wanted, or for a part of it another value.
    new_value TEXT,
    reason TEXT,
    statement TEXT,
    decided_by TEXT,
    decided_at TEXT CHECK (decided_at GLOB '????-??-?? ??:??:??*'),
    signed_by TEXT,
    signed_at TEXT CHECK (signed_at GLOB '????-??-?? ??:??:??*'),
    ended_at TEXT CHECK (ended_at GLOB '????-??-?? ??:??:??*'),
    problem TEXT,
    proof TEXT,
    undoes TEXT REFERENCES corrections (id)
) STRICT;
CREATE INDEX corrections_case ON corrections (case_id);
CREATE UNIQUE INDEX corrections_undo ON corrections (undoes) WHERE undoes IS NOT NULL AND state NOT IN ('refused', 'stated');

-- The journal of writing: a row is made before a source is touched, and ended when what became of it is known.
CREATE TABLE source_changes (
    id TEXT NOT NULL PRIMARY KEY,
    correction_id TEXT NOT NULL REFERENCES corrections (id),
    value_before TEXT,
    value_after TEXT,
    begun_at TEXT NOT NULL CHECK (begun_at GLOB '????-??-?? ??:??:??*'),
    ended_at TEXT CHECK (ended_at GLOB '????-??-?? ??:??:??*'),
    outcome TEXT CHECK (outcome IN ('made', 'stands', 'differs', 'gone', 'refused', 'not_kept'))
) STRICT;
CREATE INDEX source_changes_correction ON source_changes (correction_id);

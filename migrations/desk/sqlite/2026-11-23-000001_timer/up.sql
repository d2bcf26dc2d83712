-- Stored bank holidays, reminders, and what the timer must know of a case.

-- Changes of the known bank holidays: never edited, only taken back by a later row (undoes). The last two columns say how
-- far the open cases were recomputed.
CREATE TABLE holiday_changes (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('imported', 'proclaimed', 'taken_back')),
    division TEXT,
    holiday_on TEXT CHECK (holiday_on GLOB '????-??-??'),
    title TEXT,
    file TEXT,
    undoes TEXT UNIQUE REFERENCES holiday_changes (id),
    made_at TEXT NOT NULL CHECK (made_at GLOB '????-??-?? ??:??:??*'),
    made_by TEXT NOT NULL,
    recomputed_to TEXT,
    recomputed_at TEXT CHECK (recomputed_at GLOB '????-??-?? ??:??:??*')
) STRICT;

-- The cases that a change of the bank holidays moved, or that could not be computed under it.
CREATE TABLE recomputed_cases (
    change_id TEXT NOT NULL REFERENCES holiday_changes (id),
    case_id TEXT NOT NULL REFERENCES cases (id),
    due_before TEXT CHECK (due_before GLOB '????-??-??'),
    due_after TEXT CHECK (due_after GLOB '????-??-??'),
    told INTEGER NOT NULL CHECK (told IN (0, 1)),
    problem TEXT,
    PRIMARY KEY (change_id, case_id)
) STRICT;

-- A reminder is made once for a case, a kind and the date that it is about, however many processes run the timer.
CREATE TABLE reminders (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL,
    about_on TEXT NOT NULL CHECK (about_on GLOB '????-??-??'),
    lapses_on TEXT CHECK (lapses_on GLOB '????-??-??'),
    made_at TEXT NOT NULL CHECK (made_at GLOB '????-??-?? ??:??:??*'),
    sent_at TEXT CHECK (sent_at GLOB '????-??-?? ??:??:??*'),
    done_at TEXT CHECK (done_at GLOB '????-??-?? ??:??:??*'),
    done_by TEXT,
    UNIQUE (case_id, kind, about_on)
) STRICT;
CREATE INDEX reminders_open ON reminders (done_at, id);

ALTER TABLE cases ADD COLUMN missed_on TEXT CHECK (missed_on GLOB '????-??-??');
ALTER TABLE cases ADD COLUMN look_on TEXT CHECK (look_on GLOB '????-??-??');
ALTER TABLE cases ADD COLUMN lapsed_from TEXT;
ALTER TABLE cases ADD COLUMN reopened_on TEXT CHECK (reopened_on GLOB '????-??-??');
CREATE INDEX cases_look ON cases (look_on, id);
UPDATE cases SET look_on = received_on
WHERE stage IN ('awaiting_verification', 'verified', 'awaiting_clarification', 'gathering', 'review',
                'awaiting_approval', 'approved');

CREATE TRIGGER holiday_changes_no_delete BEFORE DELETE ON holiday_changes
BEGIN
    SELECT RAISE(ABORT, 'a change of the bank holidays is taken back, not deleted');
END;

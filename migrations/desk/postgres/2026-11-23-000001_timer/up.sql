-- Stored bank holidays, reminders, and what the timer must know of a case.

-- Changes of the known bank holidays: never edited, only taken back by a later row (undoes). The last two columns say how
-- far the open cases were recomputed.
CREATE TABLE holiday_changes (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('imported', 'proclaimed', 'taken_back')),
    division TEXT,
    holiday_on DATE,
    title TEXT,
    file TEXT,
    undoes TEXT UNIQUE REFERENCES holiday_changes (id),
    made_at TIMESTAMP NOT NULL,
    made_by TEXT NOT NULL,
    recomputed_to TEXT,
    recomputed_at TIMESTAMP
);

-- The cases that a change of the bank holidays moved, or that could not be computed under it.
CREATE TABLE recomputed_cases (
    change_id TEXT NOT NULL REFERENCES holiday_changes (id),
    case_id TEXT NOT NULL REFERENCES cases (id),
    due_before DATE,
    due_after DATE,
    told BOOLEAN NOT NULL,
    problem TEXT,
    PRIMARY KEY (change_id, case_id)
);

-- A reminder is made once for a case, a kind and the date that it is about, however many processes run the timer.
CREATE TABLE reminders (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL,
    about_on DATE NOT NULL,
    lapses_on DATE,
    made_at TIMESTAMP NOT NULL,
    sent_at TIMESTAMP,
    done_at TIMESTAMP,
    done_by TEXT,
    UNIQUE (case_id, kind, about_on)
);
CREATE INDEX reminders_open ON reminders (done_at, id);

ALTER TABLE cases ADD COLUMN missed_on DATE;
ALTER TABLE cases ADD COLUMN look_on DATE;
ALTER TABLE cases ADD COLUMN lapsed_from TEXT;
ALTER TABLE cases ADD COLUMN reopened_on DATE;
CREATE INDEX cases_look ON cases (look_on, id);
UPDATE cases SET look_on = received_on
WHERE stage IN ('awaiting_verification', 'verified', 'awaiting_clarification', 'gathering', 'review',
                'awaiting_approval', 'approved');

CREATE FUNCTION holiday_changes_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a change of the bank holidays is taken back, not deleted';
END
$$;
CREATE TRIGGER holiday_changes_no_delete BEFORE DELETE ON holiday_changes
    FOR EACH ROW EXECUTE FUNCTION holiday_changes_refuse();

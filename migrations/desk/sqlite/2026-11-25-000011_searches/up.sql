-- What was searched for, where, when and by which rule (Art. 15(1A) UK GDPR: reasonable and proportionate searches), kept
-- with the gather that made it: names and counts, never a value.

CREATE TABLE searches (
    gather_id TEXT NOT NULL REFERENCES gathers (id),
    n INTEGER NOT NULL,
    case_id TEXT NOT NULL REFERENCES cases (id),
    source TEXT NOT NULL,
    collection TEXT NOT NULL,
    searched_columns TEXT NOT NULL,
    rule TEXT NOT NULL,
    searched_values INTEGER NOT NULL,
    found INTEGER NOT NULL,
    began_at TEXT NOT NULL CHECK (began_at GLOB '????-??-?? ??:??:??*'),
    ended_at TEXT NOT NULL CHECK (ended_at GLOB '????-??-?? ??:??:??*'),
    problem TEXT,
    PRIMARY KEY (gather_id, n)
) STRICT;
CREATE INDEX searches_case ON searches (case_id, began_at);

-- How far the search that runs has come.
CREATE TABLE gather_progress (
    case_id TEXT NOT NULL REFERENCES cases (id),
    source TEXT NOT NULL,
    collection TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'searching', 'searched', 'failed', 'not_reached')),
    found INTEGER NOT NULL,
    changed_at TEXT NOT NULL CHECK (changed_at GLOB '????-??-?? ??:??:??*'),
    PRIMARY KEY (case_id, source, collection)
) STRICT;

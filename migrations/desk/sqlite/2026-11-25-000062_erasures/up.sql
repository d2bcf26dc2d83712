-- Erasures: what is planned to go and to stay, who signed, and what became of it at each source.
CREATE TABLE erasures (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    state TEXT NOT NULL CHECK (state IN ('planned', 'returned', 'signed', 'done', 'with_owner', 'changed', 'blocked', 'replaced')),
    -- SHA-256 of all that is done and not done, and how: what is signed.
    digest TEXT NOT NULL,
    -- The columns that change, by collection, as JSON: the plan is shown from it.
    ways TEXT NOT NULL,
    -- What stood in the way when the plan was tried out without keeping anything.
    tried TEXT,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL CHECK (made_at GLOB '????-??-?? ??:??:??*'),
    signed_by TEXT,
    signed_at TEXT CHECK (signed_at GLOB '????-??-?? ??:??:??*'),
    ended_at TEXT CHECK (ended_at GLOB '????-??-?? ??:??:??*'),
    problem TEXT,
    proof TEXT
) STRICT;
CREATE INDEX erasures_case ON erasures (case_id);

CREATE TABLE erasure_items (
    erasure_id TEXT NOT NULL REFERENCES erasures (id),
    number INTEGER NOT NULL,
    dataset TEXT NOT NULL,
    collection TEXT NOT NULL,
    record TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('delete', 'anonymise', 'stay')),
    -- Why it stays.
    reason TEXT,
    -- Why the program cannot do it, so that who looks after the source does.
    by_owner TEXT,
    PRIMARY KEY (erasure_id, number),
    CHECK (what <> 'stay' OR reason IS NOT NULL)
) STRICT;

-- The journal: a row is made before a source is touched, and ended when what became of it is known.
CREATE TABLE erasure_runs (
    erasure_id TEXT NOT NULL REFERENCES erasures (id),
    dataset TEXT NOT NULL,
    begun_at TEXT NOT NULL CHECK (begun_at GLOB '????-??-?? ??:??:??*'),
    ended_at TEXT CHECK (ended_at GLOB '????-??-?? ??:??:??*'),
    outcome TEXT CHECK (outcome IN ('made', 'stands', 'differs', 'refused')),
    done INTEGER NOT NULL,
    already INTEGER NOT NULL,
    PRIMARY KEY (erasure_id, dataset)
) STRICT;

-- Addresses that must not come back into a list, as keyed hashes.
CREATE TABLE suppressions (
    list TEXT NOT NULL,
    hash TEXT NOT NULL,
    case_id TEXT REFERENCES cases (id),
    made_at TEXT NOT NULL CHECK (made_at GLOB '????-??-?? ??:??:??*'),
    PRIMARY KEY (list, hash)
) STRICT;

-- The records that a notice tells of, where it tells of no single correction.
ALTER TABLE recipient_notices ADD COLUMN records TEXT;

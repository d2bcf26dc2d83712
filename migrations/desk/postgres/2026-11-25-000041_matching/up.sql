-- What caseworkers say of the person's records and identifiers; a step of the review each, and undone like one.

-- A record is the person's, or is about somebody else.
CREATE TABLE match_rulings (
    step_id TEXT NOT NULL REFERENCES review_steps (id),
    n BIGINT NOT NULL,
    case_id TEXT NOT NULL REFERENCES cases (id),
    record TEXT NOT NULL,
    ruling TEXT NOT NULL CHECK (ruling IN ('theirs', 'not_theirs')),
    reason TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    ended_step TEXT REFERENCES review_steps (id),
    PRIMARY KEY (step_id, n)
);
CREATE UNIQUE INDEX match_rulings_live ON match_rulings (case_id, record) WHERE ended_step IS NULL;
CREATE INDEX match_rulings_ended ON match_rulings (ended_step);

-- A former name, another e-mail address, a number: the gather goes on from it as from a verified identifier. `alias` is the
-- kind and the normal form.
CREATE TABLE confirmed_identifiers (
    step_id TEXT NOT NULL REFERENCES review_steps (id),
    n BIGINT NOT NULL,
    case_id TEXT NOT NULL REFERENCES cases (id),
    alias TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'name', 'date_of_birth', 'postcode', 'address')),
    value TEXT NOT NULL,
    record TEXT,
    reason TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    ended_step TEXT REFERENCES review_steps (id),
    PRIMARY KEY (step_id, n)
);
CREATE UNIQUE INDEX confirmed_identifiers_live ON confirmed_identifiers (case_id, alias) WHERE ended_step IS NULL;
CREATE INDEX confirmed_identifiers_ended ON confirmed_identifiers (ended_step);

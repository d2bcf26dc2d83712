-- The caseworker's desk: what colleagues write beside a case, which cases belong together, filters kept by name, and the
-- order of the queue.

CREATE TABLE case_notes (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    note TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL
);
CREATE INDEX case_notes_case ON case_notes (case_id);

CREATE TABLE case_tasks (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    task TEXT NOT NULL,
    due_on DATE,
    made_by TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    done_by TEXT,
    done_at TIMESTAMP
);
CREATE INDEX case_tasks_case ON case_tasks (case_id);

-- Two cases of one person, or one request that came twice. The case with the smaller identifier stands first.
CREATE TABLE related_cases (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    other_id TEXT NOT NULL REFERENCES cases (id),
    why TEXT NOT NULL CHECK (why IN ('same_person', 'duplicate', 'different_person')),
    made_by TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    ended_by TEXT,
    ended_at TIMESTAMP,
    CHECK (case_id < other_id)
);
CREATE UNIQUE INDEX related_cases_pair ON related_cases (case_id, other_id) WHERE ended_at IS NULL;
CREATE INDEX related_cases_other ON related_cases (other_id);

CREATE TABLE saved_filters (
    id TEXT NOT NULL PRIMARY KEY,
    owner_id TEXT NOT NULL REFERENCES staff_users (id),
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX saved_filters_name ON saved_filters (owner_id, name);

CREATE INDEX cases_queue ON cases (stage, assignee_id, due_on, missed_on);

-- What the sources' databases look like, and what has come between them and the data map.

CREATE TABLE seen_columns (
    dataset TEXT NOT NULL,
    table_name TEXT NOT NULL,
    column_name TEXT NOT NULL,
    type_name TEXT NOT NULL,
    PRIMARY KEY (dataset, table_name, column_name)
) STRICT;

-- column_name is empty where it is the whole table. What is waived stays, so that it is not found again.
CREATE TABLE drifts (
    id TEXT NOT NULL PRIMARY KEY,
    dataset TEXT NOT NULL,
    table_name TEXT NOT NULL,
    column_name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('gone', 'changed', 'personal', 'new')),
    detail TEXT NOT NULL,
    found_at TEXT NOT NULL CHECK (found_at GLOB '????-??-?? ??:??:??*'),
    ended_at TEXT CHECK (ended_at GLOB '????-??-?? ??:??:??*'),
    waived_at TEXT CHECK (waived_at GLOB '????-??-?? ??:??:??*'),
    waived_by TEXT,
    waive_reason TEXT,
    CHECK ((waived_at IS NULL) = (waived_by IS NULL) AND (waived_at IS NULL) = (waive_reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX drifts_open ON drifts (dataset, table_name, column_name, kind) WHERE ended_at IS NULL;

-- What the operator's monitoring counts across processes and restarts: no case, no person.
CREATE TABLE tallies (
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (name, label)
) STRICT, WITHOUT ROWID;

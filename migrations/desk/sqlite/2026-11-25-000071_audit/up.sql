-- Where something was done from, and in which canonical form an entry was hashed: those of before are in the first.
ALTER TABLE audit_events ADD COLUMN form INTEGER NOT NULL DEFAULT 1;
ALTER TABLE audit_events ADD COLUMN origin TEXT;
CREATE INDEX audit_events_at ON audit_events (at);
CREATE INDEX audit_events_actor ON audit_events (actor, seq);

-- Signed statements about the trail; each also lies in a file, and where else the operator sends it.
CREATE TABLE audit_anchors (
    seq INTEGER NOT NULL PRIMARY KEY,
    chain TEXT NOT NULL,
    hash TEXT NOT NULL,
    at TEXT NOT NULL CHECK (at GLOB '????-??-?? ??:??:??*'),
    key TEXT NOT NULL,
    signature TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_anchors_no_update BEFORE UPDATE ON audit_anchors
BEGIN
    SELECT RAISE(ABORT, 'an anchor cannot be changed');
END;
CREATE TRIGGER audit_anchors_no_delete BEFORE DELETE ON audit_anchors
BEGIN
    SELECT RAISE(ABORT, 'an anchor cannot be changed');
END;

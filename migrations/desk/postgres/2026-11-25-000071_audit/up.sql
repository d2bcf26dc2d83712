-- Where something was done from, and in which canonical form an entry was hashed: those of before are in the first.
ALTER TABLE audit_events ADD COLUMN form BIGINT NOT NULL DEFAULT 1;
ALTER TABLE audit_events ADD COLUMN origin TEXT;
CREATE INDEX audit_events_at ON audit_events (at);
CREATE INDEX audit_events_actor ON audit_events (actor, seq);

-- Signed statements about the trail; each also lies in a file, and where else the operator sends it.
CREATE TABLE audit_anchors (
    seq BIGINT NOT NULL PRIMARY KEY,
    chain TEXT NOT NULL,
    hash TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    key TEXT NOT NULL,
    signature TEXT NOT NULL
);
CREATE FUNCTION audit_anchors_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an anchor cannot be changed';
END
$$;
CREATE TRIGGER audit_anchors_no_change BEFORE UPDATE OR DELETE ON audit_anchors
    FOR EACH ROW EXECUTE FUNCTION audit_anchors_refuse();
CREATE TRIGGER audit_anchors_no_truncate BEFORE TRUNCATE ON audit_anchors
    FOR EACH STATEMENT EXECUTE FUNCTION audit_anchors_refuse();

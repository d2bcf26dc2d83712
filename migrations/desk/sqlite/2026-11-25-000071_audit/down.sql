DROP TABLE audit_anchors;
DROP INDEX audit_events_actor;
DROP INDEX audit_events_at;
ALTER TABLE audit_events DROP COLUMN origin;
ALTER TABLE audit_events DROP COLUMN form;

DROP TABLE standing_rules;
DROP TABLE review_comments;
DROP TABLE sign_offs;
DROP TABLE warning_answers;
DROP TABLE suggestion_rejections;
DROP TABLE redactions;
-- The earlier version knows what counts now, and no history; to it an exemption is an exclusion with a code.
ALTER TABLE record_decisions RENAME TO record_decisions_after;
CREATE TABLE record_decisions (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    record TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('include', 'exclude')),
    code TEXT,
    reason TEXT,
    decided_by TEXT NOT NULL REFERENCES staff_users (id),
    decided_at TIMESTAMP NOT NULL
);
INSERT INTO record_decisions (id, case_id, record, decision, code, reason, decided_by, decided_at)
SELECT step_id || '-' || n, case_id, record, CASE decision WHEN 'exempt' THEN 'exclude' ELSE decision END, code, reason,
       decided_by, decided_at
FROM record_decisions_after WHERE ended_step IS NULL;
DROP TABLE record_decisions_after;
CREATE UNIQUE INDEX record_decisions_record ON record_decisions (case_id, record);
DROP TABLE opinions;
DROP TABLE review_steps;

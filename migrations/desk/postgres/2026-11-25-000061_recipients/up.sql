-- Telling recipients what was corrected, erased or restricted (UK GDPR Art. 19): one row for each recipient of each thing.
CREATE TABLE recipient_notices (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    correction_id TEXT REFERENCES corrections (id),
    kind TEXT NOT NULL CHECK (kind IN ('rectification', 'erasure', 'restriction')),
    about TEXT NOT NULL,
    recipient TEXT NOT NULL,
    email TEXT,
    state TEXT NOT NULL CHECK (state IN ('due', 'sent', 'acknowledged', 'waived')),
    made_at TIMESTAMP NOT NULL,
    sent_at TIMESTAMP,
    acknowledged_at TIMESTAMP,
    note TEXT,
    noted_by TEXT NOT NULL,
    -- Nobody is left out without a reason.
    CHECK (state <> 'waived' OR note IS NOT NULL)
);
CREATE INDEX recipient_notices_case ON recipient_notices (case_id);

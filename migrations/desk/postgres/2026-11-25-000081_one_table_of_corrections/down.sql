CREATE TABLE correction_requests (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    dataset TEXT NOT NULL,
    collection TEXT NOT NULL,
    record TEXT NOT NULL,
    field TEXT NOT NULL,
    says TEXT NOT NULL,
    should_say TEXT NOT NULL,
    why TEXT,
    asked_at TIMESTAMP NOT NULL
);
CREATE INDEX correction_requests_of_case ON correction_requests (case_id, id);

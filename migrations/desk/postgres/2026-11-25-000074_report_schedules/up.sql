-- A report that is sent by e-mail when its period has ended. sent_to is the last day of the last period that was queued.
CREATE TABLE report_schedules (
    id TEXT NOT NULL PRIMARY KEY,
    report TEXT NOT NULL,
    every TEXT NOT NULL,
    basis TEXT NOT NULL,
    format TEXT NOT NULL,
    emails TEXT NOT NULL,
    sent_to DATE NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT NOT NULL,
    ended_at TIMESTAMP
);

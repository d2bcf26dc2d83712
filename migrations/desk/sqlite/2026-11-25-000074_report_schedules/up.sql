-- A report that is sent by e-mail when its period has ended. sent_to is the last day of the last period that was queued.
CREATE TABLE report_schedules (
    id TEXT NOT NULL PRIMARY KEY,
    report TEXT NOT NULL,
    every TEXT NOT NULL,
    basis TEXT NOT NULL,
    format TEXT NOT NULL,
    emails TEXT NOT NULL,
    sent_to TEXT NOT NULL CHECK (sent_to GLOB '????-??-??'),
    created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-?? ??:??:??*'),
    created_by TEXT NOT NULL,
    ended_at TEXT CHECK (ended_at GLOB '????-??-?? ??:??:??*')
) STRICT;

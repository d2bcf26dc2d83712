-- A second factor at sign-in: the secret of an authenticator app, sealed under the desk's own secret, and codes for who
-- has lost the app, each as a keyed hash and good once.

CREATE TABLE staff_factors (
    user_id TEXT NOT NULL PRIMARY KEY REFERENCES staff_users (id),
    sealed TEXT NOT NULL,
    made_at TEXT NOT NULL CHECK (made_at GLOB '????-??-?? ??:??:??*'),
    confirmed_at TEXT CHECK (confirmed_at GLOB '????-??-?? ??:??:??*'),
    last_step INTEGER
) STRICT;

CREATE TABLE recovery_codes (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES staff_users (id),
    code_hash TEXT NOT NULL,
    made_at TEXT NOT NULL CHECK (made_at GLOB '????-??-?? ??:??:??*'),
    used_at TEXT CHECK (used_at GLOB '????-??-?? ??:??:??*')
) STRICT;
CREATE INDEX recovery_codes_user ON recovery_codes (user_id);

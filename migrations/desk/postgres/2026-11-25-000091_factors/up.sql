-- A second factor at sign-in: the secret of an authenticator app, sealed under the desk's own secret, and codes for who
-- has lost the app, each as a keyed hash and good once.

CREATE TABLE staff_factors (
    user_id TEXT NOT NULL PRIMARY KEY REFERENCES staff_users (id),
    sealed TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    confirmed_at TIMESTAMP,
    last_step BIGINT
);

CREATE TABLE recovery_codes (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES staff_users (id),
    code_hash TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);
CREATE INDEX recovery_codes_user ON recovery_codes (user_id);

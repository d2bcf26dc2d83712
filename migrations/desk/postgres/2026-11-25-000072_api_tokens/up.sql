-- A long-lived token of the API, for a program that works in the name of a member of staff. Kept as its hash alone.
CREATE TABLE api_tokens (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES staff_users (id),
    name TEXT NOT NULL,
    role TEXT,
    token_hash TEXT NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP,
    used_on DATE
);
CREATE INDEX api_tokens_user ON api_tokens (user_id);

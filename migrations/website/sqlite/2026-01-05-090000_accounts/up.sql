-- STRICT keeps each column to its type; the CHECKs keep dates to ISO 8601 (instants in UTC), truth values to 0 and 1
-- and money to an exact decimal text, since SQLite has no type of its own for any of them.
CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    phone TEXT,
    job_title TEXT,
    employer TEXT,
    password_hash TEXT NOT NULL,
    created_at TEXT NOT NULL CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%SZ', created_at)),
    last_login_at TEXT CHECK (last_login_at IS NULL OR last_login_at IS strftime('%Y-%m-%dT%H:%M:%SZ', last_login_at)),
    locked INTEGER NOT NULL CHECK (locked IN (0, 1))
) STRICT;

-- A choice or a view belongs to a signed-in account or to an anonymous visitor, never to both: an anonymous visit is
-- not joined to a person afterwards.
CREATE TABLE cookie_choices (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    account_id INTEGER REFERENCES accounts (id) ON DELETE CASCADE,
    visitor_key TEXT,
    functional INTEGER NOT NULL CHECK (functional IN (0, 1)),
    analytics INTEGER NOT NULL CHECK (analytics IN (0, 1)),
    marketing INTEGER NOT NULL CHECK (marketing IN (0, 1)),
    banner_version INTEGER NOT NULL,
    chosen_at TEXT NOT NULL CHECK (chosen_at IS strftime('%Y-%m-%dT%H:%M:%SZ', chosen_at)),
    user_agent TEXT,
    CHECK ((account_id IS NULL) <> (visitor_key IS NULL))
) STRICT;
CREATE INDEX cookie_choices_account ON cookie_choices (account_id);

CREATE TABLE page_views (
    id INTEGER PRIMARY KEY,
    account_id INTEGER REFERENCES accounts (id) ON DELETE CASCADE,
    visitor_key TEXT,
    path TEXT NOT NULL,
    referrer TEXT,
    viewed_at TEXT NOT NULL CHECK (viewed_at IS strftime('%Y-%m-%dT%H:%M:%fZ', viewed_at)),
    seconds_on_page REAL,
    CHECK ((account_id IS NULL) <> (visitor_key IS NULL))
) STRICT;
CREATE INDEX page_views_account ON page_views (account_id);

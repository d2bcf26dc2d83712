-- STRICT keeps each column to its type; the CHECKs keep dates to ISO 8601 (instants in UTC), truth values to 0 and 1
-- and money to an exact decimal text, since SQLite has no type of its own for any of them.
CREATE TABLE newsletter_subscriptions (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL,
    name TEXT,
    organisation TEXT,
    topics TEXT NOT NULL CHECK (json_valid(topics)),
    consent_given INTEGER NOT NULL CHECK (consent_given IN (0, 1)),
    consent_at TEXT CHECK (consent_at IS NULL OR consent_at IS strftime('%Y-%m-%dT%H:%M:%SZ', consent_at)),
    consent_method TEXT,
    consent_ip TEXT,
    unsubscribed_at TEXT CHECK (unsubscribed_at IS NULL OR unsubscribed_at IS strftime('%Y-%m-%dT%H:%M:%SZ', unsubscribed_at)),
    unsubscribe_reason TEXT
) STRICT;
CREATE INDEX newsletter_subscriptions_email ON newsletter_subscriptions (email);

CREATE TABLE newsletter_deliveries (
    id INTEGER PRIMARY KEY,
    subscription_id INTEGER NOT NULL REFERENCES newsletter_subscriptions (id) ON DELETE CASCADE,
    issue_on TEXT NOT NULL CHECK (issue_on IS strftime('%Y-%m-%d', issue_on)),
    subject TEXT NOT NULL,
    sent_at TEXT NOT NULL CHECK (sent_at IS strftime('%Y-%m-%dT%H:%M:%SZ', sent_at)),
    opened_at TEXT CHECK (opened_at IS NULL OR opened_at IS strftime('%Y-%m-%dT%H:%M:%SZ', opened_at)),
    bounced INTEGER NOT NULL CHECK (bounced IN (0, 1)),
    UNIQUE (subscription_id, issue_on)
) STRICT;

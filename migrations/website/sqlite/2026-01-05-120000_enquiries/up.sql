-- STRICT keeps each column to its type; the CHECKs keep dates to ISO 8601 (instants in UTC), truth values to 0 and 1
-- and money to an exact decimal text, since SQLite has no type of its own for any of them.
CREATE TABLE enquiries (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    subject TEXT,
    message TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('new', 'open', 'answered', 'closed', 'spam')),
    received_at TEXT NOT NULL CHECK (received_at IS strftime('%Y-%m-%dT%H:%M:%SZ', received_at)),
    closed_at TEXT CHECK (closed_at IS NULL OR closed_at IS strftime('%Y-%m-%dT%H:%M:%SZ', closed_at))
) STRICT;
CREATE INDEX enquiries_email ON enquiries (email);

-- author is the member of staff; an internal reply is a note to colleagues that was never sent.
CREATE TABLE enquiry_replies (
    id INTEGER PRIMARY KEY,
    enquiry_id INTEGER NOT NULL REFERENCES enquiries (id) ON DELETE CASCADE,
    author TEXT NOT NULL,
    body TEXT NOT NULL,
    internal INTEGER NOT NULL CHECK (internal IN (0, 1)),
    written_at TEXT NOT NULL CHECK (written_at IS strftime('%Y-%m-%dT%H:%M:%SZ', written_at))
) STRICT;
CREATE INDEX enquiry_replies_enquiry ON enquiry_replies (enquiry_id);

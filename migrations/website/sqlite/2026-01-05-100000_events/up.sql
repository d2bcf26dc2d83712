-- STRICT keeps each column to its type; the CHECKs keep dates to ISO 8601 (instants in UTC), truth values to 0 and 1
-- and money to an exact decimal text, since SQLite has no type of its own for any of them.
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('course', 'webinar', 'briefing', 'conference')),
    summary TEXT,
    venue TEXT,
    online INTEGER NOT NULL CHECK (online IN (0, 1)),
    starts_at TEXT NOT NULL CHECK (starts_at IS strftime('%Y-%m-%dT%H:%M:%SZ', starts_at)),
    ends_at TEXT NOT NULL CHECK (ends_at IS strftime('%Y-%m-%dT%H:%M:%SZ', ends_at)),
    capacity INTEGER,
    fee TEXT NOT NULL CHECK (fee GLOB '*[0-9].[0-9][0-9]' AND fee NOT GLOB '*[^0-9.]*'),
    published_on TEXT NOT NULL CHECK (published_on IS strftime('%Y-%m-%d', published_on)),
    CHECK (ends_at > starts_at)
) STRICT;

-- booked_by is the e-mail address of a colleague who made the booking; null where the attendee did. An attendee
-- without an e-mail address of their own was always booked by somebody else.
CREATE TABLE event_bookings (
    id INTEGER PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events (id),
    reference TEXT NOT NULL UNIQUE CHECK (length(reference) = 36),
    attendee_name TEXT NOT NULL,
    job_title TEXT,
    employer TEXT,
    email TEXT,
    phone TEXT,
    dietary_needs TEXT,
    access_needs TEXT,
    attended INTEGER CHECK (attended IN (0, 1)),
    cpd_hours REAL,
    rating INTEGER CHECK (rating BETWEEN 1 AND 5),
    feedback TEXT,
    fee_paid TEXT CHECK (fee_paid GLOB '*[0-9].[0-9][0-9]' AND fee_paid NOT GLOB '*[^0-9.]*'),
    booked_by TEXT,
    booked_at TEXT NOT NULL CHECK (booked_at IS strftime('%Y-%m-%dT%H:%M:%SZ', booked_at)),
    cancelled_on TEXT CHECK (cancelled_on IS NULL OR cancelled_on IS strftime('%Y-%m-%d', cancelled_on)),
    CHECK (email IS NOT NULL OR booked_by IS NOT NULL)
) STRICT;
CREATE INDEX event_bookings_event ON event_bookings (event_id);
CREATE INDEX event_bookings_email ON event_bookings (email);

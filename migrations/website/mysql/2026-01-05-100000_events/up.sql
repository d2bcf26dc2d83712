-- Instants are UTC. utf8mb4 keeps every script and emoji.
CREATE TABLE events (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    code VARCHAR(40) NOT NULL,
    title VARCHAR(300) NOT NULL,
    kind VARCHAR(20) NOT NULL,
    summary TEXT,
    venue VARCHAR(300),
    online BOOLEAN NOT NULL,
    starts_at DATETIME NOT NULL,
    ends_at DATETIME NOT NULL,
    capacity INT,
    fee DECIMAL(8, 2) NOT NULL,
    published_on DATE NOT NULL,
    UNIQUE KEY events_code (code),
    CONSTRAINT events_kind CHECK (kind IN ('course', 'webinar', 'briefing', 'conference')),
    CONSTRAINT events_span CHECK (ends_at > starts_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- booked_by is the e-mail address of a colleague who made the booking; null where the attendee did. An attendee
-- without an e-mail address of their own was always booked by somebody else.
CREATE TABLE event_bookings (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    event_id BIGINT NOT NULL,
    reference CHAR(36) NOT NULL,
    attendee_name VARCHAR(200) NOT NULL,
    job_title VARCHAR(200),
    employer VARCHAR(200),
    email VARCHAR(254),
    phone VARCHAR(40),
    dietary_needs TEXT,
    access_needs TEXT,
    attended BOOLEAN,
    cpd_hours DOUBLE,
    rating SMALLINT,
    feedback TEXT,
    fee_paid DECIMAL(8, 2),
    booked_by VARCHAR(254),
    booked_at DATETIME NOT NULL,
    cancelled_on DATE,
    UNIQUE KEY event_bookings_reference (reference),
    KEY event_bookings_email (email),
    CONSTRAINT event_bookings_rating CHECK (rating BETWEEN 1 AND 5),
    CONSTRAINT event_bookings_whose CHECK (email IS NOT NULL OR booked_by IS NOT NULL),
    CONSTRAINT event_bookings_event FOREIGN KEY (event_id) REFERENCES events (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

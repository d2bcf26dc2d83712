-- Instants are UTC. utf8mb4 keeps every script and emoji.
CREATE TABLE enquiries (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(200) NOT NULL,
    email VARCHAR(254),
    phone VARCHAR(40),
    subject VARCHAR(300),
    message TEXT NOT NULL,
    status VARCHAR(20) NOT NULL,
    received_at DATETIME NOT NULL,
    closed_at DATETIME,
    KEY enquiries_email (email),
    CONSTRAINT enquiries_status CHECK (status IN ('new', 'open', 'answered', 'closed', 'spam'))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- author is the member of staff; an internal reply is a note to colleagues that was never sent.
CREATE TABLE enquiry_replies (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    enquiry_id BIGINT NOT NULL,
    author VARCHAR(200) NOT NULL,
    body TEXT NOT NULL,
    internal BOOLEAN NOT NULL,
    written_at DATETIME NOT NULL,
    CONSTRAINT enquiry_replies_enquiry FOREIGN KEY (enquiry_id) REFERENCES enquiries (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- Instants are UTC. utf8mb4 keeps every script and emoji.
CREATE TABLE accounts (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    email VARCHAR(254) NOT NULL,
    display_name VARCHAR(200) NOT NULL,
    phone VARCHAR(40),
    job_title VARCHAR(200),
    employer VARCHAR(200),
    password_hash VARCHAR(255) NOT NULL,
    created_at DATETIME NOT NULL,
    last_login_at DATETIME,
    locked BOOLEAN NOT NULL,
    UNIQUE KEY accounts_email (email)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- A choice or a view belongs to a signed-in account or to an anonymous visitor, never to both: an anonymous visit is
-- not joined to a person afterwards.
CREATE TABLE cookie_choices (
    id CHAR(36) NOT NULL PRIMARY KEY,
    account_id BIGINT,
    visitor_key VARCHAR(64),
    functional BOOLEAN NOT NULL,
    analytics BOOLEAN NOT NULL,
    marketing BOOLEAN NOT NULL,
    banner_version INT NOT NULL,
    chosen_at DATETIME NOT NULL,
    user_agent VARCHAR(400),
    CONSTRAINT cookie_choices_whose CHECK ((account_id IS NULL) <> (visitor_key IS NULL)),
    CONSTRAINT cookie_choices_account FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE page_views (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    account_id BIGINT,
    visitor_key VARCHAR(64),
    path VARCHAR(400) NOT NULL,
    referrer VARCHAR(400),
    viewed_at DATETIME(3) NOT NULL,
    seconds_on_page DOUBLE,
    CONSTRAINT page_views_whose CHECK ((account_id IS NULL) <> (visitor_key IS NULL)),
    CONSTRAINT page_views_account FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- Instants are UTC. utf8mb4 keeps every script and emoji.
CREATE TABLE newsletter_subscriptions (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    email VARCHAR(254) NOT NULL,
    name VARCHAR(200),
    organisation VARCHAR(200),
    topics TEXT NOT NULL,
    consent_given BOOLEAN NOT NULL,
    consent_at DATETIME,
    consent_method VARCHAR(100),
    consent_ip VARCHAR(45),
    unsubscribed_at DATETIME,
    unsubscribe_reason TEXT,
    KEY newsletter_subscriptions_email (email),
    CONSTRAINT newsletter_subscriptions_topics CHECK (JSON_VALID(topics))
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE newsletter_deliveries (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    subscription_id BIGINT NOT NULL,
    issue_on DATE NOT NULL,
    subject VARCHAR(300) NOT NULL,
    sent_at DATETIME NOT NULL,
    opened_at DATETIME,
    bounced BOOLEAN NOT NULL,
    UNIQUE KEY newsletter_deliveries_issue (subscription_id, issue_on),
    CONSTRAINT newsletter_deliveries_subscription FOREIGN KEY (subscription_id)
        REFERENCES newsletter_subscriptions (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

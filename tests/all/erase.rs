//! Erasing: from the plan to the answer, on every kind of source, through crashes, lost connections, edits by others and
//! databases that refuse.

mod acts;
mod broken;
mod pages;

use serde_json::{Value, json};

use crate::gather::place::Kind;
use crate::harness::Backend;
use crate::rectify::{Corrected, Site};

pub const MAP: &str = r#"
dataset:
  - fides_key: site
    name: Site
    rightsdesk: {label: Our website, recipients: [{name: The printer, email: privacy@printer.example}, The team]}
    collections:
      - name: accounts
        rightsdesk: {label: Your account, owner: email, match: {email: [email]}, on_erasure: delete}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, fides_meta: {identity: email}, rightsdesk: {on_erasure: hash}}
          - {name: full_name, rightsdesk: {label: Your name}}
          - {name: born, rightsdesk: {label: Your date of birth, on_erasure: generalise}}
          - {name: secret, rightsdesk: {disclose: never}}
      - name: bookings
        rightsdesk: {label: Your bookings, on_erasure: anonymise, keep_because: We count how many people came.}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - name: account_id
            fides_meta: {references: [{dataset: site, field: accounts.id, direction: from}]}
          - {name: contact, rightsdesk: {label: Who to ring, on_erasure: {fixed: (erased)}}}
          - {name: needs, rightsdesk: {label: What you need}}
          - {name: places, data_categories: [system.operations]}
      - name: payments
        rightsdesk: {label: What you paid, on_erasure: keep, keep_because: The law on accounts has us keep it for six years.}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - name: booking_id
            fides_meta: {references: [{dataset: site, field: bookings.id, direction: from}]}
          - {name: amount}
      - name: notes
        rightsdesk: {label: Notes, on_erasure: delete}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - name: account_id
            fides_meta: {references: [{dataset: site, field: accounts.id, direction: from}]}
          - {name: parent_id}
          - {name: body}
      - name: letters
        rightsdesk: {label: Your newsletter, owner: email, match: {email: [email]}, on_erasure: delete, suppress: email}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, fides_meta: {identity: email}}
"#;

pub const ROWS: &str = r#"
CREATE TABLE accounts (id INTEGER PRIMARY KEY, email VARCHAR(100) NOT NULL UNIQUE, full_name VARCHAR(40), born DATE,
  secret VARCHAR(40));
INSERT INTO accounts VALUES (1, 'ann@example.org', 'Ann Leigh', '1990-05-31', 'annspassword'),
  (2, 'bob@example.org', 'Bob Bobson', '1980-05-05', 'bobspassword'), (3, 'cara@example.org', 'Cara Cole', NULL, NULL);
CREATE TABLE bookings (id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, contact VARCHAR(40), needs VARCHAR(40),
  places INTEGER, FOREIGN KEY (account_id) REFERENCES accounts (id));
INSERT INTO bookings VALUES (10, 1, 'Ann Leigh', 'a ramp for Ann', 2), (11, 1, NULL, NULL, 1), (12, 2, 'Bob Bobson', 'tea', 3);
CREATE TABLE payments (id INTEGER PRIMARY KEY, booking_id INTEGER NOT NULL, amount VARCHAR(10),
  FOREIGN KEY (booking_id) REFERENCES bookings (id));
INSERT INTO payments VALUES (100, 10, '12.50'), (102, 12, '7.00');
CREATE TABLE notes (id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, parent_id INTEGER, body VARCHAR(60),
  FOREIGN KEY (account_id) REFERENCES accounts (id), FOREIGN KEY (parent_id) REFERENCES notes (id));
INSERT INTO notes VALUES (50, 1, NULL, 'Ann rang'), (51, 1, 50, 'Ann rang again'), (52, 1, 51, 'and again'),
  (53, 2, NULL, 'Bob rang'), (54, 3, NULL, 'Cara rang');
CREATE TABLE letters (id INTEGER PRIMARY KEY, email VARCHAR(100));
INSERT INTO letters VALUES (70, 'Ann@example.org'), (71, 'bob@example.org');
"#;

pub const TABLES: [&str; 5] = ["accounts", "bookings", "payments", "notes", "letters"];

/// Everything that the source holds, as text.
pub fn everything(desk: &Corrected) -> String {
    let columns = [
        ("accounts", "id, email, full_name, born, secret"),
        ("bookings", "id, account_id, contact, needs, places"),
        ("payments", "id, booking_id, amount"),
        ("notes", "id, account_id, parent_id, body"),
        ("letters", "id, email"),
    ];
    let mut lines = Vec::new();
    for (table, names) in columns {
        for name in names.split(", ") {
            let text = format!("SELECT COALESCE(CAST({name} AS TEXT), 'NULL') AS value FROM {table} ORDER BY id");
            lines.push(format!("{table}.{name}: {}", desk.site.place.values(&text).join(" | ")));
        }
    }
    lines.join("\n")
}

pub fn erased(backend: Backend, kind: Kind) -> Corrected {
    Corrected::at(backend, Site::of(kind, ROWS, &TABLES), "erasure", |_| {}, MAP)
}

/// Plans; its path and detail.
pub fn planned(desk: &Corrected) -> (String, Value) {
    let detail = desk.change("erasures", &json!({})).expect(201);
    (format!("erasures/{}", detail["erasure"].as_str().unwrap()), detail)
}

/// Planned and signed.
pub fn signed(desk: &Corrected) -> String {
    let (path, detail) = planned(desk);
    assert!(detail["tried"].is_null(), "{detail}");
    desk.approver(&format!("{path}/signature"), &json!({})).expect(200);
    path
}

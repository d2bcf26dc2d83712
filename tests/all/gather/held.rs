//! Whose row it is, and what waits for a person.

use rightsdesk::bundle::{RecordSource, Status};
use rightsdesk::files::spool::{Decision, Rules};

use super::place::{EVERY, Kind, Place, by_email, gathered, map};

/// Undirected references: the worst case for other people's rows.
fn site(owner: &str) -> String {
    format!(
        "
dataset:
  - fides_key: site
    collections:
      - name: events
        fields:
          - {{name: id}}
          - {{name: title}}
      - name: bookings
        rightsdesk: {{{owner} match: {{email: [email, booked_by]}}}}
        fields:
          - {{name: id}}
          - {{name: event_id, fides_meta: {{references: [{{dataset: site, field: events.id}}]}}}}
          - {{name: email}}
          - {{name: booked_by, rightsdesk: {{label: Who booked, disclose: review}}}}
      - name: certificates
        fields:
          - {{name: id}}
          - {{name: booking_id, fides_meta: {{references: [{{dataset: site, field: bookings.id}}]}}}}
"
    )
}

const TABLES: &str = "
CREATE TABLE events (id INTEGER PRIMARY KEY, title TEXT);
CREATE TABLE bookings (id INTEGER PRIMARY KEY, event_id INTEGER, email TEXT, booked_by TEXT);
CREATE TABLE certificates (id INTEGER PRIMARY KEY, booking_id INTEGER);
INSERT INTO events VALUES (1, 'First aid'), (2, 'Safeguarding');
INSERT INTO bookings VALUES (1, 1, 'ann@example.org', NULL), (2, 1, 'bob@example.org', NULL),
  (3, 2, 'cem@example.org', 'ANN@example.org '), (4, 1, 'ann@example.org', 'dee@example.org'),
  (5, 1, 'ann@example.org', 'Ann@example.org');
INSERT INTO certificates VALUES (1, 1), (2, 2), (3, 3);
";

fn ann(kind: Kind, owner: &str) -> super::place::Gathered {
    let place = Place::new(kind, TABLES);
    gathered(&map(&site(owner)), &[place.source("site")], &by_email("ann@example.org"))
}

#[test]
fn a_shared_parent_does_not_bring_in_its_other_children() {
    for kind in EVERY {
        let found = ann(kind, "");
        let all: Vec<String> = found.standings().into_keys().collect();
        assert_eq!(
            all,
            [
                "bookings/1",
                "bookings/3",
                "bookings/4",
                "bookings/5",
                "certificates/1",
                "certificates/3",
                "events/1",
                "events/2"
            ],
            "{kind:?}: the booking of Bob at the same event must not be there"
        );
    }
}

#[test]
fn a_row_of_somebody_else_is_held_and_nothing_is_followed_from_it() {
    for kind in EVERY {
        let found = ann(kind, "owner: email,");
        let standings = found.standings();
        assert_eq!(standings["bookings/3"], "held for review: the record belongs to somebody else", "{kind:?}");
        assert!(!standings.contains_key("certificates/3"), "{kind:?}: the certificate of Cem's booking");
        assert!(!standings.contains_key("events/2"), "{kind:?}: the event of Cem's booking");
        assert_eq!(standings["certificates/1"], "disclose");
        let report = found.report("bookings");
        assert_eq!((report.status, report.found, report.disclosed), (Status::Found, 4, 2));
    }
}

#[test]
fn a_field_to_be_looked_at_holds_its_record_unless_it_is_the_persons_own_address() {
    for kind in EVERY {
        let standings = ann(kind, "owner: email,").standings();
        assert_eq!(standings["bookings/1"], "disclose", "{kind:?}: the field is NULL");
        assert_eq!(standings["bookings/5"], "disclose", "{kind:?}: her own address in another writing");
        assert_eq!(standings["bookings/4"], "held for review: a person looks at \u{201c}Who booked\u{201d} first");
    }
}

#[test]
fn include_review_frees_what_waits_and_never_a_row_of_somebody_else() {
    let found = ann(Kind::Sqlite, "owner: email,");
    let rules = Rules { include_review: true, include_possible: true, ..Rules::default() };
    let ids: Vec<String> = found.disclosed(rules)["bookings"].iter().map(|(id, ..)| id.clone()).collect();
    assert_eq!(ids, ["bookings/1", "bookings/4", "bookings/5"]);
}

#[test]
fn a_decision_goes_before_every_rule_and_is_counted() {
    let found = ann(Kind::Sqlite, "owner: email,");
    let decisions = [
        ("bookings/3".to_owned(), Decision::Include),
        (
            "bookings/1".to_owned(),
            Decision::Exclude { reason: "withheld: legal advice".into(), code: Some("LPP".into()) },
        ),
    ];
    let decided = found.spool.with_decisions(decisions.into()).unwrap();
    let report = decided.collections().iter().find(|r| r.collection == "bookings").unwrap();
    assert_eq!((report.found, report.disclosed), (4, 2));
    let withheld: Vec<_> = report.withheld.iter().map(|w| (w.reason.as_str(), w.code.as_deref(), w.count)).collect();
    assert_eq!(
        withheld,
        [
            ("held for review: a person looks at \u{201c}Who booked\u{201d} first", None, 1),
            ("withheld: legal advice", Some("LPP"), 1)
        ]
    );
    let mut ids = Vec::new();
    decided
        .replay(1, &mut |record| {
            ids.push(record.id.clone());
            Ok(())
        })
        .unwrap();
    assert_eq!(ids, ["bookings/3", "bookings/5"]);
}

#[test]
fn a_row_that_does_not_say_whose_it_is_is_held_unless_an_identifier_found_it() {
    let map_text = "
dataset:
  - fides_key: site
    collections:
      - name: accounts
        rightsdesk: {match: {email: email}}
        fields: [{name: id}, {name: email}]
      - name: notes
        rightsdesk: {owner: author, match: {email: about}}
        fields:
          - {name: id}
          - {name: author}
          - {name: about}
          - {name: account_id, fides_meta: {references: [{dataset: site, field: accounts.id, direction: from}]}}
";
    for kind in EVERY {
        let place = Place::new(
            kind,
            "CREATE TABLE accounts (id INTEGER PRIMARY KEY, email TEXT);
             CREATE TABLE notes (id INTEGER PRIMARY KEY, author TEXT, about TEXT, account_id INTEGER);
             INSERT INTO accounts VALUES (1, 'ann@example.org');
             INSERT INTO notes VALUES (1, NULL, NULL, 1), (2, '  ', 'ann@example.org', NULL), (3, '', 'ann@example.org', 1),
               (4, 'ANN@example.org', NULL, 1), (5, 'bob@example.org', 'ann@example.org', 1)",
        );
        let found = gathered(&map(map_text), &[place.source("site")], &by_email("ann@example.org"));
        let standings = found.standings();
        assert_eq!(standings["notes/1"], "held for review: the record does not say whose it is", "{kind:?}");
        assert_eq!(standings["notes/2"], "disclose");
        assert_eq!(standings["notes/3"], "disclose");
        assert_eq!(standings["notes/4"], "disclose");
        assert_eq!(standings["notes/5"], "held for review: the record belongs to somebody else");
        assert_eq!(found.matched_on("notes/3"), ["email", "accounts.id"]);
    }
}

#[test]
fn what_is_never_disclosed_is_not_even_read() {
    let map_text = "
dataset:
  - fides_key: site
    collections:
      - name: accounts
        rightsdesk: {match: {email: email}}
        fields:
          - {name: id}
          - {name: email}
          - {name: password_hash, rightsdesk: {label: Scrambled password, disclose: never}}
      - name: audit
        rightsdesk: {disclose: never, match: {email: email}}
        fields: [{name: email}]
";
    for kind in EVERY {
        let place = Place::new(
            kind,
            "CREATE TABLE accounts (id INTEGER PRIMARY KEY, email TEXT, password_hash TEXT);
             CREATE TABLE audit (email TEXT);
             INSERT INTO accounts VALUES (1, 'ann@example.org', '$argon2id$sentinel');
             INSERT INTO audit VALUES ('ann@example.org')",
        );
        let found = gathered(&map(map_text), &[place.source("site")], &by_email("ann@example.org"));
        assert_eq!(found.report("accounts").never_disclosed, ["Scrambled password"]);
        assert_eq!(found.report("audit").status, Status::NotReached);
        for entry in std::fs::read_dir(found.dir.path()).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            assert!(!String::from_utf8_lossy(&bytes).contains("sentinel"), "{kind:?}");
        }
    }
}

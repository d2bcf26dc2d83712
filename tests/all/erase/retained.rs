//! Retention: what has been kept long enough goes, with the hands of an erasure, whoever it is about.

use rightsdesk::acts::{RetentionReport, retention, tick};
use rightsdesk::audit::Actor;

use crate::gather::place::{EVERY, Kind};
use crate::harness::{Backend, Bench, Options};
use crate::rectify::Site;

const MAP: &str = r#"
dataset:
  - fides_key: site
    collections:
      - name: enquiries
        rightsdesk: {owner: email, retention: {period: P2Y, then: delete, from: received_on}, on_erasure: keep, keep_because: x}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, fides_meta: {identity: email}}
          - {name: message}
          - {name: received_on}
      - name: replies
        rightsdesk: {retention: {period: P2Y, then: delete, from: written_on}}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: enquiry_id, fides_meta: {references: [{dataset: site, field: enquiries.id, direction: from}]}}
          - {name: body}
          - {name: written_on}
      - name: views
        rightsdesk: {owner: email, retention: {period: P1Y, then: anonymise, from: seen_at}}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, fides_meta: {identity: email}}
          - {name: path, rightsdesk: {on_erasure: keep}}
          - {name: seen_at, rightsdesk: {on_erasure: keep}}
      - name: letters
        rightsdesk: {owner: email, retention: {period: P1Y after you leave, then: delete, from: left_on}}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, fides_meta: {identity: email}}
          - {name: left_on}
      - name: members
        rightsdesk: {owner: email, retention: {period: P1Y, then: delete}}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, fides_meta: {identity: email}}
"#;

/// Two years before the test's day are 2024-11-23.
const ROWS: &str = r#"
CREATE TABLE enquiries (id INTEGER PRIMARY KEY, email VARCHAR(60), message VARCHAR(60), received_on DATE);
INSERT INTO enquiries VALUES (1, 'old@example.org', 'old', '2020-01-31'), (2, 'talks@example.org', 'old, and talked of', '2020-01-31'),
  (3, 'new@example.org', 'new', '2026-01-31'), (4, 'edge@example.org', 'edge', '2024-11-23'), (5, 'dayafter@example.org', 'x', '2024-11-24'),
  (6, 'undated@example.org', 'x', NULL);
CREATE TABLE replies (id INTEGER PRIMARY KEY, enquiry_id INTEGER NOT NULL, body VARCHAR(60), written_on DATE,
  FOREIGN KEY (enquiry_id) REFERENCES enquiries (id));
INSERT INTO replies VALUES (10, 1, 'old answer', '2020-02-01'), (11, 2, 'new answer', '2026-01-01'), (12, 3, 'new answer', '2026-02-01');
CREATE TABLE views (id INTEGER PRIMARY KEY, email VARCHAR(60), path VARCHAR(60), seen_at VARCHAR(30));
INSERT INTO views VALUES (20, 'seen@example.org', '/a', '2021-05-05T10:00:00Z'), (21, 'seen@example.org', '/b', '2026-05-05T10:00:00Z'),
  (22, 'odd@example.org', '/c', 'long ago');
CREATE TABLE letters (id INTEGER PRIMARY KEY, email VARCHAR(60), left_on DATE);
INSERT INTO letters VALUES (30, 'left@example.org', '2001-01-01');
CREATE TABLE members (id INTEGER PRIMARY KEY, email VARCHAR(60));
INSERT INTO members VALUES (40, 'member@example.org');
"#;

const TABLES: [&str; 5] = ["enquiries", "replies", "views", "letters", "members"];

fn bench(backend: Backend, site: &Site, nightly: bool) -> (Bench, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let map = dir.path().join("map.yml");
    std::fs::write(&map, MAP).unwrap();
    let settings = vec![
        ("RIGHTSDESK_DATA_MAP__FILES".into(), map.display().to_string()),
        ("RIGHTSDESK_SOURCES__SITE__URL".into(), site.place.url.clone()),
        ("RIGHTSDESK_SOURCES__SITE__WRITE_URL".into(), site.write_url.clone()),
        ("RIGHTSDESK_JOBS__RETENTION".into(), nightly.to_string()),
    ];
    (Bench::with(backend, Options { settings, ..Options::default() }), dir)
}

fn ids(site: &Site, table: &str) -> String {
    site.place.values(&format!("SELECT CAST(id AS TEXT) AS value FROM {table}")).join(" ")
}

fn value(site: &Site, what: &str, table: &str, id: i64) -> String {
    site.place.values(&format!("SELECT COALESCE({what}, 'NULL') AS value FROM {table} WHERE id = {id}")).remove(0)
}

fn counts(report: &RetentionReport, collection: &str) -> (u64, u64, u64) {
    let line = report.collections.iter().find(|line| line.collection == collection).unwrap();
    (line.deletes, line.anonymises, line.referred_to)
}

fn as_it_was(site: &Site) -> bool {
    ids(site, "enquiries") == "1 2 3 4 5 6"
        && ids(site, "replies") == "10 11 12"
        && value(site, "email", "views", 20) != "NULL"
}

#[test]
fn what_has_been_kept_long_enough_goes_and_the_report_says_it_first() {
    for kind in EVERY {
        let site = Site::of(kind, ROWS, &TABLES);
        let (bench, _dir) = bench(if kind == Kind::Sqlite { Backend::Sqlite } else { Backend::Postgres }, &site, false);
        let would = retention(&bench.desk, false, &Actor::Operator).unwrap();
        assert!(as_it_was(&site), "{kind:?}: a report changes nothing");
        assert_eq!(counts(&would, "enquiries"), (2, 1, 1), "{kind:?} {would:?}");
        assert_eq!((counts(&would, "replies"), counts(&would, "views")), ((1, 0, 0), (0, 1, 0)), "{kind:?}");
        let by_hand = |name: &str| {
            would.collections.iter().find(|line| line.collection == name).unwrap().by_hand.clone().unwrap_or_default()
        };
        assert!(by_hand("letters").contains("words") && by_hand("members").contains("retention.from"), "{would:?}");
        assert_eq!((would.runs[0].outcome, would.runs[0].done, would.runs[0].problem.clone()), ("would_do", 5, None));

        // Plan and result agree.
        let did = retention(&bench.desk, true, &Actor::Operator).unwrap();
        assert_eq!(did.collections, would.collections, "{kind:?}");
        assert_eq!((did.runs[0].outcome, did.runs[0].done), ("made", 5));
        assert_eq!(ids(&site, "enquiries"), "2 3 5 6", "{kind:?}: a day is counted to the end");
        assert_eq!(ids(&site, "replies"), "11 12", "{kind:?}");
        // What a younger record refers to stays, without its person.
        assert_eq!(
            (value(&site, "email", "enquiries", 2), value(&site, "message", "enquiries", 2)),
            ("NULL".into(), "NULL".into())
        );
        assert_eq!(
            (value(&site, "email", "views", 20), value(&site, "path", "views", 20)),
            ("NULL".into(), "/a".into())
        );
        assert_eq!(value(&site, "email", "views", 21), "seen@example.org");
        assert_eq!(value(&site, "email", "views", 22), "odd@example.org", "what is no date is never old");
        assert_eq!((ids(&site, "letters"), ids(&site, "members")), ("30".into(), "40".into()));

        // Running twice changes nothing.
        let again = retention(&bench.desk, true, &Actor::Operator).unwrap();
        assert_eq!((again.runs[0].outcome, again.runs[0].done), ("stands", 0), "{kind:?} {again:?}");
    }
}

both! {
    fn a_database_that_refuses_keeps_all_of_it(backend) {
        let site = Site::of(Kind::Sqlite, ROWS, &TABLES);
        let (bench, _dir) = bench(backend, &site, false);
        site.place.run("CREATE TRIGGER t BEFORE DELETE ON replies BEGIN SELECT RAISE(ABORT, 'secret words'); END");
        for keep in [false, true] {
            let report = retention(&bench.desk, keep, &Actor::Operator).unwrap();
            assert_eq!(report.runs[0].outcome, "refused");
            let problem = report.runs[0].problem.clone().unwrap();
            assert!(problem.contains("replies") && !problem.contains("secret"), "{problem}");
            assert!(as_it_was(&site));
        }
    }

    fn it_runs_each_night_where_that_is_configured_and_by_command(backend) {
        let site = Site::of(Kind::Sqlite, ROWS, &TABLES);
        let (quiet, _dir) = bench(backend, &site, false);
        tick(&quiet.desk).unwrap();
        quiet.work();
        assert!(as_it_was(&site), "nothing goes by itself unless it is configured");
        let out = quiet.process(&["retention"]).output().unwrap();
        let text = String::from_utf8(out.stdout).unwrap();
        assert!(out.status.success() && text.contains("site.enquiries (P2Y, then delete): up to "), "{text}");
        assert!(text.contains("Nothing was changed") && as_it_was(&site), "{text}");
        let (nightly, _dir) = bench(backend, &site, true);
        tick(&nightly.desk).unwrap();
        tick(&nightly.desk).unwrap();
        nightly.work();
        assert_eq!(ids(&site, "enquiries"), "2 3 5 6");
        let trail = rightsdesk::acts::audit_list(&nightly.desk, None, 0, 100).unwrap();
        let kept: Vec<&str> =
            trail.iter().map(|link| link.entry.detail.as_str()).filter(|text| text.contains("\"retention\"")).collect();
        assert!(kept.len() == 2 && kept[0].contains("begun") && kept[1].contains("made"), "{kept:?}");
    }
}

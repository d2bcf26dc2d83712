//! What comes between the data map and a live database: found, listed, waived, and in nobody's way.

use std::time::Duration;

use rightsdesk::access::Role;
use rightsdesk::acts::{drift_list, look_for_drift, tick};
use serde_json::json;

use super::place::{EVERY, Kind, Place};
use crate::harness::{Backend, Bench, Options};

const MAP: &str = "
dataset:
  - fides_key: site
    collections:
      - name: accounts
        fields:
          - {name: id}
          - {name: email, fides_meta: {identity: email}}
          - {name: size}
";

const TABLES: &str = "CREATE TABLE accounts (id INTEGER PRIMARY KEY, email VARCHAR(60), size INTEGER);
                      INSERT INTO accounts VALUES (1, 'ann@example.org', 3)";

fn bench(backend: Backend, place: &Place) -> Bench {
    let dir = tempfile::tempdir().unwrap().keep();
    let map = dir.join("map.yml");
    std::fs::write(&map, MAP).unwrap();
    let settings = vec![
        ("RIGHTSDESK_DATA_MAP__FILES".to_owned(), map.display().to_string()),
        ("RIGHTSDESK_SOURCES__SITE__URL".to_owned(), place.url.clone()),
    ];
    Bench::with(backend, Options { settings, ..Options::default() })
}

fn listed(bench: &Bench) -> Vec<(String, String, Option<String>)> {
    drift_list(&bench.desk, false).unwrap().into_iter().map(|one| (one.kind, one.table, one.column)).collect()
}

fn one(kind: &str, table: &str, column: Option<&str>) -> (String, String, Option<String>) {
    (kind.into(), table.into(), column.map(Into::into))
}

fn look(bench: &Bench) {
    assert_eq!(look_for_drift(&bench.desk, Duration::ZERO).unwrap(), []);
}

#[test]
fn what_comes_goes_or_changes_is_listed_until_it_is_mended() {
    for kind in EVERY {
        let place = Place::new(kind, TABLES);
        let bench = bench(Backend::Sqlite, &place);
        look(&bench);
        assert_eq!(listed(&bench), [], "{kind:?}");
        place.run(
            "ALTER TABLE accounts ADD COLUMN mobile VARCHAR(20); ALTER TABLE accounts ADD COLUMN code VARCHAR(60);
             ALTER TABLE accounts ADD COLUMN colour VARCHAR(20); CREATE TABLE visits (id INTEGER PRIMARY KEY, place VARCHAR(9))",
        );
        place.run("UPDATE accounts SET code = 'bob@example.org'");
        if kind == Kind::Postgres {
            place.run("ALTER TABLE accounts ALTER COLUMN size TYPE bigint");
        }
        look(&bench);
        let mut expected = vec![
            one("personal", "accounts", Some("code")),
            one("new", "accounts", Some("colour")),
            one("personal", "accounts", Some("mobile")),
        ];
        if kind == Kind::Postgres {
            expected.push(one("changed", "accounts", Some("size")));
        }
        expected.push(one("new", "visits", None));
        assert_eq!(listed(&bench), expected, "{kind:?}");
        // It stays until it is mended, and is told once.
        look(&bench);
        assert_eq!(listed(&bench), expected, "{kind:?}");
        let words = drift_list(&bench.desk, false).unwrap();
        assert!(words[0].detail.contains("an e-mail address (by its values)"), "{words:?}");
        assert!(!format!("{words:?}").contains("bob@"), "no value is kept");
        place.run("DROP TABLE visits; ALTER TABLE accounts DROP COLUMN colour; ALTER TABLE accounts DROP COLUMN size");
        look(&bench);
        let still = [
            one("personal", "accounts", Some("code")),
            one("personal", "accounts", Some("mobile")),
            one("gone", "accounts", Some("size")),
        ];
        assert_eq!(listed(&bench), still, "{kind:?}");
    }
}

both! {
    fn drift_is_looked_for_every_night_and_waived_with_a_reason(backend) {
        let place = Place::new(Kind::Sqlite, TABLES);
        let bench = bench(backend, &place);
        tick(&bench.desk).unwrap();
        bench.work();
        assert_eq!(listed(&bench), []);
        place.run("ALTER TABLE accounts ADD COLUMN dob TEXT");
        tick(&bench.desk).unwrap();
        bench.work();
        assert_eq!(listed(&bench), [], "once a day");
        bench.clock.set("2026-11-24T00:30:00Z".parse().unwrap());
        tick(&bench.desk).unwrap();
        bench.work();
        assert_eq!(listed(&bench), [one("personal", "accounts", Some("dob"))]);
        let caseworker = bench.staff("carol", Role::Caseworker);
        let auditor = bench.staff("ada", Role::Auditor);
        let answer = bench.get("/api/v1/drift", &auditor);
        let found = answer.expect(200)["drift"][0].clone();
        assert_eq!(found["table"], "accounts");
        let waive = format!("/api/v1/drift/{}/waive", found["drift"].as_str().unwrap());
        bench.post_as(&waive, &json!({"reason": "test data"}), &auditor).expect(403);
        bench.post_as(&waive, &json!({"reason": " "}), &caseworker).expect(422);
        assert_eq!(bench.post_as(&waive, &json!({"reason": "test data"}), &caseworker).status, 204);
        bench.post_as(&waive, &json!({"reason": "test data"}), &caseworker).expect(404);
        assert_eq!(listed(&bench), []);
        bench.clock.set("2026-11-25T00:30:00Z".parse().unwrap());
        look(&bench);
        assert_eq!(listed(&bench), [], "what was waived is not found again");
        let caseworker = bench.staff("carl", Role::Caseworker);
        assert_eq!(bench.get("/api/v1/drift?waived=true", &caseworker).expect(200)["drift"][0]["waive_reason"], "test data");
    }
}

#[test]
fn a_folder_is_known_by_the_names_that_the_map_has_for_its_files() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("accounts.csv"), "id,email,size\n1,ann@example.org,3\n").unwrap();
    std::fs::write(dir.path().join("other.csv"), "id,who\n1,bob@example.org\n").unwrap();
    let map = dir.path().join("map.yml");
    std::fs::write(&map, MAP).unwrap();
    let settings = vec![
        ("RIGHTSDESK_DATA_MAP__FILES".to_owned(), map.display().to_string()),
        ("RIGHTSDESK_SOURCES__SITE__URL".to_owned(), format!("files://{}", dir.path().display())),
    ];
    let bench = Bench::with(Backend::Sqlite, Options { settings, ..Options::default() });
    look(&bench);
    assert_eq!(listed(&bench), [one("personal", "other.csv", Some("who"))]);
}

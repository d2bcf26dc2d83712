//! The log of what was searched for, and how far a search has come, over a desk.

use rightsdesk::access::Role;
use serde_json::{Value, json};

use super::place::{Kind, Place};
use crate::harness::{Bench, Options};

const MAP: &str = "
dataset:
  - fides_key: site
    collections:
      - name: accounts
        fields: [{name: id}, {name: email, fides_meta: {identity: email}}]
      - name: letters
        fields: [{name: id}, {name: account_id, fides_meta: {references: [{dataset: site, field: accounts.id, direction: from}]}}]
      - name: gone
        fields: [{name: id}, {name: email, fides_meta: {identity: email}}]
";

both! {
    fn every_search_is_logged_with_where_when_and_by_which_rule(backend) {
        let place = Place::new(
            Kind::Sqlite,
            "CREATE TABLE accounts (id INTEGER PRIMARY KEY, email TEXT);
             CREATE TABLE letters (id INTEGER PRIMARY KEY, account_id INTEGER);
             INSERT INTO accounts VALUES (1, 'ann@example.org'), (2, 'bob@example.org');
             INSERT INTO letters VALUES (1, 1), (2, 1), (3, 2)",
        );
        let dir = tempfile::tempdir().unwrap();
        let map = dir.path().join("map.yml");
        std::fs::write(&map, MAP).unwrap();
        let settings = vec![
            ("RIGHTSDESK_DATA_MAP__FILES".to_owned(), map.display().to_string()),
            ("RIGHTSDESK_SOURCES__SITE__URL".to_owned(), place.url.clone()),
        ];
        let bench = Bench::with(backend, Options { settings, ..Options::default() });
        let caseworker = bench.staff("carol", Role::Caseworker);
        let (case, _) = bench.verified_request(json!({"name": "Ann Lee", "email": "ann@example.org"}));
        bench.work();
        let log = bench.get(&format!("/api/v1/cases/{case}/search-log"), &caseworker).expect(200);
        let of = |collection: &str| -> Vec<Value> {
            log["searches"].as_array().unwrap().iter().filter(|one| one["collection"] == collection).cloned().collect()
        };
        let accounts = of("accounts");
        assert_eq!(accounts.iter().map(|one| one["found"].as_i64().unwrap()).sum::<i64>(), 1, "{log}");
        assert!(accounts.iter().any(|one| one["rule"] == "identifiers" && one["columns"] == "email"), "{log}");
        let letters = of("letters");
        assert_eq!(letters.len(), 1, "{log}");
        assert_eq!(
            (&letters[0]["rule"], &letters[0]["columns"], &letters[0]["values"], &letters[0]["found"]),
            (&"reference".into(), &"account_id".into(), &1.into(), &2.into())
        );
        assert_eq!(letters[0]["source"], "site");
        assert_eq!(letters[0]["began_at"], "2026-11-23T09:30:00Z");
        assert!(!log.to_string().contains("example.org"), "no value stands in the log: {log}");
        let progress = bench.get(&format!("/api/v1/cases/{case}/progress"), &caseworker).expect(200);
        let states: Vec<(&str, i64)> = progress["collections"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["state"].as_str().unwrap(), one["found"].as_i64().unwrap()))
            .collect();
        // In the order of their names: accounts, gone, letters.
        assert_eq!(states, [("searched", 1), ("failed", 0), ("searched", 2)], "{progress}");
        let auditor = bench.staff("ada", Role::Auditor);
        bench.get(&format!("/api/v1/cases/{case}/search-log?after=2"), &auditor).expect(200);
        bench.get(&format!("/api/v1/cases/{case}/search-log?after=x"), &auditor).expect(422);
        bench.get("/api/v1/cases/0195f0c2-0000-7000-8000-000000000000/search-log", &auditor).expect(404);
        let admin = bench.staff("root", Role::Admin);
        bench.get(&format!("/api/v1/cases/{case}/progress"), &admin).expect(403);
    }
}
